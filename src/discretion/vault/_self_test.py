"""Does the cryptography that is installed here give the published answers? Asked before a vault is opened."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from discretion.vault._errors import SelfTestFailed


@cache
def self_test() -> None:
    """Compare each part with its standard's test vector (`self_test.toml`), once a process, in about 1 ms.

    Raises ``SelfTestFailed`` with the part's name.
    """
    told = tomllib.loads(files("discretion.vault").joinpath("self_test.toml").read_text("utf-8"))
    check_answers(told)
    import apsw

    if not getattr(apsw, "mc_version", ""):
        raise SelfTestFailed("the SQLite that is installed cannot encrypt; install discretion anew")


def check_answers(told: dict[str, Any]) -> None:
    """Compute every answer of ``told``, which is laid out as `self_test.toml`. Raises ``SelfTestFailed``."""
    for part, computes in (
        ("argon2id", _argon2id),
        ("chacha20_poly1305", _chacha20_poly1305),
        ("hkdf_sha256", _hkdf),
    ):
        vector = told[part]
        if not computes({k: bytes.fromhex(v) for k, v in vector.items() if _is_hex(k, v)}, vector):
            raise SelfTestFailed(
                f"{part} does not give the answer of {vector['source']}; the vault stays closed. "
                "Install discretion and the cryptography package anew"
            )


def _is_hex(key: str, value: object) -> bool:
    return key != "source" and isinstance(value, str)


def _argon2id(raw: dict[str, bytes], vector: dict[str, Any]) -> bool:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    argon2 = Argon2id(
        salt=raw["salt"],
        length=len(raw["answer"]),
        iterations=vector["passes"],
        lanes=vector["lanes"],
        memory_cost=vector["memory_kib"],
        ad=raw["associated"],
        secret=raw["secret"],
    )
    return argon2.derive(raw["password"]) == raw["answer"]


def _chacha20_poly1305(raw: dict[str, bytes], vector: dict[str, Any]) -> bool:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    sealed = ChaCha20Poly1305(raw["key"]).encrypt(raw["nonce"], raw["plain"], raw["associated"])
    return sealed[-16:] == raw["tag"]


def _hkdf(raw: dict[str, bytes], vector: dict[str, Any]) -> bool:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    length = len(raw["answer"])
    return HKDF(SHA256(), length, raw["salt"], raw["info"]).derive(raw["key"]) == raw["answer"]
