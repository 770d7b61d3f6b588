"""Known values in a text, whoever wrote it: on word bounds, in any case, all in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from discretion.guard._fact_forms import is_everyday
from discretion.guard._fact_matcher import is_rare
from discretion.guard._memory import means_a_name, name_cues
from discretion.guard._view import View
from discretion.guard.stand_ins._data import table
from discretion.guard.stand_ins._spelling import WORDY, folded, words_of
from discretion.knowledge.gazetteer import common_words, familiar_names
from discretion.records import Kind
from discretion.text import Folded

FEWEST_LETTERS_PLURAL = 4
"""From so many letters on a name with an s is its owner's or its family's."""
_AROUND = 120
"""Characters on either side that say whether an everyday word is meant as a name."""
_GAP = r"[\s,.'&/-]{1,3}"
_VOCATIVE = re.compile(r"\s*(?:[,?!.\u2026*\"\u201d\u2019'\n]|$)")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
"""A value of kana, Han or Hangul: these are written without blanks, and a border is nowhere to be seen."""
_OPENS = re.compile(r"(?:^|[.!?\u2026*\"\u201c\n(])\s*$")


@dataclass(frozen=True, slots=True)
class Known:
    """One value to be found, compiled: its key and kind, the version that made it known, and whose it is."""

    key: str
    kind: Kind
    since: int
    group: int
    words: tuple[str, ...] = field(repr=False)
    pattern: re.Pattern[str] = field(repr=False)
    is_everyday: bool


class Place(NamedTuple):
    """Where a known value stands: code points in the text as given."""

    start: int
    end: int
    known: Known


def compiled(key: str, kind: Kind, value: str, since: int = 0, group: int = 0) -> Known:
    """A value as it is looked for."""
    is_wordy = kind in WORDY
    words = words_of(value) if is_wordy else tuple(folded(value).text.split())
    gap = _GAP if is_wordy else r"\s+"
    body = gap.join(_spelled(word) if is_wordy else re.escape(word) for word in words)
    must_mean_it = (is_wordy or kind is Kind.USERNAME) and len(words) == 1 and _is_word(kind, words[0])
    return Known(key, kind, since, group, words, re.compile(body), must_mean_it)


def _is_word(kind: Kind, word: str) -> bool:
    """Whether a value is an everyday word too; "mike" is a word to few, and everybody's name."""
    if kind in (Kind.NAME, Kind.PET) and word in familiar_names() and word not in common_words():
        return False
    if _UNSPACED.fullmatch(word):
        return False
    return is_everyday(word) and word not in table("stand_in_words")["name"]["no_words"]


def _spelled(word: str) -> str:
    """A word that may hold an apostrophe after its first letters: O'Neill and oneill are one."""
    return word[0] + "'?" + re.escape(word[1:]) if word[:1] in ("o", "d", "l") and len(word) > 3 else word


