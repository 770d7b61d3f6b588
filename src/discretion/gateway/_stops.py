"""Whether a request that was heard may leave: limits, questions, what could not be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from discretion.gateway._conversations import Conversation, is_spoken
from discretion.gateway._digest import Digests
from discretion.gateway._listening import Heard
from discretion.gateway._pending import Decision
from discretion.gateway._settings import Mode, Settings, Treatment
from discretion.gateway.wire import Passage, Voice
from discretion.guard import FORGOTTEN
from discretion.guard.limits.decision import STILL_THERE, STILL_UNDER, USER_EARLIER
from discretion.records import LimitReason, NotChecked, Review, Ruling

LIMIT, ASK, REFUSED, UNREAD, HOLD = "limit", "ask", "refused", "not_checked", "hold"

HERE = {
    "message": "in your message",
    "card": "in the persona card or the prompt",
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
                sentences.setdefault(_sentence(reason, is_newest=is_newest))
    for reason in heard.tail.limit_reasons if heard.tail else ():
        if reason.verdict is Ruling.BLOCK:
            sentences.setdefault(_sentence(reason, is_newest=False))
    if len(sentences) > 1:  # said again, it needs no second sentence
        sentences = {one: None for one in sentences if not one.startswith(USER_EARLIER.rstrip("."))}
    return Stop(LIMIT, tuple(sentences)) if sentences else None


def _sentence(reason: LimitReason, *, is_newest: bool) -> str:
    """Why, where, and what ends it."""
    said = reason.reason.rstrip(".")
    if reason.where == "message" and not is_newest:
        return f"{said} (in an earlier message of yours; edit or delete it)."
    where = HERE.get(reason.where, "earlier in this conversation")
    if reason.reason in (STILL_UNDER, STILL_THERE):
        where += "; it ends when they are said to be an adult, or leave the scene"
    return f"{said} ({where})."


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
        yield Stop(UNREAD, (_not_checked(unread),), (), about)


def _not_checked(unread: NotChecked) -> str:
    said, _, code = unread.reason.partition("language: ")
    if said or not code:
        return f"Not checked: {unread.what} ({unread.reason})."
    name = languages().get(code)
    seems = f"This seems to be {name}" if name else "This seems to be another language than English"
    return f"{seems}; only English can be checked, so names in it may leave as they are."


@cache
def languages() -> dict[str, str]:
    """English names of languages by their code (ISO 639), from the library that tells them."""
    from pycld2 import LANGUAGES

    return {code: name.replace("_", " ").title() for name, code in LANGUAGES}


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
