"""Time that a system adds to the first text of a reply, and to the whole of it.

Every request is sent twice, through the system and straight to the provider, in turns; what is told is the
difference of the pair. The provider answers at once and then sends a piece every few milliseconds, so that
whatever a system holds back is seen in its first text too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.gateway_client import Exchange, Where, ask
from benchmarks.gateway_talk import history, new_message, reply, request, said


@dataclass(frozen=True, slots=True)
class Plan:
    """How often everything is sent."""

    cards: int = 5
    turns: int = 30
    """Samples at turn 2 and at turn 200 each."""
    late: int = 200


QUICK = Plan(cards=2, turns=3, late=20)


@dataclass(slots=True)
class Times:
    """Added milliseconds, one entry for each pair; ``direct`` are the provider's own first texts."""

    first_card: list[float] = field(default_factory=list)
    opening: list[float] = field(default_factory=list)
    """The first message of a further talk with a card that was seen before."""
    early: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    first_late: list[float] = field(default_factory=list)
    """A history of 199 turns that the system has never seen, in one request."""
    whole: list[float] = field(default_factory=list)
    """The whole reply at turn 2."""
    direct: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


async def measure(where: Where, provider: Where, plan: Plan) -> Times:
    """Take all times of one system, the card of its later turns seen before."""
    told = Times()
    for number in range(3):
        await ask(where, {"model": "echo", "stream": True, "messages": [said(f"Good evening, {number}.")]})
    for variant in range(1, plan.cards + 1):
        await _pair(
            told, told.first_card, where, provider, request([said(new_message(variant))], "echo", variant)
        )
    for number in range(plan.turns):
        start = 1000 + 10 * number
        first = request([said(new_message(start))], "echo", 1)
        await _pair(told, told.opening, where, provider, first)
        rows = [*history(1, start), said(new_message(start + 1))]
        await _pair(told, told.early, where, provider, request(rows, "echo", 1), is_whole=True)
    rows = history(plan.late - 2)
    for number in range(plan.turns + 1):
        rows.append(said(new_message(plan.late - 2 + number)))
        into = told.late if number else told.first_late
        await _pair(told, into, where, provider, request(rows, "echo", 1), is_swapped=bool(number % 2))
        rows.append({"role": "assistant", "content": reply(plan.late - 2 + number)})
    return told


async def _pair(
    told: Times,
    into: list[float],
    where: Where,
    provider: Where,
    body: dict[str, Any],
    *,
    is_whole: bool = False,
    is_swapped: bool = False,
) -> None:
    straight = await ask(provider, body) if is_swapped else None
    through = await ask(where, body)
    straight = straight or await ask(provider, body)
    if not _is_answered(through):
        told.refused.append(f"{through.status}: {through.error[:80]}")
        return
    assert through.first_ms is not None
    assert straight.first_ms is not None
    into.append(through.first_ms - straight.first_ms)
    told.direct.append(straight.first_ms)
    if is_whole:
        told.whole.append(through.total_ms - straight.total_ms)


def _is_answered(came: Exchange) -> bool:
    return came.status == 200 and came.is_whole and came.first_ms is not None


def figures(told: Times) -> dict[str, Any]:
    """Medians and 95th percentiles in milliseconds; ``None`` where nothing was answered."""
    return {
        "first_card_ms": _of(told.first_card, 0.5),
        "first_card_most_ms": _of(told.first_card, 1.0),
        "opening_p50_ms": _of(told.opening, 0.5),
        "turn_2_p50_ms": _of(told.early, 0.5),
        "turn_2_p95_ms": _of(told.early, 0.95),
        "turn_200_p50_ms": _of(told.late, 0.5),
        "turn_200_p95_ms": _of(told.late, 0.95),
        "first_history_ms": _of(told.first_late, 0.5),
        "whole_p50_ms": _of(told.whole, 0.5),
        "direct_ms": _of(told.direct, 0.5),
        "samples": len(told.early),
        "refused": sorted(set(told.refused)),
    }


def _of(values: list[float], share: float) -> float | None:
    """The value at a share of the sorted ones: the median, or the one that so many do not pass."""
    if not values:
        return None
    if share == 0.5:
        return round(median(values), 2)
    return round(sorted(values)[min(len(values) - 1, int(share * len(values)))], 2)
