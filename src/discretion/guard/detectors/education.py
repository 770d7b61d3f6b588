"""The author's schooling: school, degree, year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._assertion import hit, is_denied, may_be_told, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues, ordinary_words
from discretion.records import Kind

_ORD = r"(?:first|second|third|fourth|fifth|sixth|final|penultimate|1st|2nd|3rd|4th|5th|6th)"
_NUM = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|\d{1,2})"
_FIELD = r"(?:[^\W\d_][\w'&.-]*)"
_FIELDS = (
    "nursing|engineering|law|medicine|biology|chemistry|physics|maths?|history|geography|english|"
    "economics|accounting|"
    "accountancy|business|psychology|sociology|philosophy|theology|music|art|design|architecture|"
    "computer science|cs|comp sci|"
    "education|pharmacy|dentistry|geology|archaeology|linguistics|literature|politics|poli sci|"
    "journalism|marketing|finance|"
    "statistics|agribusiness|agriculture|nutrition|biochem|biomed|chem|bio|mech eng|social work|"
    "criminology|anthropology|film|fine art|"
    "graphic design|hospitality|culinary|midwifery|paramedic science|physio|kinesiology|gender "
    "studies|theatre|drama|actuarial"
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], float, bool], ...]:
    """(pattern, confidence, whether the clause must be about the author in words)."""
    made = (
        (
            rf"\b{_ORD}[ -](?:year|yr|semester|term)s? (?:of |at |in |doing |student|studying )?(?:my |"
            "the |a |"
            f"college|uni|university|student)?(?:{_FIELD} ?){{0,4}}",
            0.55,
            False,
        ),
        (
            rf"\b(?:im |i'm |i am |just )?(?:in )?((?:year|form|class|grade|std) {_NUM}\b(?: "
            f"{_FIELD})?)",
            0.5,
            True,
        ),
        (
            rf"\b(?:im |i'm |i am |still )(?:in |a )?((?:{_NUM}|{_ORD}|7th|8th|9th|10th|11th|12th)(?:th)? "
            r"grade(?:r)?|ss ?[123]|jss ?[123]|sixth form|junior high|middle school|high school)\b",
            0.7,
            False,
        ),
        (
            r"\b(?:i |i'm |im |ive |i've |i was |been )(?:\w+ ){0,3}?(?:study|studied|studying|majored in|"
            f"majoring in|major in|doing a degree) (?:in )?({_FIELD}(?: {_FIELD}){{0,3}})",
            0.6,
            False,
        ),
        (
            r"\b(?:went to|graduated (?:from|in|with)|dropped out of|flunked out of|quit|finished|"
            "finishing|"
            "alum of|alumni of|expelled from|transferred to|applied to|got into|accepted (?:to|at|into)|"
            "start(?:ing|ed)? at|enrolled (?:at|in)|lecturer at|professor at|student at|freshman at|"
            "sophomore at|junior at|senior at|degree (?:at|from)|phd at|masters at|major at|classes at|"
            "class "
            f"at|course at|semesters? at|years? at|term at) (?:the |a )?((?:{_FIELD} ?)"
            "{1,4}(?:university|"
            "uni|college|school|high|academy|institute|tech|state|poly(?:technic)?|secondary|grammar|a&m)|"
            f"(?:university|college|school|institute) of (?:{_FIELD} ?){{1,3}}|college|uni|university|"
            "nursing "
            "school|high school|law school|med school|grad school|art school|trade school|beauty school|"
            "culinary school)",
            0.65,
            False,
        ),
        (
            r"\b((?:bachelor'?s?|master'?s?|associate'?s?|phd|doctorate|degree|diploma|b\.?sc|m\.?sc|"
            r"b\.?a\.|"
            r"m\.?a\.|mba|mfa|bfa|btech|b\.tech|b\.?com|llb|certificate|cert|ged|minor|double major|major|"
            f"course)(?: degree)? (?:in|of|from|by) (?:{_FIELD} ?){{1,4}})",
            0.65,
            False,
        ),
        (
            rf"\b((?:{_FIELDS}) (?:major|degree|student|undergrad|phd|masters?|school|diploma|minor|course|"
            rf"grad)\b(?: at (?:{_FIELD} ?){{1,3}})?)",
            0.65,
            False,
        ),
        (
            r"\b(?:i |im |i'm |we )(?:\w+ )?(?:go|going|attend|attending|commute|transferring|moving) "
            r"(?:to |at )?(?:the |a )?((?:[\w'&.-]+ ){1,3}(?:university|uni|college|polytechnic|poly|academy|"
            r"high school|law school|med school)|(?:university|college) of (?:[\w'&.-]+ ?){1,2})",
            0.65,
            False,
        ),
        (
            r"\b(?:start(?:s|ed|ing)?|goes|go|going|attends?|enrolled|enrols|enrolls|kindergarten|preschool|school|"
            r"nursery|reception) (?:\w+ ){0,2}?(?:at|to) ((?:[\w'&.-]+ ){1,3}(?:elementary|primary|academy|"
            r"kindergarten|preschool|nursery|middle|high|school|montessori)\b(?: school)?)",
            0.65,
            False,
        ),
        (r"\b(?:class|batch|graduated) (?:of )?(?:'|’)?(?:19|20)?\d\d\b", 0.55, False),
        (
            r"\b(?:left school|dropped out|never finished (?:high )?school|quit (?:college|uni|school)|"
            "left "
            r"(?:college|uni)|expelled)\b(?: (?:at|in|after) \w+)?",
            0.6,
            True,
        ),
        (
            rf"\b(?:im|i'm|i am) (?:a |in )?(?:\w+ )?((?:at|in) (?:{_FIELD} ?){{0,3}}(?:university|"
            "college|uni|"
            r"polytechnic)\b)",
            0.6,
            False,
        ),
    )
    return tuple((re.compile(p), c, a) for p, c, a in made)


_GATE = re.compile(
    r"junior at|senior at|year|yr|semester|term\b|grade|class|form |level|stud|major|degree|diploma|"
    r"kindergart|elementary|primary|montessori|nursery|high\b|colleg|univers|uni\b|"
    "school|phd|master|bachelor|"
    r"graduat|ged\b|gcse|cert|course|batch|ss[123]|academy|sophomore|freshman|undergrad|matric|thesis|"
    r"bsc|b\.a|mba|llb|a.levels"
)
_NO_FIELD = cues("education", "no_field")
_NO_SUBJECT = cues("education", "no_subject")


@detector("education", {Kind.EDUCATION}, Scope.LANGUAGE)
@of_life
def education(view: View) -> Iterator[Hit]:
    """Years and stages of study, degrees, schools, in clauses about the author."""
    words = view.words
    text = words.text
    if not _GATE.search(text) and not words.tagged.get("degree") and not words.tagged.get("stage"):
        return
    others = people(view)
    taken: list[tuple[int, int]] = []
    for pattern, confidence, needs_author in _patterns():
        for match in pattern.finditer(text):
            group = 1 if match.re.groups and match.group(1) else 0
            i, j = words.at(match.start(group)), words.at(match.end(group))
            j = _trimmed(words, i, j)
            if words.key(i) in _NO_FIELD or i >= j or any(i < b and a < j for a, b in taken):
                continue
            who = speaker_of(words, i, others)
            if (who == "other" and not _is_own_pupil(words, i)) or is_denied(words, i, 2):
                continue
            if (
                needs_author
                and who != "self"
                and not words.opens(i)
                and text[match.start() : match.start() + 2] != "im"
            ):
                continue
            if _is_span_of_time(words, i, j) or _is_no_study(words, i, j) or not may_be_told(view):
                continue
            taken.append((i, j))
            yield hit(view, Kind.EDUCATION, (i, j), confidence, "the author's schooling", 0.4)
    for i, j in words.runs("degree", "stage"):
        if any(i < b and a < j for a, b in taken) or _is_span_of_time(words, i, j):
            continue
        who = speaker_of(words, i, others)
        key = words.keys[i]
        if _is_no_study(words, i, j) or not may_be_told(view):
            continue
        if who == "other" or is_denied(words, i, 3) or (key in _PLAIN and not _about_study(words, i)):
            continue
        near = words.keys[max(0, i - 5) : i]
        told = who == "self" and bool(
            {
                "my",
                "im",
                "did",
                "have",
                "got",
                "finish",
                "finished",
                "in",
                "a",
                "doing",
                "after",
                "for",
            }.intersection(near)
        )
        if told or (words.words[i].opens and j - i > 1):
            end = _field_end(words, j)
            yield hit(
                view,
                Kind.EDUCATION,
                (i, end),
                0.6 if told else 0.45,
                "a degree or stage of the author's",
                0.4,
            )


_PLAIN = cues("education", "plain")


def _is_own_pupil(words: Words, i: int) -> bool:
    """Whether a named school is that of the author's child: "the twins start at Larkspur Elementary"."""
    if not words.words[i].capital or words.key(i - 1) not in ("at", "to"):
        return False
    return any(i - 7 < b <= i for _, b in words.runs("child"))


