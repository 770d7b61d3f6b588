"""The door of the estimate: what is no list of facts is refused, and never quoted."""

from __future__ import annotations

import json

import pytest

from discretion.exposure.identifiability import FactsNotReadable, estimate, read_facts

MARKER = "zebrawood"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"not json " + MARKER.encode(), "no JSON"),
        (b"\xff\xfe\x00", "no UTF-8"),
        (b'{"kind": "age", "value": "34"}', "an object, no list"),
        (b"34", "a number"),
        (b'["age"]', "a text in the list"),
        (b'[{"kind": "age"}]', "no value"),
        (b'[{"value": "34"}]', "no kind"),
        (b'[{"kind": 3, "value": "34"}]', "a kind that is no text"),
        (b'[{"kind": "", "value": "34"}]', "an empty kind"),
        (b'[{"kind": "age", "value": null}]', "null"),
        (b'[{"kind": "age", "value": true}]', "a truth value is no age"),
        (b'[{"kind": "age", "value": ["34"]}]', "a list of values"),
        (b'[{"kind": "age", "value": 3.4}]', "half a year"),
        (b'[{"kind": "age", "value": NaN}]', "NaN is no JSON"),
        (b'[{"kind": "age", "value": 1' + b"0" * 30 + b"}]", "a number beyond all ages"),
        (b'[{"kind": "age", "value": 1' + b"0" * 5000 + b"}]", "more digits than Python reads"),
        (b"[" * 200_000, "nested past any stack"),
        (b'[{"kind": "' + b"k" * 41 + b'", "value": "34"}]', "a kind longer than any"),
        (json.dumps([{"kind": "age", "value": "34"}] * 1001).encode(), "more facts than anybody has"),
        (b'[{"kind": "age", "value": "' + b"3" * 1_000_000 + b'"}]', "a megabyte"),
    ],
)
def test_what_is_no_list_of_facts_is_refused_without_a_quote(data: bytes, why: str) -> None:
    with pytest.raises(FactsNotReadable) as caught:
        read_facts(data)
    assert MARKER not in str(caught.value), why
    assert caught.value.__cause__ is None
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("", "empty"),
        (" \t\n", "white space"),
        ("\x00", "a null character"),
        ("\ud800", "half a surrogate pair"),
        ("9" * 20_000, "a huge number"),
        ("x, " * 7_000, "a huge place"),
        ("\N{FAMILY}" * 1000, "emoji"),
        ("-34", "negative"),
        ("999", "older than anybody"),
        ("0", "no years"),
        ("Atlantis", "no such place"),
        ("'; DROP TABLE facts; --", "a query"),
        ("../../etc/passwd", "a path"),
        ("{{7*7}}", "a template"),
        ("1e309", "infinite"),
        ("٣٤", "other digits"),
        ("zip:00000", "no such area"),
    ],
)
def test_no_value_of_any_kind_breaks_the_estimate(value: str, why: str) -> None:
    from discretion.records import Kind

    facts = [{"kind": str(kind), "value": value} for kind in Kind] + [{"kind": "nonsense", "value": value}]
    found = estimate(read_facts(json.dumps(facts).encode()))
    assert len(found.facts) == len(facts), why
    assert found.k is None or found.k >= 1
    for fact in found.facts:
        assert (fact.not_checked is None) == (fact.share is not None), why


def test_a_thousand_facts_are_answered() -> None:
    facts = [{"kind": "age", "value": "34"}, {"kind": "location", "value": "Ohio"}] * 500
    found = estimate(read_facts(json.dumps(facts).encode()))
    assert sum(fact.not_checked == "said twice" for fact in found.facts) == 998


def test_a_whole_number_and_further_keys_are_taken() -> None:
    (fact,) = read_facts('\ufeff[{"kind": "age", "value": 34, "note": "x"}]'.encode())
    assert (fact.kind, fact.words) == ("age", "34")
