"""The gateway beside other gateways: added time, leaks, wrong restores, broken immersion, load, memory.

    python -m benchmarks.gateway_peers install
    python -m benchmarks.gateway                 about twenty minutes; --quick: under one
    python -m benchmarks.gateway --output docs/gateway-benchmarks.md

The same throwaway provider and the same messages for every system, each in a process of its own, offline, on
loopback: no gateway, ours, ours with a few of the user's own facts given, PrivAiTe, LLM-Shield-Proxy.
``benchmarks/gateway_talk.toml`` holds what is said; the modules ``gateway_speed``, ``gateway_privacy`` and
``gateway_load`` say how each figure is taken. Load and memory are of ours alone, since they are promises.

``--json`` prints ``{"schema": "discretion.gateway_benchmark/1", "machine", "date", "plan", "systems": {NAME:
{"title", "version", "setting", "started_s", "memory_mib", "times", "privacy"}}, "load", "memory", "limits":
[{"what", "at_most", "unit", "measured", "holds"}], "skipped"}``; times are in milliseconds.

Exit codes: 0 measured; 1 measured, and a promise of ours does not hold; 2 ours could not be measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import gateway_load, gateway_privacy, gateway_speed
from benchmarks.gateway_client import forget
from benchmarks.gateway_peers.catalogue import catalogue
from benchmarks.gateway_systems import (
    DIRECT,
    OURS,
    OURS_FACTS,
    SystemFailed,
    memory_mib,
    started,
    systems,
    upstream,
)
from benchmarks.gateway_tables import gateway_tables, page
from benchmarks.machine import machine
from benchmarks.tables import console

GAP_MS, QUICK_GAP_MS, LOAD_GAP_MS = 10.0, 1.0, 100.0
"""Milliseconds between two pieces of a reply."""
LIMITS: tuple[tuple[str, str, float, str], ...] = (
    ("added time to the first text, turn 2, p50", "turn_2_p50_ms", 40.0, "ms"),
    ("added time to the first text, turn 2, p95", "turn_2_p95_ms", 80.0, "ms"),
    ("added time to the first text, turn 200, p50", "turn_200_p50_ms", 40.0, "ms"),
    ("added time to the first text, turn 200, p95", "turn_200_p95_ms", 80.0, "ms"),
    ("added time the first time a card is seen", "first_card_most_ms", 1500.0, "ms"),
    ("streams at once that were lost or not exact", "lost", 0.0, ""),
    ("streams at once with a line of another one", "mixed_up", 0.0, ""),
    ("memory grown between a quarter and the end of the long talk", "growth_mib", 20.0, "MiB"),
)
"""What is promised: what, its key, at most, unit."""
_FAILURES = (SystemFailed, OSError, TimeoutError, asyncio.IncompleteReadError)
_OUR_SETTINGS = {
    DIRECT: ("no gateway", "the client talks to the provider"),
    OURS: ("Discretion", "defaults, no vault, nothing known about the user"),
    OURS_FACTS: (
        "Discretion, own facts",
        "the user gave name, sister, town, street, workplace and dog (`--facts`)",
    ),
}


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; see the module."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.gateway",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the page there too")
    parser.add_argument("--quick", action="store_true", help="few of everything")
    parser.add_argument("--no-peers", action="store_true", help="measure ours only")
    parser.add_argument("--systems", nargs="+", metavar="NAME", help="measure these systems only")
    asked = parser.parse_args(arguments)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    chosen = [name for name in systems() if not asked.no_peers or name in _OUR_SETTINGS]
    if asked.systems:
        chosen = [name for name in asked.systems if name in (*systems(), DIRECT)]
    document = asyncio.run(
        measure([DIRECT, *(n for n in chosen if n != DIRECT)], errors, is_quick=asked.quick)
    )
    if asked.output:
        asked.output.write_text(page(document), encoding="utf-8")
    if asked.json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        shown = console()
        for table in gateway_tables(document):
            shown.print(table.rich())
    if OURS in chosen and OURS not in document["systems"]:
        return 2
    return int(not all(limit["holds"] for limit in document["limits"]))


async def measure(names: list[str], errors: Console, *, is_quick: bool) -> dict[str, Any]:
    """The document; a system that does not start or ends is left out and named in ``skipped``."""
    plan = gateway_speed.QUICK if is_quick else gateway_speed.Plan()
    gap = QUICK_GAP_MS if is_quick else GAP_MS
    told: dict[str, Any] = {
        "schema": "discretion.gateway_benchmark/1",
        "machine": machine(),
        "date": datetime.now(UTC).date().isoformat(),
        "plan": asdict(plan) | {"gap_ms": gap, "load_gap_ms": LOAD_GAP_MS},
        "systems": {},
        "load": None,
        "memory": None,
        "skipped": _not_installed(),
    }
    for name in names:
        errors.print(f"{name} …")
        try:
            told["systems"][name] = await _one(name, plan, gap)
        except _FAILURES as error:
            told["skipped"].append(f"{name}: {error or type(error).__name__}")
            errors.print(told["skipped"][-1], markup=False)
    if OURS in told["systems"]:
        errors.print("load and memory …")
        try:
            told["load"] = await _load(gateway_load.STREAMS // (10 if is_quick else 1))
            told["memory"] = await _memory(gateway_load.TURNS // (100 if is_quick else 1))
        except _FAILURES as error:
            told["skipped"].append(f"load and memory: {error or type(error).__name__}")
            errors.print(told["skipped"][-1], markup=False)
    told["limits"] = _limits(told)
    return told


async def _one(name: str, plan: gateway_speed.Plan, gap: float) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory() as home,
        upstream(gap) as provider,
        started(name, provider, Path(home)) as run,
    ):
        privacy = await gateway_privacy.measure(run.where, provider, forget)
        held = memory_mib(run.pid)
    # Times are taken of a process that has seen nothing of the talk.
    with (
        tempfile.TemporaryDirectory() as home,
        upstream(gap) as provider,
        started(name, provider, Path(home)) as run,
    ):
        times = gateway_speed.figures(await gateway_speed.measure(run.where, provider, plan))
        title, setting, version = _told_of(name)
        return {
            "title": title,
            "version": version,
            "setting": setting,
            "started_s": round(run.started_s, 1),
            "memory_mib": round(held, 1) if name != DIRECT else None,
            "times": times,
            "privacy": asdict(privacy),
        }


def _told_of(name: str) -> tuple[str, str, str]:
    if name in _OUR_SETTINGS:
        title, setting = _OUR_SETTINGS[name]
        return title, setting, "" if name == DIRECT else str(machine()["discretion"])
    peer = catalogue()[name]
    return peer.title, peer.setting, peer.version


async def _load(count: int) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory() as home,
        upstream(LOAD_GAP_MS) as provider,
        started(OURS, provider, Path(home)) as run,
    ):
        return await gateway_load.streams(run.where, count)


async def _memory(count: int) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory() as home,
        upstream(0.0) as provider,
        started(OURS, provider, Path(home)) as run,
    ):
        return await gateway_load.turns(run.where, run.pid, count)


def _limits(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The promises that could be judged here."""
    measured: dict[str, float | None] = dict(told["systems"].get(OURS, {"times": {}})["times"])
    if load := told["load"]:
        measured |= {"lost": load["streams"] - load["exact"], "mixed_up": load["mixed_up"]}
    if memory := told["memory"]:
        measured |= {"growth_mib": memory["growth_mib"]}
    rows = []
    for what, key, most, unit in LIMITS:
        got = measured.get(key)
        if key in measured:
            row = {"what": what, "at_most": most, "unit": unit, "measured": got}
            rows.append(row | {"holds": got is not None and got <= most})
    return rows


def _not_installed() -> list[str]:
    return [
        f"{peer.title}: not installed; python -m benchmarks.gateway_peers install {peer.name}"
        for peer in catalogue().values()
        if not peer.is_installed and not peer.is_upstream
    ]


if __name__ == "__main__":
    sys.exit(main())
