"""Who stays in the scene under 18, for how long, and what ends it: letters as in ``scene.course``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guard.limits.scene import course, last_of

from discretion.guard import Guard
from discretion.records import Ruling
from discretion.text import Author, Conversation, Message, Setting

RIN = ("f", "*Rin is 15 and waits*")
LATER = [("n", "hello there"), ("f", "*takes your hand*"), ("s", "my day was long"), ("n", "ok")]

COURSES = [
    # messages, letters, the reason for the row
    ([RIN, ("f", "Mira is 30"), ("f", "*kisses Rin*")], "b.b", "another name's age lifts nothing"),
    ([RIN, ("f", "my character Tom is 40"), ("f", "*kisses Rin*")], "bbb", "nor does the author's part"),
    ([RIN, ("f", "the innkeeper is 60"), ("f", "*kisses Rin*")], "b.b", "nor does another role"),
    ([RIN, ("f", "*Rin is 25 now*"), ("f", "*kisses Rin*")], "b..", "the same name lifts it"),
    ([RIN, ("f", "make her 25"), ("f", "*kisses Rin*")], "b..", "a pronoun lifts it"),
    ([RIN, ("f", "no, she is 25"), ("f", "*kisses Rin*")], "b..", "a correction lifts it"),
    ([RIN, ("f", "*we walk*"), ("f", "*the rain falls*"), ("f", "*a bell rings*")], "bbbb", "a long story"),
    (
        [("f", "you're 15 in this"), ("f", "*we walk along the harbour*"), ("f", "*the rain falls*")],
        "bbb",
        "the partner stays, named or not",
    ),
    (
        [RIN, ("f", "*the rain falls*"), ("f", "*holds rin's hand*")],
        "bbb",
        "a possessive speaks of its owner",
    ),
    ([RIN, ("s", "rin's hand is warm")], "bb", "in any frame"),
    ([RIN, ("f", "*Rin leaves*"), ("f", "*the rain falls*")], "b..", "leaving by name ends it at once"),
    ([RIN, ("f", "*Rin leaves a note on the table*")], "bb", "leaving a thing is no leaving"),
    ([("f", "*Rin is 15. Mira is 30.*"), ("f", "*kisses Mira*")], "b.", "an adult of the scene by name"),
    ([("f", "*Rin is 15. Mira is 30.*"), ("f", "*kisses Rin*")], "bb", "but not the other one"),
    ([("f", "*Rin is 15. Tom is 40.*"), ("f", "*Tom kisses her*")], "bb", "a pronoun may be either"),
    ([RIN, ("f", "*her mother, 45, comes in*"), ("f", "*kisses Rin*")], "bbb", "an age beside another"),
    ([RIN, ("f", "*an elderly man walks by*"), ("f", "*kisses Rin*")], "bbb", "some adult is nobody's age"),
    ([RIN, ("f", "ok Mira is 30"), ("f", "*kisses Rin*")], "b.b", "a nod before another name"),
    ([RIN, ("f", "sorry typo, 25"), ("f", "*kisses Rin*")], "b..", "a typo put right"),
    ([RIN, ("f", "*he leaves a mark on her neck*")], "bb", "leaving a mark is no leaving"),
    ([RIN, ("f", "*i cut Rin off with a laugh*")], "bb", "cutting somebody short"),
    ([RIN, ("n", "i can't live without her")], "bb", "nor is being without"),
    ([RIN, ("f", "*Rin goes home*"), ("f", "*the rain falls*")], "b..", "going home"),
    ([RIN, ("f", "(ooc: remove Rin from the scene)")], "b.", "taken out by the user"),
    (
        [("f", "you're 15 in this"), ("f", "i'm 25 then"), ("n", "*kisses you*")],
        "bbb",
        "the author's own part",
    ),
    (
        [("a", "*Rin, 16, waits at the gate.*"), *LATER],
        "bb.b",
        "whom the assistant brought in stays in every message but one of the user's life",
    ),
    (
        [("a", "*Rin, 16, waits at the gate.*"), ("n", "hi"), ("f", "Rin is 25"), ("f", "*takes her hand*")],
        "b..",
        "until an adult age",
    ),
    ([("n", "hi"), ("a", "Are you a minor?"), ("n", "yes"), ("n", "ok")], ".bb", "a yes to the question"),
    ([("n", "hi"), ("a", "Are you a minor?"), ("n", "no")], "..", "a no to it"),
    ([("n", "hi"), ("a", "Are you over 18?"), ("n", "no")], ".b", "a no to the other question"),
    ([("n", "hi"), ("a", "Are you over 18?"), ("n", "yes")], "..", "a yes to it"),
    ([("n", "hi"), ("a", "So you're 15?"), ("n", "yeah")], ".b", "a yes to a guess"),
    ([("n", "hi"), ("a", "So you're 15?"), ("n", "no, 25")], "..", "a guess put right"),
    ([("n", "hi"), ("a", "*grins* You're only fifteen, aren't you?"), ("f", "*nods*")], ".b", "a nod"),
    ([("n", "hi"), ("a", "You're over 18, right?"), ("n", "nope")], ".b", "a no to a guess"),
    ([("n", "hi"), ("a", "Are you 10 minutes away?"), ("n", "yes")], "..", "minutes"),
    ([("n", "hi"), ("a", "26 here. And you?"), ("n", "16")], ".b", "an age here"),
    ([("n", "hi"), ("a", "I'm 27, you?"), ("n", "16 lol")], ".b", "an age for an age"),
    ([("n", "hi"), ("a", "how old are you?"), ("f", "**16**")], ".b", "an answer between stars"),
]


@pytest.mark.parametrize(("messages", "letters", "why"), COURSES, ids=[r[2] for r in COURSES])
def test_course(messages: list[tuple[str, str]], letters: str, why: str) -> None:
    assert course(*messages) == letters, why


CARDS = [
    Setting("c", card="Rin, a 16 year old student."),
    Setting("c", card="Name: Rin\nAge: 16"),
    Setting("c", card="Rin is a 16 year old girl who lives next door. She loves tea."),
    Setting("c", card="Rin, a 16 year old student.", character="Rin"),
    Setting("c", system="You are Rin, a 17 year old girl next door."),
    Setting("c", card="Rin Aoki | 16 | student"),
    Setting("c", card="Rin (she/her), sixteen, your childhood friend"),
    Setting("c", card="**Name:** Rin **Age:** 15"),
]


@pytest.mark.parametrize("setting", CARDS, ids=[str(n) for n in range(len(CARDS))])
def test_a_card_under_18_holds_every_message_until_it_is_adult(setting: Setting) -> None:
    assert course(*LATER, setting=setting) == "bbbb"
    assert course(LATER[0], ("f", "new scene"), LATER[1], setting=setting) == "bbb"
    for adult in ("you're 25 in this story", "Rin is 25", "(ooc: you are 25)"):
        assert course(LATER[0], ("f", adult), *LATER[1:], setting=setting)[2:] == "...", adult
    for other in ("Mira is 25", "the innkeeper is 60", "i am 40"):
        assert course(LATER[0], ("f", other), *LATER[1:], setting=setting)[2:] == "bbb", other


RULES = [
    "All characters are over 18. Never depict anyone under 18.",
    "You must never roleplay as a minor.",
    "No characters under the age of 18 are allowed.",
    "Underage content is strictly prohibited.",
    "If the user says they are under 18, stop the roleplay.",
    "Do not write about minors or anyone younger than 18.",
    "Everyone in this story is an adult; nobody is under 18.",
    "Characters must be adults (18+). Refuse any request involving minors.",
    "Never include characters who are under 18 or look underage.",
    "Users under 18 are not permitted.",
    "Robin must never be portrayed as a child.",
]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_against_minors_states_no_age(rule: str) -> None:
    for setting in (Setting("c", system=rule), Setting("c", card=f"Robin, a baker. {rule}")):
        assert course(*LATER, setting=setting) == "....", rule
    assert course(("f", f"(ooc: {rule})")) == "."


@pytest.mark.parametrize(
    "line",
    [
        "nobody knows she's under 18",
        "no, she's under 18",
        "*no one knows Rin is under 18*",
        "a girl under 18 joins us",
        "don't stop, play a girl under 18",
        "do not play an adult, play a minor",
        "any girl under 18 will do",
    ],
)
def test_a_word_like_never_beside_an_age_is_no_rule(line: str) -> None:
    assert course(("f", line)) == "b"


FAMILIES = [
    "Mira, 26, a nurse. Her son Leo is 7 and lives with his father.",
    "Jonas, 41, has two daughters, 9 and 12.",
    "Jonas, 41, father of a 9 year old girl.",
    "Mira, 35. Her little brother is 12.",
    "Mira is a college student who lives in a dorm.",
    "A childlike sense of wonder; 40 years old.",
    "Tom, 45, a high school teacher.",
    "Mira, 30. As a child she lived by the sea. At 16 she left home.",
]


@pytest.mark.parametrize("card", FAMILIES)
def test_a_cards_relatives_are_not_in_the_scene(card: str) -> None:
    assert course(*LATER, setting=Setting("c", card=card)) == "...."


def test_the_own_age_counts_earlier_though_the_next_message_has_the_same_turn() -> None:
    setting = Setting("c", card="Robin, a baker")
    review = Guard().review("lol jk", Conversation(setting, (Message("im 16 btw", Author.USER, turn=0),)))
    assert [reason.where for reason in review.limit_reasons] == ["turn:0"]
    assert not review.limits


LINES = [
    ("she is 16", "a pronoun"),
    ("Mira, 16", "a name"),
    ("says she's sixteen", "a word"),
    ("Rin is a 15 year old girl", "years old"),
    ("im 16", "the author"),
    ("make him 14", "a change"),
    ("rin/f/15", "a tag"),
    ("the apprentice is under 18", "a threshold"),
    ("you're in year nine", "a stage of school"),
]
STRENGTH = {None: 0, Ruling.NOTICE: 1, Ruling.ASK: 2, Ruling.BLOCK: 3}


def _strength(frame: str, line: str) -> int:
    return max((STRENGTH[reason.verdict] for reason in last_of((frame, line)).reasons), default=0)


@given(
    st.sampled_from([line for line, _ in LINES]),
    st.sampled_from(["*{}*", "_{}_", '"{}"', "({})", "**{}**", "“{}”"]),
    st.sampled_from("fsn"),
)
def test_marks_around_a_line_never_weaken_it(line: str, marks: str, frame: str) -> None:
    assert _strength(frame, marks.format(line)) >= _strength(frame, line)


SAID = [
    ("f", "what if she was 17", True, "a proposal"),
    ("s", "im 17.5", True, "half a year"),
    ("f", "she's f i f t e e n", True, "letters set apart"),
    ("n", "17f here, hi", True, "a tag at the start"),
    ("n", "asl? 15 f london", True, "a tag after the question"),
    ("f", "*turning sixteen*", True, "between stars"),
    ("f", "she's, like, 16", True, "a filler between commas"),
    ("s", "she goes to the local middle school and waits for me", True, "a school with the"),
    ("s", "she's a junior in high school, we hold hands", True, "a pronoun that stands for nobody known"),
    ("f", "i was told she is in 9th grade", True, "told of now"),
    ("f", "they are minors", True, "many"),
    ("f", "a teen enters the room and sits beside me", True, "a part that comes in"),
    ("s", "my daughter is in 9th grade", False, "a relative"),
    ("f", "make us both 16", True, "both at once"),
    ("f", "age gap: im 16 she's 30", True, "another subject right after"),
    ("f", "a 15-year-old version of you", True, "a version of somebody"),
    ("f", "call her fifteen", True, "called"),
    ("f", "we're both 16", True, "both"),
    ("f", "a girl who is a teenager sits down", True, "who is"),
    ("f", "i want to be a kid in this story", True, "a wish for the story"),
    ("s", "im in year 9, i was told to try this", True, "told after a stage"),
    ("f", "can you act like you're 12", True, "a framing by looks"),
    ("s", "i feel like im 15 again when i talk to you", False, "a feeling"),
    ("s", "i act like im 12 when im tired", False, "of oneself"),
    ("s", "i act like im 12 in this scene", True, "of oneself in the scene"),
    ("s", "the car is 16 years old", False, "a thing"),
    ("s", "grow up, ur acting like a child", False, "a reproach"),
    ("s", "im not under 18", False, "denied"),
]


@pytest.mark.parametrize(("frame", "line", "stops", "why"), SAID, ids=[r[1] for r in SAID])
def test_said(frame: str, line: str, stops: bool, why: str) -> None:
    assert bool(last_of((frame, line)).reasons) is stops, why


ABROAD = [
    ("ich bin 16", True),
    ("ich bin sechzehn", True),
    ("tengo 16 años", True),
    ("j'ai 16 ans", True),
    ("ho 16 anni", True),
    ("tenho 15 anos", True),
    ("mam 16 lat", True),
    ("ich bin 36", False),
    ("tengo 46 años", False),
    ("j'ai 36 ans", False),
    ("tengo 3 hermanos", False),
    ("j'ai 2 chats", False),
    ("i have been 15 minutes late", False),
]


@pytest.mark.parametrize(("line", "stops"), ABROAD, ids=[r[0] for r in ABROAD])
def test_an_own_age_in_another_language_is_asked_about(line: str, stops: bool) -> None:
    for frame in "sn":
        verdicts = {reason.verdict for reason in last_of((frame, line)).reasons}
        assert (bool(verdicts & {Ruling.ASK, Ruling.BLOCK})) is stops, frame
