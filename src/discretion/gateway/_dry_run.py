"""What a running gateway would send, asked over the control socket; nothing is sent, kept or counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from discretion.gateway._verify_upstream import whole_reply
from discretion.gateway.wire import Endpoint, NotUnderstood, read_reply, read_request

if TYPE_CHECKING:
    from discretion.gateway._gatekeeper import Gatekeeper


DRY_RUN: Final = {
    "chat": Endpoint.CHAT,
    "messages": Endpoint.MESSAGES,
    "responses": Endpoint.RESPONSES,
    "completions": Endpoint.COMPLETIONS,
}
"""What can be tried, by the name it has on the control socket."""


def dry_run(gatekeeper: Gatekeeper, endpoint: Endpoint, body: bytes) -> dict[str, Any]:
    """What would leave in place of ``body`` and, were the upstream to repeat it, what would come back.

    Both as text; where the request would be held, the code and the sentence instead.
    """
    from discretion.gateway._gatekeeper import Stopped

    try:
        judged = gatekeeper.rehearse(read_request(endpoint, body))
    except NotUnderstood as error:
        return {"code": "not_understood", "sentence": str(error)}
    if isinstance(judged, Stopped):
        return {"code": judged.code, "sentence": judged.sentence}
    reply = read_reply(endpoint, whole_reply(endpoint, json.loads(judged.body)), judged.table)
    return {"left": judged.body.decode(), "came_back": reply.body.decode()}
