"""Which conversation a request belongs to, though its client shows a sliding window of it.

A conversation is known by card and first user message; numbers, days and months in the card do not count,
since many clients put the clock there. A client that drops the oldest messages, or whose prompt changes with
every turn, no longer shows both: then it is the one that knows most of what is shown.
"""

from __future__ import annotations

import calendar
import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

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
SHARE_OF_PROMPT = 0.3
"""Where nothing but one message of the user's is known, this much of the prompt must be known as well."""
MOST_SENTENCES = 2_000
"""Sentences of prompts by which a conversation is known again."""
MOST_PROMPTS = 256
"""Prompts of which the sentences are kept at hand."""
MOST_MARKS = 100
"""Pairs of neighbouring messages under which a stop is kept, so that a sliding window finds it."""

_CLOCK = re.compile(
    r"\d+|\b(?:[ap]\.?m\b|"
    + "|".join([*calendar.day_name, *calendar.month_name[1:], *calendar.day_abbr, *calendar.month_abbr[1:]])
    + r")\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\n.!?]+")


@dataclass(slots=True)
class Seen:
    """A passage that was reviewed: what was found, what left in its place at ``version`` of the table."""

    review: Review
    stops: int
    version: int = -1
    replacements: tuple[Replacement, ...] = ()
    is_taken_in: bool = False
    """Whether the stand-ins know of its words, so that none of them is chosen."""
    has_passed: bool = False
    """Whether it has left."""
    is_quote: bool = False
    """Whether it quotes a conversation whose messages were reviewed where they were said."""


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
    prompts: set[bytes] = field(default_factory=set)
    handed: dict[Pair, None] = field(default_factory=dict)
    turns: int = 0
    stops: int = 0
    stopped_as: str = ""
    """By what an earlier run kept a stop of it, in hexadecimal."""
    is_aside: bool = False
    """Whether it is a client's own call about another conversation: a title, tags."""
    told: set[bytes] = field(default_factory=set)
    """Digests of the messages that the ledger knows of."""
    sentences: set[bytes] = field(default_factory=set)
    before: frozenset[bytes] = frozenset()
    """Digests of passages whose reviews were let go."""
    user_names: dict[str, None] = field(default_factory=dict)
    _table: RestoreTable | None = None

    def knows(self, digest: bytes) -> bool:
        """Whether a passage was shown before, reviewed or not any more."""
        return digest in self.seen or digest in self.before

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
        self.before = frozenset(self.seen)
        self.seen.clear()
        self.handed.clear()
        self._table = None

    def forget_words(self) -> None:
        """Let go of every word, the names and cards that the guard remembers too; stops stay."""
        self.forget_values()
        self.user_names.clear()
        self.paragraphs.clear()
        self.prompts.clear()
        if self.session:
            self.session.forget_words()

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


@dataclass(frozen=True, slots=True)
class _Prompt:
    """Digests of a prompt without its clock, whole and sentence by sentence."""

    lasting: bytes
    sentences: frozenset[bytes]


class Conversations:
    """The conversations of one persona, the newest at hand, all bounded."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests
        self._open: OrderedDict[bytes, Conversation] = OrderedDict()
        self._closed: OrderedDict[bytes, Remains] = OrderedDict()
        self._generations: dict[bytes, int] = {}
        self._prompts: OrderedDict[bytes, _Prompt] = OrderedDict()

    def __len__(self) -> int:
        return len(self._open)

    def of(self, passages: Sequence[Passage]) -> tuple[Conversation, Remains | None]:
        """The conversation that ``passages`` belong to, new where none is known.

        Second, what was kept of it where it had been let go.
        """
        prompts = [self._prompt(one.text) for one in passages if one.voice is Voice.SYSTEM]
        base = self._base(prompts, passages)
        key = self._key(base)
        sentences = set[bytes]().union(*(one.sentences for one in prompts))
        found = self._open.get(key) or self._known(passages, sentences)
        if found is None:
            found = Conversation(base, key)
            self._open[key] = found
            self._let_go()
        if len(found.sentences) < MOST_SENTENCES:
            found.sentences |= sentences
        self._open.move_to_end(found.key)
        return found, self._closed.pop(found.key, None)

    def forget_values(self) -> None:
        """Let go of the user's values in all of them: settings, facts and stand-ins are read anew."""
        for one in self._open.values():
            one.forget_values()

    def forget_words(self) -> None:
        """Let go of every word in all of them: the vault was locked."""
        for one in self._open.values():
            one.forget_words()

    def marks(self, passages: Sequence[Passage]) -> list[bytes]:
        """By what a window is known as part of a stopped conversation: pairs of neighbouring user messages.

        The newest message, which the stop held back, is in no pair.
        """
        said = [self._digests.passage(one) for one in passages if is_spoken(one, Voice.USER)][:-1]
        return [self._digests.of("pair", *pair) for pair in pairwise(said)][-MOST_MARKS:]

    def begin_anew(self, base: bytes) -> bytes:
        """Let a conversation go: the same first message then begins another, and nothing is known of it.

        Returns the key of the one that was let go.
        """
        gone = self._key(base)
        self._open.pop(gone, None)
        self._closed.pop(gone, None)
        self._generations[base] = self._generations.get(base, 0) + 1
        return gone

    def _base(self, prompts: Sequence[_Prompt], passages: Sequence[Passage]) -> bytes:
        first = next((one.text for one in passages if is_spoken(one, Voice.USER)), "")
        return self._digests.of("conversation", *(one.lasting for one in prompts), "first", first)

    def _prompt(self, text: str) -> _Prompt:
        """What of a prompt a clock does not change, worked out once."""
        key = self._digests.of(text)
        known = self._prompts.get(key)
        if known is None:
            lasting = _CLOCK.sub("#", text)
            said = (sentence.strip() for sentence in _SENTENCE.findall(lasting))
            sentences = frozenset(self._digests.of("sentence", one) for one in said if one)
            known = self._prompts[key] = _Prompt(self._digests.of(lasting), sentences)
        self._prompts.move_to_end(key)
        while len(self._prompts) > MOST_PROMPTS:
            self._prompts.popitem(last=False)
        return known

    def _key(self, base: bytes) -> bytes:
        begun = self._generations.get(base, 0)
        return self._digests.of(base, str(begun)) if begun else base

    def _known(self, passages: Sequence[Passage], sentences: set[bytes]) -> Conversation | None:
        """The conversation that knows most of a window of at least two messages.

        Among equals it is the one that knows most of the other side's words and of the prompt, then the one
        used last: "hi" opens many chats.
        """
        earlier = [self._digests.passage(one) for one in passages if is_spoken(one, Voice.USER)][:-1]
        if not earlier:
            return None
        replies = [self._digests.passage(one) for one in passages if is_spoken(one, Voice.ASSISTANT)]
        best: Conversation | None = None
        most = (0, 0, 0)
        for one in self._open.values():
            share = sum(map(one.knows, earlier))
            if share <= SHARE_KNOWN * len(earlier):
                continue
            rank = (share, sum(map(one.knows, replies)), len(sentences & one.sentences))
            is_alike = not sentences or rank[2] >= SHARE_OF_PROMPT * len(sentences)
            if (share > 1 or rank[1] or is_alike) and rank >= most:
                best, most = one, rank
        return best

    def _let_go(self) -> None:
        while len(self._open) > MOST_OPEN:
            key = next((one.key for one in self._open.values() if one.is_aside), next(iter(self._open)))
            oldest = self._open.pop(key)
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
