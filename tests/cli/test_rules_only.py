"""`--rules-only`: every report says that the model took no part and what that means; nothing waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import SAMPLE, Run

SENTENCE = "The model took no part (the model is off): rules alone miss much"


def test_the_terminal_and_the_page_say_so_at_their_head(discretion: Run, tmp_path: Path) -> None:
    done = discretion("check", SAMPLE, "--rules-only", "--html", "page.html")
    assert done.returncode == 3, done.stderr
    assert SENTENCE in " ".join(done.stdout.split())
    assert "nothing found" not in done.stdout.lower()
    assert SENTENCE in (tmp_path / "page.html").read_text("utf-8")


def test_the_document_says_so(discretion: Run) -> None:
    found = json.loads(discretion("check", SAMPLE, "--rules-only", "--json").stdout)
    own = sum(message["author"] == "user" for message in found["messages"])
    assert found["summary"]["model"] == {"messages_without": own, "reason": "the model is off"}


def test_a_clean_chat_is_not_called_clean_without_the_model(discretion: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"conversation": "c", "author": "user", "text": "haha ok"}\n', "utf-8")
    done = discretion("check", "a.jsonl", "--rules-only")
    assert done.returncode == 0, done.stderr
    assert "In what could be checked there is no finding" in done.stdout


def test_the_help_tells_how(discretion: Run) -> None:
    assert "discretion check chats.jsonl --rules-only" in " ".join(
        discretion("check", "--help").stdout.split()
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import discretion", "the package"),
        ("from discretion import Guard; Guard()", "a guard that has read nothing"),
        (
            "from discretion.cli import main\ntry: main(['check', '--help'])\nexcept SystemExit: pass",
            "the help",
        ),
        ("from discretion import Guard; Guard(rules_only=True).review('im jess, 34')", "rules alone"),
    ],
)
def test_the_models_runtime_is_loaded_with_the_first_review_that_needs_it(code: str, reason: str) -> None:
    late = "print(sorted({'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{late}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]", reason
