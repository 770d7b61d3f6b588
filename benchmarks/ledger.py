"""How long a full ledger takes: ``python -m benchmarks.ledger [--rows N] [--rounds N] [--json]``.

A vault with 100,000 invented rows, each a different fact. Measured, each round in a process of its own, so
that the first loading of every table counts: (1) opening by the passphrase, split into the derivation of the
key and the rest; (2) every report of `discretion exposure show` after that: the terminal, the page and the
JSON document, of all platforms and of one; (3) reading the rows, beside a plain sqlite3 file (no encryption)
of the same rows, read in the same process. A figure is the median of the rounds, a ratio the median of the
rounds' ratios.

``--json`` prints ``{"schema": "discretion.ledger-benchmark/1", "machine", "rows", "rounds", "opening":
{"derivation_s", "rest_s", "whole_s"}, "reports": {NAME: {"work_s", "whole_s", "bytes"}}, "reading":
{"vault_s", "sqlite_s", "ratio"}, "limits": [{"what", "at_least", "at_most", "measured", "holds"}]}``:
``work_s`` is what comes after the opening, ``whole_s`` of a report the command from its start, without the
derivation of the key.

Exit codes: 0 measured and every limit holds; 1 a limit does not hold.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.machine import machine
from benchmarks.tables import Table, console

ROWS, ROUNDS = 100_000, 5
PASSPHRASE = "ferret umbrella 41 candle"
TODAY = date(2026, 11, 25)
ONE = "platform-3.example"
REPORTS = tuple(f"{form} of {what}" for what in ("all", "one") for form in ("terminal", "page", "json"))
MOST_OPENING_S, LEAST_DERIVATION_S, MOST_REPORT_S = 1.5, 0.5, 1.0
_SELECT = "SELECT * FROM disclosure"


def measured(rows: int, rounds: int) -> dict[str, Any]:
    """Every figure, as the document has it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = _made(folder, rows)
        opening = [_child(folder, "open", PASSPHRASE) for _ in range(rounds)]
        reports = {what: [_child(folder, what, key) for _ in range(rounds)] for what in REPORTS}
        reading = [_child(folder, "read", key) for _ in range(rounds)]
    figures: dict[str, Any] = {
        "schema": "discretion.ledger-benchmark/1",
        "machine": machine(),
        "rows": rows,
        "rounds": rounds,
        "opening": _medians(opening),
        "reports": {what: _medians(found) for what, found in reports.items()},
        "reading": _medians(reading),
    }
    return {**figures, "limits": list(_limits(figures))}


def _medians(found: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(median(one[name] for one in found), 4) for name in found[0]}


def _limits(figures: dict[str, Any]) -> Iterator[dict[str, Any]]:
    whole, derivation = figures["opening"]["whole_s"], figures["opening"]["derivation_s"]
    yield _limit("opening the vault", None, MOST_OPENING_S, whole)
    yield _limit("of which the derivation of the key", LEAST_DERIVATION_S, None, derivation)
    for what, found in figures["reports"].items():
        yield _limit(f"report: {what}", None, MOST_REPORT_S, found["work_s"])


def _limit(what: str, least: float | None, most: float | None, found: float) -> dict[str, Any]:
    holds = (least is None or found >= least) and (most is None or found <= most)
    return {"what": what, "at_least": least, "at_most": most, "measured": found, "holds": holds}


def _made(folder: Path, rows: int) -> str:
    """The vault and the plain file, both in ``folder``; the vault's key in hexadecimal."""
    from benchmarks.ledger_rows import COLUMNS, fill
    from discretion.vault import Vault

    with Vault.create(PASSPHRASE, folder / "vault") as vault:
        made = fill(vault, rows)
        ((schema,),) = vault.rows("SELECT sql FROM sqlite_schema WHERE name = 'disclosure'")
        key = vault.data_key.hex()
    plain = sqlite3.connect(folder / "plain.db")
    plain.execute(schema)
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    plain.executemany(f"INSERT INTO disclosure ({COLUMNS}) VALUES ({marks})", made)
    plain.commit()
    plain.close()
    return key


def _child(folder: Path, what: str, secret: str) -> dict[str, float]:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ledger", "--child", what, "--folder", str(folder)],
        input=secret,
        capture_output=True,
        text=True,
        check=True,
    )
    took = time.perf_counter() - began
    found: dict[str, float] = json.loads(done.stdout)
    return {**found, "whole_s": took} if what in REPORTS else found


