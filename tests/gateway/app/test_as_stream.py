"""A whole reply as a stream: what is no reply becomes none, whatever an upstream sends."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gateway.shapes import whole

from discretion.gateway._as_stream import as_stream
from discretion.gateway.wire import Endpoint

ENDPOINTS = (Endpoint.CHAT, Endpoint.COMPLETIONS, Endpoint.MESSAGES, Endpoint.RESPONSES)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "message", "content", "type", "text", "output", "usage", "id", "tool_calls"]
            ),
            inner,
            max_size=5,
        )
    ),
)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_reply_becomes_events_that_end(endpoint: Endpoint) -> None:
    said = json.dumps(whole(endpoint.value, "été\n\ndata: x")).encode()
    events = as_stream(endpoint, said)
    assert events
    assert events.endswith(b"\n\n")
    assert events.count(b"\n\n") == events.count(b"data: {") + events.count(b"[DONE]")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"{}",
        b'"text"',
        b'{"error": {"message": "no"}}',
        b'{"choices": [], "error": "no"}',
        b'{"choices": 5, "content": 5, "output": 5}',
        b'{"choices": [5], "content": [5], "output": [5], "usage": 1}',
        b'{"choices": [{"message": 5}], "content": [{"type": "text"}], "output": [{"type": "message"}]}',
        b"[" * 100_000,
        b"\xff",
    ],
)
@pytest.mark.parametrize("endpoint", [Endpoint.CHAT, Endpoint.MESSAGES, Endpoint.RESPONSES])
def test_what_is_no_reply_becomes_none(endpoint: Endpoint, body: bytes) -> None:
    assert as_stream(endpoint, body) is None


@given(st.sampled_from(ENDPOINTS), JSON)
def test_nothing_raises(endpoint: Endpoint, document: object) -> None:
    as_stream(endpoint, json.dumps(document).encode())
