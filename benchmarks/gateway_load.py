"""Many streams at once, and one talk of many turns: nothing lost, nothing mixed up, memory flat."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any

from benchmarks.gateway_client import Exchange, Where, ask
from benchmarks.gateway_systems import memory_mib
from benchmarks.gateway_talk import new_message, reply, request, said
from benchmarks.gateway_upstream import reply_to

STREAMS = 200
TURNS = 10_000
WINDOW = 20
"""Messages of the long talk that the client sends along; older ones are left out."""
_HEAR = "Stay until the lamp is out."


async def streams(where: Where, count: int) -> dict[str, Any]:
    """As many talks at once, each with a number of its own in every line of its reply."""
    await ask(where, _numbered(0))
    began = time.perf_counter()
    came = await asyncio.gather(
        *(ask(where, _numbered(number)) for number in range(count)), return_exceptions=True
    )
    took = time.perf_counter() - began
    whole = [one for one in came if isinstance(one, Exchange) and one.status == 200 and one.is_whole]
    exact = mixed = 0
    for number, one in enumerate(came):
        if isinstance(one, Exchange):
            exact += one.text == reply_to("long", _numbered(number)["messages"])
            mixed += any(int(other) != number for other in re.findall(r"talk (\d+)", one.text))
    firsts = sorted(one.first_ms for one in whole if one.first_ms is not None)
    return {
        "streams": count,
        "whole": len(whole),
        "exact": exact,
        "mixed_up": mixed,
        "seconds": round(took, 1),
        "first_p50_ms": round(firsts[len(firsts) // 2], 1) if firsts else None,
        "first_p95_ms": round(firsts[int(0.95 * len(firsts))], 1) if firsts else None,
        "events": sum(one.events for one in whole),
    }


def _numbered(number: int) -> dict[str, Any]:
    text = f"(ooc: it's Jess, from talk {number} of tonight) {_HEAR}"
    return request([said(text)], "long", 1)


async def turns(where: Where, pid: int, count: int) -> dict[str, Any]:
    """One talk, turn after turn; memory of the process at twenty places of it."""
    rows: list[dict[str, Any]] = []
    held: list[tuple[int, float]] = []
    wrong = 0
    began = time.perf_counter()
    for number in range(count):
        rows = [*rows, said(new_message(number))][-WINDOW + 1 :]
        body = request(rows, "echo", 1)
        came = await ask(where, body)
        wrong += came.text != reply_to("echo", rows)
        rows.append({"role": "assistant", "content": reply(number)})
        if (number + 1) % max(1, count // 20) == 0:
            held.append((number + 1, round(memory_mib(pid), 1)))
    took = time.perf_counter() - began
    quarter = held[len(held) // 4]
    return {
        "turns": count,
        "seconds": round(took, 1),
        "other_replies": wrong,
        "memory_mib": held,
        "growth_mib": round(held[-1][1] - quarter[1], 1),
        "growth_from_turn": quarter[0],
    }