def _about_study(words: Words, i: int) -> bool:
    near = words.keys[max(0, i - 6) : i + 6]
    return any(
        key
        in (
            "college",
            "uni",
            "university",
            "school",
            "study",
            "studying",
            "degree",
            "class",
            "exam",
            "campus",
            "finish",
            "defend",
            "committee",
            "student",
            "my",
        )
        for key in near
    )


def _is_no_study(words: Words, i: int, j: int) -> bool:
    """Whether "major", "master" or "course" say something else: "a major artery", "master of none"."""
    key = words.keys[i]
    if key == "major" and j - i == 1:
        return not (words.opens(j) or words.words[j].gap or words.keys[j] in ("in", "at", "and", "is", "was"))
    of = key in ("course", "master", "masters", "minor", "major") and words.key(i + 1) == "of"
    return of and words.key(i + 2) in _NO_SUBJECT


def _trimmed(words: Words, i: int, j: int) -> int:
    for k in range(i + 1, j):
        if words.words[k].opens or words.words[k].gap not in ("", "-", "'", "&", "."):
            return k
        if words.keys[k] in (
            "and",
            "but",
            "so",
            "because",
            "i",
            "im",
            "my",
            "who",
            "that",
            "is",
            "was",
            "if",
            "when",
            "then",
            "since",
            "with",
            "you",
            "it",
            "he",
            "she",
            "they",
            "we",
        ):
            return k
    return j


def _is_span_of_time(words: Words, i: int, j: int) -> bool:
    """Whether "first year" here counts something else ("our first year together", "first year sober")."""
    return words.key(j) in (
        "together",
        "married",
        "sober",
        "clean",
        "without",
        "here",
        "of",
        "after",
        "we",
        "back",
    ) or words.key(i - 1) in ("our", "every", "each", "this")


def _field_end(words: Words, j: int) -> int:
    if words.key(j) in ("in", "at", "from", "of") and not words.words[j].gap and j + 1 < len(words.words):
        return _trimmed(words, j, min(len(words.words), j + 4))
    if j < len(words.words) and not words.words[j].gap and words.keys[j] not in ordinary_words():
        return j + 1
    return j
