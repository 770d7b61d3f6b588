"""The user's own facts: read from their file, found in a message."""

from __future__ import annotations

from discretion.guard._fact_file import (
    Fact,
    FactsError,
    FactsNotPrivate,
    FactsNotReadable,
    FactsNotValid,
    load_facts,
)
from discretion.guard._fact_matcher import FactMatcher

__all__ = [
    "Fact",
    "FactMatcher",
    "FactsError",
    "FactsNotPrivate",
    "FactsNotReadable",
    "FactsNotValid",
    "load_facts",
]
