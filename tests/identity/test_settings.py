"""What the user changed for one persona: kept, read, taken back, and what cannot be changed."""

from __future__ import annotations

import pytest

from discretion.identity import (
    ALWAYS_REPLACED,
    CHOICES,
    MODES,
    NoSuchPersona,
    PersonaSettings,
    ValueNotValid,
    new_persona,
    persona_settings,
    remove_persona,
    set_setting,
)
from discretion.records import Kind
from discretion.vault import Asker, Vault


def test_settings_are_kept_read_and_taken_back(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Harbor")
    new_persona(vault, asker, "Desk")
    assert persona_settings(vault, "Harbor") == PersonaSettings()
    set_setting(vault, asker, "harbor", "mode", "ask")
    set_setting(vault, asker, "Harbor", "health", "ask")
    told = set_setting(vault, asker, "HARBOR", "age", "substitute")
    assert told == PersonaSettings("ask", {Kind.HEALTH: "ask", Kind.AGE: "substitute"})
    assert told.replaces_ages
    assert persona_settings(vault, "harbor") == told, "a persona's name is one in any case"
    assert persona_settings(vault, "Desk") == PersonaSettings(), "one persona's settings are its own"
    set_setting(vault, asker, "Harbor", "mode", "observe")
    set_setting(vault, asker, "Harbor", "age", "default")
    assert set_setting(vault, asker, "Harbor", "health", "default") == PersonaSettings("observe")


def test_a_new_persona_of_an_old_name_begins_anew(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Harbor")
    set_setting(vault, asker, "Harbor", "name", "allow")
    remove_persona(vault, "Harbor")
    new_persona(vault, asker, "Harbor")
    assert persona_settings(vault, "Harbor") == PersonaSettings()


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("mode", "off", "no such mode"),
        ("mode", "allow", "what happens to a kind is no mode"),
        ("name", "observe", "a mode is nothing that happens to a kind"),
        ("name", "", "nothing"),
        ("shoe", "allow", "no such kind"),
        ("NAME", "allow", "kinds are written small"),
        *((kind.value, "allow", "always replaced") for kind in sorted(ALWAYS_REPLACED)),
        ("secret", "default", "nothing to take back"),
    ],
)
def test_what_cannot_be_set(vault: Vault, asker: Asker, name: str, value: str, why: str) -> None:
    new_persona(vault, asker, "Harbor")
    with pytest.raises(ValueNotValid):
        set_setting(vault, asker, "Harbor", name, value)
    assert persona_settings(vault, "Harbor") == PersonaSettings(), why


def test_nobody_has_no_settings(vault: Vault, asker: Asker) -> None:
    with pytest.raises(NoSuchPersona):
        set_setting(vault, asker, "Nobody", "mode", "ask")
    assert persona_settings(vault, "Nobody") == PersonaSettings()


def test_every_kind_but_the_critical_takes_every_choice(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Harbor")
    for kind in set(Kind) - ALWAYS_REPLACED:
        for value in CHOICES:
            assert set_setting(vault, asker, "Harbor", kind.value, value).kinds[kind] == value
    for mode in MODES:
        assert set_setting(vault, asker, "Harbor", "mode", mode).mode == mode


def test_a_row_of_another_version_is_left_alone(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Harbor")
    for row in (("mode", "dream"), ("tone", "kind"), ("name", "shout")):
        vault.rows("INSERT INTO persona_setting (persona, name, value) VALUES ('Harbor', ?, ?)", [*row])
    assert persona_settings(vault, "Harbor") == PersonaSettings()
