"""Words that state an age without a number ("underage", "a teen", "retired"), and framings by looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard.limits._cues import Form, Status
from discretion.guard.limits._mention import Mention
from discretion.guard.limits._words import any_of, grammar, has, matches


def childlike_looks(text: str) -> Iterator[Mention]:
    """Framings by looks ("looks like a child"), in the folded ``text``."""
    for found in grammar("mentions.looks_like").finditer(text):
        if not grammar("mentions.reproach").search(text[max(0, found.start() - 30) : found.start()]):
            yield Mention(*found.span(), Status.UNDER, Form.LOOKS, tail=found.end())


def age_terms(text: str) -> Iterator[Mention]:
    """Words that state an age without a number, in the folded ``text``."""
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
        if (
            grammar("mentions.not").search(before)
            or grammar("mentions.impersonal").search(text[max(0, found.start() - 8) : found.start("term")])
            or grammar("mentions.asked").search(text[max(0, found.start() - 9) : found.start()])
            or (
                grammar("mentions.wished").search(text[max(0, found.start() - 14) : found.start()])
                and not has("terms.scene.words").search(text[found.end() : found.end() + 40])
            )
            or text[: found.start()].endswith("enough to ")
            or (found.group("term") == "child" and before.endswith("only "))
        ):
            continue
        lead = text[max(0, found.start() - 30) : found.start("term")]
        past = bool(re.search(r"\b(?:when|since|until|while|as if)\s+i\s+was\b", lead))
        yield Mention(*found.span("term"), Status.UNDER, Form.TERM, is_pasttime=past, tail=found.end())
    for found in matches("terms.adult.words").finditer(text):
        if not grammar("mentions.not").search(text[max(0, found.start() - 14) : found.start()]):
            yield Mention(*found.span(), Status.ADULT, Form.TERM, tail=found.end())
    for found in _studies().finditer(text):
        yield Mention(*found.span(), Status.ADULT, Form.SCHOOL, tail=found.end())


@cache
def _studies() -> re.Pattern[str]:
    return re.compile(any_of("schools.adult.studies"))
