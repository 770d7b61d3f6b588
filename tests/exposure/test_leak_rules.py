"""The rule files of the blast radius: every sign can occur, every id is known, no claim lacks its source."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from discretion.exposure import _leak_rules as rules
from discretion.exposure._leak_signs import FEW
from discretion.records import Kind, Strength

FIELDS = ("photo", "payment", "email", "security_answer")
HARMS = {one.id for one in rules.harms()}
PEOPLE = {one.id for one in rules.people()}
SIGNS = (
    {f"{what}:{kind.value}" for what in ("kind", "own") for kind in Kind}
    | {f"field:{name}" for name in FIELDS}
    | {f"link:{basis}" for basis in rules.link_rules()}
    | {f"{what}:{strength.value}" for what in ("person", "accounts") for strength in Strength}
    | {f"few:{most}" for most in FEW}
    | {"read:any", "read:much", "read:grave", "intimate", "missing:passwords"}
)
ALL_WHEN = (
    [(f"who {one.id}", one.when, SIGNS) for one in rules.people()]
    + [(f"harm {one.id}", case.when, SIGNS | {f"who:{who}" for who in PEOPLE})
       for one in rules.harms() for case in one.cases]
    + [(f"action {one.id}", one.when,
        SIGNS | {f"who:{who}" for who in PEOPLE} | {f"harm:{harm}" for harm in HARMS})
       for one in rules.actions()]
)  # fmt: skip


@pytest.mark.parametrize(("name", "when", "known"), ALL_WHEN)
def test_every_sign_is_one_that_can_occur(name: str, when: rules.When, known: set[str]) -> None:
    assert when, name
    assert {sign for needed in when for sign in needed} <= known, name


def test_ids_are_told_apart_and_harms_named_are_known() -> None:
    for ids in (
        [one.id for one in rules.people()],
        [one.id for one in rules.harms()],
        [one.id for one in rules.actions()],
    ):
        assert len(ids) == len(set(ids))
    assert {harm for one in rules.actions() for harm in one.harms} <= HARMS
    assert {harm for one in rules.actions() for harm in one.harms} == HARMS - {"nothing"}, "each is answered"


def test_cases_of_a_harm_fall() -> None:
    for harm in rules.harms():
        ranks = [case.level.rank for case in harm.cases]
        assert ranks == sorted(ranks, reverse=True), harm.id


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ({"says": "It happened.", "source": "", "as_of": "2024", "quote": "it did"}, "no page"),
        ({"says": "It happened.", "source": "a friend", "as_of": "2024", "quote": "it did"}, "no address"),
        ({"says": "It happened.", "source": "https://x.example", "as_of": "", "quote": "it did"}, "no date"),
        (
            {"says": "It happened.", "source": "https://x.example", "as_of": "lately", "quote": "it"},
            "no date",
        ),
        ({"says": "It happened.", "source": "https://x.example", "as_of": "2024", "quote": " "}, "no words"),
        ({"says": "It happened.", "source": "https://x.example", "as_of": "2024"}, "no words at all"),
        ({"says": "", "source": "https://x.example", "as_of": "2024", "quote": "it did"}, "nothing said"),
    ],
)
def test_a_claim_without_page_date_and_words_is_refused(claim: dict[str, str], why: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        rules.cited({"claim": [claim]})


WORLD = re.compile(
    r"\b(?:19|20)\d\d\b|\breport(?:ed|s)\b|\bpolice\b|\bpercent\b|%|\bstud(?:y|ies)\b|\bbreach of\b"
)


def test_what_happened_in_the_world_is_said_in_claims_alone() -> None:
    """Years, reports, police and figures in a rule's own sentences need a claim beside them."""
    for harm in rules.harms():
        for case in harm.cases:
            assert not WORLD.search(case.why), harm.id
    for action in rules.actions():
        if WORLD.search(action.do + action.because):
            assert action.claims, action.id
    assert next(one for one in rules.actions() if one.id == "not_pay").claims
    assert next(one for one in rules.harms() if one.id == "extortion").claims


def test_texts_are_whole_sentences_without_threats() -> None:
    for action in rules.actions():
        assert action.do[0].isupper(), action.id
        assert action.do.endswith("."), action.id
        assert not action.because.endswith("."), action.id
    for harm in rules.harms():
        for case in harm.cases:
            assert case.why.endswith("."), harm.id
    shaming = re.compile(r"\b(?:stupid|careless|shame|fault|should have|pervert|addict)\w*", re.IGNORECASE)
    folder = files("discretion.exposure").joinpath("data")
    for name in ("people", "harms", "actions", "links"):
        text = folder.joinpath(f"leak_{name}.toml").read_text("utf-8")
        tomllib.loads(text)
        assert not shaming.search(text), name


@pytest.mark.parametrize(
    ("when", "signs", "expected", "why"),
    [
        ((("a", "b"),), {"a", "b", "c"}, True, "all there"),
        ((("a", "b"),), {"a"}, False, "one is missing"),
        ((("a",), ("b",)), {"b"}, True, "one alternative is enough"),
        ((), {"a"}, False, "no alternative holds"),
    ],
)
def test_when_a_rule_holds(when: rules.When, signs: set[str], expected: bool, why: str) -> None:
    assert rules.holds(when, signs) is expected, why
