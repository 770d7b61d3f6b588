"""Restoring: real values come back in the place of the stand-ins that were handed out, as a reply streams."""

from __future__ import annotations

from discretion.guard.restore._counts import RestoreCounts
from discretion.guard.restore._restorer import Restorer
from discretion.guard.restore._table import RestoreTable

__all__ = ["RestoreCounts", "RestoreTable", "Restorer"]
