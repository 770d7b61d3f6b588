"""Our own systems: the guard with its model, the guard by rules alone, the bare encoder without context.

The model is optional: without it ``discretion`` is the rules, and the others are left out.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from discretion.guard import Guard
from discretion.records import DiscretionError

OURS = "discretion"
RULES = "discretion_rules"
BARE = "bare_encoder"
TITLES = {OURS: "Discretion", RULES: "Discretion, rules only", BARE: "bare encoder, no context"}
_RULES_ONLY = "rules_only"
_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
"""Words as the guard's reader cuts them."""


def our_guard(*, rules_only: bool = False) -> Guard:
    """A guard as a user gets it, or one that reads by rules alone."""
    settings: dict[str, Any] = {_RULES_ONLY: rules_only} if _takes_model() else {}
    return Guard(**settings)


@cache
def has_encoder() -> bool:
    """Whether the model's files are there and can be loaded."""
    return _encoder() is not None


def has_model() -> bool:
    """Whether a guard reads with the model here, so that rules alone are another system."""
    return _takes_model() and has_encoder()


def bare_encoder() -> Callable[[str], object]:
    """The model's encoder alone: one message in, vectors out; no card, no turns, no word's columns.

    Raises ``LookupError`` where there is no model.
    """
    encoder = _encoder()
    if encoder is None:
        raise LookupError("there is no model here")
    numpy = import_module("numpy")
    width = len(encoder.manifest.features)

    def encode(text: str) -> object:
        words = _WORD.findall(text.casefold())
        return encoder.encode([(words, numpy.zeros((len(words), width), numpy.uint8))])

    return encode


def _takes_model() -> bool:
    return _RULES_ONLY in inspect.signature(Guard).parameters


@cache
def _encoder() -> Any:
    try:
        return import_module("discretion.encoder").Encoder.load()
    except (ImportError, DiscretionError):
        return None
