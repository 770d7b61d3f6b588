"""Promise 2 for the ledger: planted words are nowhere after `check --keep`, not even in the opened vault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Run

from discretion.vault import Cost, Vault

PASSPHRASE = "ferret umbrella 41 candle"
MARKER = "quillfeather"
LINES = [
    f"im {MARKER}anne tavarez and my mail is {MARKER}@mail.example",
    f"i work at {MARKER} general, my dog is called {MARKER}",
    f"my insta is @{MARKER}77 and my password is {MARKER}77!",
    f"i live at 22 {MARKER} road, call me on 555-0142",
    f"*waves* write to {MARKER}@mail.example, i live in {MARKER}ville",
    f"im a type 1 diabetic and live in Springfield, {MARKER}",
]
SAID = [MARKER, "tavarez", "555-0142", "5550142", "diabetic", "springfield"]


@pytest.mark.parametrize("more", [(), ("--digests-only",), ("--persona", "Elara", "--html", "page.html")])
def test_no_word_is_kept(discretion: Run, home: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    folder = home / ".local" / "share" / "discretion"
    folder.parent.mkdir(parents=True)
    with Vault.create(PASSPHRASE, folder, cost=Cost(64 * 1024, 3)) as vault:
        key = vault.data_key
    (tmp_path / "pass").write_text(PASSPHRASE)
    (tmp_path / "pass").chmod(0o600)
    source = tmp_path / "chats.jsonl"
    rows = [{"conversation": "c", "author": "user", "text": line} for line in LINES]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    keep = ("--keep", "character.ai", "--passphrase-file", "pass")
    done = discretion("check", source, *keep, *more)
    assert done.returncode == 3, done.stderr
    assert MARKER not in done.stdout + done.stderr
    source.unlink()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            held = path.read_bytes().lower()
            assert not any(word.encode() in held for word in SAID[:-2]), path
            assert MARKER not in path.name
    with Vault.open_with_key(key, folder) as vault:
        assert vault.rows("SELECT count(*) FROM disclosure")[0][0] >= 8
        pages = vault.connection.serialize("main").lower()
    assert b"character.ai" in pages, "the search finds what is there"
    assert [word for word in SAID if word.encode() in pages] == []
