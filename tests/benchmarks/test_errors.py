"""The page of errors: what counts as one, which are worst, and that the page shows a line as it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from benchmarks.corpus import Gold, Line
from benchmarks.errors import ALARM, MISS, Error, errors_of, page, worst
from benchmarks.prediction import Found, Prediction

from benchmarks import errors
from discretion.records import Frame, Kind, Limit, Verdict
from discretion.text import Author, Span

NAME, AGE, SECRET, LOCATION = Kind.NAME, Kind.AGE, Kind.SECRET, Kind.LOCATION


def line(text: str = "im jess, 34, from toledo", *marks: tuple[Kind, int, int], **more: Any) -> Line:
    gold = tuple(Gold(kind, Span(start, end), Frame.SELF) for kind, start, end in marks)
    return Line("c", None, 0, Author.USER, text, Frame.SELF, gold=gold, **more)


def said(*found: tuple[Kind, int, int, float], **more: Any) -> Prediction:
    spans = tuple(Found(kind, Span(start, end), sure) for kind, start, end, sure in found)
    return Prediction(spans, **more)


TEXT = "im jess, 34, from toledo"
CASES: list[tuple[str, Line, Prediction, list[tuple[str, str]]]] = [
    ("a fact found is no error", line(TEXT, (NAME, 3, 7)), said((NAME, 3, 7, 0.9)), []),
    ("a fact not found", line(TEXT, (NAME, 3, 7)), said(), [(MISS, "name")]),
    (
        "found under another kind: once, as missed",
        line(TEXT, (LOCATION, 18, 24)),
        said((NAME, 18, 24, 0.9)),
        [(MISS, "location")],
    ),
    ("found where nothing is", line(TEXT), said((AGE, 9, 11, 0.4)), [(ALARM, "age")]),
    (
        "a limit that is not held, whatever else is",
        line(TEXT, limits=frozenset({Limit.CRIME})),
        said(verdict=Verdict.BLOCK, held={Limit.MINOR: frozenset({"message"})}),
        [(MISS, "crime"), (ALARM, "minor")],
    ),
    (
        "held by an earlier statement of one's own age is none",
        line(TEXT, own_age_turns=frozenset({"turn:2"})),
        said(verdict=Verdict.BLOCK, held={Limit.MINOR: frozenset({"turn:2"})}),
        [],
    ),
]


@pytest.mark.parametrize(("reason", "one", "answer", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_counts_as_an_error(
    reason: str, one: Line, answer: Prediction, expected: Sequence[tuple[str, str]]
) -> None:
    assert [(error.side, error.kind) for error in errors_of([(one, answer)])] == expected


WORSE: list[tuple[str, tuple[Line, Prediction], tuple[Line, Prediction]]] = [
    ("a secret over a name", (line(TEXT, (SECRET, 3, 7)), said()), (line(TEXT, (NAME, 3, 7)), said())),
    (
        "in silence over under another kind",
        (line(TEXT, (NAME, 3, 7)), said()),
        (line(TEXT, (NAME, 3, 7)), said((AGE, 3, 7, 0.9))),
    ),
    ("a sure alarm", (line(TEXT), said((NAME, 3, 7, 0.9))), (line(TEXT), said((NAME, 3, 7, 0.5)))),
    (
        "a limit over every fact",
        (line(TEXT, limits=frozenset({Limit.CRIME})), said()),
        (line(TEXT, (SECRET, 3, 7)), said((NAME, 3, 7, 0.9))),
    ),
    (
        "a stop by the message over one held over",
        (line(TEXT), said(verdict=Verdict.ASK, held={Limit.CRIME: frozenset({"message"})})),
        (line(TEXT), said(verdict=Verdict.ASK, held={Limit.CRIME: frozenset({"turn:1"})})),
    ),
]


@pytest.mark.parametrize(("reason", "graver", "lesser"), WORSE, ids=[case[0] for case in WORSE])
def test_which_error_is_worse(
    reason: str, graver: tuple[Line, Prediction], lesser: tuple[Line, Prediction]
) -> None:
    (first,), (second,) = list(errors_of([graver])), list(errors_of([lesser]))
    assert first.weight > second.weight


def many(side: str, kinds: Sequence[str], weight: float) -> list[Error]:
    return [Error(side, kind, line(f"{side} {at}"), None, "", "", weight) for at, kind in enumerate(kinds)]


SHARES: list[tuple[str, list[Error], int, int]] = [
    ("half of each", many(MISS, [*"abcdefgh"], 1) + many(ALARM, [*"abcdefgh"], 2), 5, 5),
    ("more of one side where the other has few", many(MISS, [*"abcdefghij"], 1) + many(ALARM, "a", 2), 9, 1),
    ("and the other way round", many(MISS, "a", 1) + many(ALARM, [*"abcdefghij"], 2), 1, 9),
    ("five of a kind", many(MISS, ["name"] * 9, 1), 5, 0),
    ("none", [], 0, 0),
]


@pytest.mark.parametrize(
    ("reason", "all_of_them", "missed", "alarms"), SHARES, ids=[case[0] for case in SHARES]
)
def test_the_page_shows_both_sides(reason: str, all_of_them: list[Error], missed: int, alarms: int) -> None:
    shown = worst(all_of_them, 10)
    assert [one.side for one in shown] == [MISS] * missed + [ALARM] * alarms


def test_the_page_shows_lines_as_they_are_with_the_reason_told() -> None:
    text = "*nods* im [jess]|jo\nfrom <b>"
    one = line(text, (NAME, 11, 15))
    (error,) = errors_of([(one, said())])
    written = page(
        [error], [error], {error.key: "a name in brackets"}, {"lines": 1, "conversations": 1}, "rules"
    )
    assert r"\*nods\* im \[**jess**\]\|jo from &lt;b>" in written
    assert "a name in brackets" in written
    assert errors.NOT_READ not in written


WITHHELD: list[tuple[str, dict[str, Any]]] = [
    ("a real person in a scene", {"limits": frozenset({Limit.REAL_PERSON})}),
    ("a crisis", {"is_crisis": True, "limits": frozenset({Limit.CRIME})}),
]


@pytest.mark.parametrize(("reason", "more"), WITHHELD, ids=[case[0] for case in WITHHELD])
def test_some_lines_are_not_shown(reason: str, more: dict[str, Any]) -> None:
    (error,) = errors_of([(line("quxxle", **more), said())])
    written = page([error], [error], {}, {"lines": 1, "conversations": 1}, "rules")
    assert "quxxle" not in written
    assert errors.NOT_READ in written


def test_the_key_is_that_of_line_and_kind() -> None:
    keys = {
        error.key
        for text in ("im jess", "im jo")
        for kind in (NAME, AGE)
        for error in errors_of([(line(text, (kind, 3, 5)), said())])
    }
    assert len(keys) == 4


def test_the_dev_set_is_never_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "devset.jsonl"
    path.write_text("{}", encoding="utf-8")
    assert errors.main(["--corpus", str(path), "--output", str(tmp_path / "errors.md")]) == 2
    assert "dev set" in capsys.readouterr().err
    assert not (tmp_path / "errors.md").exists()


def test_the_command_writes_the_page_and_says_what_has_no_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row: dict[str, Any] = {
        "conversation": "c",
        "persona": None,
        "turn": 0,
        "author": "user",
        "text": "zorp the blivet",
    }
    row |= {
        "frame": "self",
        "limits": [],
        "findings": [{"kind": "pet", "start": 9, "end": 15, "frame": "self"}],
    }
    corpus, output = tmp_path / "corpus.jsonl", tmp_path / "errors.md"
    corpus.write_text(json.dumps(row), encoding="utf-8")
    assert errors.main(["--corpus", str(corpus), "--output", str(output), "--missing"]) == 0
    printed = capsys.readouterr()
    assert "1 errors, 1 shown, 1 without a reason" in printed.err
    assert "missed: pet: zorp the **blivet**" in printed.out
    assert "zorp the **blivet**" in output.read_text(encoding="utf-8")


def test_every_reason_kept_is_a_sentence_under_a_key() -> None:
    for key, reason in errors.reasons().items():
        assert len(key) == 12
        assert reason.strip() == reason != ""
