"""The user's own facts: what their file must be like, and in which shapes they are found."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.guard import Guard
from discretion.guard._detector import OWN_FACT, Hit
from discretion.guard._fact_file import LARGEST_BYTES
from discretion.guard._facts import (
    Fact,
    FactMatcher,
    FactsNotPrivate,
    FactsNotReadable,
    FactsNotValid,
    load_facts,
)
from discretion.guard._view import View
from discretion.records import DiscretionError, Kind


def found(kind: Kind, value: str, text: str, *aliases: str) -> list[str]:
    hits = FactMatcher([Fact(kind, value, aliases)]).find(View(text))
    return [text[hit.start : hit.end] for hit in hits]


FOUND = [
    (Kind.NAME, "Maddie Okafor", "*maddie the sky pirate bows*", "maddie", "given name in a story"),
    (Kind.NAME, "Maddie Okafor", "im Maddie  Okafor ok", "Maddie  Okafor", "full name, wide gap"),
    (Kind.NAME, "Maddie Okafor", "OKAFOR, MADDIE", "OKAFOR, MADDIE", "family name first"),
    (Kind.NAME, "Maddie Okafor", "mail to maddieokafor", "maddieokafor", "glued"),
    (Kind.NAME, "Maddie Okafor", "that's maddie's boat", "maddie", "possessive"),
    (Kind.NAME, "Maddie Okafor", "thats maddies boat", "maddie", "possessive without apostrophe"),
    (Kind.NAME, "Maddie Okafor", "maddieeee come back", "maddieeee", "stretched"),
    (Kind.NAME, "Maddie Okafor", "m.a.d.d.i.e is me", "m.a.d.d.i.e", "spelled out"),
    (Kind.NAME, "Maddie Okafor", "m4ddie is me", "m4ddie", "a digit for a letter"),
    (Kind.NAME, "Maddie Okafor", "mаddiе is me", "mаddiе", "look-alike letters"),
    (Kind.NAME, "Maddie Okafor", "mr okafer called", "okafer", "family name misspelled"),
    (Kind.NAME, "Madeleine Okafor", "maddie here", "maddie", "nickname"),
    (Kind.NAME, "Jess", "they call me jessica", "jessica", "the full form of a nickname"),
    (Kind.NAME, "José Núñez", "its jose nunez", "jose nunez", "without accents"),
    (Kind.NAME, "Jose Nunez", "soy José Núñez", "José Núñez", "with accents"),
    (Kind.NAME, "Grace", "and then Grace laughed", "Grace", "an everyday word with a capital"),
    (Kind.NAME, "Grace", "im grace btw", "grace", "an everyday word where a name stands"),
    (Kind.NAME, "Grace", "night night, grace", "grace", "called by name"),
    (Kind.NAME, "Grace", "Grace bows to the queen", "Grace", "capital before a verb"),
    (Kind.NAME, "Siobhán O'Connor", "siobhan oconnor", "siobhan oconnor", "apostrophe left out"),
    (Kind.NAME, "Tom Hill", "the real tom hill", "tom hill", "everyday words in a full name"),
    (Kind.STREET_ADDRESS, "22 Oakfield Road, Leeds", "oakfield rd 22", "oakfield rd 22", "order, short form"),
    (Kind.STREET_ADDRESS, "22 Oakfield Rd", "at 22 Oakfield Road!", "22 Oakfield Road", "short form in fact"),
    (Kind.STREET_ADDRESS, "22 Oakfield Road", "i live on oakfield road", "oakfield road", "street alone"),
    (
        Kind.STREET_ADDRESS,
        "22 Oakfield Road",
        "twenty two oakfield road",
        "twenty two oakfield road",
        "in words",
    ),
    (Kind.STREET_ADDRESS, "22 Oakfield Road, Leeds LS1 4ZZ", "postcode ls1 4zz", "ls1 4zz", "postal code"),
    (Kind.WORKPLACE, "Mercy General Hospital", "12h at mercy general again", "mercy general", "no tail"),
    (Kind.WORKPLACE, "Brixwell & Sons Ltd", "at Brixwell and Sons", "Brixwell and Sons", "no legal form"),
    (Kind.WORKPLACE, "The Brixwell Group", "brixwel fired me", "brixwel", "misspelled"),
    (Kind.EDUCATION, "Oakhurst College", "back at oakhurst", "oakhurst", "no tail"),
    (Kind.PHONE, "+1 415 555 0142", "call 415-555-0142", "415-555-0142", "without country code"),
    (Kind.PHONE, "415 555 0142", "call +1 (415) 555 0142", "+1 (415) 555 0142", "with country code"),
    (Kind.PHONE, "+44 7700 900142", "07700 900 142 x", "07700 900 142", "trunk zero"),
    (Kind.PHONE, "415 555 0142", "im 34, 555 0142", "555 0142", "a number before it"),
    (
        Kind.PHONE,
        "415 555 0142",
        "its four one five five five five oh one four two",
        "four one five five five five oh one four two",
        "in words",
    ),
    (Kind.EMAIL, "jess.k@mail.example", "Jess.K@MAIL.example", "Jess.K@MAIL.example", "case"),
    (Kind.EMAIL, "jess.k@mail.example", "jess dot k at mail", "jess dot k at mail", "signs as words"),
    (
        Kind.EMAIL,
        "jess_k@mail.example",
        "jess_k(at)mail(dot)example",
        "jess_k(at)mail(dot)example",
        "brackets",
    ),
    (Kind.USERNAME, "@jesskay_99", "add jesskay_99 on there", "jesskay_99", "without the sign"),
    (Kind.DATE_OF_BIRTH, "1994-05-09", "born 9 May 1994", "9 May 1994", "month in words"),
    (Kind.DATE_OF_BIRTH, "1994-05-09", "9/5/94", "9/5/94", "short year"),
    (Kind.DATE_OF_BIRTH, "May 9, 1994", "05.09.1994", "05.09.1994", "numeric"),
    (Kind.DATE_OF_BIRTH, "9 May 1994", "its on may the ninth", "may the ninth", "day in words, no year"),
    (Kind.DATE_OF_BIRTH, "9 May 1994", "the ninth of may", "ninth of may", "of"),
    (
        Kind.DATE_OF_BIRTH,
        "1994-05-09",
        "may ninth nineteen ninety four",
        "may ninth nineteen ninety four",
        "all",
    ),
    (Kind.VEHICLE_PLATE, "AB12 CDE", "my car ab12cde", "ab12cde", "grouping"),
    (Kind.PAYMENT_CARD, "4111 1111 1111 1111", "4111-1111-1111-1111", "4111-1111-1111-1111", "grouping"),
    (Kind.PET, "Biscuit", "my dog biscuit barks", "biscuit", "a pet where a name stands"),
    (Kind.OCCUPATION, "Florist", "the florist waves", "florist", "other kinds are exact"),
    (Kind.PET, "Zorblax", "zorblaxx barks", "zorblaxx", "other kinds misspelled"),
    (Kind.LOCATION, "Lower Wexcombe", "from lower wexcomb", "lower wexcomb", "place misspelled"),
    (Kind.AGE, "34", "im 34 now", "34", "an age"),
    (Kind.AGE, "34", "a 34 year old", "34", "an age with its unit"),
]

NOT_FOUND = [
    (Kind.NAME, "Grace", "grace under fire", "an everyday word"),
    (Kind.NAME, "Grace", "Grace under fire", "an everyday word that begins a sentence"),
    (Kind.NAME, "Will Marsh", "will you come to the marsh", "both names are everyday words"),
    (Kind.NAME, "Maddie", "im madder than ever", "another word"),
    (Kind.NAME, "Maria", "marla smiles", "another name"),
    (Kind.NAME, "Jess", "i guess so, jest a bit", "short names are exact"),
    (Kind.NAME, "Ann", "an apple and anna", "short names are exact"),
    (Kind.NAME, "Tom Hill", "the hill is steep", "half a name, an everyday word"),
    (Kind.STREET_ADDRESS, "22 Oakfield Road", "22 roads lead away", "number alone"),
    (Kind.WORKPLACE, "Mercy General Hospital", "the hospital, general, have mercy", "words apart"),
    (Kind.WORKPLACE, "Star Bank", "a star fell", "one everyday word of two"),
    (Kind.PHONE, "415 555 0142", "call 212 555 0142", "another area code"),
    (Kind.PHONE, "415 555 0142", "415 555 0143", "another number"),
    (Kind.EMAIL, "jess.k@mail.example", "look at mail", "half an address"),
    (Kind.DATE_OF_BIRTH, "1994-05-09", "9/5 odds, may 99", "no date"),
    (Kind.AGE, "34", "34 cats on 34th street", "a count"),
    (Kind.PET, "Biscuit", "tea and a biscuit", "an everyday word, eaten"),
    (Kind.NAME, "Hannah", "hansa rises", "a nickname is not misspelled"),
    (Kind.PHONE, "+1 415 555 0142", "it cost 0.142, 55 of 501", "short groups"),
]


@pytest.mark.parametrize(("kind", "value", "text", "expected", "reason"), FOUND, ids=[r[4] for r in FOUND])
def test_is_found(kind: Kind, value: str, text: str, expected: str, reason: str) -> None:
    assert found(kind, value, text) == [expected], reason


@pytest.mark.parametrize(("kind", "value", "text", "reason"), NOT_FOUND, ids=[r[3] for r in NOT_FOUND])
def test_is_not_found(kind: Kind, value: str, text: str, reason: str) -> None:
    assert found(kind, value, text) == [], reason


def test_an_alias_counts_like_the_value() -> None:
    assert found(Kind.NAME, "Maddie", "its zizou again", "Zizou") == ["zizou"]


def test_every_mention_is_found() -> None:
    text = "call 555 0142, 5550142 or +1 415 555 0142 5550142, maddie and Maddie"
    facts = [Fact(Kind.PHONE, "+1 415 555 0142"), Fact(Kind.NAME, "Maddie")]
    hits = [text[hit.start : hit.end] for hit in FactMatcher(facts).find(View(text))]
    assert hits == ["555 0142", "5550142", "+1 415 555 0142", "5550142", "maddie", "Maddie"]


def test_a_hit_names_no_value_and_grades_its_certainty() -> None:
    matcher = FactMatcher([Fact(Kind.NAME, "Maddie Okafor"), Fact(Kind.PET, "Biscuit")])
    exact, misspelled = matcher.find(View("Maddie Okafor and mr okafer"))
    assert exact.confidence == 1.0
    assert misspelled.confidence < 0.9
    assert exact.detector == misspelled.detector == OWN_FACT
    assert "okafor" not in (exact.reason + misspelled.reason).lower()
    assert "Maddie" not in repr(Fact(Kind.NAME, "Maddie"))


VALUES = st.text(
    alphabet=st.characters(categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0x2FFF), min_size=4, max_size=12
)
AROUND = st.text(alphabet=st.characters(exclude_categories=["Mn", "Me", "Mc"]), max_size=20)
EXACT_KINDS = [kind for kind in Kind if kind not in (Kind.AGE, Kind.NAME, Kind.PET, Kind.LOCATION)]


@given(st.sampled_from(EXACT_KINDS), st.lists(VALUES, min_size=1, max_size=3), AROUND, AROUND)
def test_the_own_value_is_found_in_any_text(kind: Kind, words: list[str], before: str, after: str) -> None:
    value = " ".join(words)
    text = f"{before} {value} {after}"
    start, end = len(before) + 1, len(before) + 1 + len(value)
    hits = list(FactMatcher([Fact(kind, value)]).find(View(text)))
    # Where the text before repeats the value, the hit may begin in it.
    assert any(hit.start < end and start < hit.end for hit in hits)


@given(AROUND, AROUND)
def test_a_full_name_is_found_in_any_text(before: str, after: str) -> None:
    text = f"{before} Maddie Okafor {after}"
    hits = FactMatcher([Fact(Kind.NAME, "Maddie Okafor")]).find(View(text))
    assert any(hit.start <= len(before) + 1 and len(before) + 14 <= hit.end for hit in hits)


@given(
    st.lists(
        st.builds(Fact, st.sampled_from(list(Kind)), st.text(min_size=1, max_size=20), st.just(())),
        max_size=4,
    ),
    st.text(alphabet=st.characters(exclude_categories=()), max_size=60),
)
def test_any_facts_over_any_text(facts: list[Fact], text: str) -> None:
    hits: list[Hit] = list(FactMatcher(facts).find(View(text)))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


def written(path: Path, text: str | bytes, mode: int = 0o600) -> Path:
    file = path / "facts.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    file.chmod(mode)
    return file


def test_facts_are_read_in_order(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '[[fact]]\nkind = "name"\nvalue = " Maddie "\naliases = ["Mads"]\n'
        '[[fact]]\nkind = "pet"\nvalue = "Biscuit"\n',
    )
    assert load_facts(file) == (Fact(Kind.NAME, "Maddie", ("Mads",)), Fact(Kind.PET, "Biscuit"))


BAD = [
    ('[[fact]]\nkind = "shoe"\nvalue = "xyzzy"', FactsNotValid, "unknown kind"),
    ('[[fact]]\nvalue = "xyzzy"', FactsNotValid, "no kind"),
    ('[[fact]]\nkind = "name"', FactsNotValid, "no value"),
    ('[[fact]]\nkind = "name"\nvalue = " -- "', FactsNotValid, "no letter"),
    ('[[fact]]\nkind = "name"\nvalue = 7', FactsNotValid, "a number for a text"),
    ('[[fact]]\nkind = "name"\nvalue = "a"\naliases = "xyzzy"', FactsNotValid, "aliases no list"),
    ('[[fact]]\nkind = "name"\nvalue = "a"\nxyzzy = 1', FactsNotValid, "unknown key"),
    ('fact = "xyzzy"', FactsNotValid, "no table"),
    ('[fact]\nkind = "name"\nvalue = "xyzzy"', FactsNotValid, "single brackets"),
    ('xyzzy = 1\n[[fact]]\nkind = "name"\nvalue = "a"', FactsNotValid, "something else beside"),
    ("", FactsNotValid, "nothing"),
    (f'[[fact]]\nkind = "name"\nvalue = "{"xyzzy" * 100}"', FactsNotValid, "value too long"),
    ('[[fact]]\nkind = "name"\nvalue = "a"\n' * 1001, FactsNotValid, "too many"),
    ("[[fact]\nxyzzy", FactsNotReadable, "not TOML"),
    (b"\xff\xfexyzzy", FactsNotReadable, "not UTF-8"),
    ("#" * (LARGEST_BYTES + 1), FactsNotReadable, "too large"),
    ("a=" + "[" * 20_000, FactsNotReadable, "nested too deep"),
]


@pytest.mark.parametrize(("text", "error", "reason"), BAD, ids=[row[2] for row in BAD])
def test_a_bad_file_is_refused_without_its_values(
    tmp_path: Path, text: str | bytes, error: type[DiscretionError], reason: str
) -> None:
    with pytest.raises(error) as caught:
        load_facts(written(tmp_path, text))
    assert "xyzzy" not in str(caught.value), reason
    assert caught.value.exit_code == 2
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.skipif(os.name != "posix", reason="rights of group and others are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610, 0o660, 0o644])
def test_a_file_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(FactsNotPrivate, match="chmod 600"):
        load_facts(written(tmp_path, '[[fact]]\nkind = "name"\nvalue = "a"', mode))


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_only_a_plain_file_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "absent", "nul\0"):
        with pytest.raises(FactsNotReadable):
            load_facts(path)


@pytest.mark.parametrize("rules_only", [True, False], ids=["rules", "with the model"])
@pytest.mark.parametrize("text", ["call 918-555-0142", "phone: (918) 555-0142", "my number is 918-555-0142"])
def test_an_own_number_is_told_as_ones_own(text: str, rules_only: bool) -> None:
    """The detector for any number is as sure, and must not take its place."""
    guard = Guard(facts=[Fact(Kind.PHONE, "+1 918 555 0142")], rules_only=rules_only)
    (finding,) = (one for one in guard.review(text).findings if one.kind is Kind.PHONE)
    assert finding.detector == OWN_FACT


@pytest.mark.parametrize("rules_only", [True, False], ids=["rules", "with the model"])
def test_an_address_with_the_own_name_in_it_is_told_as_an_address(rules_only: bool) -> None:
    guard = Guard(facts=[Fact(Kind.NAME, "Dan Whitlock")], rules_only=rules_only)
    text = "email me, dan.whitlock@mail.example, it's Dan Whitlock"
    found = {(f.kind, text[f.start : f.end]) for f in guard.review(text).findings}
    assert {(Kind.EMAIL, "dan.whitlock@mail.example"), (Kind.NAME, "Dan Whitlock")} <= found
