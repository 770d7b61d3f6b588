"""Stand-ins for employers: the words that say what it is stay, whose it is changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice

from discretion.guard.stand_ins._invented import families, firms, numbers, saints, shorts, signs
from discretion.guard.stand_ins._pieces import Piece, Role, new_name, written
from discretion.guard.stand_ins._place_words import country_in
from discretion.guard.stand_ins._places import country_of, region_id, regions, towns
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.guard.stand_ins._spelling import words_of
from discretion.guard.stand_ins._thing_words import employer_pieces
from discretion.records import Kind

MOST = 400
"""Candidates for one value."""


@offers(Kind.WORKPLACE)
def workplace(asked: Asked) -> Iterator[str]:
    """Employers of the same sort with an invented name, a rare family or a small town in them.

    Nothing where no word is anybody's name ("the water treatment plant").
    """
    yield from candidates(asked, employer_pieces(asked.words), known_names(asked))


def candidates(asked: Asked, found: tuple[Piece, ...], known: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    """The pieces with other names in them, each drawn for its role; names of earlier pairs stay the same."""
    named = {i: known.get(words_of(one.text)) for i, one in enumerate(found) if one.role is not Role.KEPT}
    if not named:
        return
    fixed = {i: name for i, name in named.items() if name}
    if len(fixed) == len(named):
        yield from written(found, {i: new_name(found[i], name) for i, name in fixed.items()})
        fixed = {}
    drawn = {i: _drawn(found[i], found, asked) for i in named if i not in fixed}
    seen: set[str] = set()
    for made in islice(zip(*drawn.values(), strict=False), MOST):
        new = fixed | dict(zip(drawn, made, strict=True))
        for one in written(found, {i: new_name(found[i], name) for i, name in new.items()}):
            if one and one not in seen:
                seen.add(one)
                yield one


def known_names(asked: Asked) -> dict[tuple[str, ...], str]:
    """By the words of a name: the one that stands for it alone in an earlier pair."""
    return {words_of(pair.real): pair.stand_in for pair in asked.known if pair.is_active}


def _drawn(one: Piece, found: tuple[Piece, ...], asked: Asked) -> Iterator[str]:
    if one.role is Role.SAINT:
        return _then(saints(one.text, asked.random), firms(one.text, asked.random))
    if one.role in _DRAWS:
        return _DRAWS[one.role](one.text, asked.random)
    own = region_id(one.place.id) if one.place else ""
    country = country_of(one.place.id) if one.place else country_in(found, asked.locale)
    of_towns = towns(country or asked.locale, one.text, asked.random, not_in="" if country == "GB" else own)
    if one.role is Role.REGION and one.place:
        return chain(regions(one.place, one.text, asked.random), of_towns)
    return of_towns


_DRAWS = {
    Role.SIGN: signs,
    Role.SHORT: shorts,
    Role.FAMILY: families,
    Role.FIRM: firms,
    Role.NUMBER: numbers,
}


def _then(first: Iterator[str], second: Iterator[str]) -> Iterator[str]:
    """Both in turn while the first lasts, so that the second is near where none of it can be."""
    for one in first:
        yield one
        yield from islice(second, 1)
    yield from second
