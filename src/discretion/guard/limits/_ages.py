"""The statements of age in one text and whom they are about: ``mentions`` and ``roles`` joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from discretion.guard._view import View
from discretion.guard.limits._at_words import at_words
from discretion.guard.limits._cues import AgeMention, Form, Referent, Status, Whom, key
from discretion.guard.limits._gate import may_be_disguised, may_state_age, tokens_of
from discretion.guard.limits._mention import Sentences
from discretion.guard.limits._words import entries, grammar, has, last_words, words
from discretion.guard.limits.mentions import read_mentions
from discretion.guard.limits.roles import role_of, stands_beside_person
from discretion.text import Folded


def read_ages(view: View, tokens: frozenset[str]) -> tuple[AgeMention, ...]:
    """The statements of age in one text; offsets in the text as given, in their order.

    ``tokens`` are the words of the folded text.
    """
    ages: list[AgeMention] = []
    for folded in _spellings(view):
        text = unmarked(folded.text)
        here = tokens if text is view.folded.text else tokens_of(text)
        if not may_state_age(text, here):
            continue
        for one in _ages_of(folded, text, here, view):
            if folded is not view.folded and not grammar("ages.disguised").search(
                view.text[one.start : one.end]
            ):
                continue
            if not any(one.start < other.end and other.start < one.end for other in ages):
                ages.append(one)
    return tuple(sorted(ages, key=lambda one: one.start))


_OWNED_LETTERS = re.compile(r"['’][sS](?=[ .][A-Za-z0-9][ .][A-Za-z0-9][ .])")
# Respelling writes plain number words as digits too; those were read as words already.


def _spellings(view: View) -> Iterable[Folded]:
    folded = view.folded
    yield folded
    if _OWNED_LETTERS.search(view.text):
        yield View(_OWNED_LETTERS.sub("s ", view.text)).respelled
    if may_be_disguised(view.text) and view.respelled.text != folded.text:
        yield view.respelled


def unmarked(text: str) -> str:
    """A text with a space for every underscore that sets words off ("_she waves_"); of the same length."""
    return _MARK.sub(" ", text) if "_" in text else text


_MARK = re.compile(r"(?<![^\W_])_|_(?![^\W_])")


def _ages_of(folded: Folded, text: str, tokens: frozenset[str], view: View) -> Iterable[AgeMention]:
    sentences = Sentences(text)
    given = unmarked(view.text) if len(view.text) == len(text) else text
    for mention in read_mentions(text, tokens, sentences):
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
        if _is_called(given, mention.start, mention.end):
            continue
        role = role_of(text, given, mention, sentences)
        span = folded.given(mention.start, mention.end)
        first, last = sentences.around(mention.start)
        lead = text[max(first, mention.start - 40) : mention.start]
        opening = re.match(r"\W*(?:[^\W\d_]+\W+){0,2}", text)
        is_correction = bool(
            grammar("ages.correction").search(lead)
            or (opening and grammar("ages.correction").search(opening.group()))
        )
        if mention.form is Form.TERM and mention.status is Status.ADULT:
            is_correction = is_correction or bool(
                grammar("ages.made_adult").match(text, mention.start)
                or ("adult" in text[mention.start : mention.end] and grammar("ages.are_adult").search(lead))
            )
        beside = _is_beside(text, first, last)
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
            role.also,
            mention.form is not Form.SCHOOL
            and bool(has("ages.kin.elsewhere").search(text[max(0, first - _BEFORE) : last]))
            and not grammar("ages.joins").search(text[first:last])
            and not beside,
            beside,
            role.is_kin,
        )


_BEFORE = 80
"""Characters before a sentence in which it may be said where its "he" or "she" is."""


def _is_beside(text: str, first: int, last: int) -> bool:
    """Whether a sentence, the one before or the one after puts its person beside the author now."""
    return bool(grammar("ages.beside").search(text[max(0, first - _BEFORE) : last + _BEFORE]))


def _is_called(given: str, start: int, end: int) -> bool:
    """Whether a small number is somebody's name: a capital in the middle of a sentence ("I'm Six.")."""
    small = words("ages.numbers.zero_to_nineteen")[:10]
    word = given[start:end]
    return word.istitle() and word.lower() in small and bool(re.search(r"[a-z][ \t]$", given[:start][-2:]))


