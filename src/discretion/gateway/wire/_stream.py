"""A reply that streams: bytes in, bytes out, restored, and always with an end that the client understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discretion.gateway.wire._channels import Channels
from discretion.gateway.wire._events import Block, BlockReader, Event
from discretion.gateway.wire._flow import Flow
from discretion.gateway.wire._flow_chat import ChatFlow
from discretion.gateway.wire._flow_messages import MessagesFlow
from discretion.gateway.wire._flow_responses import ResponsesFlow
from discretion.gateway.wire._request import Endpoint
from discretion.gateway.wire._tree import NotJson, Tree, read_tree
from discretion.gateway.wire._usage import tokens_of
from discretion.guard.restore import RestoreCounts

if TYPE_CHECKING:
    from discretion.guard.restore import RestoreTable

_DONE = b"[DONE]"


class ReplyStream:
    """Restores a streamed reply to ``endpoint``; ``before`` is put before its first text, once.

    However the bytes are cut, what comes out is the same. An event in which nothing was restored leaves as it
    came, and so do comments and names of events; what is held back of a text leaves before the event that
    ends it, in an event of the same shape. What is no event with JSON is restored as text and passes: it is
    the platform's, so it can give nothing away.
    """

    def __init__(self, endpoint: Endpoint, table: RestoreTable, *, before: str = "") -> None:
        self._table = table
        self._reader = BlockReader()
        self._channels = Channels(table, before)
        self._flow = _flow_of(endpoint, self._channels, before)
        self._is_openai = endpoint in (Endpoint.CHAT, Endpoint.COMPLETIONS)
        self._raw_counts = RestoreCounts()
        self._line_end = b"\n"
        self._is_closed = False
        self.tokens_in = 0
        self.tokens_out = 0

    @property
    def counts(self) -> RestoreCounts:
        """What was restored and missed so far."""
        return self._channels.counts + self._raw_counts

    @property
    def is_done(self) -> bool:
        """Whether the API's own end was seen: ``[DONE]``, all choices finished, last event, or an error."""
        return self._is_closed or self._flow.is_done

    @property
    def has_failed(self) -> bool:
        """Whether the platform said that the reply failed."""
        return self._flow.has_failed

    @property
    def may_end(self) -> bool:
        """Whether an orderly end of the connection is one of the reply.

        Some servers on the user's machine close a chat after its last word, with neither a reason nor
        ``[DONE]``; clients take that for an end. The other APIs have an event for it.
        """
        return self.is_done or (self._is_openai and self._flow.has_begun)

    @property
    def has_said_before(self) -> bool:
        """Whether the line of Discretion's own was said, where there is one."""
        return not self._channels.has_before

    def feed(self, data: bytes) -> bytes:
        """The next bytes from the platform; returns what the client gets."""
        return b"".join([self._block(block) for block in self._reader.feed(data)])

    def finish(self) -> bytes:
        """The platform's end, in order; returns what is left.

        An event that lacks nothing but its blank line gets it; half an event is dropped. ``[DONE]`` is added
        to a chat that ended without.
        """
        left = self._last(self._reader.rest()) + self._events(self._flow.ended())
        if self._is_openai and self.may_end and not self._is_closed:
            self._is_closed = True
            left += b"data: " + _DONE + self._line_end * 2
        return left

    def _last(self, block: Block | None) -> bytes:
        data = block.data() if block is not None and not self._is_closed else None
        if block is None or data is None:
            return b""
        try:
            is_whole = data.strip() == _DONE or bool(read_tree(data.decode("utf-8"), keeps_halves=True))
        except (UnicodeDecodeError, NotJson, RecursionError):
            return b""
        return self._block(block).rstrip(b"\r\n") + self._line_end * 2 if is_whole else b""

    def broken(self, sentence: str) -> bytes:
        """The end of a reply whose platform went away: what was held back, then ``sentence`` as an error.

        Half an event is dropped. After the API's own end there is nothing to add.
        """
        self._reader.rest()
        held = self._events(self._flow.ended())
        if self._is_closed:
            return held
        end = self._events(self._flow.failure(sentence))
        if self._is_openai:
            end += b"data: " + _DONE + self._line_end * 2
        self._is_closed = True
        return held + end

    def _block(self, block: Block) -> bytes:
        if block.is_blank:
            return block.raw
        self._line_end = block.line_end or self._line_end
        data = block.data()
        if data is None:
            return block.raw if block.is_silent else self._text(block.raw)
        if data.strip() == _DONE:
            self._is_closed = True
            return self._events(self._flow.ended()) + block.raw
        try:
            tree = read_tree(data.decode("utf-8"), keeps_halves=True)
            return self._restored(block, tree)
        except (UnicodeDecodeError, NotJson, RecursionError):
            return self._text(block.raw)

    def _restored(self, block: Block, tree: Tree) -> bytes:
        if type(tree) is not dict:
            whole = self._channels.whole
            whole.has_changed = False
            tree = whole.tree(tree)
            return block.with_data(tree) if whole.has_changed else block.raw
        tokens_in, tokens_out = tokens_of(tree)
        self.tokens_in, self.tokens_out = max(self.tokens_in, tokens_in), max(self.tokens_out, tokens_out)
        events, has_changed = self._flow.take(tree)
        return self._events(events) + (block.with_data(tree) if has_changed else block.raw)

    def _events(self, events: list[Event]) -> bytes:
        return b"".join([event.written(self._line_end) for event in events])

    def _text(self, raw: bytes) -> bytes:
        restorer = self._table.restorer()
        restored = restorer.feed(raw) + restorer.finish()
        self._raw_counts += restorer.counts
        return restored


def _flow_of(endpoint: Endpoint, channels: Channels, before: str) -> Flow:
    match endpoint:
        case Endpoint.MESSAGES:
            return MessagesFlow(channels)
        case Endpoint.RESPONSES:
            return ResponsesFlow(channels, before)
    return ChatFlow(channels)
