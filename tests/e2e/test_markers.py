"""Promise 2: no text at rest. Planted markers are found nowhere but where the user asked for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.e2e.conftest import Life, holds
from tests.e2e.life import FACT, PASSPHRASE, TOLD
from tests.e2e.life import MARKER as PLANTED

from discretion.vault import Vault

MARKER = "quillfeather"
LINES = [
    f"im {MARKER}anne and my mail is {MARKER}@mail.example",
    f"*waves* my password is {MARKER}77!",
    f"ich wohne seit drei Jahren in der Nähe von {MARKER} und arbeite dort",
    f"{MARKER} " * 300,
    f"\ud83d\ude00 {MARKER} \u202e {MARKER}",
]


def export(path: Path, extra: str = "") -> Path:
    rows = [{"conversation": "c", "author": "user", "text": line} for line in LINES]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n" + extra, "utf-8")
    return path


def places(folder: Path) -> list[str]:
    """Files under ``folder`` that hold the marker in content or name."""
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and (MARKER.encode() in path.read_bytes() or MARKER in path.name)
    ]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "the report in the terminal is masked"),
        (("--json",), "the document holds positions, not words"),
        (("--html", "page.html"), "the page is masked"),
        (("--json", "--cores", "2"), "workers get text through pipes"),
        (("--min-severity", "critical"), "a threshold changes nothing"),
    ],
)
def test_the_marker_is_in_the_export_alone(
    discretion: Run, tmp_path: Path, arguments: tuple[str, ...], why: str
) -> None:
    many = json.dumps({"conversation": "d", "author": "user", "text": f"{MARKER} and the rain " * 40})
    more = (many + "\n") * 500 if "--cores" in arguments else ""
    source = export(tmp_path / "chats.jsonl", extra=more + '{"conversation": "c", "text": "' + MARKER)
    done = discretion("check", source, *arguments)
    assert done.returncode == 3, done.stderr
    assert MARKER not in done.stdout, why
    assert MARKER not in done.stderr, why
    assert places(tmp_path) == ["chats.jsonl"], why


def test_words_are_shown_where_the_user_asks(discretion: Run, tmp_path: Path) -> None:
    done = discretion("check", export(tmp_path / "chats.jsonl"), "--show-text", "--html", "page.html")
    assert MARKER in done.stdout
    assert sorted(places(tmp_path)) == ["chats.jsonl", "page.html"]
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o600


def test_an_error_that_nobody_foresaw_names_no_words(discretion: Run, tmp_path: Path) -> None:
    """The library raises with a message's words in the error; the program shows type and place alone."""
    source = export(tmp_path / "chats.jsonl")
    code = (
        "import sys, discretion.cli._tally as t\n"
        "def broken(self, row): raise ValueError(row.message.text)\n"
        "t.Tally.add = broken\n"
        "from discretion.cli import main\n"
        f"main(['check', {str(source)!r}])\n"
    )
    (tmp_path / "broken.py").write_text(code, "utf-8")
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, tmp_path / "broken.py"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "internal error (ValueError at" in done.stderr
    assert MARKER not in done.stdout + done.stderr


def test_after_each_verb_no_marker_lies_on_the_disk(lived: Life) -> None:
    """Home, temporary files, the folder one works in: raw bytes of the vault and its backup included."""
    for one in lived.steps:
        assert one.holders == (), one.step.name


def test_a_verb_says_a_marker_only_where_values_were_asked_for(lived: Life) -> None:
    for one in lived.steps:
        assert PLANTED not in one.stderr.lower(), one.step.name
        assert (PLANTED in one.stdout.lower()) == one.step.shows, one.step.name
        assert PASSPHRASE not in one.stdout, one.step.name


def test_inside_the_vault_is_what_the_user_keeps_and_no_word_of_a_chat(lived: Life) -> None:
    """Every cell of every table, decrypted: the search would find something, and not what was said."""
    with Vault.open(PASSPHRASE, lived.root / "home/.local/share/discretion") as vault:
        tables = [name for (name,) in vault.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        cells = [cell for table in tables for row in vault.rows(f'SELECT * FROM "{table}"') for cell in row]
    raw = b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells).lower()
    assert FACT.lower().encode() in raw
    assert TOLD.encode() not in raw


def test_no_value_of_a_persona_lies_on_the_disk(lived: Life) -> None:
    (shown,) = (one.stdout for one in lived.steps if one.step.name == "persona show Wren --json")
    persona = json.loads(shown)["persona"]
    given, family = persona["given_name"], persona["family_name"]
    values = {persona["handle"], persona["email_local"], f"{given} {family}", f'"family_name": "{family}"'}
    for path in lived.root.rglob("*"):
        raw = path.read_bytes().lower() if path.is_file() else b""
        assert [value for value in values if value.casefold().encode() in raw] == [], path


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    for form in ("utf-8", "utf-16"):
        (tmp_path / form).write_text(PASSPHRASE.title(), form)
        assert holds(tmp_path / form)
