"""The one upstream: its address, fixed at the start, its key, and what of a request and a reply passes.

No header of the client's is copied. Two values of Anthropic's API are taken over where they have the form of
that value and nothing else. Redirects are not followed, certificates are verified, and neither the
environment's proxies nor ``.netrc`` are looked at: a variable must not lead chats elsewhere.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx2
from starlette.datastructures import Headers

from discretion.gateway._address import checked_upstream
from discretion.gateway._limits import Limits
from discretion.gateway._refusals import (
    BROKE_OFF,
    GARBLED,
    NOT_TRUSTED,
    SILENT,
    TOO_LONG,
    UNREACHABLE,
    Refusal,
    Refused,
)
from discretion.gateway.wire import Endpoint

ANTHROPIC_VERSION = "2023-06-01"
"""What Anthropic's own clients send (anthropic 2.14, ``_client.py``)."""

_BETA = r"[a-z0-9-]{1,60}-\d{4}-\d{2}-\d{2}"
_TAKEN_OVER = {
    "anthropic-version": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "anthropic-beta": re.compile(rf"{_BETA}(?:, ?{_BETA}){{0,19}}"),
}
_PASSED_BACK = re.compile(
    r"(?:x-)?request-id|retry-after(?:-ms)?|x-should-retry|x-ratelimit-[a-z-]+|anthropic-ratelimit-[a-z-]+"
)
_END_S = 2.0
"""So long the end of a reply is waited for that is whole already: then its connection can be used again."""
_ANY_HEADER = zlib.MAX_WBITS | 32
"""Tells gzip from zlib by itself (zlib.h, inflateInit2)."""
_PIECE = 64 * 1024
_KNOWN_ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where messages go: the base URL, as in ``https://api.provider.example/v1``, and the key, if any.

    Raises ``AddressNotUsable``.
    """

    url: str
    key: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", checked_upstream(self.url))

    @property
    def host(self) -> str:
        """The name or number of the machine, in small letters."""
        return urlsplit(self.url).hostname or ""

    @property
    def place(self) -> str:
        """Its machine as a user knows it: with the port where the address names one."""
        return urlsplit(self.url).netloc.lower()

    def address_of(self, endpoint: Endpoint) -> str:
        """The URL of ``endpoint``; where the base has no path at all, ``/v1`` is meant."""
        base = self.url if urlsplit(self.url).path else f"{self.url}/v1"
        return f"{base}{endpoint.value}"

    def headers_for(self, endpoint: Endpoint, client: Headers, *, is_stream: bool) -> dict[str, str]:
        """The headers of a request; the library adds ``Host``, ``Content-Length`` and its own name."""
        made = {
            "accept": "text/event-stream" if is_stream else "application/json",
            "accept-encoding": "identity",
        }
        if endpoint is not Endpoint.MODELS:
            made["content-type"] = "application/json"
        for name, form in _TAKEN_OVER.items():
            if form.fullmatch(said := client.get(name, "")):
                made[name] = said
        return {**self._key_headers(endpoint is Endpoint.MESSAGES or "anthropic-version" in made), **made}

    def _key_headers(self, is_anthropic_api: bool) -> dict[str, str]:
        """The key as the API wants it: servers that speak Anthropic's API read it here or there."""
        made = {}
        if is_anthropic_api:
            made["anthropic-version"] = ANTHROPIC_VERSION
        if self.key is None:
            return made
        if is_anthropic_api:
            made["x-api-key"] = self.key
        if not (is_anthropic_api and self._is_anthropic):
            made["authorization"] = f"Bearer {self.key}"
        return made

    @property
    def _is_anthropic(self) -> bool:
        return self.host == "anthropic.com" or self.host.endswith(".anthropic.com")


def passed_back(headers: Mapping[str, str]) -> dict[str, str]:
    """Those headers of a reply that a client may need: ids to complain with, and when to come again."""
    return {
        name.lower(): value
        for name, value in headers.items()
        if _PASSED_BACK.fullmatch(name.lower()) and value.isascii()
    }


def has_frame(headers: Mapping[str, str]) -> bool:
    """Whether HTTP tells where a reply ends, rather than the end of the connection (RFC 9112, 6.3)."""
    return "content-length" in headers or "chunked" in headers.get("transfer-encoding", "").lower()


