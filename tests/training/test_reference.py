"""The shipped model answers as the trained one did."""

from __future__ import annotations

import json

import pytest
from tests.conftest import missing

from discretion.encoder import FOLDER, Encoder, ModelMissing
from training import card, reference

ALIKE = 0.995
"""The share of words with the same likeliest label."""

FRAMES_ALIKE = 0.985
"""The share of messages with the same likeliest frame."""

LIMITS_APART = 0.15
"""How far rounding may move a limit's probability."""


def test_the_shipped_model_agrees_with_the_trained_one() -> None:
    """On some two hundred held-out messages, inputs as they were when the model was trained."""
    if not reference.FILE.exists():
        missing("model", "no reference answers: `python -m training` was not run")
    try:
        encoder = Encoder.load()
    except ModelMissing as error:
        missing("model", str(error))
        raise
    alike = reference.agreement(encoder)
    assert alike.words > 1_000
    assert alike.same / alike.words >= ALIKE, f"{alike.words - alike.same} of {alike.words} words differ"
    assert alike.frames / alike.messages >= FRAMES_ALIKE, f"{alike.messages - alike.frames} frames differ"
    assert alike.limits_apart <= LIMITS_APART


def test_the_card_tells_the_numbers_of_the_model() -> None:
    if not (FOLDER / card.NUMBERS).exists():
        missing("model", "no numbers: `python -m training` was not run")
    numbers = json.loads((FOLDER / card.NUMBERS).read_text(encoding="utf-8"))
    template = card.TEMPLATE.read_text(encoding="utf-8")
    assert (FOLDER / card.CARD).read_text(encoding="utf-8") == card.filled(template, numbers)


@pytest.mark.parametrize(
    ("template", "expected", "reason"),
    [
        ("{a.b:.1%}", "12.3%", "a number in its place"),
        ("{a.c}", "—", "what was not measured is a dash"),
        ("{a.b.c:.2f}", "—", "also below a number"),
        ("`{}` {A}", "`{}` {A}", "other braces stay"),
    ],
)
def test_filled(template: str, expected: str, reason: str) -> None:
    assert card.filled(template, {"a": {"b": 0.1234}}) == expected, reason


def test_a_card_without_numbers_is_dashes() -> None:
    made = card.filled(card.TEMPLATE.read_text(encoding="utf-8"), {})
    assert "{" not in made
