"""What can go wrong as a whole when an export is read.

DiscretionError
└── NotReadable   the only source cannot be read, or is no chat export that we know
"""

from __future__ import annotations

from discretion.records import DiscretionError


class NotReadable(DiscretionError):
    """The source as a whole cannot be read; the message says what was seen and what to do, never a value."""

    exit_code = 2
