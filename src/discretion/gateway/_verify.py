"""`gateway verify`: what a platform would receive, proven on the wire.

A throwaway upstream and a gateway of its own, both real servers on free ports of this machine; the gateway's
table lies in memory alone, so that nothing planted here ever meets the user's own. Through every endpoint,
whole and streamed, goes a chat with planted facts, and what arrived is searched for them.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx2

from discretion.gateway._settings import Mode
from discretion.gateway._upstream import Upstream
from discretion.gateway._verify_judge import Exchange, Outcome, Sight, judged
from discretion.gateway._verify_plan import ENDPOINTS, Plant, plan, request_for
from discretion.gateway._verify_reply import CameBack, read_stream, read_whole
from discretion.gateway._verify_servers import NotVerified, throwaway_gateway, throwaway_upstream
from discretion.gateway._verify_upstream import Echo, Received
from discretion.gateway.wire import Endpoint

_PATIENCE_S = 120.0
"""The first request reads the whole chat by the model, on a machine that may be slow."""
Step = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One planted value over all exchanges: the worst ``outcome``, what ``left`` in its place and what came
    ``back`` there, and in how many of the exchanges that carried it all was well."""

    plant: Plant
    outcome: Outcome
    left: str
    back: str
    good: int
    times: int
    endpoints: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """Something that must stay out or stay here: in words, and whether it did."""

    what: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The user's own gateway as it stood when it was asked; ``vault`` is ``open``, ``locked`` or ``none``."""

    port: int
    mode: str
    persona: str
    vault: str

    @property
    def is_observing(self) -> bool:
        """Whether it only counts, by the user's choice."""
        return self.mode == Mode.OBSERVE


@dataclass(frozen=True, slots=True)
class Proof:
    """What a run showed. ``is_on_the_wire`` says that an upstream received it, rather than that the gateway
    said what it would send. ``held`` are the gateway's sentences where it held a request. ``asked`` is the
    user's own gateway where that was asked."""

    rows: tuple[Row, ...]
    doors: tuple[Door, ...]
    exchanges: int
    held: tuple[str, ...]
    is_on_the_wire: bool
    asked: Asked | None = None

    @property
    def bad(self) -> tuple[Row, ...]:
        """What left or came back wrong."""
        return tuple(row for row in self.rows if row.outcome.is_bad)

    @property
    def is_clean(self) -> bool:
        """Whether nothing planted left, nothing came back wrong, and every door held.

        On the wire a request that was held proves nothing; the user's own gateway may hold what it likes,
        but behind a locked vault it holds everything, and shows nothing.
        """
        if self.asked is not None and self.asked.vault == "locked":
            return False
        is_shown = bool(self.rows) and (not self.held or not self.is_on_the_wire)
        return is_shown and not self.bad and all(door.holds for door in self.doors)


def verify(step: Step = lambda told: None) -> Proof:
    """Prove it on the wire; ``step`` is told of every request before it is sent.

    Raises ``NotVerified`` or ``CannotListen``.
    """
    ended = threading.Event()
    # Beside the main thread, where a server hears no signals: Ctrl-C is the caller's, not the gateway's.
    with ThreadPoolExecutor(1) as beside:
        proving = beside.submit(asyncio.run, _verify(step, ended))
        try:
            return proving.result()
        finally:
            ended.set()


async def _verify(step: Step, ended: threading.Event) -> Proof:
    echo, token = Echo(), f"discretion-{secrets.token_urlsafe(24)}"
    key = f"upstream-{secrets.token_urlsafe(24)}"
    async with (
        throwaway_upstream(echo) as there,
        throwaway_gateway(Upstream(there, key), token) as url,
        httpx2.AsyncClient(
            base_url=url, timeout=_PATIENCE_S, trust_env=False, headers={"authorization": f"Bearer {token}"}
        ) as client,
    ):
        exchanges = []
        for endpoint in ENDPOINTS:
            for is_stream in (False, True):
                if ended.is_set():
                    raise NotVerified("ended before everything was sent")
                step(f"{endpoint.value}{', streamed' if is_stream else ''}")
                exchanges.append(await _exchange(client, echo, endpoint, is_stream=is_stream))
        step("what must stay out")
        doors = (_token_stays(echo.received, token), *[one async for one in _doors(client, echo)])
    return proof_of(exchanges, doors, is_on_the_wire=True)


