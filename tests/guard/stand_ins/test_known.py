"""Known values in any text: bounds, cases, scripts and everyday words."""

from __future__ import annotations

import pytest
from tests.guard.stand_ins.told import SECRET, marked, sent

from discretion.guard.stand_ins import StandIns, applied
from discretion.guard.stand_ins._known import KnownValues, compiled
from discretion.guard.stand_ins._spelling import folded, key
from discretion.records import Kind

FOUND = [
    # Kind, value, text, the runs that carry it, why.
    (Kind.NAME, "Jess", "jess, JESS and Jess", ["jess", "JESS", "Jess"], "any case"),
    (Kind.NAME, "Jess", "jessica, dejess, jess1", [], "inside of longer words"),
    (Kind.NAME, "Jess", "_jess_ *jess* (jess)", ["jess", "jess", "jess"], "marks around it"),
    (Kind.NAME, "Jess", "ex-jess's", ["jess"], "a hyphen before, an owner after"),
    (Kind.NAME, "Jess", "jesssss!", ["jesssss"], "drawn out"),
    (Kind.NAME, "Le", "lee and le", ["le"], "another name is not it drawn out"),
    (Kind.NAME, "Qo", "qo and Qo", ["Qo"], "two letters that are no familiar name need a cue"),
    (Kind.NAME, "Jess", "jesss\u200bs", ["jesss\u200bs"], "drawn out around what cannot be seen"),
    (Kind.NAME, "Jess", "j\u0435ss", ["j\u0435ss"], "a letter that only looks so"),
    (Kind.NAME, "Jess", "🙂❤️ jess ❤️", ["jess"], "among emoji"),
    (Kind.NAME, "José", "JOSE jose\u0301", ["JOSE", "jose\u0301"], "accents"),
    (Kind.NAME, "Anne-Marie", "anne marie, anne-marie, annemarie", ["anne marie", "anne-marie"], "the gap"),
    (Kind.NAME, "O'Neill", "o’neill oneill", ["o’neill", "oneill"], "apostrophes"),
    (Kind.NAME, "Danvers", "the danverses", ["danvers"], "a family"),
    (Kind.NAME, "Grace", "grace under fire", [], "an everyday word"),
    (Kind.NAME, "Grace", "aunt grace", [], "kin alone is no cue of ours"),
    (Kind.NAME, "Grace", "with Grace", ["Grace"], "a capital inside the sentence"),
    (Kind.NAME, "Grace", "WITH GRACE", [], "shouting shows nothing"),
    (Kind.LOCATION, "Reading", "i like reading in Reading", ["Reading"], "a town that is a word"),
    (Kind.LOCATION, "Cedar Falls", "cedar  falls\nCedar Falls", ["cedar  falls", "Cedar Falls"], "gaps"),
    (Kind.EMAIL, "jess.k@mail.example", "to JESS.K@mail.example.", ["JESS.K@mail.example"], "an address"),
    (Kind.EMAIL, "jess.k@mail.example", "xjess.k@mail.example", [], "a longer address"),
    (
        Kind.USERNAME,
        "blaze",
        "blaze of glory, @blaze, x.example/blaze",
        ["blaze", "blaze"],
        "a word as handle",
    ),
    (Kind.IP_ADDRESS, "203.0.113.7", "203.0.113.7 203.0.113.77", ["203.0.113.7"], "a longer number"),
]


@pytest.mark.parametrize(("kind", "value", "text", "runs", "reason"), FOUND)
def test_where_a_known_value_stands(kind: Kind, value: str, text: str, runs: list[str], reason: str) -> None:
    known = KnownValues()
    known.add(compiled(key(kind, value), kind, value, 0))
    assert [text[place.start : place.end] for place in known.find(text)] == runs, reason


def test_the_longest_value_counts() -> None:
    known = KnownValues()
    for value in ("Mercy", "Mercy General", "General"):
        known.add(compiled(key(Kind.WORKPLACE, value), Kind.WORKPLACE, value, 0))
    text = "at Mercy General today"
    assert [text[place.start : place.end] for place in known.find(text)] == ["Mercy General"]


FOLDED = [
    ("plain TEXT", "plain text", "capitals"),
    ("“José” – ok…", ".jose. . ok.", "quotes, accents and dashes, one for one"),
    ("ⓙⓔⓢⓢ Ｊ", "jess j", "styles and width"),
    ("x❤️x", "x..x", "a symbol and what cannot be seen after it"),
]


@pytest.mark.parametrize(("text", "plain", "reason"), FOLDED)
def test_folding_for_a_search(text: str, plain: str, reason: str) -> None:
    assert folded(text).text == plain, reason
    assert len(folded(text).text) == len(text)


def test_a_longer_value_that_is_not_replaced_hides_no_shorter_one() -> None:
    """A client's ``user`` held name and number; then a finding took a part of the same words."""
    stand_ins = StandIns(secret=SECRET)
    sent(stand_ins, "im [jess kowalski]")
    sent(stand_ins, "[username:to Jess Kowalski, 918-555-0142]")
    text, findings = marked("write to Jess Kowalski, [phone:918-555-0142]")
    left = applied(text, stand_ins.replace(text, findings))
    assert "jess" not in left.lower()
    assert "kowalski" not in left.lower()
    allowed = applied(
        "to Jess Kowalski, 918-555-0142",
        stand_ins.replace("to Jess Kowalski, 918-555-0142", (), kinds={Kind.USERNAME: "allow"}),
    )
    assert "kowalski" not in allowed.lower()
