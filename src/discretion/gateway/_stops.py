"""Whether a request that was heard may leave: limits, questions, what could not be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from discretion.gateway._conversations import Conversation, is_spoken
from discretion.gateway._digest import Digests
from discretion.gateway._listening import Heard
from discretion.gateway._pending import Decision
from discretion.gateway._settings import Mode, Settings, Treatment
from discretion.gateway.wire import Passage, Voice
from discretion.guard import FORGOTTEN
from discretion.records import NotChecked, Review, Ruling

LIMIT, ASK, REFUSED, UNREAD, HOLD = "limit", "ask", "refused", "not_checked", "hold"

HERE = {
    "message": "in your message",
    "card": "in the persona card",
    "system": "in the system prompt",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a request does not leave: a code, plain sentences, the kinds found, the digests it is about."""

    code: str
    sentences: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    digests: tuple[bytes, ...] = field(default=(), repr=False)


def stop_of(
    heard: Heard,
    passages: Sequence[Passage],
    conversation: Conversation,
    settings: Settings,
    decisions: Mapping[bytes, Decision],
    digests: Digests,
) -> Stop | None:
    """The first thing that stands against a request, the gravest first; ``None`` where it may leave."""
    limit = _limit(heard, passages)
    if limit or settings.mode is Mode.OBSERVE:
        return limit
    questions = [*_questions(heard, passages, settings, digests, conversation)]
    refused = [one for one in questions if decisions.get(one.digests[0]) is Decision.REFUSE]
    if refused:
        return _joined(REFUSED, refused)
    undecided = [one for one in questions if decisions.get(one.digests[0]) is not Decision.APPROVE]
    if undecided:
        code = ASK if any(one.code == ASK for one in undecided) else UNREAD
        return _joined(code, undecided)
    return None


def _limit(heard: Heard, passages: Sequence[Passage]) -> Stop | None:
    """A limit of any message that would leave, or one that stands when the newest is said."""
    sentences: dict[str, None] = {}
    for i, (one, passage) in enumerate(zip(heard.seen, passages, strict=True)):
        if not is_spoken(passage, Voice.USER):
            continue
        is_newest = i == heard.last
        for reason in one.review.limit_reasons:
            is_own = reason.where == "message" and reason.kind in one.review.limits
            if reason.verdict is Ruling.BLOCK and (is_newest or is_own):
                where = _where(reason.where, is_newest=is_newest)
                sentences.setdefault(f"{reason.reason} ({where})")
    for reason in heard.tail.limit_reasons if heard.tail else ():
        if reason.verdict is Ruling.BLOCK:
            sentences.setdefault(f"{reason.reason} ({_where(reason.where, is_newest=False)})")
    return Stop(LIMIT, tuple(sentences)) if sentences else None


def _where(where: str, *, is_newest: bool) -> str:
    if where == "message" and not is_newest:
        return "in an earlier message of yours; edit or delete it"
    return HERE.get(where, "earlier in this conversation")


def _questions(
    heard: Heard,
    passages: Sequence[Passage],
    settings: Settings,
    digests: Digests,
    conversation: Conversation,
) -> Iterator[Stop]:
    """What the user is asked about, each under the digest that a decision is kept by."""
    asked = {kind for kind, value in settings.kinds.items() if value is Treatment.ASK}
    for i, (one, passage) in enumerate(zip(heard.seen, passages, strict=True)):
        if is_spoken(passage, Voice.USER):
            reasons = _asking(one.review, is_newest=i == heard.last)
            kinds = sorted({str(f.kind) for f in one.review.findings if f.kind in asked})
            if kinds:
                reasons = (*reasons, f"It holds what you want to be asked about: {_listed(kinds)}.")
            if reasons:
                digest = digests.of("decision", digests.passage(passage))
                yield Stop(ASK, reasons, tuple(kinds), (digest,))
    for reason in heard.tail.limit_reasons if heard.tail else ():
        if reason.verdict is Ruling.ASK:
            about = (digests.of("decision", conversation.key, reason.reason),)
            yield Stop(ASK, (reason.reason,), (), about)
    for unread in sorted(_unread(heard), key=lambda one: (one.what, one.reason)):
        about = (digests.of("decision", conversation.key, unread.what, unread.reason),)
        yield Stop(UNREAD, (f"Not checked: {unread.what} ({unread.reason}).",), (), about)


def _asking(review: Review, *, is_newest: bool) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            reason.reason
            for reason in review.limit_reasons
            if reason.verdict is Ruling.ASK and (is_newest or reason.where == "message")
        )
    )


def _unread(heard: Heard) -> set[NotChecked]:
    reviews = [one.review for one in heard.seen]
    if heard.tail:
        reviews.append(heard.tail)
    return {one for review in reviews for one in review.not_checked if one != FORGOTTEN}


def _joined(code: str, stops: Iterable[Stop]) -> Stop:
    every = list(stops)
    return Stop(
        code,
        tuple(dict.fromkeys(sentence for one in every for sentence in one.sentences)),
        tuple(sorted({kind for one in every for kind in one.kinds})),
        tuple(dict.fromkeys(digest for one in every for digest in one.digests)),
    )


def _listed(words: Sequence[str]) -> str:
    return ", ".join(word.replace("_", " ") for word in words)
