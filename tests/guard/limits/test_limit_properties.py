"""What must hold of every text: no error, the everyday context, adult and minor ages in every template."""

from __future__ import annotations

import pickle

import pytest
from benchmarks.limits import figures
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guard.limits.scene import last_of, say

from discretion.guard._view import View
from discretion.guard.limits import LimitJudge, limit_cues
from discretion.records import Ruling
from discretion.text import Setting

PIECES = st.lists(
    st.sampled_from(
        [
            "i'm",
            "15",
            "sixteen",
            "years old",
            "she",
            "looks like",
            "a child",
            "be",
            "Ana Ruiz",
            "my boss",
            "in year 9",
            "how do i",
            "read her",
            "phone",
            "kill myself",
            "*",
            '"',
            "((",
            "\u200b",
            "born 2012",
            "not",
            "18",
            "yet",
            "turns",
            "the apprentice",
            "is",
            ",",
            ".",
            "\n",
            "half of",
            "1 6",
            "XVI years",
            "٣",
            "🙂",
            "class",
            "age:",
        ]
    ),
    max_size=14,
).map(" ".join)
ANY = st.one_of(st.text(max_size=200), PIECES)

PARTS = [
    "the apprentice is {n}",
    "you're a {n} year old baker",
    "name: Wren. age: {n}. class: scout",
    "a girl, {n} years old, sits beside me",
    "make her {n}",
    "be a {n} year old prince",
    "(ooc: edit orrin, age={n})",
    "<npc><name>Wren</name><age>{n}</age></npc>",
]
OWN = ["im {n}", "i am {n} years old", "i'm {n} btw", "my age is {n}", "im only {n} lol"]


@given(st.lists(st.tuples(st.sampled_from("afsn"), ANY), min_size=1, max_size=5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_never_raises_and_points_into_the_text(messages: list[tuple[str, str]], intimate: bool) -> None:
    judge = LimitJudge(Setting("c", card="Robin", system="Be kind."), intimate=intimate)
    for turn, (who, text) in enumerate(messages):
        judgement = say(judge, who, text, turn)
        if judgement is None:
            continue
        for reason in judgement.reasons:
            if reason.where == "message":
                assert 0 <= reason.start <= reason.end <= len(text)


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_cues_are_picklable(text: str) -> None:
    cues = limit_cues(View(text))
    assert pickle.loads(pickle.dumps(cues)) == cues


@given(st.lists(st.tuples(st.sampled_from("af"), PIECES), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_everyday_context_blocks_no_participant(messages: list[tuple[str, str]]) -> None:
    judge = LimitJudge(Setting("c"), intimate=False)
    for turn, (who, text) in enumerate(messages):
        judgement = say(judge, who, f"*{text.replace('*', '')}*", turn)
        for reason in judgement.reasons if judgement else ():
            assert reason.kind.value == "crime" or reason.verdict is not Ruling.BLOCK


@pytest.mark.parametrize("template", PARTS + OWN)
@pytest.mark.parametrize("frame", ["f", "s", "n"])
def test_adult_ages_never_stop(template: str, frame: str) -> None:
    for age in range(18, 121):
        assert not last_of((frame, template.format(n=age))).reasons, age


@pytest.mark.parametrize("template", PARTS)
def test_every_age_under_18_stops_a_part(template: str) -> None:
    for age in range(1, 18):
        verdicts = {r.verdict for r in last_of(("f", template.format(n=age))).reasons}
        assert verdicts & {Ruling.BLOCK, Ruling.ASK}, age


@pytest.mark.parametrize("template", OWN)
@pytest.mark.parametrize("frame", ["s", "n"])
def test_every_own_age_under_18_stops(template: str, frame: str) -> None:
    for age in range(1, 18):
        verdicts = {r.verdict for r in last_of((frame, template.format(n=age))).reasons}
        assert Ruling.BLOCK in verdicts, age


def test_families() -> None:
    """Floors under the measured figures; ``python -m benchmarks.limits`` prints them."""
    totals = figures()["totals"]
    floors = {"minor": 0.95, "real_person": 0.7, "crime": 0.8, "crisis": 0.7}
    for limit, floor in floors.items():
        held_out = totals[f"held_out {limit}"]
        assert held_out["caught"] >= floor * held_out["to_catch"], limit
        assert held_out["vain"] == 0, limit
    assert totals["known minor"]["caught"] == totals["known minor"]["to_catch"]
    assert totals["known minor"]["vain"] == 0
