"""How many guesses a passphrase stands, by zxcvbn (Wheeler, USENIX Security 2016)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from discretion.vault._kdf import canonical

LEAST_GUESSES_LOG10 = 10.0
"""Below so many guesses (a power of ten) a passphrase counts as weak; zxcvbn's own best class begins here."""

GUESSES_A_SECOND = 10_000
"""zxcvbn's figure for many machines against a slow hash (`offline_slow_hashing_1e4_per_second`)."""

LONGEST = 1024
_READ = 100


@dataclass(frozen=True, slots=True)
class Strength:
    """An estimate, not a promise: ``bits`` is the logarithm of the guesses to the base 2."""

    bits: float
    is_weak: bool
    warning: str
    suggestions: tuple[str, ...]

    @property
    def years(self) -> float:
        """How long ``GUESSES_A_SECOND`` would take, in years."""
        return float(2.0**self.bits) / GUESSES_A_SECOND / (365.25 * 86400)


def strength(passphrase: str) -> Strength:
    """Estimate ``passphrase`` by its first 100 characters; it is never kept or logged."""
    from zxcvbn import zxcvbn

    told = zxcvbn(canonical(passphrase)[:_READ] or " ", max_length=_READ)
    log10 = float(told["guesses_log10"]) if passphrase else 0.0
    feedback = told["feedback"]
    return Strength(
        bits=log10 * math.log2(10),
        is_weak=log10 < LEAST_GUESSES_LOG10,
        warning=str(feedback["warning"] or ""),
        suggestions=tuple(str(one) for one in feedback["suggestions"]),
    )
