"""Our own errors, in the shape of the API that was called."""

from __future__ import annotations

import json
from typing import Final

from discretion.gateway.wire._request import Endpoint

_ANTHROPIC: Final = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}
"""The types of errors of the anthropic 2.14 package (``error_object``), read on 2026-11-25."""


def refusal(endpoint: Endpoint, status: int, sentence: str, *, code: str) -> bytes:
    """The body of an error with ``status``: ``sentence`` is what the client shows, ``code`` is for programs.

    On ``/messages`` in Anthropic's shape, which has no code; everywhere else in OpenAI's.
    """
    is_ours = status < 500
    if endpoint is Endpoint.MESSAGES:
        kind = _ANTHROPIC.get(status, "invalid_request_error" if is_ours else "api_error")
        body: dict[str, object] = {"type": "error", "error": {"type": kind, "message": sentence}}
    else:
        kind = "invalid_request_error" if is_ours else "server_error"
        body = {"error": {"message": sentence, "type": kind, "code": code, "param": None}}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
