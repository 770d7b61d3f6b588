"""What the gateway itself says no to, and the sentence that shows up in the chat client.

Never 429 or 5xx, and none of 408 and 409: clients try those again, some five times and more, with the same
message (SillyTavern, the `openai` and `anthropic` packages). 401 says only that the token is not ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response

from discretion.gateway.wire import Endpoint, refusal

CONSTANT_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One way to say no: an HTTP status, a word for programs and a sentence for people."""

    status: int
    code: str
    sentence: str
    closes: bool = False
    """Whether the rest of the request is not waited for."""

    def named(self, error: Exception) -> Refusal:
        """The same with the type of ``error`` in its sentence; an error's own words may hold a value."""
        return replace(self, sentence=self.sentence.replace("…", type(error).__name__))


class Refused(Exception):
    """Raised where a request ends in a refusal; it holds nothing else."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


NO_TOKEN = Refusal(
    401,
    "token",
    "Discretion: the gateway's token is missing or wrong; put the one of its token file where the key goes.",
)
HOST = Refusal(403, "host", "Discretion does not answer to that host name; allow it with --allow-host NAME.")
ORIGIN = Refusal(
    403, "origin", "Discretion does not answer to that web page; allow it with --allow-origin ORIGIN."
)
PATH = Refusal(
    404, "path", "Discretion does not know that path, so it forwards nothing; the base URL ends in /v1."
)
METHOD = Refusal(405, "method", "Discretion does not take that method there.")
TOO_LARGE = Refusal(
    413, "too_large", "Discretion: the request is larger than what can be reviewed.", closes=True
)
TOO_SLOW = Refusal(400, "too_slow", "Discretion: the request did not arrive in time.", closes=True)
BUSY = Refusal(400, "busy", "Discretion has too many requests open; try again when one has ended.")
STOPPING = Refusal(400, "stopping", "Discretion was stopped before the reply was there.")
NOT_DECIDED = Refusal(400, "ask", "Discretion: nobody decided on that message in time, so it was not sent.")

UNREACHABLE = Refusal(
    400,
    "upstream_unreachable",
    "Discretion: the platform cannot be reached; see that its address is right and that it runs.",
)
NOT_TRUSTED = Refusal(
    400,
    "upstream_not_trusted",
    "Discretion: the platform's certificate is not valid, so nothing was sent to it.",
)
SILENT = Refusal(400, "upstream_silent", "Discretion: the platform did not answer in time.")
BROKE_OFF = Refusal(
    400, "upstream_broke_off", "Discretion: the platform broke off before its reply was whole."
)
REDIRECTS = Refusal(
    400,
    "upstream_redirects",
    "Discretion does not follow where the platform points: to another address.",
)
GARBLED = Refusal(
    400, "upstream_garbled", "Discretion: the platform's reply cannot be read, so nothing of it is shown."
)
TOO_LONG = Refusal(
    400, "upstream_too_long", "Discretion: the platform's reply is longer than the gateway takes."
)
UNFORESEEN = Refusal(400, "unforeseen", "Discretion could not go on (…), so nothing more was sent or shown.")


def answered(endpoint: Endpoint | None, said: Refusal, headers: Mapping[str, str] | None = None) -> Response:
    """The refusal in the shape of the API that was called; OpenAI's where none was."""
    body = refusal(endpoint or Endpoint.CHAT, said.status, said.sentence, code=said.code)
    own = dict(CONSTANT_HEADERS)
    if said.closes:
        own["connection"] = "close"
    return Response(body, said.status, {**own, **(headers or {})}, media_type=JSON)
