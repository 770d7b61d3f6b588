"""Times as chat programs write them, read without ever inventing one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""A time outside these bounds is a placeholder or damage, and counts as unknown."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# SillyTavern's two older forms: "January 1, 2026 3:12pm" and "2026-1-1 @15h 12m 05s 123ms".
_SPOKEN = re.compile(
    r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}),? (?:at )?(\d{1,2}):(\d{2})(?::(\d{2}))? ?([AaPp][Mm])?"
)
_HUMANIZED = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2}) ?@ ?(\d{1,2})h ?(\d{1,2})m ?(\d{1,2})s(?: ?(\d{1,3})ms)?"
)
_LONGEST = 64


def moment(value: object) -> datetime | None:
    """Return the time that an export's field states, aware, or ``None`` where it states none.

    Numbers (also as text) are seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by
    size. A text without a zone is local time of this computer, since such programs write their own clock's
    time and run where the user is. Anything else, or a time before 2000 or after 2099, is unknown.
    """
    try:
        found = _parsed(value)
        if found is None:
            return None
        aware = found if found.tzinfo else found.astimezone()
        return aware if EARLIEST <= aware < LATEST else None
    except (ValueError, OverflowError, OSError, ArithmeticError):
        return None


def _parsed(value: object) -> datetime | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Decimal):
        return _from_number(float(value))
    if isinstance(value, dict):
        return _parsed(value.get("$date", value.get("$numberLong")))
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        return None
    text = value.strip()
    if re.fullmatch(r"\d{9,19}(?:\.\d+)?", text):
        return _from_number(float(text))
    if spoken := _SPOKEN.fullmatch(text):
        return _from_spoken(spoken)
    if parts := _HUMANIZED.fullmatch(text):
        year, month, day, hour, minute, second, milli = (int(part or 0) for part in parts.groups())
        return datetime(year, month, day, hour, minute, second, milli * 1000)
    if re.match(r"\d{4}-\d\d-\d\d[T ]\d", text):
        return datetime.fromisoformat(text.removesuffix(" UTC") + ("Z" if text.endswith(" UTC") else ""))
    return None


def _from_number(number: float) -> datetime | None:
    if not 0 < number < 1e19:
        return None
    while number >= 1e11:
        number /= 1000
    return datetime.fromtimestamp(number, UTC)


def _from_spoken(found: re.Match[str]) -> datetime | None:
    name, day, year, hour_text, minute, second, half = found.groups()
    month = name[:3].lower()
    if month not in _MONTHS:
        return None
    hour = int(hour_text)
    if half:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return datetime(int(year), _MONTHS.index(month) + 1, int(day), hour, int(minute), int(second or 0))
