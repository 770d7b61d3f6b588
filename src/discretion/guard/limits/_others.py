"""The limits that turn on no age: somebody real who is put into the scene, and help with a crime."""

from __future__ import annotations

from discretion.guard._frame import FrameJudgement
from discretion.guard.limits import crime, real_person
from discretion.guard.limits._cues import LimitCues
from discretion.guard.limits._likelihood import Likelihood
from discretion.guard.limits.decision import OTHER_SENTENCES
from discretion.guard.limits.register import Register
from discretion.records import Frame, Limit, LimitReason, Ruling


class Others:
    """Real people and crimes in one conversation: who is a character, and what was asked for just before.

    ``named`` are keys of the names in the setting, ``own`` those of its character.
    """

    def __init__(self, *, intimate: bool) -> None:
        self.intimate = intimate
        self.named: frozenset[int] = frozenset()
        self.own: frozenset[int] = frozenset()
        self._person_refused = 0
        self._story: set[int] = set()
        self._crime_refused = False

    def observe(self, cues: LimitCues) -> None:
        """Take in the assistant's words: a name that it brings up is a character's."""
        if not self._person_refused:
            self._story |= cues.keys

    def people(
        self, cues: LimitCues, frames: FrameJudgement, register: Register, likely: Likelihood
    ) -> list[LimitReason]:
        """Somebody real who is put into the scene."""
        found: list[LimitReason] = []
        keys: set[int] = set()
        is_named = False
        for cue in cues.people:
            weight = cue.real
            if cue.keys and self.named & set(cue.keys):
                continue
            if cue.is_of_story and frames.at(cue.start) is not Frame.FICTION:
                continue
            if cue.keys and (register.real - self.named) & set(cue.keys):
                weight += 0.5
            elif cue.keys and self._story & set(cue.keys):
                weight -= 0.4
            if self._person_refused and cues.pleads:
                weight += 0.3
            weight -= cue.fictional
            if frames.at(cue.start) is Frame.SELF:
                weight += 0.1
            if weight >= real_person.ASKED:
                verdict = Ruling.BLOCK if weight >= real_person.CERTAIN else Ruling.ASK
                keys |= set(cue.keys)
                is_named |= cue.is_of_story or (cue.is_asked_for and not self._story & set(cue.keys))
                found.append(self._limit(Limit.REAL_PERSON, verdict, cue.start, cue.end))
        if not found and self._person_refused and cues.pleads and not cues.gives_up:
            found.append(self._limit(Limit.REAL_PERSON, Ruling.ASK, 0, cues.length))
        # Which names are public no conversation tells: a full name that nobody introduced is asked about.
        blocks = any(one.verdict is Ruling.BLOCK for one in found)
        is_open = is_named and not blocks
        found = found[:1] if is_open else self._weighed(Limit.REAL_PERSON, found, cues, likely)
        held = bool(found)
        if held:
            register.real |= keys
        self._person_refused = 3 if held else max(0, self._person_refused - 1)
        if frames.frame is Frame.FICTION:
            self._story |= cues.keys
        return found

    def crimes(self, cues: LimitCues, frames: FrameJudgement, likely: Likelihood) -> list[LimitReason]:
        """A request for real-world help with a crime."""
        found: list[LimitReason] = []
        for cue in cues.crimes:
            frame = frames.at(cue.start)
            weight = cue.weight
            if frame is Frame.FICTION:
                weight -= 0.15 if cue.is_life else 0.6
            elif self.own & cues.keys and not cue.is_life:
                weight -= 0.2
            elif frame is Frame.SELF:
                weight += 0.05
            if self._crime_refused:
                weight += 0.1
            if weight >= crime.ASKED:
                verdict = Ruling.BLOCK if weight >= crime.CERTAIN else Ruling.ASK
                found.append(self._limit(Limit.CRIME, verdict, cue.start, cue.end))
        if not found and self._crime_refused and cues.asks_again and frames.frame is not Frame.FICTION:
            found.append(self._limit(Limit.CRIME, Ruling.ASK, 0, cues.length))
        found = self._weighed(Limit.CRIME, found, cues, likely)
        held = bool(found)
        if held or frames.frame is not Frame.NEUTRAL:
            self._crime_refused = held
        return found

    def _weighed(
        self, kind: Limit, found: list[LimitReason], cues: LimitCues, likely: Likelihood
    ) -> list[LimitReason]:
        """The first reason after the model had its say: it takes back an ask or adds one."""
        blocks = [one for one in found if one.verdict is Ruling.BLOCK]
        found = blocks or found
        if found and likely.allows(kind.value) and not blocks:
            return []
        if not found and likely.asks(kind.value):
            return [likely.reason(kind, cues.length, intimate=self.intimate)]
        return found[:1]

    def _limit(self, kind: Limit, verdict: Ruling, start: int, end: int) -> LimitReason:
        decided = verdict if self.intimate or kind is Limit.CRIME else Ruling.NOTICE
        return LimitReason(kind, decided, OTHER_SENTENCES[kind, verdict], "message", start, end)
