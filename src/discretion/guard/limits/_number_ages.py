"""Numbers that are ages: told from counts, prices, times and scores by the words around them."""

from __future__ import annotations

import re
from functools import cache

from discretion.guard.limits._cues import Form, Status
from discretion.guard.limits._mention import OF_AGE, Mention, Sentences, status_of
from discretion.guard.limits._numbers import Number
from discretion.guard.limits._words import entries, grammar, has, words

_STATING = tuple(f"mentions.{name}" for name in ("of", "turned", "at", "as", "set", "any_of"))
_MARKS = "*_\"'([“‘~"
_SUBJECTS = ("she", "he", "they", "you", "i", "we")
_KEYS = ("age", "alter", "edad", "idade")


def number_age(text: str, n: Number, sentences: Sentences) -> Mention | None:
    """The age that a number in the folded ``text`` states, if the words around it make it one."""
    start, _ = sentences.around(n.start)
    before, after = text[max(start, n.start - 80) : n.start], text[n.end : n.end + 60]
    if ("nd" in before or "million" in before) and grammar("mentions.hundreds").search(before):
        n = Number(n.start, n.end, n.value + 100)
    if n.value > OF_AGE + 100 and n.value < 150 and not grammar("mentions.old").match(after):
        return None
    if "like," in before:
        before = re.sub(r",? like,", " like", before)
    if (
        n.value > 4
        and grammar("mentions.seasons").match(after)
        and grammar("mentions.seasons_of").search(before)
    ):
        return Mention(n.start, n.end, status_of(n.value), Form.NUMBER, tail=n.end)
    counted = _is_counted(after)
    if rule := _threshold(n, before, after, counted=counted):
        return rule
    old = grammar("mentions.old").match(after)
    if old:
        return _aged(n, before, after, old)
    if (
        "born" in before
        and re.search(r"\bborn (?:about |only |just |some )?$", before)
        and re.match(r"\s+years? ago\b", after)
    ):
        status = status_of(n.value)
        return Mention(n.start, n.end, status, Form.NUMBER, tail=n.end)
    if n.value > 999 or n.value == 0:
        return None
    status = status_of(n.value)
    tail = n.end
    if "like" in before and grammar("mentions.felt").search(before) and not _is_told_scene(before + after):
        return None
    if not counted and grammar("mentions.looks").search(before):
        return Mention(n.start, n.end, status, Form.LOOKS, tail=tail) if n.value < OF_AGE else None
    if (
        any(word in before for word in _KEYS)
        and grammar("mentions.keyed").search(before)
        and not grammar("mentions.spirits").search(before)
        and (n.value > 1 or text[n.start].isdigit())
    ):
        return Mention(
            n.start,
            n.end,
            status,
            Form.NUMBER,
            tail=tail,
            is_pasttime=bool(re.search(r"\bat (?:the )?age", before)),
        )
    last = before.rstrip()[-1:]
    if n.value < 100 and (
        (
            grammar("mentions.tag_after").match(after)
            and (after[:1] in "/f " or grammar("mentions.bracket").search(before))
        )
        or (last in ("/", "|", "f", "m") and grammar("mentions.tag_before").search(before))
    ):
        return Mention(n.start, n.end, status, Form.NUMBER, tail=tail)
    if (
        counted
        and not grammar("mentions.years").match(after)
        and not (_is_stated(before) and not grammar("mentions.unit").match(after))
    ):
        return None
    if grammar("mentions.calendar").search(before[-14:]) or (
        last in tuple("$£€₹#/") and re.search(r"[$£€₹#/]\s?$", before)
    ):
        return None
    return _plain(n, text, text[max(0, n.start - 12) : n.start], before, after, status)


def _is_past(before: str, after: str) -> bool:
    """Whether an age is one that somebody once had ("was sixteen then", "remembers being six")."""
    if grammar("mentions.when").search(before):
        return True
    if grammar("roles.replayed").search(before + after):
        return False
    if grammar("mentions.past_before").search(before):
        return True
    told = re.search(r"\b(?:was|were|had been)\b[^.!?,]{0,25}$", before)
    return bool(told and grammar("mentions.past_after").match(after))


def _is_told_scene(text: str) -> bool:
    return bool(has("terms.scene.words").search(text))


