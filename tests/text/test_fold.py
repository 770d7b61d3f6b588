"""Folding keeps what people see and maps every offset back to the text as given."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discretion.text import Folded, fold, respell, unaccented, unleet

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
TRICKY = st.text(
    alphabet=st.sampled_from(
        "aeiоΑрсжßﬁİſ…½é\u0301\u0300\u0345\u200b\u00ad\ufe0f\u20e3ー\uff9e\U0001f170Ⅷ '-1٣\ud800\n"
    ),
    max_size=24,
)

FOLDINGS = [
    ("Jess Garcia", "jess garcia", "plain case"),
    ("José", "josé", "accents stay: they are part of the name"),
    ("JOSE\u0301", "josé", "a mark is composed with its letter"),
    ("Straße", "strasse", "case folding may lengthen"),
    ("İstanbul", "istanbul", "the Turkish capital leaves no loose dot"),
    ("ﬁne ﬂat", "fine flat", "ligatures"),
    ("ＪＥＳＳ　５５５", "jess 555", "full width, with its space"),
    ("𝓙𝓮𝓼𝓼 𝕜 🅰🅑", "jess k ab", "styled letters"),
    ("ᴊᴇꜱꜱ", "jess", "small capitals"),
    ("j\u200be\u200ds\ufeffs", "jess", "zero-width characters"),
    ("\u202ejess\u202c", "jess", "direction marks"),
    ("je\u00adss", "jess", "soft hyphen"),
    ("j\u0337e\u0338s\u0336s\u0322", "jess", "marks that no letter of the alphabet carries"),
    ("1\ufe0f\u20e36\ufe0f\u20e3", "16", "keycaps"),
    ("it’s “so” ‘it’ `x`", "it's \"so\" 'it' `x`", "curly quotes"),
    ("mon–fri — ok − 5", "mon-fri - ok - 5", "dashes"),
    ("a\u00a0b\u2009c\u3000d", "a b c d", "exotic spaces"),
    ("٣٤ ३४ ③", "34 34 3", "digits of other scripts"),
    ("раypal jеss", "paypal jess", "Cyrillic letters beside Latin ones"),
    ("im а nurse", "im a nurse", "a whole token of look-alikes in a Latin text"),
    ("ΜΑΧ lives here", "max lives here", "Greek capitals in a Latin text"),
    ("привет, как дела? ok", "привет, как дела? ok", "real Russian stays, with a Latin word beside it"),
    ("оса ест сор", "оса ест сор", "a Russian text of look-alikes has no Latin in it"),
    ("ok, мама дома", "ok, мама дома", "look-alike by sight only beside Latin letters"),
    ("γεια σου, τι κάνεις", "γεια σου, τι κάνεισ", "real Greek stays"),
    ("नमस्ते", "नमस्ते", "vowel signs are letters of their word"),
    ("ガ ｶﾞ", "ガ ガ", "half-width voiced kana"),
    ("ㅋㅋㅋ", "ㅋㅋㅋ", "Hangul letters typed alone"),
    ("a ´ ¨", "a ' ¨", "spacing accents put no space into the text"),
    ("\ud800x", "\ud800x", "a lone surrogate passes"),
    ("🇩🇪 👩‍👧", "🇩🇪 👩👧", "flags stay, joiners go"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), FOLDINGS, ids=[row[2] for row in FOLDINGS])
def test_folds(text: str, expected: str, reason: str) -> None:
    assert fold(text).text == expected, reason


def test_a_folded_run_maps_to_the_text_as_given() -> None:
    text = "im Je\u0301s\u200bs, Straße 5"
    folded = fold(text)
    at = folded.text.index("jéss")
    assert folded.given(at, at + 4).of(text) == "Je\u0301s\u200bs"
    at = folded.text.index("strasse")
    assert folded.given(at, at + 7).of(text) == "Straße"


def test_an_ascii_message_needs_no_offsets() -> None:
    assert fold("Im Jess, 34").starts is None
    assert fold("it’s José").starts is None, "one character for one character"
    folded = fold("no one told one of us")
    assert respell(folded) is folded


def check_offsets(text: str, folded: Folded) -> None:
    if folded.starts is None or folded.ends is None:
        assert len(folded.text) <= len(text) or not folded.text
        return
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)


@given(st.one_of(ANY_TEXT, TRICKY))
@example("\u0301\u0301")
@example("α\u0345")
def test_offsets_lie_in_range_and_never_go_back(text: str) -> None:
    folded = fold(text)
    check_offsets(text, folded)
    check_offsets(text, respell(folded))
    assert respell(folded).given(0, 0).start >= 0


@given(st.one_of(ANY_TEXT, TRICKY))
def test_nothing_visible_is_lost_between_two_runs(text: str) -> None:
    folded = fold(text)
    if folded.starts is None or folded.ends is None:
        return
    edges = zip([0, *folded.ends], [*folded.starts, len(text)], strict=True)
    for end, start in edges:
        assert len(fold("x" + text[end:start]).text) == 1


@given(st.one_of(ANY_TEXT, TRICKY))
def test_folding_its_own_text_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.one_of(ANY_TEXT, TRICKY), st.one_of(ANY_TEXT, TRICKY))
def test_lines_fold_apart_but_for_the_script_of_the_whole(left: str, right: str) -> None:
    """Joined by a line end, two texts fold as by themselves unless one lends its script to the other."""
    import re

    foreign = re.compile("[\u0370-\u1fff\u2c80-\u2cff\ua4d0-\ua69f\uab70-\uabbf]")
    if foreign.search(left + right) or foreign.search(fold(left + right).text):
        return
    joined = fold(left + "\n" + right).text
    # A mark at the start of the right text has the line end to lean on, and falls with it.
    assert joined == fold(left).text + "\n" + fold(right).text


@given(st.text(alphabet="abcdefgh 0123456789.,", max_size=40))
def test_plain_text_is_its_own_folding(text: str) -> None:
    assert fold(text) == Folded(text)


@given(st.one_of(ANY_TEXT, TRICKY))
def test_unaccented_and_unleet_keep_the_length(text: str) -> None:
    assert len(unaccented(text)) == len(text)
    folded = fold(text)
    assert len(unleet(folded).text) == len(folded.text)


LEET = [
    ("s1xteen", "sixteen", "digit between letters"),
    ("5ixteen", "sixteen", "digit before a long word"),
    ("$1xteen", "sixteen", "sign and digit before a long word"),
    ("sch00l", "school", "two digits between letters"),
    ("16yo", "16yo", "an age stays"),
    ("2nd 5ft b4", "2nd 5ft b4", "short forms with digits stay"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), LEET, ids=[row[2] for row in LEET])
def test_unleets(text: str, expected: str, reason: str) -> None:
    assert unleet(fold(text)).text == expected, reason
