"""All stand-ins of one persona: what is replaced in a text, and by what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from discretion.guard._fact_file import Fact
from discretion.guard._fact_matcher import FactMatcher
from discretion.guard._fact_patterns import FEWEST_PHONE_DIGITS, phone_digits, phones
from discretion.guard._verdict import NEVER_RESTORED, is_substituted
from discretion.guard._view import View
from discretion.guard.stand_ins._bearers import kin_names
from discretion.guard.stand_ins._book import Book, is_near, key_of
from discretion.guard.stand_ins._known import Place
from discretion.guard.stand_ins._maker import Found, Maker
from discretion.guard.stand_ins._neutral import missing_phrase, neutral_phrase
from discretion.guard.stand_ins._parts import is_title
from discretion.guard.stand_ins._people import replaced_name
from discretion.guard.stand_ins._phrases import IN_PHRASES, replaced_phrase
from discretion.guard.stand_ins._pins import StandInNotUsable, checked_pin
from discretion.guard.stand_ins._replacement import Replacement
from discretion.guard.stand_ins._runs import Run, apart, is_free, is_piece, whole
from discretion.guard.stand_ins._seam import discovered
from discretion.guard.stand_ins._seen import SeenWords
from discretion.guard.stand_ins._spelling import folded, in_case_of, is_same_value
from discretion.records import Finding, Kind, Pair

ALLOW = "allow"
"""What a kind's setting says where its values go out as they are."""
_NAMED = frozenset({Kind.NAME, Kind.PET})
_DIGITS = re.compile(r"\d[\d\s().,/-]{4,}\d")


