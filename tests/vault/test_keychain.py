"""The vault by the system's keychain: a real Secret Service, on a bus of the test's own."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import pytest
from tests.conftest import missing
from tests.vault.conftest import LEAST, PASSPHRASE

from discretion.records import Kind
from discretion.vault import (
    KeychainNotUsable,
    OwnFact,
    UnsafePermissions,
    Vault,
    add_facts,
    change_passphrase,
    destroy,
    is_keychain_on,
    keychain_key,
    keychain_off,
    keychain_on,
)
from discretion.vault._keychain import FILE

RING_PASSWORD = b"zqmarkerring"
Session = Mapping[str, str]


@contextmanager
def desktop(root: Path) -> Iterator[Session]:
    """The environment of a desktop session with an unlocked keyring, and nothing of the machine's own."""
    for program in ("dbus-daemon", "gnome-keyring-daemon"):
        if not shutil.which(program):
            missing("keychain", f"{program} is not installed, so no real keychain can be asked")
    root.chmod(0o700)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(root),
        "XDG_RUNTIME_DIR": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "error",
    }
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    assert bus.stdout
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
    ring = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    assert ring.stdin
    ring.stdin.write(RING_PASSWORD)
    ring.stdin.close()
    try:
        yield environment
    finally:
        for process in (ring, bus):
            process.terminate()
            process.wait(10)
        bus.stdout.close()


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with desktop(tmp_path_factory.mktemp("desktop")) as environment:
        yield environment


@pytest.fixture
def in_session(session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This process in the session, its keyring chosen anew; gives a vault's folder."""
    import keyring.backend
    import keyring.core

    for name in ("HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, session[name])
    monkeypatch.setenv("DISCRETION_HOME", str(folder))
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    monkeypatch.setattr(keyring.backend, "get_all_keyring", _anew(keyring.backend.get_all_keyring))
    yield folder
    if is_keychain_on(folder):
        keychain_off(folder)
    assert _entries(session) == [], "a test leaves no entry behind"


def _anew(once: Callable[[], object]) -> Callable[[], object]:
    """keyring looks for backends once in a process; here the session is another than before."""
    return getattr(once, "__wrapped__", once)


def _ask(session: Session, code: str) -> str:
    """What ``code`` prints, with ``ring`` the session's default collection."""
    begin = "import secretstorage as s; bus = s.dbus_init(); ring = s.get_default_collection(bus)\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + code + "\nbus.close()"],
        env=dict(session),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _entries(session: Session) -> list[str]:
    return _ask(session, "print(*[i.get_secret().hex() for i in ring.get_all_items()])").split()


def test_on_then_the_key_comes_back_then_off(made: tuple[Path, bytes], in_session: Path) -> None:
    assert keychain_key(in_session) is None
    assert not keychain_off(in_session)
    assert "Secret Service" in keychain_on(made[1], in_session)
    assert (in_session / FILE).stat().st_mode & 0o777 == 0o600
    assert keychain_key(in_session) == made[1]
    assert keychain_off(in_session)
    assert (keychain_key(in_session), is_keychain_on(in_session)) == (None, False)


def test_neither_half_holds_the_key(made: tuple[Path, bytes], in_session: Path, session: Session) -> None:
    keychain_on(made[1], in_session)
    (entry,) = _entries(session)
    secret = bytes.fromhex(bytes.fromhex(entry).decode().split()[0])
    assert secret != made[1]
    for form in (made[1], made[1].hex().encode(), secret, secret.hex().encode()):
        assert form not in (in_session / FILE).read_bytes()


def test_on_again_replaces_the_entry(made: tuple[Path, bytes], in_session: Path, session: Session) -> None:
    keychain_on(made[1], in_session)
    first = _entries(session)
    keychain_on(made[1], in_session)
    assert len(_entries(session)) == 1
    assert _entries(session) != first


def test_a_new_passphrase_ends_it(made: tuple[Path, bytes], in_session: Path) -> None:
    """By the bytes alone: the file and the entry of before are still there."""
    keychain_on(made[1], in_session)
    change_passphrase(PASSPHRASE, PASSPHRASE + " sausage", in_session, cost=LEAST)
    with pytest.raises(KeychainNotUsable, match="another passphrase"):
        keychain_key(in_session)


def test_earlier_files_put_back_do_not_open_by_it(made: tuple[Path, bytes], in_session: Path) -> None:
    """All of them, marks included: only what lies outside the folder can tell."""
    earlier = in_session.parent / "earlier"
    keychain_on(made[1], in_session)
    shutil.copytree(in_session, earlier)
    with Vault.open_with_key(made[1], in_session) as vault:
        add_facts(vault, [OwnFact(Kind.PET, "Biscuit")])
    assert keychain_key(in_session) == made[1]
    for path in earlier.iterdir():
        shutil.copy2(path, in_session / path.name)
    Vault.open_with_key(made[1], in_session).close()
    with pytest.raises(KeychainNotUsable, match="earlier files were put back"):
        keychain_key(in_session)
    keychain_on(made[1], in_session)
    assert keychain_key(in_session) == made[1], "turned on again by the user, it goes on from there"


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("", "empty"),
        ("zq 1", "no number"),
        ("00", "one part"),
        ("00 x", "no count"),
        ("00 1 2", "three parts"),
    ],
)
def test_hostile_entries(made: tuple[Path, bytes], in_session: Path, entry: str, why: str) -> None:
    import keyring

    keychain_on(made[1], in_session)
    name = json.loads((in_session / FILE).read_text())["entry"]
    keyring.set_password("discretion", name, entry)
    with pytest.raises(KeychainNotUsable, match="entry for this vault is damaged"):
        keychain_key(in_session)