class KnownValues:
    """Values, compiled once each; ``find`` looks for all of them in one text."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    def add(self, known: Known) -> None:
        """Look for one more; a value that is looked for already stays as it is."""
        self._known.setdefault(known.key, known)

    def remove(self, key: str) -> None:
        """Look for a value no longer."""
        self._known.pop(key, None)

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def find(
        self, text: str, *, since: int = -1, is_meant: Callable[[Place], bool] = lambda place: True
    ) -> list[Place]:
        """Where the values that became known after version ``since`` stand, the longest at each place.

        Only those that ``is_meant`` says yes to: a longer one that is not must hide no shorter one.
        """
        asked = [one for one in self._known.values() if one.since > since]
        if not asked:
            return []
        low = folded(text)
        found: list[Place] = []
        unsure: list[Place] = []
        for one in asked:
            for place in _find(one, low):
                is_sure = not one.is_everyday or _means_it(one, text, place.start, place.end)
                (found if is_sure else unsure).append(place)
        if unsure:
            found += _adjoining(unsure, (*found, *unsure), text)
        return list(_longest(filter(is_meant, found)))


def _find(one: Known, low: Folded) -> Iterator[Place]:
    """Where the value stands on word bounds, meant or not."""
    if not _may_hold(one, low.text):
        return
    for match in one.pattern.finditer(low.text):
        is_free = bool(_UNSPACED.fullmatch(one.key))
        end = match.end() if is_free else _end(one, low.text, *match.span())
        if end is not None and (is_free or _begins(low.text, match.start())):
            span = low.given(match.start(), end)
            yield Place(span.start, span.end, one)


def _adjoining(unsure: Sequence[Place], all_places: Sequence[Place], text: str) -> Iterator[Place]:
    """Everyday words beside another part of the same name: "grace liu", "will marsh"."""
    ends = {place.end: place for place in all_places}
    starts = {place.start: place for place in all_places}
    for place in unsure:
        beside = (ends.get(place.start - 1), starts.get(place.end + 1))
        gaps = (text[place.start - 1 : place.start], text[place.end : place.end + 1])
        for other, gap in zip(beside, gaps, strict=True):
            if (
                other
                and gap == " "
                and other.known.group == place.known.group
                and other.known is not place.known
            ):
                yield place
                break


def _may_hold(one: Known, low: str) -> bool:
    return all(word in low or (one.kind in WORDY and word[1:] in low) for word in one.words)


def _begins(low: str, start: int) -> bool:
    """Whether a word begins at ``start``; an underscore is a mark ("_Jess_"), or joins a handle."""
    if start == 0:
        return True
    before = low[start - 1]
    return not (before.isalnum() or (before == "_" and start > 1 and low[start - 2].isalnum()))


def _end(one: Known, low: str, start: int, end: int) -> int | None:
    """The end of the value that was matched at ``start``, or ``None`` where a longer word goes on.

    A last letter drawn out belongs to it ("jesssss"; but "Lee" is not "Le"), the s of an owner or a family
    does not ("the kowalskis").
    """
    if _stops(low, end):
        return end
    if one.kind not in WORDY or not low[end - 1].isalpha():
        return None
    last = one.words[-1]
    drawn = end
    while low[drawn : drawn + 1] == last[-1]:
        drawn += 1
    if drawn > end and drawn - end + len(last) - len(last.rstrip(last[-1])) > 2 and _stops(low, drawn):
        return drawn
    many = "es" if last[-1] == "s" else "s"
    is_owner = low.startswith(many, end) and _stops(low, end + len(many))
    return end if is_owner and len(last) >= FEWEST_LETTERS_PLURAL and is_rare(last + many) else None


def _stops(low: str, end: int) -> bool:
    after = low[end : end + 2]
    return not (after[:1].isalnum() or (after[:1] == "_" and after[1:].isalnum()))


def _means_it(one: Known, text: str, start: int, end: int) -> bool:
    """Whether an everyday word stands for the value here: the rules of ``_memory`` and ``_said``."""
    if one.kind is Kind.USERNAME:
        return text[start - 1 : start] in ("@", "/") or text[start] == "@"
    around = text[max(0, start - _AROUND) : end + _AROUND]
    at = start - max(0, start - _AROUND)
    is_small = text[start].islower()
    if is_small and not _has_cue(text, start, end):
        return False
    is_somebody = one.kind in (Kind.NAME, Kind.PET)
    if is_somebody and not is_small and _OPENS.search(around[:at]) and _VOCATIVE.match(text, end):
        return not around.isupper()
    view = View(around)
    starts = (view.given(word.start, word.end).start for word in view.words.words)
    i = next((i for i, begin in enumerate(starts) if begin == at), None)
    return i is not None and means_a_name(view.words, i)


def _has_cue(text: str, start: int, end: int) -> bool:
    """Whether it is worth the look whether a word in small letters is a name: something stands around it."""
    after = text[end : end + 5].lower()
    if after[:1] in "'\u2019" or after.startswith(" the "):
        return True
    before = text[max(0, start - 12) : start].split()
    return bool(before) and before[-1].lower().strip(".,*\"'\u2019") in name_cues("before")


def _longest(found: Iterable[Place]) -> Iterator[Place]:
    """Of places that overlap the longest, of equals the first; in order."""
    kept: list[Place] = []
    for one in sorted(found, key=lambda place: (place.start, -place.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
        else:
            kept.append(one)
    return iter(kept)