class StandIns:
    """The stand-ins of one persona, kept for as long as this object, or longer by whoever keeps ``pairs``.

    ``pairs`` are those kept before; ``facts`` the user's own: they are replaced wherever they stand, and no
    stand-in is one. ``locale`` is a country code, ``secret`` 32 bytes that seed the draw, so that a persona
    gets the same stand-ins again; ``replaces_ages`` whether ages are replaced too, which is off by default.
    Not safe between threads: its owner holds a lock. Source of what is replaced: findings.md, "Verdict".
    """

    def __init__(
        self,
        persona: str = "",
        pairs: Iterable[Pair] = (),
        *,
        facts: Sequence[Fact] = (),
        locale: str = "US",
        secret: bytes,
        replaces_ages: bool = False,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._book = Book(pairs)
        self._seen = SeenWords()
        self._today = today
        self._replaces_ages = replaces_ages
        self._own = FactMatcher(facts) if facts else None
        self._maker = Maker(
            self._book,
            self._seen,
            persona=persona,
            facts=facts,
            locale=locale.upper(),
            secret=secret,
            today=today,
        )

    def __repr__(self) -> str:
        return f"<StandIns: {len(self.pairs)} pairs>"

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs, oldest first; the retired ones too, since they restore what was sent before."""
        return self._book.pairs

    @property
    def version(self) -> int:
        """Grows whenever a pair is made, retired or pinned."""
        return self._book.version

    def replace(
        self, text: str, findings: Sequence[Finding], *, kinds: Mapping[Kind, str] | None = None
    ) -> tuple[Replacement, ...]:
        """What leaves in the place of what in ``text``: apart from each other, in order.

        Replaced are the ``findings`` whose kind is substituted, and every run that is known as a real value
        of this persona. ``kinds`` says otherwise for a kind: "allow", or "substitute" for one that is allowed
        by default. The kinds of ``NEVER_RESTORED`` give a neutral phrase in any case.
        """
        settings = kinds or {}
        done: list[Replacement] = []
        runs = [whole(one, text) for one in findings if one.end <= len(text)]
        meant = [
            run for run in apart([*runs, *self._own_facts(text)]) if self._is_replaced(run, text, settings)
        ]
        meant = self._unless_known(meant, text, settings)
        for run in meant:
            self._retire_in(text[run.start : run.end])
        for run in meant:
            done += self._replaced(run, text, done)

        def is_left(place: Place) -> bool:
            run = Run(place.start, place.end, place.known.kind)
            return settings.get(run.kind) != ALLOW and is_free(run, done)

        for place in self._book.reals_in(text, is_meant=is_left):
            run = Run(place.start, place.end, place.known.kind)
            done += self._known(run, text, place.known.key)
        if settings.get(Kind.PHONE) != ALLOW:
            for run in self._numbers(text):
                if is_free(run, done):
                    done += self._replaced(run, text, done)
        return tuple(sorted(done, key=lambda one: one.start))

    def _unless_known(self, runs: list[Run], text: str, settings: Mapping[Kind, str]) -> list[Run]:
        """The runs but those that are a piece of a known value here ("Neill" of O'Neill), or its plural."""
        if not runs:
            return runs
        places = self._book.reals_in(text, is_meant=lambda one: settings.get(one.known.kind) != ALLOW)
        return [
            run
            for run in runs
            if run.kind in NEVER_RESTORED or not any(is_piece(run, place, text) for place in places)
        ]

    def known_in(self, text: str, *, since: int = 0) -> bool:
        """Whether a value that became known after version ``since`` stands in ``text``."""
        return bool(self._book.reals_in(text, since))

    def take_in(self, text: str) -> tuple[Pair, ...]:
        """Take note of a text that somebody else wrote, or the user: its words never become stand-ins.

        Pairs whose stand-in stands in it are retired, with the other forms of the same name, and returned:
        they still restore what was sent, and their values get other stand-ins from now on.
        """
        self._seen.take_in(text)
        return self._retire_in(text)

    def avoid(self, words: Iterable[str]) -> None:
        """Never choose these from now on; a pair that has one already keeps it."""
        for one in words:
            self._seen.take_in(one)

    def _retire_in(self, text: str) -> tuple[Pair, ...]:
        """Retire the pairs whose stand-ins stand in ``text``, with their forms."""
        retired: list[Pair] = []
        for pair in self._book.stand_ins_in(text):
            for one in (pair, *self._forms(pair)):
                if self._book.standing_for(key_of(one.kind, one.real)) is one:
                    retired.append(self._book.retire(one))
        return tuple(retired)

    def pin(self, pair: int | Pair, stand_in: str) -> Pair:
        """Let ``stand_in`` stand for the real value of ``pair`` from now on; the old one still restores.

        ``pair`` is a pair or its number; where nothing gave the pairs numbers, their place from 1. Raises
        ``StandInNotUsable`` where there is no such pair or the stand-in cannot be one.
        """
        old = self._asked_for(pair)
        standing = self._book.standing_for(key_of(old.kind, old.real))
        old = standing or old
        kin = [one for one in self._forms(old) if not is_near(one, old)]
        taken = self._maker.taken_for(old.kind, old.real, kin)
        if standing and standing.stand_in == stand_in.strip():
            return self._book.change(standing, replace(standing, is_pinned=True))
        wanted = checked_pin(old, stand_in, taken, self._today())
        if standing:
            for one in (standing, *(one for one in self._forms(old) if is_near(one, old))):
                self._book.retire(one)
        now = datetime.now(UTC).replace(microsecond=0)
        return self._book.add(
            replace(old, stand_in=wanted, made_at=now, is_pinned=True, retired_at=None, number=None)
        )

    def take_changed(self) -> tuple[Pair, ...]:
        """The pairs that were made or changed since this was last asked, for whoever keeps them."""
        return self._book.changed()

    def take_numbers(self, kept: Sequence[Pair]) -> None:
        """Take over the numbers that pairs got where they are kept."""
        self._book.number(kept)

    def _asked_for(self, pair: int | Pair) -> Pair:
        if isinstance(pair, int):
            numbers = {one.number: one for one in self.pairs if one.number is not None}
            found = numbers.get(pair) if numbers else dict(enumerate(self.pairs, 1)).get(pair)
        else:
            found = next((one for one in self.pairs if one == pair), None)
        if found is None:
            raise StandInNotUsable("there is no stand-in with that number; see: discretion persona show")
        return found

    def _forms(self, pair: Pair) -> tuple[Pair, ...]:
        """Active pairs that fall with ``pair``: short forms of its name, its notations, it with initials."""
        group = [one for one in self._book.active(pair.kind) if one.group == pair.group and one is not pair]
        found = [pair]
        for one in found:
            for other in group:
                if other not in found and self._is_form(other, one):
                    found.append(other)
        return tuple(found[1:])

    def _is_form(self, pair: Pair, other: Pair) -> bool:
        if is_near(pair, other) or is_same_value(pair.kind, pair.stand_in, other.stand_in, self._today()):
            return True
        related = kin_names(key_of(other.kind, other.real)) if other.kind is Kind.NAME else frozenset()
        return key_of(pair.kind, pair.real) in related

    def _is_replaced(self, run: Run, text: str, settings: Mapping[Kind, str]) -> bool:
        if run.kind in NEVER_RESTORED:
            return True
        if run.kind in _NAMED and is_title(text[run.start : run.end]):
            return False
        setting = settings.get(run.kind)
        if setting is not None:
            return setting != ALLOW and run.kind in discovered()
        if run.kind is Kind.AGE:
            return self._replaces_ages
        return is_substituted(run.kind, text[run.start : run.end])

    def _replaced(self, run: Run, text: str, done: Sequence[Replacement]) -> Iterator[Replacement]:
        if run.kind in NEVER_RESTORED:
            used = [one.text for one in done if one.kind is run.kind]
            phrase = neutral_phrase(run.kind, text, run.start, run.end, used)
            yield Replacement(run.start, run.end, run.kind, phrase, None)
        elif run.kind is Kind.NAME:
            yield from replaced_name(self._maker, self._book, text, run.start, run.end)
        elif run.kind in IN_PHRASES:
            yield from replaced_phrase(self._maker, run.kind, text, run.start, run.end)
        else:
            yield from self._by_pair(
                run, text, self._maker.pair_for(Found(run.kind, text, run.start, run.end))
            )

    def _known(self, run: Run, text: str, plain: str) -> Iterator[Replacement]:
        pair = self._book.standing_for(plain)
        if pair is None:
            yield from self._replaced(run, text, ())
        else:
            pair = self._maker.with_care(pair, Found(pair.kind, text, run.start, run.end))
            yield from self._by_pair(run, text, pair)

    def _by_pair(self, run: Run, text: str, pair: Pair | None) -> Iterator[Replacement]:
        if pair is not None:
            written = in_case_of(text[run.start : run.end], pair.real, pair.stand_in)
            yield Replacement(run.start, run.end, pair.kind, written, pair)
        elif run.kind is not Kind.AGE:
            yield Replacement(run.start, run.end, run.kind, missing_phrase(run.kind, text, run.start), None)

    def _own_facts(self, text: str) -> Iterator[Run]:
        if self._own is not None:
            for hit in self._own.find(View(text)):
                yield Run(hit.start, hit.end, hit.kind)

    def _numbers(self, text: str) -> Iterator[Run]:
        """Where a known telephone number stands in another grouping."""
        values = [phone_digits(pair.real) for pair in self._book.active(Kind.PHONE)]
        values = [value for value in values if len(value) >= FEWEST_PHONE_DIGITS]
        if not values or not _DIGITS.search(text):
            return
        low = folded(text)
        for start, end in phones(low.text, values):
            span = low.given(start, end)
            yield Run(span.start, span.end, Kind.PHONE)
