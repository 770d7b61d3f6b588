"""What leaves in the place of each passage, and what of it is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from discretion.gateway._listening import Heard
from discretion.gateway._settings import Mode, Settings, Treatment
from discretion.gateway.wire import Passage
from discretion.guard.stand_ins import Replacement, StandIns, applied
from discretion.records import Finding, Kind, Pair, Review

ALWAYS = frozenset({Kind.SECRET, Kind.GOVERNMENT_ID, Kind.PAYMENT_CARD, Kind.BANK_ACCOUNT})
"""Kinds that are replaced in every mode."""


@dataclass(slots=True)
class Leaving:
    """A text for each passage; what was replaced in each, the pairs in use, how many of a kind are new."""

    texts: list[str] = field(default_factory=list, repr=False)
    replaced: list[tuple[Replacement, ...]] = field(default_factory=list, repr=False)
    used: dict[Pair, None] = field(default_factory=dict, repr=False)
    new_kinds: Counter[str] = field(default_factory=Counter)

    def replaced_in(self, at: int) -> tuple[Replacement, ...]:
        """What was replaced in the passage at ``at``."""
        return self.replaced[at]


def leaving(
    heard: Heard,
    passages: Sequence[Passage],
    table: StandIns,
    settings: Settings,
) -> Leaving:
    """Stand-ins in the place of all that is replaced.

    What was worked out for a passage before is used again, unless the table has learnt since of a value
    that stands in it, or one of its stand-ins was retired or changed.
    """
    made = Leaving()
    kinds = {kind: value.value for kind, value in settings.kinds.items() if kind not in ALWAYS}
    active: set[Pair] | None = None
    for i, (seen, passage) in enumerate(zip(heard.seen, passages, strict=True)):
        if settings.mode is Mode.OBSERVE:
            always = [one for one in seen.review.findings if one.kind in ALWAYS]
            replaced = _only_always(table, passage.text, always)
        else:
            replaced = seen.replacements
            if seen.version not in (-1, table.version) and active is None:
                active = {one for one in table.pairs if one.is_active}
            if seen.version < 0 or _is_stale(replaced, seen.version, passage.text, table, active):
                findings = [one for one in _meant(seen.review) if _is_replaced(one.kind, settings)]
                replaced = table.replace(passage.text, findings, kinds=kinds)
            seen.version, seen.replacements = table.version, replaced
        if i in heard.fresh:
            made.new_kinds.update(str(one.kind) for one in replaced)
        made.used.update({one.pair: None for one in replaced if one.pair})
        made.replaced.append(replaced)
        made.texts.append(applied(passage.text, replaced) if replaced else passage.text)
    return made


def _meant(review: Review) -> list[Finding]:
    """What was found, and what may be meant so: its stand-in comes back, so one too many breaks nothing."""
    return sorted((*review.findings, *review.doubtful), key=lambda one: one.start)


def _is_replaced(kind: Kind, settings: Settings) -> bool:
    return kind in ALWAYS or settings.kinds.get(kind) is not Treatment.ALLOW


def _is_stale(
    replaced: Sequence[Replacement], version: int, text: str, table: StandIns, active: set[Pair] | None
) -> bool:
    if version == table.version or active is None:
        return False
    if any(one.pair and one.pair not in active for one in replaced):
        return True
    return table.known_in(text, since=version)


def _only_always(table: StandIns, text: str, findings: Sequence[Finding]) -> tuple[Replacement, ...]:
    if not findings:
        return ()
    return tuple(one for one in table.replace(text, findings, kinds={}) if one.pair is None)
