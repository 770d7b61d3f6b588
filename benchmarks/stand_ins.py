"""How natural and how rare stand-ins are: ``python -m benchmarks.stand_ins [--json] [--values N]``.

Three looks. (1) Sentences of our own training conversations before and after, for the eye. (2) Collisions:
how often a stand-in drawn for a real value stands by itself in 10,000 texts that nobody wrote for us (posts:
tweets, comments, invented small talk; lines of novels), and in 10,000 replies of our own conversations, which
were written with a model (the lists of first names were made with a look at them). Beside it a naive choice:
a frequent name, a large town, a known firm, a pet's name of our own conversations. A collision is counted in
any case, so it is an upper bound of what would be restored by mistake. (3) What a stand-in keeps: another
initial in the first word that changes, the length, the sex, the country.

``--json`` prints ``{"schema": "discretion.stand-ins/1", "machine", "date", "texts": {CORPUS: n},
"collisions": [], "kept": []}``. Exit codes: 0 measured; 1 a stand-in begins as its value, or a naive choice
collides less.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from random import Random

from training.corpus import read

from benchmarks.machine import machine
from benchmarks.posts import SOURCES
from benchmarks.shared_data import absent, data_folder
from benchmarks.stand_in_values import Value, drawn_for, naive, sentences, values
from benchmarks.tables import NOTHING, Table, console, percent
from discretion.guard.stand_ins._bearers import bearers_of
from discretion.guard.stand_ins._places import country_of, meant
from discretion.guard.stand_ins._spelling import words_of
from discretion.records import Kind

TODAY = date(2026, 11, 25)
SEED = 5
LONGEST = 3
"""Words of the longest stand-in that is looked for."""
PER = 10_000
NOVELS = "litbank/quotations/tsv/*.txt"
Phrase = tuple[str, ...]
Drawn = dict[Kind, list[tuple[Value, str]]]


@dataclass(frozen=True, slots=True)
class Collisions:
    """Of one kind in one corpus: in how many of 10,000 texts the stand-in of a value stands, on average."""

    kind: str
    corpus: str
    ours: float
    naive: float | None
    values: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What the stand-ins of one kind have in common with their values, as shares; ``None``: not asked."""

    kind: str
    values: int
    without: int
    same_initial: float
    within_2_letters: float
    same_sex: float | None
    same_country: float | None


def corpora() -> Iterator[tuple[str, Iterator[str]]]:
    """Name and texts of each corpus; what is absent is said."""
    yield "our replies", (turn.text for chat in read() for turn in chat.turns if turn.frame is None)
    folder = data_folder() / "guard"
    if all(any(folder.glob(file)) for source in SOURCES.values() for file in source.files):
        yield (
            "posts",
            (
                text
                for source in SOURCES.values()
                for file in source.files
                for path in sorted(folder.glob(file))
                for chat in source.chats(path)
                for _, text in chat
            ),
        )
    else:
        console().print(absent("posts", folder))
    if any(folder.glob(NOVELS)):
        yield "novels", (text for path in sorted(folder.glob(NOVELS)) for text in _paragraphs(path))
    else:
        console().print(absent("novels", folder / NOVELS))


def _paragraphs(path: Path) -> Iterator[str]:
    return (line for line in path.read_text("utf-8").splitlines() if line.strip())


def phrases(text: str) -> frozenset[Phrase]:
    """All runs of one to three words of a text, as they are compared."""
    words = words_of(text)
    return frozenset(words[i : i + n] for n in range(1, LONGEST + 1) for i in range(len(words) - n + 1))


def standing(texts: Iterable[str], wanted: Iterable[str]) -> tuple[int, Counter[Phrase]]:
    """How many texts there are, and in how many of them each of ``wanted`` stands."""
    keys = {words_of(one)[:LONGEST] for one in wanted}
    size, found = 0, Counter[Phrase]()
    for text in texts:
        size += 1
        found.update(keys & phrases(text))
    return size, found


def per_10_000(stand_ins: Sequence[str], size: int, found: Mapping[Phrase, int]) -> float:
    """In how many of 10,000 texts a stand-in stands, on average over them."""
    hits = sum(found.get(words_of(one)[:LONGEST], 0) for one in stand_ins)
    return PER * hits / (size * len(stand_ins)) if size and stand_ins else 0.0


