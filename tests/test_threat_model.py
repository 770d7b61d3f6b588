"""A promise that is not tested is not a promise: the threat model names tests that are there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs/threat-model.md").read_text("utf-8")
PROMISES = [line for line in PAGE.partition("## What is promised")[2].splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("row", PROMISES[1:], ids=lambda row: str(row).split("|")[1].strip()[:40])
def test_each_promise_names_a_test_that_exists(row: str) -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", row.split("|")[3])
    assert named, "a promise without a test"
    assert [path for path in named if not (ROOT / path).exists()] == []
