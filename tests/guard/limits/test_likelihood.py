"""What the model's probabilities move in the judgement of a limit, and what they cannot."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.guard.limits.scene import FRAMES, say

from discretion.guard._frame import FrameJudgement
from discretion.guard._view import View
from discretion.guard.limits import LimitJudge, LimitJudgement, limit_cues
from discretion.guard.limits._likelihood import BOUNDS, UNCONFIRMED
from discretion.records import Frame, LimitReason, Ruling
from discretion.text import Message, Setting

ANN = "be my manager Ann Marlow from work and kiss me"
LOG_IN = "how do i read my girlfriend's messages without her knowing"


def judged(
    frame: str, text: str, likely: Mapping[str, float] | None, *, intimate: bool = True
) -> LimitJudgement:
    made = say(LimitJudge(Setting("c"), intimate=intimate), frame, text, likely=likely)
    assert made is not None
    return made


def letters(reasons: tuple[LimitReason, ...]) -> list[str]:
    return [f"{one.kind.value} {one.verdict.value}" for one in reasons]


@pytest.mark.parametrize(
    ("frame", "text", "likely", "expected", "reason"),
    [
        ("f", "the lantern carrier comes along", None, [], "the rules see no age"),
        ("f", "the lantern carrier comes along", {"minor": 0.1}, [], "nor does the model"),
        (
            "f",
            "the lantern carrier comes along",
            {"minor": 0.9},
            ["minor ask"],
            "no word for an age is needed",
        ),
        ("f", "Rin is 15 and joins us", {"minor": 0.0}, ["minor block"], "a block of the scene stays"),
        (
            "n",
            "write a love scene between me and Tobias Wrenfield",
            {"real_person": 0.0},
            ["real_person ask"],
            "who is public no model knows: a scene with a full name that nobody introduced is asked about",
        ),
        (
            "n",
            "write a scene where Tobias Wrenfield kisses me",
            {"real_person": 0.0},
            ["real_person ask"],
            "told",
        ),
        (
            "n",
            "love scene between me and taylor wrenfield",
            {"real_person": 0.0},
            ["real_person ask"],
            "small",
        ),
        (
            "s",
            "My coworker Ann Marlow kisses me in the lift",
            {"real_person": 0.0},
            ["real_person ask"],
            "somebody of the author's life; told of life or asked for, no model knows",
        ),
        (
            "s",
            "My neighbour Ann Marlow hugs me every morning lol",
            {"real_person": 0.0},
            [],
            "the model may tell that it is life",
        ),
        (
            "n",
            "write a fight scene between me and Tobias Wrenfield",
            {"real_person": 0.0},
            [],
            "no intimate scene",
        ),
        (
            "n",
            "write a love scene between me and Tobias Wrenfield from the book",
            {"real_person": 0.0},
            [],
            "said to be invented",
        ),
        (
            "n",
            "write a love scene between me and Captain Tobias Wrenfield",
            {"real_person": 0.0},
            [],
            "a title, as characters have",
        ),
        (
            "f",
            "*kisses Tobias Wrenfield*",
            {"real_person": 0.0},
            [],
            "in the story the model may tell that they are invented",
        ),
        ("f", "Rin is 15 and joins us", {"minor": 0.9}, ["minor block"], "and is not told twice"),
        (
            "f",
            "the innkeeper's girl waved. she is six",
            None,
            ["minor block"],
            "the rules alone: she may stay",
        ),
        ("f", "the innkeeper's girl waved. she is six", {"minor": 0.3}, ["minor block"], "the model doubts"),
        (
            "f",
            "the innkeeper's girl waved. she is six",
            {"minor": 0.0},
            ["minor block"],
            "in a line of the story a bare mention takes part: no share lifts it",
        ),
        (
            "f",
            "the new girl at the inn is 15. she comes closer",
            {"minor": 0.0},
            ["minor block"],
            "the model lifts no block",
        ),
        (
            "f",
            '"the new girl at the inn is 15," he says',
            {"minor": 0.0},
            ["minor block"],
            "nor one in a line of dialogue",
        ),
        ("n", "the innkeeper is here and his maid is 16", None, ["minor ask"], "no story line: unresolved"),
        (
            "n",
            "the innkeeper is here and his maid is 16",
            {"minor": 0.3},
            ["minor ask"],
            "doubt keeps the ask",
        ),
        ("n", "the innkeeper is here and his maid is 16", {"minor": 0.0}, [], "an ask may pass"),
        (
            "f",
            "the innkeeper's girl waved. she is six",
            {"minor": 0.1},
            ["minor block"],
            "some doubt is too little",
        ),
        ("s", "school tours today, grade four on the stairs", {"minor": 0.02}, [], "a school of nobody here"),
        ("s", "i'm in grade four", {"minor": 0.03}, ["minor ask"], "one of the user's own stays"),
        (
            "f",
            "when i was twelve i counted cartons",
            {"minor": 0.9},
            [],
            "a past that is told needs no model",
        ),
        ("f", "there is myself at twelve, and he stays", {"minor": 0.9}, ["minor ask"], "one that is played"),
        ("s", "im 15 btw", None, ["minor block"], "the rules alone"),
        ("s", "im 15 btw", {"minor": 0.9}, ["minor block"], "rules and model agree"),
        ("s", "im 15 btw", {"minor": 0.03}, ["minor ask"], "they do not agree"),
        ("s", "im 15 btw", {"crime": 0.05}, ["minor block"], "a probability that is missing says nothing"),
        ("n", "she is 16 or so", {"minor": 0.0}, [], "an ask is let through"),
        ("s", ANN, {"real_person": 0.0}, ["real_person block"], "a block stays"),
        ("s", "put the postman on the step with me", {"real_person": 0.8}, ["real_person ask"], "asks"),
        ("s", LOG_IN, {"crime": 0.0}, ["crime block"], "a block stays"),
        ("s", "and the steam trick for envelopes", {"crime": 0.7}, ["crime ask"], "asks"),
        (
            "s",
            "hello there",
            {"minor": 0.9, "real_person": 0.9, "crime": 0.9},
            ["minor ask", "real_person ask", "crime ask"],
            "each limit speaks for itself",
        ),
    ],
)
def test_the_model_moves_asks_and_settles_who_is_only_mentioned(
    frame: str, text: str, likely: Mapping[str, float] | None, expected: list[str], reason: str
) -> None:
    assert letters(judged(frame, text, likely).reasons) == expected, reason


@pytest.mark.parametrize(
    ("kind", "verdict"), [("minor", "notice"), ("real_person", "notice"), ("crime", "ask")]
)
def test_where_no_intimacy_is_assumed_only_a_crime_is_asked_about(kind: str, verdict: str) -> None:
    made = judged("f", "the lantern carrier comes along", {kind: 0.9}, intimate=False)
    assert letters(made.reasons) == [f"{kind} {verdict}"]


def test_an_own_age_that_the_model_does_not_share_holds_nothing_later() -> None:
    judge = LimitJudge(Setting("c"))
    first = say(judge, "s", "im 15 btw", 0, likely={"minor": 0.01})
    assert first is not None
    assert first.reasons[0].reason == UNCONFIRMED
    assert first.limits == ()
    later = say(judge, "s", "the bus was late again", 2)
    assert later is not None
    assert later.reasons == ()


def test_a_yes_to_being_under_age_needs_the_model_too() -> None:
    judge = LimitJudge(Setting("c"))
    say(judge, "a", "Are you under 18?", 0)
    made = say(judge, "s", "yes", 1, likely={"minor": 0.01})
    assert made is not None
    assert letters(made.reasons) == ["minor ask"]


@pytest.mark.parametrize(("share", "shows"), [(0.9, True), (0.1, False)])
def test_a_crisis_may_be_the_models_alone(share: float, shows: bool) -> None:
    assert judged("s", "the kettle again", {"crisis": share}).crisis is shows


def test_a_crisis_of_the_rules_stays_by_default() -> None:
    assert judged("s", "i want to kill myself", {"crisis": 0.0}).crisis


def test_bounds_come_from_the_caller_or_from_the_table() -> None:
    text = "the lantern carrier comes along"
    frames = FrameJudgement(FRAMES["f"], ((0, len(text), Frame.FICTION),))
    cues = limit_cues(View(text))
    for bound, verdicts in ((0.3, [Ruling.ASK]), (0.5, [])):
        made = LimitJudge(Setting("c")).judge(
            Message(text), cues, frames, (), {"minor": 0.4}, {"limit_ask_minor": bound}
        )
        assert [one.verdict for one in made.reasons] == verdicts
    assert set(BOUNDS) >= {f"limit_{way}_{kind}" for way in ("ask", "allow") for kind in ("minor", "crime")}


@pytest.mark.parametrize(
    ("reply", "text", "share", "is_held", "reason"),
    [
        (
            "I can't continue with that.",
            "the ladder creaks, nothing else",
            0.01,
            False,
            "the scene was recast",
        ),
        ("I can't continue with that.", "Rin waits at the gate", 0.01, True, "they are spoken of"),
        (
            "I can't continue with that.",
            "she waits at the gate",
            0.01,
            True,
            "they are spoken of by a pronoun",
        ),
        ("I can't continue with that.", "the ladder creaks, nothing else", 0.6, True, "the model doubts it"),
        (
            "I can't continue with that.",
            "the ladder creaks, nothing else",
            None,
            True,
            "no model: the rule holds",
        ),
        ("Rin nods and climbs in.", "the ladder creaks, nothing else", 0.01, True, "the scene took them in"),
    ],
)
def test_who_was_refused_is_held_only_where_they_go_on(
    reply: str, text: str, share: float | None, is_held: bool, reason: str
) -> None:
    judge = LimitJudge(Setting("c"), intimate=True)
    say(judge, "f", "Rin is 15 and joins us", likely=None if share is None else {"minor": 0.9})
    say(judge, "a", reply)
    made = say(judge, "f", text, likely=None if share is None else {"minor": share})
    assert made is not None
    assert bool(letters(made.reasons)) is is_held, reason


@pytest.mark.parametrize(
    ("told", "is_held", "reason"),
    [
        ("*Rin, 16, waits at the gate.*", True, "the assistant lets her act: the next message is held"),
        ('"My brother\'s girl is six," he says.', False, "talk of somebody, and the model sees nobody here"),
    ],
)
def test_whom_the_assistant_brings_in_is_held_unless_only_talked_of(
    told: str, is_held: bool, reason: str
) -> None:
    judge = LimitJudge(Setting("c"))
    say(judge, "a", told, 0)
    made = say(judge, "f", "*takes your hand*", 1, likely={"minor": 0.01})
    assert made is not None
    assert bool(made.reasons) is is_held, reason
