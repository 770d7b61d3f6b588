"""The limits of one conversation, judged message by message."""

from __future__ import annotations

import re
from collections.abc import Mapping

from discretion.guard._detector import Hit
from discretion.guard._frame import FrameJudgement
from discretion.guard._view import View
from discretion.guard.limits._carried import (
    dated,
    is_about_adults,
    is_only_mentioned,
    is_told_away,
    keeps,
    known,
    lift,
    refuses,
    speaks_of,
    taken_back,
)
from discretion.guard.limits._cues import Form, LimitCues, LimitJudgement, Status, Whom, key
from discretion.guard.limits._hearing import hear, own_names
from discretion.guard.limits._likelihood import CRISIS, UNCONFIRMED, Likelihood
from discretion.guard.limits._others import Others
from discretion.guard.limits._read import limit_cues
from discretion.guard.limits.decision import (
    CONFIRMED,
    SENTENCES,
    STILL_THERE,
    STILL_UNDER,
    UNSURE_AGE,
    USER_EARLIER,
    Around,
    Part,
    Resolved,
    resolve,
    ruling,
)
from discretion.guard.limits.register import AUTHOR_IN_SCENE, PARTNER, SOMEBODY, Register, Statement
from discretion.records import Frame, Limit, LimitReason, Ruling
from discretion.text import Message, Setting


