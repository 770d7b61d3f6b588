"""The real values that stand-ins are measured on, what is drawn for them, and what a naive choice would draw.

First names by their bearers in the United States (Census 2020), family names among the frequent ones, the
largest towns of five countries; employers, schools and pets as they are labelled in our own training
conversations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random

from training.corpus import Label, Turn, read

from discretion.guard.stand_ins import StandIns, applied
from discretion.knowledge._values._place_tables import towns_in
from discretion.knowledge.gazetteer import tagged_words
from discretion.records import Finding, Frame, Kind, Severity

COUNTRIES = ("US", "GB", "CA", "AU", "IE")
LARGE = (100_000, 40_000_000)
FREQUENT = 200
"""Names that a naive choice draws from, and how many times a pet's name is said at least."""
LABELLED = (Kind.WORKPLACE, Kind.EDUCATION, Kind.PET)
LONGEST = 160
"""Characters of a sentence that is shown."""
SHOWN = frozenset({Kind.NAME, Kind.LOCATION, Kind.WORKPLACE, Kind.EDUCATION, Kind.PET})


@dataclass(frozen=True, slots=True)
class Value:
    """A real value in the sentence that it is said in."""

    kind: Kind
    real: str
    text: str
    start: int


def values(most: int, random: Random) -> dict[Kind, list[Value]]:
    """Up to ``most`` values of each kind."""
    names = _frequent("us_first_names", 4 * FREQUENT)
    people = random.choices(list(names), weights=list(names.values()), k=most)
    towns = [place.name for country in COUNTRIES for place in towns_in(country, *LARGE)]
    plain = {
        Kind.NAME: [name.capitalize() for name in people],
        Kind.LOCATION: random.sample([name for name in towns if name.isascii()], min(most, len(towns) - 20)),
    }
    found = {
        kind: [Value(kind, one, f"{_FRAMES[kind]} {one}.", len(_FRAMES[kind]) + 1) for one in told]
        for kind, told in plain.items()
    }
    for kind in LABELLED:
        told = sorted(set(_labelled(kind)))
        random.shuffle(told)
        found[kind] = [Value(kind, text[a:b], text, a) for text, a, b in told[:most]]
    return found


_FRAMES = {Kind.NAME: "i am called", Kind.LOCATION: "i live in"}


def drawn_for(rows: Sequence[Value]) -> Iterator[tuple[Value, str]]:
    """Each value that gets a stand-in, with it, each drawn for a persona of its own."""
    for number, value in enumerate(rows):
        table = StandIns(secret=number.to_bytes(32, "big"))
        found = [_finding(value.kind, value.start, value.start + len(value.real))]
        end = value.start + len(value.real)
        within = (one for one in table.replace(value.text, found) if value.start <= one.start < end)
        if (one := next(within, None)) and one.pair:
            yield Value(value.kind, one.pair.real, value.text, one.start), one.pair.stand_in


def naive(random: Random) -> dict[Kind, list[str]]:
    """What one would draw without a look at how rare it is: frequent names, large towns, known firms."""
    towns = sorted(towns_in("US", *LARGE), key=lambda place: -(place.people or 0))[:FREQUENT]
    pets = [text[a:b] for text, a, b in _labelled(Kind.PET)]
    return {
        Kind.NAME: list(_frequent("us_first_names", FREQUENT)),
        Kind.LOCATION: [place.name for place in towns],
        Kind.WORKPLACE: sorted(tagged_words("brand")),
        Kind.PET: random.sample(pets, min(FREQUENT, len(pets))),
    }


def sentences(most: int, random: Random) -> Iterator[tuple[str, str]]:
    """Lines of our conversations before and after, short ones with a value of a kind that has a name."""
    told = [turn for turn in _turns() if len(turn.text) < LONGEST and any(map(_is_shown, turn.labels))]
    for number, turn in enumerate(random.sample(told, min(most, len(told)))):
        table = StandIns(secret=number.to_bytes(32, "big"))
        found = [_finding(Kind(one.kind), one.start, one.end) for one in turn.labels]
        yield turn.text, applied(turn.text, table.replace(turn.text, found))


def _is_shown(label: Label) -> bool:
    return Kind(label.kind) in SHOWN


def _finding(kind: Kind, start: int, end: int) -> Finding:
    return Finding(kind, start, end, Frame.SELF, Severity.MEDIUM, 0.9, "label", "labelled by hand")


def _turns() -> Iterator[Turn]:
    return (turn for chat in read() for turn in chat.turns if turn.frame == "self")


def _labelled(kind: Kind) -> Iterator[tuple[str, int, int]]:
    for turn in _turns():
        yield from ((turn.text, one.start, one.end) for one in turn.labels if one.kind == kind.value)


def _frequent(table: str, most: int) -> dict[str, int]:
    """The ``most`` most frequent names of a population table and their bearers."""
    path = files("discretion.knowledge").joinpath(f"data/population/{table}.tsv")
    lines = path.read_text("utf-8").splitlines()
    rows = (line.split("\t")[:2] for line in lines[1 : most + 1])
    return {name: int(people) for name, people in rows}
