"""The database's structure: numbered SQL files, found in a folder, never changed once released."""

from __future__ import annotations

import re
from importlib.resources import files

import apsw

from discretion.vault._errors import NewerVault

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
APPLICATION_ID = 0x44736376
"""Stands in the database's head ("Dscv"), so that a restored file is known for what it is."""


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
    """Bring the database to the newest structure, or to step ``up_to``: all steps or none.

    Raises ``NewerVault``.
    """
    steps = migrations()[:up_to]
    if version_of(connection) == len(steps):
        return
    connection.execute("BEGIN EXCLUSIVE")
    try:
        done = version_of(connection)  # another command may have been quicker
        if done > len(steps):
            raise NewerVault("this vault was written by a later version; install the newest discretion")
        for _, statements in steps[done:]:
            connection.execute(statements)
        connection.pragma("application_id", APPLICATION_ID)
        connection.pragma("user_version", len(steps))
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
