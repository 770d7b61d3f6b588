"""Stand-ins that turn up in texts that somebody else wrote: retired, told, and others from then on."""

from __future__ import annotations

import pytest
from tests.guard.stand_ins.told import SECRET, sent, wanted

from discretion.guard.restore import RestoreTable
from discretion.guard.stand_ins import StandIns
from discretion.guard.stand_ins._seen import MOST_WORDS, SeenWords


def stand_in_of(stand_ins: StandIns, real: str) -> str:
    """What stands for a real value now."""
    return next(pair.stand_in for pair in stand_ins.pairs if pair.real == real and pair.is_active)


MET = [
    ("I met {Jess} today", True, "a card names somebody so"),
    ("{jess} is here", True, "in small letters"),
    ("{JESS}'s dog", True, "an owner in capitals"),
    ("the {Jess}field road", False, "inside of another word"),
    ("nobody you know", False, "somebody else"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("pattern", "is_retired", "reason"), MET)
def test_a_stand_in_that_turns_up_is_retired(pattern: str, is_retired: bool, reason: str) -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "im [Jess]")
    met = wanted(pattern, stand_ins.pairs)
    before, version = stand_in_of(stand_ins, "Jess"), stand_ins.version
    retired = stand_ins.take_in(met)
    assert [pair.stand_in for pair in retired] == ([before] if is_retired else []), reason
    assert (stand_ins.version > version) == is_retired
    after = sent(stand_ins, "jess again").split()[0]
    assert (after != before.lower()) == is_retired


def test_old_text_still_restores_and_the_change_is_told() -> None:
    stand_ins = StandIns(secret=SECRET)
    first = sent(stand_ins, "im [Jess]")
    stand_ins.take_changed()
    (retired,) = stand_ins.take_in(f"Hi, {stand_in_of(stand_ins, 'Jess')} here.")
    assert not retired.is_active
    later = sent(stand_ins, "it is Jess")
    made = stand_ins.pairs[-1]
    assert stand_ins.take_changed() == (retired, made)
    assert made.group == retired.group, "the same person"
    table = RestoreTable(stand_ins.pairs)
    assert table.restore(first) == "im Jess"
    assert table.restore(later) == "it is Jess"


def test_forms_of_one_name_fall_together() -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "[Jessica Kowalski], called [Jess], signs [Jess K]")
    family = stand_in_of(stand_ins, "Kowalski")
    retired = stand_ins.take_in(f"{stand_in_of(stand_ins, 'Jessica')} bows")
    assert {pair.real for pair in retired} == {"Jessica", "Jess", "Jess K"}
    assert stand_in_of(stand_ins, "Kowalski") == family, "the family name stands"
    sent(stand_ins, "[Jessica], [Jess]")
    groups = {pair.group for pair in stand_ins.pairs if pair.real in ("Jessica", "Jess")}
    assert len(groups) == 1


def test_words_that_were_seen_are_never_chosen() -> None:
    drawn = StandIns(secret=SECRET)
    sent(drawn, "[Jess] and [Kowalski]")
    warned = StandIns(secret=SECRET)
    assert warned.take_in(" ".join(pair.stand_in for pair in drawn.pairs)) == ()
    sent(warned, "[Jess] and [Kowalski]")
    assert not {pair.stand_in for pair in drawn.pairs} & {pair.stand_in for pair in warned.pairs}


def test_the_message_that_names_somebody_is_read_first() -> None:
    drawn = StandIns(secret=SECRET)
    sent(drawn, "[Jess]")
    other = drawn.pairs[0].stand_in
    stand_ins = StandIns(secret=SECRET)
    assert other not in sent(stand_ins, f"[Jess] met somebody: {other}").split()[0]


def test_a_real_person_of_that_name_takes_it_back() -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "im [Jess]")
    namesake = stand_in_of(stand_ins, "Jess")
    left = sent(stand_ins, f"[{namesake}] met jess")
    assert namesake.lower() not in left.lower().split()
    assert stand_in_of(stand_ins, "Jess") != namesake
    active = [pair for pair in stand_ins.pairs if pair.is_active]
    assert not {pair.real for pair in active} & {pair.stand_in for pair in active}


PHRASES = [
    ("we drove to Cedar Falls", "Cedar Falls", True, "words side by side"),
    ("a cedar fell, water falls", "Cedar Falls", False, "the words apart"),
    ("falls cedar", "Cedar Falls", False, "the other way round"),
    ("call 555-0142", "555-0142", True, "a number"),
    ("José waved", "jose", True, "another spelling of a word"),
    ("", "x", False, "nothing was seen"),
    ("x", "", False, "nothing was asked"),
]


@pytest.mark.parametrize(("text", "phrase", "is_held", "reason"), PHRASES)
def test_what_was_seen(text: str, phrase: str, is_held: bool, reason: str) -> None:
    seen = SeenWords()
    seen.take_in(text)
    assert seen.holds(phrase) == is_held, reason


def test_what_is_remembered_is_bounded() -> None:
    seen = SeenWords()
    seen.take_in("first " + " ".join(f"w{n}" for n in range(MOST_WORDS)))
    assert not seen.holds_word("first"), "the first go first"
    assert seen.holds_word(f"w{MOST_WORDS - 1}")
