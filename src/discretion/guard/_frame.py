"""Who is speaking, message by message and clause by clause.

``frame_cues`` reads one message alone (so that it can run on any core); ``FrameJudge`` holds what the
conversation has shown so far and turns cues into frames. A trained model replaces both behind these names.
How the points were fitted and what else was tried stands in docs/decisions/0004-frame-by-rules.md.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from discretion.guard._clauses import FINE_CHARACTERS, opens_with_slip
from discretion.guard._detector import Hit
from discretion.guard._frame_history import History
from discretion.guard._frame_words import NOTHING, Tally, tally, tokens, word_features, word_sets
from discretion.guard._view import Clause, Mark, View
from discretion.records import Frame, Kind
from discretion.text import Message, Setting, fold

SLIP_MARGIN = 4.0
"""By how many points a clause must speak of life before it alone turns a message; fitted on our corpus."""

STORY_MARGIN = {Mark.PLAIN: 3.0, Mark.ACTION: 0.0, Mark.QUOTE: 1.0, Mark.OOC: 2.0}
"""By how many points a clause inside a message about life must speak of the story to be one."""

LIFE_MARGIN = 1.0
"""A message about life holds a story clause only beside one that speaks of life by so many points."""

EVIDENCE_STEPS = (0.05, 0.2, 0.4, 0.7)
"""From which ``self_evidence`` on a hit in a clause is a further feature; their points are fitted."""

LIFE_IN_ACTION = frozenset(
    {
        Kind.AGE,
        Kind.APPEARANCE,
        Kind.EVENT,
        Kind.FAMILY,
        Kind.FINANCES,
        Kind.HEALTH,
        Kind.OCCUPATION,
        Kind.ORIENTATION,
        Kind.ROUTINE,
    }
)
"""Kinds that authors put between action marks of themselves, and hardly ever of a character (in our corpus
30 of 32 clauses); names, places and contacts stand there of both."""


DIRECTION_CHARACTERS = 16
"""An aside of at least so many characters directs the story; a shorter one ("ooc: ok") may say nothing."""

_SHOUT = re.compile(r"\b[A-Z]{3,}\b")
# "*sits down, these 46 year old knees*": the author's own body told by its age.
_OWN_BODY = re.compile(
    r"\b(?:my|these|this) \d{2}[ -]?(?:years?|yrs?|yo)?[ -]?(?:old )?"
    r"(?:knees?|back|bones?|hips?|legs?|eyes|joints|feet|hands|shoulders?|neck|body|self|arse|ass)\b",
    re.IGNORECASE,
)
# "be trevor from accounts": the story is to be played by somebody from the author's own life.
_PLAY_ACQUAINTANCE = re.compile(
    r"(?:(?:ok|okay|now|so|pls|please|hey|can|could|would|will|you|u|just|then)[ ,]+){0,4}"
    r"(?:be|play|become|act (?:as|like)|(?:talk|speak|sound) like|pretend (?:to be|you're|youre|ur))"
    r" (?:my (?:boss|manager|supervisor|co-?worker|colleague|landlord|ex)\b"
    r"|[^\W\d_]{2,20}(?: [^\W\d_]{2,20})? (?:from|in|at) (?:my |our |the )?"
    r"(?:accounts|accounting|payroll|hr|marketing|sales|finance|reception|legal|work|office|church|school"
    r"|uni|college|gym|choir|next door|upstairs|downstairs|across the (?:road|street|hall)"
    r"|(?:day|night) shift)\b)",
    re.IGNORECASE,
)


# "(ooc: im a nurse irl, 29)": an aside in which the author speaks of themself, not of the part they play.
_OWN_ASIDE = re.compile(
    r"\b(?:irl|real life|my (?:real |actual )?name|i['’]?m|i am|i (?:live|work|come))\b", re.IGNORECASE
)
_PART_PLAYED = re.compile(
    r"\b(?:story|scene|rp|role ?play|character|oc|plot|chapter|plays?|playing|pretend|as if)\b", re.IGNORECASE
)

DOUBT = 2.0
"""Points by which a story must lead where nothing shows that one is told: no card, no mark on either side.

A fact of a life that passes as a story is lost without a word; the other way round it is one line too many.
"""


@dataclass(frozen=True, slots=True)
class ClauseCues:
    """What one clause by itself says: points for ``self``, ``fiction`` and ``neutral``."""

    start: int
    end: int
    mark: Mark
    points: Tally
    is_life: bool = False
    """Life by one of the guide's decided cases, whatever the points."""


