"""Stages of school: what says that somebody is a pupil, told from teachers, memories and buildings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard.limits._at_words import at_words
from discretion.guard.limits._cues import Form, Status
from discretion.guard.limits._mention import Mention, Sentences
from discretion.guard.limits._words import grammar, table, words


def school_stages(text: str, sentences: Sentences) -> Iterator[Mention]:
    """Stages of school that somebody is at, in the folded ``text``."""
    for found in _stages().finditer(text):
        start, end = found.span()
        first, _ = sentences.around(start)
        before, after = text[max(first, start - 60) : start], text[end : end + 40]
        tail = text[start:end]
        lead = grammar("mentions.lead").match(tail)
        if _not_before().search(before + (lead.group() if lead else "")) and not grammar(
            "mentions.said_of_somebody"
        ).search(before):
            continue
        if _not_after().search(after) and not (
            grammar("mentions.said_now").search(before) and grammar("mentions.told_after").match(after)
        ):
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
            Status.UNSURE if grammar("mentions.any_school").fullmatch(tail) else Status.UNDER,
            Form.SCHOOL,
            is_group=(tail.startswith("class") and bool(re.search(r"\b(?:a|my|the|our|whole)\s+$", before)))
            or tail.endswith(("kids", "children", "girls", "boys", "graders", "schoolers", "eners")),
            tail=end,
        )


@cache
def _stages() -> re.Pattern[str]:
    parts = table("grammar")["parts"]
    return re.compile(
        at_words(
            stage.replace("{ord}", parts["ORDINAL"]).replace("{n}", parts["SCHOOL_YEAR"])
            for stage in words("schools.under")
        )
    )


@cache
def _not_before() -> re.Pattern[str]:
    return re.compile("|".join(words("schools.not_under.before")))


@cache
def _not_after() -> re.Pattern[str]:
    return re.compile("|".join(words("schools.not_under.after")))
