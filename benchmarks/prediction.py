"""What a system answered about a line, in one form for ours and for the peers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from benchmarks.corpus import Gold, Line
from discretion.guard import Guard
from discretion.records import Frame, Kind, Limit, LimitReason, Review, Ruling, Verdict
from discretion.text import Message, Setting, Span


@dataclass(frozen=True, slots=True)
class Found:
    """A predicted span of one kind; ``confidence`` in (0, 1], ``None`` where a system gives none."""

    kind: Kind
    span: Span
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer about one line of the user.

    ``held`` maps each limit among the reasons of a blocked or asked line to the places that the reasons
    name; ``own`` holds the limits of the message itself. A peer judges neither frame nor limits.
    """

    found: tuple[Found, ...] = ()
    frame: Frame | None = None
    verdict: Verdict = Verdict.ALLOW
    own: frozenset[Limit] = frozenset()
    held: dict[Limit, frozenset[str]] = field(default_factory=dict)
    is_unchecked: bool = False


def of_review(review: Review) -> Prediction:
    """Our guard's answer in the common form."""
    held: dict[Limit, frozenset[str]] = {}
    if review.verdict in (Verdict.ASK, Verdict.BLOCK):
        for reason in filter(_holds, review.limit_reasons):
            held[reason.kind] = held.get(reason.kind, frozenset()) | {reason.where}
    found = tuple(Found(finding.kind, finding.span, finding.confidence) for finding in review.findings)
    return Prediction(
        found, review.frame, review.verdict, frozenset(review.limits), held, bool(review.not_checked)
    )


def _holds(reason: LimitReason) -> bool:
    return reason.verdict in (Ruling.ASK, Ruling.BLOCK)


def guarded(lines: Iterable[Line], guard: Guard | None = None) -> Iterator[tuple[Line, Prediction]]:
    """Review whole conversations in order, persona first; yields the user's lines with the answers."""
    guard = guard or Guard()
    for conversation, rows in groupby(lines, key=lambda line: line.conversation):
        ordered = list(rows)
        setting = Setting(conversation, card=next((row.persona for row in ordered if row.persona), None))
        session = guard.session(setting)
        for row in ordered:
            review = session.review(Message(row.text, row.author, turn=row.turn, setting=setting))
            if row.is_from_user:
                yield row, of_review(review)


def credited(
    spans: Iterable[tuple[int, int, str]],
    gold: Iterable[Gold],
    labels: Mapping[str, tuple[Kind, ...]],
    credit_only: Mapping[str, tuple[Kind, ...]],
) -> Prediction:
    """A peer's labelled spans in our kinds, read in the peer's favour.

    Spans of one label that touch are one: some models give the pieces of a word one by one. A label may stand
    for several kinds: the span counts for every kind of its label that the gold has there,
    and only where it has none as a false alarm of the first kind. A label that is ``credit_only`` (a date, a
    link: often no finding of ours) counts where it is right and is left out where it is wrong. A label in
    neither table is left out.
    """
    marked = tuple(gold)
    found: list[Found] = []
    for start, end, label in _joined(spans):
        span = Span(start, end)
        kinds = labels.get(label) or credit_only.get(label) or ()
        there = {mark.kind for mark in marked if mark.span.overlaps(span)}
        right = [kind for kind in kinds if kind in there]
        if right:
            found.extend(Found(kind, span) for kind in right)
        elif label in labels:
            found.append(Found(kinds[0], span))
    return Prediction(tuple(dict.fromkeys(found)))


def _joined(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    joined: list[tuple[int, int, str]] = []
    for start, end, label in sorted(spans, key=lambda one: (one[2], one[0], one[1])):
        if joined and joined[-1][1:] == (start, label):
            joined[-1] = (joined[-1][0], end, label)
        else:
            joined.append((start, end, label))
    return sorted(joined)
