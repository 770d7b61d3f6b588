"""Broken, odd and hostile exports: what is whole is read, the rest is a reason, nothing else is raised."""

from __future__ import annotations

import json
import random
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exports.reading import SAMPLES, from_bytes, lines, reasons, rows
from tests.strategies import damaged_exports

from discretion.exports import NotReadable
from discretion.exports._read import UNEXPECTED
from discretion.records import DiscretionError

HEADER = {"user_name": "Tess", "character_name": "Ines", "chat_metadata": {}}


def said(text: object, **more: object) -> dict[str, object]:
    return {"name": "Tess", "is_user": True, "mes": text} | more


def told(text: object, **more: object) -> dict[str, object]:
    return {"conversation": "a", "author": "user", "text": text} | more


def gpt(nodes: dict[str, Any], **more: object) -> bytes:
    return json.dumps([{"conversation_id": "g", "mapping": nodes} | more]).encode()


def node(parent: object, text: object, role: object = "user", **more: object) -> dict[str, object]:
    return {"parent": parent, "message": {"author": {"role": role}, "content": {"parts": [text]}} | more}


UNREADABLE = [
    (b"", "empty", "nothing in it"),
    (b"\n\n  \n", "without speaker names", "only space"),
    (bytes(range(256)) * 20, "binary", "binary"),
    (b"\x00" * 5000, "binary", "zeros"),
    (b"{}", "JSON", "an empty object"),
    (b"[]", "JSON", "an empty list"),
    (b'{"mapping": 3, "messages": "x"}', "JSON", "known names of the wrong kind"),
    (b"[" * 500_000, "JSON", "a depth bomb"),
    (b'{"a":' * 500_000, "JSON", "a depth bomb of objects"),
    (b"hello, this is a letter", "without speaker names", "prose"),
    (b"Ann: a\nBob: b\nAnn: c\n", "--me NAME", "speakers, but which is the user?"),
    (b"PK\x03\x04 not really", "cut off or damaged", "the first bytes of an archive"),
    (b"SQLite format 3\0" + b"\0" * 100, "SQLite", "a database from a stream"),
    ("hi: thére".encode("utf-16-le"), "binary", "UTF-16 without a mark"),
]


@pytest.mark.parametrize(("content", "part", "reason"), UNREADABLE, ids=[one[2] for one in UNREADABLE])
def test_what_is_no_chat_is_refused_in_one_sentence(content: bytes, part: str, reason: str) -> None:
    with pytest.raises(NotReadable) as caught:
        list(from_bytes(content, "x.txt" if b":" in content[:10] else "x.json"))
    assert part in str(caught.value), reason
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


def test_a_refusal_says_what_was_seen_but_no_value() -> None:
    with pytest.raises(NotReadable) as caught:
        list(from_bytes(b'{"secretive": {"harbour": "moonlit"}}', "x.json"))
    message = str(caught.value)
    assert "moonlit" not in message
    assert "secretive" not in message
    assert "SillyTavern" in message


NOTHING_WHOLE = [
    (lines(HEADER) + b'{"mes": "b\n', "broken line", "only broken lines"),
    (lines(told("a", author="nobody")) + lines(told("b", author="system")), "neither", "only odd authors"),
    (b'{"conversation": "a", "author": "user", "text": "' + b"x" * (9 << 20), "longer than 8 MB", "too long"),
    (b'[{"mapping": {"a": 5, ]', "JSON breaks", "a broken document"),
    (b'{"conversations": [{"responses": [{"sender": 5}]}]}', "without a text or a sender", "no text"),
]


@pytest.mark.parametrize(("content", "part", "reason"), NOTHING_WHOLE, ids=[one[2] for one in NOTHING_WHOLE])
def test_what_gave_no_message_but_was_skipped_is_refused(content: bytes, part: str, reason: str) -> None:
    with pytest.raises(NotReadable) as caught:
        list(from_bytes(content, "x.json"))
    assert part in str(caught.value), reason


def test_a_chat_that_has_only_begun_is_read_without_a_word() -> None:
    export = from_bytes(lines(HEADER))
    assert (list(export), export.skipped) == ([], [])


