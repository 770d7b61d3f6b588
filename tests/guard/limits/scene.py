"""Judging short conversations in a given frame, for the tests of the limits."""

from __future__ import annotations

from collections.abc import Mapping

from discretion.guard._frame import FrameJudgement
from discretion.guard._view import View
from discretion.guard.limits import LimitJudge, LimitJudgement, limit_cues
from discretion.records import Frame
from discretion.text import Author, Message, Setting

FRAMES = {"f": Frame.FICTION, "s": Frame.SELF, "n": Frame.NEUTRAL}
NOBODY = Setting("c", card="Robin, an AI companion")


def say(
    judge: LimitJudge,
    who: str,
    text: str,
    turn: int = 0,
    alternative: int = 0,
    likely: Mapping[str, float] | None = None,
) -> LimitJudgement | None:
    """One message: ``a`` is the assistant's, ``f``, ``s`` and ``n`` the user's in that frame."""
    author = Author.ASSISTANT if who == "a" else Author.USER
    message = Message(text, author, turn=turn, alternative=alternative)
    cues = limit_cues(View(text))
    if who == "a":
        judge.observe(message, cues)
        return None
    frame = FRAMES[who]
    return judge.judge(message, cues, FrameJudgement(frame, ((0, len(text), frame),)), (), likely)


def last_of(*messages: tuple[str, str], setting: Setting = NOBODY, intimate: bool = True) -> LimitJudgement:
    """The judgement of the last message of a conversation."""
    judge = LimitJudge(setting, intimate=intimate)
    judgement = None
    for turn, (who, text) in enumerate(messages):
        judgement = say(judge, who, text, turn)
    assert judgement is not None
    return judgement


def rulings(judgement: LimitJudgement) -> list[tuple[str, str, str]]:
    """Kind, verdict and place of every reason."""
    return [(r.kind.value, r.verdict.value, r.where) for r in judgement.reasons]


def course(*messages: tuple[str, str], setting: Setting = NOBODY) -> str:
    """One letter for every message of the user: ``b`` blocked, ``a`` asked about, ``.`` let through."""
    judge = LimitJudge(setting)
    letters = []
    for turn, (who, text) in enumerate(messages):
        judgement = say(judge, who, text, turn)
        if judgement is not None:
            verdicts = {reason.verdict.value for reason in judgement.reasons}
            letters.append("b" if "block" in verdicts else "a" if "ask" in verdicts else ".")
    return "".join(letters)
