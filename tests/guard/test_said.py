"""Facts told once are known again: some in the story too, others in a later message about a life."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.guard._detector import Hit
from discretion.guard._frame import FrameJudgement
from discretion.guard._memory import NameMemory
from discretion.guard._said import MOST_FACTS, SaidBefore
from discretion.records import Frame, Kind
from discretion.text import Author, Message, Setting

LIFE, STORY = Frame.SELF, Frame.FICTION


def settled(
    said: SaidBefore,
    text: str,
    frame: Frame,
    *facts: tuple[Kind, str],
    margin: float = 5.0,
    alternative: int = 0,
    names: NameMemory | None = None,
) -> list[tuple[Kind, str]]:
    """What is found in a message that is one clause of ``frame`` and in which ``facts`` were seen."""
    hits = tuple(Hit(kind, text.index(w), text.index(w) + len(w), 0.8, "seen", 0.8) for kind, w in facts)
    frames = FrameJudgement(frame, ((0, len(text), frame),), margin)
    message = Message(text, alternative=alternative)
    found = (
        said.settle(message, hits, frames, names.is_character)
        if names
        else said.settle(message, hits, frames)
    )
    return [(hit.kind, text[hit.start : hit.end]) for hit in found]


AGAIN = [
    (Kind.USERNAME, "jess_k92", "*she signs it @jess_k92*", STORY, "@jess_k92", "a handle, in the story"),
    (Kind.USERNAME, "jess_k92", "thats JESS_K92 on there", LIFE, "JESS_K92", "in capitals"),
    (Kind.USERNAME, "moonlight", "the moonlight on the water", STORY, "", "the word, not the handle"),
    (
        Kind.USERNAME,
        "moonlight",
        "find me at @moonlight",
        STORY,
        "@moonlight",
        "the sign makes it the handle",
    ),
    (Kind.DATE_OF_BIRTH, "9 May 1990", "*born on 9 may 1990*", STORY, "9 may 1990", "a whole date"),
    (Kind.DATE_OF_BIRTH, "9 May", "we sail on 9 may", STORY, "", "a day of the year is anybody's"),
    (Kind.DATE_OF_BIRTH, "9 May", "her birthday is 9 may", STORY, "9 may", "a birthday on that day"),
    (
        Kind.VEHICLE_PLATE,
        "7ABC 123",
        "*the car, 7abc 123, stops*",
        STORY,
        "7abc 123",
        "a plate, in the story",
    ),
    (Kind.VEHICLE_PLATE, "A1", "row a1 please", LIFE, "", "too short to be known again"),
    (Kind.WORKPLACE, "mercy general", "back at mercy general", LIFE, "mercy general", "the employer again"),
    (Kind.WORKPLACE, "the Mercy", "mercy is short of staff", LIFE, "", "an everyday word in small letters"),
    (Kind.WORKPLACE, "mercy general", "*at mercy general*", STORY, "", "in the story it is a place like any"),
    (Kind.WORKPLACE, "a bakery", "i like a bakery", LIFE, "", "no proper name"),
    (Kind.WORKPLACE, "the night shift", "the night shift is long", LIFE, "", "no name: an article opens it"),
    (Kind.EDUCATION, "high school", "high school was rough", LIFE, "", "a noun of its kind"),
    (Kind.LOCATION, "Tulsa", "tulsa is hot", LIFE, "tulsa", "the town again"),
    (Kind.LOCATION, "Tulsa", "im not from tulsa", LIFE, "", "denied"),
    (Kind.EDUCATION, "Jenks High", "jenks high was rough", LIFE, "jenks high", "the school again"),
    (Kind.PET, "zorro", "zorro ate it", LIFE, "zorro", "the pet again"),
    (Kind.PET, "biscuit", "i ate a biscuit", LIFE, "", "the word, not the pet"),
    (Kind.PET, "biscuit", "and Biscuit ate it", LIFE, "Biscuit", "typed as a name"),
    (Kind.OCCUPATION, "plumber", "the plumber came", LIFE, "", "a kind that is not a name"),
    (Kind.LOCATION, "Tulsa", "tulsas", LIFE, "", "inside another word"),
]


@pytest.mark.parametrize(("kind", "fact", "text", "frame", "found", "reason"), AGAIN)
def test_what_counts_again(kind: Kind, fact: str, text: str, frame: Frame, found: str, reason: str) -> None:
    said = SaidBefore()
    settled(said, f"btw {fact} yeah", LIFE, (kind, fact))
    assert settled(said, text, frame) == ([(kind, found)] if found else []), reason


LESSONS: list[tuple[Frame, float, int, bool, str]] = [
    (LIFE, 5.0, 0, True, "plainly told"),
    (STORY, 5.0, 0, False, "told in the story"),
    (LIFE, 0.3, 0, False, "hardly more life than story"),
    (LIFE, 5.0, 1, False, "a swipe that was not chosen"),
]


@pytest.mark.parametrize(("frame", "margin", "alternative", "learned", "reason"), LESSONS)
def test_what_teaches_a_fact(
    frame: Frame, margin: float, alternative: int, learned: bool, reason: str
) -> None:
    said = SaidBefore()
    fact = (Kind.LOCATION, "Tulsa")
    settled(said, "i live in Tulsa", frame, fact, margin=margin, alternative=alternative)
    assert bool(settled(said, "tulsa is hot", LIFE)) is learned, reason


def test_a_characters_name_never_becomes_a_fact() -> None:
    names = NameMemory(Setting("c"))
    names.observe(Message("*Zorro peels an orange.*", Author.ASSISTANT))
    said = SaidBefore()
    settled(said, "my cat is called zorro", LIFE, (Kind.PET, "zorro"), names=names)
    assert settled(said, "zorro is funny", LIFE, names=names) == []


def test_a_fact_that_was_found_is_not_found_twice() -> None:
    said = SaidBefore()
    tulsa = (Kind.LOCATION, "Tulsa")
    settled(said, "i live in Tulsa", LIFE, tulsa)
    assert settled(said, "home in Tulsa again", LIFE, tulsa) == [tulsa]


def test_what_is_kept_is_bounded_and_folded() -> None:
    said = SaidBefore()
    for number in range(2 * MOST_FACTS):
        town = f"Town{number}"
        settled(said, f"i live in {town}", LIFE, (Kind.LOCATION, town))
    assert len(said._known) == MOST_FACTS
    assert ("town7",) in said._known


@given(st.lists(st.tuples(st.text(max_size=60), st.sampled_from(list(Frame)), st.sampled_from(list(Kind)))))
def test_hits_stay_inside_the_message(talk: list[tuple[str, Frame, Kind]]) -> None:
    said = SaidBefore()
    for text, frame, kind in talk:
        hits = (Hit(kind, 0, len(text), 0.9, "seen"),) if text else ()
        frames = FrameJudgement(frame, ((0, len(text), frame),))
        for hit in said.settle(Message(text), hits, frames):
            assert 0 <= hit.start < hit.end <= len(text)
