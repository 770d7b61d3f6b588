"""Facts that are harmless one by one: the same combination at two accounts, and what fits hardly anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from discretion.exposure._leak_holdings import Fact, Holdings, evidence
from discretion.exposure._leak_rules import combined_kinds, link_rules, thresholds
from discretion.records import PERSON, Disclosure, Estimate, GivenField, Kind, Link, Strength


def combinations(platform: str, held: Holdings, estimate: Estimate | None) -> Iterator[Link]:
    """Facts that this platform and others hold, each harmless; others that hold the same ones are one link.

    Only combinations with this platform count: what resembles a resemblance may have nothing in common.
    """
    kinds = combined_kinds()
    told: list[Disclosure | GivenField] = [*held.disclosures, *held.given]
    rows = [(one.kind, one.digest, one) for one in told if one.kind in kinds]
    here = {(kind, digest) for kind, digest, one in rows if one.platform == platform} - held.invented
    shared: dict[str, list[tuple[Fact, Disclosure | GivenField]]] = defaultdict(list)
    mine: dict[Fact, list[Disclosure | GivenField]] = defaultdict(list)
    for kind, digest, one in rows:
        if kind and (kind, digest) in here:
            if one.platform == platform:
                mine[kind, digest].append(one)
            else:
                shared[one.platform].append(((kind, digest), one))
    groups: dict[frozenset[Fact], list[str]] = defaultdict(list)
    for other, equal in shared.items():
        groups[frozenset(fact for fact, _ in equal)].append(other)
    rule = link_rules()["combination"]
    bits = _bits(estimate)
    for facts, others in groups.items():
        both = tuple(kind for kind in Kind if any(kind is fact[0] for fact in facts))
        strength = _combined(both, bits)
        if strength:
            seen = [one for other in others for _, one in shared[other]]
            seen += [one for fact in facts for one in mine[fact]]
            yield Link(
                "combination", rule.label, both, strength, None, rule.reason,
                tuple(sorted((platform, *others))), len(facts),
                evidence(
                    [one for one in seen if isinstance(one, Disclosure)],
                    [one for one in seen if isinstance(one, GivenField)],
                ),
            )  # fmt: skip


def _bits(estimate: Estimate | None) -> dict[str, float]:
    """Bits by kind, as far as the estimate counts them; of several facts of a kind the most."""
    found: dict[str, float] = {}
    for fact in estimate.facts if estimate else ():
        if fact.bits is not None:
            found[fact.kind] = max(found.get(fact.kind, 0.0), fact.bits)
    return found


def _combined(kinds: tuple[Kind, ...], bits: dict[str, float]) -> Strength | None:
    if len(kinds) < 2:
        return None
    limits = thresholds()["combination"]
    counted = [bits[kind.value] for kind in kinds if kind.value in bits]
    by_bits = _graded(sum(counted), limits["likely_bits"], limits["weak_bits"])
    if len(counted) == len(kinds):
        return by_bits
    by_count = _graded(len(kinds), limits["likely_kinds"], limits["weak_kinds"])
    return surer(by_bits, by_count)


def surer(one: Strength | None, other: Strength | None) -> Strength | None:
    """The surer of two strengths, where there are any."""
    if one and other:
        return one if one.rank >= other.rank else other
    return one or other


def _graded(number: float, likely: float, weak: float) -> Strength | None:
    if number >= likely:
        return Strength.LIKELY
    return Strength.WEAK if number >= weak else None


def few(platform: str, estimate: Estimate | None) -> Iterator[Link]:
    """That everything told at this platform fits hardly anybody else."""
    if not estimate or estimate.k is None or estimate.status != "estimated":
        return
    limits, rule = thresholds()["few"], link_rules()["few"]
    strength = _graded(-estimate.k, -limits["likely_people"], -limits["weak_people"])
    if strength:
        kinds = {fact.kind for fact in estimate.facts if fact.share is not None}
        yield Link(
            "few", rule.label, tuple(kind for kind in Kind if kind.value in kinds), strength, strength,
            rule.reason, (platform, PERSON), len(kinds), evidence(()),
        )  # fmt: skip
