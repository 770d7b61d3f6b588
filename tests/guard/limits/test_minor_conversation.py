"""The register: what a stop holds, what ends it, and where the reason points."""

from __future__ import annotations

import pytest
from tests.guard.limits.scene import last_of, rulings, say

from discretion.guard import Guard
from discretion.guard.limits import LimitJudge
from discretion.records import Limit
from discretion.text import Message, Setting

MINOR = Limit.MINOR
NO = ("a", "I can't continue with that.")

CASES = [
    # reason for the row, messages, verdicts by place, limits
    (
        "an adult age for the same part ends the stop",
        [("f", "the apprentice is fifteen"), NO, ("f", "then the apprentice is thirty-one")],
        [],
        (),
    ),
    (
        "the story going on keeps the part under 18",
        [("f", "the apprentice is fifteen"), ("f", "*the kettle whistles in the dark kitchen*")],
        [("minor", "block", "turn:0")],
        (MINOR,),
    ),
    (
        "who is only told of holds the next line, and then lines that speak of them",
        [
            ("f", "the apprentice is fifteen"),
            ("f", "*the kettle whistles in the dark kitchen*"),
            ("f", "*the kettle is taken off*"),
        ],
        [],
        (),
    ),
    (
        "who was told of and then acts stays in every line",
        [
            ("f", "the apprentice is fifteen"),
            ("f", "*the apprentice sits down at the table*"),
            ("f", "*the kettle whistles in the dark kitchen*"),
            ("f", "*the kettle is taken off*"),
        ],
        [("minor", "block", "turn:0")],
        (),
    ),
    (
        "whom the other side refused may be meant still: it is asked",
        [("f", "the apprentice is fifteen"), NO, ("f", "*the kettle whistles in the dark kitchen*")],
        [("minor", "ask", "turn:0")],
        (),
    ),
    (
        "who was refused and is spoken of is held",
        [("f", "the apprentice is fifteen"), NO, ("f", "*the apprentice waits in the dark kitchen*")],
        [("minor", "block", "turn:0")],
        (MINOR,),
    ),
    (
        "a bare go-on keeps it too",
        [("f", "the apprentice is fifteen"), NO, ("n", "go on")],
        [("minor", "block", "turn:0")],
        (MINOR,),
    ),
    (
        "a question beside the story does not",
        [("f", "our pacemaker in the story is a teenager"), NO, ("n", "convert 17 miles")],
        [],
        (),
    ),
    (
        "nor does the author's own life",
        [("f", "the apprentice is fifteen"), NO, ("s", "dinner was soup again")],
        [],
        (),
    ),
    (
        "the part leaves the scene",
        [("f", "the apprentice is fifteen"), NO, ("f", "forget the apprentice, the baker locks up alone")],
        [],
        (),
    ),
    (
        "another part's age changes nothing",
        [
            ("f", "the baker is fifty"),
            ("f", "the apprentice is fifteen"),
            ("f", "the baker is fifty-one now"),
        ],
        [("minor", "block", "turn:1")],
        (MINOR,),
    ),
    (
        "still under: a later birthday is the message's own limit",
        [("f", "she is seventeen in this story"), NO, ("f", "ok she turns 18 next week then")],
        [("minor", "block", "message")],
        (MINOR,),
    ),
    ("a correction in the same message", [("f", "the apprentice is 15, no wait, i mean 25")], [], ()),
    (
        "a stated adult age does not undo a framing by looks",
        [("f", "she's 412 but looks twelve")],
        [("minor", "block", "message")],
        (MINOR,),
    ),
    (
        "the user's own age holds the rest of the conversation, with a reason that points back",
        [("s", "im 15"), NO, ("n", "ok bye")],
        [("minor", "block", "turn:0")],
        (),
    ),
    (
        "taking it back does not lift it",
        [("s", "im 15"), NO, ("s", "jk im 30 lol")],
        [("minor", "block", "turn:0")],
        (),
    ),
    (
        "saying it again is the message's own limit beside the earlier one",
        [("s", "im 15"), NO, ("s", "16 in october tho")],
        [("minor", "block", "message"), ("minor", "block", "turn:0")],
        (MINOR,),
    ),
    (
        "an answer to the question for the age",
        [("n", "hi"), ("a", "How old are you?"), ("n", "16")],
        [("minor", "block", "message")],
        (MINOR,),
    ),
    (
        "an answer about somebody in the story",
        [("f", "a drummer joins"), ("a", "How old is she?"), ("f", "16")],
        [("minor", "block", "message")],
        (MINOR,),
    ),
    (
        "the assistant's own part under 18 stops the next message",
        [("n", "hi"), ("a", "I'm 16, by the way."), ("n", "nice weather")],
        [("minor", "block", "turn:1")],
        (MINOR,),
    ),
    (
        "a relative whom the assistant asks about does not",
        [("s", "my son turned nine"), ("a", "Nine! Does your son like cake?"), ("s", "he loves it")],
        [],
        (),
    ),
    (
        "a pronoun for the dog of the message before",
        [
            ("s", "the dog wont come out from under the house"),
            ("a", "Smart dog."),
            ("s", "hes 14, hes earned it"),
        ],
        [],
        (),
    ),
]


