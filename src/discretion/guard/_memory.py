"""What a conversation has shown about names: whose is a character's, and whose a real person's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from discretion.guard._casting import cast
from discretion.guard._detector import OWN_FACT, Hit
from discretion.guard._frame import FrameJudgement
from discretion.guard._kin import own_kin
from discretion.guard._merge import standing
from discretion.guard._view import View
from discretion.guard._words import Word, Words
from discretion.knowledge.gazetteer import given_names, ordinary_words, plain
from discretion.records import Frame, Kind
from discretion.text import Message, Setting

MOST_NAMES = 500
"""How many names of either sort a conversation keeps."""

SURE = 0.5
"""From this confidence or ``self_evidence`` on a name counts as one that the user gave as real."""

TEACHING_MARGIN = 1.0
"""By how many points a message must speak of life before a bare name in it counts as a real one."""

_READ_CHARACTERS = 4_000
_CARD_NAME = re.compile(r"\s*(?:name\s*:\s*)?([^\n,:;|(–—]{1,60})", re.IGNORECASE)
_CAPITALISED = re.compile(r"\b[A-Z][a-zà-öø-ÿ]+\b")
# "*Ysolde catches your wrist*", "Marco peeled one": a name that acts in the other side's narration.
_ACTS = re.compile(r"\b([A-Z][a-zà-öø-ÿ]{2,})(?:'s\b|\s+(?:[a-z]+ly\s+)?[a-z]{2,}(?:s|ed)\b)")


@cache
def name_cues(section: str) -> frozenset[str]:
    """The words of one section of data/name_cues.txt."""
    found, at = set(), ""
    text = files("discretion.guard").joinpath("data/name_cues.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("= "):
            at = line[2:]
        elif line and line[0] != "#" and at == section:
            found.add(line)
    return frozenset(found)


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s.’'-]+", plain(name)) if len(part) > 1]


def overlaps(hit: Hit, kept: tuple[Hit, ...]) -> bool:
    """Whether ``hit`` shares a character with one of ``kept``, which stand apart and in order."""
    at = bisect_left(kept, hit.start, key=lambda other: other.start)
    return (at > 0 and kept[at - 1].end > hit.start) or (at < len(kept) and kept[at].start < hit.end)


def joined(hits: tuple[Hit, ...], added: Sequence[Hit]) -> tuple[Hit, ...]:
    """``hits`` and what is ``added`` in order; of the first those go that an added one overlaps."""
    if not added:
        return hits
    new = tuple(added)
    return tuple(sorted((*(hit for hit in hits if not overlaps(hit, new)), *new), key=lambda hit: hit.start))


class NameMemory:
    """The names of one conversation: characters' and real people's, folded; no other text is kept."""

    def __init__(self, setting: Setting) -> None:
        self._characters: set[str] = set()
        self._real: set[str] = set()
        self.enter(setting)

    def enter(self, setting: Setting) -> None:
        """Take in the character's name and card, at the start or where they come later."""
        card = _CARD_NAME.match((setting.card or "")[:_READ_CHARACTERS])
        for source in (setting.character or "", card.group(1) if card else ""):
            self._add_characters(_CAPITALISED.findall(source))
        # Who and what else a card names is of the story too; an ordinary word with a capital only opens a
        # sentence there.
        told = (setting.card or "")[:_READ_CHARACTERS]
        self._add_characters([w for w in _CAPITALISED.findall(told) if plain(w) not in ordinary_words()])

    def observe(self, message: Message) -> None:
        """Take in a message of the other side: who acts in its narration is a character."""
        text = message.text[:_READ_CHARACTERS]
        self._add_characters(_ACTS.findall(text))
        if message.speaker:
            self._add_characters(_CAPITALISED.findall(message.speaker))

    def settle(
        self,
        message: Message,
        hits: tuple[Hit, ...],
        frames: FrameJudgement,
        real: Sequence[tuple[int, int]] = (),
    ) -> tuple[Hit, ...]:
        """The hits of a message of the user, less characters' names, with known real names added.

        What the message itself shows about names is learned, for this message and those after it; a swipe
        that was not chosen (``alternative`` ≥ 1) teaches nothing. ``real`` are the spans of people whom its
        wording presents as real.
        """
        hits = self._with_kin(message, hits, frames)
        if message.alternative == 0:
            played = list(cast(message.text, hits, real))
            self._add_characters(played)
            self._learn_real(message.text, hits, frames, frozenset(p for n in played for p in _parts(n)))
        kept = self.settle_names(message.text, hits, frames)
        if message.alternative == 0:
            self._learn_characters(message.text, hits, frames)
        if not self._may_hold_known(message.text):
            return kept
        firm = standing(kept, frames)
        return joined(kept, [hit for hit in self.known(View(message.text)) if not overlaps(hit, firm)])

    def _with_kin(self, message: Message, hits: tuple[Hit, ...], frames: FrameJudgement) -> tuple[Hit, ...]:
        """``hits`` with the names of the user's own kin in a story made known ones, which count there."""
        text = message.text
        told = [hit for hit in hits if hit.kind is Kind.NAME and frames.at(hit.start) is Frame.FICTION]
        if not told or not (kin := own_kin(text, frames)):
            return hits
        own = {
            hit
            for hit in told
            if any(hit.start < end and start < hit.end for start, end in kin)
            and self._characters.isdisjoint(_parts(text[hit.start : hit.end]))
        }
        for hit in own if message.alternative == 0 else ():
            self._add_real(_parts(text[hit.start : hit.end]))
        return tuple(replace(hit, detector=OWN_FACT) if hit in own else hit for hit in hits)

    def _learn_real(
        self, text: str, hits: tuple[Hit, ...], frames: FrameJudgement, played: frozenset[str]
    ) -> None:
        is_sure = frames.margin >= TEACHING_MARGIN
        for hit in hits:
            if hit.kind is not Kind.NAME or frames.at(hit.start) is Frame.FICTION:
                continue
            parts = _parts(text[hit.start : hit.end])
            if hit.detector != OWN_FACT and played.issuperset(parts):
                continue
            new = self._characters.isdisjoint(parts)
            given = hit.self_evidence >= SURE or (new and hit.confidence >= SURE)
            if (is_sure and given) or _is_called_real(text, hit):
                self._add_real(parts)

    def _learn_characters(self, text: str, hits: tuple[Hit, ...], frames: FrameJudgement) -> None:
        for hit in hits:
            is_played = hit.detector != OWN_FACT and frames.at(hit.start) is Frame.FICTION
            if hit.kind is Kind.NAME and is_played:
                self._add_characters([text[hit.start : hit.end]])

    def settle_names(self, text: str, hits: tuple[Hit, ...], frames: FrameJudgement) -> tuple[Hit, ...]:
        """``hits`` less the names that are a character's in this conversation."""
        if all(hit.kind is not Kind.NAME for hit in hits):
            return hits
        return tuple(hit for hit in hits if hit.kind is not Kind.NAME or not self._is_character(text, hit))

    def known(self, view: View) -> Iterator[Hit]:
        """Names given as real before, where they stand again and mean the person."""
        words = view.words
        for i, word in enumerate(words.words):
            if word.key in self._real and (word.key not in ordinary_words() or means_a_name(words, i)):
                span = view.given(word.start, word.end)
                yield Hit(
                    Kind.NAME, span.start, span.end, 0.8, "a name given as real before", detector=OWN_FACT
                )

    def _is_character(self, text: str, hit: Hit) -> bool:
        return hit.detector != OWN_FACT and self.is_character(_parts(text[hit.start : hit.end]))

    def is_character(self, words: Sequence[str]) -> bool:
        """Whether folded words are a character's name in this conversation."""
        return bool(words) and self._real.isdisjoint(words) and self._characters.issuperset(words)

    def _may_hold_known(self, text: str) -> bool:
        if not self._real:
            return False
        lower = text.lower()
        return any(name in lower for name in self._real)

    def _add_characters(self, names: list[str]) -> None:
        for name in names:
            for part in _parts(name):
                if part not in self._real and part not in name_cues("title"):
                    if len(self._characters) >= MOST_NAMES:
                        return
                    self._characters.add(part)

    def _add_real(self, parts: list[str]) -> None:
        for part in parts:
            is_word = part in ordinary_words() and part not in given_names()
            if len(self._real) < MOST_NAMES and not is_word and part not in name_cues("title"):
                self._real.add(part)
                self._characters.discard(part)


def _is_called_real(text: str, hit: Hit) -> bool:
    """Whether words nearby say so ("thats my real name")."""
    around = plain(text[max(0, hit.start - 60) : hit.end + 60])
    return any(f" {cue} " in f" {around} " for cue in name_cues("real"))


def means_a_name(words: Words, i: int) -> bool:
    """Whether an everyday word ("grace", "will") stands as a name here."""
    word = words.words[i]
    before = words.keys[i - 1] if i else ""
    after: Word | None = words.words[i + 1] if i + 1 < len(words.words) else None
    if before in name_cues("before") or word.owner:
        return True
    if after is not None and not after.gap and after.key == "the":
        return True
    if not word.capital:
        return False
    return not word.opens or (after is not None and after.key.endswith("s") and len(after.key) > 3)
