"""Which endpoint a path means: with and without ``/v1``, as clients really write it."""

from __future__ import annotations

from typing import Final

from discretion.gateway.wire._request import Endpoint

_METHODS: Final = {
    Endpoint.HEALTH: "GET",
    Endpoint.MODELS: "GET",
    Endpoint.CHAT: "POST",
    Endpoint.COMPLETIONS: "POST",
    Endpoint.MESSAGES: "POST",
    Endpoint.RESPONSES: "POST",
}
_BY_PATH: Final = {endpoint.value: endpoint for endpoint in Endpoint}


def endpoint_of(method: str, path: str) -> Endpoint | None:
    """The endpoint that ``method`` and ``path`` call; ``None`` for everything that is refused.

    A base address that ends in ``/v1`` or not, or has it twice, doubled and trailing slashes and a query are
    what the settings of clients produce; everything else is taken as it is: no case folding, no
    percent-decoding, no ``..``, and no path below an endpoint.
    """
    words = [word for word in path.partition("?")[0].split("/") if word]
    if not path.startswith("/"):
        return None
    for _ in range(2):
        if words[:1] == ["v1"]:
            del words[0]
    endpoint = _BY_PATH.get("/" + "/".join(words))
    if endpoint is None or _METHODS[endpoint] != method:
        return None
    return endpoint
