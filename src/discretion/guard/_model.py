"""The model in one conversation: frames and hits from its answers, with the rules where they know better.

Who has the last word: a rule for what is real by its form (an address, a card number) and for the guide's
decided cases of a life; the model for everything that depends on wording and context. A rule's hit that the
model does not share survives only where the model finds it likely enough (the setting ``rule_alone``).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from discretion.encoder import State
from discretion.guard._detector import OWN_FACT, Hit
from discretion.guard._frame import ClauseCues, FrameCues, FrameJudgement, life_lead
from discretion.guard._merge import REAL_BY_FORM, settle
from discretion.guard._plausible import asks_for_a_part, has_form
from discretion.guard._scan import BY_MODEL
from discretion.guard._view import Mark
from discretion.guard.reader import FRAMES, Answer, Conversation, Model, Reading
from discretion.guard.reader import model as shipped
from discretion.records import DiscretionError, Finding, Frame, Kind, NotChecked
from discretion.text import Message, Setting

DECIDED_BY_FORM = REAL_BY_FORM | {Kind.USERNAME, Kind.DATE_OF_BIRTH, Kind.VEHICLE_PLATE}
"""Kinds in which a rule that is sure needs nobody's consent."""

SURE = 0.75
"""From this confidence on a rule decides a kind of ``DECIDED_BY_FORM``."""

CLAUSE_MARGIN = 0.5
"""How much likelier the story than a life a clause must be, in a message about a life, to be one."""

SLIP_LEAD = 6.0
"""By how many of the rules' points a clause speaks of a life that the model's story does not outweigh. On the
held-out conversations alarms in fiction are 4.2 a hundred without it, 4.3 with it, 6.5 from 3 points on."""

BARE_DOUBT = 3.0
"""By how many points a story must lead where nothing shows that one is told.

The model learned from chats that nearly all have a card; a plain introduction reads to it like a character's.
"""

MOST_POINTS = 8.0
"""So many of the rules' points count for a frame, in either direction."""


def loaded() -> Model | NotChecked:
    """The model, or the reason why it takes no part."""
    try:
        return shipped()
    except Exception as error:  # whatever is wrong with the model, the rules go on
        told = str(error) if isinstance(error, DiscretionError) else ""
        return NotChecked(BY_MODEL, told or type(error).__name__)


def card_of(setting: Setting) -> str:
    """What the model is told of a setting: the card and the system prompt.

    A character's bare name is no card: the model would take it for one of a story, and a life for its scene.
    """
    return "\n".join(filter(None, (setting.card, setting.system)))


class ModelSession:
    """The model's side of one conversation."""

    def __init__(self, model: Model, setting: Setting) -> None:
        self._held = model.manifest
        self.settings = self._held.settings
        """Numbers that were chosen with the model: bounds of the limits among them."""
        self._talk = Conversation(model, card_of(setting))
        self._pending: tuple[Reading, State] | None = None

    def enter(self, setting: Setting) -> None:
        """Take in a card or system prompt that came later."""
        self._talk.enter(card_of(setting))

    def hear(self, message: Message) -> None:
        """Take in a message of the other side."""
        self._talk.hear(message.text)

    def judge(
        self, text: str, reading: Reading, hits: Sequence[Hit], cues: FrameCues, rules: FrameJudgement
    ) -> tuple[FrameJudgement, tuple[Hit, ...], dict[str, float]]:
        """Frames and hits of the user's next message, and how likely it touches each limit."""
        settings = self.settings
        answer, state = self._talk.answer(reading)
        frames, slips = frames_of(
            answer, cues, rules, rules_weight=settings.get("rules_weight", 0.0),
            slip_lead=settings.get("slip_lead", SLIP_LEAD), neutral_bias=settings.get("neutral_bias", 0.0),
        )  # fmt: skip
        likely = [likelihood(hit, answer, self._held.labels) for hit in hits]
        self._pending = reading, state
        found = merged(hits, answer, likely, settings["rule_alone"], frames, slips)
        found = tuple(hit for hit in found if not asks_for_a_part(text, hit) and has_form(text, hit))
        return frames, found, answer.limits

    def keep(self, frames: FrameJudgement, findings: Iterable[Finding]) -> None:
        """Make the message that was judged last a part of the past, with what was found in it."""
        if self._pending:
            reading, state = self._pending
            self._talk.keep(reading, state, life=frames.frame is Frame.SELF, found=findings)
            self._pending = None

    def forget(self) -> None:
        """Drop the message that was judged last: it does not become a part of the past."""
        self._pending = None


