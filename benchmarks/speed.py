"""How fast the guard is, beside the peers: ``python -m benchmarks.speed``.

Every system runs in a process of its own, bound to one core where the system allows it, over the same short
messages, each asked once; the first hundred only warm up. Rounds take turns between the systems; a figure is
the median of the rounds. ``--json`` prints ``{"schema": "discretion.speed/1", "machine", "messages": {"n",
"median_characters", "rounds"}, "systems": {NAME: {"version", "messages_per_s", "p50_ms", "p95_ms", "load_ms",
"memory_mib"}}, "start": {"runs", "bare_ms", "import_ms", "help_ms", "first_review_ms"}, "limits": [{"what",
"at_most_ms", "measured_ms", "holds"}]}``; the last three of ``start`` are over the bare interpreter.

Exit codes: 0 measured, or skipped because the benchmark data are absent; 2 a peer failed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import chain, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from benchmarks.comparison import OURS, installed_peers
from benchmarks.corpus import CorpusError, Line, read_corpus
from benchmarks.machine import machine
from benchmarks.peers.catalogue import Peer
from benchmarks.peers.process import Asked, PeerError, ask, environment
from benchmarks.shared_data import REPOSITORY, absent, data_folder
from benchmarks.tables import Table, title_of

WARM_UP = 100
MESSAGES = 1000
SHORTEST, LONGEST = 15, 160
"""Characters of a message that counts as short: a line in a chat, neither "ok" nor a letter."""
ROUNDS = 3
STARTS = 15
AT_MOST_MS = {"short message, p50": 1.0, "import discretion": 150.0, "discretion --help": 300.0}

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
    asked = parser.parse_args(arguments)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    folder = data_folder() / "guard" / "train"
    if not folder.is_dir():
        errors.print(absent("speed", folder))
        return 0
    peers, missing = ([], []) if asked.no_peers else installed_peers()
    for line in missing:
        errors.print(line)
    try:
        document = speed(conversations(folder), peers)
    except (CorpusError, PeerError) as error:
        errors.print(f"error: {error}", markup=False)
        return 2
    if asked.json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        console = Console()
        for table in speed_tables(document):
            console.print(table.rich())
    return 0


def conversations(folder: Path) -> list[Line]:
    """Whole conversations from every file, taken in turn, until they hold enough short messages."""
    files = []
    for path in sorted(folder.glob("*.jsonl")):
        by_name: dict[str, list[Line]] = {}
        for line in read_corpus(path):
            by_name.setdefault(line.conversation, []).append(line)
        files.append(list(by_name.values()))
    taken: list[Line] = []
    short = 0
    for conversation in filter(None, chain.from_iterable(zip_longest(*files))):
        taken += conversation
        short += sum(map(is_short, conversation))
        if short >= WARM_UP + MESSAGES:
            break
    return taken


def is_short(line: Line) -> bool:
    """Whether the time of this line counts."""
    return line.is_from_user and SHORTEST <= len(line.text) <= LONGEST


def speed(
    lines: Sequence[Line], peers: Sequence[Peer], *, rounds: int = ROUNDS, starts: int = STARTS
) -> dict[str, Any]:
    """The document; see the module. Raises ``PeerError`` where a process fails."""
    short = [line for line in lines if is_short(line)]
    core = max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    runs: dict[str, list[Asked]] = {}
    times: dict[str, list[list[float]]] = {}
    for _ in range(rounds):
        for peer in (None, *peers):
            name = peer.name if peer else OURS
            rows = short if peer else lines
            asked = ask(peer, (_row(line) for line in rows), core)
            counted = [
                answer.nanoseconds / 1e6
                for line, answer in zip(rows, asked.answers, strict=True)
                if is_short(line)
            ]
            runs.setdefault(name, []).append(asked)
            times.setdefault(name, []).append(counted[WARM_UP:])
    systems = {name: _system(runs[name], times[name]) for name in runs}
    start = _start(starts)
    measured = [systems[OURS]["p50_ms"], start["import_ms"], start["help_ms"]]
    return {
        "schema": "discretion.speed/1",
        "machine": machine(),
        "messages": {
            "n": len(short) - WARM_UP,
            "median_characters": median(len(line.text) for line in short),
            "rounds": rounds,
        },
        "systems": systems,
        "start": start,
        "limits": [
            {"what": what, "at_most_ms": most, "measured_ms": got, "holds": got <= most}
            for (what, most), got in zip(AT_MOST_MS.items(), measured, strict=True)
        ],
    }


def _row(line: Line) -> dict[str, object]:
    return {
        "conversation": line.conversation,
        "persona": line.persona,
        "turn": line.turn,
        "author": line.author.value,
        "text": line.text,
    }


def _system(rounds: Sequence[Asked], times: Sequence[Sequence[float]]) -> dict[str, Any]:
    return {
        "version": rounds[0].version,
        "messages_per_s": round(median(1000 * len(one) / sum(one) for one in times), 1),
        "p50_ms": round(median(median(one) for one in times), 4),
        "p95_ms": round(median(sorted(one)[int(0.95 * len(one))] for one in times), 4),
        "load_ms": round(median(one.loaded_ms for one in rounds), 1),
        "memory_mib": round(median(one.memory_mib for one in rounds), 1),
    }


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


def speed_tables(document: dict[str, Any]) -> tuple[Table, ...]:
    """The must-hold limits, the systems side by side, and the starts."""
    limits = tuple(
        (
            one["what"],
            f"≤ {one['at_most_ms']:g} ms",
            f"{one['measured_ms']:.3g} ms",
            "yes" if one["holds"] else "no",
        )
        for one in document["limits"]
    )
    ours = document["systems"][OURS]
    systems = tuple(
        (
            f"{title_of(name)} {one['version']}",
            f"{one['messages_per_s']:,.0f}",
            f"{one['p50_ms']:.3f}",
            f"{one['p95_ms']:.3f}",
            f"{one['p50_ms'] / ours['p50_ms']:.2f} ×",
            f"{one['load_ms']:.0f}",
            f"{one['memory_mib']:.0f}",
        )
        for name, one in document["systems"].items()
    )
    start, messages = document["start"], document["messages"]
    starts = tuple(
        (what, f"{start[key]:.0f}")
        for what, key in (
            ("bare interpreter", "bare_ms"),
            ("+ import discretion", "import_ms"),
            ("+ discretion --help", "help_ms"),
            ("+ import, build the guard, first review", "first_review_ms"),
        )
    )
    title = f"{messages['n']} short messages, one core, median of {messages['rounds']} rounds"
    heads = ("system", "messages/s", "p50 ms", "p95 ms", "p50 against ours", "load ms", "memory MiB")
    return (
        Table("Limits", ("what", "must be", "measured", "holds"), limits),
        Table(title, heads, systems),
        Table(f"Start, median of {start['runs']} runs", ("start", "ms"), starts),
    )


if __name__ == "__main__":
    sys.exit(main())
