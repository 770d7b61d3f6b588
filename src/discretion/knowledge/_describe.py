"""Readable labels of normalised values: "34", "Tulsa, Oklahoma", "registered nurse"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from discretion.knowledge._values._markers import folder, marker
from discretion.knowledge._values._place_tables import areas, place
from discretion.knowledge._values._work import titles
from discretion.records import Kind, Value

_FORMER = "former/"
_CONJUNCT = re.compile(r"[a-z/-]+(?=,| and | or |$)")
_JOINING = frozenset({"and", "or", "of"})
_TAIL = re.compile(r", (?:all other|except|including)\b.*$")
_ES = re.compile(r"(?:ss|sh|ch|x)es$")


def describe(kind: Kind | str, value: Value | None) -> str:
    """A label for a value of ``kind``, as a person would put it; the kind's own name where there is none.

    Made from the value alone, never from the words that were said, and the same for the same value. Never
    raises for a value that ``normalise`` or the ledger made.
    """
    if value is None:
        return _kind(str(kind))
    return _DESCRIBERS.get(value.system, _groups)(str(kind), value)


def _kind(kind: str) -> str:
    return kind.replace("_", " ")


def _number(value: Value) -> str:
    """The number or its bounds: ``34``, ``30 to 39``, ``40 or more``, ``at most 17``."""
    low, high = (None if bound is None else _digits(bound) for bound in (value.low, value.high))
    if low is not None and high is not None:
        return low if low == high else f"{low} to {high}"
    return f"{low} or more" if low is not None else f"at most {high}" if high is not None else ""


def _digits(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}".rstrip("0")


def _age(kind: str, value: Value) -> str:
    return _number(value) or _kind(kind)


def _place(kind: str, value: Value) -> str:
    return _place_name(value.code)


def _place_name(one: str) -> str:
    """``Tulsa, Oklahoma`` · ``Oklahoma`` · ``Lyon, France`` · ``ZIP code 74104`` · ``the Midwest``."""
    form, colon, rest = one.partition(":")
    if colon and form == "zip":
        return f"ZIP code {rest}"
    known = place(one)
    if known is None:
        return "a place"
    if one in areas():
        return areas()[one][0]
    wider = _wider(one)
    return f"{known.name}, {wider}" if wider else known.name


def _wider(one: str) -> str:
    """The American state, or the country, that a place below it is named with."""
    here = place(one)
    chain = []
    while here and here.within:
        chain.append(here.within)
        here = place(here.within)
    if not chain or chain == ["US"]:
        return ""
    named = chain[-2] if chain[-1] == "US" and len(chain) > 1 else chain[-1]
    known = place(named)
    return known.name if known else ""


def _named(kind: str, value: Value) -> str:
    """A name that several places bear."""
    return re.sub(r"\b[^\W\d_]+(?:'[^\W\d_]+)?", lambda word: word[0].capitalize(), value.code)


def _text(kind: str, value: Value) -> str:
    return _kind(kind)


def _name_form(kind: str, value: Value) -> str:
    return {"full": "your full name", "single": "one of your names"}.get(value.code, "your name")


def _date(kind: str, value: Value) -> str:
    """``9 May 1990`` · ``May 1990`` · ``1990`` · ``9 May`` · ``May``."""
    year, _, rest = value.code.removeprefix("--").partition("-") if value.code[:2] != "--" else ("", "", "")
    if not year:
        rest = value.code[2:]
    month, _, day = rest.partition("-")
    parts = [str(int(day)) if day else "", f"{date(2000, int(month), 1):%B}" if month else "", year]
    return " ".join(filter(None, parts))


def _groups(kind: str, value: Value) -> str:
    """Codes and number: ``type 1 diabetes`` · ``2 children`` · ``income: $40,000 per year``."""
    said = _shared_title(value) or ", ".join(_code(kind, code) for code in value.codes)
    number = _number(value)
    if not number:
        return said or _kind(kind)
    if value.system == "relationship":
        return f"{said or 'together'} for {number} {'year' if number == '1' else 'years'}"
    if value.system == "family":
        return _people(said, number)
    amount = _amount(number, value.unit)
    return f"{said}: {amount}" if said else amount


def _shared_title(value: Value) -> str:
    """What the titles of several occupations of one group share, of which one is meant: "nurse"."""
    groups = {code.partition("/")[0] for code in value.codes}
    if value.system != "occupation" or len(value.codes) < 2 or len(groups) > 1:
        return ""
    named = [_words(_titles().get(code, "")) for code in value.codes]
    shared = [word for word in named[0] if all(word in one for one in named) and word not in _JOINING]
    return " ".join(shared) or _code("occupation", groups.pop())


def _words(title: str) -> list[str]:
    return [_singular(word) for word in re.findall(r"[\w-]+", title)]


def _people(said: str, number: str) -> str:
    if number == "1":
        return f"one {said}"
    plural = {"child": "children", "grandchild": "grandchildren"}.get(said, f"{said}s")
    return f"no {plural}" if number == "0" else f"{number} {plural}"


def _amount(number: str, unit: str) -> str:
    """A number with its unit; a currency's sign stands before it, a period behind."""
    money, _, period = unit.partition("/")
    per = f" per {period}" if period else ""
    if money in ("$", "¥"):
        return f"{money}{number}{per}"
    return f"{number} {money}".strip() + per


def _code(kind: str, code: str) -> str:
    if code.startswith(_FORMER):
        return f"formerly {_code(kind, code.removeprefix(_FORMER))}"
    if kind == "ethnicity" and code.startswith("place/"):
        return f"from {_place_name(code.removeprefix('place/'))}"
    label = _labels().get((kind, code)) or _titles().get(code)
    if label:
        return label
    last = code.rpartition("/")[2].replace("_", " ")
    return last.title() if kind == "ethnicity" and "/" in code and not code.startswith("status/") else last


@cache
def _labels() -> dict[tuple[str, str], str]:
    lines = folder().joinpath("labels.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {(kind, code): label for kind, code, label in rows}


@cache
def _titles() -> dict[str, str]:
    """The survey's titles of occupations as one person's: "Registered nurses" is "registered nurse"."""
    return {code: _of_one(title) for code, title in titles().items()}


def _of_one(title: str) -> str:
    plain = _TAIL.sub("", title.lower())
    single = _CONJUNCT.sub(lambda found: _singular(found[0]), plain)
    return re.sub(r"(?<=\w)(,?) and ", r"\1 or ", single)


def _singular(word: str) -> str:
    if word in marker("no_plural") or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if _ES.search(word) else word[:-1]


_DESCRIBERS: dict[str, Callable[[str, Value], str]] = {
    "age": _age,
    "date": _date,
    "name_form": _name_form,
    "place": _place,
    "place_name": _named,
    "text": _text,
}