def _may_be_said(before: str) -> bool:
    """Whether the last word before a number can join it to a subject; cheap."""
    if not before[-1:].isspace() or before.isspace():
        return False
    word = before.rsplit(None, 1)[-1].lstrip(_MARKS)
    return word in entries("gates.words.joining") or word.endswith(("m", "s", "re", "r"))


def _may_be_stated(before: str) -> bool:
    """Whether the last words before a number can turn it into an age by themselves; cheap."""
    if not before[-1:].isspace() or before.isspace():
        return False
    return (
        before.rsplit(None, 1)[-1].lstrip(_MARKS) in entries("gates.words.stating")
        or "make" in before
        or "age" in before
    )


def _is_stated(before: str) -> bool:
    """Whether the words before a number can only be followed by an age."""
    return (
        _may_be_stated(before)
        and any(grammar(name).search(before) for name in _STATING)
        and not re.search(r"\bmakes\s+$", before)
    )


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
            "we" in before
            and (n.value < 8 or re.match(r"\s(?:in (?!this\b|the (?:story|scene))|of|at|on)\b", after))
            and grammar("mentions.we_count").search(before)
        ):
            return None
        stated = _may_be_stated(before)
        if stated and any(grammar(name).search(before) for name in _STATING[1:5]):
            return number
        if grammar("mentions.corrected").search(before):
            return number
        if grammar("mentions.set_it").search(before):
            return Mention(n.start, n.end, status, Form.NUMBER, is_bare=True, tail=n.end)
        if (
            _may_be_said(before)
            and grammar("mentions.copula").search(before)
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
            past = _is_past(before, after)
            return Mention(n.start, n.end, status, Form.NUMBER, is_pasttime=past, tail=n.end)
        if stated and n.value >= OF_AGE and grammar("mentions.any_of").search(before):
            return number
        if (stated and grammar("mentions.of").search(before)) or grammar("mentions.me_at").search(before):
            return number
        if re.match(r"\s+going on\b", after) or re.match(r"\s+running\b(?=\W*$)", after):
            return number
    if grammar("mentions.asl").search(text_before) and re.match(r"\s?(?:f|m)\b", after):
        return number
    opens = not text_before.strip(" \"'*(~-") and n.value > 1
    if opens and (
        (n.value >= OF_AGE and after[:1] in ",.")
        or not after.strip(" .!?,~)\"'*")
        or grammar("mentions.coming").match(after)
        or grammar("mentions.carries").match(after)
        or re.match(r"(?:m|f)\b[\s,]+(?:here|from|uk|us|usa|looking|lf|just)\b", after)
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
    if word not in entries("ages.after.passing") and word.split("'")[0] not in _SUBJECTS:
        return True
    if word == "in":
        return not grammar("mentions.coming").match(after)
    return f"{after.strip()} ".startswith(_counting())


@cache
def _counting() -> tuple[str, ...]:
    return tuple(f"{phrase} " for phrase in words("ages.after.counting"))


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
            status_of(n.value),
            Form.NUMBER,
            is_group=True,
            tail=end,
        )
    noun = re.match(r"[\s,-]*((?:[a-z'-]+[\s-]+)?[a-z'-]+)", after[old.end() :])
    if (
        noun
        and _is_thing(noun.group(1).split()[:2])
        and not re.match(r"[\s-]*(?:\w+ )?version of (?:you|her|him|me|us|them|my)", after[old.end() :])
    ):
        return None
    if not noun and re.search(r",\s*$", before) and _is_thing_before(before):
        return None
    if grammar("mentions.pet_subject").search(before):
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
    past = _is_past(before, after[old.end() :])
    return Mention(n.start, end, status_of(n.value), form, is_pasttime=past, tail=end)


def _threshold(n: Number, before: str, after: str, *, counted: bool) -> Mention | None:
    """Eighteen as a line: "under 18", "not 18 yet", "turns 18 in march"; "over 18" is adult."""
    if n.value not in (16, 17, 18, 21) or (
        counted
        and not grammar("mentions.somebody_under").search(before)
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
    if under and re.search(r"\b(?:not|n['’]?t|never)\s+(?:\w+\s+)?under\s*$", before):
        return Mention(
            n.start, n.end, Status.ADULT if n.value >= OF_AGE else Status.UNSURE, Form.THRESHOLD, tail=n.end
        )
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
