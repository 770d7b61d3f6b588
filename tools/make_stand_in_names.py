"""Choose the names that may stand in for real ones, and say of frequent names who bears them.

    python tools/make_stand_in_names.py

Writes stand_in_names.tsv and given_name_bearers.tsv in src/discretion/guard/data, from the tables of names in
the package and our own conversations. The rules and the thresholds are those of
docs/decisions/0015-stand-ins.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import OSA

from discretion.guard._names import NOT_NAMES
from discretion.identity._words import sound
from discretion.knowledge.gazetteer import common_words, ordinary_words, places
from discretion.knowledge.population import read

ROOT = Path(__file__).parent.parent
DATA = ROOT / "src/discretion/guard/data"
GIVEN = (2_500, 120_000)
"""Living bearers of a first name: below it reads as invented, above a model invents another bearer."""
FAMILY = (3_000, 40_000)
PAIRED = (2_500, 700_000)
"""Bearers of a name that has a short form: common ones are wanted here, since rare ones have none."""
ALSO_FAMILY = 0.2
"""Family name's bearers over a first name's, above which the first name is left out."""
ALSO_FAMILY_PAIRED = 0.4
ALSO_GIVEN = 0.03
OFTEN = 2
"""Times that a name stands in our own conversations, from which it counts as one of stories."""
OFTEN_PAIRED = 6
SEX_APART = 15.0
"""Points by which the per cent of women of a short form and of its name may differ."""
UNKNOWN = (0.0, 200.0, "")
FAR_MORE = 8
BORNE = 2_000
LONGEST = 11
CAPITAL_INSIDE = re.compile(
    r"ma?c[a-z]|olear|o[bcdfghkmnrs][aeiouy]|van|d[aei]l|de[ns]?[aeo]?[bcgjlmprst]|dand|la[fr]|fitz|st"
)
WORD = re.compile(r"\b[A-Z][a-z]+\b")


def fiction(fewest: int) -> frozenset[str]:
    """Names of stories: the published ones, and words with a capital in our own conversations."""
    told = [line for line in (DATA / "fiction_names.txt").read_text("utf-8").splitlines() if line[:1] != "#"]
    ours: Counter[str] = Counter()
    for file in sorted((ROOT / "training/corpus").glob("*.txt")):
        ours.update(word.lower() for word in WORD.findall(file.read_text("utf-8")))
    often = {word for word, count in ours.items() if count >= fewest}
    return frozenset(" ".join(told).split()) | often


def is_variant(name: str, bearers: float, frequent: dict[str, float]) -> bool:
    """Whether a model would write another name instead: far commoner, one letter off or alike in sound."""
    said = sound(name)
    return any(
        many > FAR_MORE * bearers
        and (OSA.distance(name, other, score_cutoff=1) < 2 or (other[0] == name[0] and sound(other) == said))
        for other, many in frequent.items()
    )


def year_of(births: str) -> int:
    """The median year of birth of those who were given a name."""
    cohorts = [
        (int(year), int(men) + int(women)) for year, women, men in (c.split(":") for c in births.split(","))
    ]
    half, seen = sum(count for _, count in cohorts) / 2, 0
    for year, count in cohorts:
        seen += count
        if seen >= half:
            return year + 2
    return 0


def rows() -> Iterator[tuple[str, str, str, int, int]]:
    """Role, name, short forms, per cent women, median year of birth."""
    firsts = {
        name: (float(bearers), float(women), births)
        for name, bearers, women, births in read("us_first_names")
        if births != "-"
    }
    families = {name: float(bearers) for name, bearers in read("us_surnames")}
    left_out = fiction(OFTEN) | ordinary_words() | places() | NOT_NAMES

    def is_given(name: str, bounds: tuple[int, int], also_family: float, *, left: frozenset[str]) -> bool:
        if name not in firsts or name in left or not 3 <= len(name) <= LONGEST:
            return False
        bearers = firsts[name][0]
        return bounds[0] <= bearers <= bounds[1] and families.get(name, 0.0) <= also_family * bearers

    frequent = {name: row[0] for name, row in firsts.items() if row[0] > GIVEN[0] * FAR_MORE}
    for name, (_, women, births) in firsts.items():
        fits = len(name) > 3 and is_given(name, GIVEN, ALSO_FAMILY, left=left_out)
        if fits and not is_variant(name, firsts[name][0], frequent):
            yield "given", name, "-", round(women), year_of(births)
    nicks = dict(
        line.split("\t")
        for line in (DATA / "nicknames.tsv").read_text("utf-8").splitlines()
        if line and line[0] != "#"
    )
    lesser = frozenset(fiction(OFTEN_PAIRED) | common_words() | NOT_NAMES)
    short_left = fiction(OFTEN_PAIRED) | ordinary_words() | NOT_NAMES
    for name, shorts in nicks.items():
        if not is_given(name, PAIRED, ALSO_FAMILY_PAIRED, left=lesser):
            continue
        kept = [
            one
            for one in shorts.split()
            if one not in short_left
            and 3 <= len(one) <= LONGEST
            and abs(firsts.get(one, UNKNOWN)[1] - firsts[name][1]) <= SEX_APART
        ]
        if kept:
            yield "pair", name, " ".join(kept), round(firsts[name][1]), year_of(firsts[name][2])
    for name, bearers in families.items():
        is_also_given = name in firsts and firsts[name][0] > ALSO_GIVEN * bearers
        if (
            FAMILY[0] <= bearers <= FAMILY[1]
            and 4 <= len(name) <= LONGEST
            and name not in left_out
            and not is_also_given
            and name.isalpha()
            and not CAPITAL_INSIDE.match(name)
        ):
            yield "family", name, "-", 0, 0


def bearers() -> Iterator[tuple[str, int, int, int]]:
    """First names with who bears them: thousands alive (1 at least), per cent women, median year of birth."""
    for name, people, women, births in read("us_first_names"):
        if births != "-" and float(people) >= BORNE:
            yield name, max(1, round(float(people) / 1000)), round(float(women)), year_of(births)


def main() -> None:
    """Write both files anew."""
    made = "made by tools/make_stand_in_names.py"
    _write(
        "stand_in_names.tsv",
        f"# Names that may stand in for real ones, {made}. A pair is a first name with its short forms.\n"
        "# Columns: role, name, short forms, per cent women, median year of birth.\n",
        rows(),
    )
    _write(
        "given_name_bearers.tsv",
        f"# Who bears a first name, {made}.\n"
        "# Columns: name, thousands of bearers alive, per cent women, median year of birth.\n",
        bearers(),
    )


def _write(name: str, head: str, body: Iterable[tuple[object, ...]]) -> None:
    text = head + "".join("\t".join(map(str, row)) + "\n" for row in body)
    (DATA / name).write_text(text, encoding="ascii")


if __name__ == "__main__":
    main()
