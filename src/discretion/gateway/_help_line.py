"""The line of help before a reply, where a message shows that its author may harm themself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from discretion.gateway.wire import Passage, Voice
from discretion.knowledge import help_lines

OPENS = "[From Discretion, on your machine, not from the chat: "
_WORDS = (
    "if you are thinking of hurting yourself, people are there for you now: {lines}. Nothing was held back.]"
)
_NOWHERE = (
    "if you are thinking of hurting yourself, please talk to somebody near you now, or call your country's "
    "emergency number; no line for where you live is known here. Nothing was held back.]"
)
MOST_LINES = 2
_LINE = re.compile(rf"\s*{re.escape(OPENS)}[^\n\]]{{0,600}}{re.escape('Nothing was held back.]')}\n{{0,2}}")


class HelpLine:
    """At most one line a day; what was said is taken out again where a client sends it back.

    It is owed from the message that shows the need until a reply carried it: not every reply can (one that a
    program reads as JSON, one that never came, one that is a call of a tool).
    """

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        self._today = today
        self._shown: date | None = None
        self._is_owed = False

    def owe(self) -> None:
        """A message shows the need: the next reply that can is to carry the line, once a day."""
        self._is_owed |= self._shown != self._today()

    def was_shown(self) -> None:
        """A reply carried it."""
        self._shown, self._is_owed = self._today(), False

    def line(self, country: str) -> str:
        """The line for a reply, with its end of paragraph; empty where none is owed."""
        if not self._is_owed:
            return ""
        found = [f"{one.service}: {one.reach.value}" for one in help_lines(country)[:MOST_LINES]]
        return OPENS + (_WORDS.format(lines="; ".join(found)) if found else _NOWHERE) + "\n\n"

    def without(self, passage: Passage) -> Passage:
        """A passage of the other side without a line of ours that stands before it, whichever run said it."""
        if passage.voice is Voice.ASSISTANT and (line := _LINE.match(passage.text)):
            return replace(passage, text=passage.text[line.end() :])
        return passage
