"""From a mention and its frame to a role, and from a role to a ruling: the decision table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discretion.guard._view import Mark
from discretion.guard.limits._cues import AgeMention, Form, Referent, Status, Whom
from discretion.guard.limits.register import AUTHOR_IN_SCENE, PARTNER, SOMEBODY, Register
from discretion.records import Frame, Limit, Ruling


class Part(StrEnum):
    """The part that the person of a mention has in the scene."""

    USER = "user"
    USER_UNCERTAIN = "user, not outright"
    PARTICIPANT = "participant"
    UNRESOLVED = "unresolved"
    ABSENT = "not in the scene"
    PAST = "the user's past, told"
    PAST_PLAYED = "the user's past, played"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention with its part and, for a participant, the key in the register."""

    mention: AgeMention
    part: Part
    who: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What the conversation adds to a mention: what was spoken of, asked and stated just before."""

    referent: Referent | None = None
    asked: Whom | None = None
    author_spoke_of_age: bool = False
    in_story: bool = False
    last_under: int = 0
    """Key of the participant whose age the user's last message gave."""
    last_turn: int = -2
    """The turn of the first of the user's messages in a row that gave such ages."""
    is_next: bool = False
    """Whether that was the user's last message."""
    supposed: int = 0
    """1 where the assistant just asked whether the user is under 18, -1 where whether they are of age."""


RULINGS: dict[Part, tuple[Ruling | None, Ruling | None]] = {
    Part.USER: (Ruling.BLOCK, Ruling.BLOCK),
    Part.USER_UNCERTAIN: (Ruling.ASK, Ruling.ASK),
    Part.PARTICIPANT: (Ruling.BLOCK, Ruling.NOTICE),
    Part.UNRESOLVED: (Ruling.ASK, Ruling.NOTICE),
    Part.ABSENT: (None, None),
    Part.PAST: (None, None),
    Part.PAST_PLAYED: (Ruling.BLOCK, Ruling.NOTICE),
    Part.NOBODY: (None, None),
}
"""The table: part of the mention to ruling in an intimate and in an everyday context (None: allow)."""

SENTENCES: dict[Part, str] = {
    Part.USER: "You say that you are under 18; this tool is for adults.",
    Part.USER_UNCERTAIN: "This reads as if you were under 18; is that so?",
    Part.PARTICIPANT: "Somebody in the scene is said to be, or to look, under 18.",
    Part.UNRESOLVED: "Somebody here may be under 18; are they part of the scene?",
    Part.PAST_PLAYED: "A time when you were under 18 would be played as the scene.",
}
OTHER_SENTENCES: dict[tuple[Limit, Ruling], str] = {
    (Limit.REAL_PERSON, Ruling.BLOCK): "A real person would be put into the scene.",
    (Limit.REAL_PERSON, Ruling.ASK): "This may put a real person into the scene; are they invented?",
    (Limit.CRIME, Ruling.BLOCK): "This asks for help with harming somebody in real life.",
    (
        Limit.CRIME,
        Ruling.ASK,
    ): "This may ask for help with harming somebody in real life; is it only the story?",
}
UNSURE_AGE = "Somebody in the scene may be under 18; are they adult?"
STILL_UNDER = "Somebody in the scene was said to be under 18 and was not made adult since."
STILL_THERE = "Somebody in the scene was said earlier to be under 18, and neither left nor was made adult."
CONFIRMED = "This says yes to being under 18; this tool is for adults."
USER_EARLIER = "You said earlier in this conversation that you are under 18; this tool is for adults."


def ruling(part: Part, *, intimate: bool, is_unsure: bool = False) -> Ruling | None:
    """The ruling for a part; where the age itself is unsure a block is an ask."""
    decided = RULINGS[part][0 if intimate else 1]
    return Ruling.ASK if decided is Ruling.BLOCK and is_unsure else decided


