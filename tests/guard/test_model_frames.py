"""What the rules decide although the model reads along: lives behind a story, and what it did not read."""

from __future__ import annotations

import pytest
from tests.conftest import missing

from discretion.encoder import ModelMissing
from discretion.guard import Guard
from discretion.guard._detector import Hit
from discretion.guard._plausible import asks_for_a_part, has_form
from discretion.guard.reader import model as shipped
from discretion.guard.reader._reading import READ_CHARACTERS
from discretion.records import Frame, Kind
from discretion.text import Author, Message, Setting

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


def test_a_long_introduction_is_life_to_its_end(guard: Guard) -> None:
    """The rules alone take so many like sentences for a story, but nothing shows one."""
    told = "my name is jess and i live in leeds. "
    found = guard.review(told * 500).findings
    assert sum(finding.kind is Kind.NAME for finding in found) == 500


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
    assert asks_for_a_part(text, hit) is expected, reason


FORMS = [
    (Kind.EMAIL, "jo.hale@mail.example", True, "an address"),
    (Kind.EMAIL, "jo dot hale at mail", True, "one that is spelled out"),
    (Kind.EMAIL, "mail.example", False, "a domain alone"),
    (Kind.SECRET, "-", False, "a dash"),
    (Kind.SECRET, "hunter22", True, "a password"),
    (Kind.VEHICLE_PLATE, "bingo", False, "no figure"),
    (Kind.VEHICLE_PLATE, "KX21 ABC", True, "a plate"),
    (Kind.CRYPTO_WALLET, "사랑해요", False, "a word"),
    (Kind.BANK_ACCOUNT, "the council ref", False, "no figure, no number word"),
    (Kind.PHONE, "oh one six three", True, "spoken figures"),
    (Kind.NAME, "-", True, "a kind without a form"),
]


@pytest.mark.parametrize(("kind", "words", "expected", "reason"), FORMS, ids=[row[3] for row in FORMS])
def test_the_models_numbers_and_codes_need_their_form(
    kind: Kind, words: str, expected: bool, reason: str
) -> None:
    assert has_form(words, Hit(kind, 0, len(words), 0.9, "reads like it", 0.9, "reader")) is expected, reason
    assert has_form(words, Hit(kind, 0, len(words), 0.9, "a rule", 0.9, "rule")), "rules look themselves"


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("the gate closes, the year is 1847", False, "a year of a story"),
        ("*leans on the door,* on evening 1002", False, "evenings, counted"),
        ("the door of room 2217", False, "a room"),
        ("the door code is 4417", True, "called a code"),
        ("my pin is the year 1990", True, "a year that is a PIN"),
    ],
)
def test_what_is_counted_is_no_code(text: str, expected: bool, reason: str) -> None:
    hit = Hit(Kind.SECRET, len(text) - 4, len(text), 0.9, "reads like it", 0.9, "reader")
    assert has_form(text, hit) is expected, reason


TOLD_BEFORE = [
    ("hi im maddie and i work at a bakery in leeds", "*maddie the sky pirate bows*", Kind.NAME, "maddie"),
    ("my handle is wetcardigan_7 by the way", "*carves wetcardigan_7 into the table*", Kind.USERNAME, "wet"),
]


@pytest.mark.parametrize(("first", "then", "kind", "word"), TOLD_BEFORE, ids=["a name", "a handle"])
def test_what_was_told_is_known_again_in_the_story(
    guard: Guard, first: str, then: str, kind: Kind, word: str
) -> None:
    session = guard.session(Setting("c", card="a sky pirate captain, a story of storms"))
    session.review(Message(first, Author.USER, turn=0))
    again = session.review(Message(then, Author.USER, turn=1))
    assert any(f.kind is kind and then[f.span.start :].startswith(word) for f in again.findings)


INTRODUCTIONS = [
    "my name is sarah jones and i live in derby",
    "my name is tom and i'm 34",
    "i live in leeds and my name is aisha khan",
]


@pytest.mark.parametrize("text", INTRODUCTIONS)
def test_an_introduction_before_any_story_is_life(guard: Guard, text: str) -> None:
    """Alone, and beside a companion of whom nothing but a first name is known."""
    alone = guard.review(text)
    assert Kind.NAME in {finding.kind for finding in alone.findings}
    session = guard.session(Setting("c", character="Mia"))
    session.review(Message("hey mia", Author.USER, turn=0))
    session.review(Message("hey! who are you?", Author.ASSISTANT, turn=1))
    told = session.review(Message(text, Author.USER, turn=2))
    assert told.frame is Frame.SELF
    assert Kind.NAME in {finding.kind for finding in told.findings}
