"""The exposure report: from rows to the number, the line that steps down, and what is left out."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest

from discretion.exposure._report_steps import MOST_STEPS
from discretion.exposure._told import estimate_told
from discretion.exposure.report import MOST_FACTS, people_words, report
from discretion.records import Disclosure, Frame, Kind, NotChecked, Severity, Source, Value

TODAY = date(2026, 11, 25)
NOTED = datetime(2026, 11, 1, tzinfo=UTC)
FIRST = datetime(2026, 1, 4, tzinfo=UTC)

TULSA = (Kind.LOCATION, Value("place", ("4553433",)))
OKLAHOMA = (Kind.LOCATION, Value("place", ("US.OK",)))
PARIS = (Kind.LOCATION, Value("place", ("2988507",)))
AGE = (Kind.AGE, Value("age", (), 34, 34, "years"))
WOMAN = (Kind.GENDER, Value("gender", ("female",)))
NURSE = (Kind.OCCUPATION, Value("occupation", ("healthcare_practitioners/registered_nurses",)))
DIVORCED = (Kind.RELATIONSHIP, Value("relationship", ("divorced",)))
EMAIL = (Kind.EMAIL, None)
PET = (Kind.PET, None)
NAME = (Kind.NAME, Value("name_form", ("full",)))


def told(
    fact: tuple[Kind, Value | None],
    day: int | None = 0,
    platform: str = "character.ai",
    number: int = 1,
    **changed: object,
) -> Disclosure:
    """A row of the ledger; ``day`` counts from 4 January 2026, ``None`` is a fact without a time."""
    kind, value = fact
    at = FIRST + timedelta(days=day) if day is not None else None
    row = Disclosure(
        platform,
        "",
        kind,
        Frame.SELF,
        Severity.LOW,
        Source.IMPORT,
        False,
        1,
        at,
        at,
        NOTED,
        repr((fact[0], value and (value.codes, value.low))).encode(),
        value,
        True,
        number,
    )
    return replace(row, **changed)  # type: ignore[arg-type]


def test_the_line_steps_down_to_the_estimate() -> None:
    found = report([told(TULSA, 0), told(AGE, 20), told(DIVORCED, 60), told(PET, 61)], today=TODAY)
    (one,) = found.platforms
    assert [step.day for step in one.steps] == [date(2026, 1, 4), date(2026, 1, 24), date(2026, 3, 5)]
    assert [step.new for step in one.steps] == [(Kind.LOCATION,), (Kind.AGE,), (Kind.RELATIONSHIP,)]
    assert [step.facts for step in one.steps] == [1, 2, 3]
    numbers = [step.k for step in one.steps]
    assert numbers == sorted(numbers, reverse=True)
    assert all(step.k_low <= step.k <= step.k_high for step in one.steps)
    last = one.steps[-1]
    assert (last.k, last.k_low, last.k_high) == (one.estimate.k, one.estimate.k_low, one.estimate.k_high)
    assert one.facts_known == 4
    assert one.not_checked == (NotChecked("pet", "the words gave no value that can be counted (1 fact)"),)


def test_each_step_is_the_estimate_of_that_day() -> None:
    rows = [told(TULSA, 0), told(AGE, 20), told(DIVORCED, 60)]
    whole = report(rows, today=TODAY).platforms[0].steps
    for at in range(len(rows)):
        alone = report(rows[: at + 1], today=TODAY).platforms[0].estimate
        assert whole[at].k == alone.k
        assert whole[at].k_high == alone.k_high


@pytest.mark.parametrize(
    ("rows", "platform", "sentence"),
    [
        ([], None, "The ledger holds nothing yet."),
        ([], "x.example", "The ledger holds nothing yet."),
        ([told(AGE)], "x.example", "The ledger holds nothing that x.example was told."),
        ([told(PET, 3)], "character.ai",
         "By 7 January 2026 character.ai knew one fact about you. How many people fit is not known: no fact "
         "could be counted."),
        ([told(TULSA, 3)], None,
         "By 7 January 2026 character.ai knew one fact about you. It fits about 410,000 people on earth."),
        ([told(TULSA, 3), told(AGE, 4)], "character.ai",
         "By 8 January 2026 character.ai knew 2 facts about you. They fit about 12,000 people on earth."),
        ([told(TULSA, 3), told(EMAIL, 4)], "character.ai",
         "By 8 January 2026 character.ai knew 2 facts about you. Email is enough to find you without "
         "anything else. The one other that can be counted fits about 410,000 people on earth."),
        ([told(AGE, 3), told(TULSA, 9, "replika.com")], "character.ai",
         "By 7 January 2026 character.ai knew one fact about you. It fits about 240 million people on earth. "
         "With everything else you told others: about 12,000 people on earth."),
        ([told(TULSA, 3), told(OKLAHOMA, 9, "replika.com")], "character.ai",
         "By 7 January 2026 character.ai knew one fact about you. It fits about 410,000 people on earth. "
         "What you told others leaves no fewer."),
        ([told(TULSA, 3), told(AGE, 9, "replika.com")], None,
         "By 13 January 2026, 2 platforms knew 2 facts about you. Put together, they fit about 12,000 people "
         "on earth."),
        ([told(TULSA, 3, is_value_kept=False, value=None)], None,
         "By 7 January 2026 character.ai knew one fact about you. How many people fit is not known: values "
         "not kept."),
    ],
)  # fmt: skip
def test_the_answer_in_words(rows: list[Disclosure], platform: str | None, sentence: str) -> None:
    assert report(rows, today=TODAY, platform=platform).sentence == sentence


def test_what_a_direct_identifier_does() -> None:
    found = report([told(TULSA, 3), told(EMAIL, 8), told(EMAIL, 5, digest=b"other")], today=TODAY)
    (one,) = found.platforms
    assert (one.estimate.status, one.estimate.k) == ("singled_out", 1)
    assert one.besides.status == "estimated"
    assert one.besides.k is not None
    assert one.besides.k > 400_000
    assert one.direct == ((Kind.EMAIL, date(2026, 1, 9)),)
    assert [step.k for step in one.steps] == [one.besides.k], "the line is of what has to be put together"
    assert [fact.is_direct for fact in one.facts] == [True, True, False]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([told(TULSA, is_value_kept=False, value=None)], NotChecked("estimate", "values not kept")),
        ([told(TULSA, is_value_kept=False, value=None), told(AGE)],
         NotChecked("estimate", "values not kept: 1 of 2 facts")),
        ([told(NAME), told(AGE)], None),
        ([told(TULSA), told(PET), told(PET, digest=b"other")],
         NotChecked("pet", "the words gave no value that can be counted (2 facts)")),
        ([told(AGE), told(DIVORCED, frame=Frame.FICTION)],
         NotChecked("relationship", "told inside a story, and no fact of yours (1 fact)")),
    ],
)  # fmt: skip
def test_what_is_left_out_is_named(rows: list[Disclosure], why: NotChecked | None) -> None:
    lacks = report(rows, today=TODAY).platforms[0].not_checked
    if why is not None:
        assert why in lacks
    else:
        assert [lack.what for lack in lacks] == ["name"]


def test_a_fact_that_another_says_adds_nothing_and_hides_no_advice() -> None:
    found = report([told(TULSA), told(OKLAHOMA), told(AGE)], today=TODAY).platforms[0]
    by_label = {fact.label: fact for fact in found.facts}
    assert by_label["Oklahoma"].bits == 0.0
    assert (by_label["Tulsa, Oklahoma"].bits or 0) > 10
    places = {one.say_instead: one.k_after for one in found.besides.advice if one.fact == "location"}
    assert places["Oklahoma"] < places["the United States"] < places[None]


def test_rows_of_one_fact_are_one() -> None:
    rows = [
        told(TULSA, 5, times=3, number=1),
        told(TULSA, 2, times=2, number=2, source=Source.HAND),
        told(TULSA, None, times=4, number=3, persona="Linnet"),
        told(TULSA, 9, platform="replika.com", number=4),
    ]
    one = next(one for one in report(rows, today=TODAY).platforms if one.platform == "character.ai")
    (fact,) = one.facts
    assert fact.times == 3 + 4, "one message through two sources is told once"
    assert fact.first_at == FIRST + timedelta(days=2)
    assert fact.last_at == FIRST + timedelta(days=5)
    assert (fact.personas, one.personas) == (("Linnet",), ("Linnet",))
    assert fact.sources == (Source.HAND, Source.IMPORT)
    assert fact.numbers == (1, 2, 3)


def test_a_fact_without_a_time_stands_at_the_day_it_was_noted() -> None:
    (one,) = report([told(TULSA, 0), told(AGE, None)], today=TODAY).platforms
    assert [(step.day, step.is_told_day) for step in one.steps] == [
        (date(2026, 1, 4), True),
        (NOTED.date(), False),
    ]


def test_what_is_told_most_often_stands_against_a_slip() -> None:
    (one,) = report([told(PARIS, 0), told(TULSA, 5, times=9), told(AGE, 6)], today=TODAY).platforms
    whys = {fact.label.partition(",")[0]: fact.not_checked for fact in one.facts}
    assert whys["Paris"] == "contradicts an earlier fact"
    assert whys["Tulsa"] is None
    assert one.estimate.population.id == "US"


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_told_equally_often_the_latest_stands(order: int) -> None:
    """Who said Paris and, months later, Tulsa has moved; in whatever order it was brought in."""
    rows = [told(PARIS, 0, number=1), told(AGE, 6, number=2), told(TULSA, 90, number=3)]
    numbered = [replace(row, number=at) for at, row in enumerate(rows[::order], start=1)]
    (one,) = report(numbered, today=TODAY).platforms
    assert one.estimate.population.id == "US"
    assert estimate_told(numbered, TODAY)[0].k == one.estimate.k
    assert one.steps[-1].k == one.estimate.k


def many(rows: int, platforms: int) -> list[Disclosure]:
    """A ledger of nearly all different facts, drawn the same each time."""
    draw = random.Random(4)
    kinds = [AGE, WOMAN, DIVORCED, TULSA, OKLAHOMA, PARIS, PET, EMAIL, NAME, (Kind.ROUTINE, None)]
    found = []
    for at in range(rows):
        kind, value = draw.choice(kinds)
        if kind is Kind.AGE:
            years = draw.randrange(18, 90)
            value = Value("age", (), years, years, "years")
        found.append(
            told(
                (kind, value),
                draw.randrange(900),
                f"p{draw.randrange(platforms)}.example",
                at,
                digest=draw.randbytes(16),
                times=draw.randrange(1, 40),
            )
        )
    return found


def test_a_large_ledger_is_quick_and_bounded() -> None:
    rows = many(20_000, 30)
    report(rows[:10], today=TODAY)
    began = process_time()
    found = report(rows, today=TODAY)
    assert process_time() - began < 2.0, "0.4 s where nothing else runs"
    assert len(found.platforms) == 30
    assert 1 <= sum(not one.is_brief for one in found.platforms) <= 8
    for one in (*found.platforms, found.together):
        assert one is not None
        assert len(one.steps) <= MOST_STEPS
        assert len(one.facts) + one.facts_left_out == one.facts_known
        assert len(one.facts) <= MOST_FACTS


def test_it_does_not_depend_on_the_order_of_rows() -> None:
    rows = many(300, 3)
    turned = random.Random(7).sample(rows, len(rows))
    one, other = report(rows, today=TODAY), report(turned, today=TODAY)
    assert one.sentence == other.sentence
    assert one.together is not None
    assert other.together is not None
    assert one.together.steps == other.together.steps
    assert one.together.estimate.k == other.together.estimate.k


def test_nothing_that_is_printed_holds_a_value() -> None:
    shown = repr(report([told(TULSA), told(AGE), told(NURSE)], today=TODAY))
    assert "Tulsa" not in shown
    assert "nurse" not in shown
    assert "4553433" not in shown


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1"), (19, "19"), (137, "140"), (664, "660"), (9_960, "10,000"), (412_900, "410,000"),
     (999_999, "1 million"), (4_240_000, "4.2 million"), (118_000_000, "120 million"),
     (8_140_000_000, "8.1 billion")],
)  # fmt: skip
def test_numbers_of_people_in_words(count: int, words: str) -> None:
    assert people_words(count) == words
