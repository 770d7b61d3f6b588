"""Sentences with marked values, and what is expected in their place, for the tests of the stand-ins."""

from __future__ import annotations

import re
from collections.abc import Iterable

from discretion.guard.stand_ins import StandIns, applied
from discretion.records import Finding, Frame, Kind, Pair, Severity

SECRET = bytes(range(32))
_MARKED = re.compile(r"\[(?:(\w+):)?([^\]]*)\]")
_WANTED = re.compile(r"\{([^}]*)\}")


def marked(sentence: str) -> tuple[str, tuple[Finding, ...]]:
    """``"im [jess], [email:a@b.example]"`` as its text and findings; a name where no kind stands."""
    text, at, found = "", 0, []
    for match in _MARKED.finditer(sentence):
        text += sentence[at : match.start()]
        found.append(finding(Kind(match[1] or "name"), len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    return text + sentence[at:], tuple(found)


def finding(kind: Kind, start: int, end: int) -> Finding:
    """A finding of the user's life."""
    return Finding(kind, start, end, Frame.SELF, Severity.HIGH, 1.0, "test", "marked in a test")


def sent(stand_ins: StandIns, sentence: str) -> str:
    """What leaves in the place of a marked sentence."""
    text, findings = marked(sentence)
    return applied(text, stand_ins.replace(text, findings))


def wanted(pattern: str, pairs: Iterable[Pair]) -> str:
    """``"im {jess}"`` with the stand-in of Jess in small letters; ``{JESS}`` loud, ``{Jess}`` as kept."""
    by_real = {pair.real.lower(): pair.stand_in for pair in pairs if pair.is_active}

    def put(match: re.Match[str]) -> str:
        stand_in = by_real[match[1].lower()]
        if match[1].islower():
            return stand_in.lower()
        return stand_in.upper() if match[1].isupper() else stand_in

    return _WANTED.sub(put, pattern)
