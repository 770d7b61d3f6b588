"""Schooling: what somebody has attained, or studies towards."""

from __future__ import annotations

import re

from discretion.knowledge._values._groups import finest, group_value
from discretion.knowledge._values._keys import key
from discretion.knowledge._values._markers import marker
from discretion.records import Value
from discretion.text import fold

_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|final|last|1st|2nd|3rd|4th|5th|6th|seventh|7th|eighth|8th)"
)
_YEAR_OF_STUDY = re.compile(rf"\b{_ORDINAL} (?:year|yr|semester|sem|term)\b")


def education_value(words: str) -> Value | None:
    """The level attained; a degree that is still studied for makes a student, one given up nothing."""
    text = key(fold(words).text)
    found = group_value("education", words)
    if found is None:
        return Value("education", ("student",)) if _YEAR_OF_STUDY.search(text) else None
    tokens = frozenset(text.split(" "))
    is_studying = not marker("studying").isdisjoint(tokens)
    is_given_up = not marker("given_up").isdisjoint(tokens)
    codes = []
    for code in found.codes:
        level = code.partition("/")[0]
        if level in ("associate", "bachelor", "graduate"):
            if is_given_up:
                continue
            if is_studying:
                code = "student/graduate" if level == "graduate" else "student/undergraduate"
        codes.append(code)
    return Value("education", finest(codes)) if codes else None
