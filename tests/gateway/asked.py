"""Requests as clients send them, for the tests of the gatekeeper."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from discretion.gateway.wire import Endpoint, Request, read_request

CARD = (
    "Name: Elara Voss. Elara is the captain of the airship Meridian, proud and quick to laugh. "
    "She grew up on the docks and trusts nobody but her crew."
)


def chat(*said: str, system: str | None = CARD, **more: object) -> Request:
    """A chat request: ``said`` alternates between the user and the other side, the user first."""
    messages: list[dict[str, object]] = []
    if system is not None:
        messages.append({"role": "system", "content": system})
    for i, text in enumerate(said):
        messages.append({"role": "assistant" if i % 2 else "user", "content": text})
    return of(messages, **more)


def of(messages: Sequence[Mapping[str, object]], **more: object) -> Request:
    """A chat request of ready messages."""
    body = {"model": "some-model", "messages": list(messages), **more}
    return read_request(Endpoint.CHAT, json.dumps(body).encode())


def leaves(body: bytes) -> list[str]:
    """The words of the messages in a request that left, the system prompt first."""
    return [str(one["content"]) for one in json.loads(body)["messages"]]
