"""Streaming JSON gives what the standard library gives, cut anywhere, and bounded time in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.exports._json import Broken, rows, shape
from discretion.exports._literals import without_non_numbers

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


def pieces(content: bytes, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


@given(st.lists(values), st.integers(1, 50), st.booleans())
def test_rows_of_a_list_are_its_values(tree: list[Any], size: int, is_ascii: bool) -> None:
    text = json.dumps(tree, ensure_ascii=is_ascii).encode("utf-8", "surrogatepass")
    assert [value for _, value in rows(pieces(text, size), frozenset({"[]"}))] == tree


@given(st.dictionaries(st.sampled_from("abc"), values), values)
def test_a_wanted_path_is_picked_out_of_the_rest(around: dict[str, Any], inner: Any) -> None:
    tree = around | {"list": [around, {"rows": [inner, inner]}, 5]}
    text = json.dumps(tree).encode()
    assert list(rows([text], frozenset({"list[].rows[]"}))) == [("list[].rows[]", inner)] * 2


@given(st.lists(values, min_size=1), st.data())
def test_a_cut_document_gives_its_whole_rows_and_says_so(tree: list[Any], data: st.DataObject) -> None:
    text = json.dumps(tree).encode()
    cut = data.draw(st.integers(0, len(text) - 1))
    found: list[Any] = []
    with pytest.raises(Broken):
        found.extend(value for _, value in rows([text[:cut]], frozenset({"[]"})))
    whole = max(0, len(found) - 1)  # the last one may be a part
    assert found[:whole] == tree[:whole]


NON_NUMBERS = [
    (b'{"a": NaN}', b'{"a": null}', "as the standard library writes it"),
    (b"[-Infinity,Infinity]", b"[null,null]", "both signs"),
    (b'["NaN", "a NaN b"]', b'["NaN", "a NaN b"]', "within a text it stays"),
    (b'["\\"NaN\\\\", NaN]', b'["\\"NaN\\\\", null]', "escaped quotes"),
    (b"[NaNa, xNaN]", b"[NaNa, xNaN]", "part of another word"),
]


@pytest.mark.parametrize(("given_text", "expected", "reason"), NON_NUMBERS)
def test_words_that_are_no_json_become_null(given_text: bytes, expected: bytes, reason: str) -> None:
    for size in range(1, len(given_text) + 1):
        assert b"".join(without_non_numbers(pieces(given_text, size))) == expected, reason


@given(
    st.lists(st.sampled_from(['"', "\\", "NaN", "Infinity", "a", " ", ","]), max_size=30), st.integers(1, 20)
)
def test_cuts_do_not_matter_to_the_words(parts: list[str], size: int) -> None:
    text = json.dumps(["".join(parts), float("nan"), "".join(parts)]).encode()
    expected = json.dumps(["".join(parts), None, "".join(parts)]).encode()
    assert b"".join(without_non_numbers(pieces(text, size))) == expected


def test_a_shape_names_paths_and_kinds() -> None:
    found = shape(b'[{"a": {"b": [1, "x"]}}, {"a": null, "c": tru')
    assert found == {
        "": {"array"},
        "[]": {"map"},
        "[].a": {"map", "null"},
        "[].a.b": {"array"},
        "[].a.b[]": {"number", "string"},
        "[].c": {"unfinished"},
    }
    assert shape(b"no json") == {}
