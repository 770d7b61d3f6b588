"""How fast the guard is, beside the peers: ``python -m benchmarks.speed``.

Every system runs in a process of its own, bound to one core and one thread, over the same short messages of
users, one by one, each asked once; the first hundred only warm up. Our guard also reads the conversations
around them (cards, the other side's turns): ``messages_per_s`` counts the time of the messages alone, as for
the others, ``with_turns_per_s`` the time of all it read for them. Where the model is there, its encoder is
timed alone over the same messages, and the rules alone. Rounds take turns between the systems; a figure is
the median of the rounds, a ratio the median of the rounds' ratios. ``cores`` is processor time by wall time.

``--json`` prints ``{"schema": "discretion.speed/2", "machine", "messages": {"n", "median_characters",
"rounds"}, "systems": {NAME: {"version", "messages_per_s", "with_turns_per_s", "p50_ms", "p95_ms", "load_ms",
"memory_mib", "cores"}}, "ratios": {NAME: {"messages", "least", "most", "with_turns"}}, "batches": {NAME:
{"messages_per_s", "times_ours"}}, "start": {"runs", "bare_ms", "import_ms", "help_ms", "first_review_ms"},
"limits": [{"what", "at_least", "at_most", "unit", "measured", "holds"}]}``; a ratio is our messages/s
over the other's, and a promised one is judged by both times; the last three of ``start`` are over the bare
interpreter; memory is what the process holds at the end, the model loaded.

Exit codes: 0 measured, or skipped because the benchmark data are absent; 2 a peer failed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from rich.console import Console

from benchmarks.batches import in_batches
from benchmarks.comparison import installed_peers
from benchmarks.corpus import CorpusError, Line
from benchmarks.machine import machine
from benchmarks.ours import BARE, OURS, RULES, has_model
from benchmarks.peers.catalogue import Peer
from benchmarks.peers.process import PeerError, ask, environment
from benchmarks.rounds import Run, counted, figures, ratio
from benchmarks.shared_data import REPOSITORY, absent, data_folder
from benchmarks.speed_tables import speed_tables
from benchmarks.tables import console
from benchmarks.timed import WARM_UP, conversations, is_short, row_of

ROUNDS = 5
STARTS = 15
LIMITS: tuple[tuple[str, str, float | None, float | None, str], ...] = (
    ("rules alone: short message, p50", "rules", None, 1.0, "ms"),
    ("with the model: short message, p50", "p50", None, 15.0, "ms"),
    ("with the model: against the bare encoder", "against_bare", 0.8, None, "×"),
    ("with the model: against the bare encoder, all turns", "against_bare_turns", 0.8, None, "×"),
    ("with the model: against Presidio + Rampart", "against_rampart", 2.0, None, "×"),
    ("with the model: against Presidio + Rampart, all turns", "against_rampart_turns", 2.0, None, "×"),
    ("memory of a process", "memory", None, 250.0, "MiB"),
    ("import discretion", "import", None, 150.0, "ms"),
    ("discretion --help", "help", None, 300.0, "ms"),
)
"""What is promised: what, its key, at least, at most, unit; "all turns" counts what else ours reads."""
PRESIDIO_RAMPART = "presidio_rampart"

_STARTS = {
    "bare": ["-c", "pass"],
    "import": ["-c", "import discretion"],
    "help": ["-m", "discretion", "--help"],
    "first_review": ["-c", "from discretion.guard import Guard; Guard().review('im jess, 34, from toledo')"],
}


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; see the module."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    parser.add_argument("--no-peers", action="store_true", help="measure our guard only")
    parser.add_argument(
        "--peers",
        nargs="+",
        metavar="NAME",
        help="measure these peers only (default: all that are installed)",
    )
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"rounds of every system (default {ROUNDS})"
    )
    asked = parser.parse_args(arguments)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    folder = data_folder() / "guard" / "train"
    if not folder.is_dir():
        errors.print(absent("speed", folder))
        return 0
    peers, missing = ([], []) if asked.no_peers else installed_peers()
    for line in missing:
        errors.print(line)
    peers = [peer for peer in peers if not asked.peers or peer.name in asked.peers]
    try:
        document = speed(conversations(folder), peers, rounds=asked.rounds)
    except (CorpusError, PeerError) as error:
        errors.print(f"error: {error}", markup=False)
        return 2
    if asked.json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        shown = console()
        for table in speed_tables(document):
            shown.print(table.rich())
    return 0


def speed(
    lines: Sequence[Line], peers: Sequence[Peer], *, rounds: int = ROUNDS, starts: int = STARTS
) -> dict[str, Any]:
    """The document; see the module. Raises ``PeerError`` where a process fails."""
    short = [line for line in lines if is_short(line)]
    core = max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    ours = (OURS, RULES, BARE) if has_model() else (OURS,)
    runs: dict[str, list[Run]] = {}
    for _ in range(rounds):
        for system in (*ours, *peers):
            rows = lines if system in (OURS, RULES) else short
            asked = ask(system, (row_of(line) for line in rows), core)
            name = system if isinstance(system, str) else system.name
            runs.setdefault(name, []).append(counted(rows, asked))
    systems = {name: figures(one) for name, one in runs.items()}
    ratios = {name: ratio(runs[OURS], one) for name, one in runs.items() if name != OURS}
    start = _start(starts)
    return {
        "schema": "discretion.speed/2",
        "machine": machine(),
        "messages": {
            "n": len(short) - WARM_UP,
            "median_characters": median(len(line.text) for line in short),
            "rounds": rounds,
        },
        "systems": systems,
        "ratios": ratios,
        "batches": in_batches(lines, ours, core, rounds),
        "start": start,
        "limits": _held(systems, ratios, start),
    }


def _held(
    systems: Mapping[str, Mapping[str, Any]],
    ratios: Mapping[str, Mapping[str, float]],
    start: Mapping[str, float],
) -> list[dict[str, Any]]:
    """The promises that can be judged here: those on the model need the model, one ratio its peer."""
    measured = {
        "rules": systems.get(RULES, systems[OURS])["p50_ms"],
        "memory": systems[OURS]["memory_mib"],
        "import": start["import_ms"],
        "help": start["help_ms"],
    }
    if RULES in systems:
        measured["p50"] = systems[OURS]["p50_ms"]
        for key, other in (("against_bare", BARE), ("against_rampart", PRESIDIO_RAMPART)):
            if other in ratios:
                measured[key] = ratios[other]["messages"]
                measured[f"{key}_turns"] = ratios[other]["with_turns"]
    rows = []
    for what, key, least, most, unit in LIMITS:
        if key in measured:
            got = measured[key]
            holds = (least is None or got >= least) and (most is None or got <= most)
            row = {"what": what, "at_least": least, "at_most": most, "unit": unit}
            rows.append(row | {"measured": got, "holds": holds})
    return rows


def _start(runs: int) -> dict[str, float | int]:
    took: dict[str, list[float]] = {name: [] for name in _STARTS}
    for _ in range(runs + 1):
        for name, command in _STARTS.items():
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, *command], capture_output=True, cwd=REPOSITORY, env=environment(), check=True
            )
            took[name].append(1000 * (time.perf_counter() - began))
    medians = {name: median(times[1:]) for name, times in took.items()}
    bare = medians.pop("bare")
    over = {f"{name}_ms": round(value - bare, 1) for name, value in medians.items()}
    return {"runs": runs, "bare_ms": round(bare, 1), **over}


if __name__ == "__main__":
    sys.exit(main())
