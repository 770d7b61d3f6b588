"""How right the guard is on labelled chats: ``python -m benchmarks.accuracy --corpus FILE.jsonl --json``.

Several corpora are measured together and, under ``by_data_set``, each by itself; a ``.txt`` file is read as
marked chats of the training corpus, of which ``--held-out`` takes those that training holds out.

The document that ``--json`` prints is described by docs/reference/accuracy.schema.json. With ``--peers`` or
``--data-sets`` it is one of schema ``discretion.comparison/1``: ``{"schema", "corpus": {SYSTEM: the accuracy
document}, "data_sets": {SET: {"title", "note", "systems": {SYSTEM: measures}}}}``.

Exit codes: 0 measured, or skipped because the benchmark data are absent; 2 the corpus cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.accuracy_tables import corpus_tables, data_set_table, kind_table
from benchmarks.chats import held_out_chats, read_corpora
from benchmarks.comparison import installed_peers, on_data_set, ours_on, side_by_side
from benchmarks.corpus import CorpusError, Line
from benchmarks.datasets import data_sets
from benchmarks.ours import OURS
from benchmarks.peers.catalogue import Peer
from benchmarks.peers.process import PeerError
from benchmarks.shared_data import absent, data_folder
from benchmarks.tables import console

TEXTS_PER_SET = 1000


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; see the module."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.rules_only and (asked.peers or asked.data_sets):
        parser.error("--rules-only stands alone: beside the peers, rules alone are measured anyway")
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    default = data_folder() / "guard" / "devset.jsonl"
    if not (asked.corpus or asked.held_out) and not default.exists():
        errors.print(absent("accuracy", default))
        return 0
    try:
        if asked.held_out and not asked.corpus:
            lines = held_out_chats()
        else:
            lines = read_corpora(asked.corpus or [default], held_out=asked.held_out)
        if not (asked.peers or asked.data_sets):
            return _alone(lines, rules_only=asked.rules_only, as_json=asked.json)
        peers: list[Peer] = []
        if asked.peers:
            peers, missing = installed_peers()
            for line in missing:
                errors.print(line)
        compared = compare(
            lines, peers, errors, sets=asked.data_sets, most=None if asked.all else TEXTS_PER_SET
        )
    except (CorpusError, PeerError) as error:
        errors.print(f"error: {error}", markup=False)
        return 2
    if asked.json:
        print(json.dumps(compared, ensure_ascii=False))
    else:
        _show(compared)
    return 0


def compare(
    lines: tuple[Line, ...], peers: list[Peer], errors: Console, *, sets: bool, most: int | None
) -> dict[str, Any]:
    """The comparison document; a set whose file is absent is left out with a line on ``errors``."""
    measured: dict[str, Any] = {}
    for name, data_set in data_sets().items() if sets else ():
        try:
            measured[name] = on_data_set(data_set, data_folder() / "guard", peers, most)
        except FileNotFoundError as error:
            errors.print(absent(data_set.title, Path(error.filename)))
    return {
        "schema": "discretion.comparison/1",
        "corpus": side_by_side(lines, peers),
        "data_sets": measured,
    }


def _alone(lines: tuple[Line, ...], *, rules_only: bool, as_json: bool) -> int:
    document = ours_on(lines, rules_only=rules_only)
    if as_json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        _show({"corpus": {OURS: document}, "data_sets": {}})
    return 0


def _show(compared: dict[str, Any]) -> None:
    shown = console()
    for table in corpus_tables(compared["corpus"]):
        shown.print(table.rich())
    shown.print(kind_table(compared["corpus"]).rich())
    for data_set in compared["data_sets"].values():
        shown.print(data_set_table(data_set).rich())
        shown.print(data_set["note"], style="dim")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        nargs="+",
        action="extend",
        metavar="FILE",
        help="labelled chats (default: dev set)",
    )
    parser.add_argument(
        "--held-out",
        action="store_true",
        help="of marked chats, those that training holds out (default: of all)",
    )
    parser.add_argument(
        "--rules-only", action="store_true", help="our guard without its model; alone, not beside the peers"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    parser.add_argument("--peers", action="store_true", help="run the installed peers over the same lines")
    parser.add_argument(
        "--data-sets", action="store_true", help="also measure on other people's labelled texts"
    )
    parser.add_argument(
        "--all", action="store_true", help=f"all texts of a set, not {TEXTS_PER_SET} evenly taken"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
