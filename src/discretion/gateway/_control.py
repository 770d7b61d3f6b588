"""Steering a gateway that runs: JSON over HTTP on a Unix socket that this user alone can reach.

Whoever has the control token may approve messages and read stand-ins with the values behind them. Chat
clients do not have it, and no web page gets in: browsers cannot open a Unix socket, and a request that names
an ``Origin`` is refused all the same.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, TypeVar

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from discretion.gateway._access import is_same
from discretion.gateway._dry_run import DRY_RUN, dry_run
from discretion.gateway._pending import Decision, NothingPending, Pending
from discretion.gateway._record import Recorded, record_of
from discretion.gateway._refusals import CONSTANT_HEADERS
from discretion.guard.stand_ins import StandInNotUsable
from discretion.records import DiscretionError, Pair

if TYPE_CHECKING:
    from discretion.gateway._counts import State
    from discretion.gateway._gatekeeper import Gatekeeper

_LARGEST_BYTES: Final = 64 * 1024
_LONGEST_STAND_IN: Final = 200
_T = TypeVar("_T")


def control_application(gatekeeper: Gatekeeper, control_token: str) -> Starlette:
    """The application on the Unix socket. Raises ``ValueError`` for an empty token."""
    if not control_token:
        raise ValueError("a control socket without a token would obey everybody")
    steering = _Steering(gatekeeper)
    return Starlette(
        routes=[
            Route("/state", steering.state, methods=["GET"]),
            Route("/pending", steering.pending, methods=["GET"]),
            Route("/pending/{id}", steering.decide, methods=["POST"]),
            Route("/stand-ins", steering.stand_ins, methods=["GET"]),
            Route("/stand-ins/{number:int}", steering.pin, methods=["POST"]),
            Route("/reload", steering.reload, methods=["POST"]),
            Route("/dry-run/{api}", steering.dry_run, methods=["POST"]),
            Route("/openapi.json", _described("control"), methods=["GET"]),
            Route("/api.openapi.json", _described("api"), methods=["GET"]),
        ],
        middleware=[Middleware(Recorded), Middleware(_ControlDoor, token=control_token)],
        exception_handlers={HTTPException: _refused, DiscretionError: _not_done},
    )


@cache
def openapi(which: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the ``control`` socket, or of the ``api`` that chat clients call."""
    raw = files("discretion.gateway").joinpath("data", f"{which}.openapi.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(raw)
    return document


class _Steering:
    """What can be done; each in a thread, since the gatekeeper may be in the middle of a review."""

    def __init__(self, gatekeeper: Gatekeeper) -> None:
        self._gatekeeper = gatekeeper

    async def state(self, request: Request) -> Response:
        return _json(_shown_state(await asyncio.to_thread(self._gatekeeper.state)))

    async def pending(self, request: Request) -> Response:
        waiting = await asyncio.to_thread(self._gatekeeper.pending)
        return _json({"pending": [_shown_pending(one) for one in waiting]})

    async def decide(self, request: Request) -> Response:
        said = await _said(request, "decision")
        if said not in list(Decision):
            raise HTTPException(400, f"the decision is one of {', '.join(Decision)}")
        decided = await asyncio.to_thread(self._gatekeeper.decide, request.path_params["id"], said)
        return _json(_shown_pending(decided))

    async def stand_ins(self, request: Request) -> Response:
        pairs = await asyncio.to_thread(self._gatekeeper.stand_ins)
        return _json({"stand_ins": [_shown_pair(one, number) for number, one in _numbered(pairs)]})

    async def pin(self, request: Request) -> Response:
        said = await _said(request, "stand_in")
        if len(said) > _LONGEST_STAND_IN:
            raise HTTPException(400, f"a stand-in has at most {_LONGEST_STAND_IN} characters")
        pinned = await asyncio.to_thread(self._gatekeeper.pin, request.path_params["number"], said)
        pairs = await asyncio.to_thread(self._gatekeeper.stand_ins)
        number = next((number for number, one in _numbered(pairs) if one == pinned), None)
        return _json(_shown_pair(pinned, number))

    async def reload(self, request: Request) -> Response:
        await asyncio.to_thread(self._gatekeeper.reload)
        return _json({"reloaded": True})

    async def dry_run(self, request: Request) -> Response:
        endpoint = DRY_RUN.get(request.path_params["api"])
        if endpoint is None:
            raise HTTPException(404, f"what can be tried is one of {', '.join(DRY_RUN)}")
        said = await _said(request, "request")
        return _json(
            await asyncio.to_thread(
                dry_run, self._gatekeeper, endpoint, said.encode("utf-8", "surrogatepass")
            )
        )


class _ControlDoor:
    """Lets in who has the control token and comes from no web page."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        record_of(scope).how = "control"
        headers = Headers(scope=scope)
        scheme, _, rest = headers.get("authorization", "").strip().partition(" ")
        if "origin" in headers:
            said = _error(403, "origin", "No web page may steer the gateway.")
        elif scheme.lower() != "bearer" or not is_same(rest.strip(), self._token):
            said = _error(401, "token", "The control token is missing or wrong; it lies in the run folder.")
        else:
            return await self._app(scope, receive, send)
        return await said(scope, receive, send)


def _described(which: str) -> Callable[[Request], Response]:
    def shown(request: Request) -> Response:
        return _json(openapi(which))

    return shown


async def _said(request: Request, key: str) -> str:
    """The one string of a request's body. Raises ``HTTPException``."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_BYTES:
            raise HTTPException(413, "the body is too large")
    try:
        said = json.loads(bytes(body))
    except (ValueError, RecursionError):
        raise HTTPException(400, "the body is no JSON") from None
    if not isinstance(said, dict) or set(said) != {key} or not isinstance(said[key], str):
        raise HTTPException(400, f'the body is an object with one string: "{key}"')
    return str(said[key])


def _shown_state(state: State) -> dict[str, Any]:
    return {
        **asdict(state),
        "since": state.since.isoformat(),
        "missed_per_10_000": state.missed_per_10_000,
        "collisions_per_10_000": state.collisions_per_10_000,
    }


def _shown_pending(one: Pending) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "reasons": list(one.reasons),
        "kinds": list(one.kinds),
        "asked_at": one.asked_at.isoformat(),
        "decision": one.decision,
        "may": list(one.may),
    }


