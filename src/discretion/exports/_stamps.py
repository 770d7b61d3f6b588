"""Lines as messengers write them when a chat is exported as text: ``12/03/2026, 20:11 - Name: said``.

Whether the day or the month stands first is told by the file alone: a number above 12 is a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from discretion.exports._time import moment

_WHEN = (
    r"(?P<a>\d{1,4})[/.-](?P<b>\d{1,2})[/.-](?P<c>\d{1,4})(?P<comma>,)?(?:\sà)?\s"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
)
# Marks of writing direction stand before a line, and before a text that the program wrote.
_LINE = re.compile(
    rf"[\u200e\u200f\ufeff]*(?P<open>\[)?{_WHEN}(?(open)\]\s|\s-\s)[\u200e\u200f]*"
    r"(?:(?P<name>[^:\n]{1,100}?)[\u200e\u200f]*:(?:\s|$))?(?P<text>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Stamped:
    """One such line: ``date`` holds its three numbers as they stand, ``name`` is ``None`` in a notice."""

    date: tuple[str, str, str]
    clock: tuple[int, int, int]
    name: str | None
    text: str


def stamped(line: str) -> Stamped | None:
    """Return the parts of a line that begins with a date and a time, or ``None``."""
    match = _LINE.match(line)
    if match is None or (len(match["a"]) == 4 and not match["comma"]):
        return None  # a year first and no comma: any program's log
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    return Stamped(
        (_ascii(match["a"]), _ascii(match["b"]), _ascii(match["c"])),
        (hour, int(match["minute"]), int(match["second"] or 0)),
        match["name"],
        match["text"],
    )


def _ascii(figures: str) -> str:
    """The figures of any script (an Arabic or a Hindi phone writes its own) as 0 to 9."""
    return figures if figures.isascii() else "".join(str(int(figure)) for figure in figures)


class DateOrder:
    """Which of the first two numbers is the day: known once one of them was above 12, and never both."""

    def __init__(self, lines: Iterable[Stamped] = ()) -> None:
        self._is_day_first: set[bool] = set()
        self._firsts: set[str] = set()
        self._thirds: set[str] = set()
        for line in lines:
            self.see(line)

    def see(self, line: Stamped) -> None:
        """Learn from the date of one more line."""
        first, second, third = line.date
        if len(first) > 2:
            return
        self._firsts.add(first)
        self._thirds.add(third if len(third) == 2 else "")
        if int(first) > 12:
            self._is_day_first.add(True)
        if int(second) > 12:
            self._is_day_first.add(False)

    def moment(self, line: Stamped) -> datetime | None:
        """Return when a line was written, by this computer's clock; ``None`` where that is ambiguous."""
        first, second, third = line.date
        if len(first) == 4:
            year, month, day = first, second, third
        elif len(self._is_day_first) != 1 or len(self._thirds) > len(self._firsts):
            return None  # where the third number changes more often than the first, it may be the day
        elif True in self._is_day_first:
            day, month, year = line.date
        else:
            month, day, year = line.date
        year = f"20{year}" if len(year) == 2 else year
        hour, minute, seconds = line.clock
        return moment(f"{year}-{month:0>2}-{day:0>2} {hour:02}:{minute:02}:{seconds:02}")
