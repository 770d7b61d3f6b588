"""The three limits and the signs of a crisis.

``limit_cues`` reads one message alone (so that it can run on any core); ``LimitJudge`` keeps the register of
participants of one conversation and decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretion.guard._detector import Hit
from discretion.guard._frame import FrameJudgement
from discretion.guard._view import View
from discretion.records import Limit, LimitReason
from discretion.text import Message, Setting


@dataclass(frozen=True, slots=True)
class LimitCues:
    """What one text by itself holds that a limit may turn on; picklable."""


@dataclass(frozen=True, slots=True)
class LimitJudgement:
    """The limits of the message itself, every reason that holds for it, and whether it shows a crisis."""

    limits: tuple[Limit, ...] = ()
    reasons: tuple[LimitReason, ...] = ()
    crisis: bool = False


def limit_cues(view: View) -> LimitCues:
    """Read the mentions of one text that a limit may turn on."""
    return LimitCues()


class LimitJudge:
    """The limits of one conversation, judged in the order of its messages.

    ``intimate`` is whether an intimate context is assumed (the default); off, a participant's limit is a
    notice and only the user's own age stops.
    """

    def __init__(self, setting: Setting, *, intimate: bool = True) -> None:
        self.setting = setting
        self.intimate = intimate

    def observe(self, message: Message, cues: LimitCues) -> None:
        """Take in a message that is not the user's."""

    def judge(
        self, message: Message, cues: LimitCues, frames: FrameJudgement, hits: tuple[Hit, ...]
    ) -> LimitJudgement:
        """The limits of a message of the user; ``hits`` are what the detectors saw in it."""
        return LimitJudgement()
