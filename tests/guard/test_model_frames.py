"""What the rules decide although the model reads along: lives behind a story, and what it did not read."""

from __future__ import annotations

import pytest
from tests.conftest import missing

from discretion.encoder import ModelMissing
from discretion.guard import Guard
from discretion.guard._detector import Hit
from discretion.guard._model import _asks_for_a_part
from discretion.guard.reader import model as shipped
from discretion.guard.reader._reading import READ_CHARACTERS
from discretion.records import Frame, Kind

STORY = "*Captain Elara leans on the rail.* The sea lay grey that morning, and she drew her sword. "
LIFE = "ok real talk now. my name is Jessamine Poole, im 34 and i live in Leeds. i work as a nurse."


@pytest.fixture(scope="module")
def guard() -> Guard:
    try:
        shipped()
    except ModelMissing as error:
        missing("model", str(error))
    return Guard()


@pytest.mark.parametrize("stories", [1, 3, 8, 20])
def test_a_life_behind_a_story_is_found(guard: Guard, stories: int) -> None:
    review = guard.review(STORY * stories + LIFE)
    assert review.frame is Frame.SELF
    assert {Kind.NAME, Kind.AGE, Kind.LOCATION} <= {finding.kind for finding in review.findings}
    assert all(finding.span.start >= len(STORY) * stories for finding in review.findings)


def test_what_the_model_did_not_read_is_left_to_the_rules(guard: Guard) -> None:
    story = STORY * (READ_CHARACTERS // len(STORY) + 1)
    review = guard.review(story + LIFE)
    assert review.frame is Frame.SELF
    assert any(finding.kind is Kind.NAME for finding in review.findings)


PARTS = [
    ("be my wife tonight", "wife", True, "a part that is asked for"),
    ("you are my sister in this one", "sister", True, "a part that is given"),
    ("act as my wife for a scene", "wife", True, "a part, with as"),
    ("we moved last year as my wife got a job", "wife", False, "as: because"),
    ("you are my wife's favourite app", "wife", False, "somebody of the life, and no part"),
    ("my wife says hi", "wife", False, "no verb of playing"),
]


@pytest.mark.parametrize(("text", "word", "expected", "reason"), PARTS, ids=[row[3] for row in PARTS])
def test_a_part_to_play_is_nobody_of_the_family(text: str, word: str, expected: bool, reason: str) -> None:
    at = text.index(word)
    hit = Hit(Kind.RELATIONSHIP, at, at + len(word), 0.9, "says so", 0.9, "reader")
    assert _asks_for_a_part(text, hit) is expected, reason