def test_another_vault_with_the_same_file(made: tuple[Path, bytes], in_session: Path, tmp_path: Path) -> None:
    keychain_on(made[1], in_session)
    with Vault.create(PASSPHRASE, tmp_path / "other", cost=LEAST) as other:
        shutil.copy2(in_session / FILE, other.folder / FILE)
        with pytest.raises(KeychainNotUsable, match="another passphrase"):
            keychain_key(other.folder)


def test_destroy_takes_the_entry_along(made: tuple[Path, bytes], in_session: Path, session: Session) -> None:
    keychain_on(made[1], in_session)
    gone = [path.name for path in destroy(in_session)]
    assert (gone[0], gone[-1]) == ("vault.key", FILE)
    assert _entries(session) == []
    assert not (in_session / FILE).exists()


@pytest.mark.parametrize(
    ("content", "says", "why"),
    [
        (b"", "damaged", "empty"),
        (b"\xff\xfe\x00", "damaged", "no text"),
        (b"[" * 4000, "damaged", "deep nesting"),
        (b'["format"]', "damaged", "a list"),
        (b'{"format": "discretion.vault-keychain/2"}', "damaged", "another format"),
        (
            b'{"format": "discretion.vault-keychain/1", "entry": "x", "nonce": "00", "sealed": "00"}',
            "damaged",
            "short",
        ),
        (b"x" * 100_000, "damaged", "far too long"),
        (
            b'{"format": "discretion.vault-keychain/1", "entry": "vault of nobody", "nonce": "'
            + b"00" * 12
            + b'", "sealed": "'
            + b"00" * 48
            + b'"}',
            "no entry",
            "an entry that the keychain does not have",
        ),
    ],
)
def test_hostile_files(in_session: Path, content: bytes, says: str, why: str) -> None:
    path = in_session / FILE
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeychainNotUsable, match=says):
        keychain_key(in_session)
    path.chmod(0o644)
    with pytest.raises(UnsafePermissions):
        keychain_key(in_session)
    path.unlink()


def test_a_damaged_file_is_removed_and_the_entry_named(made: tuple[Path, bytes], in_session: Path) -> None:
    keychain_on(made[1], in_session)
    kept = (in_session / FILE).read_bytes()
    (in_session / FILE).write_bytes(b"{}")
    with pytest.raises(KeychainNotUsable, match="by hand"):
        keychain_off(in_session)
    assert not is_keychain_on(in_session)
    (in_session / FILE).write_bytes(kept)  # for the end of the test, which takes the entry away


NO_STORE = [
    (
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        "keyring.backends.null.Keyring is no",
        "keeps nothing",
    ),
    (
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        "has no keychain",
        "says that there is none",
    ),
    (
        {"PYTHON_KEYRING_BACKEND": "plain_file.PlaintextKeyring"},
        "plain_file.PlaintextKeyring is no",
        "writes a plain file",
    ),
    ({"PYTHON_KEYRING_BACKEND": "nowhere.Keyring"}, "ModuleNotFoundError", "a module that is not there"),
    ({"PYTHON_KEYRING_BACKEND": ""}, "refused", "an empty name"),
    ({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}, "has no keychain", "no bus, as on a server"),
]


