"""Where a text states an age: by number, school year, term, looks, threshold or year of birth.

A mention found here has no role yet: ``roles`` says whom it is about. All offsets count in the folded text.
"""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard.limits._cues import Form, Status
from discretion.guard.limits._gate import may_be_looks, may_be_number, may_be_school, may_be_term
from discretion.guard.limits._mention import OF_AGE, Mention, Sentences
from discretion.guard.limits._number_ages import number_age
from discretion.guard.limits._numbers import numbers
from discretion.guard.limits._school import school_stages
from discretion.guard.limits._terms import age_terms, childlike_looks
from discretion.guard.limits._words import entries, grammar

MOST_MENTIONS = 40
"""Of more mentions in one text those of full age are left out first: nobody states so many in earnest."""


def read_mentions(text: str, tokens: frozenset[str], sentences: Sentences) -> list[Mention]:
    """Every statement of an age in the folded ``text``, in its order; where two overlap, the number stays.

    ``tokens`` are its words (``_gate.tokens_of``): a family is only tried where one of its words stands.
    """
    found = []
    if may_be_number(text, tokens):
        found += [m for n in numbers(text) if (m := number_age(text, n, sentences))]
    found += _abroad(text, tokens)
    found += _born(text)
    found += _birthdays(text)
    taken = [(m.start, m.end) for m in found]
    for mention in _worded(text, tokens, sentences):
        if not any(mention.start < end and start < mention.end for start, end in taken):
            found.append(mention)
            taken.append((mention.start, mention.end))
    kept = sorted((m for m in found if not _is_ruled_out(text, m, sentences)), key=lambda m: m.start)
    if len(kept) > MOST_MENTIONS:
        kept = sorted(kept, key=lambda m: m.status is Status.ADULT)[:MOST_MENTIONS]
        kept.sort(key=lambda m: m.start)
    return kept


def _is_ruled_out(text: str, mention: Mention, sentences: Sentences) -> bool:
    """Whether a mention stands in a rule against minors ("never depict anyone under 18") and is of nobody."""
    if mention.status is Status.ADULT or mention.form not in (Form.THRESHOLD, Form.TERM, Form.LOOKS):
        return False
    start, _ = sentences.around(mention.start)
    before = text[max(start, mention.start - 120) : mention.start]
    before = grammar("mentions.under").sub("", before) or before
    told = grammar("mentions.rule_subject")
    if (rule := grammar("mentions.rule_before").search(before)) and not told.search(before, rule.start()):
        return True
    return bool(grammar("mentions.rule_after").match(text, mention.end)) and not told.search(before)


def _worded(text: str, tokens: frozenset[str], sentences: Sentences) -> Iterator[Mention]:
    if may_be_looks(tokens):
        yield from childlike_looks(text)
    if may_be_school(text, tokens):
        yield from school_stages(text, sentences)
    if may_be_term(tokens):
        yield from age_terms(text)


def _abroad(text: str, tokens: frozenset[str]) -> Iterator[Mention]:
    """The author's own age said in another language ("ich bin 16"); unsure, since the rest is not read."""
    if not tokens.isdisjoint(entries("gates.words.abroad")):
        for said in grammar("mentions.abroad").finditer(text):
            yield Mention(*said.span(), Status.UNSURE, Form.NUMBER, tail=said.end(), is_abroad=True)


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