def frames_of(
    answer: Answer,
    cues: FrameCues,
    rules: FrameJudgement,
    *,
    rules_weight: float,
    slip_lead: float,
    neutral_bias: float = 0.0,
) -> tuple[FrameJudgement, tuple[ClauseCues, ...]]:
    """The frames of a message: the model's, moved by the rules' points, cases decided by the guide first.

    ``neutral_bias`` makes up for how rare neutral messages are among those that the model learned from. The
    model reads a message as a whole, and a life told behind a story drowns in it. So a clause in plain
    words that leads by ``slip_lead`` of the rules' points makes the message ``self``; such clauses come
    second, with those that the model has not read, or all where nothing shows a story: there the rules' hits
    stand whatever the model holds of them.
    """
    points = {frame: math.log(max(share, 1e-6)) for frame, share in zip(FRAMES, answer.frame, strict=True)}
    if math.isfinite(rules.margin):
        points[Frame.SELF] += rules_weight * max(-MOST_POINTS, min(MOST_POINTS, rules.margin))
    points[Frame.NEUTRAL] += neutral_bias
    if rules.is_bare:
        points[Frame.FICTION] -= BARE_DOUBT
    frame = max(points, key=lambda one: points[one])
    read_to = int(answer.ends[-1]) if len(answer.ends) else 0
    unread = [clause for clause in cues.clauses if clause.start >= read_to > 0]
    slips = [*_slipped(cues, slip_lead)] if frame is not Frame.SELF else []
    lives = [clause for clause in unread if rules.at(clause.start) is Frame.SELF]
    if slips or lives or any(clause.is_life for clause in cues.clauses):
        frame = Frame.SELF
    decided = {clause.start for clause in slips} | {clause.start for clause in cues.clauses if clause.is_life}
    rows = []
    for clause in cues.clauses:
        if clause.start in decided:
            held = Frame.SELF
        elif rules.is_bare:
            held = frame
        elif clause.start >= read_to > 0:
            held = rules.at(clause.start)
        else:
            held = _clause(answer, clause.start, clause.end, frame)
        rows.append((clause.start, clause.end, held))
    judged = FrameJudgement(frame, tuple(rows), points[Frame.SELF] - points[Frame.FICTION])
    return judged, tuple(cues.clauses) if rules.is_bare else (*slips, *unread)


def _slipped(cues: FrameCues, lead: float) -> Iterator[ClauseCues]:
    """The clauses in which the author leaves the story, and those behind them that speak of a life."""
    plain = [clause for clause in cues.clauses if clause.mark in (Mark.PLAIN, Mark.OOC)]
    if len(cues.clauses) > 1:
        first = next((clause for clause in plain if life_lead(clause) > lead), None)
        if first:
            yield from (c for c in plain if c is first or (c.start > first.start and life_lead(c) > 0))


def _clause(answer: Answer, start: int, end: int, frame: Frame) -> Frame:
    """A clause has its message's frame, but for a story beside a life."""
    if frame is not Frame.SELF:
        return frame
    first, last = np.searchsorted(answer.starts, (start, end))
    if first == last:
        return frame
    own, story, _ = answer.clauses[first:last].mean(0)
    return Frame.FICTION if story - own > CLAUSE_MARGIN else frame


def merged(
    rules: Sequence[Hit], answer: Answer, likely: Sequence[float], alone: float, frames: FrameJudgement,
    ours: Sequence[ClauseCues] = (),
) -> tuple[Hit, ...]:  # fmt: skip
    """The hits of rules and model together; ``likely`` is for each rule's hit the model's probability.

    In the clauses ``ours`` the rules have the word, since the model took them for a story or did not read
    them.

    A name that a rule sees in the story stays among the hits: no finding comes of it, but it teaches whose
    name is a character's.
    """
    by_model = _Runs(answer.hits)
    ends = {clause.start: clause.end for clause in ours}
    starts = sorted(ends)
    kept: list[Hit] = []
    whole: list[Hit] = []
    for hit, share in zip(rules, likely, strict=True):
        is_played = hit.kind is Kind.NAME and frames.at(hit.start) is Frame.FICTION
        decides = hit.detector == OWN_FACT or (hit.kind in DECIDED_BY_FORM and hit.confidence >= SURE)
        at = bisect_right(starts, hit.start) - 1
        decides |= at >= 0 and hit.start < ends[starts[at]]
        beside = [other for other in by_model.under(hit) if other.kind is hit.kind]
        agreed = bool(beside)
        # A rule's whole name ("dale hutchens") takes the place of a part of it.
        if hit.kind is Kind.NAME and agreed and all(_holds(hit, other) for other in beside):
            whole.append(replace(hit, confidence=max(hit.confidence, *(one.confidence for one in beside))))
            continue
        if is_played or decides or (share >= alone and not agreed):
            kept.append(hit)
    firm = (hit for hit in kept if hit.kind in DECIDED_BY_FORM or hit.detector == OWN_FACT)
    certain = _Runs((*firm, *whole))
    free = [hit for hit in answer.hits if not certain.under(hit)]
    return settle((*kept, *whole, *free))


class _Runs:
    """Hits that stand apart, looked up by where they are."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = sorted(hits, key=lambda hit: hit.start)
        self._starts = np.array([hit.start for hit in self._hits], np.int64)
        self._ends = np.array([hit.end for hit in self._hits], np.int64)

    def under(self, hit: Hit) -> Sequence[Hit]:
        """Those that share a character with ``hit``."""
        first = int(np.searchsorted(self._ends, hit.start, side="right"))
        last = int(np.searchsorted(self._starts, hit.end, side="left"))
        return self._hits[first:last]


def _holds(one: Hit, other: Hit) -> bool:
    return one.start <= other.start and other.end <= one.end


def likelihood(hit: Hit, answer: Answer, labels: Sequence[str]) -> float:
    """The model's mean probability of a rule's kind over the words of its hit; 1 where it read none."""
    first = int(np.searchsorted(answer.ends, hit.start, side="right"))
    last = int(np.searchsorted(answer.starts, hit.end, side="left"))
    if first >= last:
        return 1.0
    column = labels.index(f"B-{hit.kind.value}")
    return float(answer.labels[first:last, column : column + 2].sum(1).mean())