def _numbered(pairs: Sequence[Pair]) -> list[tuple[int | None, Pair]]:
    """Each pair with the number that it is pinned by: the vault's, else its place from 1."""
    if any(one.number is not None for one in pairs):
        return [(one.number, one) for one in pairs]
    return list(enumerate(pairs, 1))


def _shown_pair(pair: Pair, number: int | None) -> dict[str, Any]:
    return {
        "number": number,
        "persona": pair.persona,
        "kind": pair.kind.value,
        "real": pair.real,
        "stand_in": pair.stand_in,
        "made_at": pair.made_at.isoformat(),
        "group": pair.group,
        "is_pinned": pair.is_pinned,
        "retired_at": pair.retired_at.isoformat() if pair.retired_at else None,
    }


def _json(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, headers=CONSTANT_HEADERS)


def _error(status: int, code: str, message: str) -> JSONResponse:
    return _json({"error": {"code": code, "message": message}}, status)


_CODES: Final = {400: "body", 404: "path", 405: "method", 413: "too_large"}


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = _error(error.status_code, _CODES.get(error.status_code, "refused"), error.detail)
    said.headers.update(error.headers or {})
    return said


async def _not_done(request: Request, error: Exception) -> Response:
    """What the gatekeeper will not do; its errors say what and why, and hold no value."""
    if isinstance(error, NothingPending):
        return _error(404, "nothing_pending", str(error))
    if isinstance(error, StandInNotUsable):
        return _error(409, "stand_in", str(error))
    return _error(409, "not_possible", str(error))
