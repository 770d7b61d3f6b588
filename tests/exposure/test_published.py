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
from discretion.knowledge._values._place_tables import chain
from discretion.knowledge.population import SEXES, strata_of, world_countries
from discretion.records import Estimate

TODAY = date(2026, 11, 25)
_NUMBER = re.compile(r"\d+(?:[ \u202f]\d{3})+|\d[\d,]*(?:\.\d+)?")
_SCALE = {"million": 1e6, "m": 1e6}
_WORKINGS = frozenset({"2", "100", "1000"})
"""Numbers that a figure may hold without the words: halves, two sexes, percent, thousands."""


def of(*facts: tuple[str, str]) -> Estimate:
    return estimate([StatedFact(kind, words) for kind, words in facts], today=TODAY)


def _said(quote: str) -> set[float]:
    """Every number in the words, as written and with the "million" behind it."""
    found = set()
    for match in _NUMBER.finditer(quote):
        words = match.group().rstrip(",").replace(" ", "").replace("\u202f", "")
        digits = (
            words.replace(",", "")
            if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", words)
            else words.replace(",", ".")
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
    assert len(rows()) > 1_500
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
    known = {name: codes | {code.partition("/")[0] for code in codes} for name, codes in known.items()}
    for row in rows():
        assert chain(row.region)[-1] in world_countries(), row.region
        assert "." in row.region or row.of != "people" or row.region in world_countries(), row.region
        code = row.code.partition("/")[0] if row.kind == "occupation" else row.code
        assert code in known[row.kind], row.code


def test_every_share_is_one() -> None:
    for kind, code, region in {(row.kind, row.code, row.region) for row in rows()}:
        (stratum,) = strata_of(region)
        share = published(kind, code, stratum.region)
        assert share
        cells = np.asarray(share.by_cell)
        assert 0 <= cells.min() <= cells.max() < 0.99, (code, region)
        assert cells.max() > 0, (code, region)


@pytest.mark.parametrize(
    ("facts", "people", "why"),
    [
        ((("health", "sickle cell"), ("location", "USA")), 100_000, "CDC's number"),
        ((("health", "breast cancer"), ("gender", "woman"), ("location", "USA")), 4_055_770, "the survivors"),
        ((("health", "schizophrenia"), ("location", "USA")), 1_400_000, "half of a percent of adults"),
        (
            (("gender", "trans woman"), ("location", "Canada")),
            31_000,
            "half of the transgender of the census",
        ),
        (
            (("gender", "trans woman"), ("gender", "she/her"), ("location", "Canada")),
            31_000,
            "said once more",
        ),
        ((("religion", "mormon"), ("location", "Utah")), 1_800_000, "the state's share, not the nation's"),
        ((("religion", "sikh"), ("location", "Canada")), 771_790, "the census"),
        ((("ethnicity", "hmong"), ("location", "Minnesota")), 85_263, "the survey's number"),
        ((("ethnicity", "coloured"), ("location", "South Africa")), 5_052_349, "the census"),
        ((("ethnicity", "maori"), ("location", "New Zealand")), 887_493, "the census"),
        ((("ethnicity", "maori"),), 887_493, "most live at home"),
        ((("ethnicity", "zulu"), ("location", "South Africa")), 15_124_191, "first language of the census"),
        ((("ethnicity", "puerto rican"), ("location", "Florida")), 1_187_437, "the survey's number"),
        ((("ethnicity", "native american"), ("location", "Saskatchewan")), 187_885, "the census"),
        ((("occupation", "active duty navy"), ("location", "USA")), 340_065, "the branch that is named"),
        ((("occupation", "self employed"), ("location", "UK")), 4_200_000, "in no table of jobs"),
        ((("occupation", "army"), ("location", "UK")), 83_000, "56 of 100"),
        ((("ethnicity", "inuit"), ("location", "Canada")), 70_545, "the census"),
        ((("ethnicity", "black"), ("location", "Brazil")), 20_656_458, "the census"),
        ((("orientation", "bisexual"), ("location", "Australia")), 340_000, "46 of 100 of 740,000"),
    ],
)
def test_what_is_published_is_counted(facts: tuple[tuple[str, str], ...], people: int, why: str) -> None:
    found = of(*facts)
    assert found.k is not None, why
    assert people / 1.25 < found.k < people * 1.25, (why, found.k)
    assert not any(fact.not_checked for fact in found.facts), why


@pytest.mark.parametrize(
    ("fact", "where", "share", "why"),
    [
        (("religion", "sikh"), "Punjab, India", 0.577, "the state's, not the nation's"),
        (("religion", "muslim"), "Kerala, India", 0.247, "the state's, not the nation's"),
        (("ethnicity", "zulu"), "KwaZulu-Natal", 0.80, "the province's, not the nation's"),
        (("ethnicity", "coloured"), "Western Cape", 0.482, "the province's, not the nation's"),
        (("ethnicity", "aboriginal"), "Northern Territory", 0.263, "the territory's, not the nation's"),
        (("religion", "sikh"), "Ohio", 0.00045, "what the states with their own leave of the nation's"),
        (("religion", "umbanda"), "Brazil", 0.01, "the census"),
    ],
)
def test_a_region_has_its_own_share(fact: tuple[str, str], where: str, share: float, why: str) -> None:
    found = of(fact, ("location", where))
    assert found.facts[0].share == pytest.approx(share, rel=0.02), why


@pytest.mark.parametrize(
    ("facts", "more", "why"),
    [
        (
            (("ethnicity", "puerto rican"), ("location", "Florida")),
            ("ethnicity", "hispanic"),
            "all of them are",
        ),
        ((("ethnicity", "chinese"), ("location", "California")), ("ethnicity", "asian"), "all of them are"),
        ((("ethnicity", "hmong"), ("location", "Minnesota")), ("ethnicity", "asian"), "all of them are"),
        (
            (("health", "sickle cell"), ("location", "Georgia, USA")),
            ("ethnicity", "black"),
            "nine in ten are",
        ),
        ((("religion", "jewish"), ("location", "USA")), ("ethnicity", "jewish"), "the faith's people"),
        ((("gender", "trans man"), ("location", "Texas")), ("gender", "he/him"), "said once more"),
        ((("health", "panic disorder"), ("location", "USA")), ("health", "anxiety"), "a part of it"),
        (
            (("health", "HIV"), ("gender", "man"), ("location", "USA")),
            ("orientation", "gay"),
            "most men who have it are",
        ),
    ],
)
def test_a_group_within_another_is_not_multiplied(
    facts: tuple[tuple[str, str], ...], more: tuple[str, str], why: str
) -> None:
    alone, both = of(*facts), of(*facts, more)
    assert alone.k
    assert both.k == pytest.approx(alone.k, rel=0.02), why


def test_conditions_of_the_mind_go_together() -> None:
    where = ("location", "USA")
    whole, anxious, low = of(where).k, of(where, ("health", "anxiety")).k, of(where, ("health", "ocd")).k
    both = of(where, ("health", "anxiety"), ("health", "ocd")).k
    assert whole
    assert anxious
    assert low
    assert both
    assert 1.5 * anxious * low / whole < both < low


@pytest.mark.parametrize(
    ("facts", "says", "why"),
    [
        (
            (("location", "France"), ("gender", "trans woman")),
            "gender",
            "no share there, and none is borrowed",
        ),
        ((("location", "Lagos"), ("ethnicity", "yoruba")), "no table", "most of the city, few of the nation"),
        ((("location", "France"), ("religion", "mormon")), "no table", "a church of another country"),
        ((("ethnicity", "hmong"),), "no table", "most live where no share was read"),
        ((("location", "London"), ("ethnicity", "zulu")), "no table", "at home elsewhere"),
        ((("location", "Ohio"), ("health", "kidney stones")), "no table", "no part of kidney disease"),
    ],
)
def test_what_is_not_published_there_is_named(
    facts: tuple[tuple[str, str], ...], says: str, why: str
) -> None:
    assert says in (of(*facts).facts[-1].not_checked or ""), why


@pytest.mark.parametrize(
    ("fact", "where", "share", "why"),
    [
        (("religion", "sikh"), "Brampton, Ontario", 0.251, "the city's own"),
        (("religion", "sikh"), "Surrey, British Columbia", 154_415 / 568_322, "the city's own"),
        (("ethnicity", "south asian"), "Brampton, Ontario", 0.524, "the city's own, of a people"),
        (("religion", "umbanda"), "Porto Alegre", 0.0635, "the city's own"),
    ],
)
def test_a_city_has_its_own_share_without_the_clustering_of_small_groups(
    fact: tuple[str, str], where: str, share: float, why: str
) -> None:
    found = of(("location", where), fact)
    assert found.facts[-1].share == pytest.approx(share, rel=0.02), why
    assert (found.k_high or 0) < 2.5 * (found.k_low or 1)


def test_a_city_without_its_own_share_has_that_of_its_province() -> None:
    found = of(("location", "Kingston, Ontario"), ("religion", "sikh"))
    assert (found.facts[-1].source or "").endswith("Sikhism_in_Canada")
    assert (found.k_high or 0) > 10 * (found.k_low or 1)


@pytest.mark.parametrize(
    ("facts", "people", "why"),
    [
        ((("finances", "student loans"), ("location", "USA")), 45_000_000, "borrowers of all ages"),
        ((("finances", "student loans"), ("location", "Ohio")), 1_718_100, "the state's own"),
        ((("finances", "i owe $40k in student loans"), ("location", "Ohio")), 1_718_100, "any sum"),
        ((("finances", "on food stamps"), ("location", "USA")), 42_100_000, "the agency's number"),
        ((("finances", "universal credit"), ("location", "United Kingdom")), 6_969_000, "the ministry's"),
        ((("finances", "rent is $900"), ("location", "California")), 14_000_000, "45% of the households"),
        ((("occupation", "veteran"), ("location", "England")), 1_700_000, "the census"),
        ((("occupation", "veteran"), ("location", "Canada")), 461_240, "the census"),
        ((("health", "hiv"), ("location", "South Africa")), 7_700_000, "most of all who live with it"),
        ((("ethnicity", "daca"), ("location", "USA")), 538_000, "active ones, not all who ever were"),
    ],
)
def test_money_service_and_papers_are_counted_as_published(
    facts: tuple[tuple[str, str], ...], people: float, why: str
) -> None:
    assert of(*facts).k == pytest.approx(people, rel=0.12), why


def test_money_is_never_borrowed() -> None:
    for words in ("student loans", "on food stamps", "mortgage"):
        found = of(("location", "Germany"), ("finances", words))
        assert "no table" in (found.facts[-1].not_checked or ""), words


def test_only_conditions_are_borrowed_and_the_source_says_so() -> None:
    found = of(("location", "Germany"), ("health", "crohns"))
    assert "borrowed" in (found.facts[-1].source or "")
    assert (found.k_high or 0) > 4 * (found.k_low or 1)