def proof_of(
    exchanges: Iterable[Exchange],
    doors: Iterable[Door],
    *,
    is_on_the_wire: bool,
    asked: Asked | None = None,
) -> Proof:
    """The rows of a report, from all exchanges."""
    done = tuple(exchanges)
    plants = plan().plants
    sights = [(one.endpoint, judged(one, plants)) for one in done]
    rows = tuple(
        _row(plant, [(endpoint, seen[plant]) for endpoint, seen in sights if plant in seen])
        for plant in plants
        if any(plant in seen for _, seen in sights)
    )
    held = tuple(dict.fromkeys(one.sentence for one in done if one.sentence))
    return Proof(rows, tuple(doors), len(done), held, is_on_the_wire, asked)


def _row(plant: Plant, seen: list[tuple[Endpoint, Sight]]) -> Row:
    sights = [one for _, one in seen]
    good = [one for one in sights if one.outcome.is_good]
    worst = next((one for one in sights if one.outcome.is_bad), None)
    shown = worst or next(iter(good), sights[0])
    outcome = shown.outcome
    if worst is None and len({one.left for one in good}) > 1:
        outcome = Outcome.UNSTEADY
    left = " / ".join(dict.fromkeys(one.left for one in good)) if outcome is Outcome.UNSTEADY else shown.left
    endpoints = tuple(dict.fromkeys(endpoint for endpoint, _ in seen))
    return Row(plant, outcome, left, shown.back, len(good), len(sights), endpoints)


async def _exchange(
    client: httpx2.AsyncClient, echo: Echo, endpoint: Endpoint, *, is_stream: bool
) -> Exchange:
    before = len(echo.received)
    told = request_for(endpoint, is_stream=is_stream)
    try:
        answer = await client.post(f"/v1{endpoint.value}", json=told)
    except httpx2.HTTPError as error:
        what = type(error).__name__
        raise NotVerified(f"the gateway did not answer at {endpoint.value} ({what})") from None
    arrived = echo.received[before:]
    around = "\n".join(_around(one) for one in arrived)
    body = arrived[0].body if arrived else None
    if answer.status_code != 200:
        return Exchange(endpoint, is_stream, told, body, around, None, sentence_of(answer.content))
    return Exchange(endpoint, is_stream, told, body, around, came_back(endpoint, answer.content, is_stream))


def came_back(endpoint: Endpoint, body: bytes, is_stream: bool) -> CameBack | None:
    """The reply as a client reads it; ``None`` where it has no shape that one could read."""
    try:
        return (read_stream if is_stream else read_whole)(endpoint, body)
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def sentence_of(body: bytes) -> str:
    """The sentence of a refusal, in whichever API's shape."""
    try:
        return str(json.loads(body)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return "the gateway refused the request without a sentence"


def _around(one: Received) -> str:
    headers = (f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in one.headers)
    return "\n".join([one.path, *headers])


def _token_stays(received: Iterable[Received], token: str) -> Door:
    seen = [(_around(one), one.body) for one in received]
    holds = not any(token in around or token.encode() in body for around, body in seen)
    return Door("the gateway's own token is not passed on", holds and bool(seen))


async def _doors(client: httpx2.AsyncClient, echo: Echo) -> AsyncIterator[Door]:
    """Requests that must be refused, and of which nothing may arrive."""
    picture: dict[str, Any] = {
        "type": "image_url",
        "image_url": {"url": "https://host.example/marguerite.png"},
    }
    media = {"model": "verify-1", "messages": [{"role": "user", "content": [picture]}]}
    plain = {"model": "verify-1", "messages": [{"role": "user", "content": "hello"}]}
    chat = f"/v1{Endpoint.CHAT.value}"
    wrong, host = {"authorization": "Bearer wrong-token-0000"}, {"host": "evil.example"}
    page = {"origin": "https://evil.example"}
    refused: list[tuple[str, str, Any, dict[str, str], int]] = [
        ("without the token nothing is answered", chat, plain, wrong, 401),
        ("another host name is not answered (DNS rebinding)", chat, plain, host, 403),
        ("a web page that you did not allow is not answered", chat, plain, page, 403),
        ("a path that nobody reviews is refused", "/v1/embeddings", {"input": "Marguerite"}, {}, 404),
        ("a picture is refused: nobody could review it", chat, media, {}, 400),
    ]
    for what, path, body, headers, status in refused:
        before = len(echo.received)
        answer = await client.post(path, json=body, headers=headers)
        yield Door(what, answer.status_code == status and len(echo.received) == before)
    before = len(echo.received)
    await client.post(chat, json=plain, headers={"x-planted": "marguerite", "cookie": "who=marguerite"})
    arrived = "\n".join(_around(one) for one in echo.received[before:])
    is_kept = bool(arrived) and "marguerite" not in arrived
    yield Door("other headers of your client are not passed on", is_kept)
