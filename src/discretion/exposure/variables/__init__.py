"""The variables by which people are counted, and what each kind of fact asks of them."""

from __future__ import annotations

from collections.abc import Callable

from discretion.exposure.variables import (
    body,
    children,
    couples,
    faith,
    health,
    names,
    orientation,
    origins,
    partners,
    persons,
    study,
    work,
)
from discretion.exposure.variables._variable import Ask, Share, Variable
from discretion.records import Kind, Value

__all__ = ["Ask", "Share", "Variable", "asked", "variable"]

_READERS = {
    Kind.AGE: persons.age,
    Kind.APPEARANCE: body.appearance,
    Kind.DATE_OF_BIRTH: persons.birth,
    Kind.EDUCATION: study.education,
    Kind.FINANCES: body.finances,
    Kind.GENDER: persons.sex,
    Kind.HEALTH: health.health,
    Kind.ORIENTATION: orientation.orientation,
    Kind.RELATIONSHIP: couples.relationship,
    Kind.RELIGION: faith.religion,
}
_FIXED: dict[str, Variable] = {
    one.name: one
    for one in (
        *persons.VARIABLES,
        *couples.VARIABLES,
        *partners.VARIABLES,
        children.LONE_PARENT,
        *study.VARIABLES,
        *work.VARIABLES,
        *origins.VARIABLES,
        *faith.VARIABLES,
        *orientation.VARIABLES,
        *health.VARIABLES,
        *body.VARIABLES,
        *names.VARIABLES,
    )
}
_MADE: dict[str, Callable[[str], Variable]] = {
    "children": children.children_variable,
    "gender": persons.gender_variable,
    "health": health.condition_variable,
    "money": body.money_variable,
    "origin": origins.origin_variable,
    "people": origins.people_variable,
    "service": work.service_variable,
}


def asked(kind: Kind, value: Value, words: str) -> tuple[Ask, ...] | str:
    """What a fact asks of which variables, or why no table can count it."""
    if kind is Kind.OCCUPATION:
        return work.occupation(value, words)
    if kind is Kind.ETHNICITY:
        return origins.ethnicity(value, words)
    if kind is Kind.FAMILY:
        return children.family(value, words)
    if kind is Kind.NAME:
        return names.name(value, words)
    reader = _READERS.get(kind)
    return reader(value) if reader else "no table counts this kind of fact"


def variable(name: str) -> Variable:
    """The variable of that name; raises ``KeyError`` for another."""
    found = _FIXED.get(name)
    return found or _MADE[name.partition(" ")[0]](name)