@dataclass(frozen=True, slots=True)
class FrameCues:
    """The cues of one message, clause by clause, and what its whole form says; picklable, without text."""

    clauses: tuple[ClauseCues, ...]
    form: Tally = NOTHING


@dataclass(frozen=True, slots=True)
class FrameJudgement:
    """The frame of a message and of each of its clauses ``(start, end, frame)``."""

    frame: Frame
    clauses: tuple[tuple[int, int, Frame], ...]
    margin: float = math.inf
    """By how many points ``self`` leads ``fiction`` over the message, or in the clause that turned it."""
    is_bare: bool = False
    """Whether nothing shows that a story is told: no card, no mark, no scene on either side."""

    def at(self, offset: int) -> Frame:
        """The frame of the clause in which the character at ``offset`` stands."""
        at = bisect_right(self.clauses, offset, key=lambda clause: clause[0]) - 1
        if at >= 0 and offset < self.clauses[at][1]:
            return self.clauses[at][2]
        return self.frame


def frame_cues(view: View, hits: tuple[Hit, ...]) -> FrameCues:
    """Read the cues of one message: words, marks, tense, person, and what the hits say of a life."""
    clauses = view.clauses
    points = [tally(features) for features in clause_features(view, hits)]
    decided = _clauses_of_life(view, hits)
    rows = tuple(
        ClauseCues(clause.start, clause.end, clause.mark, tally_, at in decided)
        for at, (clause, tally_) in enumerate(zip(clauses, points, strict=True))
    )
    return FrameCues(rows, tally(form_features(view)))


def _clauses_of_life(view: View, hits: tuple[Hit, ...]) -> set[int]:
    """The clauses that are life by one of the guide's decided cases."""
    found = set()
    for hit in hits:
        if hit.kind in LIFE_IN_ACTION and hit.self_evidence >= EVIDENCE_STEPS[0]:
            at = _clause_at(view.clauses, hit.start)
            if view.clauses[at].mark is Mark.ACTION:
                found.add(at)
        if hit.self_evidence >= EVIDENCE_STEPS[0]:
            at = _clause_at(view.clauses, hit.start)
            clause = view.clauses[at]
            if (
                clause.mark is Mark.OOC
                and _OWN_ASIDE.search(view.text, clause.start, clause.end)
                and not _PART_PLAYED.search(view.text, clause.start, clause.end)
            ):
                found.add(at)
    for at, clause in enumerate(view.clauses):
        if clause.start >= FINE_CHARACTERS:
            break
        if clause.mark is Mark.ACTION and _OWN_BODY.search(view.text, clause.start, clause.end):
            found.add(at)
        if clause.mark in (Mark.PLAIN, Mark.OOC) and _PLAY_ACQUAINTANCE.match(
            view.text, clause.start, clause.end
        ):
            found.add(at)
    return found


def _clause_at(clauses: tuple[Clause, ...], offset: int) -> int:
    return max(bisect_right(clauses, offset, key=lambda clause: clause.start) - 1, 0)


def clause_features(view: View, hits: tuple[Hit, ...] = ()) -> list[list[str]]:
    """The features of each clause: its words, and what its hits say of a life.

    Beyond the first part of a huge text words count no more.
    """
    clauses = view.clauses
    rows: list[list[str]] = [[] for _ in clauses]
    if not clauses:
        return rows
    acted = any(clause.mark is Mark.ACTION for clause in clauses)
    prefixes = {Mark.ACTION: "a", Mark.QUOTE: "q", Mark.PLAIN: "x" if acted else "", Mark.OOC: "o"}
    starts = view.folded.starts
    before, at, row, prefix, end = "^", 0, rows[0], prefixes[clauses[0].mark], clauses[0].end
    for position, token in tokens(view.folded.text, 0, FINE_CHARACTERS):
        given = starts[position] if starts else position
        while given >= end and at + 1 < len(clauses):
            at += 1
            row, prefix, end = rows[at], prefixes[clauses[at].mark], clauses[at].end
        row.extend(word_features(token, before, prefix))
        before = token
    row.append(f"{before} $")
    for clause, features in zip(clauses, rows, strict=True):
        if features and opens_with_slip(view.text, clause.start, clause.end):
            features.append("slips")
    evidence: dict[int, float] = {}
    for hit in hits:
        if hit.self_evidence >= EVIDENCE_STEPS[0]:
            at = _clause_at(clauses, hit.start)
            evidence[at] = max(evidence.get(at, 0.0), hit.self_evidence)
    for at, shown in evidence.items():
        rows[at].extend(f"life:{step}" for step in EVIDENCE_STEPS if shown >= step)
    return rows


