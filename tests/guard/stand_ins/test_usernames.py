"""Stand-ins of handles: the same shape, plain words, the service's own signs as they are."""

from __future__ import annotations

import re

import pytest
from tests.guard.stand_ins.asking import first, offered

from discretion.guard.stand_ins.kinds.username import read
from discretion.knowledge.gazetteer import given_names, ordinary_words, places
from discretion.records import Kind

S = r"[a-z]+"
SHAPES = [
    ("grumpy_badger9", rf"{S}_{S}\d", "underscore and figure"),
    ("@jess.kay", rf"@{S}\.{S}", "with its @"),
    ("GrumpyBadger", r"[A-Z][a-z]+[A-Z][a-z]+", "two capitals"),
    ("xXDarkWolfXx", r"xX[A-Z][a-z]+[A-Z][a-z]+Xx", "decorated"),
    ("JESSKAY", r"[A-Z]{5,}", "capitals"),
    ("jesskay", r"[a-z]{5,}", "one word becomes two, run together"),
    ("jess1991", rf"{S}\d{{4}}", "a year becomes no year"),
    ("_jess_", r"_[a-z]{5,}_", "underscores around"),
    ("jess#1234", r"[a-z]+#\d{4}", "with its number"),
    ("u/jess_k", rf"u/{S}_[a-z]", "a forum"),
    ("$jesskay", r"\$[a-z]+", "for payments"),
    ("SW-1234-5678-9012", r"SW-\d{4}-\d{4}-\d{4}", "a friend code"),
    ("grumpy underscore badger nine", rf"{S} underscore {S} {S}", "said"),
    ("instagram.com/jess.kay91", rf"instagram\.com/{S}\.{S}\d\d", "a link keeps its service"),
    ("https://www.tiktok.com/@jessk", rf"https://www\.tiktok\.com/@{S}", "a whole link"),
    ("t.me/jesskay", rf"t\.me/{S}", "a short one"),
    ("linkedin.com/in/jess-kowalski-1a2b3c", rf"linkedin\.com/in/{S}-{S}-\d[a-z]\d[a-z]\d[a-z]", "a path"),
    ("open.spotify.com/user/jessk", rf"open\.spotify\.com/user/{S}", "another path"),
    ("jesskay.tumblr.com", rf"{S}\.tumblr\.com", "before the service"),
]


@pytest.mark.parametrize(("words", "shape", "why"), SHAPES)
def test_shape_stays(words: str, shape: str, why: str) -> None:
    found = offered(Kind.USERNAME, words)
    assert found
    for made in found:
        assert re.fullmatch(shape, made), (made, why)
    assert found == offered(Kind.USERNAME, words)


@pytest.mark.parametrize("words", [row[0] for row in SHAPES])
def test_nothing_of_the_users_and_nothing_a_story_says(words: str) -> None:
    mine = re.findall(r"[a-z]{3,}|\d{2,}", read(words).handle.lower())
    for made in offered(Kind.USERNAME, words, count=60):
        handle = read(made).handle.lower()
        assert all(handle not in words() for words in (ordinary_words, given_names, places))
        for piece in mine:
            assert piece not in handle or piece == "underscore"
        if not words.startswith("SW-"):
            assert not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)|69|88|420", handle)


NOTATIONS = [
    ("grumpy_badger9", "pebble_zephyr7", "@grumpy_badger9", "@pebble_zephyr7"),
    ("grumpy_badger9", "pebble_zephyr7", "instagram.com/grumpy_badger9", "instagram.com/pebble_zephyr7"),
    ("@grumpy_badger", "@pebble_zephyr", "Grumpy_Badger", "Pebble_Zephyr"),
    ("grumpy_badger", "pebble_zephyr", "grumpy underscore badger", "pebble underscore zephyr"),
    ("instagram.com/jesskay", "instagram.com/sailnook", "jesskay#1234", "sailnook#"),
]


@pytest.mark.parametrize(("real", "stand_in", "words", "wanted"), NOTATIONS)
def test_another_notation_of_a_known_handle(real: str, stand_in: str, words: str, wanted: str) -> None:
    made = first(Kind.USERNAME, words, known=((real, stand_in),))
    assert made.startswith(wanted)
    assert wanted.endswith("#") or made == wanted


@pytest.mark.parametrize(
    "words", ["", " ", "@", "#", "____", "\x00", "a" * 4000, "🦊🦊🦊", "://", "@@@", "u/"]
)
def test_hostile_words_do_no_harm(words: str) -> None:
    assert words not in offered(Kind.USERNAME, words, count=3)
