"""From passphrase to data key: derivation, the key file, the self-test."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tests.vault.conftest import LEAST, PASSPHRASE

from discretion.vault import Corrupt, NoVault, SelfTestFailed, UnsafePermissions, WrongPassphrase
from discretion.vault._kdf import FLOOR_KIB, FLOOR_WORK_KIB, Cost, calibrated, derive
from discretion.vault._key_file import WrappedKey, read_key_file, unwrap, wrap, write_key_file
from discretion.vault._self_test import check_answers, self_test

DATA_KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("memory", "passes", "lanes", "why"),
    [
        (FLOOR_KIB - 1, 8, 4, "less memory than the floor"),
        (FLOOR_KIB, 2, 4, "fewer passes than the floor's work"),
        (FLOOR_KIB, 0, 4, "no pass"),
        (8 * 1024 * 1024, 3, 4, "more memory than a machine should be asked for"),
        (FLOOR_KIB, 10**9, 4, "a derivation that never ends"),
        (FLOOR_KIB, 3, 0, "no lane"),
    ],
)
def test_costs_out_of_bounds_are_refused(memory: int, passes: int, lanes: int, why: str) -> None:
    with pytest.raises(ValueError, match="key derivation"):
        Cost(memory, passes, lanes)


def test_calibration_never_goes_below_the_floor() -> None:
    cost = calibrated(target_s=0.001)
    assert cost.memory_kib * cost.passes >= FLOOR_WORK_KIB


def test_two_keyboards_one_passphrase() -> None:
    salt = bytes(16)
    assert derive("caf\u00e9", salt, LEAST) == derive("cafe\u0301", salt, LEAST)


@pytest.fixture(scope="module")
def wrapped() -> WrappedKey:
    return wrap(DATA_KEY, PASSPHRASE, LEAST)


def test_a_key_file_opens_with_its_passphrase_alone(tmp_path: Path, wrapped: WrappedKey) -> None:
    path = tmp_path / "vault.key"
    write_key_file(path, wrapped)
    assert path.stat().st_mode & 0o777 == 0o600
    again, both_whole = read_key_file(path)
    assert both_whole
    assert unwrap(again, PASSPHRASE) == DATA_KEY
    with pytest.raises(WrongPassphrase):
        unwrap(again, PASSPHRASE + " ")


def test_parameters_are_sealed_with_the_key(wrapped: WrappedKey) -> None:
    with pytest.raises(WrongPassphrase):
        unwrap(WrappedKey(Cost(FLOOR_KIB, 4), wrapped.salt, wrapped.nonce, wrapped.sealed), PASSPHRASE)


def test_any_flipped_byte_of_the_key_file_costs_nothing(tmp_path: Path, wrapped: WrappedKey) -> None:
    path = tmp_path / "vault.key"
    write_key_file(path, wrapped)
    raw = path.read_bytes()
    for position in range(len(raw)):
        damaged = bytearray(raw)
        damaged[position] ^= 0x01
        path.write_bytes(damaged)
        found, both_whole = read_key_file(path)
        assert (found, both_whole) == (wrapped, False), position


def test_a_key_file_that_lost_its_end_still_opens(tmp_path: Path, wrapped: WrappedKey) -> None:
    path = tmp_path / "vault.key"
    write_key_file(path, wrapped)
    raw = path.read_bytes()
    for length in (len(raw) - 1, len(raw) * 3 // 4, len(raw) // 2):
        path.write_bytes(raw[:length])
        assert read_key_file(path) == (wrapped, False), length


HOSTILE = [
    (b"", Corrupt, "empty"),
    (b"\n\n\n", Corrupt, "lines without anything"),
    (b"\xff\xfe" * 600, Corrupt, "no text"),
    (b"0" * 100_000, Corrupt, "far too long"),
    (b'{"format": "discretion.vault-key/1"}\n' * 2, Corrupt, "no checksum"),
    (b"[" * 4000, Corrupt, "deep nesting"),
]


@pytest.mark.parametrize(("content", "error", "why"), HOSTILE)
def test_hostile_key_files(tmp_path: Path, content: bytes, error: type[Exception], why: str) -> None:
    path = tmp_path / "vault.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(error):
        read_key_file(path)


def test_no_key_file(tmp_path: Path) -> None:
    with pytest.raises(NoVault, match="vault init"):
        read_key_file(tmp_path / "vault.key")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620])
def test_a_key_file_that_others_reach_is_refused(tmp_path: Path, wrapped: WrappedKey, mode: int) -> None:
    path = tmp_path / "vault.key"
    write_key_file(path, wrapped)
    path.chmod(mode)
    with pytest.raises(UnsafePermissions, match="chmod 600"):
        read_key_file(path)


def test_a_linked_key_file_is_refused(tmp_path: Path, wrapped: WrappedKey) -> None:
    write_key_file(tmp_path / "elsewhere", wrapped)
    (tmp_path / "vault.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnsafePermissions, match="no plain file"):
        read_key_file(tmp_path / "vault.key")


def _vectors() -> dict[str, Any]:
    return tomllib.loads(files("discretion.vault").joinpath("self_test.toml").read_text("utf-8"))


def test_the_installed_cryptography_gives_the_published_answers() -> None:
    assert set(_vectors()) >= {"argon2id", "chacha20_poly1305", "hkdf_sha256"}, "each standard is asked"
    self_test()
    check_answers(_vectors())


@pytest.mark.parametrize(
    ("part", "field"),
    [("argon2id", "answer"), ("chacha20_poly1305", "tag"), ("hkdf_sha256", "answer")],
)
def test_a_wrong_answer_is_named_with_its_standard(part: str, field: str) -> None:
    told = _vectors()
    told[part][field] = "00" + told[part][field][2:]
    with pytest.raises(SelfTestFailed, match="RFC"):
        check_answers(told)
