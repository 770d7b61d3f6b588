"""The figures of speed from given times: what is counted, ratios round by round, what is promised."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.corpus import Line
from benchmarks.ours import BARE, OURS, RULES
from benchmarks.peers.process import Answer, Asked
from benchmarks.rounds import Run, counted, figures, ratio
from benchmarks.timed import WARM_UP

from benchmarks import speed
from discretion.text import Author

SHORT = "god im tired, long day"


def asked(*milliseconds: float, worked: float = 0.0) -> Asked:
    answers = tuple(Answer((), round(1e6 * one)) for one in milliseconds)
    return Asked(answers, 100.0, worked, 80.0, "1.0")


def lines(*texts: str, author: Author = Author.USER) -> list[Line]:
    return [Line("c", None, at, author, text) for at, text in enumerate(texts)]


def warm(count: int = WARM_UP) -> tuple[list[Line], tuple[float, ...]]:
    return lines(*[SHORT] * count), (50.0,) * count


COUNTED: list[tuple[str, list[Line], tuple[float, ...], tuple[float, ...], float]] = [
    ("messages after the warm-up", lines(SHORT, SHORT), (2.0, 4.0), (2.0, 4.0), 6.0),
    (
        "the other side's turns are read, not counted",
        [*lines("Tell me.", author=Author.ASSISTANT), *lines(SHORT)],
        (3.0, 2.0),
        (2.0,),
        5.0,
    ),
    (
        "a word and a letter are read, not counted",
        lines("ok", "x" * 400, SHORT),
        (1.0, 9.0, 2.0),
        (2.0,),
        12.0,
    ),
]


@pytest.mark.parametrize(
    ("reason", "rows", "took", "times", "read"), COUNTED, ids=[case[0] for case in COUNTED]
)
def test_what_is_counted(
    reason: str, rows: list[Line], took: tuple[float, ...], times: tuple[float, ...], read: float
) -> None:
    first, spent = warm()
    run = counted([*first, *rows], asked(*spent, *took))
    assert (run.times, run.read) == (times, read)
    assert run.per_s == pytest.approx(1000 * len(times) / sum(times))
    assert run.with_turns_per_s == pytest.approx(1000 * len(times) / read)


def run(*milliseconds: float, read: float | None = None) -> Run:
    return Run(asked(*milliseconds), milliseconds, read or sum(milliseconds))


def test_a_ratio_is_the_median_of_the_rounds_own() -> None:
    ours = [run(1.0), run(10.0, read=20.0), run(2.0)]
    other = [run(2.0), run(30.0), run(2.0)]
    told = ratio(ours, other)
    assert told == {"messages": 2.0, "least": 1.0, "most": 3.0, "with_turns": 1.5}


def system(p50: float, memory: float = 80.0) -> dict[str, Any]:
    return {"p50_ms": p50, "memory_mib": memory}


START = {"import_ms": 7.0, "help_ms": 50.0}
RATIOS = {
    BARE: {"messages": 0.79, "with_turns": 0.7},
    speed.PRESIDIO_RAMPART: {"messages": 2.0, "with_turns": 1.99},
}
PROMISES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, bool]]] = [
    (
        "without a model ours is the rules, and what the model promises is not judged",
        {OURS: system(0.9)},
        {},
        {
            "rules alone: short message, p50": True,
            "memory of a process": True,
            "import discretion": True,
            "discretion --help": True,
        },
    ),
    (
        "with a model: at least and at most, the bound itself holds",
        {OURS: system(15.0, 251.0), RULES: system(1.1), BARE: system(12.0)},
        RATIOS,
        {
            "rules alone: short message, p50": False,
            "with the model: short message, p50": True,
            "with the model: against the bare encoder": False,
            "with the model: against the bare encoder, all turns": False,
            "with the model: against Presidio + Rampart": True,
            "with the model: against Presidio + Rampart, all turns": False,
            "memory of a process": False,
            "import discretion": True,
            "discretion --help": True,
        },
    ),
    (
        "without that peer its ratio is not judged",
        {OURS: system(9.0), RULES: system(0.5), BARE: system(8.0)},
        {BARE: {"messages": 0.9, "with_turns": 0.8}},
        {
            "rules alone: short message, p50": True,
            "with the model: short message, p50": True,
            "with the model: against the bare encoder": True,
            "with the model: against the bare encoder, all turns": True,
            "memory of a process": True,
            "import discretion": True,
            "discretion --help": True,
        },
    ),
]


@pytest.mark.parametrize(
    ("reason", "systems", "ratios", "holds"), PROMISES, ids=[case[0] for case in PROMISES]
)
def test_what_is_promised_is_judged_where_it_can_be(
    reason: str, systems: dict[str, Any], ratios: dict[str, Any], holds: dict[str, bool]
) -> None:
    assert {one["what"]: one["holds"] for one in speed._held(systems, ratios, START)} == holds


def test_the_median_of_the_rounds_is_shown_and_the_cores_that_were_used() -> None:
    rounds = [Run(asked(1.0, 3.0, worked=worked), (1.0, 3.0), 4.0) for worked in (4.0, 6.0, 8.0)]
    assert figures(rounds) == {
        "version": "1.0",
        "messages_per_s": 500.0,
        "with_turns_per_s": 500.0,
        "p50_ms": 2.0,
        "p95_ms": 3.0,
        "load_ms": 100.0,
        "memory_mib": 80.0,
        "cores": 1.5,
    }