@pytest.mark.parametrize(("why", "messages", "expected", "limits"), CASES, ids=[c[0] for c in CASES])
def test_conversation(
    why: str,
    messages: list[tuple[str, str]],
    expected: list[tuple[str, str, str]],
    limits: tuple[Limit, ...],
) -> None:
    judgement = last_of(*messages)
    assert rulings(judgement) == expected, why
    assert judgement.limits == limits, why


@pytest.mark.parametrize(
    ("setting", "where"),
    [
        (Setting("c", card="Mila, 16, a baker"), "card"),
        (Setting("c", card="You are Mila, a seventeen year old baker."), "card"),
        (Setting("c", system="You play Mila. Mila is in the ninth grade."), "system"),
    ],
)
def test_a_limit_of_the_setting_blocks_the_next_message(setting: Setting, where: str) -> None:
    judgement = last_of(("n", "hello there"), setting=setting)
    assert rulings(judgement) == [("minor", "block", where)]
    assert judgement.limits == (MINOR,)
    text = setting.card or setting.system or ""
    reason = judgement.reasons[0]
    assert 0 <= reason.start < reason.end <= len(text)


def test_an_adult_card_stops_nothing() -> None:
    for card in (
        "Mila, 34, a baker",
        "Mila, a retired teacher",
        "Mila, mother of a 9 year old",
        "Robin, an AI",
    ):
        assert not last_of(("n", "hello"), setting=Setting("c", card=card)).reasons, card


def test_a_greeting_counts_as_the_assistants_turn() -> None:
    judge = LimitJudge(Setting("c"))
    say(judge, "a", "*waves* I'm fifteen and I know this harbour.", 0)
    judgement = say(judge, "n", "hi", 1)
    assert judgement is not None
    assert rulings(judgement) == [("minor", "block", "turn:0")]


def test_an_alternative_of_the_assistant_adds_nothing() -> None:
    judge = LimitJudge(Setting("c"))
    say(judge, "a", "I'm 16.", 0, alternative=1)
    judgement = say(judge, "n", "hi", 1)
    assert judgement is not None
    assert not judgement.reasons


def test_an_alternative_of_the_user_counts_only_for_their_own_age() -> None:
    judge = LimitJudge(Setting("c"))
    judged = say(judge, "f", "the apprentice is fifteen", 0, alternative=1)
    assert judged is not None
    assert judged.limits == (MINOR,)
    after = say(judge, "f", "*the oven glows*", 2)
    assert after is not None
    assert not after.reasons
    say(judge, "s", "im 15", 4, alternative=1)
    held = say(judge, "f", "*the oven glows*", 6)
    assert held is not None
    assert rulings(held) == [("minor", "block", "turn:4")]


def test_everyday_context_notes_participants_and_still_stops_for_the_users_own_age() -> None:
    noted = last_of(("f", "the apprentice is fifteen"), intimate=False)
    assert rulings(noted) == [("minor", "notice", "message")]
    assert noted.limits == ()
    stopped = last_of(("s", "i am 15"), intimate=False)
    assert rulings(stopped) == [("minor", "block", "message")]


def test_reasons_are_one_sentence_without_the_value() -> None:
    judgement = last_of(("s", "im 15"))
    assert "15" not in judgement.reasons[0].reason
    assert judgement.reasons[0].reason.endswith(".")


@pytest.mark.parametrize(
    "line",
    [
        "Keep replies to two or three paragraphs.",
        "Keep your replies to three paragraphs.",
        "Keep messages to four lines.",
        "Keep the output to 2-3 paragraphs, never more than 15 sentences.",
        "Keep each response to 12 words.",
    ],
)
def test_how_long_replies_are_is_nobodys_age(line: str) -> None:
    setting = Setting(card=f"Name: Elara. {line}")
    message = Message("*sits down beside you*", setting=setting)
    review = Guard(rules_only=True).session(setting).review(message)
    assert review.limit_reasons == ()
