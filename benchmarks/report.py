"""Everything measured in one run, written to docs/benchmarks.md: ``python -m benchmarks.report``."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import accuracy, limits, speed
from benchmarks.accuracy_tables import corpus_tables, data_set_table, families_table, kind_table
from benchmarks.comparison import installed_peers, our_systems
from benchmarks.corpus import CorpusError, read_corpus
from benchmarks.machine import machine
from benchmarks.metrics import RESAMPLES
from benchmarks.ours import OURS, RULES
from benchmarks.parts import parts, parts_table
from benchmarks.peers.catalogue import Peer
from benchmarks.peers.process import PeerError
from benchmarks.shared_data import REPOSITORY, absent, data_folder
from benchmarks.speed_tables import speed_tables
from benchmarks.tables import Table, title_of
from benchmarks.timed import conversations, is_short

PAGE = REPOSITORY / "docs" / "benchmarks.md"
LIMITS_OF_THE_NUMBERS = Path(__file__).with_name("caveats.md")
GATEWAY = (
    "Added time, leaks, wrong restores and broken immersion beside other gateways, many streams at once,"
    " memory over a long talk: [gateway-benchmarks.md](gateway-benchmarks.md), by `python -m"
    " benchmarks.gateway`."
)


def main(arguments: list[str] | None = None) -> int:
    """Measure and write. Exit 0 written, or skipped without the data; 2 something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=__doc__)
    parser.add_argument("--output", type=Path, default=PAGE, metavar="FILE", help="where the page goes")
    parser.add_argument(
        "--rounds", type=int, default=speed.ROUNDS, help=f"rounds of the speed (default {speed.ROUNDS})"
    )
    asked = parser.parse_args(arguments)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    folder = data_folder() / "guard"
    if not (folder / "devset.jsonl").exists():
        errors.print(absent("report", folder / "devset.jsonl"))
        return 0
    peers, missing = installed_peers()
    for line in missing:
        errors.print(line)
    try:
        errors.print("accuracy …")
        lines = read_corpus(folder / "devset.jsonl")
        compared = accuracy.compare(lines, peers, errors, sets=True, most=accuracy.TEXTS_PER_SET)
        errors.print("speed …")
        messages = conversations(folder / "train")
        timed = speed.speed(messages, peers, rounds=asked.rounds)
        costs = parts([line.text for line in messages if is_short(line)])
    except (CorpusError, PeerError) as error:
        errors.print(f"error: {error}", markup=False)
        return 2
    asked.output.write_text(page(compared, timed, costs, peers, missing), encoding="utf-8")
    return 0


def page(
    compared: dict[str, Any],
    timed: dict[str, Any],
    costs: dict[str, float],
    peers: list[Peer],
    missing: list[str],
) -> str:
    """The page, with the machine, the date and the versions first."""
    written = [
        "# Benchmarks",
        "Written by `make bench` (`python -m benchmarks.report`); do not edit by hand.",
        _conditions(timed),
        _systems(timed, peers, missing),
        "## Accuracy on our labelled chats",
        "`python -m benchmarks.accuracy --peers` · each measure is defined in"
        " [reference/accuracy.schema.json](reference/accuracy.schema.json). In brackets: 95 % intervals, the"
        f" percentile bootstrap over conversations ({RESAMPLES} resamples, the same ones for every system).",
        *(_section(table, 3) for table in corpus_tables(compared["corpus"])),
        _section(kind_table(compared["corpus"]), 3),
        "The worst errors, on held-out training chats, each with the reason: [errors.md](errors.md).",
        _section(families_table(limits.figures()), 3),
        "`python -m benchmarks.limits` · one idea a family, in several wordings, by rules alone; what was"
        " held out was only measured.",
        "## Accuracy on other people's texts",
        "`python -m benchmarks.accuracy --peers --data-sets` · up to"
        f" {accuracy.TEXTS_PER_SET} texts of each set at even distances, each by itself; what the labels of a"
        " set mean in our kinds stands in `benchmarks/datasets.toml`.",
    ]
    for data_set in compared["data_sets"].values():
        written += [_section(data_set_table(data_set), 3), data_set["note"]]
    written += [
        "## Speed",
        "`python -m benchmarks.speed` · the messages are lines of our training chats, each asked once, one by"
        " one; one process on one core and one thread, the systems in turn; times are wall time. Discretion"
        " also reads the conversations around them, cards and the other side's turns: the second column"
        " counts that time too.",
        *(_section(table, 3) for table in speed_tables(timed)),
        _section(parts_table(costs), 3),
        "`python -m benchmarks.parts` · mean of reading one message alone; the clock of every part costs a"
        " little itself.",
        "## The gateway",
        GATEWAY,
        LIMITS_OF_THE_NUMBERS.read_text(encoding="utf-8").strip(),
    ]
    return "\n\n".join(written) + "\n"


def _conditions(timed: dict[str, Any]) -> str:
    on = machine()
    rows = (
        ("date", datetime.now(UTC).date().isoformat()),
        ("machine", f"{on['cpu']}, {on['cores']} cores, {on['memory_gib']} GiB"),
        ("system", f"{on['system']}, Python {on['python']}"),
        ("load while the speed was measured", f"{timed['machine']['load']} (of {on['cores']})"),
    )
    return Table("", ("condition", "value"), rows, holds_words=True).markdown()


def _systems(timed: dict[str, Any], peers: list[Peer], missing: list[str]) -> str:
    version = timed["systems"][OURS]["version"]
    settings = {OURS: "rules, model and memory of the conversation", RULES: "rules and memory"}
    if RULES not in our_systems():
        settings = {OURS: "rules only"}
    ours = ((title_of(name), version, setting) for name, setting in settings.items())
    theirs = ((peer.title, timed["systems"][peer.name]["version"], peer.setting) for peer in peers)
    rows = (*ours, *theirs)
    left_out = [f"- {line}" for line in missing]
    note = (
        "Peers run in environments of their own (`python -m benchmarks.peers install`), offline, with the"
        " versions pinned in `benchmarks/peers/requirements`; their labels are read in their favour, see"
        " `benchmarks/peers/peers.toml`."
    )
    return "\n\n".join(
        [Table("", ("system", "version", "setting"), rows, holds_words=True).markdown(), note, *left_out]
    )


def _section(table: Table, level: int) -> str:
    return f"{'#' * level} {table.title}\n\n{table.markdown()}"


if __name__ == "__main__":
    sys.exit(main())
