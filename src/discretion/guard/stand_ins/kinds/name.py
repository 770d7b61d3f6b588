"""Stand-ins for names: of the same sex and generation, about as long, and with another first letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discretion.guard._fact_forms import lists, nicknames
from discretion.guard.stand_ins._bearers import (
    Bearers,
    Candidate,
    bearers_of,
    family_candidates,
    given_candidates,
    kin_names,
    paired_candidates,
    sex_by_ending,
    sex_told,
)
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.guard.stand_ins._spelling import words_of
from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words
from discretion.records import Kind

YEARS_APART = 10
"""Years between the median years of birth of two names up to which they are of one generation."""
LETTERS_APART = 2
"""Letters by which a stand-in may be longer or shorter before another is taken rather."""
CHANCE = 40.0
"""Places in the order of fitness that chance may move a name by: ten or so then share the chance to be it."""
MOST_FORMS = 3
"""Short forms of one name that people use side by side; a stand-in with as many is taken rather."""
GIVEN_BEHIND = frozenset({"sir", "dame", "miss"})
"""Titles that a first name may follow: "sir percy", "miss patty"."""
DRAWN = 800
"""Family names among which the one about as long is looked for."""


@offers(Kind.NAME)
def name(asked: Asked) -> Iterator[str]:
    """Candidates for one name (``asked.words`` is one given, family or nick name).

    Where a short or full form of it is among ``asked.known`` they are forms of that one's stand-in first.
    """
    key = "".join(words_of(asked.words))
    yield from family_name(asked) if is_family(key, asked.before) else given_name(asked)


def family_name(asked: Asked) -> Iterator[str]:
    """Candidates for a family name."""
    yield from (one.capitalize() for one in _family(asked, "".join(words_of(asked.words))))


def given_name(asked: Asked) -> Iterator[str]:
    """Candidates for a given name, a nick or a short form."""
    yield from (one.capitalize() for one in _given(asked, "".join(words_of(asked.words))))


def is_family(key: str, before: str = "") -> bool:
    """Whether a folded name is taken for a family name: after a title, or known as that alone."""
    last = before.rstrip(" .").rsplit(maxsplit=1)[-1:]
    word = last[0].lower() if last else ""
    is_known = key in family_names()
    if word in GIVEN_BEHIND and bearers_of(key).women is not None:
        return False
    if word in lists()["name"]["titles"] or (is_known and word in lists()["name"]["particles"]):
        return True
    return is_known and key not in given_names()


def _family(asked: Asked, key: str) -> Iterator[str]:
    rows = asked.random.sample(family_candidates(), DRAWN)
    rows.sort(key=lambda row: _length_off(row.name, key))
    yield from _other_initials((row.name for row in rows), {key[:1]})


def _given(asked: Asked, key: str) -> Iterator[str]:
    told = bearers_of(key)
    related = kin_names(key)
    sex = _sex(asked, key, told, related)
    for pair in asked.known:
        if "".join(words_of(pair.real)) in related:
            yield from _forms_of("".join(words_of(pair.stand_in)), key, "".join(words_of(pair.real)), sex)
    initials = {one[:1] for one in (key, *related)}
    if related:
        is_short = key in nicknames()[1] and key not in nicknames()[0]
        whole: list[tuple[int, str]] = []
        lacking: list[tuple[int, str]] = []
        for off, row in _ranked(asked, paired_candidates(), key, told, sex):
            lacks = _forms_lacking(row, related, initials)
            for one in row.shorts if is_short else (row.name,):
                if sex in ("n", bearers_of(one).sex):
                    (lacking if lacks else whole).append(
                        (off + lacks + is_short * _length_off(one, key), one)
                    )
        yield from _drawn(asked, whole, initials)
        yield from _drawn(asked, lacking, initials)
    ranked = _ranked(asked, given_candidates(), key, told, sex)
    yield from _drawn(asked, [(off, row.name) for off, row in ranked], {key[:1]})


def _drawn(asked: Asked, named: list[tuple[int, str]], initials: set[str]) -> Iterator[str]:
    """Names, those that are not far off first, and among these in no order that anybody could guess.

    Who sees a stand-in must not be able to work out the name: were the very best always taken, each common
    name would have one stand-in, the same for everybody.
    """
    fitting = sorted((one for one in named if one[1][:1] not in initials), key=lambda one: one[0])
    drawn = [(at + asked.random.uniform(0, CHANCE), name) for at, (_, name) in enumerate(fitting)]
    yield from dict.fromkeys(name for _, name in sorted(drawn))


def _sex(asked: Asked, key: str, told: Bearers, related: frozenset[str]) -> str:
    """The sex of who bears the name: the words behind it count where others may bear it in full."""
    around = sex_told(asked.before, asked.after)
    behind = sex_told("", asked.after)  # "he told jess" is of somebody else
    is_other = behind not in ("n", told.sex) and any(bearers_of(one).sex == behind for one in related)
    if told.sex != "n" and is_other:
        return behind
    if told.sex == "n":
        return next((one for one in (around, told.likelier_sex, sex_by_ending(key)) if one != "n"), "n")
    return told.sex


def _forms_of(stand_in: str, key: str, real: str, sex: str) -> Iterator[str]:
    """Forms of a known stand-in that are to it what ``key`` is to the known ``real``."""
    short, _ = nicknames()
    sex = sex if sex != "n" else bearers_of(stand_in).likelier_sex
    fulls = [
        row
        for row in paired_candidates()
        if stand_in == row.name or stand_in in row.shorts or stand_in in short.get(row.name, ())
        if sex == "n" or row.bearers.sex in (sex, "n")
    ]
    # All forms of one name before those of the next: "Katie" is short for several.
    for row in fulls:
        if real in short.get(key, set()):
            yield row.name
        yield from row.shorts
        yield from sorted(_rarer_forms(row), key=lambda one: (-len(one), one))
        yield row.name


def _rarer_forms(row: Candidate) -> set[str]:
    """Short forms that the table leaves out, since they are a name of their own too."""
    more = nicknames()[0].get(row.name, set()) - ordinary_words() - set(row.shorts)
    return {one for one in more if bearers_of(one).sex in (row.bearers.sex, "n")}


def _forms_lacking(row: Candidate, related: frozenset[str], initials: set[str]) -> int:
    """How many short forms the name has too few, should the user say all those of theirs."""
    forms = [one for one in (*row.shorts, *_rarer_forms(row)) if one[:1] not in initials]
    return max(0, min(MOST_FORMS, len(related)) - len(forms))


def _ranked(
    asked: Asked, rows: Iterable[Candidate], key: str, told: Bearers, sex: str
) -> list[tuple[int, Candidate]]:
    """Candidates of the sex and how far off each is: those of the generation and about as long come first."""
    fitting = [row for row in rows if sex in ("n", row.bearers.sex)]
    asked.random.shuffle(fitting)

    def off(row: Candidate) -> int:
        years = abs(row.bearers.year - told.year) if row.bearers.year and told.year else 0
        is_of_one_sex = sex == "n" and row.bearers.sex != "n"
        return _length_off(row.name, key) + (years // YEARS_APART + is_of_one_sex) * LETTERS_APART

    return sorted(((off(row), row) for row in fitting), key=lambda ranked: ranked[0])


def _length_off(name: str, key: str) -> int:
    return max(0, abs(len(name) - len(key)) - LETTERS_APART)


def _other_initials(names: Iterable[str], initials: Iterable[str]) -> Iterator[str]:
    left_out = frozenset(initials)
    yield from (one for one in names if one[:1] not in left_out)
