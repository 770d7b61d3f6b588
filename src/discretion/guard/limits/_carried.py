"""What a message does to ages already stated: dates a birth, takes one back, keeps somebody in the scene."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from discretion.guard._frame import FrameJudgement
from discretion.guard._view import Mark
from discretion.guard.limits._cues import AgeMention, Form, LimitCues, Status, Whom, key
from discretion.guard.limits._mention import OF_AGE
from discretion.guard.limits._words import any_of, entries
from discretion.guard.limits.decision import Around, Part, Resolved
from discretion.guard.limits.register import AUTHOR_IN_SCENE, PARTNER, SOMEBODY, Register, Statement
from discretion.records import Frame
from discretion.text import Message, fold

_OPENING = 200
"""Characters of a message in which a refusal begins."""


def dated(mention: AgeMention, message: Message) -> AgeMention:
    """A year of birth turned into a status by the year of the message (today's where that is unknown)."""
    if mention.form is not Form.BIRTH_YEAR:
        return mention
    age = (message.sent_at or datetime.now(UTC)).year - mention.birth_year
    status = Status.UNDER if 0 <= age < OF_AGE else Status.UNSURE if age == OF_AGE else Status.ADULT
    return replace(mention, status=status)


def taken_back(one: Resolved, resolved: list[Resolved]) -> bool:
    """Whether the same message makes the person of a mention adult after all."""
    if one.mention.form is Form.LOOKS:
        return False
    if (
        one.part in (Part.USER, Part.USER_UNCERTAIN)
        and one.mention.is_explicit
        and one.mention.status is not Status.UNSURE
    ):
        return one.mention.form in (Form.TERM, Form.SCHOOL) and _gives_own_age(resolved, one)
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


def _gives_own_age(resolved: list[Resolved], besides: Resolved) -> bool:
    """Whether the author states an adult age in numbers beside a school or a term, and corrects nothing."""
    stated = [r.mention for r in resolved if r.part is Part.USER and r.mention.form is Form.NUMBER]
    return (
        not besides.mention.is_correction
        and any(one.status is Status.ADULT and one.is_explicit and not one.is_correction for one in stated)
        and not any(one.status is not Status.ADULT for one in stated)
    )


def keeps(
    said: Statement, names: frozenset[int], cues: LimitCues, frames: FrameJudgement, *, in_story: bool
) -> bool:
    """Whether a message keeps a participant under 18 in the scene.

    Whoever the card or the system prompt brought in, and the partner, stay in every message. Others stay
    in every message of the story and wherever they are spoken of.
    """
    if cues.goes_on or frames.frame is Frame.FICTION or (not said.by_user and _is_lasting(said, names)):
        return True
    is_open = frames.frame is not Frame.SELF
    if is_open and (cues.acts or PARTNER in names or (in_story and _OTHERS & cues.keys)):
        return True
    spoken_of = (names - _NO_NAMES) & cues.keys
    if frames.frame is Frame.SELF:
        return bool(spoken_of - _role_nouns())
    return bool(spoken_of)


def _is_lasting(said: Statement, names: frozenset[int]) -> bool:
    return said.where in ("card", "system") or bool(names & {PARTNER, AUTHOR_IN_SCENE})


def speaks_of(who: int, names: frozenset[int], cues: LimitCues, frames: FrameJudgement) -> bool:
    """Whether a message itself speaks of a participant, by a name or a pronoun, or does nothing but go on."""
    if cues.goes_on or (names - _NO_NAMES) & cues.keys:
        return True
    return frames.frame is Frame.FICTION and bool(_REFERRING.get(who, _OTHERS) & cues.keys)


def refuses(text: str) -> bool:
    """Whether a message of the other side begins by declining to go on."""
    return bool(_refusal().match(fold(text[:_OPENING]).text.lstrip(' *"“([_')))


@cache
def _refusal() -> re.Pattern[str]:
    return re.compile(any_of("grammar.refusal.openers"))


def is_only_mentioned(mention: AgeMention, who: int, register: Register) -> bool:
    """Whether a third person's age is told and no word says that they take part in the scene.

    Who acts between stars takes part. An age is doubtful too where it is somebody's only because they
    stand near it, and no grammar makes it theirs.
    """
    third = mention.whom in (Whom.NAMED, Whom.PRONOUN) and who not in (PARTNER, AUTHOR_IN_SCENE)
    by_place = (mention.whom is Whom.NOBODY and who == SOMEBODY) or (
        mention.whom is Whom.AUTHOR and not mention.is_explicit
    )
    return (
        (third or by_place)
        and who not in register.under
        and mention.form in (Form.NUMBER, Form.SCHOOL, Form.TERM)
        and not mention.is_present
        and mention.mark is not Mark.ACTION
        and (mention.whom is Whom.PRONOUN or who not in register.adults)
        and mention.scene < 0.35
    )


def is_told_away(resolved: list[Resolved]) -> bool:
    """Whether a message states ages under 18 and each is of the author's past or of somebody elsewhere."""
    parts = [
        (one.part is Part.PAST and one.mention.is_explicit)
        or (one.part is Part.ABSENT and one.mention.is_away)
        for one in resolved
        if one.mention.status is not Status.ADULT
    ]
    return bool(parts) and all(parts)


def is_about_adults(register: Register, cues: LimitCues) -> bool:
    """Whether a message names adults of the scene only, and nobody by a pronoun or a common noun."""
    named = register.adults - _NO_NAMES - _role_nouns()
    return bool(named & cues.keys) and not cues.keys & (_OTHERS | _role_nouns() | _YOUNG)


@cache
def _role_nouns() -> frozenset[int]:
    return frozenset(key(word) for word in entries("terms.scene.role_nouns") | entries("ages.kin.nouns"))


def is_common(who: int) -> bool:
    """Whether a key is that of a common noun for somebody, not of a name."""
    return who in _role_nouns() or who in _YOUNG


def is_same_by_words(adult: Resolved, who: int, stated: Statement) -> bool:
    """Whether somebody said to be adult is, under another word, the participant ``who`` said to be under 18.

    Where the stop names nobody ("a boy", "she"), a word of the message that made it is enough; where it names
    somebody, it takes a correction as well.
    """
    unnamed = who == SOMEBODY or is_common(who)
    if adult.who in stated.near:
        return unnamed or adult.mention.is_correction
    return adult.mention.is_correction and is_common(adult.who)


def lift(register: Register, adults: list[Resolved], around: Around) -> None:
    """End the stop of those who are said to be adult: by name, by a pronoun, or by a correction."""
    for one in adults:
        said = one.mention
        if said.form is Form.LOOKS or one.part in (Part.USER, Part.USER_UNCERTAIN, Part.PAST):
            continue
        if said.whom is Whom.GROUP and said.form is not Form.TERM:
            continue
        if said.whom in (Whom.NOBODY, Whom.PRONOUN, Whom.GROUP):
            if not may_stand_for_another(said):
                continue
            if one.who and one.who in register.under:
                register.grow_up(one.who)
            if around.last_under and one.part is not Part.ABSENT:
                for who in [w for w, s in register.under.items() if s.turn >= around.last_turn]:
                    register.grow_up(who)
            elif register.last in register.under and said.is_correction:
                register.grow_up(register.last)
        elif one.who and one.who in register.under:
            register.grow_up(one.who)
        elif one.who not in register.adults and one.part is not Part.ABSENT:
            for who, stated in list(register.under.items()):
                if stated.turn >= around.last_turn and is_same_by_words(one, who, stated):
                    register.grow_up(who)
        if one.who:
            register.adults.add(one.who)


def known(register: Register, mention: AgeMention) -> AgeMention:
    """A mention with the key under which its person is entered."""
    same = register.same(mention.label) if mention.label else 0
    if same == mention.label and mention.also and mention.also in register.under:
        same = mention.also
    return mention if same == mention.label else replace(mention, label=same)


def may_stand_for_another(said: AgeMention) -> bool:
    """Whether an adult age without a name is that of whoever was spoken of last.

    A bare number in the middle of a line ("her mother, 45") and a word for some adult
    ("an elderly man") are not.
    """
    if said.form is Form.TERM:
        return said.is_correction or said.whom is Whom.PRONOUN
    return said.is_correction or not said.is_bare or said.start < 12


def _keys(*words: str) -> frozenset[int]:
    return frozenset(key(word) for word in words)


_REFERRING = {
    PARTNER: _keys("you", "your", "you're", "youre", "u", "ur"),
    AUTHOR_IN_SCENE: _keys("i", "im", "i'm", "me", "my"),
}
_OTHERS = _keys("he", "she", "they", "him", "her", "his", "them", "their", "he's", "she's", "hes", "shes")
_YOUNG = _keys("girl", "boy", "kid", "teen", "teenager", "child", "schoolgirl", "schoolboy", "minor", "kids")
_NO_NAMES = frozenset({PARTNER, AUTHOR_IN_SCENE, SOMEBODY})
