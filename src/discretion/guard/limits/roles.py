"""Whom a mention of an age is about, and whether its wording puts it into a story or into life."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from discretion.guard.limits._cues import Form, Whom, key
from discretion.guard.limits._mention import Mention, Sentences
from discretion.guard.limits._words import entries, grammar, has, matches
from discretion.knowledge import gazetteer


@dataclass(frozen=True, slots=True)
class Role:
    """Whom, with the key of the name or noun; evidence for scene and life in [0, 1]."""

    whom: Whom
    label: int
    scene: float
    life: float
    is_explicit: bool = False
    also: int = 0
    is_kin: bool = False


def role_of(text: str, given: str, mention: Mention, sentences: Sentences) -> Role:
    """Read the role of ``mention`` in the folded ``text``; ``given`` is the text as given, for capitals."""
    start, end = sentences.around(mention.start)
    if mention.is_abroad:
        return Role(Whom.AUTHOR, 0, 0.0, 0.5, True)
    whom, label, explicit = _whom(text, given, start, mention)
    clause = text[start:end]
    scene, life = _scene(text, clause, sentences), _life(clause, whom)
    if whom is Whom.AUTHOR and grammar("roles.play").search(text[start : mention.start]):
        whom, label, explicit = Whom.ADDRESSEE, key("i"), False
        scene = max(scene, 0.9)
    if mention.is_pasttime or whom is Whom.AUTHOR_PAST:
        whom = Whom.AUTHOR_PAST if whom in (Whom.AUTHOR, Whom.AUTHOR_PAST) else Whom.GROUP
        if whom is Whom.AUTHOR_PAST:
            scene = 1.0 if grammar("roles.replayed").search(clause) else 0.0
    also = _also(text, start, mention, label) if whom is Whom.NAMED else 0
    if whom is Whom.ADDRESSEE and (
        part := grammar("roles.part_by_name").search(given[start : mention.start])
    ):
        also = key(part.group("who").lower())
    kin = bool(grammar("roles.their_kin").search(text[start : mention.start]))
    return Role(whom, label, scene, life, explicit, also, kin)


def _also(text: str, start: int, mention: Mention, label: int) -> int:
    """Key of the other word for somebody who is both named and described."""
    if mention.form not in (Form.NUMBER, Form.LOOKS):
        return 0
    described = _described(text[mention.tail : mention.tail + 40])
    if described and key(described) != label:
        return key(described)
    listed = grammar("roles.listed").search(text[max(start, mention.start - 90) : mention.start])
    if not listed:
        return 0
    word = re.sub(r"['’]s$", "", listed.group("word"))
    return key(word) if key(word) != label and word not in entries("ages.kin.no_names") else 0


def _whom(text: str, given: str, start: int, mention: Mention) -> tuple[Whom, int, bool]:
    before = text[max(start, mention.start - 90) : mention.start]
    after = text[mention.tail : mention.tail + 40]
    relative = _relative_before(before)
    if grammar("mentions.corrected").search(before):
        return Whom.NOBODY, 0, False
    if grammar("roles.parent_of").search(before):
        return Whom.RELATIVE, key("kin"), False
    described = _described(after) if mention.form in (Form.NUMBER, Form.LOOKS) else ""
    if owner := grammar("roles.owned_birthday").match(text[mention.start : mention.end]):
        if owner.group(1) in ("my", "your"):
            return (Whom.AUTHOR if owner.group(1) == "my" else Whom.ADDRESSEE), 0, False
        if owner.group(1) in ("her", "his"):
            return _antecedent(text[: mention.start], given)
        return (Whom.RELATIVE if relative else Whom.NAMED), key(owner.group(1)), False
    found = grammar("roles.subject").search(before)
    if grammar("roles.supposed_of_author").search(before):
        return Whom.GROUP, 0, False
    if found:
        kind = found.lastgroup
        if kind == "past":
            if mention.form is Form.BIRTH_YEAR:
                return Whom.AUTHOR, 0, False
            return Whom.AUTHOR_PAST, 0, found.group("past").startswith("i")
        if kind == "author":
            if re.search(r"\bi turned\s+$", before) and not grammar("roles.turned_lately").match(after):
                return (
                    (
                        Whom.AUTHOR_PAST
                        if re.match(r"\s+(?:in|when|i|and|back|before|my)\b", after)
                        else Whom.AUTHOR
                    ),
                    0,
                    False,
                )
            return Whom.AUTHOR, 0, True
        if kind == "you":
            return Whom.ADDRESSEE, 0, False
        if kind == "play":
            return Whom.ADDRESSEE, 0, False
        if kind == "mine":
            if (
                described
                and described not in entries("ages.kin.nouns")
                and described not in entries("ages.kin.others")
            ):
                return Whom.NAMED, key(described), False
            return Whom.RELATIVE, key(described or "kin"), False
        if kind == "pronoun":
            return _antecedent(text[: max(start, mention.start - 90) + found.start("pronoun")], given)
        if kind == "noun":
            if relative and relative.end() > found.start("noun") - 25:
                return Whom.RELATIVE, key(kin_word(relative)), False
            return _noun(found.group("noun"))
    if mention.is_group:
        return Whom.GROUP, 0, False
    if mention.is_bare and (listed := grammar("roles.listed").search(before)):
        word = re.sub(r"['’]s$", "", listed.group("word"))
        if relative and relative.end() > listed.start("word") - 2:
            return Whom.RELATIVE, key(word), False
        is_name = word not in ordinary() and word not in entries("ages.kin.no_names")
        if is_name or word in entries("terms.scene.role_nouns"):
            return Whom.NAMED, key(word), False
    if described:
        if relative and not re.search(r"[,;]", before[relative.end() :]):
            return Whom.RELATIVE, key(described), False
        return Whom.NAMED, key(described), False
    if mention.form is Form.NUMBER and "old" in text[mention.start : mention.end]:
        if grammar("roles.own_aged").search(before):
            return Whom.RELATIVE, key("kin"), False
        if grammar("roles.any_aged").search(before):
            return Whom.GROUP, 0, False
    return _nearest(text, given, start, mention, relative)


def _noun(word: str) -> tuple[Whom, int, bool]:
    word = re.sub(r"['’]s$", "", word)
    if word in ("it", "that", "this", "there", "what", "which"):
        return Whom.NOBODY, 0, False
    return Whom.NAMED, key(word), False


def _nearest(
    text: str, given: str, start: int, mention: Mention, relative: re.Match[str] | None
) -> tuple[Whom, int, bool]:
    """Without a direct subject: the last person spoken of in the sentence, else before it."""
    before = text[start : mention.start]
    last = None
    for found in grammar("roles.people").finditer(before):
        last = found
    relation = None
    for relation in grammar("roles.kin").finditer(before):  # noqa: B007  the last one is wanted
        pass
    if relation and (not last or relation.end() >= last.end() - 1):
        return Whom.RELATIVE, key(kin_word(relation)), False
    if last:
        kind = last.lastgroup
        if kind == "author":
            told = re.search(r"\bi (?:was|were|had|did|got|went)\b", before)
            is_past = told and mention.form is not Form.BIRTH_YEAR
            return (Whom.AUTHOR_PAST if is_past else Whom.AUTHOR), 0, False
        if kind == "mine":
            return Whom.AUTHOR, 0, False
        if kind == "you":
            return Whom.ADDRESSEE, 0, False
        if kind == "pronoun":
            return _antecedent(text[: start + last.start()], given)
        return _noun(last.group())
    if capital := _capital_before(given, start, mention.start):
        return Whom.NAMED, key(capital), False
    if relative:
        return Whom.RELATIVE, key(kin_word(relative)), False
    return Whom.NOBODY, 0, False


def _antecedent(before: str, given: str) -> tuple[Whom, int, bool]:
    """Whom a "he", "she" or "they" stands for, as far as this text says."""
    relation = named = pet = -1
    label = 0
    for found in grammar("roles.kin").finditer(before):
        relation, kin = found.end(), kin_word(found)
        label = key(kin)
    for found in has("ages.things.pets").finditer(before):
        pet = found.end()
    named_label = 0
    for found in grammar("roles.role_noun").finditer(before):
        if found.end() > relation:
            named, named_label = found.end(), key(found.group("role"))
    if relation >= 0 and relation >= max(named, pet):
        return Whom.RELATIVE, label, False
    if pet > max(named, relation):
        return Whom.GROUP, 0, False
    if named >= 0:
        return Whom.NAMED, named_label, False
    if capital := _capital_before(given, 0, len(before)):
        return Whom.NAMED, key(capital), False
    return Whom.PRONOUN, 0, False


def _capital_before(given: str, start: int, end: int) -> str:
    """The last capitalised word that does not begin a sentence, in lower case."""
    last = ""
    for found in grammar("roles.capital").finditer(given[start:end]):
        word = re.sub(r"['’]s$", "", found.group()).lower()
        if word not in entries("ages.kin.no_names"):
            last = word
    return last


def _described(after: str) -> str:
    """The noun that an age describes ("a 16 year old [girl]")."""
    found = grammar("roles.described").match(after)
    if not found:
        return ""
    word = re.sub(r"['’]s$", "", found.group(1))
    if word in entries("ages.after.passing"):
        return ""
    return word


def _relative_before(before: str) -> re.Match[str] | None:
    last = None
    for last in grammar("roles.kin").finditer(before):  # noqa: B007  the last one is wanted
        pass
    return last


def kin_word(found: re.Match[str]) -> str:
    """The last word of a relation ("my little [brother]")."""
    return (found.group("kin") or found.group()).split()[-1].strip("\"'*(")


def _scene(text: str, clause: str, sentences: Sentences) -> float:
    """How strongly the wording puts the sentence into a story."""
    score = 0.0
    if has("terms.scene.words").search(clause):
        score += 0.6
    if grammar("roles.opening").match(clause):
        score += 0.35
    if grammar("roles.form_field").search(clause):
        score += 0.6
    if sentences.is_staged:
        score += 0.4
    if text.startswith("(") and text.endswith(")"):
        score += 0.6
    return min(score, 1.0)


def _life(clause: str, whom: Whom) -> float:
    """How strongly the wording puts the sentence into the author's life."""
    score = 0.0
    if whom is Whom.RELATIVE or grammar("roles.kin").search(clause):
        score += 0.5
    if re.search(r"\b(?:i|we|me|us|my|our)\b", clause):
        score += 0.2
    if grammar("roles.times").search(clause):
        score += 0.3
    if matches("ages.kin.groups").search(clause):
        score += 0.3
    return min(score, 1.0)


def stands_beside_person(text: str, given: str, at: int) -> bool:
    """Whether a bare number follows what may name somebody ("Pip, 17"), or opens the text."""
    if not text[:at].strip(" \"'*(~-"):
        return True
    found = grammar("roles.listed").search(text[max(0, at - 60) : at])
    if not found:
        return False
    word = re.sub(r"['’]s$", "", found.group("word"))
    start = max(0, at - 60) + found.start("word")
    capital = given[start].isupper() and given[:start].rstrip()[-1:] not in ("", ".", "!", "?", "*", '"', "“")
    if (
        word in entries("terms.scene.role_nouns")
        or word in entries("ages.kin.nouns")
        or grammar("roles.personal").search(word)
    ):
        return True
    if (
        word in entries("ages.units.plain")
        or word in entries("ages.things.nouns")
        or word in entries("ages.things.measures")
        or word in entries("ages.kin.no_names")
    ):
        return False
    if capital or word not in ordinary():
        return True
    return bool(grammar("roles.definite").search(text[max(0, start - 30) : start])) and text[at].isdigit()


@cache
def ordinary() -> frozenset[str]:
    """Words that are no names, in lower case."""
    return gazetteer.ordinary_words()
