"""Backup, restore and the end of a vault."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from tests.vault.conftest import LEAST, PASSPHRASE

from discretion.records import Kind
from discretion.vault import (
    Asker,
    BackupNotReadable,
    Head,
    NotSaved,
    NoVault,
    OwnFact,
    TrailBroken,
    Vault,
    VaultExists,
    WrongPassphrase,
    add_facts,
    back_up,
    backup_head,
    check_trail,
    destroy,
    note_query,
    read_facts,
    restore,
)

ASKER = Asker("test", "cli")
MARKER = b"zqbackupmarker"


@pytest.fixture(scope="module")
def backup(made: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a vault with two facts and one query."""
    place = tmp_path_factory.mktemp("backup")
    home = place / "home"
    home.mkdir(mode=0o700)
    for name in ("vault.db", "vault.mark", "vault.key"):
        (home / name).write_bytes((made[0] / name).read_bytes())
        (home / name).chmod(0o600)
    path = place / "vault.age"
    with Vault.open_with_key(made[1], home) as vault:
        add_facts(vault, [OwnFact(Kind.NAME, MARKER.decode(), ("zq",)), OwnFact(Kind.AGE, "34")])
        read_facts(vault, ASKER)
        written = back_up(vault, PASSPHRASE, path)
        assert written.head == check_trail(vault).head
        assert written.size == path.stat().st_size
    return path


def test_a_backup_is_a_standard_age_file_of_the_users_alone(backup: Path) -> None:
    raw = backup.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert MARKER not in raw
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.iterdir() if path.name.startswith(".")] == []


def test_it_opens_without_this_program(backup: Path) -> None:
    plain = None
    while plain is None:
        with contextlib.suppress(pyrage.DecryptError):  # on a busy machine the library refuses at times
            plain = pyrage.passphrase.decrypt(backup.read_bytes(), PASSPHRASE)
    database = sqlite3.connect(":memory:")
    database.deserialize(plain)
    assert database.execute("SELECT value FROM own_fact WHERE kind = 'age'").fetchall() == [("34",)]
    database.close()


def test_restore_gives_everything_back_under_a_fresh_key(
    backup: Path, tmp_path: Path, made: tuple[Path, bytes], reopen: Callable[[], Vault]
) -> None:
    with restore(backup, PASSPHRASE, tmp_path / "new", cost=LEAST) as vault:
        assert vault.data_key != made[1]
        assert check_trail(vault).broken_at is None
        assert check_trail(vault, since=backup_head(backup, PASSPHRASE)).broken_at is None
        assert [fact.value for fact in read_facts(vault, ASKER)] == [MARKER.decode(), "34"]
        assert vault.rows("PRAGMA auto_vacuum") == [(2,)]
    with reopen() as original:
        note_query(original, ASKER, [], 0)
    with pytest.raises(VaultExists):
        restore(backup, PASSPHRASE, tmp_path / "new", cost=LEAST)


def test_subkeys_outlive_a_restore(backup: Path, tmp_path: Path, reopen: Callable[[], Vault]) -> None:
    with (
        restore(backup, PASSPHRASE, tmp_path / "new", cost=LEAST) as vault,
        reopen() as original,
    ):
        assert vault.subkey("ledger") == original.subkey("ledger")


