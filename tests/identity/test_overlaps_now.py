"""Facts that are added after a persona was made: which of its values they meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from discretion.identity import Alias, Persona, new_persona, overlaps, settable
from discretion.identity._persona import to_document
from discretion.records import Kind
from discretion.vault import Asker, OwnFact, Vault, add_facts, check_trail

TODAY = date(2026, 11, 25)
ALIAS = Alias(
    "character.ai", "addy", "https://app.addy.io", "1", "rene.waltz44@anonaddy.me", True, "2026-11-25"
)
HARBOR = Persona(
    name="Harbor",
    platform="character.ai",
    is_everyday=False,
    made_at=datetime(2026, 11, 25, tzinfo=UTC),
    locale="US",
    gender="neutral",
    given_name="Rene",
    family_name="Schmitt",
    handle="plumdahlia43",
    birth_year=1979,
    city="Reno",
    city_id="5511077",
    region="Nevada",
    email_local="mossy.lantern511",
    birthday="03-27",
    answers={"first_pet": "anchor velvet mosaic"},
)


@pytest.fixture
def with_harbor(vault: Vault) -> Vault:
    """The vault with ``HARBOR`` in it."""
    _keep(vault, HARBOR)
    return vault


def _keep(vault: Vault, one: Persona) -> None:
    vault.rows("DELETE FROM persona")
    vault.rows(
        "INSERT INTO persona (name, platform, is_everyday, made_at, document) VALUES (?, ?, ?, ?, ?)",
        [one.name, one.platform, 0, one.made_at.isoformat(), to_document(one)],
    )


@pytest.mark.parametrize(
    ("kind", "value", "fields", "why"),
    [
        (Kind.NAME, "Rene", ("given_name",), "the very name"),
        (Kind.NAME, "René Ott", ("given_name",), "with its accent"),
        (Kind.NAME, "Jo Schmidt", ("family_name",), "it sounds like it"),
        (Kind.NAME, "Rosa Stein", ("given_name",), "the same initials: to change one name is enough"),
        (Kind.NAME, "Rene Schmitt", ("given_name", "family_name"), "both"),
        (Kind.USERNAME, "dahlia_kim", ("handle",), "a word of the handle"),
        (Kind.EMAIL, "silver.lantern@mailbox.example", ("email_local",), "a word of the proposed address"),
        (Kind.AGE, "47", ("birth_year",), "the same age"),
        (Kind.DATE_OF_BIRTH, "the twenty-seventh of June 1950", ("birthday",), "the day"),
        (Kind.LOCATION, "Las Vegas, Nevada", ("city",), "the same state"),
        (Kind.PET, "Mosaic", ("first_pet",), "a word of an answer"),
        (Kind.PET, "Pebble", (), "nothing in common"),
        (Kind.NAME, "Kim Arnold", (), "another name"),
    ],
)
def test_what_a_later_fact_meets_is_told_by_its_field(
    with_harbor: Vault, asker: Asker, kind: Kind, value: str, fields: tuple[str, ...], why: str
) -> None:
    assert overlaps(with_harbor, asker, today=TODAY) == {}
    add_facts(with_harbor, [OwnFact(kind, value)])
    assert overlaps(with_harbor, asker, today=TODAY) == ({"Harbor": fields} if fields else {}), why
    assert set(fields) <= {*settable(), "email_local"}


@pytest.mark.parametrize(
    ("change", "value", "is_told", "why"),
    [
        ({"email": "x@bluebarn.example"}, "me@bluebarn.example", True, "the user's own domain"),
        ({"email": "x@gmail.com"}, "me@gmail.com", False, "a domain that many share"),
        ({"email": "mossy.fern@mailbox.example"}, "kim.fern@posteo.de", True, "a word before the @"),
        ({"email": ALIAS.email, "aliases": (ALIAS,)}, "kim.waltz@posteo.de", False, "drawn by the service"),
    ],
)
def test_the_address_in_use(
    vault: Vault, asker: Asker, change: dict[str, Any], value: str, is_told: bool, why: str
) -> None:
    _keep(vault, replace(HARBOR, **change))
    add_facts(vault, [OwnFact(Kind.EMAIL, value)])
    assert ("email" in overlaps(vault, asker, today=TODAY).get("Harbor", ())) is is_told, why


def test_short_forms_count_as_they_do_when_a_persona_is_drawn(with_harbor: Vault, asker: Asker) -> None:
    def spellings(facts: object) -> list[str]:
        return ["Rene"]

    assert overlaps(with_harbor, asker, spellings=spellings, today=TODAY) == {"Harbor": ("given_name",)}


def test_a_fresh_persona_meets_nothing(reopen: Callable[[], Vault], asker: Asker) -> None:
    with reopen() as vault:
        for name in ("A", "B", "C"):
            new_persona(vault, asker, name, has_birthday=True, today=TODAY)
        assert overlaps(vault, asker, today=TODAY) == {}


def test_looking_leaves_a_row_in_the_trail(with_harbor: Vault, asker: Asker) -> None:
    before = len(check_trail(with_harbor).rows)
    overlaps(with_harbor, asker, today=TODAY)
    assert len(check_trail(with_harbor).rows) > before