def child(folder: Path, what: str) -> dict[str, float]:
    """What one process measures."""
    secret = sys.stdin.read()
    if what == "open":
        return _opened(folder / "vault", secret)
    if what == "read":
        return _read(folder, bytes.fromhex(secret))
    return _reported(folder / "vault", bytes.fromhex(secret), *what.split(" of "))


def _opened(folder: Path, passphrase: str) -> dict[str, float]:
    from discretion.vault import Vault
    from discretion.vault._key_file import read_key_file, unwrap

    began = time.perf_counter()
    wrapped, _ = read_key_file(folder / "vault.key")
    key = unwrap(wrapped, passphrase)
    derived = time.perf_counter()
    Vault.open_with_key(key, folder).close()
    ended = time.perf_counter()
    return {"derivation_s": derived - began, "rest_s": ended - derived, "whole_s": ended - began}


def _read(folder: Path, key: bytes) -> dict[str, float]:
    from discretion.vault import Vault

    with Vault.open_with_key(key, folder / "vault") as vault:
        began = time.perf_counter()
        ours = vault.rows(_SELECT)
        read = time.perf_counter()
    plain = sqlite3.connect(folder / "plain.db")
    again = time.perf_counter()
    theirs = plain.execute(_SELECT).fetchall()
    ended = time.perf_counter()
    plain.close()
    if len(ours) != len(theirs):
        raise RuntimeError("the two files do not hold the same rows")
    return {"vault_s": read - began, "sqlite_s": ended - again, "ratio": (read - began) / (ended - again)}


def _reported(folder: Path, key: bytes, form: str, what: str) -> dict[str, float]:
    """One report as the command makes it, after the vault is open; nothing of it is loaded before."""
    from discretion.vault import Asker, Vault

    with Vault.open_with_key(key, folder) as vault:
        began = time.perf_counter()
        from discretion.exposure.report import report_of_vault

        platform = ONE if what == "one" else None
        found = report_of_vault(vault, Asker("exposure show", "cli"), today=TODAY, platform=platform)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        if form == "terminal":
            from discretion.cli._report._exposure_terminal import in_terminal

            in_terminal(found, show_values=True, all_facts=False)
        elif form == "page":
            from discretion.cli._report._exposure_page import render

            print(render(found, show_values=True))
        else:
            from discretion.cli._report._exposure_document import document

            print(document(found, show_values=True))
    return {"work_s": time.perf_counter() - began, "bytes": len(out.getvalue().encode())}


def tables(figures: dict[str, Any]) -> Iterator[Table]:
    """What is printed."""
    opening, reading = figures["opening"], figures["reading"]
    yield Table(
        "Opening the vault by its passphrase",
        ("", "measured", "limit"),
        (
            ("derivation of the key", f"{opening['derivation_s']:.2f} s", f">= {LEAST_DERIVATION_S} s"),
            ("the rest, every page checked", f"{opening['rest_s']:.2f} s", ""),
            ("together", f"{opening['whole_s']:.2f} s", f"<= {MOST_OPENING_S} s"),
        ),
    )
    yield Table(
        f"Reports of {figures['rows']:,} rows",
        ("report", "after opening", "limit", "from the start, no derivation", "size"),
        tuple(
            (what, f"{one['work_s']:.2f} s", f"<= {MOST_REPORT_S:.0f} s", f"{one['whole_s']:.2f} s",
             f"{one['bytes'] / 1024:,.0f} KiB")
            for what, one in figures["reports"].items()
        ),
    )  # fmt: skip
    yield Table(
        "Reading all rows",
        ("", "measured"),
        (
            ("the vault", f"{1000 * reading['vault_s']:.0f} ms"),
            ("a plain sqlite3 file", f"{1000 * reading['sqlite_s']:.0f} ms"),
            ("times", f"{reading['ratio']:.2f}"),
        ),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether the limits hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.child:
        print(json.dumps(child(asked.folder, asked.child)))
        return 0
    figures = measured(asked.rows, asked.rounds)
    if asked.json:
        print(json.dumps(figures, indent=1))
    else:
        for table in tables(figures):
            console().print(table.rich())
    return 0 if all(one["holds"] for one in figures["limits"]) else 1


if __name__ == "__main__":
    sys.exit(main())
