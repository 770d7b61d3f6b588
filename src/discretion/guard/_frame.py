"""Who is speaking, message by message and clause by clause.

``frame_cues`` reads one message alone (so that it can run on any core); ``FrameJudge`` holds what the
conversation has shown so far and turns cues into frames. A trained model replaces both behind these names.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretion.guard._detector import Hit
from discretion.guard._view import Mark, View
from discretion.records import Frame
from discretion.text import Message, Setting


@dataclass(frozen=True, slots=True)
class ClauseCues:
    """What one clause by itself says for life and for story; scores in [0, 1]."""

    start: int
    end: int
    mark: Mark
    life: float
    story: float


@dataclass(frozen=True, slots=True)
class FrameCues:
    """The cues of one message, clause by clause; picklable."""

    clauses: tuple[ClauseCues, ...]


@dataclass(frozen=True, slots=True)
class FrameJudgement:
    """The frame of a message and of each of its clauses ``(start, end, frame)``."""

    frame: Frame
    clauses: tuple[tuple[int, int, Frame], ...]

    def at(self, offset: int) -> Frame:
        """The frame of the clause in which the character at ``offset`` stands."""
        for start, end, frame in self.clauses:
            if start <= offset < end:
                return frame
        return self.frame


def frame_cues(view: View, hits: tuple[Hit, ...]) -> FrameCues:
    """Read the cues of one message: marks, tense, person, and what the hits say of the author's life."""
    rows = []
    for clause in view.clauses:
        life = max((h.self_evidence for h in hits if clause.start <= h.start < clause.end), default=0.0)
        story = 0.0 if clause.mark is Mark.PLAIN else 1.0
        rows.append(ClauseCues(clause.start, clause.end, clause.mark, life, story))
    return FrameCues(tuple(rows))


class FrameJudge:
    """The frames of one conversation, judged in the order of its messages."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def observe(self, message: Message, cues: FrameCues) -> None:
        """Take in a message that is not the user's."""

    def judge(self, message: Message, cues: FrameCues) -> FrameJudgement:
        """The frames of a message of the user."""
        rows = []
        for clause in cues.clauses:
            frame = Frame.NEUTRAL
            if clause.story > clause.life:
                frame = Frame.FICTION
            elif clause.life > 0:
                frame = Frame.SELF
            rows.append((clause.start, clause.end, frame))
        frames = {frame for _, _, frame in rows}
        whole = next((f for f in (Frame.SELF, Frame.FICTION) if f in frames), Frame.NEUTRAL)
        return FrameJudgement(whole, tuple(rows))
