"""One message read once for all identifier detectors: its words, its numbers, the cue words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from weakref import WeakKeyDictionary

from discretion.guard._view import View
from discretion.guard.detectors._data import sections

BEFORE = 110
"""How many characters before a number are searched for cue words."""
AFTER = 40
"""How many characters after it."""

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['’/.-][^\W\d_]+)*")
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:-[^\W\d_]+)*")
# What may stand between two groups of one number: keycap marks count as part of the digit.
_GAP = re.compile(r"[\ufe0f\u20e3]{0,2}[ \u00a0]{0,2}[-–—−./()·•_~|]{0,2}[ \u00a0]{0,2}")
_COMMA_GAP = re.compile(r"(?:[ \u00a0]?[,;][ \u00a0]{1,2})|(?:,)")
_MOST_ATOMS = 40
# A number of a list has at least two groups and so many figures; all of one number has no more than so many.
_LISTED_FEWEST = 7
_ONE_MOST = 19


@dataclass(frozen=True, slots=True)
class Atom:
    """One group of digits ``[start, end)`` in the folded text, as figures or as number words."""

    start: int
    end: int
    digits: str
    is_spoken: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Groups of digits that stand together, as one number may be written."""

    atoms: tuple[Atom, ...]

    @property
    def start(self) -> int:
        """Start of the first group."""
        return self.atoms[0].start

    @property
    def end(self) -> int:
        """End of the last group."""
        return self.atoms[-1].end

    @property
    def digits(self) -> str:
        """All figures in order."""
        return "".join(atom.digits for atom in self.atoms)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many figures each group has."""
        return tuple(len(atom.digits) for atom in self.atoms)

    @property
    def is_spoken(self) -> bool:
        """Whether any group is written in words."""
        return any(atom.is_spoken for atom in self.atoms)

    def parts(self, first: int, last: int) -> Run:
        """The run of the groups ``[first, last)``."""
        return Run(self.atoms[first:last])


@cache
def _spoken() -> tuple[dict[str, int], dict[str, int]]:
    values: dict[str, int] = {}
    repeats: dict[str, int] = {}
    for language, words in sections("spoken_digits.txt").items():
        target = repeats if language == "repeat" else values
        for pair in words:
            word, _, value = pair.partition("=")
            if language == "times":
                repeats[word] = int(value)
            else:
                target.setdefault(word, int(value))
    return values, repeats


@cache
def _cue_words() -> tuple[dict[str, tuple[str, ...]], int]:
    """Cue word or phrase → its categories; the most words that a phrase has."""
    table: dict[str, list[str]] = {}
    for category, words in sections("cues.txt").items():
        for word in words:
            table.setdefault(word, []).append(category)
    return {word: tuple(kinds) for word, kinds in table.items()}, max(w.count(" ") + 1 for w in table)


class Reading:
    """What all identifier detectors need of one message, each part made on first use."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.has_digit = _DIGIT.search(text) is not None

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the message, without punctuation at their ends."""
        return frozenset([word.strip(".,;:!?\"'()*[]“”‘’") for word in self.text.split()])

    @cached_property
    def has_spoken(self) -> bool:
        """Whether enough number words stand in it to make up an identifier."""
        values, repeats = _spoken()
        if self.words.isdisjoint(values) and "-" not in self.text:
            return False
        count = 0
        for word in _WORD.findall(self.text):
            for part in word.split("-"):
                if part in values or part in repeats:
                    count += 1
        return count >= 3 or (count > 0 and self.has_digit)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The numbers, in figures, in words or mixed, in order."""
        if not self.has_digit and not self.has_spoken:
            return ()
        return tuple(run for raw in self._joined() for run in _settled(raw, self.text))

    def _atoms(self) -> Iterator[Atom]:
        if not self.has_spoken:
            for match in _NUMBER.finditer(self.text):
                yield Atom(match.start(), match.end(), _ascii(match.group()), False)
            return
        yield from _spoken_atoms(self.text)

    def _joined(self) -> Iterator[list[Atom]]:
        current: list[Atom] = []
        for atom in self._atoms():
            if current:
                gap = self.text[current[-1].end : atom.start]
                near = len(gap) <= 6 and (_GAP.fullmatch(gap) or _COMMA_GAP.fullmatch(gap))
                if not near:
                    yield current
                    current = []
                elif len(current) >= _MOST_ATOMS:
                    cut = _cut(current, self.text)
                    yield current[:cut]
                    current = current[cut:]
            current.append(atom)
        if current:
            yield current

    def cues(self, start: int, end: int) -> dict[str, int]:
        """Category of cue words around ``[start, end)`` → distance in characters of the nearest.

        Words after the number count as a little farther than they are.
        """
        table, longest = _cue_words()
        nearest: dict[str, int] = {}
        low = max(0, start - BEFORE)
        for base, window in ((low, self.text[low:start]), (end, self.text[end : end + AFTER])):
            found = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(window)]
            for i, (_, first, _) in enumerate(found):
                for count in range(1, longest + 1):
                    if i + count > len(found):
                        break
                    phrase = " ".join(word for word, _, _ in found[i : i + count])
                    if phrase not in table and phrase.endswith(("'s", "’s")):
                        phrase = phrase[:-2]
                    for category in table.get(phrase, ()):
                        last = found[i + count - 1][2]
                        gap = len(window) - last if base == low else first + 8
                        if gap < nearest.get(category, 1_000):
                            nearest[category] = max(gap, 0)
        return nearest


