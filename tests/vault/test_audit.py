"""The audit trail: every query leaves a row, and a change of any row shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from discretion.records import Kind
from discretion.vault import Asker, Head, OwnFact, Vault, add_facts, check_trail, note_query, read_facts

ASKER = Asker("vault facts list", "cli")


def _five_queries(vault: Vault) -> None:
    for number in range(5):
        note_query(vault, ASKER, [Kind.NAME, Kind.AGE], number)


def test_a_query_leaves_a_row(vault: Vault) -> None:
    add_facts(vault, [OwnFact(Kind.NAME, "Ashwin Tavarez"), OwnFact(Kind.AGE, "34")])
    read_facts(vault, ASKER)
    read_facts(vault, Asker("check", "cli"), kinds=[Kind.AGE])
    trail = check_trail(vault)
    assert trail.broken_at is None
    told = [(row.number, row.verb, row.entry, row.kinds, row.count) for row in trail.rows]
    assert told == [
        (1, "vault facts list", "cli", ("age", "name"), 2),
        (2, "check", "cli", ("age",), 1),
    ]
    assert all(row.at.tzinfo is not None for row in trail.rows)
    assert "Ashwin" not in repr(vault.rows("SELECT * FROM audit_trail"))


def test_an_empty_trail_holds(vault: Vault) -> None:
    trail = check_trail(vault)
    assert (trail.rows, trail.head, trail.broken_at) == ((), Head.START, None)


CHANGES = [
    ("UPDATE audit_trail SET count = 9 WHERE number = 3", 3, "a count"),
    ("UPDATE audit_trail SET verb = 'check' WHERE number = 1", 1, "a verb, in the first row"),
    ("UPDATE audit_trail SET at = '2020-01-01T00:00:00+00:00' WHERE number = 5", 5, "a time, last row"),
    ("UPDATE audit_trail SET kinds = '' WHERE number = 2", 2, "the kinds"),
    ("UPDATE audit_trail SET entry = 'web' WHERE number = 2", 2, "the entry point"),
    ("UPDATE audit_trail SET mac = zeroblob(32) WHERE number = 4", 4, "a code"),
    ("DELETE FROM audit_trail WHERE number = 3", 3, "a row gone from the middle"),
    ("DELETE FROM audit_trail WHERE number = 1", 1, "a row gone from the front"),
    ("UPDATE audit_trail SET number = 9 WHERE number = 5", 5, "a row moved"),
    ("INSERT INTO audit_trail SELECT 6, at, verb, entry, kinds, count, mac FROM audit_trail"
     " WHERE number = 5", 6, "a row copied to the end"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "broken_at", "why"), CHANGES)
def test_a_change_shows_where_it_is(vault: Vault, change: str, broken_at: int, why: str) -> None:
    _five_queries(vault)
    vault.rows(change)
    trail = check_trail(vault)
    assert trail.broken_at == broken_at, why
    assert len(trail.rows) == broken_at - 1, "only rows that hold are handed out"


def test_the_end_cut_off_shows_against_an_earlier_head_alone(vault: Vault) -> None:
    _five_queries(vault)
    head = check_trail(vault).head
    note_query(vault, ASKER, [], 0)
    assert check_trail(vault, since=head).broken_at is None
    vault.rows("DELETE FROM audit_trail WHERE number >= 4")
    assert check_trail(vault).broken_at is None
    assert check_trail(vault, since=head).broken_at == 4


def test_a_chain_written_anew_shows_against_an_earlier_head(vault: Vault) -> None:
    _five_queries(vault)
    head = check_trail(vault).head
    vault.rows("DELETE FROM audit_trail")
    for _ in range(7):
        note_query(vault, ASKER, [], 0)
    assert check_trail(vault, since=head).broken_at == 5


def test_two_commands_write_one_chain(vault: Vault, reopen: Callable[[], Vault]) -> None:
    with reopen() as other:
        for number in range(6):
            note_query((vault, other)[number % 2], ASKER, [], number)
    assert [row.count for row in check_trail(vault).rows] == list(range(6))
