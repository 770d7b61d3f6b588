"""Which conversation a request belongs to, though its client shows a sliding window of it.

A conversation is known by card and first user message. A client that drops the oldest messages, or whose
prompt changes with every turn, no longer shows both: then it is the one that knows most of what is shown.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from discretion.gateway._digest import Digests
from discretion.gateway.wire import Passage, Voice
from discretion.guard import Remains, Session
from discretion.guard.restore import RestoreTable
from discretion.guard.stand_ins import Replacement
from discretion.records import Pair, Review

MOST_OPEN = 64
"""Conversations that are held whole."""
MOST_CLOSED = 2_000
"""Conversations of which only what must outlive them is kept."""
FEWEST_SEEN = 4_000
"""Reviews that a conversation keeps at least; it keeps twice what a request shows if that is more."""
SHARE_KNOWN = 0.5
"""From more than this share of known messages on, a window belongs to a conversation."""


@dataclass(slots=True)
class Seen:
    """A passage that was reviewed: what was found, what left in its place at ``version`` of the table."""

    review: Review
    stops: int
    version: int = -1
    replacements: tuple[Replacement, ...] = ()
    is_told: bool = False
    """Whether the ledger knows of it."""


@dataclass(slots=True)
class Conversation:
    """One conversation under review.

    ``base`` is the digest of card and first message, ``key`` that of the conversation begun with them last.
    ``stops`` counts the stops that it has seen.
    """

    base: bytes
    key: bytes
    session: Session | None = None
    seen: OrderedDict[bytes, Seen] = field(default_factory=OrderedDict)
    paragraphs: set[bytes] = field(default_factory=set)
    handed: dict[Pair, None] = field(default_factory=dict)
    turns: int = 0
    stops: int = 0
    asked: set[bytes] = field(default_factory=set)
    user_names: dict[str, None] = field(default_factory=dict)
    _table: RestoreTable | None = None

    def known(self, digest: bytes) -> Seen | None:
        """The review of a passage that was shown before; it counts as used now."""
        found = self.seen.get(digest)
        if found is not None:
            self.seen.move_to_end(digest)
        return found

    def keep(self, digest: bytes, seen: Seen) -> None:
        """Keep a review as the one used last."""
        self.seen[digest] = seen
        self.seen.move_to_end(digest)

    def forget_values(self) -> None:
        """Let go of reviews and stand-ins, of which the user's values are a part; stops stay."""
        self.seen.clear()
        self.handed.clear()
        self.user_names.clear()
        self._table = None

    def table(self, used: Iterable[Pair]) -> RestoreTable:
        """What restores a reply: every pair that was ever handed out here, ``used`` among them."""
        before = len(self.handed)
        for pair in used:
            self.handed.setdefault(pair)
        if self._table is None or len(self.handed) != before:
            self._table = RestoreTable(self.handed)
        return self._table

    def trim(self, shown: int) -> None:
        """Let the oldest reviews go beyond what a request that shows ``shown`` passages needs."""
        most = max(FEWEST_SEEN, 2 * shown)
        while len(self.seen) > most:
            self.seen.popitem(last=False)


class Conversations:
    """The conversations of one persona, the newest at hand, all bounded."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests
        self._open: OrderedDict[bytes, Conversation] = OrderedDict()
        self._closed: OrderedDict[bytes, Remains] = OrderedDict()
        self._generations: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._open)

    def of(self, passages: Sequence[Passage]) -> tuple[Conversation, Remains | None]:
        """The conversation that ``passages`` belong to, new where none is known.

        Second, what was kept of it where it had been let go.
        """
        spoken = [self._digests.passage(one) for one in passages if is_spoken(one, Voice.USER)]
        base = self._base(passages)
        key = self._key(base)
        found = self._open.get(key) or self._known(spoken)
        if found is None:
            found = Conversation(base, key)
            self._open[key] = found
            self._let_go()
        self._open.move_to_end(found.key)
        return found, self._closed.pop(found.key, None)

    def forget_values(self) -> None:
        """Let go of the user's values in all of them: the vault was locked, or is read anew."""
        for one in self._open.values():
            one.forget_values()

    def begin_anew(self, base: bytes) -> bytes:
        """Let a conversation go: the same first message then begins another, and nothing is known of it.

        Returns the key of the one that was let go.
        """
        gone = self._key(base)
        self._open.pop(gone, None)
        self._closed.pop(gone, None)
        self._generations[base] = self._generations.get(base, 0) + 1
        return gone

    def _base(self, passages: Sequence[Passage]) -> bytes:
        system = [one.text for one in passages if one.voice is Voice.SYSTEM]
        first = next((one.text for one in passages if is_spoken(one, Voice.USER)), "")
        return self._digests.of("conversation", *system, "first", first)

    def _key(self, base: bytes) -> bytes:
        begun = self._generations.get(base, 0)
        return self._digests.of(base, str(begun)) if begun else base

    def _known(self, spoken: Sequence[bytes]) -> Conversation | None:
        """The conversation that knows most of a window of at least two messages, the newest among equals."""
        earlier = spoken[:-1]
        if not earlier:
            return None
        best, known = None, SHARE_KNOWN * len(earlier)
        for one in self._open.values():
            share = sum(digest in one.seen for digest in earlier)
            if share >= known and share > SHARE_KNOWN * len(earlier):
                best, known = one, share
        return best

    def _let_go(self) -> None:
        while len(self._open) > MOST_OPEN:
            key, oldest = self._open.popitem(last=False)
            if oldest.session:
                self._closed[key] = oldest.session.remains()
            while len(self._closed) > MOST_CLOSED:
                self._closed.popitem(last=False)


def is_spoken(passage: Passage, *voices: Voice) -> bool:
    """Whether a passage is a message's own words, of one of ``voices`` or, where none is named, of any."""
    if passage.voice not in (voices or (Voice.USER, Voice.ASSISTANT)) or passage.is_number:
        return False
    if passage.voice is Voice.USER:
        return passage.key != "name"
    return passage.turn is not None and passage.key in REPLY_KEYS


REPLY_KEYS = frozenset({"content", "text", "prompt"})
"""JSON keys under which the other side's own words stand in what a client sends back."""
