"""`discretion exposure estimate` from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT, Run

SCHEMA = json.loads((ROOT / "docs/reference/estimate.schema.json").read_text("utf-8"))
FACTS = [
    {"kind": "age", "value": "34"},
    {"kind": "location", "value": "Tulsa, Oklahoma"},
    {"kind": "occupation", "value": "nurse"},
    {"kind": "pet", "value": "Rex"},
]


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (FACTS, "estimated"),
        ([*FACTS, {"kind": "email", "value": "jess@mail.example"}], "singled_out"),
        ([{"kind": "pet", "value": "Rex"}], "not_checked"),
        ([], "not_checked"),
    ],
)
def test_the_document_fits_its_schema(
    discretion: Run, tmp_path: Path, facts: list[dict[str, str]], status: str
) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts), "utf-8")
    done = discretion("exposure", "estimate", path, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(found)
    assert (found["schema"], found["status"]) == ("discretion.estimate/1", status)
    assert [(one["kind"], one["value"]) for one in found["facts"]] == [
        (one["kind"], one["value"]) for one in facts
    ]


def test_a_pipe_and_the_terminal_report(discretion: Run) -> None:
    done = discretion("exposure", "estimate", "-", stdin=json.dumps(FACTS))
    assert done.returncode == 0, done.stderr
    assert "people fit" in done.stdout
    assert "Not checked: pet" in done.stdout


def test_what_is_said_cannot_steer_the_terminal(discretion: Run) -> None:
    facts = [{"kind": "\x1b[31mx", "value": "\x1b]0;owned\x07 [bold]y[/bold]"}, *FACTS]
    done = discretion("exposure", "estimate", "-", stdin=json.dumps(facts))
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "[bold]" in done.stdout


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"zebrawood", "no JSON"),
        (b'{"kind": "zebrawood"}', "no list"),
        (b"\x00\xff zebrawood", "bytes"),
        (b"[" * 100_000, "nested"),
        (b" " * 1_100_000, "huge"),
    ],
)
def test_what_cannot_be_read_leaves_with_2_and_quotes_nothing(
    discretion: Run, tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(content)
    done = discretion("exposure", "estimate", path, "--json")
    assert done.returncode == 2, why
    assert done.stdout == ""
    assert "zebrawood" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_and_a_folder_leave_with_2(discretion: Run, tmp_path: Path) -> None:
    assert discretion("exposure", "estimate", tmp_path / "none.json").returncode == 2
    assert discretion("exposure", "estimate", tmp_path).returncode == 2
    assert discretion("exposure", "estimate").returncode == 2
