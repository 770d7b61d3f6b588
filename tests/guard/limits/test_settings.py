"""Cards and prompts: years of birth in them, and what is added to them later."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from discretion.guard import Guard
from discretion.records import Verdict
from discretion.text import Message, Setting

THIS_YEAR = datetime.now(UTC).year


@pytest.mark.parametrize(
    ("card", "is_stopped", "reason"),
    [
        ("Name: Mia. Mia was born on March 3rd 1991.", False, "the year says an adult"),
        ("Name: Mia\nBirthday: March 3rd 1991", False, "as a key"),
        (f"Name: Mia. Mia was born in {THIS_YEAR - 15}.", True, "the year says under 18"),
        ("Name: Mia. Mia was born in 1710 and is a vampire.", False, "long ago"),
    ],
)
def test_a_year_of_birth_is_an_age(card: str, is_stopped: bool, reason: str) -> None:
    for setting in (Setting(card=card), Setting(system=card)):
        session = Guard().session(setting)
        review = session.review(Message("*kisses Mia*", setting=setting))
        assert (review.verdict is Verdict.BLOCK) is is_stopped, reason


def test_lore_that_is_added_renames_nobody() -> None:
    first = Setting(card="Name: Elara. Elara is a captain of forty.")
    session = Guard().session(first)
    session.review(Message("good evening", setting=first))
    before = session._limits._others.named, session._limits._others.own
    session.review(Message("and?", turn=1, setting=Setting(card="Marcus is the cook of the ship.")))
    named, own = session._limits._others.named, session._limits._others.own
    assert named > before[0], "the names of the first card are names still"
    assert own == before[1], "the cook is not the one who is spoken to"
