"""Hints name the program as the user types it, and nothing else of a sentence changes."""

from __future__ import annotations

import pytest

from discretion.records._command import as_called

TYPED = ".venv/bin/discretion"
SENTENCES: list[tuple[str, str, str]] = [
    ("see: discretion gateway pending", f"see: {TYPED} gateway pending", "a hint"),
    ("discretion vault unlock", f"{TYPED} vault unlock", "at the start"),
    ("`discretion persona list`", f"`{TYPED} persona list`", "in marks"),
    ("Discretion asks first.", "Discretion asks first.", "the name of the program"),
    ("use discretion when you chat", "use discretion when you chat", "the word"),
    ("bin/discretion gateway run", "bin/discretion gateway run", "a path already"),
    ("indiscretion gateway", "indiscretion gateway", "another word"),
    ("", "", "nothing"),
]


@pytest.mark.parametrize(("sentence", "becomes", "why"), SENTENCES)
def test_hints_are_as_typed(sentence: str, becomes: str, why: str) -> None:
    assert as_called(sentence, TYPED) == becomes, why
    assert as_called(sentence, "discretion") == sentence
    assert as_called(as_called(sentence, TYPED), TYPED) == becomes, "twice is once"


def test_a_path_with_a_backslash_is_no_pattern() -> None:
    assert as_called("discretion vault init", r"C:\1\discretion") == r"C:\1\discretion vault init"
