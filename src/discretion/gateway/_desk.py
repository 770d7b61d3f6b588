"""Where a request that got past the doors is taken: read, judged in a thread, carried, or refused."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from discretion.gateway._access import called
from discretion.gateway._gatekeeper import Stopped
from discretion.gateway._limits import Limits
from discretion.gateway._record import LOG, Record, record_of
from discretion.gateway._refusals import (
    BUSY,
    CONSTANT_HEADERS,
    METHOD,
    NOT_DECIDED,
    PATH,
    STOPPING,
    TOO_LARGE,
    TOO_SLOW,
    Refusal,
    Refused,
    answered,
)
from discretion.gateway._relay import Ended, Leaving, Relay
from discretion.gateway._upstream import Line
from discretion.gateway.wire import Endpoint, NotUnderstood, Request, read_request
from discretion.guard.restore import RestoreTable
from discretion.records import DiscretionError

if TYPE_CHECKING:
    from discretion.gateway._gatekeeper import Gatekeeper, Passed
    from discretion.guard.restore import RestoreCounts

_REVIEWERS = 4
"""Threads that judge: more would only wait for each other, and for the vault."""
_LOOKS_EVERY_S = 0.25
"""How often a held connection looks whether the user has decided."""


class ClientGone(Exception):
    """The client hung up."""


class Desk:
    """Takes the requests of one gateway; an ASGI application."""

    def __init__(self, gatekeeper: Gatekeeper, line: Line, limits: Limits) -> None:
        self._gatekeeper, self._line, self._limits = gatekeeper, line, limits
        self._workers = ThreadPoolExecutor(_REVIEWERS, thread_name_prefix="review")
        self._open: set[asyncio.Task[None]] = set()
        self._telling: set[Future[None]] = set()
        self._is_stopping = False
        self._relay = Relay(line, limits, self._workers, lambda: self._is_stopping)

    def stop(self) -> None:
        """End every open request in a way that its client understands; later ones are refused."""
        self._is_stopping = True
        for task in tuple(self._open):
            task.cancel()

    async def close(self) -> None:
        """Close what is connected to the upstream, once the replies that ended are counted."""
        await self._line.close()
        if telling := {asyncio.wrap_future(one) for one in tuple(self._telling)}:
            await asyncio.wait(telling, timeout=self._limits.stop_s)
        self._workers.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        record, (endpoint, _) = record_of(scope), called(scope)
        try:
            said = self._own_answer(scope)
            if said is None and endpoint is not None:
                body = None if endpoint is Endpoint.MODELS else await self._body(receive)
                if self._is_stopping:
                    raise Refused(STOPPING)
                work = self._serve(endpoint, body, scope, receive, send, record)
                await self._while_there(work, receive)
        except Refused as refused:
            record.how = refused.refusal.code
            said = answered(endpoint, refused.refusal)
        except ClientGone:
            record.how = f"{record.how} client_gone".strip()
            return
        except asyncio.CancelledError:
            if not self._is_stopping or record.status:
                raise
            said = answered(endpoint, STOPPING)
        if said is not None:
            await said(scope, receive, send)

    def _own_answer(self, scope: Scope) -> Response | None:
        """The answer to what needs nobody else. Raises ``Refused``."""
        endpoint, method = called(scope)
        if endpoint is None:
            raise Refused(PATH)
        if scope["method"] != method:
            return answered(endpoint, METHOD, {"allow": method})
        if endpoint is Endpoint.HEALTH:
            return JSONResponse({"status": "ok"}, headers=CONSTANT_HEADERS)
        if len(self._open) >= self._limits.requests:
            raise Refused(BUSY)
        return None

    async def _body(self, receive: Receive) -> bytes:
        """The body, whole. Raises ``Refused`` where it is too large or too slow, or ``ClientGone``."""
        body = bytearray()
        try:
            async with asyncio.timeout(self._limits.body_s):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise ClientGone
                    body += message.get("body", b"")
                    if len(body) > self._limits.body_bytes:
                        raise Refused(TOO_LARGE)
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError:
            raise Refused(TOO_SLOW) from None

    async def _while_there(self, work: Coroutine[Any, Any, None], receive: Receive) -> None:
        """Do ``work`` until it is done, or its client goes away: then nothing of it goes on."""
        working = asyncio.create_task(work)
        leaving = asyncio.create_task(_gone(receive))
        self._open.add(working)
        try:
            await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
            is_gone = not working.done()
        finally:
            self._open.discard(working)
            leaving.cancel()
            working.cancel()
            await asyncio.wait({working, leaving})
        if working.cancelled():
            raise ClientGone if is_gone else Refused(STOPPING)
        if error := working.exception():
            raise error

    async def _serve(
        self,
        endpoint: Endpoint,
        body: bytes | None,
        scope: Scope,
        receive: Receive,
        send: Send,
        record: Record,
    ) -> None:
        if body is None:
            leaving = Leaving(endpoint, None, RestoreTable(()))
        else:
            began = record.elapsed()
            leaving = await self._reviewed(endpoint, body)
            record.review_s = record.elapsed() - began
        await self._relay.carry(leaving, scope, receive, send, record)

    async def _reviewed(self, endpoint: Endpoint, body: bytes) -> Leaving:
        """What may leave in place of ``body``. Raises ``Refused`` where nothing may."""
        until = asyncio.get_running_loop().time() + self._limits.ask_s
        while True:
            request, judged = await asyncio.get_running_loop().run_in_executor(
                self._workers, self._judged, endpoint, body
            )
            if not isinstance(judged, Stopped):
                return Leaving(
                    endpoint, judged.body, judged.table, request.is_stream, judged.before, self._told(judged)
                )
            if judged.pending_id is None or not judged.is_held:
                raise Refused(Refusal(judged.status, judged.code, judged.sentence))
            await self._decided(judged.pending_id, until)

    def _judged(self, endpoint: Endpoint, body: bytes) -> tuple[Request, Passed | Stopped]:
        """Read and judged, in a thread. Raises ``Refused`` for what cannot be read or judged."""
        try:
            request = read_request(endpoint, body)
            return request, self._gatekeeper.judge(request)
        except NotUnderstood as error:
            raise Refused(Refusal(400, "not_understood", f"Discretion: {error}.")) from None
        except DiscretionError as error:
            raise Refused(Refusal(400, "not_checked", f"Discretion: {error}.")) from None

    async def _decided(self, pending_id: str, until: float) -> None:
        """Wait until the user decided, without a thread for each that waits. Raises ``Refused``."""
        loop = asyncio.get_running_loop()
        while await loop.run_in_executor(self._workers, self._gatekeeper.decision, pending_id) is None:
            if loop.time() > until:
                raise Refused(NOT_DECIDED)
            await asyncio.sleep(_LOOKS_EVERY_S)

    def _told(self, passed: Passed) -> Ended:
        """Tells the gatekeeper, in a thread that nobody waits for, how a reply ended."""

        def ended(
            counts: RestoreCounts, tokens_in: int, tokens_out: int, is_whole: bool, is_line_said: bool
        ) -> None:
            telling = self._workers.submit(
                partial(self._gatekeeper.replied, is_whole=is_whole, is_line_said=is_line_said),
                passed.ticket,
                counts,
                tokens_in,
                tokens_out,
            )
            self._telling.add(telling)
            telling.add_done_callback(self._heard)

        return ended

    def _heard(self, told: Future[None]) -> None:
        self._telling.discard(told)
        if not told.cancelled() and (error := told.exception()):
            LOG.warning("a reply could not be counted: %s", type(error).__name__)


async def _gone(receive: Receive) -> None:
    """Returns once the client has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass
