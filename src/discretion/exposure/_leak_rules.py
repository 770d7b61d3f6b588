"""The rules of the blast radius, read from data: what links, who recognises, what harms, what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from discretion.knowledge import Claim, Confidence
from discretion.records import Cited, Kind, Severity, Strength

When = tuple[tuple[str, ...], ...]
"""Alternatives, each a list of signs that must all hold."""

_FOLDER = files("discretion.exposure").joinpath("data")


@dataclass(frozen=True, slots=True)
class PersonRule:
    """Somebody who could recognise the user, and by which signs."""

    id: str
    who: str
    when: When
    why: str


@dataclass(frozen=True, slots=True)
class HarmCase:
    """One grade of a harm."""

    when: When
    level: Severity
    why: str


@dataclass(frozen=True, slots=True)
class HarmRule:
    """A harm with its cases, the worst first, and where it has happened."""

    id: str
    name: str
    cases: tuple[HarmCase, ...]
    claims: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ActionRule:
    """Something to do, when it makes sense, and the harms that it answers."""

    id: str
    do: str
    when: When
    timing: Literal["today", "after"]
    helps: int
    harms: tuple[str, ...]
    because: str
    claims: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class LinkRule:
    """How surely an equal fact joins accounts and leads to the person.

    ``own`` counts where the fact is known to be theirs, ``told`` where it may be.
    """

    label: str
    accounts: Strength | None
    own: Strength | None
    told: Strength | None
    reason: str
    person: str
    by: str


def holds(when: When, signs: Set[str]) -> bool:
    """Whether the signs of one alternative are all there."""
    return any(all(sign in signs for sign in signs_needed) for signs_needed in when)


@cache
def people() -> tuple[PersonRule, ...]:
    """The rules of leak_people.toml, in their order."""
    return tuple(PersonRule(one["id"], one["who"], _when(one), one["why"]) for one in _read("people")["who"])


@cache
def harms() -> tuple[HarmRule, ...]:
    """The rules of leak_harms.toml, in their order."""
    return tuple(
        HarmRule(
            one["id"],
            one["name"],
            tuple(HarmCase(_when(case), Severity(case["level"]), case["why"]) for case in one["case"]),
            cited(one),
        )
        for one in _read("harms")["harm"]
    )


@cache
def actions() -> tuple[ActionRule, ...]:
    """The rules of leak_actions.toml, in their order."""
    return tuple(
        ActionRule(
            one["id"],
            one["do"],
            _when(one),
            "after" if one["timing"] == "after" else "today",
            one["helps"],
            tuple(one["harms"]),
            one["because"],
            cited(one),
        )
        for one in _read("actions")["action"]
    )


@cache
def link_rules() -> Mapping[str, LinkRule]:
    """Rules by basis: a kind, or another name of the file.

    A name is ``name_full`` where it has a family name, ``name_filled`` where that is not known.
    """
    table = _read("links")
    rows = dict(table["kind"])
    rows.update({name: row for name, row in table.items() if name not in ("kind", "severity")})
    return {name: _link_rule(row) for name, row in rows.items()}


@cache
def thresholds() -> Mapping[str, Any]:
    """The numbers and lists of the rules ``combination``, ``few``, ``payment``, ``payment_named``."""
    table = _read("links")
    return {name: table[name] for name in ("combination", "few", "payment", "payment_named")}


@cache
def severities() -> Mapping[str, Severity]:
    """Severity of a given field by its kind, else its name; ``other`` for the rest."""
    return {name: Severity(grade) for name, grade in _read("links")["severity"].items()}


@cache
def combined_kinds() -> frozenset[Kind]:
    """Kinds that count in a combination."""
    return frozenset(Kind(name) for name in thresholds()["combination"]["kinds"])


def cited(row: Mapping[str, Any]) -> tuple[Cited, ...]:
    """The claims of a rule. Raises ``ValueError`` or ``KeyError`` for one without source, date or quote."""
    found = []
    for one in row.get("claim", ()):
        claim = Claim(one["says"], one["source"], one["quote"], one["as_of"], Confidence.B)
        found.append(Cited(claim.value, claim.source, claim.as_of, claim.quote))
    return tuple(found)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(_FOLDER.joinpath(f"leak_{name}.toml").read_text("utf-8"))


def _when(row: Mapping[str, Sequence[Sequence[str]]]) -> When:
    return tuple(tuple(needed) for needed in row["when"])


def _link_rule(row: Mapping[str, Any]) -> LinkRule:
    def grade(key: str) -> Strength | None:
        return Strength(row[key]) if key in row else None

    reason = row["reason"]
    return LinkRule(
        label=row["label"],
        accounts=grade("accounts"),
        own=grade("own"),
        told=grade("told"),
        reason=reason,
        person=row.get("person", reason),
        by=row.get("by", f"the {row['label']}"),
    )
