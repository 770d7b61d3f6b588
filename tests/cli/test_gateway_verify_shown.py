"""How a proof is shown: the user's own settings first, and nothing better than it is."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from discretion.cli._gateway_verify_shown import document, show
from discretion.gateway._verify import Asked, Door, Proof, Row
from discretion.gateway._verify_judge import Outcome
from discretion.gateway._verify_plan import ENDPOINTS, plan

GOOD = {"stand_in": Outcome.REPLACED, "phrase": Outcome.PHRASE, "same": Outcome.UNTOUCHED}


def proof(outcome: Outcome | None = None, asked: Asked | None = None, *, holds: bool = True) -> Proof:
    """Every plant as it should be, or all that should be replaced with the one outcome."""
    rows = tuple(
        Row(
            plant,
            outcome if outcome and plant.becomes == "stand_in" else GOOD[plant.becomes],
            "something",
            "something",
            8,
            8,
            ENDPOINTS,
        )
        for plant in plan().plants
    )
    return Proof(rows, (Door("a door", holds),), 8, (), asked is None, asked)


def told(shown: Proof, *, is_whole: bool = False, width: int = 80) -> str:
    stream = io.StringIO()
    show(shown, Console(file=stream, width=width, highlight=False), is_whole=is_whole)
    return stream.getvalue()


STANDS: list[tuple[Asked, Outcome | None, bool, str, str]] = [
    (Asked(7411, "substitute", "Harbor", "open"), None, True, "mode substitute, persona Harbor", "all well"),
    (Asked(7411, "substitute", "", "none"), None, True, "no persona, nothing is kept", "no vault"),
    (
        Asked(7411, "observe", "", "open"),
        Outcome.LEFT,
        False,
        "by your choice nothing is replaced",
        "observes",
    ),
    (Asked(7411, "substitute", "", "locked"), Outcome.HELD, False, "nothing could be shown", "locked"),
]


@pytest.mark.parametrize(("asked", "outcome", "is_clean", "says", "why"), STANDS)
def test_the_users_own_gateway(
    asked: Asked, outcome: Outcome | None, is_clean: bool, says: str, why: str
) -> None:
    shown = proof(outcome, asked)
    assert shown.is_clean == is_clean, why
    text = told(shown)
    first = text.split("\n")[1]
    assert f"port 7411: mode {asked.mode}" in first, "before anything else"
    assert says in " ".join(text.split()), why
    assert ("All 31" in text) == is_clean
    assert json.loads(document(shown))["running"]["vault"] == asked.vault


def test_a_proof_on_the_wire_names_no_gateway_of_the_users() -> None:
    text = told(proof())
    assert "Your gateway" not in text
    assert text.count("This proves the planted facts, not every fact.") == 2, "at the top and at the end"
    assert json.loads(document(proof()))["running"] is None


@pytest.mark.parametrize(
    ("is_whole", "width", "widest"), [(False, 200, 80), (True, 200, 100), (False, 60, 60)]
)
def test_it_fits(is_whole: bool, width: int, widest: int) -> None:
    assert max(map(len, told(proof(), is_whole=is_whole, width=width).splitlines())) <= widest


def test_in_short_a_line_a_kind_and_whatever_went_wrong() -> None:
    text = told(proof())
    assert text.count("name ×2") == 1
    assert "1 of 1 hold" in text
    bad = proof(Outcome.LEFT, holds=False)
    text = told(bad)
    assert text.count("IT LEFT") == len(bad.bad), "each of them"
    assert "a door" in text
    assert "✗" in text


def test_one_value_that_left_hides_behind_no_other_of_its_kind() -> None:
    rows = list(proof().rows)
    rows[1] = replace(rows[1], outcome=Outcome.LEFT)
    text = told(replace(proof(), rows=tuple(rows)))
    assert "Tobias Lindqvist" in text
    assert text.count("IT LEFT") == 1


def test_in_detail_every_value_and_door() -> None:
    text = told(proof(), is_whole=True, width=200)
    assert "a door" in text
    assert all(plant.value[:8] in text for plant in plan().plants)
