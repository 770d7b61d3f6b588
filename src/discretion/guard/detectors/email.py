"""E-mail addresses, written plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.records import Kind

# Dot-atom local part and a dotted domain (RFC 5322 section 3.4.1 without quoted strings and literals).
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_PLAIN = re.compile(rf"(?<![\w.+-]){_ATOM}(?:\.{_ATOM})*@(?:[a-z0-9-]+\.)+[a-z]{{2,24}}(?![\w-])")


@detector("email", {Kind.EMAIL}, Scope.FORM)
def email(view: View) -> Iterator[Hit]:
    """Addresses with an @ and a dotted domain."""
    folded = view.folded.text
    if "@" not in folded:
        return
    for match in _PLAIN.finditer(folded):
        span = view.given(*match.span())
        yield Hit(Kind.EMAIL, span.start, span.end, 0.99, "an e-mail address")
