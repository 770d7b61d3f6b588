"""Digests of facts: the same for two ways to write one fact, another for another fact or another vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from discretion.records import Kind, Value
from discretion.vault import Cost, FactDigests, Vault

SAME = [
    ("phone", "555-0142", "five five five, 0142", "number words"),
    ("phone", "555-0142", "+1 (918) 555 0142", "codes before a number are given or left out"),
    ("phone", "555-0142", "555.0142 ext. 12", "an extension is no other number"),
    ("email", "jess.k@gmail.example", "jess dot k at gmail.example", "spelled out"),
    ("email", "jess.k@gmail.example", "Jess.K (at) Gmail [dot] example", "brackets and case"),
    ("email", "jess_k@gmail.example", "jess underscore k at gmail dot example", "an underscore by its name"),
    ("username", "handle", "@Handle", "the sign and case"),
    ("username", "handle", "https://www.pics.example/Handle/?hl=en", "a link to the profile"),
    ("name", "José García", "jose  garcia", "accents, case and blanks"),
    ("name", "O'Brien", "OBrien", "an apostrophe"),
    ("street_address", "22 Oakfield Rd.", "oakfield rd 22", "the number before or behind"),
    ("payment_card", "4111 1111 1111 1111", "4111-1111-1111-1111", "grouping"),
    ("government_id", "078-05-1120", "078 05 1120", "grouping"),
    ("workplace", "Mercy General", "mercy   general!", "signs and blanks"),
    ("pet", "Ｒｅｘ", "rex", "full width"),
]
APART = [
    ("phone", "555-0142", "555-0143", "another number"),
    ("email", "jess.k@gmail.example", "jess.k+x@gmail.example", "an alias is another address"),
    ("email", "jess@a.example", "jess@b.example", "another domain"),
    ("name", "Jess", "Jess Kim", "a part is not the whole"),
    ("username", "handle", "handle2", "another handle"),
    ("pet", "\u0000", "", "no letters at all"),
]


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> FactDigests:
    with Vault.create("ferret umbrella 41 candle", tmp_path_factory.mktemp("d") / "h", cost=_LEAST) as vault:
        return FactDigests(vault)


_LEAST = Cost(64 * 1024, 3)


@pytest.mark.parametrize(("kind", "one", "other", "why"), SAME)
def test_two_ways_to_write_one_fact(digests: FactDigests, kind: str, one: str, other: str, why: str) -> None:
    assert digests.of(kind, one) == digests.of(Kind(kind), other), why


@pytest.mark.parametrize(("kind", "one", "other", "why"), APART)
def test_facts_apart(digests: FactDigests, kind: str, one: str, other: str, why: str) -> None:
    assert digests.of(kind, one) != digests.of(kind, other), why


def test_a_value_counts_before_the_words_and_a_kind_apart(digests: FactDigests) -> None:
    value = Value("age", (), 34, 34, "years")
    assert digests.of("age", "34", value) == digests.of(
        "age", "thirty four", Value("age", (), 34.0, 34.0, "years")
    )
    assert digests.of("pet", "rex", Value("text", ("rex",))) == digests.of("pet", "Rex"), "text is words"
    assert digests.of("pet", "rex") != digests.of("workplace", "rex")


HOSTILE = ["", "\ud800", "\x00" * 10, "@", "at dot at", "ext", "9" * 5000, "١٢٣", "a/" * 2000, "\u202e\u200b"]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_hostile_words_have_a_digest(digests: FactDigests, kind: str, words: str) -> None:
    assert len(digests.of(kind, words)) == 32


def test_another_vault_has_other_digests(digests: FactDigests, tmp_path: Path) -> None:
    with Vault.create("ferret umbrella 41 candle", tmp_path / "h", cost=_LEAST) as vault:
        assert FactDigests(vault).of("pet", "rex") != digests.of("pet", "rex")
    assert repr(digests) == "<FactDigests>"
