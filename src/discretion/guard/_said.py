"""Facts that the user told as their own life, known again later in the conversation.

A handle, a birth date or a plate counts from then on in the story too; a workplace, a place, a school or a
pet with a proper name counts again in a later message about a life. (findings.md, "Boundaries, decided once")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from discretion.guard._assertion import is_denied
from discretion.guard._detector import OWN_FACT, Hit
from discretion.guard._frame import FrameJudgement
from discretion.guard._memory import SURE, TEACHING_MARGIN, joined, means_a_name, overlaps
from discretion.guard._merge import standing
from discretion.guard._verdict import is_proper
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.knowledge.gazetteer import ordinary_words, plain
from discretion.records import Frame, Kind
from discretion.text import Message

ALSO_IN_STORY = frozenset({Kind.USERNAME, Kind.DATE_OF_BIRTH, Kind.VEHICLE_PLATE})
"""Kinds that count in a story once they are known."""

AGAIN_IN_LIFE = frozenset({Kind.WORKPLACE, Kind.LOCATION, Kind.EDUCATION, Kind.PET})
"""Kinds that count again in a later message about a life, where they are a proper name."""

MOST_FACTS = 200
"""How many facts a conversation keeps."""

MOST_WORDS = 8
"""Words of a fact that is kept."""

FEWEST_PLATE_CHARACTERS = 5

_READ_CHARACTERS = 20_000
_CONFIDENCE = 0.8
_BIRTH = frozenset({"born", "birthday", "bday", "birthdate", "dob", "birth"})

_NOUNS = ("workplace_noun", "school_noun", "degree", "subject", "animal")

Key = tuple[str, ...]


class SaidBefore:
    """The facts of one conversation as folded words; no other text is kept."""

    def __init__(self) -> None:
        self._known: dict[Key, Kind] = {}
        self._first: set[str] = set()

    def settle(
        self,
        message: Message,
        hits: tuple[Hit, ...],
        frames: FrameJudgement,
        is_character: Callable[[Key], bool] = lambda words: False,
    ) -> tuple[Hit, ...]:
        """``hits`` with the known facts added that stand here again; this message's own are then learned.

        ``is_character`` says of words whether they are a character's name, which never becomes a fact. A
        swipe that was not chosen (``alternative`` ≥ 1) teaches nothing.
        """
        text = message.text[:_READ_CHARACTERS]
        to_learn = [hit for hit in hits if self._teaches(message, hit, frames)]
        low = plain(text) if self._first else ""
        may_hold = any(word in low for word in self._first)
        if not to_learn and not may_hold:
            return hits
        view = View(text)
        firm = standing(hits, frames)
        added = [hit for hit in (self._known_in(view, frames) if may_hold else ()) if not overlaps(hit, firm)]
        for hit in to_learn:
            self._learn(view, hit, is_character)
        return joined(hits, added)

    def _teaches(self, message: Message, hit: Hit, frames: FrameJudgement) -> bool:
        return (
            message.alternative == 0
            and hit.kind in ALSO_IN_STORY | AGAIN_IN_LIFE
            and hit.end <= _READ_CHARACTERS
            and frames.margin >= TEACHING_MARGIN
            and frames.at(hit.start) is Frame.SELF
            and max(hit.confidence, hit.self_evidence) >= SURE
            and (hit.kind in ALSO_IN_STORY or is_proper(message.text[hit.start : hit.end]))
        )

    def _learn(self, view: View, hit: Hit, is_character: Callable[[Key], bool]) -> None:
        words = view.words
        inside: list[int] = []
        for i, word in enumerate(words.words):
            span = view.given(word.start, word.end)
            if span.start < hit.end and span.end > hit.start and (inside or word.key != "the"):
                inside.append(i)
        key = tuple(words.keys[i] for i in inside)
        if not 0 < len(key) <= MOST_WORDS or len("".join(key)) < 3 or len(self._known) >= MOST_FACTS:
            return
        if hit.kind is Kind.VEHICLE_PLATE and not _is_plate(key):
            return
        # A noun of its kind ("high school", "bakery") is no name and says nothing when it is met again.
        nouns = {i for run in words.runs(*_NOUNS) for i in range(*run)}
        if hit.kind in AGAIN_IN_LIFE and nouns.issuperset(inside):
            return
        if not is_character(key):
            self._known.setdefault(key, hit.kind)
            self._first.add(key[0])

    def _known_in(self, view: View, frames: FrameJudgement) -> Iterator[Hit]:
        words, end = view.words, 0
        for i, word in enumerate(words.keys):
            if word not in self._first or i < end:
                continue
            for n in range(min(MOST_WORDS, len(words.keys) - i), 0, -1):
                kind = self._known.get(words.keys[i : i + n])
                if kind is None:
                    continue
                if hit := _hit(view, (i, i + n), kind, frames):
                    yield hit
                    end = i + n
                break


def _hit(view: View, run: tuple[int, int], kind: Kind, frames: FrameJudgement) -> Hit | None:
    """The known fact in the words ``[i, j)``, where they mean it and its kind counts there."""
    i, j = run
    words = view.words
    span = view.given(words.words[i].start, words.words[j - 1].end)
    is_life = frames.at(span.start) is Frame.SELF and not is_denied(words, i)
    if not (kind in ALSO_IN_STORY or is_life) or not _means_it(words, i, j - i, kind):
        return None
    has_sign = kind is Kind.USERNAME and view.text[span.start - 1 : span.start] == "@"
    start = span.start - 1 if has_sign else span.start
    return Hit(kind, start, span.end, _CONFIDENCE, "said before as your own", SURE, detector=OWN_FACT)


def _is_plate(key: Key) -> bool:
    whole = "".join(key)
    return len(whole) >= FEWEST_PLATE_CHARACTERS and any(map(str.isdigit, whole))


def _means_it(words: Words, i: int, n: int, kind: Kind) -> bool:
    """Whether the words stand for the fact here, and do not merely match."""
    key = words.keys[i : i + n]
    if kind is Kind.DATE_OF_BIRTH:
        return any(len(part) == 4 and part.isdigit() for part in key) or not _BIRTH.isdisjoint(words.keys)
    if kind is Kind.USERNAME:
        is_word = n == 1 and key[0] in ordinary_words()
        return not is_word or words.text[words.words[i].start - 1 : words.words[i].start] in ("@", "/")
    return n > 1 or key[0] not in ordinary_words() or means_a_name(words, i)
