"""Paths as clients write them, and what is refused."""

from __future__ import annotations

import pytest

from discretion.gateway.wire import Endpoint, endpoint_of

CALLED = [
    ("POST", "/v1/chat/completions", Endpoint.CHAT, "as documented"),
    ("POST", "/chat/completions", Endpoint.CHAT, "a base address without /v1"),
    ("POST", "/v1//chat/completions", Endpoint.CHAT, "a base address that ends in a slash"),
    ("POST", "//v1/chat/completions/", Endpoint.CHAT, "slashes at both ends"),
    ("POST", "/v1/v1/chat/completions", Endpoint.CHAT, "/v1 in the address and added by the client"),
    ("POST", "/v1/completions", Endpoint.COMPLETIONS, "text completion"),
    ("POST", "/v1/messages?beta=true", Endpoint.MESSAGES, "the anthropic package's beta calls"),
    ("POST", "/v1/responses", Endpoint.RESPONSES, "responses"),
    ("GET", "/v1/models", Endpoint.MODELS, "what clients call on connecting"),
    ("GET", "/models?limit=1000", Endpoint.MODELS, "with a query"),
    ("GET", "/health", Endpoint.HEALTH, "is it there"),
    ("GET", "/v1/health/", Endpoint.HEALTH, "is it there, with /v1"),
]

REFUSED = [
    ("GET", "/v1/chat/completions", "another method"),
    ("OPTIONS", "/v1/chat/completions", "a preflight is answered by the app"),
    ("POST", "/v1/models", "another method"),
    ("POST", "/V1/chat/completions", "case is as it is"),
    ("POST", "/v1/Chat/Completions", "case is as it is"),
    ("POST", "/v1/v1/v1/chat/completions", "no client does this"),
    ("POST", "/v1/chat/completions/x", "below an endpoint"),
    ("GET", "/v1/chat/completions/chatcmpl-1", "a stored reply"),
    ("POST", "/v1/chat%2Fcompletions", "nothing is decoded"),
    ("POST", "/v1/../chat/completions", "nothing is resolved"),
    ("POST", "/chat/v1/completions", "/v1 only in front"),
    ("POST", "/v1/embeddings", "an endpoint that is not reviewed"),
    ("POST", "/v1/audio/transcriptions", "sound"),
    ("POST", "/v1/files", "files"),
    ("POST", "/v1/threads", "history that the platform keeps"),
    ("POST", "/v1/messages/batches", "not reviewed"),
    ("POST", "/v1/messages/count_tokens", "not reviewed"),
    ("POST", "/", "nothing"),
    ("POST", "", "nothing"),
    ("POST", "v1/chat/completions", "no path"),
    ("POST", "http://other.example/v1/chat/completions", "an absolute address"),
    ("POST", "/v1/chat/completions#x", "a fragment is never sent"),
    ("post", "/v1/chat/completions", "methods are upper case"),
]


@pytest.mark.parametrize(("method", "path", "endpoint", "reason"), CALLED)
def test_a_path_is_understood(method: str, path: str, endpoint: Endpoint, reason: str) -> None:
    assert endpoint_of(method, path) is endpoint, reason


@pytest.mark.parametrize(("method", "path", "reason"), REFUSED)
def test_everything_else_is_refused(method: str, path: str, reason: str) -> None:
    assert endpoint_of(method, path) is None, reason
