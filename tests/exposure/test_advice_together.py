"""What to leave out together: the words for whom no single fact would help any more."""

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
