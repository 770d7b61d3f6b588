"""Published shares: each with its evidence, each where it belongs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from discretion.exposure.identifiability import StatedFact, estimate
from discretion.exposure.variables._published import SPREADS, Row, published, rows
from discretion.knowledge._values._groups import GROUP_FILES
from discretion.knowledge._values._markers import read
from discretion.knowledge._values._place_tables import record
from discretion.knowledge.population import SEXES, Region, world_countries
from discretion.records import Estimate

TODAY = date(2026, 11, 25)
_NUMBER = re.compile(r"\d+(?:[ \u202f]\d{3})+|\d[\d,]*(?:\.\d+)?")
_SCALE = {"million": 1e6, "m": 1e6}
_WORKINGS = frozenset({"2", "100"})
"""Numbers that a figure may hold without the words: halves, two sexes, percent."""


def of(*facts: tuple[str, str]) -> Estimate:
    return estimate([StatedFact(kind, words) for kind, words in facts], today=TODAY)


def _said(quote: str) -> set[float]:
    """Every number in the words, as written and with the "million" behind it."""
    found = set()
    for match in _NUMBER.finditer(quote):
        words = match.group().rstrip(",").replace(" ", "").replace("\u202f", "")
        digits = (
            words.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", words) else words.replace(",", ".")
        )
        try:
            number = float(digits.rstrip("."))
        except ValueError:
            continue
        found.add(number)
        behind = re.match(r"\s?(million|m)\b", quote[match.end() :])
        if behind:
            found.add(round(number * _SCALE[behind.group(1)]))
    return found


def test_the_table_is_as_broad_as_it_says() -> None:
    groups = {(row.kind, row.code) for row in rows()}
    assert len(rows()) > 600
    assert len([code for kind, code in groups if kind == "health"]) >= 40


def test_every_figure_stands_in_its_quote() -> None:
    for row in rows():
        _has_evidence(row)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"figure": "1.9"}, "a figure that the words do not hold"),
        ({"quote": ""}, "no words"),
        ({"address": ""}, "nowhere to look"),
        ({"address": "a colleague"}, "no address"),
        ({"publisher": ""}, "nobody who says so"),
        ({"as_of": "lately"}, "no year"),
        ({"read_on": "soon"}, "no day"),
        ({"of": "2000"}, "of a number that nobody wrote"),
        ({"evidence": "memory"}, "no kind of evidence"),
    ],
)
def test_a_row_without_its_evidence_fails(change: dict[str, str], why: str) -> None:
    row = next(row for row in rows() if row.code == "bowel/ibs")
    _has_evidence(row)
    with pytest.raises((AssertionError, ValueError)):
        _has_evidence(replace(row, **change))  # type: ignore[arg-type]
    assert why


def _has_evidence(row: Row) -> None:
    said = _said(row.quote)
    for number in re.findall(r"\d+(?:\.\d+)?", row.figure):
        assert number in _WORKINGS or float(number) in said, (row.code, number, row.quote)
    assert row.of in ("100", "1000", "100000", "people") or float(row.of) in said, (row.code, row.of)
    assert row.number > 0
    for address in row.address.split(" ; "):
        assert re.fullmatch(r"https?://\S+", address)
    assert row.publisher
    assert re.fullmatch(r"(?:19|20)\d\d", row.as_of)
    assert date.fromisoformat(row.read_on) <= TODAY
    assert row.evidence in SPREADS
    assert row.sex in ("all", *SEXES)
    assert 0 <= row.from_age < (row.to_age or 101) <= 101


def test_every_group_and_region_is_one_of_ours() -> None:
    known = {name: {code for code, _ in read(name)} for name in GROUP_FILES}
    for row in rows():
        country = row.region.partition(".")[0]
        assert country in world_countries(), row.region
        assert row.region == country or record(row.region), row.region
        code = row.code.partition("/")[0] if row.kind == "occupation" else row.code
        assert code in known[row.kind], row.code


def test_every_share_is_one() -> None:
    for kind, code, region in {(row.kind, row.code, row.region) for row in rows()}:
        country, _, part = region.partition(".")
        share = published(kind, code, Region(country, region if part else ""))
        assert share
        cells = np.asarray(share.by_cell)
        assert 0 <= cells.min() <= cells.max() < 0.99, (code, region)
        assert cells.max() > 0, (code, region)
