"""What platforms were given: digests that compare, and nothing of the value anywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.identity.alias_servers import KEY, LIMIT, AliasServer, said

from discretion.identity import (
    AliasError,
    IdentityError,
    NotOffered,
    ValueNotValid,
    alias_service,
    aliases,
    change,
    field_named,
    fields,
    forget_key,
    give,
    give_from,
    given_fields,
    keep_key,
    kept_key,
    make_alias,
    new_persona,
    offered,
    payment_ways,
    persona_named,
    remove_persona,
    switch_alias,
    take_back,
    values_for,
)
from discretion.identity._simplelogin import SimpleLogin
from discretion.knowledge import normalise
from discretion.records import DiscretionError, Kind, Origin
from discretion.vault import Asker, FactDigests, Vault, check_trail

NEVER_OFFERED = (
    "age_check", "identity_check", "tax_number", "payment", "card_holder", "billing_address", "bank_account",
    "legal_name", "phone", "photo", "note", "postal_address", "emergency_contact", "health_form",
)  # fmt: skip


def dump(vault: Vault) -> str:
    """Every cell of the tables of this package, as text."""
    cells = [
        cell
        for table in ("persona", "given_field", "alias_key", "audit_trail")
        for row in vault.rows(f"SELECT * FROM {table}")
        for cell in row
    ]
    return " ".join(cell.hex() if isinstance(cell, bytes) else str(cell) for cell in cells)


@pytest.mark.parametrize("field", NEVER_OFFERED)
def test_fields_of_checks_payments_and_law_are_never_filled(vault: Vault, asker: Asker, field: str) -> None:
    made = new_persona(vault, asker, "Harbor")
    with pytest.raises(NotOffered) as caught:
        offered(field)
    with pytest.raises(NotOffered):
        give_from(vault, asker, "character.ai", field, "Harbor")
    with pytest.raises(NotOffered):
        values_for(made, field_named(field))
    assert len(str(caught.value)) > 60, "the reason is said"
    assert given_fields(vault, asker) == ()


def test_every_field_is_filled_or_says_why_not() -> None:
    for one in fields():
        assert one.is_offered != bool(one.why_not), one.name
        assert one.asked
    assert {one.name for one in fields() if not one.is_offered} == set(NEVER_OFFERED)


@pytest.mark.parametrize("kind", ["government_id", "payment_card", "bank_account", "secret", "crypto_wallet"])
def test_kinds_of_papers_and_money_have_no_field_that_is_filled(kind: str) -> None:
    with pytest.raises(IdentityError):
        offered(kind)


def test_a_persona_fills_without_typing(vault: Vault, asker: Asker) -> None:
    made = new_persona(vault, asker, "Harbor", platform="character.ai")
    for field in ("name", "username", "birth_date", "gender", "location"):
        (row,) = give_from(vault, asker, "www.character.ai", field, "harbor")
        assert (row.platform, row.persona, row.origin) == ("character.ai", "Harbor", Origin.PERSONA)
    assert len(give_from(vault, asker, "character.ai", "security_answer", "Harbor")) == len(made.answers)
    with pytest.raises(NotOffered, match="no address yet"):
        give_from(vault, asker, "character.ai", "email", "Harbor")
    change(vault, asker, "Harbor", "email", "reed.kite@own.example")
    (row,) = give_from(vault, asker, "character.ai", "email", "Harbor")
    assert row.domain == "own.example"
    expected = FactDigests(vault).of(Kind.NAME, made.full_name, normalise(Kind.NAME, made.full_name))
    assert expected in {one.digest for one in given_fields(vault, asker, "character.ai")}


def test_the_same_value_has_the_same_digest_everywhere(vault: Vault, asker: Asker) -> None:
    one = give(vault, asker, "character.ai", "email", "Ash.Tavarez@Mailbox.example")
    two = give(vault, asker, "replika.com", "email", "ash.tavarez@mailbox.example")
    other = give(vault, asker, "replika.com", "email", "other@mailbox.example")
    assert one.digest == two.digest != other.digest
    assert len(one.digest) == 32


def test_the_same_again_changes_nothing(vault: Vault, asker: Asker) -> None:
    first = give(vault, asker, "character.ai", "username", "velvetotter91")
    again = give(vault, asker, "https://character.ai/me", "username", "velvetotter91")
    assert again == first
    assert given_fields(vault, asker, "character.ai") == (first,)


def test_only_domain_way_and_label_are_kept_of_a_value(vault: Vault, asker: Asker) -> None:
    give(vault, asker, "character.ai", "email", "planted-local@mailbox.example")
    give(vault, asker, "character.ai", "phone", "918 555 0142")
    give(vault, asker, "character.ai", "payment", "planted blue card", way="card")
    give(vault, asker, "character.ai", "photo", "beach 2024")
    give(vault, asker, "character.ai", "identity_check", "PLANTED-ID-99881")
    text = dump(vault).casefold()
    assert not any(one in text for one in ("planted", "5550142", "555 0142", "99881"))
    rows = {row.name: row for row in given_fields(vault, asker)}
    assert rows["email"].domain == "mailbox.example"
    assert rows["payment"].way == "card"
    assert rows["photo"].label == "beach 2024"
    assert rows["identity_check"].kind is Kind.GOVERNMENT_ID
    assert "beach" not in repr(rows["photo"])


def test_payments_are_the_same_only_by_a_word_of_the_users(vault: Vault, asker: Asker) -> None:
    def paid(platform: str, word: str) -> bytes:
        return give(vault, asker, platform, "payment", word, way="card").digest

    assert paid("character.ai", "") == paid("character.ai", " ") != paid("replika.com", "")
    assert paid("character.ai", "Blue card") == paid("replika.com", "blue  card")


def test_listing_leaves_a_row_with_kinds_and_no_values(vault: Vault, asker: Asker) -> None:
    give(vault, asker, "character.ai", "phone", "918 555 0142")
    given_fields(vault, asker)
    assert check_trail(vault).rows[-1].kinds == ("phone",)


@pytest.mark.parametrize(
    ("platform", "field", "value", "way", "why"),
    [
        ("character.ai", "shoe_size", "44", "", "no such field"),
        ("character.ai", "email", "nobody", "", "no address"),
        ("character.ai", "email", "", "", "nothing"),
        ("character.ai", "phone", "…", "", "no letter or digit"),
        ("character.ai", "name", "x" * 301, "", "too long"),
        ("character.ai", "photo", "x" * 61, "", "a label that is a letter"),
        ("character.ai", "name", "\ud800a", "", "half a character"),
        ("character.ai", "payment", "card", "", "no way said"),
        ("character.ai", "payment", "", "barter", "no such way"),
        ("character.ai", "payment", "4242 4242 4242 4242", "card", "the number of a card"),
        (
            "character.ai",
            "payment",
            "IBAN DE89370400440532013000",
            "bank_transfer",
            "the number of an account",
        ),
        ("character.ai", "email", "a@b.example", "card", "a way for no payment"),
        ("not a domain", "email", "a@b.example", "", "no platform"),
        ("", "email", "a@b.example", "", "no platform"),
    ],
)
def test_what_cannot_be_noted(
    vault: Vault, asker: Asker, platform: str, field: str, value: str, way: str, why: str
) -> None:
    with pytest.raises(DiscretionError) as caught:
        give(vault, asker, platform, field, value, way=way)
    assert not value.strip("…") or value not in str(caught.value), why
    assert given_fields(vault, asker) == ()


def test_a_row_goes_by_its_number(vault: Vault, asker: Asker) -> None:
    row = give(vault, asker, "character.ai", "username", "velvetotter91")
    assert row.number is not None
    assert not take_back(vault, row.number, "replika.com")
    assert take_back(vault, row.number, "character.ai")
    assert not take_back(vault, row.number)


def test_an_alias_is_made_noted_and_switched(vault: Vault, asker: Asker, server: AliasServer) -> None:
    new_persona(vault, asker, "Harbor", platform="character.ai")
    with alias_service("simplelogin", KEY, server.url) as there:
        alias = make_alias(vault, asker, "Harbor", there, "simplelogin", base_url=server.url)
        assert alias.platform == "character.ai"
        with pytest.raises(ValueNotValid, match="switch it off first"):
            make_alias(vault, asker, "Harbor", there, "simplelogin", base_url=server.url)
        other = make_alias(
            vault, asker, "Harbor", there, "simplelogin", base_url=server.url, platform="replika.com"
        )
        assert switch_alias(vault, asker, "Harbor", there, alias, is_on=False).is_on is False
    found = persona_named(vault, asker, "Harbor")
    assert {(one.platform, one.is_on) for one in found.aliases} == {
        ("character.ai", False),
        ("replika.com", True),
    }
    assert {(one.platform, one.email) for one in aliases(vault, asker)} == {
        ("character.ai", alias.email),
        ("replika.com", other.email),
    }
    rows = given_fields(vault, asker)
    assert [(row.platform, row.name, row.origin, row.domain) for row in rows] == [
        ("character.ai", "email", Origin.PERSONA, "sl.example"),
        ("replika.com", "email", Origin.PERSONA, "sl.example"),
    ]
    assert KEY not in dump(vault), "a key is kept only where the user says so"


def test_an_alias_is_offered_at_its_platform_alone_and_only_while_it_is_on(
    vault: Vault, asker: Asker, server: AliasServer
) -> None:
    """Told to two platforms, it would join them and tell of neither who passed it on."""
    new_persona(vault, asker, "Harbor", platform="character.ai")
    with alias_service("simplelogin", KEY, server.url) as there:
        here = make_alias(vault, asker, "Harbor", there, "simplelogin", base_url=server.url)
        make_alias(vault, asker, "Harbor", there, "simplelogin", base_url=server.url, platform="replika.com")
        assert persona_named(vault, asker, "Harbor").email == here.email
        with pytest.raises(NotOffered):
            give_from(vault, asker, "third.example", "email", "Harbor")
        switch_alias(vault, asker, "Harbor", there, here, is_on=False)
        with pytest.raises(NotOffered):
            give_from(vault, asker, "character.ai", "email", "Harbor")


def test_an_alias_that_was_not_made_leaves_nothing(vault: Vault, asker: Asker, server: AliasServer) -> None:
    before = new_persona(vault, asker, "Harbor", platform="character.ai")
    server.script("/api/v3/alias/custom/new", said(400, {"error": LIMIT}))
    with alias_service("simplelogin", KEY, server.url) as there, pytest.raises(IdentityError):
        make_alias(vault, asker, "Harbor", there, "simplelogin", base_url=server.url)
    assert persona_named(vault, asker, "Harbor") == before
    assert given_fields(vault, asker) == ()


def test_an_alias_that_cannot_be_noted_is_said(vault: Vault, asker: Asker, server: AliasServer) -> None:
    """Somebody removes the persona while the service works."""
    new_persona(vault, asker, "Harbor", platform="character.ai")

    class Removing(SimpleLogin):
        def create(self, new_local: Callable[[], str], *, own_domain: bool = False) -> tuple[str, str]:
            done = super().create(new_local, own_domain=own_domain)
            remove_persona(vault, "Harbor")
            return done

    with Removing(KEY, server.url) as there, pytest.raises(AliasError, match="look at the service") as caught:
        make_alias(vault, asker, "Harbor", there, "simplelogin", base_url=server.url)
    assert "@" not in str(caught.value)
    assert given_fields(vault, asker) == ()


def test_no_call_is_made_where_it_cannot_help(vault: Vault, asker: Asker, server: AliasServer) -> None:
    new_persona(vault, asker, "Harbor")
    with alias_service("addy", KEY, server.url) as there, pytest.raises(ValueNotValid, match="--platform"):
        make_alias(vault, asker, "Harbor", there, "addy", base_url=server.url)
    assert server.seen == []


def test_a_key_is_kept_for_its_service_and_address_alone(vault: Vault, asker: Asker) -> None:
    keep_key(vault, "addy", "https://app.addy.io", KEY)
    assert kept_key(vault, asker, "addy", "https://app.addy.io/") == KEY
    assert kept_key(vault, asker, "addy", "https://evil.example") is None
    assert kept_key(vault, asker, "simplelogin", "https://app.addy.io") is None
    assert check_trail(vault).rows[-1].kinds == ("secret",)
    assert forget_key(vault, "addy", "https://app.addy.io")
    assert not forget_key(vault, "addy", "https://app.addy.io")
    assert KEY not in dump(vault)


def test_every_way_of_paying_says_both_sides() -> None:
    for way in payment_ways():
        assert way.separation in ("none", "some", "much")
        assert all((way.platform_learns, way.statement_shows, way.you_lose, way.good_for)), way.id
        assert bool(way.source) == bool(way.quote) == bool(way.as_of), way.id
    assert {"card", "prepaid", "app_store", "virtual_card", "crypto", "bank_transfer"} <= {
        way.id for way in payment_ways()
    }
