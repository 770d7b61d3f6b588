"""Stand-ins that the user chose: what they may not be."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from discretion.guard.stand_ins._ages import crosses_18
from discretion.guard.stand_ins._spelling import key
from discretion.guard.stand_ins._taken import Taken
from discretion.knowledge import normalise
from discretion.records import DiscretionError, Kind, Pair

LONGEST = 120
"""Characters of a stand-in; a reply is held back for no longer than that."""
ADULT = 18
_AGES = frozenset({Kind.AGE, Kind.DATE_OF_BIRTH})


class StandInNotUsable(DiscretionError):
    """A stand-in cannot be what the user asked for; the message says why, without a value."""

    exit_code: ClassVar[int] = 2


def checked_pin(pair: Pair, stand_in: str, taken: Taken, today: date) -> str:
    """``stand_in`` as it is kept. Raises ``StandInNotUsable``."""
    wanted = " ".join(stand_in.split(" ")).strip()
    if not wanted:
        raise StandInNotUsable("the stand-in is empty; write what is to leave instead")
    if len(wanted) > LONGEST:
        raise StandInNotUsable(f"the stand-in is longer than {LONGEST} characters")
    if key(pair.kind, wanted) == key(pair.kind, pair.real):
        raise StandInNotUsable("the stand-in is the real value; choose another")
    reason = taken.why_not(wanted, is_by_hand=True)
    if reason is not None:
        raise StandInNotUsable(f"the stand-in cannot be used: {reason}")
    if pair.kind in _AGES and not _stays_adult(pair, wanted, today):
        raise StandInNotUsable(
            "an adult stays an adult and a minor's age stays as it is: give an age of 18 or more, "
            "written as the real one is"
        )
    return wanted


def _stays_adult(pair: Pair, wanted: str, today: date) -> bool:
    if crosses_18(pair.kind, pair.real, wanted, today):
        return False
    real, other = (_years(pair.kind, words, today) for words in (pair.real, wanted))
    if pair.kind is Kind.DATE_OF_BIRTH and real is None and other is None:
        return _has_day(wanted, today) and _has_day(pair.real, today)
    return real is not None and other is not None and min(real, other) >= ADULT


def _years(kind: Kind, words: str, today: date) -> int | None:
    """The least age that ``words`` can mean, ``None`` where they do not say."""
    value = normalise(kind, words, reference=today)
    if value is None:
        return None
    if kind is Kind.AGE:
        return int(value.low) if value.low is not None and value.unit == "years" else None
    ages = [_youngest(code, today) for code in value.codes if not code.startswith("--")]
    return min(ages, default=None) if len(ages) == len(value.codes) else None


def _youngest(code: str, today: date) -> int:
    """The age of who was born as late as a date of birth (``1990``, ``1990-05``, ``1990-05-09``) allows."""
    parts = [int(part) for part in code.split("-")]
    month, day = (*parts[1:], *(12, 31)[len(parts) - 1 :])
    return today.year - parts[0] - ((today.month, today.day) < (month, day))


def _has_day(words: str, today: date) -> bool:
    """Whether ``words`` are a day of birth without its year."""
    value = normalise(Kind.DATE_OF_BIRTH, words, reference=today)
    return value is not None and all(code.startswith("--") for code in value.codes)
