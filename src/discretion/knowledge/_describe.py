"""Readable labels of normalised values: "34", "Tulsa, Oklahoma", "registered nurse"."""

from __future__ import annotations

from discretion.knowledge._values._place_tables import place
from discretion.records import Kind, Value

_UNIT_AFTER = frozenset({"cm", "kg"})


def describe(kind: Kind | str, value: Value | None) -> str:
    """A label for a value of ``kind``, as a person would put it; the kind's own name where there is none.

    Made from the value alone, never from the words that were said. Never raises.
    """
    if value is None:
        return str(kind).replace("_", " ")
    return _DESCRIBERS.get(value.system, _groups)(str(kind), value)


def _number(value: Value) -> str:
    low, high = (f"{bound:g}" if bound is not None else "" for bound in (value.low, value.high))
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"{low} or more" if low else f"at most {high}" if high else ""


def _age(kind: str, value: Value) -> str:
    return _number(value) or "age"


def _place_name(one: str) -> str:
    if one.startswith("zip:"):
        return f"ZIP code {one.removeprefix('zip:')}"
    known = place(one)
    if known is None:
        return "a place"
    wider = place(known.within) if known.within and "." in known.within else None
    return f"{known.name}, {wider.name}" if wider else known.name


def _place(kind: str, value: Value) -> str:
    return _place_name(value.code)


def _text(kind: str, value: Value) -> str:
    return kind.replace("_", " ")


def _date(kind: str, value: Value) -> str:
    return value.code


def _groups(kind: str, value: Value) -> str:
    said = ", ".join(_code(code) for code in value.codes)
    number = _number(value)
    if not number:
        return said or kind.replace("_", " ")
    amount = f"{number} {value.unit}".strip() if value.unit != "people" else number
    return f"{said}, {amount}" if said else amount


def _code(code: str) -> str:
    if code.startswith("place/"):
        return f"from {_place_name(code.removeprefix('place/'))}"
    return code.rpartition("/")[2].replace("_", " ")


def _named(kind: str, value: Value) -> str:
    return value.code.title()


_DESCRIBERS = {"age": _age, "place": _place, "place_name": _named, "text": _text, "date": _date}