class Line:
    """The connections to one upstream, kept while the gateway runs."""

    def __init__(self, upstream: Upstream, limits: Limits, tls: ssl.SSLContext | None = None) -> None:
        self.upstream, self._limits = upstream, limits
        self._client = httpx2.AsyncClient(
            verify=tls or True,
            trust_env=False,
            cookies=CookieJar(
                DefaultCookiePolicy(allowed_domains=[])
            ),  # one kept would tie requests together
            follow_redirects=False,
            timeout=httpx2.Timeout(limits.first_byte_s, connect=limits.connect_s, pool=None),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=32, keepalive_expiry=15.0),
        )

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    @asynccontextmanager
    async def asked(
        self, endpoint: Endpoint, client: Headers, body: bytes | None, *, is_stream: bool
    ) -> AsyncIterator[httpx2.Response]:
        """Send ``body`` and hand out the reply once its headers are there; leaving ends it at once.

        Raises ``Refused`` where there is no reply, or none in a form that can be read.
        """
        request = self._client.build_request(
            "GET" if body is None else "POST",
            self.upstream.address_of(endpoint),
            headers=self.upstream.headers_for(endpoint, client, is_stream=is_stream),
            content=body,
        )
        try:
            response = await self._client.send(request, stream=True)
        except (httpx2.HTTPError, ValueError) as error:
            raise Refused(_why(error)) from None
        try:
            if response.headers.get("content-encoding", "").strip().lower() not in _KNOWN_ENCODINGS:
                raise Refused(GARBLED)
            yield response
        finally:
            await response.aclose()

    async def pieces(
        self, response: httpx2.Response, is_done: Callable[[], bool] = lambda: False
    ) -> AsyncGenerator[bytes]:
        """The reply as it comes, decoded; once ``is_done`` only its end is waited for, and not for long.

        Raises ``Refused`` where it breaks off, stops for too long or grows too long.
        """
        patience, taken = self._limits.first_byte_s, 0
        async with aclosing(_unpacked(response)) as coming:
            while True:
                try:
                    async with asyncio.timeout(_END_S if is_done() else patience):
                        piece = await anext(coming)
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    if is_done():
                        return
                    raise Refused(SILENT) from None
                except (httpx2.HTTPError, httpx2.StreamError, zlib.error) as error:
                    if is_done():
                        return
                    raise Refused(_why(error, BROKE_OFF)) from None
                patience, taken = self._limits.between_bytes_s, taken + len(piece)
                if taken > self._limits.reply_bytes:
                    raise Refused(TOO_LONG)
                yield piece


async def _unpacked(response: httpx2.Response) -> AsyncGenerator[bytes]:
    """The reply as it comes, unpacked piece by piece: what is packed may hold a thousand times as much.

    Raises ``zlib.error``, and ``httpx2.RemoteProtocolError`` where what was packed is cut off.
    """
    encoding = response.headers.get("content-encoding", "").strip().lower()
    unpacker = zlib.decompressobj(_ANY_HEADER) if encoding in ("gzip", "deflate") else None
    has_begun = False
    async for raw in response.aiter_raw():
        if unpacker is None:
            yield raw
            continue
        if not has_begun and encoding == "deflate" and not _is_zlib(raw):
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        has_begun = True
        while piece := unpacker.decompress(raw, _PIECE):
            yield piece
            await asyncio.sleep(0)
            raw = unpacker.unconsumed_tail
    if unpacker is not None and has_begun and not unpacker.eof:
        raise httpx2.RemoteProtocolError("the packed reply is cut off")


def _is_zlib(raw: bytes) -> bool:
    """Whether ``deflate`` means what it should: some servers leave the header out (RFC 1950, 2.2)."""
    return raw[0] & 0x0F == zlib.DEFLATED and (len(raw) < 2 or int.from_bytes(raw[:2]) % 31 == 0)


def _why(error: Exception, otherwise: Refusal = UNREACHABLE) -> Refusal:
    """What went wrong, as a refusal; the library's own words may hold an address and stay out."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return NOT_TRUSTED
        seen = seen.__cause__ or seen.__context__
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return UNREACHABLE
    if isinstance(error, httpx2.TimeoutException):
        return SILENT
    if isinstance(error, zlib.error):
        return GARBLED
    if isinstance(error, httpx2.RemoteProtocolError | httpx2.ReadError | httpx2.WriteError):
        return BROKE_OFF
    return otherwise
