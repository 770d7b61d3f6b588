"""The vault opened by the system's keychain, where the user has chosen that (`vault keychain on`).

The keychain holds a random secret; ``vault.keychain`` beside the database holds the data key, sealed under a
key made of that secret and of what ``vault.key`` says. Neither opens anything without the other, nor both
together once ``vault.key`` is overwritten: a new passphrase, `restore` and `destroy` end it by that alone.
Beside the secret stands the number of the newest transaction, so that files of an earlier day, put back with
their marks, do not open by it.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from discretion.vault._errors import KeychainNotUsable, VaultError
from discretion.vault._files import shred, write_whole
from discretion.vault._home import check_private_file, home
from discretion.vault._kdf import KEY_BYTES
from discretion.vault._key_file import KEY_FILE, read_key_file
from discretion.vault._mark import MarkFile
from discretion.vault._memory import leave_no_image

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

FILE = "vault.keychain"
FORMAT = "discretion.vault-keychain/1"
SERVICE = "discretion"
STORES = {
    "keyring.backends.SecretService.Keyring": "this desktop's keyring (Secret Service)",
    "keyring.backends.libsecret.Keyring": "this desktop's keyring (Secret Service)",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet",
    "keyring.backends.macOS.Keyring": "the macOS keychain",
    "keyring.backends.Windows.WinVaultKeyring": "the Windows Credential Manager",
}
"""The backends of keyring that are a store of the system's. Every other is refused by its name: ``null`` and
``fail`` keep nothing, and those of third parties may write a plain file."""
_NONCE_BYTES = 12
_LARGEST_BYTES = 4096
_AGAIN = "turn it on again: discretion vault keychain on"


@dataclass(frozen=True, slots=True, repr=False)
class _Entry:
    """What ``vault.keychain`` says: the name of the keychain's entry, and the data key under its secret."""

    name: str
    nonce: bytes
    sealed: bytes


def keychain_on(data_key: bytes, folder: Path | None = None) -> str:
    """Let the system's keychain open the vault from now on; returns what the keychain is called.

    An entry from before is replaced. Raises ``KeychainNotUsable`` or ``NotSaved``; then it is off.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    leave_no_image()
    folder = folder or home()
    ring = _system_store()
    keychain_off(folder)
    name = f"vault {secrets.token_hex(8)}"
    secret, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(_NONCE_BYTES)
    _note(ring, name, secret, _transactions(folder, data_key))
    try:
        if _noted(ring, name)[0] != secret:
            raise KeychainNotUsable("the keychain does not give back what it was given; it stays off")
        sealed = ChaCha20Poly1305(_wrapping_key(secret, folder)).encrypt(nonce, data_key, _bound(name))
        body = {"format": FORMAT, "entry": name, "nonce": nonce.hex(), "sealed": sealed.hex()}
        write_whole(folder / FILE, (json.dumps(body) + "\n").encode())
    except BaseException:
        with contextlib.suppress(KeychainNotUsable):
            _remove(ring, name)
        raise
    return STORES[_class_name(ring)]


def keychain_off(folder: Path | None = None) -> bool:
    """Overwrite and remove ``vault.keychain``, then the keychain's entry; ``False`` where it was off.

    The file goes first: without it the entry opens nothing. Raises ``NotSaved``, or ``KeychainNotUsable``
    where the entry could not be removed; the vault does not open by it any more all the same.
    """
    path = (folder or home()) / FILE
    if not path.is_file():
        return False
    try:
        name = _read(path).name
    except KeychainNotUsable:
        name = None
    shred(path)
    if name is None:
        raise KeychainNotUsable(
            f"{path} was damaged and is removed; remove the entry '{SERVICE}' from the keychain by hand"
        )
    try:
        _remove(_system_store(), name)
    except KeychainNotUsable as error:
        raise KeychainNotUsable(
            f"{path} is removed, so that the keychain opens nothing any more, but its entry '{name}' of "
            f"'{SERVICE}' is still there ({error}); remove it by hand"
        ) from None
    return True


def is_keychain_on(folder: Path | None = None) -> bool:
    """Whether the user has chosen that the keychain opens the vault in ``folder``; asks no keychain."""
    return ((folder or home()) / FILE).is_file()


def keychain_key(folder: Path | None = None) -> bytes | None:
    """The data key by way of the keychain, ``None`` where that is off.

    The system may ask the user to unlock the keychain. Raises ``KeychainNotUsable``, also where the vault has
    fewer transactions than when the keychain last opened it.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    folder = folder or home()
    if not is_keychain_on(folder):
        return None
    leave_no_image()
    check_private_file(folder / FILE)
    entry = _read(folder / FILE)
    ring = _system_store()
    secret, newest = _noted(ring, entry.name)
    try:
        key = _wrapping_key(secret, folder)
        data_key = ChaCha20Poly1305(key).decrypt(entry.nonce, entry.sealed, _bound(entry.name))
    except InvalidTag:
        raise KeychainNotUsable(
            f"the vault got another passphrase or key since the keychain was turned on; {_AGAIN}"
        ) from None
    number = _transactions(folder, data_key)
    if number is not None and number < newest:
        raise KeychainNotUsable(
            "the vault is older than when the keychain last opened it: earlier files were put back. If you "
            f"did that yourself, {_AGAIN}"
        )
    if number is not None and number > newest:
        with contextlib.suppress(KeychainNotUsable):  # the key is at hand all the same
            _note(ring, entry.name, secret, number)
    return data_key