class LimitJudge:
    """The limits of one conversation, judged in the order of its messages.

    ``intimate`` is whether an intimate context is assumed (the default); off, a participant's limit is a
    notice and only the user's own age stops. Feed every message once: ``observe`` for the assistant's,
    ``judge`` for the user's.
    """

    def __init__(self, setting: Setting, *, intimate: bool = True) -> None:
        self.setting = setting
        self.intimate = intimate
        self.register = Register()
        self._around = Around()
        self._is_set = self._is_later = False
        self._said = -2  # the turn of the user's last message: none
        self._others = Others(intimate=intimate)

    def enter(self, setting: Setting) -> None:
        """Take in a card or system prompt that came after the conversation's first message."""
        self.setting = setting
        self._is_set = False
        self._is_later = True

    def observe(self, message: Message, cues: LimitCues) -> None:
        """Take in a message that is not the user's; an alternative that was not chosen adds nothing."""
        self._read_setting()
        if message.alternative:
            return
        where = f"turn:{message.turn}"
        if self.register.under and refuses(message.text):
            self.register.refuse(self._said)
        self._others.observe(cues)
        for mention in cues.ages:
            hear(self.register, mention, where, message, self._others.named)
        around = self._around
        self._around = Around(
            cues.referent or around.referent,
            cues.asks_age_of,
            around.author_spoke_of_age,
            around.in_story,
            around.last_under,
            around.last_turn,
            around.is_next,
            cues.supposes,
        )
        if cues.leavers:
            self.register.leave(cues.leavers)

    def judge(
        self,
        message: Message,
        cues: LimitCues,
        frames: FrameJudgement,
        hits: tuple[Hit, ...],
        likely: Mapping[str, float] | None = None,
        bounds: Mapping[str, float] | None = None,
    ) -> LimitJudgement:
        """The limits of a message of the user; ``hits`` are what the detectors saw in it.

        ``likely`` are the model's probabilities in [0, 1] that the message in its conversation has a limit
        (``minor``, ``real_person``, ``crime``) or shows a ``crisis``; None: rules only. ``bounds`` are the
        thresholds for them (``limit_ask_minor`` and the like; ``_likelihood.BOUNDS`` where one is missing).
        """
        model = Likelihood(likely or {}, bounds or {})
        self._read_setting()
        before = self.register.copy() if message.alternative else None
        reasons = self._minors(message, cues, frames, model)
        reasons += self._others.people(cues, frames, self.register, model)
        reasons += self._others.crimes(cues, frames, model)
        # Unmarked words count whatever the frame: a line of help too many costs less than one too few.
        crisis = model.asks(CRISIS) or (bool(cues.crisis) and not model.allows(CRISIS))
        if before is not None:
            before.user_under = self.register.user_under
            self.register = before
        reasons.sort(key=lambda reason: (reason.where != "message", reason.start))
        elsewhere = (USER_EARLIER, STILL_THERE)
        blocked = {r.kind for r in reasons if r.verdict is Ruling.BLOCK and r.reason not in elsewhere}
        return LimitJudgement(tuple(kind for kind in Limit if kind in blocked), tuple(reasons), crisis)

    def _minors(
        self, message: Message, cues: LimitCues, frames: FrameJudgement, likely: Likelihood
    ) -> list[LimitReason]:
        register, around = self.register, self._around
        earlier = register.user_under
        ages = [known(register, dated(mention, message)) for mention in cues.ages]
        resolved = [resolve(m, frames.at(m.start), register, around) for m in ages]
        under = [r for r in resolved if r.mention.status is not Status.ADULT and not taken_back(r, resolved)]
        if cues.leaves:
            register.leave()
        if cues.leavers:
            register.leave(frozenset(register.same(who) for who in cues.leavers) | cues.leavers)
        lift(register, [r for r in resolved if r.mention.status is Status.ADULT], around)
        reasons = self._confirmed(message, cues, frames, resolved, likely)
        stated = set()
        own_age = any(one.part in (Part.USER, Part.USER_UNCERTAIN) for one in under)
        before = register.copy()
        for one in under:
            decided = ruling(one.part, intimate=self.intimate, is_unsure=one.mention.status is Status.UNSURE)
            if decided is None:
                continue
            is_told = one.part is Part.PARTICIPANT and is_only_mentioned(one.mention, one.who, before)
            is_weak = is_told and frames.at(one.mention.start) is not Frame.FICTION
            if is_weak and decided is Ruling.BLOCK:
                decided = Ruling.ASK  # nobody says that they take part: their role is unresolved
            if decided is Ruling.ASK and likely.allows(Limit.MINOR.value):
                continue
            is_doubtful = is_weak or one.part in (Part.UNRESOLVED, Part.USER_UNCERTAIN)
            if is_doubtful and not likely.may_keep_minor():
                continue
            if one.part is Part.USER and not likely.confirms_own_age():
                decided = Ruling.ASK
            reasons.append(self._reason(one, decided, is_weak=is_weak))
            said = Statement(
                f"turn:{message.turn}",
                one.mention.start,
                one.mention.end,
                message.turn,
                True,
                decided is Ruling.ASK,
                one.mention.form is Form.LOOKS,
                cues.keys,
                is_weak,
                is_told=is_told,
            )
            if one.part is Part.USER and decided is Ruling.BLOCK and register.user_under is None:
                register.user_under = said
            elif one.part is Part.PARTICIPANT and one.mention.status is Status.UNDER:
                register.put(one.who or SOMEBODY, said)
                register.call(one.mention.also, one.who)
                stated.add(one.who or SOMEBODY)
        reasons += self._kept(cues, frames, stated, likely)
        if earlier:
            reasons.append(
                LimitReason(
                    Limit.MINOR, Ruling.BLOCK, USER_EARLIER, earlier.where, earlier.start, earlier.end
                )
            )
        # An adult age that is said outright weighs more than how the rest reads.
        says_adult = any(one.mention.status is Status.ADULT for one in resolved)
        is_clear = says_adult or is_told_away(resolved)
        if not reasons and not is_clear and likely.asks(Limit.MINOR.value):
            reasons.append(likely.reason(Limit.MINOR, cues.length, intimate=self.intimate))
        self._remember(message, cues, frames, own_age, under, resolved)
        self._said = message.turn
        return reasons

    def _reason(self, one: Resolved, decided: Ruling, *, is_weak: bool) -> LimitReason:
        unsure = one.mention.status is Status.UNSURE and one.part is Part.PARTICIPANT
        sentence = UNSURE_AGE if unsure else SENTENCES[Part.UNRESOLVED if is_weak else one.part]
        if one.part is Part.USER and decided is Ruling.ASK:
            sentence = UNCONFIRMED
        return LimitReason(Limit.MINOR, decided, sentence, "message", one.mention.start, one.mention.end)

    def _kept(
        self, cues: LimitCues, frames: FrameJudgement, stated: set[int], likely: Likelihood
    ) -> list[LimitReason]:
        """Reasons that lie elsewhere: participants under 18 whom this message keeps in the scene.

        Whom the other side refused never entered it: being spoken of keeps them; whether a message that
        recasts the scene does is asked.
        """
        register = self.register
        verdict = Ruling.BLOCK if self.intimate else Ruling.NOTICE
        reasons = []
        others_only = is_about_adults(register, cues)
        for who, said in list(register.under.items()):
            names = register.names_of(who)
            is_fresh = who in register.fresh
            if who in stated or not (
                is_fresh or keeps(said, names, cues, frames, in_story=self._around.in_story)
            ):
                continue
            if others_only and said.by_user and not names & cues.keys:
                continue
            is_spoken_of = speaks_of(who, names, cues, frames)
            if said.is_told and not (is_fresh or is_spoken_of or self._around.is_next):
                continue
            if is_spoken_of and cues.acts:
                register.join(who)
            # Whether who was refused is still meant where nobody speaks of them is as open as a bare mention.
            is_open = said.is_weak or (said.is_refused and not is_spoken_of)
            if is_open and not likely.may_keep_minor():
                continue
            own = is_fresh or self._around.is_next or is_spoken_of
            sentence = SENTENCES[Part.UNRESOLVED] if is_open else STILL_UNDER if own else STILL_THERE
            held = Ruling.ASK if is_open and self.intimate else verdict
            reasons.append(LimitReason(Limit.MINOR, held, sentence, said.where, said.start, said.end))
        register.fresh.clear()
        return reasons

    def _confirmed(
        self,
        message: Message,
        cues: LimitCues,
        frames: FrameJudgement,
        resolved: list[Resolved],
        likely: Likelihood,
    ) -> list[LimitReason]:
        """A yes to "are you under 18?" or a no to "are you of age?"."""
        if not self._around.supposed or cues.answers != self._around.supposed:
            return []
        if any(one.mention.status is Status.ADULT for one in resolved):
            return []
        said = Statement(f"turn:{message.turn}", 0, cues.length, message.turn, True)
        if frames.frame is Frame.FICTION:
            self.register.put(AUTHOR_IN_SCENE, said)
            verdict = ruling(Part.PARTICIPANT, intimate=self.intimate) or Ruling.NOTICE
            sentence = SENTENCES[Part.PARTICIPANT]
        elif not likely.confirms_own_age():
            verdict, sentence = Ruling.ASK, UNCONFIRMED
        else:
            self.register.user_under = self.register.user_under or said
            verdict, sentence = Ruling.BLOCK, CONFIRMED
        return [LimitReason(Limit.MINOR, verdict, sentence, "message", 0, cues.length)]

    def _remember(
        self,
        message: Message,
        cues: LimitCues,
        frames: FrameJudgement,
        own_age: bool,
        under: list[Resolved],
        resolved: list[Resolved],
    ) -> None:
        register = self.register
        for one in resolved:
            if one.part is Part.ABSENT and one.mention.whom is Whom.RELATIVE and one.who:
                register.relatives.add(one.who)
            if one.part is Part.PARTICIPANT and one.who:
                register.last = one.who
        register.real |= cues.real_keys
        last = next((r.who or SOMEBODY for r in reversed(under) if r.part is Part.PARTICIPANT), 0)
        in_story = frames.frame is Frame.FICTION or bool(last)
        was, turn, is_next = self._around, message.turn, bool(last)
        if last and was.is_next:
            turn = was.last_turn
        elif not last and register.under:
            last, turn = was.last_under, was.last_turn
        if frames.frame is Frame.NEUTRAL and not cues.ages:
            in_story, own_age, is_next = was.in_story, was.author_spoke_of_age, was.is_next
        self._around = Around(cues.referent, None, own_age, in_story, last, turn, is_next)

    def _read_setting(self) -> None:
        if self._is_set:
            return
        self._is_set = True
        names = " ".join(filter(None, (self.setting.character, self.setting.card, self.setting.user_name)))
        self._others.named |= frozenset(key(word.lower()) for word in re.findall(r"[^\W\d_]+", names))
        # Whom a later addition describes (lore, another member of a group) is not the one who is spoken to.
        described = Setting(character=self.setting.character) if self._is_later else self.setting
        self._others.own |= frozenset(key(name.lower()) for name in own_names(described))
        self.register.aliases |= dict.fromkeys(self._others.own, PARTNER)
        for where, text in (("system", self.setting.system), ("card", self.setting.card)):
            if text:
                for mention in limit_cues(View(text)).ages:
                    hear(self.register, mention, where, None, self._others.named)
