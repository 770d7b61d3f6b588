"""Somebody real who is put into the scene: a person of the author's life, or a public figure.

Told by structure, not by a list of names: who is given a part ("be X", "X's face"), and what says that they
are real ("my actual manager", "from accounts", "the real one", a given name with a family name).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._view import View
from discretion.guard.limits._at_words import at_words
from discretion.guard.limits._cues import PersonCue, key
from discretion.guard.limits._words import entries, grammar, words
from discretion.knowledge import gazetteer

ASKED, CERTAIN = 0.5, 0.7
"""Weights from which a person is asked about and from which the message is held."""


@cache
def _put() -> re.Pattern[str]:
    return re.compile(rf"(?:{at_words(words('real_person.put.roles'))})\s+(?=\S)")


@cache
def _real() -> re.Pattern[str]:
    return re.compile(at_words(words("real_person.real.sure")))


@cache
def _invented() -> re.Pattern[str]:
    return re.compile("|".join(words("real_person.invented.words")))


def name_at(given: str, start: int, is_strong: bool = True) -> str:
    """A person's name that begins at ``start``: capitalised, or in lower case a given and a family name."""
    found = grammar("real_person.capital_name").match(given, start)
    if found:
        name = found.group("name")
        first = name.split()[0].lower()
        loud = [part.isupper() and len(part) > 2 for part in name.split()]
        if any(loud) and not (all(loud) and len(loud) == 2):
            return ""
        if " " in name or first not in gazetteer.common_words() or first in gazetteer.familiar_names():
            return name
    lower = grammar("real_person.lower_name").match(given, start)
    if lower:
        a, b = gazetteer.plain(lower.group("a")), gazetteer.plain(lower.group("b"))
        is_first = (
            a in gazetteer.given_names()
            and a not in entries("real_person.names.not_first")
            and a not in gazetteer.common_words()
        )
        is_last = b in gazetteer.family_names() or b not in gazetteer.ordinary_words()
        if is_first and is_last and b not in entries("real_person.names.not_last"):
            return f"{lower.group('a')} {lower.group('b')}"
    if not is_strong:
        return ""
    single = grammar("real_person.single_name").match(given, start)
    if (
        single
        and (a := gazetteer.plain(single.group("a"))) not in gazetteer.ordinary_words()
        and a not in entries("real_person.names.not_first")
    ):
        return single.group("a")
    return ""


def full_name(name: str) -> bool:
    """Whether a name has a given name and a family name."""
    parts = [
        gazetteer.plain(part)
        for part in name.split()
        if part.lower() not in ("van", "von", "de", "da", "di", "del")
    ]
    if len(parts) < 2 or parts[0] in _titles():
        return False
    if not any(part in gazetteer.ordinary_words() for part in parts[:2]):
        return True
    return (parts[0] in gazetteer.given_names() and parts[1] not in gazetteer.common_words()) or (
        parts[1] in gazetteer.family_names() and parts[1] not in gazetteer.common_words()
    )


def is_invented(text: str) -> bool:
    """Whether words of a folded text say that somebody is invented ("from the book", "my oc")."""
    return bool(_invented().search(text))


def is_titled(name: str) -> bool:
    """Whether a name begins with a title ("captain ann marlow"), as characters' do."""
    return name.split()[0].lower() in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(words("real_person.invented.titles"))


def read_people(
    view: View, tokens: frozenset[str], parts: frozenset[str]
) -> tuple[tuple[PersonCue, ...], frozenset[int]]:
    """People who may be real and are given a part, and the keys of names that the text presents as real.

    ``tokens`` are the words of the folded text with their apostrophes, ``parts`` without.
    """
    text = view.folded.text
    given = view.text if len(view.text) == len(text) else text
    known = frozenset(_presented(text, given))
    may_put = not tokens.isdisjoint(entries("gates.words.people"))
    may_touch = not parts.isdisjoint(entries("gates.words.touching")) or "me and " in text
    if not (may_put or may_touch) or len(text) > 4000:
        return (), known
    found: list[PersonCue] = []
    if may_put:
        for put in _put().finditer(text):
            if cue := _given_part(view, text, given, put):
                found.append(cue)
        found += _lent(view, text, given, parts)
    if may_touch and not given.isupper():
        found += _touched(view, text, given)
        found += _near_author(view, text, given)
    best = sorted(found, key=lambda cue: (cue.fictional - cue.real, cue.start))
    return tuple(best[:4]), known