def _transactions(folder: Path, data_key: bytes) -> int | None:
    """The number of the newest transaction; ``None`` where the mark does not say: opening names that."""
    try:
        return MarkFile(folder, data_key).read().number
    except (FileNotFoundError, VaultError):
        return None


def _wrapping_key(secret: bytes, folder: Path) -> bytes:
    """HKDF-SHA256 (RFC 5869) of the secret, salted with all that ``vault.key`` says."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    wrapped, _ = read_key_file(folder / KEY_FILE)
    salt = wrapped.bound() + wrapped.nonce + wrapped.sealed
    return HKDF(SHA256(), KEY_BYTES, salt, FORMAT.encode()).derive(secret)


def _bound(name: str) -> bytes:
    return f"{FORMAT} {name}".encode()


def _read(path: Path) -> _Entry:
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(_LARGEST_BYTES))
        if told["format"] != FORMAT:
            raise ValueError("another format")
        entry = _Entry(str(told["entry"]), bytes.fromhex(told["nonce"]), bytes.fromhex(told["sealed"]))
    except OSError as error:
        raise KeychainNotUsable(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise KeychainNotUsable(f"{path} is damaged; {_AGAIN}") from None
    if len(entry.nonce) != _NONCE_BYTES or len(entry.sealed) != KEY_BYTES + 16:
        raise KeychainNotUsable(f"{path} is damaged; {_AGAIN}")
    return entry


def _system_store() -> KeyringBackend:
    """The keyring that the system, or the user's configuration of keyring, names; one of ``STORES``."""
    import logging

    logging.getLogger("keyring").addHandler(logging.NullHandler())  # else a broken plugin prints a traceback
    try:
        import keyring
        from keyring.backends.chainer import ChainerBackend
    except ImportError:
        raise KeychainNotUsable(
            "the keychain needs one more package: python -m pip install 'discretion[keychain]'"
        ) from None
    with _named():
        ring = keyring.get_keyring()
        rings = ring.backends if isinstance(ring, ChainerBackend) else [ring]
    for one in rings:
        if _class_name(one) in STORES:
            return one
    name = _class_name(rings[0]) if rings else "none"
    if name == "keyring.backends.fail.Keyring":
        raise KeychainNotUsable("this system has no keychain, or none that runs in this session")
    raise KeychainNotUsable(f"the keyring {name} is no keychain of the system's and is not used")


def _class_name(ring: KeyringBackend) -> str:
    return f"{type(ring).__module__}.{type(ring).__qualname__}"


def _note(ring: KeyringBackend, name: str, secret: bytes, number: int | None) -> None:
    with _named():
        ring.set_password(SERVICE, name, f"{secret.hex()} {number or 0}")


def _noted(ring: KeyringBackend, name: str) -> tuple[bytes, int]:
    """The secret of the entry, and the number of the newest transaction that it knows of."""
    with _named():
        told = ring.get_password(SERVICE, name)
    if told is None:
        raise KeychainNotUsable(f"the keychain has no entry for this vault; {_AGAIN}")
    try:
        secret, number = told.split()
        return bytes.fromhex(secret), int(number)
    except ValueError:
        raise KeychainNotUsable(f"the keychain's entry for this vault is damaged; {_AGAIN}") from None


def _remove(ring: KeyringBackend, name: str) -> None:
    with _named():
        if ring.get_password(SERVICE, name) is not None:
            ring.delete_password(SERVICE, name)


@contextlib.contextmanager
def _named() -> Iterator[None]:
    """Turn whatever a keyring raises into one sentence; its own words are not passed on."""
    try:
        yield
    except KeychainNotUsable:
        raise
    except Exception as error:
        _refuse(error)


def _refuse(error: Exception) -> NoReturn:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    if isinstance(error, KeyringLocked):
        why = "it is locked, and was not unlocked"
    elif isinstance(error, (NoKeyringError, InitError)):
        why = "it does not run in this session"
    else:
        why = f"it refused ({type(error).__name__})"
    raise KeychainNotUsable(f"the keychain cannot be used: {why}") from None
