"""A report with anything unchecked never says that nothing was found."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from discretion.cli._engine import Row, review_all
from discretion.cli._report._headline import headline
from discretion.cli._tally import Tally
from discretion.exports import read_export
from discretion.records import NotChecked, Review, Severity, Verdict


def outcome(*texts: str, tail: bytes = b"", review: Review | None = None, complete: bool = True) -> str:
    rows = [{"conversation": "c", "author": "user", "text": text} for text in texts]
    content = "".join(json.dumps(row) + "\n" for row in rows).encode() + tail
    export = read_export(io.BytesIO(content), name="chats.jsonl")
    tally = Tally(min_severity=Severity.LOW)
    for row in review_all(export, facts=(), intimate=True, cores=1):
        tally.add(Row(row.message, review) if review else row)
    return headline(export, tally, complete=complete, intimate=True, name="chats.jsonl").verdict


CLEAN = Review(Verdict.ALLOW, None)
UNREAD = replace(CLEAN, not_checked=(NotChecked("frame", "language: de"),))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (outcome("haha ok", review=UNREAD), "a message that was not checked"),
        (outcome("haha ok", review=CLEAN, tail=b'{"conversation": "c", "te'), "a row that was skipped"),
        (outcome("haha ok", review=CLEAN, complete=False), "a run that was cancelled"),
    ],
)
def test_unchecked_is_never_nothing_found(said: str, why: str) -> None:
    assert "nothing found" not in said.lower(), why
    assert "could not be checked" in said, why


def test_all_checked_and_clean_says_so_and_promises_nothing() -> None:
    assert outcome("haha ok", review=CLEAN).startswith("Nothing found. No detector sees everything")


def test_findings_are_counted_in_words() -> None:
    assert outcome("write to jess.k@mail.example").startswith("1 finding:")
