"""Finds the user's own facts in a message: as written, in their other notations, shortened and misspelled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discretion.guard._detector import OWN_FACT, Hit
from discretion.guard._fact_file import Fact
from discretion.guard._fact_forms import PROPER_NAMES, WORD, Form, forms, is_everyday, key, keys, lists
from discretion.guard._fact_patterns import FEWEST_PHONE_DIGITS, PATTERNS, literal, phone_digits, phones
from discretion.guard._view import View
from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words, places
from discretion.records import Kind
from discretion.text import Folded, unleet

FEWEST_LETTERS_MISSPELLED = 5
"""Shorter names are other names when a letter changes."""
FEWEST_LETTERS_MISSPELLED_OTHERS = 6
TWO_SLIPS_FROM = 9
"""From so many letters on two slips are a misspelling, below only one."""

_DIGIT = re.compile(r"\d")
_STRETCHED = re.compile(r"(.)\1{2,}")
_GAP = re.compile(r"[\s,.'&/()-]{0,3}")
_SENTENCE_START = re.compile(r"(?:^|[.!?*\"\n(])\s*$")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    slips: int


class FactMatcher:
    """Own facts, compiled once; ``find`` then looks for all of them in one message."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = tuple(facts)
        self._by_first: dict[str, list[Form]] = {}
        vocabulary: set[str] = set()
        misspellable: set[str] = set()
        numbers: list[str] = []
        plain: list[tuple[int, str]] = []
        noted: list[tuple[int, str]] = []
        for number, fact in enumerate(self._facts):
            notations = PATTERNS.get(fact.kind)
            for value in (fact.value, *fact.aliases):
                if notations:
                    noted += ((number, pattern) for pattern in notations(value))
                if _stands_alone(fact.kind, value):
                    plain += ((number, pattern) for pattern in literal(value))
                if fact.kind is Kind.PHONE and len(phone_digits(value)) >= FEWEST_PHONE_DIGITS:
                    numbers.append(phone_digits(value))
                for form in forms(fact.kind, value):
                    self._by_first.setdefault(form.words[0], []).append(form)
                    vocabulary.update(form.words)
                    misspellable.update(word for word in form.words if _may_be_misspelled(word, form))
        for some in self._by_first.values():
            some.sort(key=lambda form: (-len(form.words), -form.confidence))
        self._vocabulary = frozenset(vocabulary)
        self._misspellable = sorted(misspellable)
        self._phones = tuple(numbers)
        self._plain = _alternatives(plain, before=r"(?<!\w)")
        worded = (Kind.EMAIL, Kind.USERNAME)
        self._noted = _alternatives([row for row in noted if self._facts[row[0]].kind in worded])
        self._numbers = _alternatives([row for row in noted if self._facts[row[0]].kind not in worded])

    def find(self, view: View) -> Iterator[Hit]:
        """Hits of the facts, the surest of those that overlap; confidence 1 where written as given."""
        found: list[Hit] = []
        for reading in _readings(view):
            found += self._by_pattern(reading)
            found += self._by_words(view, reading)
        kept: list[Hit] = []
        for hit in sorted(found, key=lambda h: (h.start - h.end, -h.confidence, h.start)):
            if not any(hit.start < other.end and other.start < hit.end for other in kept):
                kept.append(hit)
        yield from sorted(kept, key=lambda h: h.start)

    def _by_pattern(self, reading: Folded) -> Iterator[Hit]:
        text = reading.text
        for pattern, confidence, reason in (
            (self._plain, 1.0, "equals one of your own facts"),
            (self._noted, 0.97, "another spelling of one of your own facts"),
            (
                self._numbers if _DIGIT.search(text) else None,
                0.97,
                "another spelling of one of your own facts",
            ),
        ):
            for match in pattern.finditer(text) if pattern else ():
                fact = self._facts[int((match.lastgroup or "f0").split("_")[0][1:])]
                start, end = match.span()
                span = reading.given(start, end)
                yield Hit(fact.kind, span.start, span.end, confidence, reason, 0.0, OWN_FACT)

        if self._phones and _DIGIT.search(text):
            for start, end in phones(text, self._phones):
                span = reading.given(start, end)
                yield Hit(Kind.PHONE, span.start, span.end, 0.97, "your own number", 0.0, OWN_FACT)

    def _by_words(self, view: View, reading: Folded) -> Iterator[Hit]:
        if not self._by_first:
            return
        tokens = [self._token(match) for match in WORD.finditer(reading.text)]
        for at, token in enumerate(tokens):
            for form in self._by_first.get(token.word, ()):
                last = self._fits(form, tokens, at, reading.text)
                if last is None or (form.needs_cue and not _is_name_like(view, reading, tokens, at)):
                    continue
                slips = sum(one.slips for one in tokens[at : last + 1])
                span = reading.given(token.start, tokens[last].end)
                confidence = max(0.6, form.confidence - 0.15 * slips)
                reason = form.reason + (", misspelled" if slips else "")
                yield Hit(form.kind, span.start, span.end, confidence, reason, 0.0, OWN_FACT)
                break

    def _fits(self, form: Form, tokens: list[_Token], at: int, text: str) -> int | None:
        """The index of the last token where the form stands at ``at``, else ``None``."""
        last = at + len(form.words) - 1
        if last >= len(tokens):
            return None
        for i, word in enumerate(form.words[1:], at + 1):
            if tokens[i].word != word or not _GAP.fullmatch(text, tokens[i - 1].end, tokens[i].start):
                return None
        return last

    def _token(self, match: re.Match[str]) -> _Token:
        """A word of the message as the fact word that it is, stretches, or misspells."""
        word, (start, end) = match[0], match.span()
        if word.endswith("'s"):
            word, end = word[:-2], end - 2
        plain = key(word)
        if plain in self._vocabulary:
            return _Token(start, end, plain, 0)
        if len(plain) >= 4 and plain[-1] == "s" and plain[:-1] in self._vocabulary and is_rare(plain):
            return _Token(start, end - 1, plain[:-1], 0)
        if "'" in word:
            return _Token(start, end, plain, 0)
        stretched = _STRETCHED.search(plain)
        if stretched:
            for spelling in (_STRETCHED.sub(r"\1", plain), _STRETCHED.sub(r"\1\1", plain)):
                if spelling in self._vocabulary:
                    return _Token(start, end, spelling, 0)
        if len(plain) >= FEWEST_LETTERS_MISSPELLED and is_rare(plain) and self._misspellable:
            slips = 2 if len(plain) >= TWO_SLIPS_FROM else 1
            meant = nearest(plain, self._misspellable, slips)
            if meant and (meant[0][0] == plain[0] or len(plain) >= 7) and meant[0] != plain + "s":
                return _Token(start, end, *meant)
        return _Token(start, end, plain, 0)


