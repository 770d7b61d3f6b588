"""Finds the pair of a value, or makes one: the candidate that nothing speaks against."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from random import Random

from discretion.guard._fact_file import Fact
from discretion.guard._fact_matcher import FEWEST_LETTERS_MISSPELLED, is_rare, nearest
from discretion.guard.stand_ins._bearers import kin_names
from discretion.guard.stand_ins._book import Book, key_of
from discretion.guard.stand_ins._seam import Asked, Offer, discovered
from discretion.guard.stand_ins._seen import SeenWords
from discretion.guard.stand_ins._spelling import WORDY, are_same, careful, form_of, holds_words, words_of
from discretion.guard.stand_ins._taken import Taken
from discretion.knowledge.gazetteer import family_names, given_names
from discretion.records import Kind, Pair
from discretion.text import fold

MOST_CANDIDATES = 250
"""Candidates that are tried for one value before a phrase takes its place."""
AROUND = 60
"""Characters before and after a value that its stand-in may be chosen by."""
SAME_FIRST_LETTER_BELOW = 7
"""Shorter names are other names when their first letter changes."""
_STRETCHED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True, slots=True)
class Found:
    """A value in a text: the run that carries it, and what it is where the run alone does not say so."""

    kind: Kind
    text: str
    start: int
    end: int
    value: str = ""

    @property
    def written(self) -> str:
        """The value as written, in one line and without what cannot be seen."""
        told = " ".join((self.value or self.text[self.start : self.end]).split())
        if any(unicodedata.category(char) == "Cf" for char in told):
            return fold(told).text
        return unicodedata.normalize("NFKC" if self.kind in WORDY else "NFC", told)


class Maker:
    """Makes the pairs of one persona and puts them into its ``book``."""

    def __init__(
        self,
        book: Book,
        seen: SeenWords,
        *,
        persona: str,
        facts: Sequence[Fact],
        locale: str,
        secret: bytes,
        today: Callable[[], date],
    ) -> None:
        self._book, self._seen, self._facts = book, seen, tuple(facts)
        self._persona, self._locale, self._secret, self._today = persona, locale, secret, today
        self._read = ""

    def pair_for(self, found: Found, group: int | None = None, offer: Offer | None = None) -> Pair | None:
        """The pair of a value, made where there is none; ``None`` where nothing can stand in for it.

        ``group`` is whose the value is, ``offer`` who offers where it is not the kind's.
        """
        plain = key_of(found.kind, found.written)
        for spelling in _spellings(found.kind, plain):
            pair = self._book.standing_for(spelling)
            if pair is not None:
                return self.with_care(pair, found)
        offer = offer or discovered().get(found.kind)
        if not plain or offer is None or any("\ud800" <= char <= "\udfff" for char in found.written):
            return None
        if found.kind is Kind.NAME and (pair := self._misspelled(plain)):
            return pair
        return self._made(found, group, offer)

    def taken_for(self, kind: Kind, real: str, kin: Sequence[Pair] = ()) -> Taken:
        """What a stand-in for ``real`` must not be."""
        return Taken(kind, real, self._book.pairs, self._facts, self._seen, self._today(), kin)

    def random_for(self, kind: Kind, plain: str) -> Random:
        """The draw of one value: the same in every session of the persona."""
        told = f"{self._persona.casefold()}\0{kind.value}\0{plain}".encode("utf-8", "surrogatepass")
        return Random(hmac.digest(self._secret, told, "sha256"))  # noqa: S311  keyed; not guessable without

    def read(self, text: str) -> None:
        """Remember the words of a text in which a value is replaced: its stand-in is none of them."""
        if text is not self._read:
            self._read = text
            self._seen.take_in(text)

    def _made(self, found: Found, group: int | None, offer: Offer) -> Pair | None:
        self.read(found.text)
        kind, text = found.kind, found.text
        real = careful(kind, _shrunk(kind, found.written), text)
        plain = key_of(kind, real)
        kin = list(self._kin(kind, real, plain))
        asked = Asked(
            kind,
            real,
            self.random_for(kind, plain),
            self._today(),
            text[max(0, found.start - AROUND) : found.start],
            text[found.end : found.end + AROUND],
            self._locale,
            self._book.active(kind),
        )
        taken = self.taken_for(kind, real, kin)
        tried = islice(offer(asked), MOST_CANDIDATES)
        stand_in = next((one for one in tried if taken.why_not(one) is None), None)
        if stand_in is None:
            return None
        before = self._book.last_for(plain)
        near = kin[0] if kin else before or self._inside(kind, real, stand_in)
        made = datetime.now(UTC).replace(microsecond=0)
        belongs = near.group if near else group if group is not None else self._book.new_group()
        return self._book.add(Pair(self._persona, kind, real, stand_in, made, belongs))

    def _kin(self, kind: Kind, real: str, plain: str) -> Iterator[Pair]:
        """Pairs of other forms of the same name, or of other notations of the same value."""
        related = kin_names(plain) if kind is Kind.NAME else frozenset()
        today = self._today()
        form = form_of(kind, real, today)
        for pair in self._book.active(kind):
            is_kin = key_of(kind, pair.real) in related
            if is_kin or (kind not in WORDY and are_same(kind, form, form_of(kind, pair.real, today))):
                yield pair

    def _inside(self, kind: Kind, real: str, stand_in: str) -> Pair | None:
        """The pair that a new one contains on both sides: Tulsa's, where North Tulsa gets one."""
        for pair in self._book.active() if kind in WORDY else ():
            is_in_real = holds_words(words_of(real), words_of(pair.real))
            if is_in_real and holds_words(words_of(stand_in), words_of(pair.stand_in)):
                return pair
        return None

    def with_care(self, pair: Pair, found: Found) -> Pair:
        """The pair, its real value spelled as here where that is with more care ("McKenna")."""
        written = found.written
        is_same = pair.kind in WORDY and written.lower() == pair.real.lower()
        is_plain = pair.real == careful(pair.kind, pair.real.lower(), "")
        has_capital = any(map(str.isupper, written[1:])) and written[:1].isupper() and not written.isupper()
        if is_same and is_plain and has_capital:
            return self._book.change(pair, replace(pair, real=written))
        return pair

    def _misspelled(self, plain: str) -> Pair | None:
        """The pair of a name that ``plain`` misspells by one letter, where it is no name itself."""
        if len(plain) < FEWEST_LETTERS_MISSPELLED or not plain.isalpha() or not is_rare(plain):
            return None
        known = {key_of(pair.kind, pair.real): pair for pair in self._book.active(Kind.NAME)}
        longer = [one for one in known if len(one) >= FEWEST_LETTERS_MISSPELLED and one.isalpha()]
        meant = nearest(plain, longer, 1) if longer else None
        if meant and (meant[0][0] == plain[0] or len(plain) >= SAME_FIRST_LETTER_BELOW):
            return known[meant[0]]
        return None


def _spellings(kind: Kind, plain: str) -> Iterator[str]:
    """The key, and for a name that is drawn out ("jesssss") what it may be without."""
    yield plain
    if kind is Kind.NAME and _STRETCHED.search(plain):
        yield _STRETCHED.sub(r"\1\1", plain)
        yield _STRETCHED.sub(r"\1", plain)


def _shrunk(kind: Kind, written: str) -> str:
    """A name that is met drawn out for the first time, as the name that it is."""
    for spelling in _spellings(kind, written.lower()):
        if spelling in given_names() or spelling in family_names():
            return written if spelling == written.lower() else spelling
    return written