@pytest.mark.parametrize(("changed", "says", "why"), NO_STORE)
def test_what_is_no_store_of_the_system_is_refused(
    session: Session, folder: Path, changed: dict[str, str], says: str, why: str
) -> None:
    plain = folder.parent / "plugins/plain_file.py"
    plain.parent.mkdir()
    plain.write_text(
        "from pathlib import Path\n"
        "from keyring.backend import KeyringBackend\n"
        "class PlaintextKeyring(KeyringBackend):\n"
        "    priority = 9\n"
        "    def get_password(self, service, username): return None\n"
        "    def set_password(self, service, username, password):\n"
        f"        Path({str(folder.parent / 'plain')!r}).write_text(password)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", "from discretion.vault import keychain_on; keychain_on(bytes(32))"],
        env={**session, "DISCRETION_HOME": str(folder), "PYTHONPATH": str(plain.parent), **changed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "KeychainNotUsable: " in done.stderr, done.stderr
    assert says in done.stderr
    assert not (folder / FILE).exists()
    assert not (folder.parent / "plain").exists(), why


def _run(
    session: Session, folder: Path, *arguments: str, given: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "discretion", "vault", *arguments],
        env={**session, "DISCRETION_HOME": str(folder)},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_opens_by_it_until_it_is_turned_off(session: Session, folder: Path) -> None:
    """What the user sees: on, a listing unasked, lock's warning, a new passphrase, off."""
    schema = json.loads(Path("docs/reference/vault.schema.json").read_text("utf-8"))

    def told(*arguments: str, given: str = "", code: int = 0) -> str:
        done = _run(session, folder, *arguments, given=given)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    def status() -> tuple[bool, bool]:
        document = json.loads(told("keychain", "status", "--json"))
        jsonschema.validate(document, schema)
        return document["on"], document["opens"]

    assert status() == (False, False)
    assert "no terminal" in told("keychain", "on", code=2), "it wants the passphrase itself"
    assert "without the passphrase" in told("keychain", "on", "--passphrase-fd", "0", given=PASSPHRASE)
    assert status() == (True, True)
    assert "No fact" in told("facts", "list")
    assert "does not open" in told("facts", "list", "--passphrase-fd", "0", given="another", code=2), (
        "a passphrase that was named goes before the keychain"
    )
    assert "keychain still opens it" in told("lock")
    (folder / "vault.mark").unlink()
    assert "The keychain is off" in told("mend", "--yes", "--passphrase-fd", "0", given=PASSPHRASE)
    assert status() == (False, False)
    told("keychain", "on", "--passphrase-fd", "0", given=PASSPHRASE)
    new = folder / "new"
    new.write_text("windmill 77 sausage ferret umbrella")
    new.chmod(0o600)
    changed = told("passphrase", "--passphrase-fd", "0", "--new-passphrase-file", str(new), given=PASSPHRASE)
    assert "The keychain is off" in changed
    assert status() == (False, False)
    assert "no terminal" in told("facts", "list", code=2)
    assert "off already" in told("keychain", "off")
    assert _entries(session) == []


def test_a_locked_keyring_is_named_and_the_terminal_asks(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with desktop(tmp_path_factory.mktemp("locked")) as session:
        turned = _run(session, folder, "keychain", "on", "--passphrase-fd", "0", given=PASSPHRASE)
        assert turned.returncode == 0, turned.stderr
        _ask(session, "ring.lock()")
        assert "locked, and was not unlocked" in _run(session, folder, "keychain", "status").stdout
        seen = _in_terminal(session, folder, "facts", "list")
        assert b"the keychain cannot be used: it is locked" in seen
        assert b"No fact is kept" in seen
        off = _run(session, folder, "keychain", "off")
    assert off.returncode == 2
    assert "opens nothing any more" in off.stderr
    assert not (folder / FILE).exists()


def _in_terminal(session: Session, folder: Path, *arguments: str) -> bytes:
    """All that a terminal shows of a command which is given the passphrase there."""
    child, terminal = pty.fork()
    if child == 0:
        environment = {**session, "DISCRETION_HOME": str(folder)}
        os.execve(sys.executable, [sys.executable, "-m", "discretion", "vault", *arguments], environment)
    seen = b""
    try:
        while b"Passphrase: " not in seen:
            seen += os.read(terminal, 1024)
        os.write(terminal, PASSPHRASE.encode() + b"\n")
        while part := os.read(terminal, 1024):
            seen += part
    except OSError:  # Linux says so where the other end is closed
        pass
    finally:
        os.close(terminal)
        os.waitpid(child, 0)
    return seen


def test_without_the_extra_one_sentence_says_what_to_install(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "keyring.py").write_text("raise ImportError\n")
    done = subprocess.run(
        [sys.executable, "-m", "discretion", "vault", "keychain", "on", "--passphrase-fd", "0"],
        env={**os.environ, "DISCRETION_HOME": str(folder), "PYTHONPATH": str(tmp_path)},
        input=PASSPHRASE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        "discretion: the keychain needs one more package: python -m pip install 'discretion[keychain]'\n"
    )
