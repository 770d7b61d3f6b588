"""How fast the guard is, beside the peers: ``python -m benchmarks.speed``.

Every system runs in a process of its own, bound to one core and one thread, over the same short messages of
users, one by one, each asked once; the first hundred only warm up. Our guard also reads the conversations
around them (cards, the other side's turns): ``messages_per_s`` counts the time of the messages alone, as for
the others, ``with_turns_per_s`` the time of all it read for them. Where the model is there, its encoder is
timed alone over the same messages, and the rules alone. Rounds take turns between the systems; a figure is
the median of the rounds, a ratio the median of the rounds' ratios. ``cores`` is processor time by wall time.

``--json`` prints ``{"schema": "discretion.speed/2", "machine", "messages": {"n", "median_characters",
"rounds"}, "systems": {NAME: {"version", "messages_per_s", "with_turns_per_s", "p50_ms", "p95_ms", "load_ms",
"memory_mib", "cores"}}, "ratios": {NAME: {"messages", "least", "most", "with_turns"}}, "start": {"runs",
"bare_ms", "import_ms", "help_ms", "first_review_ms"}, "limits": [{"what", "at_least", "at_most", "unit",
"measured", "holds"}]}``; a ratio is our messages/s over the other's; the last three of ``start`` are over the
bare interpreter; memory is what the process holds at the end, the model loaded.

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
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from benchmarks.comparison import installed_peers
from benchmarks.corpus import CorpusError, Line, read_corpus
from benchmarks.machine import machine
from benchmarks.ours import BARE, OURS, RULES, has_encoder, has_model
from benchmarks.peers.catalogue import Peer
from benchmarks.peers.process import Asked, PeerError, ask, environment
from benchmarks.shared_data import REPOSITORY, absent, data_folder
from benchmarks.speed_tables import speed_tables
from benchmarks.tables import console

WARM_UP = 100
MESSAGES = 1000
SHORTEST, LONGEST = 15, 160
"""Characters of a message that counts as short: a line in a chat, neither "ok" nor a letter."""
ROUNDS = 5
STARTS = 15
LIMITS: tuple[tuple[str, str, float | None, float | None, str], ...] = (
    ("rules alone: short message, p50", "rules", None, 1.0, "ms"),
    ("with the model: short message, p50", "p50", None, 15.0, "ms"),
    ("with the model: against the bare encoder", "against_bare", 0.8, None, "×"),
    ("with the model: against Presidio + Rampart", "against_rampart", 2.0, None, "×"),
    ("memory of a process", "memory", None, 250.0, "MiB"),
    ("import discretion", "import", None, 150.0, "ms"),
    ("discretion --help", "help", None, 300.0, "ms"),
)
"""What is promised: what, its key, at least, at most, unit."""
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
    ours = (OURS, *((RULES,) if has_model() else ()), *((BARE,) if has_encoder() else ()))
    runs: dict[str, list[Run]] = {}
    for _ in range(rounds):
        for system in (*ours, *peers):
            rows = lines if system in (OURS, RULES) else short
            asked = ask(system, (_row(line) for line in rows), core)
            name = system if isinstance(system, str) else system.name
            runs.setdefault(name, []).append(_run(rows, asked))
    systems = {name: _system(one) for name, one in runs.items()}
    ratios = {name: _ratio(runs[OURS], one) for name, one in runs.items() if name != OURS}
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
        "start": start,
        "limits": _held(systems, ratios, start),
    }


@dataclass(frozen=True, slots=True)
class Run:
    """One round of one system: milliseconds of each counted message, and of all that was read for them."""

    asked: Asked
    times: tuple[float, ...]
    read: float

    @property
    def per_s(self) -> float:
        """Messages a second, each by its own time."""
        return 1000 * len(self.times) / sum(self.times)

    @property
    def with_turns_per_s(self) -> float:
        """Messages a second, with the time of everything that was read between them."""
        return 1000 * len(self.times) / self.read


def _run(rows: Sequence[Line], asked: Asked) -> Run:
    times: list[float] = []
    read = 0.0
    warm = WARM_UP
    for line, answer in zip(rows, asked.answers, strict=True):
        took = answer.nanoseconds / 1e6
        if is_short(line) and warm:
            warm -= 1
            continue
        if not warm:
            read += took
            times += [took] if is_short(line) else []
    return Run(asked, tuple(times), read)


def _row(line: Line) -> dict[str, object]:
    return {
        "conversation": line.conversation,
        "persona": line.persona,
        "turn": line.turn,
        "author": line.author.value,
        "text": line.text,
    }


def _system(rounds: Sequence[Run]) -> dict[str, Any]:
    return {
        "version": rounds[0].asked.version,
        "messages_per_s": round(median(one.per_s for one in rounds), 1),
        "with_turns_per_s": round(median(one.with_turns_per_s for one in rounds), 1),
        "p50_ms": round(median(median(one.times) for one in rounds), 4),
        "p95_ms": round(median(sorted(one.times)[int(0.95 * len(one.times))] for one in rounds), 4),
        "load_ms": round(median(one.asked.loaded_ms for one in rounds), 1),
        "memory_mib": round(median(one.asked.memory_mib for one in rounds), 1),
        "cores": round(median(one.asked.worked_ms / _wall_ms(one.asked) for one in rounds), 2),
    }


def _wall_ms(asked: Asked) -> float:
    return sum(answer.nanoseconds for answer in asked.answers) / 1e6


def _ratio(ours: Sequence[Run], other: Sequence[Run]) -> dict[str, float]:
    """Our messages/s over the other's, round by round: both were measured within the same minutes."""
    by_round = [mine.per_s / theirs.per_s for mine, theirs in zip(ours, other, strict=True)]
    turns = [mine.with_turns_per_s / theirs.per_s for mine, theirs in zip(ours, other, strict=True)]
    return {
        "messages": round(median(by_round), 3),
        "least": round(min(by_round), 3),
        "most": round(max(by_round), 3),
        "with_turns": round(median(turns), 3),
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
        measured |= {"p50": systems[OURS]["p50_ms"], "against_bare": ratios[BARE]["messages"]}
        if PRESIDIO_RAMPART in ratios:
            measured["against_rampart"] = ratios[PRESIDIO_RAMPART]["messages"]
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
