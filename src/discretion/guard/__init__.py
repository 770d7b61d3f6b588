"""The guard: finds identifying data, self-disclosure and limits in a message; tells fiction from life."""

from discretion.guard._detector import Detector, Hit, Scope, detector
from discretion.guard._guard import Guard, Session
from discretion.guard._view import View

__all__ = ["Detector", "Guard", "Hit", "Scope", "Session", "View", "detector"]
