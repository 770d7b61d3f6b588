"""Our own systems: the guard with its model, the guard by rules alone, the bare encoder without context.

The model is optional: without it ``discretion`` is the rules, and the others are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from discretion.guard import Guard
from discretion.records import DiscretionError

OURS = "discretion"
RULES = "discretion_rules"
BARE = "bare_encoder"
TITLES = {OURS: "Discretion", RULES: "Discretion, rules only", BARE: "bare encoder, no context"}


def our_guard(*, rules_only: bool = False) -> Guard:
    """A guard as a user gets it, or one that reads by rules alone."""
    return Guard(rules_only=rules_only)


def has_model() -> bool:
    """Whether a guard reads with the model here, so that rules alone are another system."""
    return shipped_model() is not None


@cache
def shipped_model() -> Any:
    """The model as the guard loads it, ``None`` where it takes no part."""
    try:
        return import_module("discretion.guard.reader").model()
    except (ImportError, AttributeError, DiscretionError):
        return None


def bare_encoder() -> Callable[[Sequence[str]], object]:
    """The model's encoder alone: texts in, vectors out; no card, no turns, no words' columns.

    Raises ``LookupError`` where there is no model.
    """
    model = shipped_model()
    if model is None:
        raise LookupError("there is no model here")
    # Imported here: what rules alone take must not carry the model's libraries.
    numpy = import_module("numpy")
    words_of = import_module("discretion.guard.reader._features").words_of
    width = len(model.manifest.features)

    def encode(texts: Sequence[str]) -> object:
        cut = [words_of(text) for text in texts]
        return model.encoder.encode([(words, numpy.zeros((len(words), width), numpy.uint8)) for words in cut])

    return encode
