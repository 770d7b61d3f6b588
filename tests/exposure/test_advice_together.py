"""Advice does what it says; and what to leave out together, where no single fact would help any more."""

from __future__ import annotations

from datetime import date

import pytest

from discretion.exposure._advice_together import ENOUGH, MOST_KINDS, leave_out_together
from discretion.exposure._count import Counter
from discretion.exposure.identifiability import StatedFact, estimate
from discretion.records import Kind

TODAY = date(2026, 11, 25)
LYON = (("location", "Lyon, France"), ("occupation", "scientist"), ("ethnicity", "Portuguese"), ("age", "33"))
MARA = (("location", "Spokane, Washington"), ("age", "42"), ("occupation", "nurse"), ("orientation", "bi"),
        ("relationship", "divorced"), ("family", "two kids"), ("appearance", "5'4"))  # fmt: skip


def facts_of(told: tuple[tuple[str, str], ...]) -> list[StatedFact]:
    return [StatedFact(kind, words) for kind, words in told]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (MARA, "seven facts, each harmless"),
        ((*LYON, ("date_of_birth", "14 July"), ("health", "pregnant")), "a rare day among few"),
        ((*MARA, ("location", "Washington")), "both facts on the place go together"),
    ],
)
def test_leaving_it_out_lets_as_many_fit_as_is_said(told: tuple[tuple[str, str], ...], why: str) -> None:
    found = leave_out_together(facts_of(told), Counter(TODAY))
    assert found is not None, why
    assert 1 < len(found.kinds) <= MOST_KINDS, why
    left = tuple(one for one in told if Kind(one[0]) not in found.kinds)
    assert estimate(facts_of(left), today=TODAY).k == found.k_after, why
    assert found.k_after >= ENOUGH, why
    alone = estimate(facts_of(told), today=TODAY).advice
    assert found.k_after > max((one.k_after for one in alone), default=1), why


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ((), "nothing told"),
        ((("age", "34"),), "many fit as it is"),
        ((("location", "Tulsa, Oklahoma"), ("age", "34"), ("health", "type 1 diabetes")), "one is enough"),
        ((("pet", "Rex"),), "nothing that is counted"),
        ((("zog", "x"), ("email", "a@mail.example")), "a kind nobody knows, and one that is not counted"),
    ],
)
def test_nothing_is_said_where_one_kind_is_enough(told: tuple[tuple[str, str], ...], why: str) -> None:
    assert leave_out_together(facts_of(told), Counter(TODAY)) is None, why


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ((("age", "34"), ("location", "Tulsa, Oklahoma"), ("relationship", "divorced")), "places and ages"),
        (
            (("location", "Lyon, France"), ("gender", "female"), ("date_of_birth", "14 July 1991")),
            "a birth date",
        ),
        ((("location", "Ohio"), ("location", "London"), ("age", "34")), "the other place goes with it"),
    ],
)
def test_advice_that_is_taken_leaves_as_many_as_it_said(told: tuple[tuple[str, str], ...], why: str) -> None:
    found = estimate(facts_of(told), today=TODAY)
    assert found.advice, why
    for one in found.advice:
        kept = [fact for fact in told if fact[0] != one.fact]
        if one.say_instead:
            kept.append(("age" if one.say_instead.startswith("in my") else one.fact, one.say_instead))
        after = estimate(facts_of(tuple(kept)), today=TODAY).k
        assert after == pytest.approx(one.k_after, rel=0.02), (why, one)


def test_advice_names_a_field_of_work_as_people_do() -> None:
    found = estimate(facts_of((("location", "Tulsa, Oklahoma"), ("occupation", "plumber"))), today=TODAY)
    assert "work in construction or mining" in [one.say_instead for one in found.advice]


def test_to_leave_out_what_kept_a_narrower_fact_out_is_no_advice() -> None:
    """Without the age, it is a nurse in Boise: fewer than the children there, not all who live there."""
    told = (("age", "7"), ("location", "Boise, Idaho"), ("occupation", "nurse"))
    found = estimate(facts_of(told), today=TODAY)
    assert ("age", None) not in [(one.fact, one.say_instead) for one in found.advice]
