"""Streamed replies: whole for every cut, in the shape of the API, with an end that clients understand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from chunk_invariance import assert_chunk_invariant
from chunk_invariance.strategies import splits_of
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gateway.wire import streams
from tests.gateway.wire.streams import LINE, TABLE

from discretion.gateway.wire import Endpoint, ReplyStream

CHAT, COMPLETIONS, MESSAGES, RESPONSES = (
    Endpoint.CHAT,
    Endpoint.COMPLETIONS,
    Endpoint.MESSAGES,
    Endpoint.RESPONSES,
)
STREAMS = [
    ("CHAT", CHAT, "names cut as tokens are"),
    ("CHAT_REASONS", CHAT, "reasoning, then text"),
    ("CHAT_CALLS", CHAT, "two calls of tools"),
    ("CHAT_LEGACY_CALL", CHAT, "the older call of a function"),
    ("CHAT_TWO", CHAT, "two choices, interleaved"),
    ("CHAT_COMMENTS", CHAT, "comments and CRLF"),
    ("CHAT_OLD_MAC", CHAT, "CR alone"),
    ("CHAT_BOM", CHAT, "a byte order mark"),
    ("CHAT_LINES", CHAT, "data in many lines, other fields"),
    ("CHAT_HALVES", CHAT, "an emoji in two halves"),
    ("CHAT_LOGPROBS", CHAT, "likelihoods"),
    ("CHAT_ERROR", CHAT, "an error in the middle"),
    ("CHAT_PARTS", CHAT, "content in parts"),
    ("CHAT_NO_END", CHAT, "no blank line, no [DONE]"),
    ("GARBAGE", CHAT, "garbage before and between"),
    ("COMPLETIONS", COMPLETIONS, "text completion"),
    ("MESSAGES", MESSAGES, "thinking, text, a tool, an unknown event"),
    ("MESSAGES_ERROR", MESSAGES, "an error in the middle"),
    ("RESPONSES", RESPONSES, "deltas and their whole texts"),
]


def restored(endpoint: Endpoint, chunks: Iterable[bytes], before: str = "") -> Iterator[bytes]:
    stream = ReplyStream(endpoint, TABLE, before=before)
    for chunk in chunks:
        yield stream.feed(chunk)
    yield stream.finish()


def whole(endpoint: Endpoint, stream: bytes, before: str = "") -> bytes:
    return b"".join(restored(endpoint, [stream], before))


def data_of(stream: bytes) -> list[Any]:
    lines = [line for line in stream.decode().split("\n") if line.startswith("data:")]
    return [json.loads(line[5:]) for line in lines if line[5:].strip() != "[DONE]"]


@pytest.mark.parametrize(("name", "endpoint", "reason"), STREAMS)
def test_every_cut_gives_the_same(name: str, endpoint: Endpoint, reason: str) -> None:
    stream: bytes = getattr(streams, name)
    assert_chunk_invariant(
        lambda chunks: restored(endpoint, chunks, LINE), lambda text: whole(endpoint, text, LINE), stream
    )
    every_byte = [stream[at : at + 1] for at in range(len(stream))]
    assert b"".join(restored(endpoint, every_byte, LINE)) == whole(endpoint, stream, LINE), reason


@settings(max_examples=60, deadline=None)
@given(data=st.data(), which=st.sampled_from(STREAMS))
def test_any_cuts_of_a_damaged_stream_give_the_same(
    data: st.DataObject, which: tuple[str, Endpoint, str]
) -> None:
    stream = bytearray(getattr(streams, which[0]))
    for at in data.draw(st.lists(st.integers(0, len(stream) - 1), max_size=4)):
        stream[at] = data.draw(st.sampled_from(b'\r\n"{}[]:,\\\xff0 M'))
    damaged = bytes(stream)
    chunks = data.draw(splits_of(damaged))
    assert b"".join(restored(which[1], chunks)) == whole(which[1], damaged)


@pytest.mark.parametrize(("name", "endpoint", "reason"), STREAMS)
def test_no_stand_in_is_left(name: str, endpoint: Endpoint, reason: str) -> None:
    out = whole(endpoint, getattr(streams, name))
    if name != "CHAT_LOGPROBS":
        assert b"Mara" not in out, reason
        assert b"Millbrook" not in out, reason


@pytest.mark.parametrize(("name", "endpoint", "reason"), STREAMS)
def test_without_a_stand_in_every_byte_passes(name: str, endpoint: Endpoint, reason: str) -> None:
    stream = getattr(streams, name).replace(b"Ma", b"Lo").replace(b"Mill", b"Long")
    ends = {"CHAT_NO_END": b"\n\ndata: [DONE]\n\n", "CHAT_ERROR": b"data: [DONE]\n\n"}
    assert whole(endpoint, stream) == stream + ends.get(name, b""), reason


def test_the_first_event_keeps_role_and_id_and_the_last_ones_stay() -> None:
    events = data_of(whole(CHAT, streams.CHAT))
    assert events[0]["choices"][0]["delta"] == {"role": "assistant", "content": "", "refusal": None}
    assert {event["id"] for event in events} == {"chatcmpl-9x8y7z"}
    assert events[-2]["choices"][0]["finish_reason"] == "stop"
    assert events[-1]["usage"] == {"prompt_tokens": 12, "completion_tokens": 5, "total_tokens": 17}
    assert whole(CHAT, streams.CHAT).endswith(b"data: [DONE]\n\n")


def test_what_was_held_back_leaves_before_the_end_in_one_event_more() -> None:
    events = data_of(whole(CHAT, streams.CHAT))
    assert len(events) == len(data_of(streams.CHAT)) + 1
    assert events[-3]["choices"] == [{"index": 0, "delta": {"content": "Tulsa"}, "finish_reason": None}]


def test_nothing_is_held_back_that_cannot_be_a_stand_in() -> None:
    stream = ReplyStream(CHAT, TABLE)
    event = streams.chat(streams.said("Nothing to see. ")).partition(b"\n\n")[0] + b"\n\n"
    assert stream.feed(event) == event


def test_an_event_leaves_when_it_is_whole() -> None:
    stream = ReplyStream(CHAT, TABLE)
    assert stream.feed(b": OPENROUTER PROCESSING\n\n") == b": OPENROUTER PROCESSING\n\n"
    assert stream.feed(b'data: {"a":1}\n') == b""
    assert stream.feed(b"\n") == b'data: {"a":1}\n\n'


def test_calls_of_tools_stay_json() -> None:
    calls: dict[int, str] = {}
    for event in data_of(whole(CHAT, streams.CHAT_CALLS)):
        for choice in event["choices"]:
            for call in choice["delta"].get("tool_calls", ()):
                calls[call["index"]] = calls.get(call["index"], "") + call["function"]["arguments"]
    assert [json.loads(text) for text in calls.values()] == [{"who": "Jess"}, {"to": "Tulsa"}]


def test_likelihoods_stay_as_they_were_sent() -> None:
    assert b'"token":" Mara","logprob":-0.31725305,' in whole(CHAT, streams.CHAT_LOGPROBS)


def test_what_thinking_holds_back_leaves_before_its_signature() -> None:
    events = data_of(whole(MESSAGES, streams.MESSAGES))
    kinds = [event["delta"]["type"] for event in events if event["type"] == "content_block_delta"]
    assert kinds[:4] == ["thinking_delta"] * 3 + ["signature_delta"]


def test_the_events_of_responses_stay_numbered() -> None:
    events = data_of(whole(RESPONSES, streams.RESPONSES))
    assert [event["sequence_number"] for event in events] == list(range(len(events)))


def test_the_whole_texts_of_responses_say_what_the_deltas_said() -> None:
    events = data_of(whole(RESPONSES, streams.RESPONSES, LINE))
    said = "".join(event["delta"] for event in events if event["type"] == "response.output_text.delta")
    assert said == f"{LINE}\n\nHi Jess"
    done = {event["type"]: event for event in events}
    assert done["response.output_text.done"]["text"] == said
    assert done["response.content_part.done"]["part"]["text"] == said
    assert done["response.completed"]["response"]["output"][0]["content"][0]["text"] == said
    items = [event["item"] for event in events if event["type"] == "response.output_item.done"]
    assert items[0]["content"][0]["text"] == said


BEFORE = [
    ("CHAT", CHAT, 1),
    ("CHAT_REASONS", CHAT, 1),
    ("CHAT_TWO", CHAT, 1),
    ("CHAT_CALLS", CHAT, 0),
    ("COMPLETIONS", COMPLETIONS, 1),
    ("MESSAGES", MESSAGES, 1),
]


@pytest.mark.parametrize(("name", "endpoint", "times"), BEFORE)
def test_the_line_before_the_text_is_said_once(name: str, endpoint: Endpoint, times: int) -> None:
    out = whole(endpoint, getattr(streams, name), LINE)
    assert out.count(LINE.encode()) == times
    assert out.count(f'"{LINE}\\n\\n'.encode()) == times, "at the start of a text"


COUNTS = [
    ("CHAT", CHAT, 2, 12, 5),
    ("CHAT_CALLS", CHAT, 2, 12, 5),
    ("COMPLETIONS", COMPLETIONS, 1, 3, 2),
    ("MESSAGES", MESSAGES, 4, 35, 15),
    ("RESPONSES", RESPONSES, 2, 37, 11),
]


@pytest.mark.parametrize(("name", "endpoint", "count", "tokens_in", "tokens_out"), COUNTS)
def test_what_was_restored_is_counted_once(
    name: str, endpoint: Endpoint, count: int, tokens_in: int, tokens_out: int
) -> None:
    stream = ReplyStream(endpoint, TABLE)
    stream.feed(getattr(streams, name))
    assert stream.is_done
    stream.finish()
    assert (stream.counts.restored, stream.tokens_in, stream.tokens_out) == (count, tokens_in, tokens_out)


@pytest.mark.parametrize(("name", "endpoint", "reason"), STREAMS)
def test_a_stream_that_breaks_anywhere_ends_in_the_api_s_own_shape(
    name: str, endpoint: Endpoint, reason: str
) -> None:
    sent: bytes = getattr(streams, name)
    for at in range(0, len(sent), 97):
        stream = ReplyStream(endpoint, TABLE)
        out = stream.feed(sent[:at]) + stream.broken("The platform went away.")
        if name in ("GARBAGE", "CHAT_LINES"):
            continue
        last = data_of(out.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\xef\xbb\xbf", b""))[-1]
        if b"[DONE]" in sent[:at]:
            continue
        if endpoint is RESPONSES:
            error = last["response"]["error"] if last["type"] == "response.failed" else last
        else:
            error = last["error"]
        assert error["message"] == "The platform went away.", reason
        assert stream.is_done


def test_what_was_held_back_is_not_lost_when_a_stream_breaks() -> None:
    stream = ReplyStream(CHAT, TABLE)
    out = stream.feed(streams.chat(streams.said("I am Mara")).partition(b"\n\n")[0] + b"\n\ndata: {half")
    out += stream.broken("Gone.")
    events = data_of(out)
    assert "".join(event["choices"][0]["delta"]["content"] for event in events[:-1]) == "I am Jess"
    assert out.endswith(b"data: [DONE]\n\n")


def test_after_the_end_nothing_is_added() -> None:
    stream = ReplyStream(CHAT, TABLE)
    stream.feed(streams.CHAT)
    assert stream.broken("Gone.") == b""
    assert stream.finish() == b""


HOSTILE = [
    (CHAT, b'{"choices":{}}', "choices as an object"),
    (CHAT, b'{"choices":[5,null,"Mara"]}', "choices of anything"),
    (CHAT, b'{"choices":[{"delta":"Mara"}]}', "a delta as text"),
    (
        CHAT,
        b'{"choices":[{"index":"Mara","delta":{"content":["Mara",5,{"text":"Mara"}]}}]}',
        "parts of anything",
    ),
    (CHAT, b'{"choices":[{"delta":{"tool_calls":{"function":5}}}],"usage":5}', "calls as an object"),
    (CHAT, b'{"usage":{"prompt_tokens":-1,"completion_tokens":1e99}}', "odd counts"),
    (CHAT, b'{"a":' * 600 + b"1" + b"}" * 600, "deep"),
    (CHAT, b"[" * 100_000, "deeper"),
    (CHAT, b'{"id":"a","id":"b"}', "a key twice"),
    (COMPLETIONS, b'{"choices":[{"text":5}]}', "text as a number"),
    (MESSAGES, b'{"type":"content_block_delta","index":{},"delta":[]}', "a delta as a list"),
    (
        MESSAGES,
        b'{"type":"content_block_delta","delta":{"type":5,"text":{},"partial_json":null}}',
        "odd types",
    ),
    (MESSAGES, b'{"type":["message_stop"],"message":5}', "a type as a list"),
    (
        RESPONSES,
        b'{"type":"response.output_text.delta","delta":{"a":"Mara"},"item_id":[]}',
        "a delta as an object",
    ),
    (RESPONSES, b'{"type":"response.output_text.done","text":5,"sequence_number":"x"}', "text as a number"),
    (RESPONSES, b'{"type":"response.completed","response":{"output":{"content":5}}}', "output as an object"),
    (RESPONSES, b'{"type":"response.output_item.done","item":7,"output_index":null}', "an item as a number"),
]


@pytest.mark.parametrize(("endpoint", "data", "reason"), HOSTILE)
def test_odd_events_never_break_it(endpoint: Endpoint, data: bytes, reason: str) -> None:
    stream = ReplyStream(endpoint, TABLE, before=LINE)
    out = stream.feed(b"data: " + data + b"\n\n") + stream.finish()
    assert out.startswith(b"data:"), reason
    assert out.endswith(b"\n\n"), reason
    assert b"Mara" not in out, reason