def test_a_half_written_backup_is_recognised(backup: Path, tmp_path: Path) -> None:
    raw = backup.read_bytes()
    cut = tmp_path / "cut.age"
    for length in (0, 10, 40, 100, len(raw) // 2, len(raw) - 1):
        cut.write_bytes(raw[:length])
        with pytest.raises(BackupNotReadable, match=r"cut short|no age file"):
            restore(cut, PASSPHRASE, tmp_path / "new", cost=LEAST)
        assert not (tmp_path / "new").exists()


def test_a_damaged_backup_gives_nothing(backup: Path, tmp_path: Path) -> None:
    raw = backup.read_bytes()
    for position in (0, 30, 120, len(raw) // 2):
        damaged = bytearray(raw)
        damaged[position] ^= 1
        (tmp_path / "damaged.age").write_bytes(damaged)
        with pytest.raises((BackupNotReadable, WrongPassphrase)):
            restore(tmp_path / "damaged.age", PASSPHRASE, tmp_path / "new", cost=LEAST)
        assert not (tmp_path / "new").exists(), position


def test_a_wrong_passphrase_is_told_from_damage(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        restore(backup, "something else", tmp_path / "new", cost=LEAST)
    assert not (tmp_path / "new").exists()


def _sealed(path: Path, content: bytes) -> Path:
    path.write_bytes(pyrage.passphrase.encrypt(content, PASSPHRASE))
    return path


def _other_database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE own_fact (id, kind)")
    plain = database.serialize()
    database.execute("PRAGMA application_id = 0x44736376")
    database.execute("PRAGMA user_version = 1")
    ours_by_name = database.serialize()
    database.close()
    assert plain != ours_by_name
    return ours_by_name


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "an age file of nothing"),
        (b"hello", "an age file of something else"),
        (b"SQLite format 3\x00" + bytes(4096), "the head of a database alone"),
        (_other_database(), "a database that says it is ours and lacks tables"),
    ],
)
def test_hostile_backups(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(BackupNotReadable):
        restore(_sealed(tmp_path / "x.age", content), PASSPHRASE, tmp_path / "new", cost=LEAST)
    assert not list((tmp_path / "new").glob("*"))


def test_places_that_are_no_backup(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path / "nowhere", tmp_path, pipe):
        with pytest.raises(BackupNotReadable, match="no such file"):
            restore(path, PASSPHRASE, tmp_path / "new", cost=LEAST)


def test_a_backup_replaces_nothing_and_needs_the_vaults_passphrase(vault: Vault, tmp_path: Path) -> None:
    there = tmp_path / "holiday.jpg"
    there.write_bytes(b"a picture")
    with pytest.raises(NotSaved, match="name another file"):
        back_up(vault, PASSPHRASE, there)
    assert there.read_bytes() == b"a picture"
    with pytest.raises(WrongPassphrase):
        back_up(vault, PASSPHRASE + "x", tmp_path / "x.age")
    with pytest.raises(NotSaved):
        back_up(vault, PASSPHRASE, tmp_path / "nowhere" / "x.age")


def test_the_end_of_a_vault(vault: Vault, folder: Path) -> None:
    vault.close()
    (folder / "config.toml").write_text("kept = true\n")
    (folder / ".vault.key.0a0a").write_bytes(b"left by a crash")
    key, database = (os.open(folder / name, os.O_RDONLY) for name in ("vault.key", "vault.db"))
    before = os.pread(database, 64, 0)
    gone = destroy(folder)
    assert [path.name for path in gone] == [
        "vault.key",
        ".vault.key.0a0a",
        "vault.db",
        "vault.mark",
    ], "the key goes first"
    assert [path.name for path in folder.iterdir()] == ["config.toml"]
    for handle in (key, database):
        assert os.pread(handle, 64, 0) in (b"",), "cut to nothing"
        os.close(handle)
    assert before
    with pytest.raises(NoVault):
        Vault.open(PASSPHRASE, folder)
    assert destroy(folder) == (), "a second time there is nothing to do"


def test_a_backup_made_on_one_keyboard_opens_on_another(tmp_path: Path) -> None:
    decomposed, composed = "cafe\u0301 umbrella 41", "caf\u00e9 umbrella 41"
    with Vault.create(decomposed, tmp_path / "home", cost=LEAST) as vault:
        written = back_up(vault, decomposed, tmp_path / "x.age")
    assert backup_head(tmp_path / "x.age", composed) == written.head
    restore(tmp_path / "x.age", composed, tmp_path / "again", cost=LEAST).close()


LIMITED = """
import resource, sys
from collections.abc import Callable
from pathlib import Path
from discretion.vault import NotSaved, destroy
from discretion.vault._files import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
folder = Path(sys.argv[1])
try:
    destroy(folder) if sys.argv[2] == "destroy" else write_whole(folder / "big", b"new", shred_old=True)
except NotSaved as error:
    print(error)
"""


def _limited(folder: Path, what: str) -> str:
    """What it says where the system takes no byte beyond 4096 of any file."""
    command = [sys.executable, "-c", LIMITED, str(folder), what]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_destroying_goes_on_where_a_file_cannot_be_overwritten(folder: Path) -> None:
    (folder / ".vault.key.0a0a").write_bytes(bytes(8192))
    assert "is removed, but it could not be overwritten" in _limited(folder, "destroy")
    assert list(folder.iterdir()) == []


def test_new_content_that_holds_is_not_called_unchanged(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(8192))
    with (tmp_path / "big").open("rb") as old:
        told = _limited(tmp_path, "write")
        assert old.read() == b"", "cut to nothing all the same"
    assert "the new content holds" in told
    assert "nothing was changed" not in told
    assert (tmp_path / "big").read_bytes() == b"new"


def test_the_start_of_a_trail() -> None:
    assert Head(0, bytes(32)) == Head.START


def test_a_backup_leaves_a_row_and_is_refused_where_the_trail_is_broken(vault: Vault, tmp_path: Path) -> None:
    add_facts(vault, [OwnFact(Kind.NAME, "Ashwin"), OwnFact(Kind.AGE, "34")])
    written = back_up(vault, PASSPHRASE, tmp_path / "x.age")
    rows = check_trail(vault, since=written.head).rows
    assert [(row.verb, row.kinds, row.count) for row in rows] == [("vault backup", ("age", "name"), 2)]
    vault.rows("UPDATE audit_trail SET count = 9")
    with pytest.raises(TrailBroken, match="row 1"):
        back_up(vault, PASSPHRASE, tmp_path / "y.age")
    assert not (tmp_path / "y.age").exists()
    assert vault.rows("SELECT count(*) FROM audit_trail") == [(1,)]
    assert back_up(vault, PASSPHRASE, tmp_path / "y.age", accept_broken=True).broken_at == 1
