"""The chosen numbers from given counts: thresholds by kind, the sharpness of frames, a share of chats."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pytest
from benchmarks.tally import Tally
from training.choose import FEWEST, PULL, per_kind, sharpness
from training.corpus import Chat, group

from discretion.records import Kind

GRID = (0.25, 0.35, 0.45, 0.55, 0.65, 0.75)
MANY = 10_000
EVEN = dict.fromkeys(GRID, 0.5)


def counted(kind: Kind, f1: dict[float, float], sought: int) -> dict[float, Tally]:
    """As many predictions as spans, so that F1 is the share of the right ones; 0 where none is given."""
    made = {}
    for at in GRID:
        right = round(f1.get(at, 0.0) * sought)
        row = {"predicted": sought, "sought": sought, "right": right, "reached": right}
        made[at] = Tally({f"{name} {kind}": count for name, count in row.items()})
    return made


def together(*kinds: dict[float, Tally]) -> dict[float, Tally]:
    return {at: sum((one[at] for one in kinds), Tally()) for at in GRID}


LEADS = counted(Kind.LOCATION, {0.35: 0.8, 0.45: 0.9, 0.55: 0.8}, 1000 * MANY)
"""A kind so frequent that its group is best at 0.45 whatever the others do."""

PER_KIND: list[tuple[str, dict[float, float], int, float]] = [
    ("a rare kind takes its group's", {0.65: 1.0, 0.75: 1.0}, FEWEST - 1, 0.45),
    ("with one span more it has its own", {0.65: 1.0, 0.75: 1.0}, FEWEST, 0.75),
    ("a clearly better one is taken", EVEN | {0.65: 0.9, 0.75: 0.9}, MANY, 0.75),
    ("without a gain it stays with its group", EVEN, MANY, 0.45),
    ("a gain of less than the pull is left", EVEN | {0.75: 0.5 + PULL * 0.2}, MANY, 0.45),
    ("one of more is taken", EVEN | {0.65: 0.5 + PULL, 0.75: 0.5 + PULL}, MANY, 0.75),
    (
        "a peak between low values is chance: neighbours count",
        {0.25: 0.9, 0.55: 0.6, 0.65: 0.6, 0.75: 0.6},
        MANY,
        0.65,
    ),
]


@pytest.mark.parametrize(("reason", "f1", "sought", "expected"), PER_KIND, ids=[case[0] for case in PER_KIND])
def test_a_threshold_for_each_kind(reason: str, f1: dict[float, float], sought: int, expected: float) -> None:
    chosen = per_kind(together(LEADS, counted(Kind.PET, f1, sought)))
    assert (chosen[Kind.LOCATION], chosen[Kind.PET]) == (0.45, expected)


def test_identifiers_and_disclosures_are_apart_and_every_kind_has_one() -> None:
    chosen = per_kind(together(LEADS, counted(Kind.EMAIL, {0.65: 0.9, 0.75: 0.8}, MANY)))
    assert chosen.keys() == {kind.value for kind in Kind}
    assert (chosen[Kind.PHONE], chosen[Kind.PET]) == (0.65, 0.45)


SHARPNESS: list[tuple[str, tuple[float, float, float], tuple[int, int, int], float, float]] = [
    ("over-confident: softened", (0.98, 0.01, 0.01), (70, 15, 15), 0.5, 0.95),
    ("as sure as it is right: left", (0.8, 0.1, 0.1), (80, 10, 10), 1.0, 1.0),
    ("too modest: sharpened", (0.5, 0.25, 0.25), (90, 5, 5), 1.05, 2.0),
    ("nothing to go by: left", (0.8, 0.1, 0.1), (0, 0, 0), 1.0, 1.0),
]


@pytest.mark.parametrize(
    ("reason", "said", "right", "least", "most"), SHARPNESS, ids=[case[0] for case in SHARPNESS]
)
def test_sharpness(
    reason: str, said: tuple[float, float, float], right: tuple[int, int, int], least: float, most: float
) -> None:
    frames = np.repeat(np.arange(3), right)
    logs = np.log(np.tile(said, (len(frames), 1)))
    assert least <= sharpness(logs, frames) <= most


def recipe() -> Any:
    pytest.importorskip("torch", reason="torch: only the recipe needs it", exc_type=ImportError)
    return importlib.import_module("training.recipe")


CHATS = [Chat(f"t19-{number}", "", ()) for number in range(1, 401)]
SHARES: list[tuple[float, int, int, str]] = [
    (0.0, 0, 0, "none"),
    (0.25, 60, 140, "about a quarter"),
    (0.5, 160, 240, "about a half"),
    (1.0, 400, 400, "all"),
]


@pytest.mark.parametrize(("share", "least", "most", "reason"), SHARES)
def test_a_share_of_the_conversations(share: float, least: int, most: int, reason: str) -> None:
    some = recipe().some
    taken = some(CHATS, share)
    assert least <= len(taken) <= most, reason
    assert taken == [chat for chat in CHATS if chat in taken], "in their order"
    apart = {group(chat) for chat in taken} & {group(chat) for chat in CHATS if chat not in taken}
    assert not apart, "what must stay together does"


def test_a_smaller_share_is_in_a_larger() -> None:
    some = recipe().some
    assert set(some(CHATS, 0.25)) < set(some(CHATS, 0.5))