def collisions(
    drawn: Drawn, plain: Mapping[Kind, list[str]], corpus: str, size: int, found: Mapping[Phrase, int]
) -> Iterator[Collisions]:
    """Ours against the naive choice, kind by kind."""
    for kind, rows in drawn.items():
        ours = per_10_000([made for _, made in rows], size, found)
        other = per_10_000(plain[kind], size, found) if plain.get(kind) else None
        shown = None if other is None else round(other, 3)
        yield Collisions(kind.value, corpus, round(ours, 3), shown, len(rows))


def kept(kind: Kind, rows: Sequence[tuple[Value, str]], without: int) -> Kept:
    """What the stand-ins keep of their values."""
    sexes = [(bearers_of(value.real.lower()).sex, bearers_of(made.lower()).sex) for value, made in rows]
    sexes = [pair for pair in sexes if "n" not in pair] if kind in (Kind.NAME, Kind.PET) else []
    places = [(meant(value.real), meant(made)) for value, made in rows] if kind is Kind.LOCATION else []
    countries = [(country_of(a.id), country_of(b.id)) for a, b in places if a and b]
    return Kept(
        kind.value,
        len(rows),
        without,
        _share([_has_same_initial(value.real, made) for value, made in rows]) or 0.0,
        _share([abs(len(made) - len(value.real)) <= 2 for value, made in rows]) or 0.0,
        _share([a == b for a, b in sexes]),
        _share([a == b for a, b in countries]),
    )


def _has_same_initial(real: str, made: str) -> bool:
    """Whether the first words that differ begin alike."""
    pairs = zip(words_of(real), words_of(made), strict=False)
    return next((a[0] == b[0] for a, b in pairs if a != b), True)


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def tables(rows: Sequence[Collisions], shares: Sequence[Kept], sizes: dict[str, int]) -> Iterator[Table]:
    """What is printed below the sentences."""
    yield Table(
        f"A stand-in stands by itself in so many of {PER:,} texts ("
        + "; ".join(f"{name}: {size:,}" for name, size in sizes.items())
        + ")",
        ("kind", "texts", "values", "ours", "naive choice", "times fewer"),
        tuple(
            (one.kind, one.corpus, str(one.values), f"{one.ours:.2f}",
             NOTHING if one.naive is None else f"{one.naive:.2f}",
             NOTHING if not one.naive or not one.ours else f"{one.naive / one.ours:.0f}")
            for one in rows
        ),
    )  # fmt: skip
    yield Table(
        "What a stand-in keeps of its value",
        ("kind", "drawn for", "nothing named", "same initial", "length within 2", "same sex", "same country"),
        tuple(
            (one.kind, str(one.values), str(one.without), percent(one.same_initial),
             percent(one.within_2_letters), percent(one.same_sex), percent(one.same_country))
            for one in shares
        ),
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether what must hold does."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stand_ins")
    parser.add_argument("--values", type=int, default=500, help="real values a kind")
    parser.add_argument("--sentences", type=int, default=40, help="sentences that are shown")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    chosen = values(asked.values, Random(SEED))
    drawn = {kind: list(drawn_for(of)) for kind, of in chosen.items()}
    plain = naive(Random(SEED))
    rows: list[Collisions] = []
    sizes: dict[str, int] = {}
    wanted = {made for of in drawn.values() for _, made in of} | {one for of in plain.values() for one in of}
    for name, texts in corpora():
        sizes[name], found = standing(texts, wanted)
        rows += collisions(drawn, plain, name, sizes[name], found)
    shares = [kept(kind, of, len(chosen[kind]) - len(of)) for kind, of in drawn.items()]
    if asked.json:
        document = {
            "schema": "discretion.stand-ins/1",
            "machine": machine(),
            "date": TODAY.isoformat(),
            "texts": sizes,
            "collisions": [asdict(one) for one in rows],
            "kept": [asdict(one) for one in shares],
        }
        print(json.dumps(document, indent=1))
    else:
        about = machine()
        console().print(f"{TODAY}, discretion {about['discretion']}, Python {about['python']}, seed {SEED}")
        for before, after in sentences(asked.sentences, Random(SEED)):
            console().print(f"[dim]{_plain(before)}[/dim]\n  {_plain(after)}")
        for table in tables(rows, shares, sizes):
            console().print(table.rich())
    fails = any(one.same_initial for one in shares)
    return int(fails or any(one.naive is not None and one.ours > one.naive for one in rows))


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


if __name__ == "__main__":
    sys.exit(main())
