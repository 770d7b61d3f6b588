"""What a message does to ages already stated: dates a birth, takes one back, keeps somebody in the scene."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from discretion.guard._frame import FrameJudgement
from discretion.guard.limits._cues import AgeMention, Form, LimitCues, Status, Whom, key
from discretion.guard.limits._mention import OF_AGE
from discretion.guard.limits.decision import Part, Resolved
from discretion.guard.limits.register import AUTHOR_IN_SCENE, PARTNER
from discretion.records import Frame
from discretion.text import Message


def dated(mention: AgeMention, message: Message) -> AgeMention:
    """A year of birth turned into a status by the year of the message (today's where that is unknown)."""
    if mention.form is not Form.BIRTH_YEAR:
        return mention
    age = (message.sent_at or datetime.now(UTC)).year - mention.birth_year
    status = Status.UNDER if 0 <= age < OF_AGE else Status.UNSURE if age == OF_AGE else Status.ADULT
    return replace(mention, status=status)


def taken_back(one: Resolved, resolved: list[Resolved]) -> bool:
    """Whether the same message makes the person of a mention adult after all."""
    if one.mention.form is Form.LOOKS or (
        one.part in (Part.USER, Part.USER_UNCERTAIN)
        and one.mention.is_explicit
        and one.mention.status is not Status.UNSURE
    ):
        return False
    for other in resolved:
        said = other.mention
        if said.status is not Status.ADULT or said.form is Form.LOOKS or other.part is Part.ABSENT:
            continue
        same = (
            other.who == one.who
            or said.whom in (Whom.NOBODY, Whom.PRONOUN)
            or one.mention.whom in (Whom.NOBODY, Whom.PRONOUN)
        )
        if not same or (said.whom is Whom.AUTHOR) != (one.mention.whom is Whom.AUTHOR):
            continue
        if one.mention.form in (Form.TERM, Form.SCHOOL) and said.form is Form.NUMBER:
            return True
        if said.start > one.mention.start and said.is_correction:
            return True
    return False


def keeps(who: int, cues: LimitCues, frames: FrameJudgement, *, is_next: bool) -> bool:
    """Whether a message keeps a participant in the scene.

    It does where it goes on with the story right after the stop, or in the story or beside it speaks of them;
    other parts of a long story go on without them.
    """
    if cues.goes_on:
        return True
    if frames.frame is Frame.SELF:
        return False
    if frames.frame is Frame.FICTION:
        return is_next or who in cues.keys or bool(_REFERRING.get(who, _OTHERS) & cues.keys)
    return who in cues.keys and who not in (PARTNER, AUTHOR_IN_SCENE)


def _keys(*words: str) -> frozenset[int]:
    return frozenset(key(word) for word in words)


_REFERRING = {
    PARTNER: _keys("you", "your", "you're", "youre", "u", "ur"),
    AUTHOR_IN_SCENE: _keys("i", "im", "i'm", "me", "my"),
}
_OTHERS = _keys("he", "she", "they", "him", "her", "his", "them", "their", "he's", "she's", "hes", "shes")
