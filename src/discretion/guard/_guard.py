"""The guard: one message in, one review out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import takewhile
from typing import TYPE_CHECKING, TypeVar

from discretion.guard._detector import OWN_FACT, Detector, Scope, discovered
from discretion.guard._doubtful import doubtful, said_outright
from discretion.guard._fact_matcher import FactMatcher
from discretion.guard._facts import Fact
from discretion.guard._frame import FrameJudge, FrameJudgement
from discretion.guard._memory import NameMemory
from discretion.guard._merge import REAL_BY_FORM, in_frame, settle
from discretion.guard._said import SaidBefore
from discretion.guard._scan import BY_MODEL, UNREAD_IN_OTHERS, Scan, read, read_hits, scan_view
from discretion.guard._valued import valued
from discretion.guard._verdict import verdict
from discretion.guard.limits import LimitJudge
from discretion.records import Frame, NotChecked, Review, Verdict
from discretion.text import Conversation, Message, Setting, evaluated_language

if TYPE_CHECKING:
    from discretion.guard._model import ModelSession
    from discretion.guard.limits.register import Statement
    from discretion.guard.reader import Model

T = TypeVar("T")

NOT_LOOKED_FOR = frozenset({"names", "disclosures", "frame"})
"""What is not looked for in the assistant's messages, and so cannot be missing there."""

FORGOTTEN = NotChecked("what was said before in this conversation", "too many conversations were open")

READ_AT_ONCE = 32
"""Messages of a conversation that are scanned together; the vectors of one take up to 1.5 MB."""

STORY = FrameJudgement(Frame.FICTION, (), 0.0)
"""The frame of a text that claims nothing of anyone."""

LONGEST_READ = 20_000
"""Characters of a card or system prompt that its language is told from."""


class Guard:
    """Reviews messages against the taxonomy of findings and limits.

    ``intimate`` is whether an intimate context is assumed (the default); off, a participant's limit is only
    noted. ``facts`` are the user's own (``load_facts``): they are found in life and story alike. A guard
    holds no text of a message and may be shared between threads.

    ``rules_only`` leaves the model out: faster, finds less, and every review says so. Where the model's files
    are missing it is the same. The model is loaded with the first message.
    """

    def __init__(
        self, *, intimate: bool = True, facts: Sequence[Fact] = (), rules_only: bool = False
    ) -> None:
        self.intimate = intimate
        self.rules_only = rules_only
        self._detectors = (*discovered(), *_own_facts(facts))

    @cached_property
    def _model(self) -> Model | NotChecked:
        """The model, or why it takes no part."""
        if self.rules_only:
            return NotChecked(BY_MODEL, "the model is off")
        # Imported here: a program that never reviews must not wait for the model's runtime.
        try:
            from discretion.guard._model import loaded
        except Exception as error:  # an installation in which the arrays or the runtime are broken
            return NotChecked(BY_MODEL, f"it cannot be loaded: {type(error).__name__}")
        return loaded()

    def _conversation(self, setting: Setting) -> ModelSession | None:
        if isinstance(self._model, NotChecked):
            return None
        from discretion.guard._model import ModelSession

        return ModelSession(self._model, setting)

    def scan(self, message: Message) -> Scan:
        """Read one message alone; what a ``Session`` then judges in the light of its conversation.

        In what the assistant wrote nothing is a finding, so no detector reads it.
        """
        return self.scan_all((message,))[0]

    def scan_all(self, messages: Sequence[Message]) -> list[Scan]:
        """``scan`` of many messages: the model reads them in batches of about the same length."""
        made = [scan_view(one.text, self._detectors if one.is_from_user else ()) for one in messages]
        scans = [scanned for scanned, _ in made]
        own = [i for i, one in enumerate(messages) if one.is_from_user]
        if not own:
            return scans
        model = self._model
        if isinstance(model, NotChecked):
            read_by = [replace(scans[i], not_checked=(*scans[i].not_checked, model)) for i in own]
        else:
            read_by = read([made[i][1] for i in own], [scans[i] for i in own], model)
        for i, one in zip(own, read_by, strict=True):
            scans[i] = one
        return scans

    def forms(self, text: str) -> Review:
        """What is real by its form, or one of the user's own facts, in a text that claims nothing of anyone.

        For what is no message of the user's but leaves with one: a card, a reply, a tool's schema. Frame and
        limits are not judged.
        """
        scanned = read_hits(text, self._by_form)
        unread = tuple(one for one in scanned.not_checked if one.what not in UNREAD_IN_OTHERS)
        return Review(Verdict.ALLOW, None, in_frame(settle(scanned.hits), STORY, text), not_checked=unread)

    @cached_property
    def _by_form(self) -> tuple[Detector, ...]:
        return tuple(one for one in self._detectors if one.name == OWN_FACT or one.kinds & REAL_BY_FORM)

    def session(self, setting: Setting, remains: Remains | None = None) -> Session:
        """Begin a conversation in ``setting``; feed it every message in order.

        ``remains`` is what was kept of an earlier session of the same conversation (``Session.remains``).
        """
        return Session(self, setting, remains)

    def review(self, text: str | Message, conversation: Conversation | None = None) -> Review:
        """Review one message of the user.

        ``conversation`` holds what was said before, oldest first; without it the message stands alone. Where
        the message itself is among the conversation's messages, only those before it count. Every call reads
        the whole conversation: keep a ``session`` to review one message after another.
        """
        message = text if isinstance(text, Message) else Message(text)
        session = self.session(conversation.setting if conversation else message.setting)
        earlier = conversation.messages if conversation else ()
        messages = [*takewhile(lambda one: one is not message, earlier), message]
        for start in range(0, len(messages), READ_AT_ONCE):
            batch = messages[start : start + READ_AT_ONCE]
            for one, scanned in zip(batch, self.scan_all(batch), strict=True):
                review = session.review(one, scanned)
        return review


