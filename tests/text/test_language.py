"""The language of one message: English chat in all its shapes stays English, other languages are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.text import EVALUATED, Language, evaluated_language

SENTENCES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "sentences.tsv").read_text(encoding="utf-8").splitlines()
]

ENGLISH = [
    ("", "nothing"),
    ("k", "one letter"),
    ("lol idk wbu", "chat abbreviations"),
    ("omg noooo u didnt hahaha", "stretched words"),
    ("0151 555 0142", "numbers only"),
    ("😂😂😂 ❤️", "emoji only"),
    ("*leans in, whispers* ...come here", "action marks"),
    ("Priya Raghunathan Venkataraman", "a long name"),
    ("Königsallee 12, Düsseldorf", "a foreign address"),
    ("rue de la Gare 5, 75010 Paris", "a foreign address of many words"),
    ("arre yaar i am so tired today na, boss gave so much work", "Indian English"),
    ("abeg my guy no dey do like that, i don tire", "Nigerian English"),
    ("hay nako i'm so pagod na talaga, work was so long", "Filipino English"),
    ("i am working since 2 years in the hospital of my city", "English as a second language"),
    ("yesterday i go to market and buy the fish for my mother", "tense as a learner writes it"),
    ("ok la can can, tomorrow makan together", "Singapore English"),
    ("nah fam dat ting peng innit", "London slang"),
    ("que sera sera, as my gran would say", "a phrase of another language"),
    ("mi casa su casa haha come over", "a phrase of another language first"),
    ("ich liebe dich she said, and i melted", "a quotation"),
    ("nein nein nein! shouted the guard", "dialogue with a foreign word"),
    ("sushi ramen udon tempura onigiri", "loan words only"),
    ("bonjour", "one word may be a joke"),
    ("te amo", "two words may be"),
    ("my friend Наташа says hi", "a name in another script"),
    ("раypаl jеss sаid hеllо tо mе", "English in disguise"),
]


@pytest.mark.parametrize(("text", "reason"), ENGLISH, ids=[row[1] for row in ENGLISH])
def test_english_stays_english(text: str, reason: str) -> None:
    assert evaluated_language(text) == Language("en"), reason


def test_other_languages_are_told_from_english() -> None:
    """At least 95 % of ordinary sentences in more than twenty languages, most of them by name."""
    told = [evaluated_language(text).code for _, text in SENTENCES]
    assert len({code for code, _ in SENTENCES}) >= 20
    assert sum(code not in EVALUATED for code in told) >= 0.95 * len(SENTENCES)
    named = sum(code == expected for code, (expected, _) in zip(told, SENTENCES, strict=True))
    assert named >= 0.9 * len(SENTENCES)


def test_mostly_english_stays_english() -> None:
    mixed = "i told my mom ya estoy en casa and she just laughed at me"
    assert evaluated_language(mixed).is_evaluated
    assert not evaluated_language("le dije a mi madre que ya estoy en casa, lol").is_evaluated


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=120))
def test_any_text_has_a_language(text: str) -> None:
    assert evaluated_language(text).code


@given(st.text(alphabet="\ud800\udfff\u0000\u0080\ufffeаб ab'漢", max_size=60))
def test_broken_text_has_a_language(text: str) -> None:
    assert evaluated_language(text).code
