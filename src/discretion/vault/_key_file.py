"""The file beside the database that holds the data key, wrapped by the passphrase's key.

It holds the same line twice, each with its own checksum: a damaged byte costs neither copy's twin, and it is
told from a wrong passphrase. Layout: docs/decisions/0010-vault.md.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discretion.vault._errors import Corrupt, NoVault, VaultError, WrongPassphrase
from discretion.vault._files import write_whole
from discretion.vault._home import check_private_file
from discretion.vault._kdf import KEY_BYTES, SALT_BYTES, Cost, derive

KEY_FILE = "vault.key"
FORMAT = "discretion.vault-key/1"
_NONCE_BYTES = 12
_LARGEST_BYTES = 4096
_MOST_TRIES = 100


@dataclass(frozen=True, slots=True, repr=False)
class WrappedKey:
    """The data key as it lies on the disk: what it takes to unwrap it, and the wrapped bytes."""

    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes

    def bound(self) -> bytes:
        """What the seal is bound to, so that no parameter can be changed alone."""
        return (
            f"{FORMAT} {self.cost.memory_kib} {self.cost.passes} {self.cost.lanes} {self.salt.hex()}".encode()
        )


def wrap(data_key: bytes, passphrase: str, cost: Cost) -> WrappedKey:
    """Seal ``data_key`` under ``passphrase`` with a fresh salt (ChaCha20-Poly1305, RFC 8439).

    Raises ``VaultError`` for an empty passphrase.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if not passphrase:
        raise VaultError("the passphrase is empty; nothing was changed")
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    empty = WrappedKey(cost, salt, nonce, b"")
    sealed = ChaCha20Poly1305(derive(passphrase, salt, cost)).encrypt(nonce, data_key, empty.bound())
    return WrappedKey(cost, salt, nonce, sealed)


def unwrap(wrapped: WrappedKey, passphrase: str) -> bytes:
    """The data key. Raises ``WrongPassphrase``."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    key = derive(passphrase, wrapped.salt, wrapped.cost)
    try:
        return ChaCha20Poly1305(key).decrypt(wrapped.nonce, wrapped.sealed, wrapped.bound())
    except InvalidTag:
        raise WrongPassphrase("the passphrase does not open this vault; nothing was changed") from None


def write_key_file(path: Path, wrapped: WrappedKey) -> None:
    """Put ``wrapped`` at ``path``, whole or not at all, over what was there. Raises ``NotSaved``."""
    body = json.dumps(
        {
            "format": FORMAT,
            "argon2id": {
                "memory_kib": wrapped.cost.memory_kib,
                "passes": wrapped.cost.passes,
                "lanes": wrapped.cost.lanes,
                "salt": wrapped.salt.hex(),
            },
            "nonce": wrapped.nonce.hex(),
            "sealed": wrapped.sealed.hex(),
        }
    )
    line = f"{_checksum(body)} {body}\n"
    write_whole(path, (line * 2).encode(), shred_old=True)


def read_key_file(path: Path) -> tuple[WrappedKey, bool]:
    """The wrapped key, and whether both copies are whole.

    Raises ``NoVault``, ``UnsafePermissions`` or, where no copy is whole, ``Corrupt``.
    """
    for _ in range(_MOST_TRIES):
        raw, is_todays = _read(path)
        found, both_whole = _copies(raw)
        if both_whole or is_todays:
            break
    if found is None:
        raise Corrupt(f"{path} is damaged in both copies; bring the vault back from a backup")
    return found, both_whole


def _read(path: Path) -> tuple[bytes, bool]:
    """What the file holds, and whether it was still the one at ``path`` when all was read.

    A change of the passphrase puts another in its place and then overwrites the one that a reader may have
    open: what looks like damage is none.
    """
    try:
        check_private_file(path)
        with path.open("rb") as file:
            raw = file.read(_LARGEST_BYTES)
            return raw, os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        raise NoVault(f"there is no vault in {path.parent}; make one: discretion vault init") from None
    except (OSError, ValueError) as error:
        raise NoVault(f"cannot read {path}: {getattr(error, 'strerror', None) or 'no such path'}") from None


def _copies(raw: bytes) -> tuple[WrappedKey | None, bool]:
    """The first copy that is whole, and whether both are."""
    middle = len(raw) // 2
    copies = raw[:middle], raw[middle:]
    # By lines too: a file that lost its end has its middle elsewhere.
    found = [wrapped for part in (*copies, *raw.split(b"\n")) if (wrapped := _parsed(part)) is not None]
    return (found[0] if found else None), len(found) == 4 and copies[0] == copies[1]


def key_state(path: Path) -> tuple[Cost, bool]:
    """How dear a guess at the passphrase is, and whether both copies of the key are whole.

    Raises as ``read_key_file`` does.
    """
    wrapped, both_whole = read_key_file(path)
    return wrapped.cost, both_whole


def _parsed(line: bytes) -> WrappedKey | None:
    checksum, _, rest = line.decode("ascii", "replace").partition(" ")
    body = rest[: rest.rfind("}") + 1]
    if not body or checksum != _checksum(body):
        return None
    try:
        return _wrapped(json.loads(body))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _wrapped(told: dict[str, Any]) -> WrappedKey:
    if told["format"] != FORMAT:
        raise ValueError("another format")
    argon2 = told["argon2id"]
    wrapped = WrappedKey(
        Cost(int(argon2["memory_kib"]), int(argon2["passes"]), int(argon2["lanes"])),
        bytes.fromhex(argon2["salt"]),
        bytes.fromhex(told["nonce"]),
        bytes.fromhex(told["sealed"]),
    )
    lengths = len(wrapped.salt), len(wrapped.nonce), len(wrapped.sealed)
    if lengths != (SALT_BYTES, _NONCE_BYTES, KEY_BYTES + 16):
        raise ValueError("a part has the wrong length")
    return wrapped


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()