def leaves_scene(text: str, tokens: frozenset[str]) -> bool:
    """Whether a folded text takes somebody out of the scene or gives the scene up."""
    return not tokens.isdisjoint(entries("gates.words.leaving")) and bool(_leaving().search(text))


@cache
def _leaving() -> re.Pattern[str]:
    ways = [rf"\b(?:{way})\b" for way in words("terms.scene.leaving")]
    return re.compile(at_words(ways))


_OWNER = re.compile(r"['’]s$")


def who_leave(text: str, tokens: frozenset[str]) -> frozenset[int]:
    """Keys of those who leave the scene by name in a folded text."""
    found = set()
    if not tokens.isdisjoint(entries("gates.words.leaving_by_name")):
        for way in grammar("ages.leaves_by_name").finditer(text):
            if one := grammar("ages.leaver").search(text, max(0, way.start() - 50), way.start()):
                found.add(key(_OWNER.sub("", one.group("who"))))
    if "*" not in text and not tokens.isdisjoint(entries("gates.words.leaving_out")):
        for one in grammar("ages.left_out").finditer(text):
            found.add(key(_OWNER.sub("", one.group("who"))))
    return frozenset(found)


def supposed_of_other(text: str) -> int:
    """1 where a folded text asks its reader whether they are under 18, -1 whether they are of age, else 0."""
    if "?" not in text or not ("you" in text or "ur " in text):
        return 0
    last = 0
    for found in grammar("ages.supposes").finditer(text):
        last = 1 if found.group("under") else -1
    return last


def answered(text: str) -> int:
    """1 where a folded text begins with a yes, -1 where it begins with a no, else 0."""
    if grammar("ages.yes").match(text):
        return 1
    return -1 if grammar("ages.no").match(text) else 0


def goes_on(text: str) -> bool:
    """Whether a folded text is nothing but a go-on ("yes", "keep going")."""
    return len(text) < 60 and bool(grammar("ages.going_on").match(text))


def asks_age_of(text: str) -> Whom | None:
    """Whose age a folded text asks for last."""
    if not any(
        word in text for word in ("old", "your age", "her age", "his age", "their age", "born")
    ) and not ("?" in text and any(word in text for word in ("you", "u?", "bu"))):
        return None
    asked = None
    for found in grammar("ages.asks").finditer(text):
        if re.search(r"\b(?:you|u|hbu|wbu)\b|your age", found.group()) and not found.group("other"):
            asked = Whom.AUTHOR
        else:
            asked = Whom.PRONOUN
    return asked


@cache
def _kin_words() -> frozenset[str]:
    kin = last_words("ages.kin.nouns", "ages.kin.others", "ages.kin.bare")
    return kin | {near + word for near in ("step", "half") for word in kin}


def last_referent(text: str, tokens: frozenset[str]) -> Referent | None:
    """Whom a folded text with the words ``tokens`` spoke of last, for a pronoun of the next message."""
    best, at = None, -1
    if "one" in tokens and tokens.isdisjoint(entries("gates.words.one")):
        tokens = tokens - {"one"}
    for one_of, pattern, referent in (
        (_kin_words(), "roles.kin", Referent.RELATIVE),
        (entries("ages.things.pets"), "roles.pet", Referent.PET),
        (last_words("terms.scene.role_nouns") | {"one"}, "roles.role_noun", Referent.CHARACTER),
    ):
        if tokens.isdisjoint(one_of):
            continue
        for found in grammar(pattern).finditer(text):
            if found.end() > at:
                best, at = referent, found.end()
    return best


__all__ = ["Form", "asks_age_of", "goes_on", "last_referent", "leaves_scene", "read_ages"]