def nearest(word: str, known: Sequence[str], slips: int) -> tuple[str, int] | None:
    """The known word within so many slips (letters changed, left out, added or swapped) and their number."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    best = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips)
    return (best[0], int(best[1])) if best else None


def _readings(view: View) -> Iterator[Folded]:
    """The message as folded and, where they differ, with numbers read out and with digits read as letters."""
    yield view.folded
    if view.respelled is not view.folded:
        yield view.respelled
    letters = unleet(view.folded)
    if letters is not view.folded:
        yield letters


def _alternatives(rows: list[tuple[int, str]], before: str = "") -> re.Pattern[str] | None:
    """One pattern for all; the name of the group that matched begins with the number of the fact."""
    if not rows:
        return None
    rows = sorted(dict.fromkeys(rows), key=lambda row: -len(row[1]))
    branches = "|".join(f"(?P<f{number}_{i}>{text})" for i, (number, text) in enumerate(rows))
    return re.compile(f"{before}(?:{branches})")


def _stands_alone(kind: Kind, value: str) -> bool:
    """Whether the value as written is the fact wherever it stands: not an everyday name, not a bare age."""
    words = keys(value)
    if kind in PROPER_NAMES:
        return len(words) != 1 or not is_everyday(words[0])
    return not (kind is Kind.AGE and value.strip().isdigit())


def _may_be_misspelled(word: str, form: Form) -> bool:
    if form.is_nickname:
        return False
    fewest = FEWEST_LETTERS_MISSPELLED if form.kind is Kind.NAME else FEWEST_LETTERS_MISSPELLED_OTHERS
    return len(word) >= fewest and word.isalpha() and word not in ordinary_words()


def is_rare(word: str) -> bool:
    """Whether a folded word is neither an everyday word, nor a listed name, nor a place."""
    return not any(word in known() for known in (ordinary_words, given_names, family_names, places))


def _is_name_like(view: View, reading: Folded, tokens: list[_Token], at: int) -> bool:
    """Whether an everyday word stands as a name: by a capital inside a sentence, or by the words around."""
    token = tokens[at]
    names = lists()["name"]
    before = reading.text[: token.start]
    previous = tokens[at - 1].word if at else ""
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    is_adjoining = bool(at) and reading.text[tokens[at - 1].end : token.start].isspace()
    if is_adjoining and previous in names["before"]:
        return True
    span = reading.given(token.start, token.end)
    written = view.text[span.start : span.end]
    is_capital = written[:1].isupper() and not view.text.isupper()
    if is_capital and not _SENTENCE_START.search(before[-8:]):
        return True
    after = reading.text[token.end : token.end + 3]
    if is_capital:
        is_verb = len(following) > 3 and following.endswith(("s", "ed")) and following not in ("this", "less")
        return is_verb or following in names["after"] or after.startswith("'s")
    # "goodnight, grace"
    return before.rstrip(" ").endswith(",") and (not after or after[0] in ".!?*\n")
