"""The process that writes to a vault until it is killed; what it wrote can be told again from its seed.

`python -m benchmarks.vault_writer FOLDER SEED FIRST LAST` reads the data key in hex on standard input, does
the transactions FIRST to LAST and says each number once it is committed.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path

_ADD = "INSERT INTO own_fact (kind, value, added_at) VALUES (?, ?, '')"
_TOUCH = "UPDATE own_fact SET added_at = ? WHERE value LIKE ?"
_DROP = "DELETE FROM own_fact WHERE kind = 'name' AND value LIKE ?"
READ = "SELECT kind, value, added_at FROM own_fact ORDER BY kind, value"

Row = tuple[str, str, str]
Step = tuple[str, tuple[str, ...]]


def steps(seed: int, number: int) -> list[Step]:
    """The statements of transaction ``number``: rows added, rows of before changed or removed."""
    chance = random.Random(seed * 1_000_003 + number)
    found: list[Step] = [
        (_ADD, ("name", f"{number}.{part} " + "x" * chance.randrange(4000)))
        for part in range(chance.randrange(1, 6))
    ]
    if number and chance.random() < 0.4:
        found.append((_TOUCH, (str(number), f"{number - 1}.%")))
    if number > 3 and chance.random() < 0.3:
        found.append((_DROP, (f"{chance.randrange(number - 3)}.%",)))
    return [*found, (_ADD, ("age", str(number)))]


class Expected:
    """The rows after so many transactions, told by a plain database in memory."""

    def __init__(self, seed: int) -> None:
        self._states: list[list[Row]] = []
        self._seed = seed
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE TABLE own_fact (kind, value, added_at)")

    def after(self, count: int) -> list[Row]:
        """All rows after the first ``count`` transactions."""
        while len(self._states) <= count:
            self._states.append(self._database.execute(READ).fetchall())
            self._run(steps(self._seed, len(self._states) - 1))
        return self._states[count]

    def _run(self, found: Iterable[Step]) -> None:
        for statement, values in found:
            self._database.execute(statement, values)

    def close(self) -> None:
        """Close the plain database."""
        self._database.close()


def main(arguments: list[str]) -> None:
    """Write, and say what is committed."""
    from discretion.vault import Vault

    folder, (seed, first, last) = Path(arguments[0]), map(int, arguments[1:4])
    key = bytes.fromhex(sys.stdin.readline())
    os.write(1, b"begin\n")
    vault = Vault.open_with_key(key, folder)
    os.write(1, b"open\n")
    for number in range(first, last):
        with vault.transaction():
            for statement, values in steps(seed, number):
                vault.rows(statement, values)
        os.write(1, f"{number}\n".encode())
    vault.close()


if __name__ == "__main__":
    main(sys.argv[1:])
