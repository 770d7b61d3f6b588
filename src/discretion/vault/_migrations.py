"""The database's structure: numbered SQL files, found in a folder, never changed once released."""

from __future__ import annotations

import re
from importlib.resources import files

import apsw

from discretion.vault._errors import NewerVault

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
APPLICATION_ID = 0x44736376
"""Stands in the database's head ("Dscv"), so that a restored file is known for what it is."""

MARKED_SINCE = 4
"""The step from which on a database without its mark is not whole."""


def migrations() -> list[tuple[str, str]]:
    """Name and SQL of every step, in order. Raises ``ValueError`` where numbers are missing or doubled."""
    folder = files("discretion.vault").joinpath("migrations")
    steps = sorted(
        (entry.name, entry.read_text("utf-8")) for entry in folder.iterdir() if _NAME.fullmatch(entry.name)
    )
    if [int(name[:4]) for name, _ in steps] != list(range(1, len(steps) + 1)):
        raise ValueError("the migrations are not numbered 0001, 0002, … without a gap")
    return steps


def version_of(connection: apsw.Connection) -> int:
    """How many migrations the database has had."""
    return int(str(connection.pragma("user_version")))


def migrate(connection: apsw.Connection, *, up_to: int | None = None) -> None:
    """Bring a database that has no mark to the newest structure, or to step ``up_to``: all steps or none.

    Raises ``NewerVault``.
    """
    if version_of(connection) == len(migrations()[:up_to]):
        return
    connection.execute("BEGIN EXCLUSIVE")
    try:
        run_steps(connection, up_to=up_to)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def run_steps(connection: apsw.Connection, *, up_to: int | None = None) -> None:
    """Run the steps that are missing, inside the transaction that is under way. Raises ``NewerVault``."""
    steps = migrations()[:up_to]
    done = version_of(connection)  # another command may have been quicker
    refuse_newer(done, len(steps))
    for _, statements in steps[done:]:
        connection.execute(statements).fetchall()
    connection.pragma("application_id", APPLICATION_ID)
    connection.pragma("user_version", len(steps))


def refuse_newer(version: int, newest: int) -> None:
    """Raise ``NewerVault`` where a database had more steps than this program knows."""
    if version > newest:
        raise NewerVault("this vault was written by a later version; install the newest discretion")
