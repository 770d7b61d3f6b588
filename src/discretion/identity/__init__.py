"""Who one is on a platform: personas, aliases, and what each platform was actually given."""

from __future__ import annotations

from discretion.identity._alias import (
    SERVICES,
    AliasService,
    alias_of,
    alias_service,
    aliases,
    forget_key,
    keep_key,
    kept_key,
    make_alias,
    switch_alias,
)
from discretion.identity._change import change, drawable, settable
from discretion.identity._errors import (
    AliasError,
    IdentityError,
    NoSuchPersona,
    NothingLeft,
    NotOffered,
    Overlap,
    PersonaExists,
    ValueNotValid,
)
from discretion.identity._fields import Field, field_named, fields, offered
from discretion.identity._given import give, give_from, given_fields, take_back, values_for
from discretion.identity._overlaps_now import overlaps
from discretion.identity._payment import PaymentWay, payment_way, payment_ways
from discretion.identity._persona import GENDERS, Alias, Persona
from discretion.identity._settings import (
    ALWAYS_REPLACED,
    CHOICES,
    MODES,
    PersonaSettings,
    is_setting,
    persona_settings,
    set_setting,
)
from discretion.identity._store import new_persona, persona_named, personas, remove_persona, set_platform

__all__ = [
    "ALWAYS_REPLACED",
    "CHOICES",
    "GENDERS",
    "MODES",
    "SERVICES",
    "Alias",
    "AliasError",
    "AliasService",
    "Field",
    "IdentityError",
    "NoSuchPersona",
    "NotOffered",
    "NothingLeft",
    "Overlap",
    "PaymentWay",
    "Persona",
    "PersonaExists",
    "PersonaSettings",
    "ValueNotValid",
    "alias_of",
    "alias_service",
    "aliases",
    "change",
    "drawable",
    "field_named",
    "fields",
    "forget_key",
    "give",
    "give_from",
    "given_fields",
    "is_setting",
    "keep_key",
    "kept_key",
    "make_alias",
    "new_persona",
    "offered",
    "overlaps",
    "payment_way",
    "payment_ways",
    "persona_named",
    "persona_settings",
    "personas",
    "remove_persona",
    "set_platform",
    "set_setting",
    "settable",
    "switch_alias",
    "take_back",
    "values_for",
]
