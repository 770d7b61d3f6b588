"""Facts of an earlier time: where someone grew up is not where they live, nor what they were what they are.

The guard finds them because they identify; counted as of today they would place the user in a town they left.
"""

from __future__ import annotations

import re

from discretion.records import Finding, Kind
from discretion.text import Message

LOOKED_BACK = 60
"""Characters before a fact in which its time is looked for, within its own clause."""

_CLAUSE = re.compile(r"[.!?;,:\n]|\bbut\b|\bnow\b", re.IGNORECASE)
_FEW_WORDS = r"(?:\W+(?!to\b)\w+){0,3}\W*$"
_LIVED = re.compile(
    r"\b(?:grew up|born|raised|used to (?:live|be|stay|work)|lived|originally from|left"
    r"|(?:moved|came) (?:\w+ ){0,2}(?:from|out of|away from))" + _FEW_WORDS,
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:\bhave|'ve|\bi?ve)\W+(?:\w+\W+)?lived\b", re.IGNORECASE)
_WAS = re.compile(
    r"\b(?:used to (?:be|work)|was|were|been raised|raised|grew up)" + _FEW_WORDS, re.IGNORECASE
)
_USED_TO_BE = re.compile(r"\bused to be" + _FEW_WORDS, re.IGNORECASE)
"""Of a relationship: who "was married in 2019" still is."""
_PAST = {
    Kind.LOCATION: _LIVED,
    Kind.OCCUPATION: _WAS,
    Kind.RELIGION: _WAS,
    Kind.RELATIONSHIP: _USED_TO_BE,
}


def is_past(message: Message, finding: Finding) -> bool:
    """Whether the words before say that it no longer holds: "I grew up in", "I used to be a".

    "I've lived in" goes on, and so does what follows a new clause ("grew up here, live in").
    """
    past = _PAST.get(finding.kind)
    if past is None:
        return False
    before = message.text[max(0, finding.start - LOOKED_BACK) : finding.start].replace("\u2019", "'")
    clause = _CLAUSE.split(before)[-1]
    return past.search(clause) is not None and not _GOES_ON.search(clause)
