"""What the card, the system prompt and the assistant say of who is in the scene."""

from __future__ import annotations

import re

from discretion.guard._view import Mark
from discretion.guard.limits._carried import dated, is_common, is_only_mentioned
from discretion.guard.limits._cues import AgeMention, Form, Status, Whom
from discretion.guard.limits._words import entries
from discretion.guard.limits.register import AUTHOR_IN_SCENE, PARTNER, SOMEBODY, Register, Statement
from discretion.text import Message, Setting


def hear(
    register: Register, mention: AgeMention, where: str, message: Message | None, named: frozenset[int]
) -> None:
    """Enter what the card, the system prompt or the assistant says of a participant.

    ``message`` is the assistant's, None for the setting; ``named`` are keys of the names in the setting.
    """
    mention = dated(mention, message or Message(""))
    is_setting = message is None
    if mention.whom in (Whom.GROUP, Whom.AUTHOR_PAST, Whom.RELATIVE) or (is_setting and mention.is_kin):
        return
    who = register.same(mention.label)
    other = mention.also
    if is_setting and mention.whom is Whom.NAMED and (is_common(who) or who not in named):
        who, other = (register.same(other), who) if other and not is_common(other) else (PARTNER, who)
    if mention.whom is Whom.AUTHOR or (
        is_setting and mention.whom in (Whom.ADDRESSEE, Whom.NOBODY, Whom.PRONOUN)
    ):
        who = PARTNER
    elif mention.whom is Whom.ADDRESSEE:
        who = AUTHOR_IN_SCENE
    elif mention.whom in (Whom.NOBODY, Whom.PRONOUN):
        who = register.last or SOMEBODY
    if mention.status is Status.ADULT:
        if who in register.under and (mention.whom is not Whom.NOBODY or mention.form is Form.NUMBER):
            register.grow_up(who)
        return
    if not is_setting and (
        mention.status is Status.UNSURE or (mention.is_bare and mention.whom is Whom.NOBODY)
    ):
        return
    told = mention.mark in (Mark.ACTION, Mark.QUOTE) or mention.scene >= 0.6
    outright = mention.whom is Whom.AUTHOR and mention.is_explicit
    if is_setting or outright or (told and mention.whom is not Whom.NOBODY) or who in register.under:
        turn = message.turn if message else -1
        register.put(
            who or SOMEBODY,
            Statement(
                where,
                mention.start,
                mention.end,
                turn,
                False,
                mention.status is Status.UNSURE,
                mention.form is Form.LOOKS,
                is_weak=not is_setting and is_only_mentioned(mention, who, register),
            ),
        )
        register.call(other, who or SOMEBODY)


def own_names(setting: Setting) -> list[str]:
    """The names of the character whom a setting describes."""
    names = re.findall(r"[^\W\d_]+", setting.character or "")
    for text in (setting.card, setting.system):
        if found := _OWN_NAME.search(text or ""):
            names += [name for name in found.groups() if name]
    return [name for name in names if len(name) > 1 and name.lower() not in entries("ages.kin.no_names")]


_OWN_NAME = re.compile(
    r"(?:^|\n)\W*(?:(?:You are|You're|You play|Play|Name\s*[:=]|Character\s*[:=])\W*)?(?:the |a |an )?"
    r"([A-ZÀ-Þ][\w’'-]+)(?: ([A-ZÀ-Þ][\w’'-]+))?(?=\s*(?:[,.;:\n(|*\[/-]|$|(?:is|was|has)\b))"
)
