"""Made-up addresses and numbers in a form that peers take for real ones.

Labelled corpora use reserved names (``.example``, RFC 2606) and numbers (555-01xx, reserved for fiction by
the North American numbering plan) so that nobody real is in them. A peer that checks top-level domains or
number ranges is right to pass them over, and would be wrong about a real one: it is given a text of the same
length with a domain and an exchange that exist.
"""

from __future__ import annotations

import re

_DOMAIN = re.compile(r"\.example\b", re.IGNORECASE)
_SPOKEN_DOMAIN = re.compile(r"(\bdot |\(dot\) ?|\[dot\] ?)example\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)((?:1?\d{3})?)555([-. ]?)01(?=\d\d(?!\d))")


def plausible(text: str) -> str:
    """``text`` with reserved domains and numbers replaced, every offset unchanged."""
    text = _DOMAIN.sub(".digital", text)
    text = _SPOKEN_DOMAIN.sub(r"\1digital", text)
    return _NUMBER.sub(r"\g<1>234\g<2>56", text)
