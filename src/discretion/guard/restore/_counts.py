"""What restoring counts: numbers only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RestoreCounts:
    """How often a stand-in was restored, missed, or stood for somebody else.

    ``missed`` are runs that look like a stand-in that was handed out and are not exactly one: they pass as
    they are. ``collisions`` are stand-ins where the words around say that another bearer of the name is
    meant, whether restored or left (docs/decisions/0016-restore.md says which).
    """

    restored: int = 0
    missed: int = 0
    collisions: int = 0

    def __add__(self, other: RestoreCounts) -> RestoreCounts:
        return RestoreCounts(
            self.restored + other.restored,
            self.missed + other.missed,
            self.collisions + other.collisions,
        )
