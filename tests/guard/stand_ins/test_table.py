"""The table as a whole: what is replaced, one for one, once, and nothing twice."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guard.stand_ins.told import SECRET, finding, marked, sent, wanted

from discretion.guard import Fact
from discretion.guard.restore import RestoreTable
from discretion.guard.stand_ins import Replacement, StandIns, applied
from discretion.records import Kind

SETTINGS = [
    # The sentence, the settings, whether something is replaced, why.
    ("im [jess]", {}, True, "a name is by default"),
    ("im [jess]", {Kind.NAME: "allow"}, False, "unless the user lets it pass"),
    ("i work at [workplace:the bakery]", {}, False, "a workplace that is no proper name"),
    ("i am a [occupation:nurse]", {}, False, "other disclosures pass"),
    ("i am a [occupation:nurse]", {Kind.OCCUPATION: "substitute"}, False, "and have no stand-in to be had"),
    ("im [age:34]", {}, False, "an age is kept by default"),
    ("pin is [secret:4821]", {Kind.SECRET: "allow"}, True, "a secret never leaves, whatever the setting"),
    ("ssn [government_id:078-05-1120]", {Kind.GOVERNMENT_ID: "allow"}, True, "nor a number of papers"),
    ("card [payment_card:4111 1111 1111 1111]", {Kind.PAYMENT_CARD: "allow"}, True, "nor a card"),
    ("iban [bank_account:GB82WEST12345698765432]", {Kind.BANK_ACCOUNT: "allow"}, True, "nor an account"),
    ("im [jess]", {Kind.NAME: "ask"}, True, "asking is the gatekeeper's; what passes is replaced"),
]


@pytest.mark.parametrize(("sentence", "settings", "is_replaced", "reason"), SETTINGS)
def test_what_is_replaced(
    sentence: str, settings: Mapping[Kind, str], is_replaced: bool, reason: str
) -> None:
    text, findings = marked(sentence)
    stand_ins = StandIns(secret=SECRET)
    assert bool(stand_ins.replace(text, findings, kinds=settings)) == is_replaced, reason


AGES = [
    ("im [age:34]", True, "an adult"),
    ("im [age:16]", False, "a minor's age is never changed"),
    ("im [age:19]", False, "nor that of who may not say 21"),
    ("34 dollars", False, "a number that is no age"),
]


@pytest.mark.parametrize(("sentence", "is_replaced", "reason"), AGES)
def test_ages_are_replaced_where_the_user_wants_it(sentence: str, is_replaced: bool, reason: str) -> None:
    stand_ins = StandIns(secret=SECRET, replaces_ages=True, today=lambda: date(2026, 11, 25))
    assert (sent(stand_ins, sentence) != marked(sentence)[0]) == is_replaced, reason


def test_an_age_in_two_notations_stays_one() -> None:
    stand_ins = StandIns(secret=SECRET, replaces_ages=True, today=lambda: date(2026, 11, 25))
    left = [sent(stand_ins, f"[age:{one}]") for one in ("34", "thirty-four", "34yo")]
    assert left[2] == f"{left[0]}yo"
    assert sent(stand_ins, "[age:34]") == left[0]
    assert left[1].startswith("thirty-")


def test_a_place_in_a_place_keeps_the_map() -> None:
    stand_ins = StandIns(secret=SECRET)
    town = sent(stand_ins, "[location:Pawnee]")
    assert sent(stand_ins, "[location:North Pawnee]") == f"North {town}", "the same pair: one value"
    assert sent(stand_ins, "[location:Pawnee, OK]").startswith(f"{town}, ")
    first, second = stand_ins.pairs
    assert first.group == second.group
    assert set(stand_ins.take_in(f"a road to {town}")) == {
        pair for pair in stand_ins.pairs if not pair.is_active
    }
    assert not any(pair.is_active for pair in stand_ins.pairs)


NAMES_IN_PHRASES = [
    # The sentence, what leaves, why.
    ("on [location:the north side of Tulsa]", "on the north side of {Tulsa}", "small words stay"),
    ("from [location:Tulsa, Oklahoma]", "from {Tulsa}, {Oklahoma}", "two values, each restores by itself"),
    ("[location:Gary, IN]: IN here, OR not", "{Gary}, AZ: IN here, OR not", "IN alone is a word"),
    ("in [location:tulsa ok], ok?", "in {tulsa} nm, ok?", "a code without its comma"),
    ("from [location:New York, NY]", "from {New York}, CT", "a town that is called as its state"),
    ("class of [education:CE]2 again", "class of {CE2} again", "a finding that ends inside a word"),
    ("in [location:leeds, uk]", "in {leeds}, uk", "a country is nobody's"),
    ("in [location:Canada]", "in Canada", "nor alone"),
    ("in [education:11th grade]", "in 11th grade", "no school is named"),
    ("in [education:second year nursing]", "in second year nursing", "nor here"),
    ("at [workplace:tulsa fire dept]", "at {tulsa} fire dept", "whose department it is"),
    ("[education:HND from Accra Polytechnic]", "HND from {Accra} Polytechnic", "the degree stays"),
]


@pytest.mark.parametrize(("sentence", "pattern", "reason"), NAMES_IN_PHRASES)
def test_only_the_names_in_a_phrase_change(sentence: str, pattern: str, reason: str) -> None:
    stand_ins = StandIns(secret=SECRET)
    left = sent(stand_ins, sentence)
    assert left == wanted(pattern, stand_ins.pairs), reason
    assert RestoreTable(stand_ins.pairs).restore(left) == marked(sentence)[0], reason


def test_a_value_has_one_stand_in_whatever_it_is() -> None:
    stand_ins = StandIns(secret=SECRET)
    assert sent(stand_ins, "[pet:Bella] and [Bella]").split(" and ")[0] == sent(stand_ins, "Bella")
    assert len(stand_ins.pairs) == 1


def test_a_setting_also_holds_for_what_is_known() -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "im [jess]")
    assert not stand_ins.replace("jess again", (), kinds={Kind.NAME: "allow"})


def test_replacements_are_apart_and_in_order() -> None:
    text, findings = marked("[jess] and [mike] and [jess]")
    replaced = StandIns(secret=SECRET).replace(text, (findings[2], *findings))
    assert [one.start for one in replaced] == [0, 9, 18]
    assert all(one.end <= other.start for one, other in itertools.pairwise(replaced))


def test_what_was_small_at_first_comes_back_with_its_capitals() -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "[date_of_birth:9 february 1986]")
    left = sent(stand_ins, "[date_of_birth:9 February 1986]")
    assert left == left.title()
    assert RestoreTable(stand_ins.pairs).restore(left) == "9 February 1986"


def test_what_was_put_in_is_not_replaced_again() -> None:
    stand_ins = StandIns(secret=SECRET)
    text = "[Jess] [Mike] [Sarah] [Owen] [Priya]"
    assert sent(stand_ins, text) == wanted("{Jess} {Mike} {Sarah} {Owen} {Priya}", stand_ins.pairs)


OUT_OF_ORDER = [
    ((Replacement(0, 2, Kind.NAME, "x", None), Replacement(1, 3, Kind.NAME, "y", None)), "they overlap"),
    ((Replacement(2, 9, Kind.NAME, "x", None),), "one ends outside"),
    ((Replacement(2, 1, Kind.NAME, "x", None),), "one ends before it begins"),
]


@pytest.mark.parametrize(("replacements", "reason"), OUT_OF_ORDER)
def test_replacements_that_do_not_fit_are_refused(replacements: tuple[Replacement, ...], reason: str) -> None:
    with pytest.raises(ValueError, match="overlap or lie outside"):
        applied("abcd", replacements)


def test_the_draw_is_the_same_without_a_vault() -> None:
    names = "[Jess Kowalski], [Mike] and [Priya Raman]"
    one, other, third = (
        StandIns("rp", secret=SECRET),
        StandIns("RP", secret=SECRET),
        StandIns("b", secret=SECRET),
    )
    assert sent(one, names) == sent(other, names), "the same persona, in any case"
    assert sent(one, names) != sent(third, names), "another persona"
    assert sent(StandIns("rp", secret=bytes(32)), names) != sent(one, names), "another secret"


def test_pairs_that_were_kept_go_on() -> None:
    first = StandIns("rp", secret=SECRET)
    before = sent(first, "[Jess Kowalski] and [Mike]")
    again = StandIns("rp", first.pairs, secret=bytes(32))
    assert applied("Jess Kowalski and Mike", again.replace("Jess Kowalski and Mike", ())) == before
    assert again.version == 0
    assert again.take_changed() == ()


def test_versions_say_what_became_known() -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "im [jess]")
    at_jess = stand_ins.version
    assert at_jess > 0
    assert not stand_ins.known_in("jess and mike", since=at_jess)
    sent(stand_ins, "ex [mike]")
    assert stand_ins.version > at_jess
    assert stand_ins.known_in("jess and MIKE", since=at_jess)
    assert not stand_ins.known_in("jess alone", since=at_jess)
    assert not stand_ins.known_in("micheal, mikey, mik", since=at_jess)
    assert stand_ins.known_in("jess alone")
    assert not stand_ins.known_in("jess and mike", since=stand_ins.version)


def test_changes_are_told_once() -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "im [jess]")
    (made,) = stand_ins.take_changed()
    assert made.real == "Jess"
    assert stand_ins.take_changed() == ()
    sent(stand_ins, "jess again")
    assert stand_ins.take_changed() == (), "nothing new"


def test_own_facts_are_replaced_whoever_says_them() -> None:
    facts = (Fact(Kind.NAME, "Jess Kowalski", ("Jessie",)), Fact(Kind.OCCUPATION, "nurse"))
    stand_ins = StandIns(secret=SECRET, facts=facts)
    left = applied("Jess, nurse. kowalski!", stand_ins.replace("Jess, nurse. kowalski!", ()))
    assert left == wanted("{Jess}, nurse. {kowalski}!", stand_ins.pairs)


def test_no_stand_in_is_one_of_the_own_facts() -> None:
    drawn = StandIns(secret=SECRET)
    sent(drawn, "[Mike]")
    taken = drawn.pairs[0].stand_in
    with_fact = StandIns(secret=SECRET, facts=(Fact(Kind.NAME, f"{taken} Harlan"),))
    sent(with_fact, "[Mike]")
    assert with_fact.pairs[0].stand_in != taken


def test_nothing_shows_a_value() -> None:
    stand_ins = StandIns(secret=SECRET, facts=(Fact(Kind.NAME, "Zorvik"),))
    text, findings = marked("im [Quillon]")
    replaced = stand_ins.replace(text, findings)
    told = f"{stand_ins!r} {replaced!r} {stand_ins.pairs!r} {vars(stand_ins)!r}"
    assert "Quillon" not in told
    assert stand_ins.pairs[0].stand_in not in told


HOSTILE = [
    "",
    "\x00",
    "\ud800",
    "a" * 100_000,
    "jess" * 5_000,
    "jess " * 3_000,
    "j\u200bess J\u0301ess",
    "İSTANBUL jess ß",
    "(((((((((((",
    "👩‍👩‍👧 jess",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{len(text)} characters")
def test_hostile_texts_do_no_harm(text: str) -> None:
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "im [jess]")
    replaced = stand_ins.replace(text, ())
    ends = [0, *(end for one in replaced for end in (one.start, one.end)), len(text)]
    assert ends == sorted(ends), "in order, apart and inside of the text"
    kept = "".join(text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True))
    assert len(applied(text, replaced)) == len(kept) + sum(len(one.text) for one in replaced)
    assert stand_ins.known_in(text) or not replaced
    stand_ins.take_in(text)
    assert [pair.real for pair in stand_ins.pairs if pair.is_active] == ["Jess"]


def test_findings_outside_of_the_text_do_no_harm() -> None:
    stand_ins = StandIns(secret=SECRET)
    for kind in (Kind.NAME, Kind.EMAIL, Kind.SECRET):
        replaced = stand_ins.replace(
            "hey", (finding(kind, 2, 2), finding(kind, 1, 50), finding(kind, 40, 50))
        )
        assert applied("hey", replaced) == "hey"


names = st.sampled_from(["Jess", "Mike", "Danvers", "Priya", "Kowalski", "Zorvik", "O'Neill", "McKenna"])
glue = st.sampled_from([" ", ", ", " and ", "'s dog ", ". ", "\n", " *waves* ", "!? ", " (", ") "])
cases = st.sampled_from([str, str.lower, str.upper])


@given(st.lists(st.tuples(names, cases, glue), min_size=1, max_size=12))
def test_what_leaves_comes_back(pieces: list[tuple[str, object, str]]) -> None:
    stand_ins = StandIns(secret=SECRET)
    for name in ("Jess", "Mike Danvers", "Priya Kowalski", "Zorvik", "Shaun O'Neill", "McKenna", "Owen"):
        sent(stand_ins, f"so [{name}] came")
    text = "".join(case(name) + between for name, case, between in pieces)  # type: ignore[operator]
    replaced = stand_ins.replace(text, ())
    left = applied(text, replaced)
    assert not {one.pair.real.lower() for one in replaced if one.pair} & set(left.lower().split())
    table = RestoreTable(stand_ins.pairs)
    assert table.restore(left) == text