def form_features(view: View) -> Iterator[str]:
    """What the whole message looks like: marks, length, capitals."""
    text, clauses = view.text, view.clauses
    yield "always#"
    yield f"length:{min(9, int(1.5 * (len(text) // 5 + 1).bit_length()))}"
    acted = sum(clause.end - clause.start for clause in clauses if clause.mark is Mark.ACTION)
    if acted:
        yield "has action"
        yield f"acted:{int(3.99 * acted / len(text))}"
        if clauses[0].mark is Mark.ACTION:
            yield "opens with action"
    if any(clause.mark is Mark.QUOTE for clause in clauses):
        yield "has quote"
        if clauses[0].mark is Mark.QUOTE:
            yield "opens with quote"
    if any(clause.mark is Mark.OOC for clause in clauses):
        yield "has aside"
    if _SHOUT.search(text, 0, FINE_CHARACTERS):
        yield "shouts"
    if text[:1].isupper():
        yield "capital"


class FrameJudge:
    """The frames of one conversation, judged in the order of its messages."""

    def __init__(self, setting: Setting) -> None:
        self.history = History(setting)
        self._is_told = bool(setting.card or setting.system)

    def enter(self, setting: Setting) -> None:
        """Take in a card or system prompt that came later."""
        self._is_told |= bool(setting.card or setting.system)

    def _is_bare(self, cues: FrameCues) -> bool:
        """Whether nothing so far, this message included, shows that a story is told."""
        marked = any(clause.mark is not Mark.PLAIN for clause in cues.clauses)
        return not (self._is_told or marked or self.history.shows_scene)

    def observe(self, message: Message, cues: FrameCues) -> None:
        """Take in a message that is not the user's."""
        self.history.heard(message.text)

    def judge(self, message: Message, cues: FrameCues) -> FrameJudgement:
        """The frames of a message of the user."""
        topic, words = message_words(message)
        past = tally(self.history.features(topic, words))
        totals = [
            form + before + sum(clause.points[i] for clause in cues.clauses)
            for i, (form, before) in enumerate(zip(cues.form, past, strict=True))
        ]
        frame = (Frame.SELF, Frame.FICTION, Frame.NEUTRAL)[totals.index(max(totals))]
        margin = totals[0] - totals[1]
        is_bare = self._is_bare(cues)
        if is_bare and frame is Frame.FICTION and margin > -DOUBT:
            frame = Frame.SELF if totals[0] >= totals[2] else Frame.NEUTRAL
        if frame is not Frame.SELF and (slips := [clause for clause in cues.clauses if _slips(clause, cues)]):
            frame = Frame.SELF
            margin = max(math.inf if clause.is_life else _lead(clause) for clause in slips)
        if frame is Frame.NEUTRAL and any(map(_directs, cues.clauses)):
            frame = Frame.FICTION
        mixes = frame is Frame.SELF and any(map(_lives, cues.clauses))
        rows = tuple(
            (clause.start, clause.end, Frame.FICTION if mixes and _tells(clause) else frame)
            for clause in cues.clauses
        )
        if message.alternative == 0:
            self.history.said(topic, frame)
            self._is_told |= any(clause.mark in (Mark.ACTION, Mark.QUOTE) for clause in cues.clauses)
        return FrameJudgement(frame, rows, margin, is_bare)


def message_words(message: Message) -> tuple[frozenset[int], frozenset[int]]:
    """The topic words and all words of a message, as hashes."""
    return word_sets(fold(message.text[:FINE_CHARACTERS]).text, FINE_CHARACTERS)


def life_lead(clause: ClauseCues) -> float:
    """By how many points a clause by itself speaks of a life rather than of a story or of neither."""
    own, story, neither = clause.points
    return own - max(story, neither)


def _lead(clause: ClauseCues) -> float:
    return clause.points[0] - clause.points[1]


def _slips(clause: ClauseCues, cues: FrameCues) -> bool:
    return clause.is_life or (len(cues.clauses) > 1 and life_lead(clause) > SLIP_MARGIN)


def _directs(clause: ClauseCues) -> bool:
    return clause.mark is Mark.OOC and clause.end - clause.start >= DIRECTION_CHARACTERS


def _lives(clause: ClauseCues) -> bool:
    return clause.is_life or _lead(clause) > LIFE_MARGIN


def _tells(clause: ClauseCues) -> bool:
    return not clause.is_life and -_lead(clause) > STORY_MARGIN[clause.mark]