def _ascii(figures: str) -> str:
    return figures if figures.isascii() else "".join(str(int(figure)) for figure in figures)


def _spoken_atoms(text: str) -> Iterator[Atom]:
    """Figures and number words; tens and units, hundreds and the rest, "double five" are put together."""
    values, repeats = _spoken()
    pending: tuple[int, int, int] | None = None
    repeat: tuple[int, int] | None = None
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token.isdigit():
            if pending:
                yield _said(pending)
            pending = None
            digits = _ascii(token)
            start = match.start()
            if repeat and len(digits) == 1:
                digits, start = digits * repeat[0], repeat[1]
            repeat = None
            yield Atom(start, match.end(), digits, False)
            continue
        value = values.get(token)
        if value is None and "-" in token:
            value = _compound(token, values)
            if value is None and all(part in values or part in repeats for part in token.split("-")):
                if pending:
                    yield _said(pending)
                pending = repeat = None
                yield from _hyphened(token, match.start(), values, repeats)
                continue
        if value is None:
            if token in repeats and repeats[token] < 100:
                if pending:
                    yield _said(pending)
                pending = None
                repeat = (repeats[token], match.start())
                continue
            if token in repeats and pending and 0 < pending[2] < 10:
                pending = (pending[0], match.end(), pending[2] * 100)
                continue
            if pending:
                yield _said(pending)
            pending = repeat = None
            continue
        if repeat and value < 10:
            if pending:
                yield _said(pending)
            yield Atom(repeat[1], match.end(), str(value) * repeat[0], True)
            pending = repeat = None
            continue
        repeat = None
        if pending and _adds(pending[2], value) and match.start() - pending[1] <= 2:
            pending = (pending[0], match.end(), pending[2] + value)
            continue
        if pending:
            yield _said(pending)
        pending = (match.start(), match.end(), value)
    if pending:
        yield _said(pending)


def _hyphened(token: str, at: int, values: dict[str, int], repeats: dict[str, int]) -> Iterator[Atom]:
    """Number words joined one by one ("double-seven", "five-five-five")."""
    start, times = at, 1
    for part in token.split("-"):
        if part in repeats:
            start, times = at, repeats[part] if repeats[part] < 100 else 1
        else:
            yield Atom(start if times > 1 else at, at + len(part), str(values[part]) * times, True)
            times = 1
        at += len(part) + 1


def _said(pending: tuple[int, int, int]) -> Atom:
    return Atom(pending[0], pending[1], str(pending[2]), True)


def _adds(first: int, second: int) -> bool:
    if first % 100 == 0 < first:
        return 0 < second < 100
    return first % 100 >= 20 and first % 10 == 0 and 0 < second < 10


def _compound(token: str, values: dict[str, int]) -> int | None:
    """A hyphenated number ("fifty-one", "quatre-vingt-dix-huit"); None where it is none."""
    parts = token.replace("quatre-vingts", "quatre-vingt").split("-")
    if parts[:2] == ["quatre", "vingt"]:
        total, parts = 80, parts[2:]
    elif parts[0] in values and values[parts[0]] >= 20:
        total, parts = values[parts[0]], parts[1:]
    else:
        return None
    for part in parts:
        if part == "et":
            continue
        if part not in values:
            return None
        total += values[part]
    return total if total < 1000 else None


def _cut(atoms: list[Atom], text: str) -> int:
    """Where too many groups are parted: at the last comma or white space, so that no number is cut in two."""
    for signs in (",;", " \u00a0"):
        for at in range(len(atoms) - 1, len(atoms) // 2, -1):
            if set(signs) & set(text[atoms[at - 1].end : atoms[at].start]):
                return at
    return len(atoms)


def _settled(atoms: list[Atom], text: str) -> Iterator[Run]:
    """Commas join groups only where a number is said aloud or figure by figure."""
    spoken = any(atom.is_spoken for atom in atoms) or sum(len(a.digits) == 1 for a in atoms) * 2 > len(atoms)
    if spoken:
        yield Run(tuple(atoms))
        return
    for stretch in _parted(atoms, text, ",;"):
        yield from map(Run, _listed(stretch, text))


def _listed(atoms: tuple[Atom, ...], text: str) -> list[tuple[Atom, ...]]:
    """The numbers of a list with only white space between them ("555-0123-45 555-0188-67 …")."""
    if len(atoms) < 4 or sum(len(atom.digits) for atom in atoms) <= _ONE_MOST:
        return [atoms]
    parts = [*_parted(atoms, text, " \u00a0")]
    is_list = all(len(part) > 1 and sum(len(a.digits) for a in part) >= _LISTED_FEWEST for part in parts)
    return parts if is_list else [atoms]


def _parted(atoms: Sequence[Atom], text: str, signs: str) -> Iterator[tuple[Atom, ...]]:
    """The groups, parted where one of ``signs`` stands between two."""
    first = 0
    for at in range(1, len(atoms)):
        if set(signs) & set(text[atoms[at - 1].end : atoms[at].start]):
            yield tuple(atoms[first:at])
            first = at
    yield tuple(atoms[first:])


_READINGS: WeakKeyDictionary[View, Reading] = WeakKeyDictionary()


def read(view: View) -> Reading:
    """The reading of the folded text of ``view``, shared by all detectors."""
    reading = _READINGS.get(view)
    if reading is None:
        reading = _READINGS[view] = Reading(view.folded.text)
    return reading