def resolve(mention: AgeMention, frame: Frame, register: Register, around: Around) -> Resolved:
    """The part of the person that a mention of the user's is about."""
    told = frame is Frame.FICTION or mention.mark in (Mark.ACTION, Mark.QUOTE)
    match mention.whom:
        case Whom.AUTHOR:
            if told:
                return Resolved(mention, Part.PARTICIPANT, AUTHOR_IN_SCENE)
            return _user(mention)
        case Whom.AUTHOR_PAST:
            return Resolved(mention, Part.PAST_PLAYED if mention.scene >= 1 else Part.PAST)
        case Whom.ADDRESSEE:
            return Resolved(mention, Part.PARTICIPANT, mention.label or PARTNER)
        case Whom.RELATIVE:
            if mention.label in register.under and not mention.life >= 0.7:
                return Resolved(mention, Part.PARTICIPANT, mention.label)
            joins = (mention.is_present and (told or mention.scene >= 0.6)) or (told and mention.scene >= 0.6)
            if not joins and mention.is_beside and mention.life < 0.8:
                return Resolved(mention, Part.UNRESOLVED, mention.label)
            return Resolved(mention, Part.PARTICIPANT if joins else Part.ABSENT, mention.label)
        case Whom.GROUP:
            if mention.is_present and told and mention.scene >= 0.6:
                return Resolved(mention, Part.UNRESOLVED)
            return Resolved(mention, Part.NOBODY)
        case Whom.NOBODY:
            return _unsaid(mention, frame, told, register, around)
    return _third(mention, frame, told, register, around)


def _user(mention: AgeMention) -> Resolved:
    outright = mention.is_explicit and mention.form in (Form.NUMBER, Form.SCHOOL, Form.TERM, Form.THRESHOLD)
    if mention.form is Form.LOOKS:
        return Resolved(mention, Part.UNRESOLVED)
    return Resolved(mention, Part.USER if outright else Part.USER_UNCERTAIN)


def _unsaid(mention: AgeMention, frame: Frame, told: bool, register: Register, around: Around) -> Resolved:
    """No subject: the one whose age was asked or given just before, else by frame."""
    if around.asked is Whom.AUTHOR:
        return Resolved(mention, Part.USER)
    if around.asked is not None:
        return Resolved(mention, Part.PARTICIPANT, register.last or SOMEBODY)
    if around.author_spoke_of_age and not told and mention.scene < 0.6:
        return Resolved(mention, Part.USER)
    if around.last_under and (around.is_next or mention.status is Status.ADULT):
        return Resolved(mention, Part.PARTICIPANT, around.last_under)
    if mention.is_bare:
        return Resolved(mention, Part.NOBODY)
    if told or mention.scene >= 0.6:
        return Resolved(mention, Part.PARTICIPANT, SOMEBODY)
    if frame is Frame.SELF and mention.form is not Form.LOOKS:
        return Resolved(mention, Part.USER_UNCERTAIN)
    return Resolved(mention, Part.UNRESOLVED)


def _third(mention: AgeMention, frame: Frame, told: bool, register: Register, around: Around) -> Resolved:
    who = mention.label
    if mention.is_away and who not in register.under:
        return Resolved(mention, Part.ABSENT, who)
    if mention.whom is Whom.PRONOUN:
        if around.referent in (Referent.RELATIVE, Referent.PET) and not told and mention.scene < 0.6:
            return Resolved(mention, Part.ABSENT)
        who = around.last_under or register.last or SOMEBODY
    if who in register.relatives and not told:
        return Resolved(mention, Part.ABSENT, who)
    goes_on = around.is_next or mention.is_correction
    if (
        mention.whom is Whom.PRONOUN
        and frame is Frame.SELF
        and not told
        and mention.scene < 0.6
        and not goes_on
    ):
        # A life's "she" is nobody of the scene, unless the message goes on about an age just given.
        is_unknown = around.referent is None and mention.life < 0.5 and not mention.is_bare
        return Resolved(mention, Part.UNRESOLVED if is_unknown else Part.ABSENT)
    if told or who in register.under or who in register.adults:
        return Resolved(mention, Part.PARTICIPANT, who)
    if frame is Frame.SELF:
        if mention.scene >= 0.6:
            return Resolved(mention, Part.PARTICIPANT, who)
        is_unknown = mention.whom is Whom.PRONOUN and around.referent is None and mention.life < 0.5
        if is_unknown and mention.form is not Form.LOOKS and not mention.is_bare:
            return Resolved(mention, Part.UNRESOLVED, who)
        if mention.is_beside and mention.life < 0.5 and mention.status is not Status.ADULT:
            return Resolved(mention, Part.UNRESOLVED, who)
        if mention.is_bare or mention.life >= 0.2 or mention.scene < 0.3:
            return Resolved(mention, Part.ABSENT, who)
        return Resolved(mention, Part.UNRESOLVED, who)
    if mention.life > mention.scene and mention.life >= 0.5:
        return Resolved(mention, Part.ABSENT, who)
    if mention.scene >= 0.35 or around.in_story:
        return Resolved(mention, Part.PARTICIPANT, who)
    if mention.is_bare and mention.status is not Status.ADULT:
        return Resolved(mention, Part.UNRESOLVED, who)
    return Resolved(mention, Part.UNRESOLVED, who)
