"""One careful way to talk to an alias service: bounded, without redirects, and silent.

The address must be https, or http on this machine alone. Certificates are checked. No proxy, key log or
certificate of the environment is used. An answer has a size and a time within which it must be complete.
"""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx2

from discretion.identity._address import checked_url
from discretion.identity._errors import AliasError

LARGEST_BYTES = 1 << 20
WITHIN_S = 20.0
"""Seconds within which a whole answer must be there."""
LONGEST_REASON = 200
"""Characters of a service's own error message that are shown."""
SHORTEST_SECRET = 4

for _name in ("httpx2", "httpcore2"):  # their log lines hold addresses and, at the lowest level, headers
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of an answer; the body hides itself when printed."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def document(self, service: str) -> dict[str, Any]:
        """The JSON object in the body. Raises ``AliasError``."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            raise AliasError(f"{service} answered no JSON; look there before you try again") from None
        if not isinstance(found, dict):
            raise AliasError(f"{service} answered JSON of another form than its documentation says")
        return found


class Connection:
    """A connection to one service with one key. Use it in a ``with``; the key hides itself."""

    def __init__(
        self,
        service: str,
        base_url: str,
        key: str,
        headers: Mapping[str, str],
        *,
        within_s: float = WITHIN_S,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.service = service
        self._key = key
        self._within_s = within_s
        try:
            url = httpx2.URL(checked_url(base_url))
        except httpx2.InvalidURL:
            raise AliasError("the base URL is no address of a service") from None
        self._client = httpx2.Client(
            base_url=url,
            headers={"User-Agent": "discretion", "Accept-Encoding": "identity", **headers},
            timeout=httpx2.Timeout(within_s),
            follow_redirects=False,
            trust_env=False,
            verify=context or True,
        )

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        """One request. Raises ``AliasError`` for what is no answer; a refusal is an answer."""
        until = time.monotonic() + self._within_s
        try:
            with self._client.stream(method, path, params=query, json=body) as response:
                read = self._read(response, until)
                status, headers = response.status_code, dict(response.headers)
        except httpx2.TimeoutException:
            raise self._too_slow() from None
        except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, UnicodeError) as error:
            raise AliasError(
                f"{self.service} could not be reached ({_kind(error)}); nothing was changed here"
            ) from None
        if 300 <= status < 400:
            raise AliasError(
                f"{self.service} sent us elsewhere, which is not followed: the key would go along. "
                "Check --base-url"
            )
        return Answer(status, headers, read)

    def _read(self, response: httpx2.Response, until: float) -> bytes:
        if response.headers.get("content-encoding", "identity").casefold() != "identity":
            raise AliasError(f"{self.service} answered packed, which was not asked for")
        read = bytearray()
        for part in response.iter_raw():
            read += part
            if len(read) > LARGEST_BYTES:
                raise AliasError(f"{self.service} answered more than 1 MiB, which no answer of its is")
            if time.monotonic() > until:
                raise self._too_slow()
        return bytes(read)

    def _too_slow(self) -> AliasError:
        return AliasError(
            f"{self.service} did not answer within {self._within_s:.0f} s. Look there whether an alias was "
            "made before you try again"
        )

    def reason(self, text: object) -> str:
        """A service's own words, fit to be shown: one line, printable, short, and without the key."""
        if not isinstance(text, str) or not text.strip():
            return ""
        line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        if len(self._key) >= SHORTEST_SECRET:
            line = line.replace(self._key, "·····")
        return line if len(line) <= LONGEST_REASON else f"{line[:LONGEST_REASON]}…"

    def refused(self, answer: Answer, said: object = "") -> AliasError:
        """What a status means that every service uses alike; ``said`` is the service's own reason."""
        reason = self.reason(said)
        told = f': "{reason}"' if reason else ""
        if answer.status == 401:
            return AliasError(f"{self.service} does not know this key; make a new one in its settings")
        if answer.status == 429:
            wait = answer.headers.get("retry-after", "")
            when = f"in {wait} s" if wait.isascii() and wait.isdigit() and len(wait) < 7 else "later"
            return AliasError(f"{self.service} has had too many requests of this account{told}; try {when}")
        if answer.status == 404:
            return AliasError(f"{self.service} knows no such alias or address{told}; check --base-url")
        if answer.status >= 500:
            return AliasError(f"{self.service} has trouble of its own ({answer.status}); try later")
        return AliasError(f"{self.service} refused ({answer.status}){told}; nothing was changed here")

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def __repr__(self) -> str:
        return f"<Connection to {self.service}>"


def _kind(error: BaseException) -> str:
    """What went wrong, without the address, which an exception's own words may hold."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return "its certificate does not hold"
        if isinstance(seen, ssl.SSLError):
            return "no secure connection"
        seen = seen.__cause__ or seen.__context__
    if isinstance(error, httpx2.ConnectError):
        return "no connection"
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol):
        return "no address"
    return "the connection broke off"
