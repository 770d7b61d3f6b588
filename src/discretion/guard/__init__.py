"""The guard: finds identifying data, self-disclosure and limits in a message; tells fiction from life."""

from discretion.guard._detector import OWN_FACT, Detector, Hit, Scope, detector, discovered
from discretion.guard._facts import Fact, load_facts
from discretion.guard._guard import FORGOTTEN, READ_AT_ONCE, Guard, Remains, Session
from discretion.guard._scan import BY_MODEL, Scan
from discretion.guard._verdict import severity
from discretion.guard._view import View

__all__ = [
    "BY_MODEL",
    "FORGOTTEN",
    "OWN_FACT",
    "READ_AT_ONCE",
    "Detector",
    "Fact",
    "Guard",
    "Hit",
    "Remains",
    "Scan",
    "Scope",
    "Session",
    "View",
    "detector",
    "discovered",
    "load_facts",
    "severity",
]
