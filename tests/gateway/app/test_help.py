"""The line of help waits for a reply that can carry it, and breaks none that cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.gateway.app.running import FAST, Gateway, chat_body, eventually, running_gateway
from tests.gateway.upstreams import throwaway_upstream

from discretion.gateway._help_line import OPENS

WORDS = "i want to kill myself, i have the pills here"
CANNOT = [
    # The first reply's request, whether it streams, why it carries no line.
    ({"response_format": {"type": "json_object"}}, False, "a program reads it as JSON"),
    ({"response_format": {"type": "json_object"}}, True, "the same, as a stream"),
    ({"model": "500"}, False, "the upstream failed"),
    ({"model": "500"}, True, "the same, as a stream"),
    ({"model": "redirects"}, False, "nothing came"),
    ({"model": "empty"}, True, "nothing came before the stream broke off"),
    ({"model": "tools"}, False, "a call of a tool has no text"),
    ({"model": "tools"}, True, "the same, as a stream"),
]


@pytest.mark.parametrize(("first", "stream", "reason"), CANNOT)
def test_the_line_waits_for_a_reply_that_carries_it(
    tmp_path: Path, first: dict[str, Any], stream: bool, reason: str
) -> None:
    with throwaway_upstream() as upstream, running_gateway(tmp_path, upstream.url, limits=FAST) as gateway:
        cannot = _said(gateway, first, stream)
        assert OPENS not in cannot, reason
        if "response_format" in first and not stream:
            json.loads(cannot)
        eventually(lambda: OPENS in _said(gateway, {}, stream))
        eventually(lambda: OPENS not in _said(gateway, {}, stream))


def _said(gateway: Gateway, more: dict[str, Any], stream: bool) -> str:
    body = {**chat_body(WORDS, stream=stream), **more}
    return gateway.client.post("/v1/chat/completions", json=body).text
