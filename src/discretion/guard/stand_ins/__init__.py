"""Stand-ins: what leaves the machine in the place of a real name, town or number, and stays the same."""

from __future__ import annotations

from discretion.guard.stand_ins._seam import Asked, Offer, discovered, offers

__all__ = ["Asked", "Offer", "discovered", "offers"]
