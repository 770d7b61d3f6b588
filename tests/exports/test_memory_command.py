"""The command that measures memory runs, at a size that tests nothing but that."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.conftest import ROOT


@pytest.mark.parametrize("name", ["chatgpt", "sillytavern", "json_lines", "telegram"])
def test_the_measurement_runs(name: str) -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks.export_memory",
        "--format",
        name,
        "--megabytes",
        "1",
        "--zip",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    assert report["format"] == name
    assert report["messages"] > 500
    assert report["skipped"] == 0
    assert report["peak_rss_megabytes"] < 300


def test_the_measurement_reviews_where_asked_to() -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks.export_memory",
        "--format",
        "json_lines",
        "--megabytes",
        "0.1",
    ]
    done = subprocess.run(
        [*command, "--review", "rules"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    report = json.loads(done.stdout)
    assert report["review"] == "rules"
    assert report["messages"] > 100
