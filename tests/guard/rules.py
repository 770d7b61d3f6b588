"""The guard by rules alone, for tests of what the rules do; a model that lands changes none of them."""

from __future__ import annotations

from collections.abc import Sequence

from discretion.guard import BY_MODEL, Fact, Guard
from discretion.records import NotChecked, Review


def rules(*, intimate: bool = True, facts: Sequence[Fact] = ()) -> Guard:
    """A guard without the model."""
    return Guard(intimate=intimate, facts=facts, rules_only=True)


def unread(review: Review) -> tuple[NotChecked, ...]:
    """What was not checked, beside that the model took no part."""
    return tuple(one for one in review.not_checked if one.what != BY_MODEL)
