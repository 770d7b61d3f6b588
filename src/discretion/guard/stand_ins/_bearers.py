"""Who bears a name, and which names may stand in for it: the tables behind the stand-ins of names.

Sources and licences: SOURCES.toml. Thresholds: docs/decisions/0015-stand-ins.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from discretion.guard._fact_forms import nicknames
from discretion.guard.stand_ins._data import table

WOMEN = 85.0
"""Per cent of women from which a name is a woman's; up to 100 less this it is a man's. Our own choice."""
OWN_NAME = 20
"""Thousands of bearers from which a short form is a name of its own."""
LIKELIER = 60.0
"""Per cent of women from which a name is rather a woman's, where nothing around it says. Our own choice."""
FEWEST_ALIKE = 10
"""Names with the same last letters from which these say something. Our own choice."""
OF_ONE_SEX = 0.8
"""The share of one sex's names among them from which they do. Our own choice."""
_ENDING = 2
_WORD = re.compile(r"[a-z']+")
_DATA = files("discretion.guard") / "data"


@dataclass(frozen=True, slots=True)
class Bearers:
    """Who bears a name: per cent women and the median year of birth, ``None`` where it is not known."""

    women: float | None = None
    year: int | None = None

    @property
    def sex(self) -> str:
        """``f``, ``m``, or ``n`` where the name is anybody's or not known."""
        if self.women is None or 100 - WOMEN < self.women < WOMEN:
            return "n"
        return "f" if self.women >= WOMEN else "m"

    @property
    def likelier_sex(self) -> str:
        """The sex of most who bear the name, ``n`` where they are about as many or not known."""
        if self.women is None or 100 - LIKELIER < self.women < LIKELIER:
            return "n"
        return "f" if self.women >= LIKELIER else "m"


class Candidate(NamedTuple):
    """A name that may stand in for another, in small letters; ``shorts`` are its own short forms."""

    name: str
    bearers: Bearers
    shorts: tuple[str, ...] = ()


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_DATA / name).read_text("ascii").splitlines():
        if line[0] != "#":
            yield line.split("\t")


@cache
def _borne() -> dict[str, tuple[int, float, int]]:
    return {
        name: (int(thousands), float(women), int(year))
        for name, thousands, women, year in _rows("given_name_bearers.tsv")
    }


@cache
def _pool() -> dict[str, tuple[Candidate, ...]]:
    pool: dict[str, list[Candidate]] = {"given": [], "pair": [], "family": []}
    for role, name, shorts, women, year in _rows("stand_in_names.tsv"):
        bearers = Bearers() if role == "family" else Bearers(float(women), int(year))
        pool[role].append(Candidate(name, bearers, () if shorts == "-" else tuple(shorts.split())))
    return {role: tuple(rows) for role, rows in pool.items()}


def given_candidates() -> tuple[Candidate, ...]:
    """First names that may stand in for others."""
    return _pool()["given"]


def paired_candidates() -> tuple[Candidate, ...]:
    """First names that have short forms, with these."""
    return _pool()["pair"]


def family_candidates() -> tuple[Candidate, ...]:
    """Family names that may stand in for others."""
    return _pool()["family"]


def bearers_of(name: str) -> Bearers:
    """Who bears the first name ``name`` (folded); a rare short form by those with its full names."""
    own = _borne().get(name)
    full = nicknames()[1].get(name, set()) if own is None or own[0] < OWN_NAME else ()
    rows = [row for row in map(_borne().get, (name, *sorted(full))) if row]
    people = sum(row[0] for row in rows)
    if not people:
        return Bearers()
    women = sum(row[0] * row[1] for row in rows) / people
    year = sum(row[0] * row[2] for row in rows) / people
    return Bearers(women, round(year))


@cache
def _endings() -> dict[str, tuple[int, int, int]]:
    """For the last letters of first names: how many names there are, women's and men's among them."""
    found: dict[str, tuple[int, int, int]] = {}
    for name, (_, women, _) in _borne().items():
        total, f, m = found.get(name[-_ENDING:], (0, 0, 0))
        found[name[-_ENDING:]] = (total + 1, f + (women >= WOMEN), m + (women <= 100 - WOMEN))
    return found


def sex_by_ending(name: str) -> str:
    """The sex of nearly all names that end as the unknown ``name`` does, ``n`` where they are of either."""
    total, f, m = _endings().get(name[-_ENDING:], (0, 0, 0)) if name not in _borne() else (0, 0, 0)
    if total < FEWEST_ALIKE:
        return "n"
    return "f" if f >= total * OF_ONE_SEX else "m" if m >= total * OF_ONE_SEX else "n"


def sex_told(before: str, after: str) -> str:
    """``f`` or ``m`` where the words around a name say so (pronouns, kin), else ``n``; the nearest counts."""
    words = table("stand_in_words")["sex"]
    told = _WORD.findall(before.lower())[::-1]
    for word in (*told[:3], *_WORD.findall(after.lower())[:10], *told[3:10]):
        for sex in ("f", "m"):
            if word in words[sex]:
                return sex
    return "n"


def kin_names(name: str) -> frozenset[str]:
    """Short and full forms of the first name ``name`` (folded), and short forms of the same full name."""
    short, full = nicknames()
    fulls = full.get(name, set())
    return frozenset(short.get(name, set()) | fulls | {nick for one in fulls for nick in short[one]}) - {name}