def _given_part(view: View, text: str, given: str, put: re.Match[str]) -> PersonCue | None:
    at = put.end()
    window_start = max(0, put.start() - 90)
    rest = text[at : at + 110]
    around = text[window_start : at + 130]
    weak = bool(grammar("real_person.light").fullmatch(put.group()))
    real = fictional = 0.0
    declares = grammar("real_person.declares").match(put.group())
    told = _is_told(text, put)
    strong = not weak and not declares and not told
    name = "" if given.isupper() else name_at(given, at, strong)
    if re.match(r"\bplay", put.group()) and (
        grammar("real_person.music").search(rest)
        or grammar("real_person.music_before").search(text, window_start, at)
    ):
        return None
    if grammar("real_person.only_named").search(text[max(0, put.start() - 40) : at]):
        return None
    led = put.end() - len(put.group().lstrip())
    if weak and grammar("real_person.owned").search(text[max(0, put.start() - 40) : led]):
        return None
    if (
        grammar("real_person.like").match(put.group())
        and re.search(r"\b(?:you|he|she|they|i|it|that)\s+$", text[: put.start()])
        and not grammar("real_person.close").search(rest)
        and not grammar("real_person.asking").search(text[max(0, put.start() - 30) : put.start()])
    ):
        return None
    related = grammar("real_person.related").match(text, at) or grammar("real_person.late").match(text, at)
    loved = grammar("real_person.loved").search(text, at, at + 60)
    if loved and not (name and full_name(name)) and not _real_tie(text[at : at + 90]):
        return None
    pronoun = grammar("real_person.pronoun").match(rest)
    if not name and not related and not pronoun:
        return None
    end = at + len(name) if name else at + (related.end() - related.start() if related else 3)
    keys = tuple(key(part.lower()) for part in name.split()) if name else ()
    if name and full_name(name):
        real += 0.3 if weak or told else 0.5
        if told and (grammar("real_person.close").search(rest) or re.search(r"\bnow\b", rest)):
            real += 0.2
    elif name:
        real += 0.55 if strong and grammar("real_person.imperative").search(put.group().rstrip()) else 0.1
        if re.match(r"\s+(?:does|did|talks|speaks|looks)\b", text[end:]):
            real += 0.4
    if related:
        real += 0.3 if related.group("own") else 0.1
        lends = grammar("real_person.trait_word").search(put.group())
        if strong and re.match(r"my (?:ex|late)\b", related.group()):
            real += 0.25
        if related.group("own") and strong and (lends or grammar("real_person.close").search(rest)):
            real += 0.2
        if follows := re.match(r",?\s+(?:called |named )?", text[related.end() :]):
            named = related.end() + follows.end()
            if given[named:][:1].isupper() or _names_somebody(text, named):
                real += 0.35
    if pronoun:
        before = text[max(0, put.start() - 170) : put.start()]
        if not (
            grammar("real_person.related").search(before)
            or _real().search(before)
            or (re.search(r"[A-Z][a-z]+", given[max(0, put.start() - 60) : put.start()]) and strong)
            or _real().search(rest)
        ):
            return None
        real += 0.2 + (0.2 if grammar("real_person.related").search(before) else 0.0)
        around = text[max(0, put.start() - 170) : at + 130]
    if (
        _real().search(text[at : at + 90])
        or _real().search(text[max(0, at - 8) : at + 90])
        or (pronoun and _real().search(around))
    ):
        real += 0.5
    if (
        name
        and (beside := grammar("real_person.related").search(text, end, end + 45))
        and re.match(r",?\s*(?:\w+\s+){0,2}$", text[end : beside.start()])
    ):
        real += 0.35
    if weak and name and full_name(name) and grammar("real_person.scene_with").search(text[window_start:at]):
        real += 0.25
    elif weak:
        real -= 0.15
        if not (
            grammar("real_person.close").search(rest)
            or re.search(r"\bnow\b", rest)
            or grammar("real_person.outright").search(around)
        ):
            return None
    if grammar("real_person.speaks_of_self").search(text[max(0, put.start() - 22) : put.start()].rstrip()):
        return None
    if _invented().search(around):
        fictional += 0.6
    if name and name.split()[0].lower() in _titles():
        fictional += 0.3
    if not name and re.match(r"\s*in (?:this|the|our) (?:story|scene|roleplay|rp|game)\b", text[end:]):
        fictional += 0.5
    if name and grammar("real_person.appositive").match(text[end:]):
        fictional += 0.4
    if re.search(r"\bnot\s+$", text[: put.start()]) or re.match(r"\s*not\b", put.group()):
        return None
    if real <= 0:
        return None
    span = view.given(at, min(end, len(text)))
    return PersonCue(span.start, span.end, min(real, 1.0), fictional, keys)


