"""The guard: one message in, one review out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discretion.guard._detector import OWN_FACT, Detector, Scope, discovered
from discretion.guard._fact_matcher import FactMatcher
from discretion.guard._facts import Fact
from discretion.guard._frame import FrameJudge
from discretion.guard._memory import NameMemory
from discretion.guard._merge import in_frame, settle
from discretion.guard._scan import Scan, scan
from discretion.guard._valued import valued
from discretion.guard._verdict import verdict
from discretion.guard.limits import LimitJudge
from discretion.records import Frame, NotChecked, Review, Verdict
from discretion.text import Conversation, Message, Setting, evaluated_language

NOT_LOOKED_FOR = frozenset({"names", "disclosures", "frame"})
"""What is not looked for in the assistant's messages, and so cannot be missing there."""

LONGEST_READ = 20_000
"""Characters of a card or system prompt that its language is told from."""


class Guard:
    """Reviews messages against the taxonomy of findings and limits.

    ``intimate`` is whether an intimate context is assumed (the default); off, a participant's limit is only
    noted. ``facts`` are the user's own (``load_facts``): they are found in life and story alike. A guard
    holds no text of a message and may be shared between threads.
    """

    def __init__(self, *, intimate: bool = True, facts: Sequence[Fact] = ()) -> None:
        self.intimate = intimate
        self._detectors = (*discovered(), *_own_facts(facts))

    def scan(self, message: Message) -> Scan:
        """Read one message alone; what a ``Session`` then judges in the light of its conversation.

        In what the assistant wrote nothing is a finding, so no detector reads it.
        """
        return scan(message.text, self._detectors if message.is_from_user else ())

    def session(self, setting: Setting) -> Session:
        """Begin a conversation in ``setting``; feed it every message in order."""
        return Session(self, setting)

    def review(self, text: str | Message, conversation: Conversation | None = None) -> Review:
        """Review one message of the user.

        ``conversation`` holds what was said before, oldest first; without it the message stands alone. Where
        the message itself is among the conversation's messages, only those before it count.
        """
        message = text if isinstance(text, Message) else Message(text)
        session = self.session(conversation.setting if conversation else message.setting)
        for earlier in conversation.messages if conversation else ():
            if earlier is message:
                break
            session.review(earlier)
        return session.review(message)


class Session:
    """One conversation under review, message by message, oldest first."""

    def __init__(self, guard: Guard, setting: Setting) -> None:
        self._guard = guard
        self._frames = FrameJudge(setting)
        self._names = NameMemory(setting)
        self._limits = LimitJudge(setting, intimate=guard.intimate)
        self._setting = setting
        self._unread = _unread(setting)

    def _enter(self, setting: Setting) -> None:
        """Take in a card or system prompt that came after the conversation's first message."""
        self._setting = setting
        self._frames.enter(setting)
        self._names.enter(setting)
        self._limits.enter(setting)
        self._unread = _unread(setting)

    def review(self, message: Message, scanned: Scan | None = None) -> Review:
        """Review the next message; ``scanned`` is what ``Guard.scan`` read in it, if that was done before.

        An assistant's message has neither frame nor findings: it only adds to what is known. A swipe that
        was not chosen (``alternative`` ≥ 1) adds nothing.
        """
        scanned = scanned or self._guard.scan(message)
        if (message.setting.card, message.setting.system) not in (
            (self._setting.card, self._setting.system),
            (None, None),
        ):
            self._enter(message.setting)
        if not message.is_from_user:
            if scanned.frame and scanned.limits and message.alternative == 0:
                self._frames.observe(message, scanned.frame)
                self._names.observe(message)
                self._limits.observe(message, scanned.limits)
            unread = tuple(one for one in scanned.not_checked if one.what not in NOT_LOOKED_FOR)
            return Review(Verdict.ALLOW, None, not_checked=unread)
        unread, self._unread = self._unread, ()
        hits = settle(scanned.hits)
        if scanned.frame is None or scanned.limits is None:
            findings = valued(in_frame(hits, None, message.text), message)
            asked = verdict(findings, message.text, ())
            return Review(asked, None, findings, not_checked=(*scanned.not_checked, *unread))
        frames = self._frames.judge(message, scanned.frame)
        hits = self._names.settle(message, hits, frames)
        limits = self._limits.judge(message, scanned.limits, frames, hits)
        findings = valued(in_frame(hits, frames, message.text), message)
        return Review(
            verdict(findings, message.text, limits.reasons),
            Frame.SELF if frames.frame is Frame.NEUTRAL and findings else frames.frame,
            findings,
            limits.limits,
            limits.reasons,
            limits.crisis,
            (*scanned.not_checked, *unread),
        )


def _unread(setting: Setting) -> tuple[NotChecked, ...]:
    """What of a card or system prompt is not checked; told with the user's next message."""
    rows = []
    for what, text in (("the persona card", setting.card), ("the system prompt", setting.system)):
        if text and not (language := evaluated_language(text[:LONGEST_READ])).is_evaluated:
            rows.append(NotChecked(what, f"language: {language.code}"))
    return tuple(rows)


def _own_facts(facts: Sequence[Fact]) -> Iterator[Detector]:
    if facts:
        kinds = frozenset(fact.kind for fact in facts)
        yield Detector(OWN_FACT, kinds, Scope.FORM, FactMatcher(facts).find)
