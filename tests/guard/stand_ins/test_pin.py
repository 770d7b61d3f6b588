"""Stand-ins that the user chooses: what they may be, and what becomes of the old one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.guard.stand_ins.told import SECRET, sent

from discretion.guard import Fact
from discretion.guard.stand_ins import StandInNotUsable, StandIns
from discretion.records import Kind, Pair

FACTS = (Fact(Kind.NAME, "Quillon Marsh"), Fact(Kind.LOCATION, "Tulsa"))
AT = datetime(2026, 11, 25, tzinfo=UTC)


def table() -> StandIns:
    """Jess Kowalski and Mike, and a text by somebody else that named Bettina."""
    stand_ins = StandIns("rp", secret=SECRET, facts=FACTS)
    sent(stand_ins, "im [Jess Kowalski], ex [Mike]")
    stand_ins.take_in("Bettina waves from Port Amsel.")
    return stand_ins


def of(stand_ins: StandIns, real: str) -> Pair:
    """The active pair of a real value."""
    return next(pair for pair in stand_ins.pairs if pair.real == real and pair.is_active)


REFUSED = [
    ("", "empty"),
    ("   ", "blank"),
    ("...", "no letter"),
    ("Ma\nra", "a line break"),
    ("Ma\x00ra", "a control character"),
    ("Ma\u202era", "a character that turns the text round"),
    ("Ma\u200bra", "a character that cannot be seen"),
    ("Мара", "letters that only look like these"),
    ("M" * 121, "too long"),
    ("Jess", "the real value"),
    ("jess", "the real value in small letters"),
    ("Mike", "another real value"),
    ("Quillon", "one of the user's facts"),
    ("Tulsa", "a place of the user's"),
    ("Jessica", "the full form of the real value"),
    ("Mikey", "a short form of another real value"),
    ("Bettina", "somebody in the conversation"),
    ("Mara Kowalski", "it holds a real value"),
]


@pytest.mark.parametrize(("stand_in", "reason"), REFUSED)
def test_what_cannot_be_pinned(stand_in: str, reason: str) -> None:
    stand_ins = table()
    before = stand_ins.pairs
    with pytest.raises(StandInNotUsable) as refused:
        stand_ins.pin(of(stand_ins, "Jess"), stand_in)
    assert stand_ins.pairs == before, reason
    told = str(refused.value)
    assert not any(word in told for word in ("Jess", "Mike", "Quillon", "Tulsa", "Bettina")), "no value"


def test_the_stand_in_of_somebody_else_cannot_be_pinned() -> None:
    stand_ins = table()
    with pytest.raises(StandInNotUsable):
        stand_ins.pin(of(stand_ins, "Jess"), of(stand_ins, "Mike").stand_in)


def test_a_pinned_stand_in_is_used_from_then_on() -> None:
    stand_ins = table()
    old, version = of(stand_ins, "Jess"), stand_ins.version
    stand_ins.take_changed()
    pinned = stand_ins.pin(old, "Jolanda")
    assert pinned.is_pinned
    assert pinned.stand_in == "Jolanda", "the same initial is allowed by hand"
    assert sent(stand_ins, "hey im jess") == "hey im jolanda"
    assert stand_ins.version > version
    retired = next(pair for pair in stand_ins.pairs if pair.stand_in == old.stand_in)
    assert not retired.is_active, "what was sent before is still restored"
    assert set(stand_ins.take_changed()) == {retired, pinned}


def test_pinning_what_stands_already_only_marks_it() -> None:
    stand_ins = table()
    old = of(stand_ins, "Jess")
    pinned = stand_ins.pin(old, old.stand_in)
    assert pinned.is_pinned
    assert len(stand_ins.pairs) == 3


def test_the_first_stand_in_can_be_pinned_again() -> None:
    stand_ins = table()
    stand_ins.pin(of(stand_ins, "Jess"), "Jolanda")
    stand_ins.pin(of(stand_ins, "Jess"), "Ramona")
    assert sent(stand_ins, "jess") == "ramona"
    assert sum(pair.is_active for pair in stand_ins.pairs if pair.real == "Jess") == 1


def test_a_pair_is_named_by_its_number_or_its_place() -> None:
    stand_ins = table()
    assert stand_ins.pin(3, "Rolf").real == "Mike", "the third, as long as nothing gave them numbers"
    numbered = StandIns(
        "rp", (Pair("rp", Kind.NAME, "Jess", "Ramona", AT, 1, number=41),), secret=SECRET, facts=FACTS
    )
    assert numbered.pin(41, "Jolanda").real == "Jess"
    for wrong in (1, 0, -1, 42):
        with pytest.raises(StandInNotUsable):
            numbered.pin(wrong, "Carola")


def test_a_pair_of_another_persona_is_refused() -> None:
    stand_ins = table()
    with pytest.raises(StandInNotUsable):
        stand_ins.pin(Pair("other", Kind.NAME, "Jess", "Ramona", AT, 1), "Jolanda")


AGES = [
    (Kind.AGE, "34", "37", True, "an adult's age"),
    (Kind.AGE, "34", "17", False, "would make a minor"),
    (Kind.AGE, "34", "in my teens", False, "would make a minor in words"),
    (Kind.AGE, "16", "34", False, "a minor's age stays"),
    (Kind.AGE, "16", "15", False, "a minor's age stays"),
    (Kind.AGE, "34", "old enough", False, "says no age"),
    (Kind.DATE_OF_BIRTH, "1990-05-03", "1990-09-21", True, "another day"),
    (Kind.DATE_OF_BIRTH, "1990-05-03", "2012-09-21", False, "would make a minor"),
    (Kind.DATE_OF_BIRTH, "2012-05-03", "1990-09-21", False, "a minor's stays"),
    (Kind.DATE_OF_BIRTH, "2008-11-20", "2008-11-30", False, "eighteen by five days, seventeen by five days"),
    (Kind.DATE_OF_BIRTH, "may 3", "september 21", True, "no year in either"),
    (Kind.DATE_OF_BIRTH, "may 3", "september 21 2012", False, "a year where there was none"),
]


@pytest.mark.parametrize(("kind", "real", "stand_in", "is_allowed", "reason"), AGES)
def test_no_pin_crosses_eighteen(kind: Kind, real: str, stand_in: str, is_allowed: bool, reason: str) -> None:
    pair = Pair("rp", kind, real, "x 44", AT, 1, number=1)
    stand_ins = StandIns("rp", (pair,), secret=SECRET, today=lambda: date(2026, 11, 25))
    if is_allowed:
        assert stand_ins.pin(1, stand_in).stand_in == stand_in, reason
    else:
        with pytest.raises(StandInNotUsable):
            stand_ins.pin(1, stand_in)
