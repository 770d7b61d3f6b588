"""The upstream: where each endpoint is, and which key it is shown how."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from discretion.gateway._address import AddressNotUsable
from discretion.gateway._upstream import Upstream
from discretion.gateway.wire import Endpoint

KEY = "sk-planted-key"


@pytest.mark.parametrize(
    ("base", "endpoint", "address"),
    [
        ("https://api.provider.example/v1", Endpoint.CHAT, "https://api.provider.example/v1/chat/completions"),
        ("https://api.provider.example/v1/", Endpoint.MODELS, "https://api.provider.example/v1/models"),
        ("https://api.provider.example/api/v1", Endpoint.MESSAGES, "https://api.provider.example/api/v1/messages"),
        ("https://api.provider.example", Endpoint.RESPONSES, "https://api.provider.example/v1/responses"),
        ("https://api.provider.example/", Endpoint.COMPLETIONS, "https://api.provider.example/v1/completions"),
        ("http://127.0.0.1:11434", Endpoint.CHAT, "http://127.0.0.1:11434/v1/chat/completions"),
        ("http://localhost:1234/v1", Endpoint.CHAT, "http://localhost:1234/v1/chat/completions"),
    ],
)  # fmt: skip
def test_where_an_endpoint_is(base: str, endpoint: Endpoint, address: str) -> None:
    assert Upstream(base).address_of(endpoint) == address


@pytest.mark.parametrize(
    "base",
    [
        "",
        "api.provider.example/v1",
        "http://api.provider.example/v1",
        "https://user:secret@api.provider.example/v1",
        "https://api.provider.example/v1?key=secret",
        "https://api.provider.example/v1#x",
        "ftp://api.provider.example",
        "file:///etc/passwd",
        "https://",
        "https://api.provider.example/\r\nX: y",
    ],
)
def test_what_is_no_upstream_is_refused_without_repeating_it(base: str) -> None:
    with pytest.raises(AddressNotUsable) as refused:
        Upstream(base)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("host", "endpoint", "client", "shown"),
    [
        ("api.provider.example", Endpoint.CHAT, {}, {"authorization"}),
        ("api.provider.example", Endpoint.MODELS, {}, {"authorization"}),
        ("api.provider.example", Endpoint.MESSAGES, {}, {"authorization", "x-api-key"}),
        ("api.anthropic.com", Endpoint.MESSAGES, {}, {"x-api-key"}),
        ("api.anthropic.com", Endpoint.MODELS, {"anthropic-version": "2023-06-01"}, {"x-api-key"}),
        ("api.anthropic.com", Endpoint.CHAT, {}, {"authorization"}),
        ("anthropic.com.evil.example", Endpoint.MESSAGES, {}, {"authorization", "x-api-key"}),
    ],
)
def test_how_the_key_is_shown(host: str, endpoint: Endpoint, client: dict[str, str], shown: set[str]) -> None:
    upstream = Upstream(f"https://{host}/v1", KEY)
    headers = upstream.headers_for(endpoint, Headers(client), is_stream=False)
    assert {name for name, value in headers.items() if KEY in value} == shown
    assert KEY not in repr(upstream)
