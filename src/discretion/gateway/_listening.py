"""Hearing a request: every passage reviewed, once, and the conversation's own memory kept in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from discretion.gateway._conversations import Conversation, Seen, is_spoken
from discretion.gateway._digest import Digests
from discretion.gateway._reading import Reader, described_lines
from discretion.gateway.wire import Passage, Voice
from discretion.guard import READ_AT_ONCE, Guard, Remains
from discretion.records import Review
from discretion.text import Author, Message, Setting

GO_ON = "continue"
"""What a request says that ends with the other side's words: the story is to go on."""
MOST_PARAGRAPHS = 20_000
"""Paragraphs of prompts that a conversation remembers."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A request that was heard: a review for each passage, which passage is the user's newest message, and
    what the request says without one (``tail``)."""

    seen: tuple[Seen, ...]
    last: int | None
    tail: Review | None
    fresh: frozenset[int]
    """Passages that were not known before."""


class Listener:
    """Feeds requests to conversations. Its owner holds the lock."""

    def __init__(self, guard: Guard, digests: Digests, card: str = "") -> None:
        self._guard = guard
        self._reader = Reader(guard)
        self._digests = digests
        self._card = card

    def hear(self, conversation: Conversation, remains: Remains | None, passages: Sequence[Passage]) -> Heard:
        """Review what is new in a request and remember it."""
        self._name(conversation, passages)
        setting = self._setting(conversation, passages)
        if conversation.session is None:
            conversation.session = self._guard.session(setting or Setting(), remains)
            setting = None
        last = max((i for i, one in enumerate(passages) if is_spoken(one, Voice.USER)), default=None)
        keys = [self._digests.passage(one) for one in passages]
        is_anew = setting is not None
        found: list[Seen | None] = [conversation.known(key) for key in keys]
        newest = None
        if last is not None:
            newest = self._digests.of(keys[last], self._before(passages, keys, last))
            known = conversation.known(newest)
            is_stale = known is not None and (known.stops != conversation.stops or is_anew)
            found[last] = None if is_stale else known
        fresh = frozenset(i for i, one in enumerate(found) if one is None)
        self._speak(conversation, passages, found, sorted(fresh), setting)
        for i in sorted(fresh):
            one = found[i]
            if one is None:
                one = found[i] = Seen(self._reader.read(passages[i], conversation.user_names), 0)
            conversation.keep(keys[i], one)
        if newest is not None and last is not None and (seen := found[last]):
            conversation.keep(newest, seen)
        conversation.trim(2 * len(passages))
        whole = tuple(one for one in found if one is not None)
        return Heard(whole, last, self._tail(conversation, passages, last, setting), fresh)

    def _speak(
        self,
        conversation: Conversation,
        passages: Sequence[Passage],
        found: list[Seen | None],
        fresh: Sequence[int],
        setting: Setting | None,
    ) -> None:
        """Let the conversation hear the messages it does not know, oldest first."""
        said = [i for i in fresh if is_spoken(passages[i])]
        session = conversation.session
        if session is None:
            raise RuntimeError("a conversation without a session")
        for at in range(0, len(said), READ_AT_ONCE):
            batch = said[at : at + READ_AT_ONCE]
            messages = [self._message(conversation, passages[i], setting) for i in batch]
            for i, message, scanned in zip(batch, messages, self._guard.scan_all(messages), strict=True):
                review = session.review(message, scanned)
                if passages[i].voice is Voice.USER:
                    found[i] = Seen(review, conversation.stops)

    def _message(self, conversation: Conversation, passage: Passage, setting: Setting | None) -> Message:
        author = Author.USER if passage.voice is Voice.USER else Author.ASSISTANT
        conversation.turns += 1
        return Message(
            passage.text,
            author,
            turn=conversation.turns - 1,
            speaker=passage.speaker,
            setting=setting or Setting(),
        )

    def _tail(
        self,
        conversation: Conversation,
        passages: Sequence[Passage],
        last: int | None,
        setting: Setting | None,
    ) -> Review | None:
        """What a request says that has no message of the user's at its end: the story goes on."""
        ends = max((i for i, one in enumerate(passages) if is_spoken(one)), default=None)
        if conversation.session is None or (last is not None and ends == last):
            return None
        conversation.turns += 1
        message = Message(GO_ON, turn=conversation.turns - 1, setting=setting or Setting())
        return conversation.session.review(message)

    def _before(self, passages: Sequence[Passage], keys: Sequence[bytes], at: int) -> bytes:
        """The digest of what was said just before a message, so that the same words later are heard anew."""
        return next((keys[i] for i in range(at - 1, -1, -1) if is_spoken(passages[i])), b"")

    def _name(self, conversation: Conversation, passages: Sequence[Passage]) -> None:
        for one in passages:
            if one.voice is Voice.USER and one.key == "name" and len(conversation.user_names) < 20:
                conversation.user_names.setdefault(one.text.strip())
        conversation.user_names.pop("", None)

    def _setting(self, conversation: Conversation, passages: Sequence[Passage]) -> Setting | None:
        """What is new in the prompts: of the story as the card, of the user as the system prompt.

        ``None`` where all of it was there before.
        """
        is_first = conversation.session is None
        story = [self._card] if is_first and self._card else []
        of_user: list[str] = []
        for one in passages:
            if one.voice is not Voice.SYSTEM:
                continue
            for line, is_about in described_lines(one.text, conversation.user_names):
                key = self._digests.of("paragraph", line)
                if key in conversation.paragraphs:
                    continue
                if len(conversation.paragraphs) < MOST_PARAGRAPHS:
                    conversation.paragraphs.add(key)
                (of_user if is_about else story).append(line)
        if not is_first and not story and not of_user:
            return None
        speakers = [one.speaker for one in passages if one.voice is Voice.ASSISTANT and one.speaker]
        return Setting(
            card="\n".join(story) or None,
            system="\n".join(of_user) or None,
            character=speakers[0] if speakers else None,
            user_name=next(iter(conversation.user_names), None),
        )
