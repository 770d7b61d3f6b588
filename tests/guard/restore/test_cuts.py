"""However a stream is cut, what comes out is the same, is counted the same, and comes as early as it can."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import AnyStr

import pytest
from chunk_invariance import assert_chunk_invariant
from hypothesis import given
from hypothesis import strategies as st
from tests.guard.restore.pairs import PAIRS, TABLE

from discretion.guard.restore import RestoreCounts, Restorer, RestoreTable
from discretion.guard.restore._edges import AHEAD

STREAMS = (
    "Mara, MARA and mara; the Hallorans’ dog.",
    "xMara Mara_ _Mara_ __Mara Halloran__ snake_mara ____Mara",
    "Alex Alexandra Alexa, Alex Rivers, Alex\nRivers. Alex  Riverside",
    "(503) 555-0142, (503) 555-01423, +44 20 7946 0123-4",
    "mara.h@mail.example, @mara_h; mara.h@mail.example.org. @mara_h.x 17 Maple St.! Zoe\u0308 Zoë",
    "another Mara, a girl named Mara Delgado: Maraaa, M*ar*a, Ma\u00ad-ra",
    "![](<https://a.example/ Mara>) <b x='>'\n\nMara [1]:\n /Mara Mara",
    "<OOC: Mara> <a:Mara> <a:> Mara <b\r\n\r\nMara](\\) Mara",
    "37 years 37 yo-yo you're 37. aged 37 37 yearns 37-y",
    "Port \u00a0\n Ellery; Port         Ellery; hope Hope",
)
SOURCES = (
    r'{"\u004dara": "Kestrel Hall, Port\nEllery", "n": 5, "\ud83d\ude00Mara": "\\Mara"}',
    r'["Zo\u00eb\ud83d", "\"Mara\"", "mara\u002eh@mail.example"]',
    r'{"a": "Mar\u0061a \x Mara\\',
)


def streamed(restorer: Restorer, chunks: Iterable[str]) -> Iterator[str]:
    for chunk in chunks:
        yield restorer.feed_text(chunk)
    yield restorer.finish_text()


def streamed_bytes(restorer: Restorer, chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield restorer.feed(chunk)
    yield restorer.finish()


def whole(text: str, *, json_source: bool = False) -> tuple[str, RestoreCounts]:
    restorer = TABLE.restorer(json_source=json_source)
    return "".join(streamed(restorer, [text])), restorer.counts


@pytest.mark.parametrize("text", STREAMS)
def test_text_is_the_same_for_every_cut(text: str) -> None:
    assert_chunk_invariant(lambda parts: streamed(TABLE.restorer(), parts), TABLE.restore, text, splits=3)


@pytest.mark.parametrize("text", STREAMS)
def test_bytes_are_the_same_for_every_cut(text: str) -> None:
    data = b"\xff\xe2\x82 " + text.encode() + b" \xf0\x9f"
    assert_chunk_invariant(
        lambda parts: streamed_bytes(TABLE.restorer(), parts),
        lambda all_of_it: b"".join(streamed_bytes(TABLE.restorer(), [all_of_it])),
        data,
    )


@pytest.mark.parametrize("source", SOURCES)
def test_json_source_is_the_same_for_every_cut(source: str) -> None:
    assert_chunk_invariant(
        lambda parts: streamed(TABLE.restorer(json_source=True), parts),
        lambda text: whole(text, json_source=True)[0],
        source,
        splits=3,
    )


FRAGMENTS = (
    *(pair.stand_in for pair in PAIRS),
    *(word for pair in PAIRS for word in pair.stand_in.split()),
    *("s", "'s", "’", "_", "__", "-", "*", "@", ".", ",", '"', "\\", "\\u00", "\\n", "\0", " ", "\n"),
    *("\u00a0", "\u0301", "\u200b", "\u200d", "a", "O'", "O", "1", "5", "another ", "a girl named "),
    *("Delgado", "は", "ß", "İ", "\ud83d", "😀", "MARA", "hope", "maraa", "https://", "(", ")", "](", "<"),
    *("![](", "]:", "=", ">", "<b", "years", "aged ", "yo", "url(", "www.", "//", "&", "\n\n", "\r"),
)
texts = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=3)), max_size=12).map("".join)
cuts = st.lists(st.integers(0, 200), max_size=8)


def parted(text: AnyStr, places: list[int]) -> list[AnyStr]:
    bounds = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[a:b] for a, b in itertools.pairwise(bounds)]


@given(texts, cuts, st.booleans())
def test_any_text_in_any_pieces_is_the_same_and_counts_the_same(
    text: str, places: list[int], json_source: bool
) -> None:
    restorer = TABLE.restorer(json_source=json_source)
    out = "".join(streamed(restorer, parted(text, places)))
    assert (out, restorer.counts) == whole(text, json_source=json_source)


@given(st.lists(st.one_of(st.binary(max_size=4), texts.map(lambda t: t.encode("utf-8", "ignore")))), cuts)
def test_any_bytes_in_any_pieces_are_the_same_and_count_the_same(
    pieces: list[bytes], places: list[int]
) -> None:
    data = b"".join(pieces)
    restorer, at_once = TABLE.restorer(), TABLE.restorer()
    out = b"".join(streamed_bytes(restorer, parted(data, places)))
    assert out == b"".join(streamed_bytes(at_once, [data]))
    assert restorer.counts == at_once.counts


@given(texts, cuts)
def test_no_more_is_held_back_than_the_longest_stand_in_and_its_border(text: str, places: list[int]) -> None:
    nothing_in_place = RestoreTable(
        [replace(pair, real=pair.stand_in) for pair in PAIRS if pair.stand_in.isascii()]
    )
    restorer, taken, left = nothing_in_place.restorer(), 0, 0
    for part in parted(text, places):
        taken += len(part)
        left += len(restorer.feed_text(part))
        assert taken - left <= TABLE.longest + AHEAD
