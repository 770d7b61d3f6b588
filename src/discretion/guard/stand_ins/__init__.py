"""Stand-ins: what leaves the machine in the place of a real name, town or number, and stays the same."""

from __future__ import annotations

from discretion.guard.stand_ins._pins import StandInNotUsable
from discretion.guard.stand_ins._replacement import Replacement, applied
from discretion.guard.stand_ins._rows import forget_pairs, keep_pairs, read_pairs, stand_ins_of_others
from discretion.guard.stand_ins._seam import Asked, Offer, discovered, offers
from discretion.guard.stand_ins._table import StandIns

__all__ = [
    "Asked",
    "Offer",
    "Replacement",
    "StandInNotUsable",
    "StandIns",
    "applied",
    "discovered",
    "forget_pairs",
    "keep_pairs",
    "offers",
    "read_pairs",
    "stand_ins_of_others",
]
