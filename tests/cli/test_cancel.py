"""Ctrl-C leaves a valid partial report that says so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT

SCHEMA = json.loads((ROOT / "docs/reference/check.schema.json").read_text("utf-8"))


def long_export(path: Path) -> Path:
    """An export that takes far longer than the test waits."""
    row = json.dumps(
        {"conversation": "c", "author": "user", "text": "im tired, the rain is loud tonight " * 8}
    )
    path.write_text((row + "\n") * 60_000, "utf-8")
    return path


@pytest.mark.parametrize("cores", ["1", "2"])
def test_the_document_is_whole_and_marked_incomplete(tmp_path: Path, cores: str) -> None:
    source, target = long_export(tmp_path / "long.jsonl"), tmp_path / "out.json"
    command = [sys.executable, "-m", "discretion", "check", str(source), "--json", "--cores", cores]
    with target.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, start_new_session=True)
        deadline = time.monotonic() + 60
        while target.stat().st_size < 100_000 and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    found = json.loads(target.read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(found)
    assert found["complete"] is False
    assert 0 < found["summary"]["messages"] == len(found["messages"]) < 60_000


def test_the_report_in_the_terminal_says_that_it_is_partial(tmp_path: Path) -> None:
    source = long_export(tmp_path / "long.jsonl")
    process = subprocess.Popen(
        [sys.executable, "-m", "discretion", "check", source, "--cores", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert b"Cancelled: this report covers only what was read until then." in out
    assert b"nothing found" not in out.lower()
