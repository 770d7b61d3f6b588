"""Names in a conversation: a character's is no finding, a real one counts in the story too."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discretion.guard._detector import Hit
from discretion.guard._frame import FrameJudgement
from discretion.guard._memory import NameMemory
from discretion.guard._view import View
from discretion.records import Frame, Kind
from discretion.text import Author, Message, Setting

CARD = Setting("c", card="Captain Ysolde Brandt, sky-pirate of the airship Petrel")


def settled(
    memory: NameMemory,
    text: str,
    frame: Frame,
    *names: str,
    evidence: float = 0.0,
    margin: float = 5.0,
    alternative: int = 0,
) -> list[str]:
    """The names kept of a message that is one clause of ``frame`` and in which ``names`` were seen."""
    hits = tuple(
        Hit(Kind.NAME, text.index(name), text.index(name) + len(name), 0.8, "seen", evidence)
        for name in names
    )
    frames = FrameJudgement(frame, ((0, len(text), frame),), margin)
    message = Message(text, alternative=alternative)
    return [text[hit.start : hit.end] for hit in memory.settle(message, hits, frames)]


def narrated(memory: NameMemory, text: str) -> None:
    memory.observe(Message(text, Author.ASSISTANT))


CHARACTERS = [
    ("ysolde is so fun to play", "ysolde", "the card's own character"),
    ("brandt would hate my boss", "brandt", "the character's family name"),
    ("marco makes me laugh", "marco", "acts in the other side's narration"),
    ("wren is my favourite one so far", "wren", "introduced by the user in the story"),
]


@pytest.mark.parametrize(("text", "name", "reason"), CHARACTERS)
def test_a_characters_name_is_no_finding(text: str, name: str, reason: str) -> None:
    memory = NameMemory(CARD)
    narrated(memory, "*Marco peels an orange and says nothing.*")
    settled(memory, "my name's wren calloway, best thief in port sorrow", Frame.FICTION, "wren calloway")
    assert settled(memory, text, Frame.SELF, name) == [], reason


def test_a_name_nobody_plays_is_kept() -> None:
    assert settled(NameMemory(CARD), "my ex danvers called", Frame.SELF, "danvers") == ["danvers"]


def test_a_characters_name_counts_once_the_user_says_it_is_their_real_one() -> None:
    memory = NameMemory(CARD)
    settled(memory, "maddie, at your service", Frame.FICTION, "maddie")
    assert settled(memory, "maddie is for real, thats my real name", Frame.SELF, "maddie") == ["maddie"]
    assert settled(memory, "*maddie the sky pirate bows*", Frame.FICTION) == ["maddie"]


REUSES = [
    ("*maddie the sky pirate bows*", "maddie", ["maddie"], "the person in the scene"),
    ("*Maddie's coat flaps*", "maddie", ["Maddie"], "an owner"),
    ("grace under fire, captain", "grace", [], "the word, not the person"),
    ("*grace the pilot lands on the river*", "grace", ["grace"], "a name that takes a byname"),
    ("she will fall", "will", [], "a verb"),
    ("*dawn breaks over the hull*", "dawn", [], "the time of day, in lower case"),
    ("nobody calls", "maddie", [], "not there"),
    ("amaddiecan", "maddie", [], "inside another word"),
]


@pytest.mark.parametrize(("text", "own", "kept", "reason"), REUSES)
def test_a_name_told_as_real_counts_in_the_story_when_it_means_the_person(
    text: str, own: str, kept: list[str], reason: str
) -> None:
    memory = NameMemory(CARD)
    settled(memory, f"im {own} btw", Frame.SELF, own, evidence=0.8)
    assert settled(memory, text, Frame.FICTION) == kept, reason


def test_a_real_name_is_found_once_where_a_detector_saw_it_too() -> None:
    memory = NameMemory(CARD)
    settled(memory, "im maddie btw", Frame.SELF, "maddie", evidence=0.8)
    assert settled(memory, "maddie again", Frame.SELF, "maddie") == ["maddie"]


LESSONS = [
    ("im maddie btw", 0.8, 5.0, 0, True, "plainly the author's own name"),
    ("my ex is maddie", 0.0, 5.0, 0, True, "somebody of the author's life"),
    ("im maddie btw", 0.8, 5.0, 1, False, "a swipe that was not chosen"),
    ("im maddie, your pilot", 0.8, 0.3, 0, False, "hardly more life than story"),
    ("maddie, thats my real name", 0.0, 0.3, 0, True, "called real in so many words"),
]


@pytest.mark.parametrize(("text", "evidence", "margin", "alternative", "learned", "reason"), LESSONS)
def test_what_teaches_a_real_name(
    text: str, evidence: float, margin: float, alternative: int, learned: bool, reason: str
) -> None:
    memory = NameMemory(CARD)
    settled(memory, text, Frame.SELF, "maddie", evidence=evidence, margin=margin, alternative=alternative)
    assert (settled(memory, "*maddie bows*", Frame.FICTION) == ["maddie"]) is learned, reason


def test_a_swipe_that_was_not_chosen_makes_no_character() -> None:
    memory = NameMemory(CARD)
    settled(memory, "wren bows", Frame.FICTION, "wren", alternative=1)
    assert settled(memory, "my sister wren called", Frame.SELF, "wren") == ["wren"]


def test_names_known_before_are_found_without_a_judgement() -> None:
    memory = NameMemory(CARD)
    settled(memory, "my ex is Thaddeus", Frame.SELF, "Thaddeus")
    assert [hit.start for hit in memory.known(View("so thaddeus walks in"))] == [3]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(Author)), st.text(max_size=80), st.sampled_from(list(Frame)))))
def test_any_talk_is_taken_in_and_hits_stay_inside_the_message(talk: list[tuple[Author, str, Frame]]) -> None:
    memory = NameMemory(Setting("c", card="Maddie", character="Wren"))
    for author, text, frame in talk:
        if author is Author.ASSISTANT:
            memory.observe(Message(text, author))
            continue
        hits = (Hit(Kind.NAME, 0, len(text), 0.9, "seen"),) if text else ()
        frames = FrameJudgement(frame, ((0, len(text), frame),))
        for hit in memory.settle(Message(text), hits, frames):
            assert 0 <= hit.start < hit.end <= len(text)


def test_what_is_kept_is_bounded() -> None:
    memory = NameMemory(CARD)
    for number in range(2_000):
        narrated(memory, f"*Zed{'abcdefghij'[number % 10] * (number // 10 + 1)} walks.*")
    assert len(memory._characters) <= 500