def _is_told(text: str, put: re.Match[str]) -> bool:
    """Whether the words before somebody tell of them, a game or a quality and give nobody a part."""
    words_put = put.group().strip(" ,;:.!?\n")
    if words_put in ("ur", "your") and grammar("real_person.meant_as_are").match(text, put.end()):
        return False
    if grammar("real_person.told_by_itself").fullmatch(words_put):
        return True
    if not grammar("real_person.told_or_asked").fullmatch(words_put):
        return False
    before = text[max(0, put.start() - 40) : put.start() + 1].rstrip("bp ")
    return not grammar("real_person.asked_for").search(before)


def _real_tie(text: str) -> bool:
    """Whether words call a partner a real one ("my late husband", "my ex-wife")."""
    return bool(grammar("real_person.real_tie").search(text))


def _names_somebody(text: str, at: int) -> bool:
    """Whether a title with a name or a given name in lower case begins at ``at``."""
    found = grammar("real_person.told_name").match(text, at)
    if not found:
        return False
    name = gazetteer.plain(found.group("name"))
    if found.group("title"):
        return name not in ("and", "or", "right", "who", "the", "you", "now")
    return name in gazetteer.familiar_names() and name not in entries("real_person.names.not_first")


def _lent(view: View, text: str, given: str, parts: frozenset[str]) -> Iterator[PersonCue]:
    """A real person's looks or name lent to a part, or a real person beside the author."""
    if has_trait := not parts.isdisjoint(entries("gates.words.traits")):
        yield from _traits(view, text)
    if not parts.isdisjoint(entries("gates.words.actual")):
        yield from _called_actual(view, text, given)
    if has_trait:
        yield from _lent_by_name(view, text, given)
    if not parts.isdisjoint(entries("gates.words.beside")):
        yield from _beside(view, text)


def _touched(view: View, text: str, given: str) -> Iterator[PersonCue]:
    """Somebody with a full name whom the scene brings near ("*kisses Ann Marlow*", "between me and ...")."""
    for near in grammar("real_person.touching").finditer(text):
        at = near.end()
        found = grammar("real_person.capital_name").match(given, at)
        name = found.group("name") if found else ""
        if not full_name(name) or name.split()[0].lower() in _titles():
            continue
        if grammar("real_person.appositive").match(text[at + len(name) :]):
            continue
        span = view.given(at, min(at + len(name), len(text)))
        invented = 0.6 if _invented().search(text[max(0, at - 90) : at + 130]) else 0.0
        yield PersonCue(span.start, span.end, 0.55, invented, tuple(key(w.lower()) for w in name.split()))


def _near_author(view: View, text: str, given: str) -> Iterator[PersonCue]:
    """Somebody with a full name who comes near the author ("*Ann Marlow walks in and kisses me*")."""
    for act in grammar("real_person.touches_me").finditer(text):
        start = max(0, act.start() - 60)
        for found in grammar("real_person.full_name_before").finditer(given[start : act.start() + 1]):
            name = found.group("name")
            if full_name(name) and name.split()[0].lower() not in _titles():
                at = start + found.start("name")
                span = view.given(at, at + len(name))
                # "My coworker Jenny Halloran kisses me": who that is in the author's life is said, whether it
                # is the scene is not.
                known = bool(
                    grammar("real_person.related_before").search(text[max(0, at - 40) : at])
                    and grammar("real_person.kisses_me").match(text, act.start())
                )
                keys = tuple(key(w.lower()) for w in name.split())
                yield PersonCue(span.start, span.end, 0.55, 0.0, keys, is_asked_for=known)


