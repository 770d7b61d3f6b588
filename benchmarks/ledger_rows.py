"""A ledger of many rows, invented: what a hundred thousand different tellings would look like."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from discretion.exposure._ledger_values import written
from discretion.knowledge import normalise
from discretion.knowledge._values._place_tables import _records
from discretion.records import Frame, Kind, Severity, Source, Value
from discretion.vault import FactDigests, Vault

SEED = 4
PLATFORMS = 24
PERSONAS = ("", "Linnet", "Mara")
FIRST = datetime(2023, 11, 1, tzinfo=UTC)
DAYS = 1_100
SPAN_DAYS = 200
"""At most between the first and the last time that a fact was told."""
WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.AGE: tuple(str(years) for years in range(18, 91)),
    Kind.GENDER: ("woman", "man", "non-binary"),
    Kind.RELATIONSHIP: ("married", "divorced", "widowed", "single", "engaged", "married 16 years"),
    Kind.FAMILY: ("two kids", "my husband", "my wife", "three sons", "a daughter", "my mom died"),
    Kind.OCCUPATION: ("registered nurse", "teacher", "truck driver", "lawyer", "developer", "barista"),
    Kind.HEALTH: ("type 1 diabetes", "depression", "asthma", "migraine", "hearing loss", "breast cancer"),
    Kind.RELIGION: ("Baptist", "Catholic", "Hindu", "Muslim", "atheist", "Methodist"),
    Kind.ORIENTATION: ("gay", "bisexual", "straight", "lesbian"),
    Kind.ETHNICITY: ("Black", "Polish", "Irish-American", "Korean", "Latina"),
    Kind.EDUCATION: ("bachelor's degree", "high school", "phd", "master's degree"),
    Kind.FINANCES: ("$60k a year", "$24,000 a year", "$110k a year"),
    Kind.APPEARANCE: ("5'6\"", "6'2\"", "4'11\""),
}  # fmt: skip
"""What is told of kinds with a value; places are added from the gazetteer."""
WORDLESS = (
    Kind.EMAIL, Kind.PHONE, Kind.USERNAME, Kind.NAME, Kind.ROUTINE, Kind.EVENT, Kind.PET, Kind.WORKPLACE,
    Kind.SECRET,
)  # fmt: skip
"""Kinds of which the digest alone is kept."""
PLACES = 3_000

COLUMNS = (
    "platform, persona, kind, frame, severity, source, is_own, digest, value, is_value_kept, times, first_at,"
    " last_at, noted_at"
)

Row = tuple[str | int | bytes | None, ...]


def _values() -> dict[Kind, list[Value]]:
    on = date(2026, 11, 25)
    found = {
        kind: [value for words in all_words if (value := normalise(kind, words, reference=on)) is not None]
        for kind, all_words in WORDS.items()
    }
    ids = [line.split(b"\t")[0].decode() for line in _records()._lines]
    draw = random.Random(SEED)
    found[Kind.LOCATION] = [Value("place", (one,)) for one in sorted(draw.sample(ids, PLACES))]
    return found


def rows(count: int, digests: FactDigests) -> Iterator[Row]:
    """``count`` different rows of the table ``disclosure``, in the order of ``COLUMNS``."""
    draw = random.Random(SEED)
    values = _values()
    kinds = (*values, *WORDLESS)
    seen: set[Row] = set()
    while len(seen) < count:
        kind = draw.choice(kinds)
        value = draw.choice(values[kind]) if kind in values else None
        words = "" if value else draw.randbytes(8).hex()
        digest = digests.of(kind, words, value)
        platform, persona = f"platform-{draw.randrange(PLATFORMS)}.example", draw.choice(PERSONAS)
        frame = draw.choices((Frame.SELF, Frame.FICTION), (9, 1))[0]
        source = draw.choice((Source.IMPORT, Source.GATEWAY, Source.HAND))
        where: Row = (platform, persona, kind.value, frame.value, source.value, digest)
        if where in seen:
            continue
        seen.add(where)
        first = FIRST + timedelta(minutes=draw.randrange(DAYS * 24 * 60))
        last = first + timedelta(minutes=draw.randrange(SPAN_DAYS * 24 * 60))
        has_time = draw.random() < 0.9
        yield (
            platform,
            persona,
            kind.value,
            frame.value,
            Severity.MEDIUM.value,
            source.value,
            int(draw.random() < 0.05),
            digest,
            written(value),
            1,
            draw.randrange(1, 60),
            first.isoformat() if has_time else None,
            last.isoformat() if has_time else None,
            (FIRST + timedelta(days=DAYS)).isoformat(),
        )


def fill(vault: Vault, count: int) -> list[Row]:
    """Put ``count`` rows into the vault's ledger and give them."""
    made = list(rows(count, FactDigests(vault)))
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    vault.run_many(f"INSERT INTO disclosure ({COLUMNS}) VALUES ({marks})", made)
    return made
