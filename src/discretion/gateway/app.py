"""The gateway as an application: requests in, reviewed requests out, restored replies back.

In order: what happened is recorded (without a value), the host and the page are looked at, preflights are
answered, the token is asked for; then a request is read, judged in a thread, and carried.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ssl import SSLContext
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from discretion.gateway._access import Access, Doors, TokenNeeded
from discretion.gateway._desk import Desk
from discretion.gateway._limits import Limits
from discretion.gateway._record import Recorded
from discretion.gateway._upstream import Line, Upstream

if TYPE_CHECKING:
    from discretion.gateway._gatekeeper import Gatekeeper

__all__ = ["Access", "Limits", "Upstream", "application"]

_PAGE_MAY_SEND = ("Authorization", "X-Api-Key", "Anthropic-Version", "Anthropic-Beta")


def application(
    gatekeeper: Gatekeeper,
    upstream: Upstream,
    access: Access,
    *,
    limits: Limits | None = None,
    tls: SSLContext | None = None,
) -> Starlette:
    """The API that chat clients call. ``tls`` says which authorities are trusted; by default the system's.

    ``application(…).state.desk.stop()`` ends every open request in a way that its client understands.
    """
    limits = limits or Limits()
    desk = Desk(gatekeeper, Line(upstream, limits, tls), limits)

    @asynccontextmanager
    async def opened(app: Starlette) -> AsyncIterator[None]:
        yield
        await desk.close()

    made = Starlette(
        routes=[Route("/{path:path}", desk)],
        middleware=[
            Middleware(Recorded),
            Middleware(Doors, access=access),
            Middleware(
                CORSMiddleware,
                allow_origins=access.origins,
                allow_methods=("GET", "POST"),
                allow_headers=_PAGE_MAY_SEND,
                allow_private_network=True,
            ),
            Middleware(TokenNeeded, access=access),
        ],
        lifespan=opened,
    )
    made.state.desk = desk
    return made