def _traits(view: View, text: str) -> Iterator[PersonCue]:
    for trait in grammar("real_person.traits").finditer(text):
        before = text[max(0, trait.start() - 120) : trait.end() + 60]
        real = 0.0
        if grammar("real_person.lending").search(text[max(0, trait.start() - 45) : trait.start()] + " "):
            real += 0.3
        if grammar("real_person.related").search(before):
            real += 0.15
        if _real().search(before):
            real += 0.35
        word = trait.group().split()[0]
        owner = re.sub(r"['’]s$", "", word)
        keys: tuple[int, ...] = ()
        relation = grammar("real_person.related").search(text, max(0, trait.start() - 30), trait.end())
        if relation and relation.group("own") and relation.end() > trait.start():
            real += 0.35
        elif owner in gazetteer.ordinary_words() and not (
            owner in ("his", "her", "their") or owner in gazetteer.familiar_names()
        ):
            continue
        if owner not in ("his", "her", "their"):
            keys = (key(owner),)
            real += 0.1
            at = trait.start()
            if len(view.text) == len(text) and view.text[at].isupper() and text[:at].strip():
                real += 0.15 if re.search(r"\b(?:give|lend)\b[^.!?]{0,20}$", text[:at]) else 0.0
        if re.match(r"\s+(?:is|was|['’]s)\b", text[trait.end() :]):
            continue
        if real >= 0.45 or (keys and real > 0.1):
            span = view.given(*trait.span())
            invented = 0.6 if _invented().search(before) else 0.0
            yield PersonCue(span.start, span.end, min(real, 1.0), invented, keys)


def _called_actual(view: View, text: str, given: str) -> Iterator[PersonCue]:
    for called in grammar("real_person.actual").finditer(text):
        if (name := name_at(given, called.end())) and full_name(name):
            span = view.given(called.end(), called.end() + len(name))
            real = 0.8 if grammar("real_person.close").search(text) else 0.55
            yield PersonCue(span.start, span.end, real, 0.0, tuple(key(w.lower()) for w in name.split()))


def _lent_by_name(view: View, text: str, given: str) -> Iterator[PersonCue]:
    for lent in grammar("real_person.lent_by_name").finditer(text):
        if given[lent.start("who")].isupper() and _real().search(text[lent.end() : lent.end() + 50]):
            span = view.given(*lent.span("who"))
            yield PersonCue(span.start, span.end, 0.75, 0.0, (key(lent.group("who")),))


def _beside(view: View, text: str) -> Iterator[PersonCue]:
    for beside in grammar("real_person.beside").finditer(text):
        who = beside.group("who")
        if who in gazetteer.ordinary_words() and who not in gazetteer.familiar_names():
            continue
        near = text[beside.end() : beside.end() + 90]
        if grammar("real_person.close").search(near) or re.match(r"\s+in the\b", near):
            span = view.given(*beside.span("who"))
            real = 0.25 + (
                0.4 if _real().search(text[max(0, beside.start() - 60) : beside.end() + 40]) else 0.0
            )
            yield PersonCue(span.start, span.end, real, 0.0, (key(who),))


def _presented(text: str, given: str) -> set[int]:
    """Keys of the names that a text ties to the author's life ("Kit, my plumber", "Priti on my team")."""
    if not re.search(r"\b(?:my|our|from|off)\b", text):
        return set()
    found = set()
    for one in grammar("real_person.introduced").finditer(given):
        name = (one.group("a") or one.group("b")).lower()
        if name not in gazetteer.common_words() or name in gazetteer.familiar_names():
            found.add(key(re.sub(r"['’]s$", "", name)))
    return found


def wears_consent(text: str, parts: frozenset[str]) -> bool:
    """Whether a folded text argues for somebody who was refused ("he wouldn't mind")."""
    return not parts.isdisjoint(entries("gates.words.consent")) and bool(_consent().search(text))


@cache
def _consent() -> re.Pattern[str]:
    return re.compile(at_words(words("real_person.real.consent")))
