"""What the platform was told by a request that left: the findings for which nothing stood in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from discretion.gateway._conversations import Conversation, is_spoken
from discretion.gateway._digest import Digests
from discretion.gateway._leaving import Leaving
from discretion.gateway._listening import Heard
from discretion.gateway.wire import Passage, Voice
from discretion.guard import OWN_FACT
from discretion.guard.stand_ins import Replacement
from discretion.records import Finding
from discretion.text import Message

if TYPE_CHECKING:
    from discretion.exposure.ledger import Told


@dataclass(slots=True)
class News:
    """Facts for the ledger, and the digests of the messages that told them."""

    told: list[Told] = field(default_factory=list, repr=False)
    digests: list[bytes] = field(default_factory=list)


def told_in(
    heard: Heard,
    passages: Sequence[Passage],
    going: Leaving,
    conversation: Conversation,
    digests: Digests,
    before: frozenset[bytes] | set[bytes],
) -> News:
    """The user's facts that leave for the first time in this conversation; ``before`` are the digests of
    messages that an earlier run told of.

    A message counts once for each time it stands in the conversation, however often it is sent. The newest
    was said now; those before it at a time that nobody knows.
    """
    from discretion.exposure.ledger import Told

    news, times = News(), Counter[bytes]()
    for i, (seen, passage) in enumerate(zip(heard.seen, passages, strict=True)):
        left = [one for one in seen.review.findings if not _is_covered(one, going.replaced[i])]
        if seen.is_quote:
            continue
        if is_spoken(passage, Voice.USER):
            said = digests.passage(passage)
            times[said] += 1
            groups = [(digests.of("told", conversation.key, said, str(times[said])), left)]
        elif passage.voice in (Voice.USER, Voice.SYSTEM):
            # A name or a prompt comes with every request: each fact in it counts once.
            own = [one for one in left if one.detector == OWN_FACT]
            told = [digests.of("told", conversation.key, one.kind, one.span.of(passage.text)) for one in own]
            groups = [(digest, [one]) for digest, one in zip(told, own, strict=True)]
        else:
            continue
        at = datetime.now(UTC) if i == heard.last else None
        for digest, findings in groups:
            if digest not in conversation.told:
                conversation.told.add(digest)
                if findings and digest not in before:
                    message = Message(passage.text, sent_at=at)
                    news.told += [Told(message, one, one.detector == OWN_FACT) for one in findings]
                    news.digests.append(digest)
    return news


def _is_covered(finding: Finding, replaced: Sequence[Replacement]) -> bool:
    return any(one.start < finding.end and finding.start < one.end for one in replaced)
