"""Counting posts, choosing messages, and the page: figures only, no text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import cast

import pytest
from benchmarks.corpus import Line
from benchmarks.machine import machine
from benchmarks.parts import parts
from benchmarks.peers.catalogue import catalogue
from benchmarks.report import page
from benchmarks.speed_tables import speed_tables
from benchmarks.tables import Table, percent, plain
from benchmarks.timed import WARM_UP, conversations, is_short

from benchmarks import posts, speed
from discretion.guard import Guard
from discretion.records import Frame, NotChecked, Review, Verdict
from discretion.text import Author

MARKER = "quxxle"
POSTS = [f"mail me at {MARKER}@mail.example", "haha ok", "", "\x00\ud83d", "*" * 300]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    guard = tmp_path / "guard"
    (guard / "litbank" / "quotations" / "tsv").mkdir(parents=True)
    lines = "".join(json.dumps({"text": text}) + "\n" for text in POSTS)
    for name in ("tweebank_train.jsonl", "tweebank_dev.jsonl"):
        (guard / name).write_text(lines, encoding="utf-8")
    (guard / "litbank" / "quotations" / "tsv" / "a.ann").write_text(
        'QUOTE\tQ1\t1\t0\t1\t3\t" Smooth ! "\nATTRIB\tQ1\tjock-1\n', encoding="utf-8"
    )
    (guard / "synthetic_persona_chat_valid.csv").write_text(
        "user 1 personas,user 2 personas,Best Generated Conversation\n"
        'a,b,"User 1: Hi!\nUser 2: Hello!\nUser 1: Bye"\n',
        encoding="utf-8",
    )
    return tmp_path


def test_posts_are_counted_and_not_printed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCRETION_DATA", str(folder))
    assert posts.main(["--json"]) == 0
    printed = capsys.readouterr()
    sources = json.loads(printed.out)["sources"]
    assert sources["Tweebank"]["texts"] == 10
    assert sources["Tweebank"]["findings_per_1000"]["email"] == 200.0
    assert sources["Tweebank"]["raised"] == {}
    assert sources["Synthetic-Persona-Chat"]["texts"] == 2
    assert sources["LitBank quotations"]["texts"] == 1
    assert "skipped: WNUT17" in printed.err
    assert MARKER not in printed.out + printed.err


def test_a_kind_is_shown_in_its_texts_when_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCRETION_DATA", str(folder))
    assert posts.main(["--source", "Tweebank", "--show-text", "email"]) == 0
    assert MARKER in capsys.readouterr().out


def test_what_raises_is_counted_by_place_and_without_a_value() -> None:
    tally = posts.Tally()
    posts.review_chat([(Author.USER, cast(str, [MARKER]))], "x#0", Guard(), tally, None)
    assert tally.texts == sum(tally.raised.values()) == 1
    (where,) = tally.raised
    assert re.fullmatch(r"\w+Error at \w+\.py:\d+", where)
    assert MARKER not in json.dumps(tally.document())


def test_a_detector_that_failed_inside_the_guard_is_counted_too() -> None:
    tally = posts.Tally()
    failed = NotChecked("detector broken", "it failed: KeyError")
    tally.add(MARKER, Review(Verdict.ALLOW, Frame.SELF, not_checked=(failed,)), None)
    assert tally.raised == {"detector broken: it failed: KeyError": 1}


def test_the_cost_is_told_for_every_part() -> None:
    measured = parts(["god im tired, mail me at jess.k@mail.example"] * (WARM_UP + 2))
    assert measured.keys() >= {"fold", "language", "email", "frame cues", "limit cues"}
    assert list(measured.values()) == sorted(measured.values(), reverse=True)


def line(name: str, text: str, author: Author = Author.USER) -> Line:
    return Line(name, None, 0, author, text)


SHORT: list[tuple[str, Line, bool]] = [
    ("a line of a chat", line("c", "god im tired, long day"), True),
    ("too short to say anything", line("c", "haha ok"), False),
    ("a letter", line("c", "x" * 200), False),
    ("not the user's", line("c", "god im tired, long day", Author.ASSISTANT), False),
]


@pytest.mark.parametrize(("reason", "one", "counts"), SHORT, ids=[case[0] for case in SHORT])
def test_only_short_lines_of_the_user_are_timed(reason: str, one: Line, counts: bool) -> None:
    assert is_short(one) is counts


def test_conversations_come_whole_and_from_every_file(tmp_path: Path) -> None:
    for file in ("t1", "t2"):
        rows = [
            {
                "conversation": f"{file}-{number}",
                "turn": turn,
                "author": "user",
                "text": "a line of some length",
            }
            | {"frame": "self", "limits": [], "findings": []}
            for number in (0, 1)
            for turn in (0, 1)
        ]
        (tmp_path / f"{file}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    names = [one.conversation for one in conversations(tmp_path)]
    assert names == ["t1-0", "t1-0", "t2-0", "t2-0", "t1-1", "t1-1", "t2-1", "t2-1"]


def test_the_figures_of_our_guard_have_their_shape() -> None:
    lines = [line(f"c{number}", f"god im tired, day {number}") for number in range(WARM_UP + 20)]
    document = speed.speed(lines, [], rounds=1, starts=1)
    assert document["messages"]["n"] == 20
    ours = document["systems"]["discretion"]
    assert 0 < ours["p50_ms"] <= ours["p95_ms"]
    assert ours["memory_mib"] > 1
    assert 0 < ours["with_turns_per_s"] <= ours["messages_per_s"]
    assert 0 < ours["cores"] < 1.5
    promised = {one[0]: one[3] for one in speed.LIMITS}
    assert {one["what"]: one["at_most"] for one in document["limits"]}.items() <= promised.items()
    assert [table.title for table in speed_tables(document)]


def test_the_machine_is_described_without_host_or_path() -> None:
    import platform

    described = json.dumps(machine())
    assert platform.node() not in described
    assert "/work" not in described
    assert str(Path.home()) not in described


def test_a_table_is_the_same_on_a_page() -> None:
    table = Table("t", ("what", "value"), (("a", percent(0.5)), ("b", percent(None)), ("c", plain(1.25))))
    assert table.markdown().splitlines() == [
        "| what | value |",
        "| --- | ---: |",
        "| a | 50.0 % |",
        "| b | – |",
        "| c | 1.2 |",
    ]


def test_the_page_has_every_part() -> None:
    from benchmarks.comparison import ours_on

    lines = [line(f"c{number}", f"god im tired, day {number}") for number in range(WARM_UP + 5)]
    compared = {"corpus": {"discretion": ours_on(lines)}, "data_sets": {}}
    timed, costs = speed.speed(lines, [], rounds=1, starts=1), parts([one.text for one in lines])
    written = page(compared, timed, costs, [], [f"skipped: {catalogue()['depii'].title}"])
    sections = ["## Accuracy", "## Speed", "## What the numbers do not show", "skipped: depii", "| machine |"]
    assert [part for part in sections if part not in written] == []
