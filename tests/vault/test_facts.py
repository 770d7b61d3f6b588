"""The user's own facts in the vault."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from discretion.records import Kind
from discretion.vault import (
    Asker,
    FactNotValid,
    OwnFact,
    Vault,
    add_facts,
    count_facts,
    read_facts,
    remove_fact,
)

ASKER = Asker("test", "cli")


def _kept(vault: Vault) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(fact.kind.value, fact.value, fact.aliases) for fact in read_facts(vault, ASKER)]


def test_facts_are_kept_in_order_and_joined(vault: Vault, reopen: Callable[[], Vault]) -> None:
    assert add_facts(vault, [OwnFact(Kind.NAME, " Ashwin  Tavarez ", ("Ash",)), OwnFact(Kind.AGE, "34")]) == 2
    assert add_facts(vault, [OwnFact(Kind.NAME, "Ashwin Tavarez", ("Ashy", "Ash"))]) == 0, "known already"
    vault.close()
    with reopen() as again:
        assert _kept(again) == [("name", "Ashwin Tavarez", ("Ash", "Ashy")), ("age", "34", ())]
        assert count_facts(again) == 2


def test_a_fact_is_removed_for_good(vault: Vault) -> None:
    add_facts(vault, [OwnFact(Kind.NAME, "zqmarkerone"), OwnFact(Kind.PET, "zqmarkertwo")])
    number = read_facts(vault, ASKER)[0].number
    assert number is not None
    assert remove_fact(vault, number)
    assert not remove_fact(vault, number)
    pages = vault.connection.serialize("main")
    assert b"zqmarkertwo" in pages, "the search would find what is there"
    assert b"zqmarkerone" not in pages, "not even in free space of the decrypted pages"


HOSTILE = [
    ("", "nothing"),
    ("  \t", "blanks"),
    ("…!?", "no letter or digit"),
    ("x" * 301, "too long"),
    ("a\ud800b", "half a character"),
]


@pytest.mark.parametrize(("value", "why"), HOSTILE)
@pytest.mark.parametrize("as_alias", [False, True])
def test_hostile_facts(vault: Vault, value: str, why: str, as_alias: bool) -> None:
    bad = OwnFact(Kind.NAME, "fine", (value,)) if as_alias else OwnFact(Kind.NAME, value)
    with pytest.raises(FactNotValid, match="fact 2"):
        add_facts(vault, [OwnFact(Kind.AGE, "34"), bad])
    assert count_facts(vault) == 0, "all or none"


@pytest.mark.parametrize("value", ["'; DROP TABLE own_fact; --", 'x"y', "a\x00b", "a%_", "日本", "🦊1"])
def test_odd_values_come_back_as_they_were(vault: Vault, value: str) -> None:
    add_facts(vault, [OwnFact(Kind.NAME, value)])
    assert _kept(vault) == [("name", value, ())]


def test_too_many(vault: Vault) -> None:
    with pytest.raises(FactNotValid, match=re.escape("1,000")):
        add_facts(vault, [OwnFact(Kind.NAME, f"n{number}") for number in range(1001)])
    assert count_facts(vault) == 0


def test_values_hide_in_print() -> None:
    assert "Ashwin" not in repr(OwnFact(Kind.NAME, "Ashwin", ("Ashwin",)))
