"""Values leave the program only where the words do: in `--json` with `--show-text`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT, Run

SCHEMA = json.loads((ROOT / "docs/reference/check.schema.json").read_text("utf-8"))
TEXT = "im 34, i live in tulsa, im a type 1 diabetic. home alone till 6, mail jess@mail.example"


def export(path: Path) -> Path:
    row = {"conversation": "c", "author": "user", "text": TEXT, "sent_at": "2026-03-01T09:00:00Z"}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    return path


def test_values_stand_beside_the_words(discretion: Run, tmp_path: Path) -> None:
    done = discretion("check", export(tmp_path / "a.jsonl"), "--json", "--show-text")
    document = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(document)
    values = {one["kind"]: one["value"] for one in document["messages"][0]["findings"]}
    assert values["age"] == {"system": "age", "codes": [], "low": 34, "high": 34, "unit": "years"}
    assert values["location"]["codes"] == ["4553433"]
    assert values["health"]["codes"] == ["diabetes/type_1"]
    assert values["email"] is None, "an identifier has none"
    assert values["routine"] is None, "a kind without values"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--json",), "the document without words"),
        ((), "the report"),
        (("--show-text",), "the report with words"),
        (("--json", "--cores", "2"), "many cores"),
    ],
)
def test_values_stand_nowhere_else(
    discretion: Run, tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    done = discretion("check", export(tmp_path / "a.jsonl"), *arguments)
    assert done.returncode == 3, done.stderr
    for part in ("type_1", "4553433", '"value"'):
        assert part not in done.stdout + done.stderr, reason


def test_the_page_holds_none(discretion: Run, tmp_path: Path) -> None:
    discretion("check", export(tmp_path / "a.jsonl"), "--show-text", "--html", "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "type_1" not in page
    assert "4553433" not in page
