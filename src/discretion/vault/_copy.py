"""Rows from one database to another of the same structure; no SQL of the source is ever run."""

from __future__ import annotations

import apsw


def tables(connection: apsw.Connection) -> dict[str, list[str]]:
    """Name → columns of every table of the program's own."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    ).fetchall()
    return {str(name): _columns(connection, str(name)) for (name,) in names}


def _columns(connection: apsw.Connection, table: str) -> list[str]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    return [str(name) for (name,) in rows]


def copy_rows(source: apsw.Connection, target: apsw.Connection) -> None:
    """Put every row of ``source`` into ``target``, in place of what its tables held, all or nothing.

    Names come from the target, whose structure is ours. References between tables are held against each other
    once all rows are there, whatever the order of the tables. Raises ``LookupError`` where the source lacks a
    table or a column, ``apsw.ConstraintError`` where a row refers to one that is not there.
    """
    there, here = tables(source), tables(target)
    with target:
        target.pragma("defer_foreign_keys", "ON")
        for name in here:  # all before the first row: one that refers to another goes with it
            target.execute(f'DELETE FROM "{name}"')  # noqa: S608  names of our own migrations
        for name, columns in here.items():
            if not set(columns) <= set(there.get(name, ())):
                raise LookupError(name)
            listed = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join("?" * len(columns))
            rows = source.execute(f'SELECT {listed} FROM "{name}"')  # noqa: S608
            target.executemany(f'INSERT INTO "{name}" ({listed}) VALUES ({marks})', rows)  # noqa: S608
