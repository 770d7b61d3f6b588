"""The statements of age in one text and whom they are about: ``mentions`` and ``roles`` joined."""

from __future__ import annotations

import re
from collections.abc import Iterable

from discretion.guard._view import View
from discretion.guard.limits._cues import AgeMention, Form, Referent, Status, Whom
from discretion.guard.limits._words import entries, grammar, has
from discretion.guard.limits.mentions import read_mentions, sentence
from discretion.guard.limits.roles import role_of, stands_beside_person
from discretion.text import Folded


def may_state_age(text: str) -> bool:
    """Whether a folded text holds anything that an age could be read from; cheap, errs on the side of yes."""
    if "18" in text or ("*" in text and "1" in text):
        return True
    for token in grammar("ages.token").findall(text):
        if token in entries("gates.words.ages") or token[0].isdigit() or not token.isalpha():
            return True
        if len(token) > 6 and token.endswith(("teen", "schooler", "schoolers", "skole", "stadiet")):
            return True
    return "y/o" in text or "!x" in text or "t33" in text


def read_ages(view: View) -> tuple[AgeMention, ...]:
    """The statements of age in one text; offsets in the text as given, in their order."""
    ages: list[AgeMention] = []
    for folded in _spellings(view):
        for one in _ages_of(folded, view):
            if folded is not view.folded and not grammar("ages.disguised").search(
                view.text[one.start : one.end]
            ):
                continue
            if not any(one.start < other.end and other.start < one.end for other in ages):
                ages.append(one)
    return tuple(sorted(ages, key=lambda one: one.start))


# Respelling writes plain number words as digits too; those were read as words already.


def _spellings(view: View) -> Iterable[Folded]:
    folded = view.folded
    yield folded
    if view.respelled.text != folded.text:
        yield view.respelled


def _ages_of(folded: Folded, view: View) -> Iterable[AgeMention]:
    text = folded.text
    given = view.text if len(view.text) == len(text) else text
    for mention in read_mentions(text):
        if mention.is_pasttime and not re.search(
            r"\bi\b|\bme\b", text[max(0, mention.start - 40) : mention.start]
        ):
            continue
        if (
            mention.is_bare
            and mention.status is not Status.ADULT
            and not grammar("mentions.set_it").search(text[max(0, mention.start - 40) : mention.start])
            and not stands_beside_person(text, given, mention.start)
        ):
            continue
        role = role_of(text, given, mention)
        span = folded.given(mention.start, mention.end)
        first, last = sentence(text, mention.start)
        lead = text[max(first, mention.start - 40) : mention.start]
        opening = re.match(r"\W*(?:[^\W\d_]+\W+){0,2}", text)
        is_correction = bool(
            grammar("ages.correction").search(lead)
            or (opening and grammar("ages.correction").search(opening.group()))
        )
        yield AgeMention(
            span.start,
            span.end,
            mention.status,
            mention.form,
            role.whom,
            role.label,
            role.is_explicit,
            role.scene,
            role.life,
            view.clause_at(span.start).mark,
            is_correction,
            mention.birth_year,
            mention.is_bare,
            bool(grammar("ages.present").search(text[first:last]))
            and not has("ages.kin.away").search(text[first:last]),
        )


def leaves_scene(text: str) -> bool:
    """Whether a folded text takes somebody out of the scene or gives the scene up."""
    return bool(grammar("ages.leaving").search(text))


def goes_on(text: str) -> bool:
    """Whether a folded text is nothing but a go-on ("yes", "keep going")."""
    return len(text) < 60 and bool(grammar("ages.going_on").match(text))


def asks_age_of(text: str) -> Whom | None:
    """Whose age a folded text asks for last."""
    if "old" not in text and "age" not in text:
        return None
    asked = None
    for found in grammar("ages.asks").finditer(text):
        if re.search(r"\byou\b|\bu\b|your age", found.group()) and not found.group("other"):
            asked = Whom.AUTHOR
        else:
            asked = Whom.PRONOUN
    return asked


def last_referent(text: str, ages: tuple[AgeMention, ...]) -> Referent | None:
    """Whom a folded text spoke of last, where a pronoun of the next message could mean them."""
    best, at = None, -1
    for pattern, referent in (
        (grammar("roles.kin"), Referent.RELATIVE),
        (has("ages.things.pets"), Referent.PET),
        (grammar("roles.role_noun"), Referent.CHARACTER),
    ):
        for found in pattern.finditer(text):
            if found.end() > at:
                best, at = referent, found.end()
    return best


__all__ = ["Form", "asks_age_of", "goes_on", "last_referent", "leaves_scene", "may_state_age", "read_ages"]