BROKEN = [
    (lines(HEADER, said("a")) + b'{"mes": "b\n' + lines(said("c")), ["a", "c"], "line 3", "a cut line"),
    (lines(HEADER, said("a"), 5, [1], said("b")), ["a", "b"], "broken line", "lines that are no objects"),
    (lines(HEADER, said(5), said(None), said("b")), ["b"], "without a message text", "texts that are none"),
    (lines(HEADER, said("a", swipes=3), said("b", swipes=[1, "c"])), ["a", "b", "c"], "alternative", ""),
    (lines(HEADER, said("a", swipes=None, swipe_id="x", swipe_info={})), ["a"], "", "null swipes"),
    (lines(HEADER, said("a", name=7, send_date={"x": 1}, extra=[1])), ["a"], "", "odd fields"),
    (lines(HEADER) + b'{"is_user": true, "mes": "caf\xe9"}\n', ["café"], "Windows-1252", "wrong encoding"),
    (lines(told("a"), told("b", author="nobody"), told(3)), ["a"], "neither", "odd authors"),
    (lines(told("a"), {"author": "user"}, {"conversation": []}), ["a"], "without a text", "no text"),
    (lines(told("a", conversation=None), told("b", conversation={})), ["a", "b"], "", "no conversation"),
    (lines(told("a", persona=5, sent_at=[], speaker={})), ["a"], "", "odd extras"),
    (gpt({"a": node(None, "x"), "b": node("a", "y")})[:-30], ["x"], "ends half-way", "half a file"),
    (gpt({"a": node(None, "x\0y")}).replace(b"\\u0000", b"\xe9"), ["x\ufffdy"], "no UTF-8", "Latin-1"),
    (gpt({"a": node(None, "x")}) + b"]]", ["x"], "the JSON breaks", "more behind the end"),
    (gpt({"a": node("b", "x"), "b": node("a", "y")}), ["y", "x"], "", "a circle of parents"),
    (gpt({"a": node("a", "x")}, current_node="a"), ["x"], "", "its own parent"),
    (gpt({"a": node("gone", "x"), "b": 5, "c": {"message": []}}), ["x"], "", "broken nodes"),
    (gpt({"a": node(None, {"text": 5}), "b": node(None, "y", role=[])}), [""], "pictures", "odd parts"),
    (gpt({"a": node(None, "x", create_time=float("nan"))}), ["x"], "", "NaN, which is no JSON"),
    (gpt({"a": node(None, "x", create_time=10**400)}), ["x"], "", "a huge number"),
    (b'[5, "x", null, {"mapping": 3}, ' + gpt({"a": node(None, "x")})[1:], ["x"], "no conversation", "mixed"),
    (
        b'{"type": "personal_chat", "id": 7, "messages": [{"type": "message", "from_id": "user8",'
        b'"text": [5, {}]}, 3, {"type": "message", "from_id": [], "text": "x", "date_unixtime": -1}]}',
        [""],
        "does not say who wrote it",
        "odd Telegram",
    ),
    (b'{"messages": [{"msg": 5}, {"msg": "x", "userId": {}}, 7]}', ["x"], "without a text", "odd Agnai"),
    (b'{"visible": [["a"], 5, [1, "b"], ["c", null], []]}', ["a", "b", "c"], "no pair", "odd pairs"),
    (b'{"type":"risuChat","data":{"message":[{"role":5},{"role":"user","data":"y"},4]}}', ["y"], "", "Risu"),
    (b"Timestamp,From,Text\nx,Me,a\n\"open,Me,b\nx,Me,c\nx,You,d\n", ["a", "c"], "not closed", "open quote"),
    (b"\xff\xfe" + "You: a\nMara: b".encode("utf-16-le") + b"\x00", ["a", "b\ufffd"], "", "odd UTF-16"),
    (b"You: a\xff\nMara: b\n", ["aÿ", "b"], "Windows-1252", "bytes that are no UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "texts", "part", "reason"), BROKEN, ids=[one[3] for one in BROKEN])
def test_what_is_whole_is_read_and_the_rest_said(
    content: bytes, texts: list[str], part: str, reason: str
) -> None:
    export = from_bytes(content, "x.csv" if content.startswith(b"Time") else "x")
    assert [text for *_, text in rows(export)] == texts, reason
    assert part in reasons(export)
    assert UNEXPECTED not in reasons(export)


def test_a_lone_surrogate_becomes_a_mark_of_the_same_length() -> None:
    (found,) = rows(from_bytes(b'{"conversation": "a", "author": "user", "text": "x\\ud83dy"}\n'))
    assert found[-1] == "x\ufffdy"


def test_a_line_of_fifty_megabytes_is_passed_over_in_bounded_memory() -> None:
    content = lines(told("a")) + b'{"text": "' + b"x" * (50 << 20) + b'"}\n' + lines(told("b"))
    tracemalloc.start()
    try:
        start = time.perf_counter()
        export = from_bytes(content)
        assert [text for *_, text in rows(export)] == ["a", "b"]
        assert time.perf_counter() - start < 10
        assert tracemalloc.get_traced_memory()[1] < 40 << 20
    finally:
        tracemalloc.stop()
    assert "line 2: a line longer than 8 MB" in reasons(export)


def test_a_text_of_fifty_megabytes_in_json_is_given_up_in_bounded_memory() -> None:
    whole = gpt({"a": node(None, "x")})
    content = whole[:-1] + b',{"mapping": {"a": "' + b"x" * (50 << 20) + b'"}}]'
    export = from_bytes(content)
    assert [text for *_, text in rows(export)] == ["x"]
    assert "one text is longer than 32 MB" in reasons(export)


def test_a_conversation_too_large_is_passed_over_and_the_next_read() -> None:
    big = {str(number): node(None, "x" * 1000) for number in range(70_000)}
    content = gpt(big)[:-1] + b"," + gpt({"a": node(None, "y")})[1:]
    export = from_bytes(content)
    assert [text for *_, text in rows(export)] == ["y"]
    assert "larger than 64 MB in one piece" in reasons(export)


def test_a_conversation_nested_too_deep_is_passed_over_and_the_next_read() -> None:
    deep = b'[{"mapping": {"a": ' + b"[" * 300_000 + b"]" * 300_000 + b"}},"
    export = from_bytes(deep + gpt({"a": node(None, "y")})[1:])
    assert [text for *_, text in rows(export)] == ["y"]
    assert "nested deeper than 200 levels" in reasons(export)
    line = from_bytes(lines(told("a")) + b'{"x":' * 100_000 + b"\n" + lines(told("b")))
    assert [text for *_, text in rows(line)] == ["a", "b"]


def test_a_long_chain_of_parents_is_no_depth() -> None:
    chain = {str(number): node(str(number - 1), "x") for number in range(20_000)}
    found = rows(from_bytes(gpt(chain, current_node="19999")))
    assert found[-1][1:3] == (19_999, 0)


def test_an_id_used_twice_in_a_file_names_two_conversations() -> None:
    one = gpt({"a": node(None, "x")})
    found = rows(from_bytes(one[:-1] + b"," + one[1:]))
    assert [row[0] for row in found] == ["g", "g~2"]


def test_reasons_repeat_only_so_often() -> None:
    export = from_bytes(lines(told("a"), *[5] * 10_000))
    assert len(rows(export)) == 1
    assert len(export.skipped) == 6
    assert export.skipped[-1].reason.startswith("9995 further")


def test_half_of_every_sample_gives_a_prefix_of_its_messages() -> None:
    for path in sorted(SAMPLES.iterdir()):
        content = path.read_bytes()
        if path.suffix == ".db" or "chat2" in path.name or path.name == "replika.csv":
            continue  # these are turned round, so a part is no beginning
        if "whatsapp" in path.name:
            continue  # half a date is a further line of the message before it
        whole = {text for *_, text in rows(from_bytes(content, path.name))}
        for part in (0.5, 0.7, 0.9, 0.97):
            cut = content[: int(len(content) * part)]
            try:
                export = from_bytes(cut, path.name)
                texts = [text for *_, text in rows(export)]
            except NotReadable:
                continue
            assert all(any(full.startswith(text) for full in whole) for text in texts), path.name


@given(damaged_exports())
def test_a_damaged_export_raises_nothing_but_our_own_errors(damaged: tuple[str, bytes]) -> None:
    name, content = damaged
    try:
        export = from_bytes(content, name)
        for message in export:
            message.text.encode()
            assert message.turn >= 0
    except DiscretionError:
        return
    assert UNEXPECTED not in reasons(export)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def _swapped(value: Any, odd: Any, chance: random.Random, rate: float) -> Any:
    if chance.random() < rate:
        return odd
    if isinstance(value, dict):
        return {key: _swapped(one, odd, chance, rate) for key, one in value.items()}
    if isinstance(value, list):
        return [_swapped(one, odd, chance, rate) for one in value]
    return value


@given(
    st.sampled_from(sorted(path.name for path in SAMPLES.glob("*.json*"))),
    json_values,
    st.integers(0, 2**32),
    st.sampled_from((0.01, 0.05, 0.2)),
)
def test_any_value_may_stand_in_any_field(sample: str, odd: Any, seed: int, rate: float) -> None:
    content, chance = (SAMPLES / sample).read_text(), random.Random(seed)
    trees = (
        [json.loads(line) for line in content.splitlines()] if sample.endswith("l") else [json.loads(content)]
    )
    changed = lines(*(_swapped(tree, odd, chance, rate) for tree in trees))
    try:
        export = from_bytes(changed, sample)
        found = rows(export)
    except DiscretionError:
        return
    assert UNEXPECTED not in reasons(export)
    places = [row[:3] for row in found]
    assert len(set(places)) == len(places)
