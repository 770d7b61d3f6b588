"""Where a text states an age: by number, school year, term, looks, threshold or year of birth.

A mention found here has no role yet: ``roles`` says whom it is about. All offsets count in the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from discretion.guard.limits._cues import Form, Status
from discretion.guard.limits._numbers import Number, numbers
from discretion.guard.limits._words import any_of, entries, grammar, matches, table, words

OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Mention:
    """An age stated in ``[start, end)`` of the folded text; ``is_group`` is said of many ("9 year olds")."""

    start: int
    end: int
    status: Status
    form: Form
    is_group: bool = False
    is_pasttime: bool = False
    is_bare: bool = False
    """No grammar around the number at all, only a place that an age may have ("Pip, 17")."""
    birth_year: int = 0
    tail: int = 0
    """Where the words that belong to the mention end ("17 year old"); the noun it describes comes after."""


def read_mentions(text: str) -> list[Mention]:
    """Every statement of an age in the folded ``text``, in its order; where two overlap, the number stays."""
    found = [m for n in numbers(text) if (m := _number(text, n))]
    found += _born(text)
    found += _birthdays(text)
    taken = [(m.start, m.end) for m in found]
    for mention in [*_looks(text), *_school(text), *_terms(text)]:
        if not any(mention.start < end and start < mention.end for start, end in taken):
            found.append(mention)
            taken.append((mention.start, mention.end))
    return sorted(found, key=lambda m: m.start)


def sentence(text: str, at: int) -> tuple[int, int]:
    """The bounds of the sentence in which the character at ``at`` stands."""
    start = 0
    for stop in grammar("mentions.sentence_ends").finditer(text):
        if stop.end() > at:
            return start, stop.end()
        start = stop.end()
    return start, len(text)


def _number(text: str, n: Number) -> Mention | None:
    start, _ = sentence(text, n.start)
    before, after = text[max(start, n.start - 80) : n.start], text[n.end : n.end + 60]
    if grammar("mentions.hundreds").search(before):
        n = Number(n.start, n.end, n.value + 100)
    if n.value > OF_AGE + 100 and n.value < 150 and not grammar("mentions.old").match(after):
        return None
    if rule := _threshold(n, before, after):
        return rule
    old = grammar("mentions.old").match(after)
    if old:
        return _aged(n, before, after, old)
    if re.search(r"\bborn (?:about |only |just |some )?$", before) and re.match(r"\s+years? ago\b", after):
        status = Status.UNDER if n.value < OF_AGE else Status.ADULT
        return Mention(n.start, n.end, status, Form.NUMBER, tail=n.end)
    if n.value > 999 or n.value == 0:
        return None
    status = Status.UNDER if n.value < OF_AGE else Status.ADULT
    tail = n.end
    if grammar("mentions.looks").search(before) and not _is_counted(after):
        return Mention(n.start, n.end, status, Form.LOOKS, tail=tail) if n.value < OF_AGE else None
    if grammar("mentions.keyed").search(before) and not grammar("mentions.spirits").search(before):
        return Mention(
            n.start,
            n.end,
            status,
            Form.NUMBER,
            tail=tail,
            is_pasttime=bool(re.search(r"\bat (?:the )?age", before)),
        )
    if n.value < 100 and (
        (
            grammar("mentions.tag_after").match(after)
            and (after[:1] in "/f " or grammar("mentions.bracket").search(before))
        )
        or grammar("mentions.tag_before").search(before)
    ):
        return Mention(n.start, n.end, status, Form.NUMBER, tail=tail)
    if (
        _is_counted(after)
        and not grammar("mentions.years").match(after)
        and not (_is_stated(before) and not grammar("mentions.unit").match(after))
    ):
        return None
    if grammar("mentions.calendar").search(before[-14:]) or re.search(r"[$£€₹#/]\s?$", before):
        return None
    return _plain(n, text, text[max(0, n.start - 12) : n.start], before, after, status)


def _is_stated(before: str) -> bool:
    """Whether the words before a number can only be followed by an age."""
    return any(
        p.search(before)
        for p in (
            grammar("mentions.of"),
            grammar("mentions.turned"),
            grammar("mentions.at"),
            grammar("mentions.as"),
            grammar("mentions.set"),
            grammar("mentions.any_of"),
        )
    ) and not re.search(r"\bmakes\s+$", before)


def _plain(n: Number, text: str, text_before: str, before: str, after: str, status: Status) -> Mention | None:
    """A number without "years old": the words before must make it an age."""
    years = grammar("mentions.years").match(after)
    if years and (grammar("mentions.duration").search(before) or re.search(r"\bmakes\s+$", before)):
        return None
    if not years and re.match(r"\s?-?(?:years?|yrs?)\b", after):
        return None
    number = Mention(n.start, n.end, status, Form.NUMBER, tail=n.end)
    if n.value > 1 or text[n.start].isdigit():
        if grammar("mentions.not").search(before) or re.search(r"\bgoing on\s+$", before):
            return None
        if (
            grammar("mentions.turned").search(before)
            or grammar("mentions.at").search(before)
            or grammar("mentions.as").search(before)
        ):
            return number
        if grammar("mentions.set").search(before):
            return number
        if grammar("mentions.corrected").search(before):
            return number
        if grammar("mentions.set_it").search(before):
            return Mention(n.start, n.end, status, Form.NUMBER, is_bare=True, tail=n.end)
        if (
            grammar("mentions.copula").search(before)
            and (
                not grammar("mentions.thing_subject").search(before)
                or grammar("mentions.owned_up").match(after)
            )
            and not (
                re.search(r"\b(?:has|have|had)\s+(?:\w+\s+)?$", before)
                and not years
                and not grammar("mentions.esl").search(before)
            )
        ):
            past = bool(grammar("mentions.when").search(before)) or (
                bool(re.match(r"\s+when\b", after)) and bool(re.search(r"\bwas|were|had\b", before))
            )
            return Mention(n.start, n.end, status, Form.NUMBER, is_pasttime=past, tail=n.end)
        if n.value >= OF_AGE and grammar("mentions.any_of").search(before):
            return number
        if grammar("mentions.of").search(before) or grammar("mentions.me_at").search(before):
            return number
        if re.match(r"\s+going on\b", after) or re.match(r"\s+running\b(?=\W*$)", after):
            return number
    opens = not text_before.strip(" \"'*(~-") and n.value > 1
    if opens and (
        (n.value >= OF_AGE and after[:1] in ",.")
        or not after.strip(" .!?,~)\"'*")
        or grammar("mentions.coming").match(after)
        or grammar("mentions.carries").match(after)
    ):
        return Mention(n.start, n.end, status, Form.NUMBER, is_bare=True, tail=n.end)
    if (
        years
        and n.value < OF_AGE
        and not n.is_disguised
        and (not text[n.start].isdigit() or not after.startswith(" years,"))
    ):
        return None
    listed = grammar("mentions.apposition").search(before) and grammar("mentions.next_apposition").match(
        after
    )
    if (
        listed
        and n.value > 1
        and not grammar("mentions.counting").search(before)
        and not grammar("mentions.counting_on").match(after)
    ):
        return Mention(n.start, n.end, status, Form.NUMBER, is_bare=True, tail=n.end)
    return None


def _is_counted(after: str) -> bool:
    """Whether the words after a number make it a count of something."""
    if grammar("mentions.counted_by_sign").match(after):
        return not re.match(r"-(?:year|yr)", after)
    follows = re.match(r"\s+([^\W\d_][\w'’-]*|[°%&])", after)
    if not follows:
        return bool(re.match(r"[a-z]", after)) and not re.match(r"(?:yo|yrs?|f|m|ish)\b", after)
    word = follows.group(1).replace("’", "'")
    if word in entries("ages.units.plain"):
        return word not in ("x",) and not (word in ("p", "c", "k", "st") and len(after) < 3)
    if word not in entries("ages.after.passing"):
        return True
    if word == "in":
        return not grammar("mentions.coming").match(after)
    return any(f"{after.strip()} ".startswith(f"{phrase} ") for phrase in words("ages.after.counting"))


def _is_person(word: str) -> bool:
    return any(word in entries(f) for f in ("ages.kin.persons", "ages.kin.nouns", "terms.scene.role_nouns"))


def _is_thing(nouns: list[str]) -> bool:
    """Whether what an age describes is a thing ("single malt", "car"), not a person ("lab assistant")."""
    things = entries("ages.things.nouns")
    return any(noun in things for noun in nouns) and not any(_is_person(noun) for noun in nouns)


def _is_thing_before(before: str) -> bool:
    """Whether the last noun that is known before "..., five years old" is a thing."""
    known = [w for w in re.findall(r"[a-z]+", before) if _is_person(w) or w in entries("ages.things.nouns")]
    return bool(known) and not _is_person(known[-1])


def _aged(n: Number, before: str, after: str, old: re.Match[str]) -> Mention | None:
    """A number with "years old"; nothing where a thing has that age."""
    end = n.end + old.end()
    if old.group("olds") or old.group("yos"):
        return Mention(
            n.start,
            end,
            Status.UNDER if n.value < OF_AGE else Status.ADULT,
            Form.NUMBER,
            is_group=True,
            tail=end,
        )
    noun = re.match(r"[\s,-]*((?:[a-z'-]+[\s-]+)?[a-z'-]+)", after[old.end() :])
    if noun and _is_thing(noun.group(1).split()[:2]):
        return None
    if not noun and re.search(r",\s*$", before) and _is_thing_before(before):
        return None
    if grammar("mentions.not").search(before):
        return None
    form = (
        Form.LOOKS
        if grammar("mentions.looks").search(before) or grammar("mentions.in_body").search(before)
        else Form.NUMBER
    )
    if form is Form.LOOKS and n.value >= OF_AGE:
        return None
    past = bool(grammar("mentions.when").search(before))
    return Mention(
        n.start, end, Status.UNDER if n.value < OF_AGE else Status.ADULT, form, is_pasttime=past, tail=end
    )


def _threshold(n: Number, before: str, after: str) -> Mention | None:
    """Eighteen as a line: "under 18", "not 18 yet", "turns 18 in march"; "over 18" is adult."""
    if n.value not in (16, 17, 18, 21) or (
        _is_counted(after)
        and not grammar("mentions.old").match(after)
        and not grammar("mentions.ahead").match(after)
    ):
        return None
    if grammar("mentions.or_over").match(after):
        return (
            Mention(n.start, n.end, Status.ADULT, Form.THRESHOLD, tail=n.end) if n.value >= OF_AGE else None
        )
    if grammar("mentions.over").search(before) and not grammar("mentions.not_over").search(before):
        if n.value >= OF_AGE:
            return Mention(n.start, n.end, Status.ADULT, Form.THRESHOLD, tail=n.end)
        return Mention(n.start, n.end, Status.UNSURE, Form.THRESHOLD, tail=n.end)
    if n.value == 21:
        return (
            Mention(n.start, n.end, Status.UNSURE, Form.THRESHOLD, tail=n.end)
            if re.search(r"\bunder\s+$", before)
            else None
        )
    under = grammar("mentions.under").search(before)
    if under and (n.value == OF_AGE or re.search(r"(?:under|below|younger than)\s*$", before)):
        if grammar("mentions.group_rule").match(after):
            return None
        return Mention(n.start, n.end, Status.UNDER, Form.THRESHOLD, tail=n.end)
    if (
        n.value != OF_AGE
        or grammar("mentions.just_turned").search(before)
        or re.search(r"\bturned\s+$", before)
    ):
        return None
    near = grammar("mentions.near").search(before)
    if grammar("mentions.turned_long_ago").search(before):
        return None
    if near or (
        grammar("mentions.ahead").match(after) and not re.search(r"\b(?:turned|was|were)\s+$", before)
    ):
        if re.match(r"\s+today\b", after):
            return Mention(n.start, n.end, Status.UNSURE, Form.THRESHOLD, tail=n.end)
        return Mention(n.start, n.end, Status.UNDER, Form.THRESHOLD, tail=n.end)
    return None


def _born(text: str) -> Iterator[Mention]:
    if (
        "born" not in text
        and "birth" not in text
        and "dob" not in text
        and "class of 20" not in text
        and "baby" not in text
    ):
        return
    for pattern in (grammar("mentions.born"), grammar("mentions.baby_of")):
        for found in pattern.finditer(text):
            group = "year" if found.groupdict().get("year") else "grad"
            year = int(found.group(group)) - (OF_AGE if group == "grad" else 0)
            yield Mention(
                *found.span(group), Status.UNSURE, Form.BIRTH_YEAR, birth_year=year, tail=found.end()
            )


def _birthdays(text: str) -> Iterator[Mention]:
    """A birthday still to come or just had ("my 16th birthday is tomorrow")."""
    if "birthday" in text or "sweet s" in text:
        for found in grammar("mentions.birthday").finditer(text):
            if not grammar("mentions.birthday_past").match(text[found.end() :]):
                yield Mention(found.start(), found.end("age"), Status.UNDER, Form.NUMBER, tail=found.end())


def _looks(text: str) -> Iterator[Mention]:
    for found in grammar("mentions.looks_like").finditer(text):
        if not grammar("mentions.reproach").search(text[max(0, found.start() - 30) : found.start()]):
            yield Mention(*found.span(), Status.UNDER, Form.LOOKS, tail=found.end())


def _school(text: str) -> Iterator[Mention]:
    if not grammar("mentions.school_gate").search(text):
        return
    for found in _stages().finditer(text):
        start, end = found.span()
        first, _ = sentence(text, start)
        before, after = text[max(first, start - 60) : start], text[end : end + 40]
        tail = text[start:end]
        lead = grammar("mentions.lead").match(tail)
        if _not_before().search(before + (lead.group() if lead else "")):
            continue
        if _not_after().search(after):
            continue
        if grammar("mentions.institution").search(tail) and not (
            tail.startswith(("in ", "of ", "at "))
            or grammar("mentions.attends").search(before)
            or grammar("mentions.pupil").match(after)
        ):
            continue
        adult = grammar("mentions.after_studies").search(before) or grammar("mentions.before_studies").match(
            after
        )
        if adult:
            continue
        yield Mention(
            start,
            end,
            Status.UNDER,
            Form.SCHOOL,
            is_group=(tail.startswith("class") and bool(re.search(r"\b(?:a|my|the|our|whole)\s+$", before)))
            or tail.endswith(("kids", "children", "girls", "boys", "graders", "schoolers")),
            tail=end,
        )


@cache
def _stages() -> re.Pattern[str]:
    parts = table("grammar")["parts"]
    # The stages that begin at a word's start are tried there alone, not at every character.
    at_a_word = [f"(?:{stage[2:]})" for stage in words("schools.under") if stage.startswith(r"\b")]
    elsewhere = [f"(?:{stage})" for stage in words("schools.under") if not stage.startswith(r"\b")]
    pattern = rf"\b(?=\w)(?:{'|'.join(at_a_word)})|{'|'.join(elsewhere)}"
    return re.compile(pattern.replace("{ord}", parts["ORDINAL"]).replace("{n}", parts["SCHOOL_YEAR"]))


@cache
def _not_before() -> re.Pattern[str]:
    return re.compile("|".join(words("schools.not_under.before")))


@cache
def _not_after() -> re.Pattern[str]:
    return re.compile("|".join(words("schools.not_under.after")))


def _terms(text: str) -> Iterator[Mention]:
    for found in matches("terms.under.unsure").finditer(text):
        yield Mention(*found.span(), Status.UNSURE, Form.TERM, tail=found.end())
    for found in matches("terms.under.strong").finditer(text):
        before = text[max(0, found.start() - 12) : found.start()]
        if not grammar("mentions.not").search(before) and not grammar("mentions.drinking").match(
            text[found.end() :]
        ):
            yield Mention(*found.span(), Status.UNDER, Form.TERM, tail=found.end())
    for found in grammar("mentions.weak_term").finditer(text):
        before = text[max(0, found.start("term") - 20) : found.start("term")]
        if not grammar("mentions.not").search(before) and not grammar("mentions.impersonal").search(
            text[max(0, found.start() - 8) : found.start("term")]
        ):
            yield Mention(*found.span("term"), Status.UNDER, Form.TERM, tail=found.end())
    for found in matches("terms.adult.words").finditer(text):
        if not grammar("mentions.not").search(text[max(0, found.start() - 14) : found.start()]):
            yield Mention(*found.span(), Status.ADULT, Form.TERM, tail=found.end())
    for found in re.finditer(any_of("schools.adult.studies"), text):
        yield Mention(*found.span(), Status.ADULT, Form.SCHOOL, tail=found.end())
