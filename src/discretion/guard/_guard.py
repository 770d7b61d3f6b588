"""The guard: one message in, one review out."""

from __future__ import annotations

from discretion.guard._detector import discovered
from discretion.guard._frame import FrameJudge
from discretion.guard._merge import in_frame, settle
from discretion.guard._scan import Scan, scan
from discretion.guard.limits import LimitJudge
from discretion.records import Review, Verdict
from discretion.text import Conversation, Message, Setting


class Guard:
    """Reviews messages against the taxonomy of findings and limits."""

    def __init__(self, *, intimate: bool = True) -> None:
        self.intimate = intimate
        self.detectors = discovered()

    def scan(self, message: Message) -> Scan:
        """Read one message alone."""
        return scan(message.text, self.detectors)

    def session(self, setting: Setting) -> Session:
        """Begin a conversation."""
        return Session(self, setting)

    def review(self, text: str | Message, conversation: Conversation | None = None) -> Review:
        """Review one message of the user, with the conversation before it."""
        message = text if isinstance(text, Message) else Message(text)
        session = self.session(conversation.setting if conversation else message.setting)
        for earlier in conversation.messages if conversation else ():
            session.review(earlier)
        return session.review(message)


class Session:
    """One conversation under review, message by message, oldest first."""

    def __init__(self, guard: Guard, setting: Setting) -> None:
        self.guard = guard
        self.frames = FrameJudge(setting)
        self.limits = LimitJudge(setting, intimate=guard.intimate)

    def review(self, message: Message, scanned: Scan | None = None) -> Review:
        """Review the next message; an assistant's has neither frame nor findings."""
        scanned = scanned or self.guard.scan(message)
        if not message.is_from_user:
            if scanned.frame and scanned.limits:
                self.frames.observe(message, scanned.frame)
                self.limits.observe(message, scanned.limits)
            return Review(Verdict.ALLOW, None)
        hits = settle(scanned.hits)
        if scanned.frame is None or scanned.limits is None:
            return Review(Verdict.ALLOW, None, in_frame(hits, None), not_checked=scanned.not_checked)
        frames = self.frames.judge(message, scanned.frame)
        limits = self.limits.judge(message, scanned.limits, frames, hits)
        return Review(
            Verdict.ALLOW,
            frames.frame,
            in_frame(hits, frames),
            limits.limits,
            limits.reasons,
            limits.crisis,
            scanned.not_checked,
        )
