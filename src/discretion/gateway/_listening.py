"""Hearing a request: every passage reviewed, once, and the conversation's own memory kept in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from discretion.gateway._about_user import is_name, names_of_user, signature
from discretion.gateway._conversations import Conversation, Seen, is_spoken
from discretion.gateway._digest import Digests
from discretion.gateway._quoted import Quotable, Quote
from discretion.gateway._reading import Reader, told_apart
from discretion.gateway.wire import Passage, Voice
from discretion.guard import READ_AT_ONCE, Guard, Remains
from discretion.records import Review
from discretion.text import Author, Message, Setting

MOST_USER_NAMES = 20
"""Names of the user that a conversation remembers."""
MOST_PROMPTS = 2_000
"""Prompts of which a conversation remembers that it heard all of them."""
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
    is_anew: bool
    """Whether the newest words were judged now; else what was said of them before holds."""

    @property
    def said(self) -> Review | None:
        """The review of the newest message where it has not left before, here or where it is quoted from."""
        seen = None if self.last is None else self.seen[self.last]
        return seen.review if seen and not seen.has_passed and not seen.is_quote else None


class Listener:
    """Feeds requests to conversations. Its owner holds the lock."""

    def __init__(self, guard: Guard, digests: Digests, card: str = "") -> None:
        self._guard = guard
        self._reader = Reader(guard)
        self._digests = digests
        self._card = card
        self._quotable = Quotable(digests)

    def passed(self, heard: Heard, passages: Sequence[Passage]) -> None:
        """Know the user's messages of a request that may leave again where a client quotes them."""
        for seen, passage in zip(heard.seen, passages, strict=True):
            if not seen.has_passed and not seen.is_quote and is_spoken(passage, Voice.USER):
                self._quotable.add(passage.text, seen.review)
            seen.has_passed = True

    def hear(self, conversation: Conversation, remains: Remains | None, passages: Sequence[Passage]) -> Heard:
        """Review what is new in a request and remember it."""
        self._name(conversation, passages)
        keys = [self._key(conversation, one) for one in passages]
        setting = self._setting(conversation, passages, keys)
        if conversation.session is None:
            conversation.session = self._guard.session(setting or Setting(), remains)
            setting = None
        last = max((i for i, one in enumerate(passages) if is_spoken(one, Voice.USER)), default=None)
        found: list[Seen | None] = [conversation.known(key) for key in keys]
        fresh = {i for i, one in enumerate(found) if one is None}
        earlier, newest = list(found), None
        if last is not None:
            newest = self._digests.of(keys[last], self._before(passages, keys, last))
            found[last] = self._standing(conversation, newest, is_anew=setting is not None)
            if keys[last] in keys[:last] and conversation.known(newest) is None:
                fresh.add(last)
        anew = [i for i, one in enumerate(found) if one is None]
        self._speak(conversation, passages, found, anew, setting)
        for i in anew:
            one = found[i]
            if one is None:
                one = found[i] = Seen(self._reader.read(passages[i], conversation.user_names), 0)
            before = earlier[i]
            one.has_passed = before is not None and before.has_passed and i not in fresh
            conversation.keep(keys[i], one)
        if newest is not None and last is not None and (seen := found[last]):
            conversation.keep(newest, seen)
        conversation.trim(2 * len(passages))
        whole = tuple(one for one in found if one is not None)
        tail, is_tail_anew = self._tail(conversation, passages, keys, last, setting)
        is_anew = is_tail_anew if tail else last in anew
        return Heard(whole, last, tail, frozenset(fresh), is_anew)

    @staticmethod
    def _standing(conversation: Conversation, digest: bytes, *, is_anew: bool) -> Seen | None:
        """What was said of the newest words before, unless a stop or a changed prompt has come since."""
        known = conversation.known(digest)
        return None if known is None or is_anew or known.stops != conversation.stops else known

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
        quotes = self._quotes(passages)
        if session is None:
            raise RuntimeError("a conversation without a session")
        for at in range(0, len(said), READ_AT_ONCE):
            batch = said[at : at + READ_AT_ONCE]
            messages = [self._message(conversation, passages[i], quotes.get(i), setting) for i in batch]
            for i, message, scanned in zip(batch, messages, self._guard.scan_all(messages), strict=True):
                review = session.review(message, scanned)
                if quote := quotes.get(i):
                    found[i] = self._quote(conversation, passages[i], quote, review)
                elif passages[i].voice is Voice.USER:
                    signed = self._reader.signed(passages[i], review, conversation.user_names)
                    found[i] = Seen(signed, conversation.stops)

    def _quote(self, conversation: Conversation, passage: Passage, quote: Quote, rest: Review) -> Seen:
        conversation.is_aside = True
        return Seen(self._reader.quote(passage, quote, rest), conversation.stops, is_quote=True)

    def _quotes(self, passages: Sequence[Passage]) -> dict[int, Quote]:
        """The message in which a client quotes a conversation: the only one of the user's."""
        said = [i for i, one in enumerate(passages) if is_spoken(one, Voice.USER)]
        quote = self._quotable.read(passages[said[0]].text) if len(said) == 1 else None
        return {said[0]: quote} if quote else {}

    def _message(
        self, conversation: Conversation, passage: Passage, quote: Quote | None, setting: Setting | None
    ) -> Message:
        author = Author.USER if passage.voice is Voice.USER else Author.ASSISTANT
        conversation.turns += 1
        return Message(
            quote.rest if quote else passage.text,
            author,
            turn=conversation.turns - 1,
            speaker=passage.speaker,
            setting=setting or Setting(),
        )

    def _tail(
        self,
        conversation: Conversation,
        passages: Sequence[Passage],
        keys: Sequence[bytes],
        last: int | None,
        setting: Setting | None,
    ) -> tuple[Review | None, bool]:
        """What a request says that has no message of the user's at its end (the story goes on), and whether
        that was judged now."""
        ends = max((i for i, one in enumerate(passages) if is_spoken(one)), default=None)
        if conversation.session is None or (last is not None and ends == last):
            return None, False
        digest = self._digests.of("tail", b"" if ends is None else keys[ends])
        if seen := self._standing(conversation, digest, is_anew=setting is not None):
            return seen.review, False
        conversation.turns += 1
        message = Message(GO_ON, turn=conversation.turns - 1, setting=setting or Setting())
        review = conversation.session.review(message)
        conversation.keep(digest, Seen(review, conversation.stops))
        return review, True

    def _before(self, passages: Sequence[Passage], keys: Sequence[bytes], at: int) -> bytes:
        """The digest of what was said just before a message, so that the same words later are heard anew."""
        return next((keys[i] for i in range(at - 1, -1, -1) if is_spoken(passages[i])), b"")

    def _name(self, conversation: Conversation, passages: Sequence[Passage]) -> None:
        """Learn the names of the user's side: shown beside messages, told by prompts, signed under twice."""
        signed = Counter(signature(one.text) for one in passages if is_spoken(one, Voice.USER))
        for one in passages:
            if one.voice is Voice.USER and one.key == "name":
                names = [one.text.strip()]
            elif one.voice is Voice.SYSTEM and not conversation.knows(self._key(conversation, one)):
                names = names_of_user(one.text)
            elif is_spoken(one, Voice.USER) and signed[signature(one.text)] > 1:
                names = [signature(one.text)]
            else:
                continue
            for name in names:
                if is_name(name) and len(conversation.user_names) < MOST_USER_NAMES:
                    conversation.user_names.setdefault(name)

    def _key(self, conversation: Conversation, passage: Passage) -> bytes:
        """The digest that a passage's review is known by; a prompt's hangs on the user's names as well."""
        key = self._digests.passage(passage)
        return self._digests.of(key, *conversation.user_names) if passage.voice is Voice.SYSTEM else key

    def _setting(
        self, conversation: Conversation, passages: Sequence[Passage], keys: Sequence[bytes]
    ) -> Setting | None:
        """What is new in the prompts: of the story as the card, of the user as the system prompt.

        ``None`` where all of it was there before.
        """
        is_first = conversation.session is None
        story = [self._card] if is_first and self._card else []
        of_user: list[str] = []
        for one, digest in zip(passages, keys, strict=True):
            if one.voice is not Voice.SYSTEM or digest in conversation.prompts:
                continue
            if len(conversation.prompts) < MOST_PROMPTS:
                conversation.prompts.add(digest)
            for line, is_about in told_apart(one.text, conversation.user_names):
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
