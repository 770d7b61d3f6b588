"""Conversations that a client quotes in a message: its calls for a title, tags or a summary.

Open WebUI, LibreChat and others put the chat into one message under the user's name. Read as the user's own
words it would be judged without its speakers: names of characters as people, a story's ages side by side.
What was reviewed where it was said is known again by its line, and judged no second time.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace

from discretion.gateway._digest import Digests
from discretion.records import Finding, Review

MOST_LINES = 20_000
"""Lines of messages that are known again."""

_LINE = re.compile(r"[^\n]+")
_LABEL = re.compile(
    r"\W{0,6}(?:(?P<user>user|human|you)|assistant|ai|bot|model|response|character)\b\W{0,3}:\W{0,3}",
    re.IGNORECASE,
)
_ENDS_TURN = re.compile(r"\s*(?:</|###|\|\|>)")
_TAG = re.compile(r"\s*</?[\w:-]+/?>\s*")
_AROUND = " \t\"'“”‘’*`|>"


@dataclass(frozen=True, slots=True)
class Quote:
    """A message that quotes: ``rest`` is its text with what is quoted blanked, ``findings`` those of the
    quoted lines, where they stand here."""

    rest: str
    findings: tuple[Finding, ...]


class Quotable:
    """Lines of messages of the user that passed, by keyed digest, with what was found in them."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests
        self._lines: OrderedDict[bytes, tuple[Finding, ...]] = OrderedDict()

    def clear(self) -> None:
        """Let go of all of them."""
        self._lines.clear()

    def add(self, text: str, review: Review) -> None:
        """Take in a message that passed."""
        for start, line in _lines(text):
            inside = (one for one in review.findings if start <= one.start and one.end <= start + len(line))
            found = tuple(replace(one, start=one.start - start, end=one.end - start) for one in inside)
            self._lines[self._digests.of("line", line)] = found
        while len(self._lines) > MOST_LINES:
            self._lines.popitem(last=False)

    def read(self, text: str) -> Quote | None:
        """What a message quotes; ``None`` where it quotes nothing of the user's that is known."""
        if "\n" not in text or not self._lines:
            return None
        rest, found, is_reply, knows = list(text), [], False, False
        for match in _LINE.finditer(text):
            label = _LABEL.match(match[0])
            if label or _ENDS_TURN.match(match[0]):
                is_reply = label is not None and label["user"] is None
            said = match[0][label.end() :] if label else match[0]
            line = said.strip(_AROUND)
            start = match.end() - len(said) + said.find(line)
            known = None if is_reply else self._lines.get(self._digests.of("line", line))
            if known is not None:
                knows = True
                found += [replace(one, start=one.start + start, end=one.end + start) for one in known]
            if known is not None or is_reply or _TAG.fullmatch(match[0]):
                rest[match.start() : match.end()] = " " * len(match[0])
        return Quote("".join(rest), tuple(found)) if knows else None


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines of a message without the marks around them, each with where it starts."""
    made = []
    for match in _LINE.finditer(text):
        if line := match[0].strip(_AROUND):
            made.append((match.start() + match[0].find(line), line))
    return made
