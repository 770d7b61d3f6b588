"""The root of everything that Discretion raises on purpose.

DiscretionError
├── exports.NotReadable         the source cannot be read, or is no chat export that we know
└── exposure.FactsNotReadable   the list of facts cannot be read
"""

from __future__ import annotations

from typing import ClassVar


class DiscretionError(Exception):
    """Something went wrong that the user can be told about: what, where (never a value), what to do.

    ``exit_code`` is what the command line returns for it.
    """

    exit_code: ClassVar[int] = 1
