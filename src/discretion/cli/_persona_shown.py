"""How personas, given fields, aliases and ways of paying are shown, in words and as JSON."""

from __future__ import annotations

import json
import shutil
import textwrap
from typing import TYPE_CHECKING, Any

from discretion.cli._called import as_called

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from discretion.identity import Alias, Persona, PersonaSettings
    from discretion.records import GivenField

_WIDEST = 96


def _width() -> int:
    """Columns to write in: those of the terminal, up to what reads well."""
    return max(40, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))


def as_json(schema: str, **content: Any) -> str:
    """One JSON document of ``discretion.SCHEMA/1``."""
    return json.dumps({"schema": f"discretion.{schema}/1", **content}, ensure_ascii=False)


def persona_document(
    persona: Persona, overlaps: Sequence[str] = (), settings: PersonaSettings | None = None
) -> dict[str, Any]:
    """The persona with its values, for `--json`; ``overlaps`` are the fields that meet an own fact.

    ``settings`` are what was changed for the gateway.
    """
    return {
        "name": persona.name,
        "platform": persona.platform or None,
        "everyday": persona.is_everyday,
        "made_at": persona.made_at.isoformat(),
        "locale": persona.locale,
        "gender": persona.gender,
        "given_name": persona.given_name,
        "family_name": persona.family_name,
        "handle": persona.handle,
        "birth_year": persona.birth_year,
        "birthday": persona.birthday or None,
        "city": persona.city,
        "region": persona.region or None,
        "email": persona.email or None,
        "email_local": persona.email_local,
        "answers": dict(persona.answers),
        "aliases": [alias_document(one) for one in persona.aliases],
        "overlaps": list(overlaps),
        "gateway": {
            "mode": settings.mode if settings else None,
            "kinds": {kind.value: choice for kind, choice in settings.kinds.items()} if settings else {},
        },
    }


def alias_document(alias: Alias) -> dict[str, Any]:
    """An alias for `--json`."""
    return {
        "platform": alias.platform,
        "service": alias.service,
        "email": alias.email,
        "on": alias.is_on,
        "made_at": alias.made_at,
    }


def summary_document(persona: Persona, overlaps: Sequence[str] = ()) -> dict[str, Any]:
    """A persona without its values, for lists."""
    return {
        "name": persona.name,
        "platform": persona.platform or None,
        "everyday": persona.is_everyday,
        "made_at": persona.made_at.isoformat(),
        "aliases_on": sum(one.is_on for one in persona.aliases),
        "overlaps": list(overlaps),
    }


def context(persona: Persona) -> str:
    """Which chats the persona is for, in words."""
    return "everyday chats" if persona.is_everyday else "intimate chats"


def shown_persona(persona: Persona) -> str:
    """Every value, in the order in which a site asks for them."""
    from discretion.identity import fields
    from discretion.identity._data import table

    where = f", for {persona.platform}" if persona.platform else ""
    email = persona.email or persona.email_pattern
    rows = [
        ("Name", persona.full_name),
        ("Handle", persona.handle),
        ("Born", persona.birth_date),
        ("Gender", persona.gender),
        ("Lives in", f"{persona.location} ({persona.locale})"),
        ("E-mail", email),
    ]
    rows += [(table("answers")[key]["asked"], text) for key, text in persona.answers.items()]
    wide = max(len(label) for label, _ in rows)
    lines = [
        f"{persona.name}{where}: {context(persona)} (said when it was made; it does not change)",
        "",
        *(f"  {label:<{wide}}  {_printable(text)}" for label, text in rows),
    ]
    for alias in persona.aliases:
        state = "on" if alias.is_on else "off"
        lines.append(f"  {'Alias, ' + state:<{wide}}  {_printable(alias.email)} at {alias.platform} alone")
    no = ", ".join(one.name for one in fields() if not one.is_offered)
    lines += [
        "",
        *textwrap.wrap(
            "All of it is invented. Use it where a profile asks, never where you are checked, sign or pay.",
            _width(),
        ),
        *textwrap.wrap(f"A persona fills none of: {no}.", _width()),
        as_called(f'Why: discretion persona show "{persona.name}" --field age_check'),
    ]
    return "\n".join(lines)


