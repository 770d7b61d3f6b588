"""What joins accounts with each other and with the person; equal facts of a kind are one link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from discretion.exposure._leak_combined import combinations, few, surer
from discretion.exposure._leak_holdings import Fact, Holdings, evidence
from discretion.exposure._leak_rules import LinkRule, link_rules, thresholds
from discretion.knowledge import is_shared_mail_domain, plain_domain
from discretion.records import (
    PERSON,
    Disclosure,
    Estimate,
    Frame,
    GivenField,
    Kind,
    Link,
    Origin,
    PasswordGroup,
    Severity,
    Strength,
)


@dataclass(slots=True)
class _Rows:
    """The rows in which one fact stands."""

    told: list[Disclosure] = field(default_factory=list)
    filled: list[GivenField] = field(default_factory=list)

    @property
    def platforms(self) -> tuple[str, ...]:
        names = {one.platform for one in self.told}
        names.update(one.platform for one in self.filled)
        return tuple(sorted(names)) if len(names) > 1 else tuple(names)


class _Group(NamedTuple):
    """What facts of one link have in common."""

    basis: str
    platforms: tuple[str, ...]
    strength: Strength
    to_person: Strength | None


def links(
    platform: str, held: Holdings, passwords: Sequence[PasswordGroup], estimate: Estimate | None
) -> list[Link]:
    """Every link between accounts or to the person that the rows show, in a fixed order."""
    return [
        *_equal_facts(held),
        *_mail_domains(held.given),
        *_passwords(passwords),
        *_payments(held.given),
        *_photos(held.given),
        *_answers(held.given),
        *combinations(platform, held, estimate),
        *few(platform, estimate),
    ]


def _equal_facts(held: Holdings) -> Iterator[Link]:
    rules = link_rules()
    rows: dict[Fact, _Rows] = defaultdict(_Rows)
    for one in held.disclosures:
        if one.kind in rules:
            rows[one.kind, one.digest].told.append(one)
    for given in held.given:
        if given.kind and given.kind in rules:
            rows[given.kind, given.digest].filled.append(given)
    kept_kinds = {kind for kind, _ in held.own}
    groups: dict[_Group, list[tuple[Fact, _Rows]]] = defaultdict(list)
    for fact, where in rows.items():
        basis = _basis(fact[0], where)
        rule = rules[basis]
        to_person = _to_person(fact, where, rule, held, kept_kinds)
        platforms = where.platforms
        accounts = rule.accounts if len(platforms) > 1 else None
        strength = surer(accounts, to_person) if accounts or to_person else None
        if strength is None:
            continue
        groups[_Group(basis, platforms, strength, to_person)].append((fact, where))
    for (basis, platforms, strength, to_person), members in groups.items():
        rule = rules[basis]
        yield Link(
            basis=str(basis),
            label=rule.label,
            kinds=(members[0][0][0],),
            strength=strength,
            to_person=to_person,
            reason=rule.person if len(platforms) < 2 else rule.reason,
            between=(*platforms, PERSON) if to_person else platforms,
            facts=len(members),
            evidence=evidence(
                (one for _, where in members for one in where.told),
                (one for _, where in members for one in where.filled),
            ),
        )


def _basis(kind: Kind, where: _Rows) -> str:
    """The rule of a kind; a name with a family name (severity high, as the taxonomy has it) has its own.

    Of a name that was only filled in it is not known whether it has one, but on a card or a contract it has.
    """
    if kind is not Kind.NAME:
        return kind
    fields = {one.name for one in where.filled}
    if any(one.severity.rank >= Severity.HIGH.rank for one in where.told) or fields - {"name"}:
        return "name_full"
    return "name_filled" if fields and not where.told else "name"


def _to_person(
    fact: Fact, where: _Rows, rule: LinkRule, held: Holdings, kept_kinds: set[Kind]
) -> Strength | None:
    """How surely a fact leads to the user: surely where it is theirs, less where it was only told as theirs.

    Where they keep another fact of the kind as their own, one that differs may well be somebody else's.
    """
    if fact in held.own:
        return rule.own
    if fact in held.invented or not any(one.frame is Frame.SELF for one in where.told):
        return None
    if rule.told and fact[0] in kept_kinds:
        return Strength.WEAK if rule.told is not Strength.WEAK else None
    return rule.told


def _mail_domains(given: Iterable[GivenField]) -> Iterator[Link]:
    by_domain: dict[str, list[GivenField]] = defaultdict(list)
    for one in given:
        domain = plain_domain(one.domain)
        if domain and not is_shared_mail_domain(domain):
            by_domain[domain].append(one)
    for _, fields in sorted(by_domain.items()):
        if len({one.digest for one in fields}) > 1:  # one and the same address is a link of its own
            yield from _accounts("mail_domain", fields, kinds=(Kind.EMAIL,))


def _passwords(groups: Iterable[PasswordGroup]) -> Iterator[Link]:
    rule = link_rules()["password"]
    for group in groups:
        between = tuple(sorted(set(group.platforms)))
        if len(between) > 1 and rule.accounts:
            yield Link("password", rule.label, (), rule.accounts, None, rule.reason, between, 1, evidence(()))


def _payments(given: Sequence[GivenField]) -> Iterator[Link]:
    by_word: dict[tuple[str, str, bytes], list[GivenField]] = defaultdict(list)
    named: dict[str, list[GivenField]] = defaultdict(list)
    rules = thresholds()
    for one in given:
        if not one.way:
            continue
        by_word[one.way, _plain(one.label), one.digest].append(one)
        if one.way in rules["payment_named"]["ways"] and one.origin is not Origin.PERSONA:
            named[one.platform].append(one)
    for (way, _, _), fields in sorted(by_word.items()):
        strength = Strength.WEAK if way in rules["payment"]["weakly"] else None
        yield from _accounts("payment", fields, strength=strength)
    for platform, fields in sorted(named.items()):
        yield from _person("payment_named", platform, fields)


def _photos(given: Iterable[GivenField]) -> Iterator[Link]:
    by_label: dict[str, list[GivenField]] = defaultdict(list)
    own: dict[str, list[GivenField]] = defaultdict(list)
    for one in given:
        if one.name != "photo":
            continue
        if one.label.strip():
            by_label[_plain(one.label)].append(one)
        if one.origin is Origin.OWN:
            own[one.platform].append(one)
    for _, fields in sorted(by_label.items()):
        yield from _accounts("photo", fields)
    for platform, fields in sorted(own.items()):
        yield from _person("photo", platform, fields)


def _answers(given: Iterable[GivenField]) -> Iterator[Link]:
    """Answers to security questions that stand at several platforms; those at the same ones are one link."""
    by_answer: dict[bytes, list[GivenField]] = defaultdict(list)
    for one in given:
        if one.name == "security_answer":
            by_answer[one.digest].append(one)
    shared: dict[tuple[str, ...], list[list[GivenField]]] = defaultdict(list)
    for _, fields in sorted(by_answer.items()):
        shared[tuple(sorted({one.platform for one in fields}))].append(fields)
    for groups in shared.values():
        every = [one for fields in groups for one in fields]
        yield from _accounts("security_answer", every, facts=len(groups))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


def _accounts(
    basis: str,
    fields: list[GivenField],
    kinds: tuple[Kind, ...] = (),
    strength: Strength | None = None,
    facts: int = 1,
) -> Iterator[Link]:
    rule = link_rules()[basis]
    between = tuple(sorted({one.platform for one in fields}))
    if len(between) > 1 and rule.accounts:
        yield Link(
            basis,
            rule.label,
            kinds,
            strength or rule.accounts,
            None,
            rule.reason,
            between,
            facts,
            evidence((), fields),
        )


def _person(basis: str, platform: str, fields: list[GivenField]) -> Iterator[Link]:
    rule = link_rules()[basis]
    if rule.own:
        yield Link(
            basis, rule.label, (), rule.own, rule.own, rule.person, (platform, PERSON), len(fields),
            evidence((), fields),
        )  # fmt: skip
