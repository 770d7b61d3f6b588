"""From a passphrase to a key: Argon2id (RFC 9106), slow on purpose."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass

FLOOR_KIB = 64 * 1024
"""Least memory of a derivation; RFC 9106 section 4 names 64 MiB for where memory is scarce."""

FLOOR_WORK_KIB = 3 * FLOOR_KIB
"""Least memory times passes: three passes over 64 MiB, the second recommended option of the same section."""

CEILING_KIB = 4 * 1024 * 1024
"""Most memory a key file may ask for, so that a file that someone altered cannot take the machine down."""

KEY_BYTES = 32
SALT_BYTES = 16
_LANES = 4
_LARGEST_STEP_KIB = 256 * 1024
_MOST_PASSES = 64


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear a guess is: memory in KiB, passes over it, and lanes.

    Raises ``ValueError`` below the floor or above the ceiling.
    """

    memory_kib: int
    passes: int
    lanes: int = _LANES

    def __post_init__(self) -> None:
        if not FLOOR_KIB <= self.memory_kib <= CEILING_KIB:
            raise ValueError("memory of the key derivation out of bounds")
        if not 1 <= self.passes <= _MOST_PASSES or not 1 <= self.lanes <= 16:
            raise ValueError("passes or lanes of the key derivation out of bounds")
        if self.memory_kib * self.passes < FLOOR_WORK_KIB:
            raise ValueError("work of the key derivation below the floor")


LEAST = Cost(FLOOR_KIB, 3)
"""The cheapest derivation that is accepted."""


def canonical(passphrase: str) -> str:
    """``passphrase`` in Unicode's composed form (NFC, as RFC 8265 section 4.2.2 has it).

    Two keyboards that write "é" differently give one passphrase, for the vault and for its backups.
    """
    return unicodedata.normalize("NFC", passphrase)


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key of ``passphrase``, taken as ``canonical`` gives it: 32 bytes."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    written = canonical(passphrase).encode("utf-8", "surrogatepass")
    argon2 = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return argon2.derive(written)


def calibrated(target_s: float = 0.8) -> Cost:
    """The cost that takes about ``target_s`` seconds on this machine, from 64 to 256 MiB of memory.

    0.8 by default: with the rest of opening it makes about a second, with room on a day when all is slower.

    The quicker of two trials counts, and processor time where it is less than the clock's: a machine that is
    busy for a moment must not get a cheap vault.
    """
    step = min(_seconds(LEAST) for _ in range(2)) / LEAST.passes
    memory = FLOOR_KIB
    while memory < _LARGEST_STEP_KIB and step * 2 * 3 <= target_s:
        memory, step = memory * 2, step * 2
    least = -(-FLOOR_WORK_KIB // memory)
    return Cost(memory, max(least, min(_MOST_PASSES, round(target_s / step))))


def _seconds(cost: Cost) -> float:
    clock, processor = time.perf_counter(), time.process_time()
    derive("calibration", bytes(SALT_BYTES), cost)
    return min(time.perf_counter() - clock, time.process_time() - processor)