def shown_overlaps(name: str, fields: Sequence[str]) -> str:
    """The words below a persona that meets a fact of the user's; empty where it meets none."""
    from discretion.cli._persona_overlaps import remedies

    if not fields:
        return ""
    told = textwrap.wrap(
        f"Overlaps with a fact of yours that was added later: {', '.join(fields)}. What a platform was given "
        "already, it may have still. To change it here:",
        _width(),
    )
    return "\n".join([*told, *(f"  {line}" for line in remedies(name, fields))])


def shown_list(found: Sequence[Persona], overlaps: Mapping[str, Sequence[str]]) -> str:
    """A line for each persona, without its values; below it the fields that meet a fact of the user's."""
    if not found:
        return as_called("There is no persona. Make one: discretion persona new NAME --platform character.ai")
    wide = max(len(one.name) for one in found)
    lines = []
    for one in found:
        lines.append(
            f"{one.name:<{wide}}  {context(one):<14}  {one.platform or 'no platform yet'}"
            f"  since {one.made_at:%Y-%m-%d}"
        )
        if fields := overlaps.get(one.name):
            lines.append(f"{'':<{wide}}  overlaps with a fact of yours: {', '.join(fields)}")
    if overlaps:
        lines.append(as_called("What to do about it: discretion persona show NAME"))
    return "\n".join(lines)


def given_document(row: GivenField) -> dict[str, Any]:
    """What was given, for `--json`; the digest stays in the vault."""
    return {
        "number": row.number,
        "platform": row.platform,
        "persona": row.persona or None,
        "field": row.name,
        "kind": row.kind.value if row.kind else None,
        "origin": row.origin.value,
        "domain": row.domain or None,
        "way": row.way or None,
        "label": row.label or None,
        "given_at": row.given_at.isoformat(),
    }


def shown_given(rows: Sequence[GivenField]) -> str:
    """A line for each field; of the value only what was kept beside its digest."""
    if not rows:
        told = "Nothing is noted. Note what a platform was given: discretion persona given character.ai email"
        return as_called(told)
    whose = {"persona": "invented", "own": "your own", "other": "neither"}
    lines = []
    for row in rows:
        told = f"…@{row.domain}" if row.domain else row.way
        told = " ".join(filter(None, [told, f"“{_printable(row.label)}”" if row.label else ""]))
        by = f"as {row.persona}" if row.persona else ""
        lines.append(
            f"{row.number:>4}  {row.platform}  {row.name:<15} {whose[row.origin.value]:<9} "
            f"{' '.join(filter(None, [told, by, f'{row.given_at:%Y-%m-%d}']))}"
        )
    return "\n".join(lines)


def shown_payment() -> str:
    """Every way of paying with its trade-offs."""
    from discretion.identity import payment_ways

    words = {"none": "keeps nothing apart", "some": "keeps some things apart", "much": "keeps much apart"}
    parts = [
        "Ways of paying, and what each keeps apart. How such payments work in general, in our own words; no "
        "company is meant, and the law differs from place to place."
    ]
    for way in payment_ways():
        rows = (
            ("The platform learns", way.platform_learns),
            ("A statement shows", way.statement_shows),
            ("You lose", way.you_lose),
            ("Good for", way.good_for),
        )
        lines = [f"{way.name} ({way.id}): {words[way.separation]}"]
        for label, text in rows:
            lines += textwrap.wrap(
                f"{label + ':':<21}{text}", _width(), initial_indent="  ", subsequent_indent=" " * 23
            )
        if way.source:
            lines += textwrap.wrap(
                f"{'Read in:':<21}“{way.quote}” ({way.as_of}, {way.source})",
                _width(), initial_indent="  ", subsequent_indent=" " * 23,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
        parts.append("\n".join(lines))
    last = (
        "Whatever way you take: the account, the address and the name that you give beside it lead to you "
        "as well. Note what you did: discretion persona given PLATFORM payment --way prepaid"
    )
    parts.append(textwrap.fill(last, _width()))
    return "\n\n".join([textwrap.fill(parts[0], _width()), *parts[1:]])


def payment_document() -> list[dict[str, Any]]:
    """The ways of paying for `--json`."""
    from dataclasses import asdict

    from discretion.identity import payment_ways

    return [{key: value or None for key, value in asdict(way).items()} for way in payment_ways()]


def _printable(text: str) -> str:
    """Without control characters, which could move the terminal's cursor."""
    return "".join(char if char.isprintable() else "�" for char in text)