@dataclass(frozen=True, slots=True)
class Remains:
    """What is kept of a session that was let go, little enough to be kept for every conversation.

    A user who said to be under 18 stays so; all else is forgotten, and the next session says so.
    """

    user_under: Statement | None = None

    def document(self) -> str | None:
        """What is kept as JSON without a word of a message; ``None`` where there is nothing."""
        if self.user_under is None:
            return None
        said = self.user_under
        return json.dumps({"where": said.where, "start": said.start, "end": said.end, "turn": said.turn})

    @classmethod
    def of(cls, document: str) -> Remains:
        """What ``document`` made JSON of. Raises ``ValueError`` where it is none of ours."""
        from discretion.guard.limits.register import Statement

        try:
            told = json.loads(document)
            where, start, end, turn = (told[key] for key in ("where", "start", "end", "turn"))
        except (ValueError, TypeError, KeyError):
            raise ValueError("not what a session leaves behind") from None
        return cls(Statement(str(where), int(start), int(end), int(turn), by_user=True))


class Session:
    """One conversation under review, message by message, oldest first: made by ``Guard.session``."""

    def __init__(self, guard: Guard, setting: Setting, remains: Remains | None = None) -> None:
        self._guard = guard
        self._frames = FrameJudge(setting)
        self._names = NameMemory(setting)
        self._said = SaidBefore()
        self._limits = LimitJudge(setting, intimate=guard.intimate)
        self._setting = setting
        self._unread = _unread(setting)
        self._read: ModelSession | None = None
        self._is_begun = False
        self._lost: tuple[NotChecked, ...] = ()
        if remains:
            self._limits.register.user_under = remains.user_under
            self._lost = (FORGOTTEN,)

    def remains(self) -> Remains:
        """What must outlive this session where it is let go before its conversation ends."""
        said = self._limits.register.user_under
        return Remains(replace(said, near=frozenset())) if said else Remains()

    def forget_words(self) -> None:
        """Let go of every word of the conversation: the card, names and facts that were told.

        What is kept are numbers and hashes: who is under 18, frames, the model's state.
        """
        self._setting = Setting()
        self._names = NameMemory(self._setting)
        self._said = SaidBefore()
        self._limits.enter(self._setting)

    def _enter(self, setting: Setting) -> None:
        """Take in a card or system prompt that came after the conversation's first message."""
        self._setting = setting
        self._frames.enter(setting)
        self._names.enter(setting)
        self._limits.enter(setting)
        if self._read:
            self._by_model(partial(self._read.enter, setting))
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
        if not self._is_begun:
            self._is_begun = True
            self._read = self._by_model(lambda: self._guard._conversation(self._setting))
        if not message.is_from_user:
            if scanned.frame and scanned.limits and message.alternative == 0:
                self._frames.observe(message, scanned.frame)
                self._names.observe(message)
                self._limits.observe(message, scanned.limits)
                if self._read:
                    self._by_model(partial(self._read.hear, message))
            unread = tuple(one for one in scanned.not_checked if one.what not in NOT_LOOKED_FOR)
            return Review(Verdict.ALLOW, None, not_checked=unread)
        unread, self._unread = self._unread, ()
        hits = settle(scanned.hits)
        if self._read and scanned.reading is None and message.alternative == 0:
            # A turn that the model could not read is still a turn of the conversation that it remembers.
            self._by_model(partial(self._read.hear, message))
        if scanned.frame is None or scanned.limits is None:
            findings = valued(in_frame(hits, None, message.text), message)
            asked = verdict(findings, message.text, ())
            return Review(asked, None, findings, not_checked=(*scanned.not_checked, *unread, *self._lost))
        frames = self._frames.judge(message, scanned.frame)
        likely = bounds = None
        if self._read and scanned.reading:
            judge = partial(self._read.judge, message.text, scanned.reading, hits, scanned.frame, frames)
            if judged := self._by_model(judge):
                frames, hits, likely = judged
                bounds = self._read.settings
        outright = said_outright(message.text, settle(scanned.hits), scanned.frame, self._names.is_character)
        hits = self._names.settle(message, hits, frames, scanned.limits.told_real)
        hits = self._said.settle(message, hits, frames, self._names.is_character)
        limits = self._limits.judge(message, scanned.limits, frames, hits, likely, bounds)
        findings = valued(in_frame(hits, frames, message.text), message)
        if self._read:
            if message.alternative == 0:
                self._by_model(partial(self._read.keep, frames, findings))
            else:
                self._read.forget()
        return Review(
            verdict(findings, message.text, limits.reasons),
            Frame.SELF if frames.frame is Frame.NEUTRAL and findings else frames.frame,
            findings,
            limits.limits,
            limits.reasons,
            limits.crisis,
            (*scanned.not_checked, *unread, *self._lost),
            doubtful(message.text, outright, findings),
        )

    def _by_model(self, ask: Callable[[], T]) -> T | None:
        """What the model answers; where it fails, the rules go on alone and every later review says so."""
        try:
            return ask()
        except Exception as error:
            self._read = None
            self._lost = (*self._lost, NotChecked(BY_MODEL, f"it failed: {type(error).__name__}"))
            return None


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
