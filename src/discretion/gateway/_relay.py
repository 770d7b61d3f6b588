"""One request that may leave: to the upstream as reviewed, and the reply back as restored."""

from __future__ import annotations

import asyncio
import codecs
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Executor
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import httpx2
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from discretion.gateway._as_stream import as_stream
from discretion.gateway._limits import Limits
from discretion.gateway._record import Record
from discretion.gateway._refusals import (
    BROKE_OFF,
    CONSTANT_HEADERS,
    GARBLED,
    JSON,
    REDIRECTS,
    STOPPING,
    UNFORESEEN,
    Refusal,
    Refused,
    answered,
)
from discretion.gateway._upstream import Line, has_frame, passed_back
from discretion.gateway.wire import Endpoint, NotUnderstood, Reply, ReplyStream, read_reply

if TYPE_CHECKING:
    from discretion.guard.restore import RestoreCounts, RestoreTable

_Utf8 = codecs.getincrementaldecoder("utf-8")
"""What is no UTF-8 becomes U+FFFD: clients give up on such bytes, and with them on the reply."""
EVENT_STREAM = "text/event-stream"
_WORTH_A_THREAD = 256 * 1024
"""Restoring a reply of so many bytes would hold other streams up."""

Coming = Callable[[Callable[[], bool]], AsyncGenerator[bytes]]
"""The pieces of a reply, given what tells whether it is whole already."""
Ended = Callable[["RestoreCounts", int, int, bool, bool], None]
"""Told at the end of a reply: what was restored, tokens in, tokens out, whether it was whole, and whether
the line before it was said, if there is one."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What may leave, and what its reply is restored by. ``body`` is ``None`` for a GET."""

    endpoint: Endpoint
    body: bytes | None
    table: RestoreTable
    is_stream: bool = False
    before: str = ""
    ended: Ended = lambda counts, tokens_in, tokens_out, is_whole, is_line_said: None


@dataclass(frozen=True, slots=True)
class Relay:
    """Carries one request over ``line``; ``is_stopping`` says that the gateway ends."""

    line: Line
    limits: Limits
    workers: Executor
    is_stopping: Callable[[], bool]

    async def carry(
        self, leaving: Leaving, scope: Scope, receive: Receive, send: Send, record: Record
    ) -> None:
        """Send it, and send the reply to the client. Raises ``Refused`` while nothing went to the client."""
        client, is_stream = Headers(scope=scope), leaving.is_stream
        async with self.line.asked(leaving.endpoint, client, leaving.body, is_stream=is_stream) as response:
            if 300 <= response.status_code < 400:
                raise Refused(REDIRECTS)
            if not 200 <= response.status_code < 600:
                raise Refused(GARBLED)
            headers = passed_back(response.headers)
            if is_stream and response.status_code == 200 and _may_stream(response):
                coming = partial(self.line.pieces, response)
                is_framed = has_frame(response.headers)
                await self._stream(leaving, coming, headers, send, record, is_framed=is_framed)
                return
            body = await self._read(response)
        if is_stream and response.status_code == 200 and (events := as_stream(leaving.endpoint, body)):
            await self._stream(leaving, partial(_at_once, events), headers, send, record)
        else:
            said = await self._whole(leaving, response.status_code, headers, body, record)
            await said(scope, receive, send)

    async def _read(self, response: httpx2.Response) -> bytes:
        """The whole reply, as UTF-8."""
        body = bytearray()
        async with aclosing(self.line.pieces(response)) as pieces:
            async for piece in pieces:
                body += piece
        return body.decode("utf-8", "replace").encode()

    async def _whole(
        self, leaving: Leaving, status: int, headers: dict[str, str], body: bytes, record: Record
    ) -> Response:
        """The reply as one body, under the upstream's own status."""
        try:
            reply = await self._restored(leaving, body)
        except NotUnderstood:
            if status < 400:
                raise Refused(GARBLED) from None
            said = Refusal(
                status,
                "upstream_error",
                f"Discretion: the platform answered with status {status} and nothing that can be read.",
            )
            return answered(leaving.endpoint, said, headers)
        is_line_said = status < 400 and reply.has_line
        leaving.ended(reply.counts, reply.tokens_in, reply.tokens_out, status < 400, is_line_said)
        _note(record, reply.counts, reply.tokens_in, reply.tokens_out)
        return Response(reply.body, status, {**CONSTANT_HEADERS, **headers}, media_type=JSON)

    async def _restored(self, leaving: Leaving, body: bytes) -> Reply:
        restored = partial(read_reply, leaving.endpoint, body, leaving.table, before=leaving.before)
        if len(body) < _WORTH_A_THREAD:
            return restored()
        return await asyncio.get_running_loop().run_in_executor(self.workers, restored)

    async def _stream(
        self,
        leaving: Leaving,
        coming: Coming,
        headers: dict[str, str],
        send: Send,
        record: Record,
        *,
        is_framed: bool = True,
    ) -> None:
        """The reply as it comes; whatever happens upstream, it ends in a way that the client understands.

        ``is_framed``: HTTP tells where the reply ends, so that an upstream that died is told from one that
        is done.
        """
        stream = ReplyStream(leaving.endpoint, leaving.table, before=leaving.before)
        text, is_whole, record.how = _Utf8("replace"), False, "stream"
        sent = {**CONSTANT_HEADERS, **headers, "content-type": EVENT_STREAM}
        await send({"type": "http.response.start", "status": 200, "headers": _raw(sent)})
        why: Refusal | None = BROKE_OFF
        try:
            async with aclosing(coming(lambda: stream.is_done)) as pieces:
                async for piece in pieces:
                    if restored := stream.feed(text.decode(piece).encode()):
                        await send(_body(restored, more=True))
            has_ended = stream.is_done or (is_framed and stream.may_end)
            is_whole = has_ended and not stream.has_failed
            why = None if has_ended else BROKE_OFF
        except Refused as refused:
            why = refused.refusal
        except asyncio.CancelledError:
            if not self.is_stopping():
                record.how = "stream client_gone"
                raise
            why = STOPPING
        except Exception as error:
            why = UNFORESEEN.named(error)
        finally:
            counts, is_line_said = stream.counts, stream.has_said_before
            leaving.ended(counts, stream.tokens_in, stream.tokens_out, is_whole, is_line_said)
            _note(record, stream.counts, stream.tokens_in, stream.tokens_out)
        record.how = f"stream {why.code}" if why else "stream failed" if stream.has_failed else "stream"
        async with asyncio.timeout(self.limits.stop_s if self.is_stopping() else None):
            await send(_body(stream.broken(why.sentence) if why else stream.finish(), more=False))


async def _at_once(events: bytes, is_done: Callable[[], bool]) -> AsyncGenerator[bytes]:
    yield events


def _may_stream(response: httpx2.Response) -> bool:
    """Whether the reply is, or could be, a stream: some servers name another type, none calls it JSON."""
    said = response.headers.get("content-type", EVENT_STREAM).partition(";")[0].strip().lower()
    return said == EVENT_STREAM or said in ("text/plain", "application/octet-stream")


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def _body(data: bytes, *, more: bool) -> dict[str, object]:
    return {"type": "http.response.body", "body": data, "more_body": more}


def _note(record: Record, counts: RestoreCounts, tokens_in: int, tokens_out: int) -> None:
    record.counts = {
        "restored": counts.restored,
        "missed": counts.missed,
        "collisions": counts.collisions,
        "in": tokens_in,
        "out": tokens_out,
    }
