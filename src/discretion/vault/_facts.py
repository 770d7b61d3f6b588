"""The user's own facts, kept for every verb; whoever reads them leaves a row in the audit trail."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from discretion.records import Kind
from discretion.vault._audit import Asker, note_query
from discretion.vault._errors import VaultError
from discretion.vault._vault import Vault

LONGEST_VALUE = 300
MOST_FACTS = 1000


class FactNotValid(VaultError):
    """A fact has no value, too long a value, or there are too many."""


@dataclass(frozen=True, slots=True)
class OwnFact:
    """Something true of the user: its kind, how it is written, and other spellings; values stay hidden.

    ``number`` is what `vault facts list` shows and `remove` takes; ``None`` before it is kept.
    """

    kind: Kind
    value: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    number: int | None = None


def add_facts(vault: Vault, facts: Iterable[OwnFact]) -> int:
    """Keep ``facts``, all or none; one that is kept already gets its aliases joined.

    Returns how many are new. Raises ``FactNotValid``, whose message names a position, never a value.
    """
    asked = [_checked(fact, number) for number, fact in enumerate(facts, 1)]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with vault.transaction():
        before = _count(vault)
        for fact in asked:
            known = vault.rows(
                "SELECT aliases FROM own_fact WHERE kind = ? AND value = ?", [fact.kind.value, fact.value]
            )
            aliases = dict.fromkeys([*(json.loads(known[0][0]) if known else []), *fact.aliases])
            vault.rows(
                "INSERT INTO own_fact (kind, value, aliases, added_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (kind, value) DO UPDATE SET aliases = excluded.aliases",
                [fact.kind.value, fact.value, json.dumps(list(aliases), ensure_ascii=False), at],
            )
        after = _count(vault)
        if after > MOST_FACTS:
            raise FactNotValid(f"that would be more than {MOST_FACTS:,} facts; keep those that matter")
    return after - before


def read_facts(vault: Vault, asker: Asker, kinds: Iterable[Kind] | None = None) -> tuple[OwnFact, ...]:
    """The facts kept, of ``kinds`` alone where given, in the order they were added; leaves an audit row."""
    wanted = None if kinds is None else {kind.value for kind in kinds}
    with vault.transaction():
        rows = vault.rows("SELECT id, kind, value, aliases FROM own_fact ORDER BY id")
        facts = tuple(
            OwnFact(Kind(kind), value, tuple(json.loads(aliases)), number)
            for number, kind, value, aliases in rows
            if wanted is None or kind in wanted
        )
        note_query(vault, asker, (fact.kind for fact in facts), len(facts))
    return facts


def remove_fact(vault: Vault, number: int) -> bool:
    """Remove the fact with that number for good; ``False`` where there is none."""
    with vault.transaction():
        return bool(vault.rows("DELETE FROM own_fact WHERE id = ? RETURNING id", [number]))


def count_facts(vault: Vault) -> int:
    """How many facts are kept; no value is read."""
    return _count(vault)


def _count(vault: Vault) -> int:
    return int(vault.rows("SELECT count(*) FROM own_fact")[0][0])


def _checked(fact: OwnFact, number: int) -> OwnFact:
    spellings = [" ".join(one.split()) for one in (fact.value, *fact.aliases)]
    if not all(any(char.isalnum() for char in one) for one in spellings):
        raise FactNotValid(f"fact {number} has an empty value or alias, or one without a letter or digit")
    if any(len(one) > LONGEST_VALUE for one in spellings):
        raise FactNotValid(f"fact {number} has a value longer than {LONGEST_VALUE} characters")
    if any("\ud800" <= char <= "\udfff" for one in spellings for char in one):
        raise FactNotValid(f"fact {number} holds a character that is none")
    return OwnFact(fact.kind, spellings[0], tuple(spellings[1:]))
