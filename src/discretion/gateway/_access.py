"""Who may talk to the gateway: by the name it is called by, the page that calls, and the token.

A web page anywhere can send requests to this machine, and a name that its owner points at 127.0.0.1 makes
them look like its own (DNS rebinding). So: exact names in ``Host``, exact origins in ``Origin``, no request
that a browser marks as coming from elsewhere, and always the token. The order and the use of
``Sec-Fetch-Site`` follow datasette's csrf.py and Go 1.25's CrossOriginProtection.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from typing import ClassVar

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from discretion.gateway._refusals import HOST, NO_TOKEN, ORIGIN, PATH, answered
from discretion.gateway.wire import Endpoint, endpoint_of
from discretion.records import DiscretionError

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?P<port>:\d{1,5})?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
_OF_ONE_PAGE = frozenset({"same-origin", "none"})


class AccessNotUsable(DiscretionError):
    """A host name or an origin to be allowed is none."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class Access:
    """Who may talk to the API.

    ``hosts`` are the exact values of ``Host`` that are answered, in small letters and with the port;
    ``origins`` the exact origins of web pages that may call. Raises ``ValueError`` for an empty token.
    """

    token: str = field(repr=False)
    hosts: frozenset[str]
    origins: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.token:
            raise ValueError("a gateway without a token would answer everybody")

    def knows_host(self, headers: Headers) -> bool:
        """Whether the request names this gateway, once and exactly."""
        said = headers.getlist("host")
        return len(said) == 1 and said[0].lower() in self.hosts

    def lets_page(self, headers: Headers) -> bool:
        """Whether the request comes from no web page, or from one that is allowed."""
        origins = headers.getlist("origin")
        if origins:
            return len(origins) == 1 and origins[0].lower() in self.origins
        return all(site in _OF_ONE_PAGE for site in headers.getlist("sec-fetch-site"))

    def has_token(self, headers: Headers) -> bool:
        """Whether the token stands in ``Authorization: Bearer`` or ``x-api-key``; in constant time."""
        said = [value.strip() for value in headers.getlist("x-api-key")]
        for value in headers.getlist("authorization"):
            scheme, _, rest = value.strip().partition(" ")
            if scheme.lower() == "bearer":
                said.append(rest.strip())
        return sum(is_same(one, self.token) for one in said) > 0  # none is left uncompared


def is_same(said: str, token: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(said.encode("utf-8", "surrogatepass"), token.encode())


def own_hosts(port: int, addresses: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> frozenset[str]:
    """The values of ``Host`` for a gateway on ``port``: loopback, its other ``addresses``, allowed ``names``.

    A name may carry a port of its own (a container that maps another one); without one it is taken with
    this port. Raises ``AccessNotUsable``.
    """
    local = ("127.0.0.1", "localhost", "[::1]", *addresses)
    return frozenset({f"{name}:{port}" for name in local} | {_checked_host(name, port) for name in names})


def _checked_host(name: str, port: int) -> str:
    said = name.strip().lower()
    if not (found := _HOST.fullmatch(said)):
        raise AccessNotUsable("a host to allow is written as in gateway.home.arpa, or with its port after it")
    return said if found["port"] else f"{said}:{port}"


def checked_origin(origin: str) -> str:
    """An origin as a browser writes it: scheme, host and port, nothing after. Raises ``AccessNotUsable``."""
    said = origin.strip().lower().removesuffix("/")
    scheme, _, host = said.partition("://")
    if not _SCHEME.fullmatch(scheme) or not _HOST.fullmatch(host):
        raise AccessNotUsable("an origin to allow is written as in https://janitorai.com, with nothing after")
    return said


def called(scope: Scope) -> tuple[Endpoint | None, str]:
    """The endpoint whose path was called, and the method that it takes, whatever the request's own."""
    raw = scope.get("raw_path")
    path = raw.decode("ascii", "replace") if raw else scope["path"]
    for method in ("GET", "POST"):
        if endpoint := endpoint_of(method, path):
            return endpoint, method
    return None, ""


class Doors:
    """Lets in who names this gateway and comes from no web page, or from one that is allowed."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers, (endpoint, _) = Headers(scope=scope), called(scope)
        if not scope["path"].startswith("/"):  # `GET http://elsewhere/` as to a proxy, or `OPTIONS *`
            await answered(None, PATH)(scope, receive, send)
        elif not self._access.knows_host(headers):
            await answered(endpoint, HOST)(scope, receive, send)
        elif not self._access.lets_page(headers):
            await answered(endpoint, ORIGIN)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
        return None


class TokenNeeded:
    """Lets in who has the token."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._access.has_token(Headers(scope=scope)):
            return await self._app(scope, receive, send)
        said = answered(called(scope)[0], NO_TOKEN, {"www-authenticate": "Bearer"})
        return await said(scope, receive, send)
