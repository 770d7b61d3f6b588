"""Reading what is no message of the user's: cards, replies, tools, and every other string of a request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from discretion.gateway.wire import Passage, Voice
from discretion.guard import OWN_FACT, Guard, severity
from discretion.knowledge.gazetteer import familiar_names, ordinary_words, places, plain
from discretion.records import Finding, Frame, Kind, NotChecked, Review, Verdict
from discretion.text import Message, Setting

WHOLE_IDENTIFIERS = frozenset({"user", "user_id", "safety_identifier"})
"""Keys whose whole value says who the user is, whatever it looks like."""

NO_NAMES = frozenset({"user", "human", "you", "me", "player", "assistant", "system", "char", "anon"})
"""Values of a ``name`` that name nobody."""

_LINE = re.compile(r"[^\n]+")
_ABOUT_USER = re.compile(
    r"\W*(?:\{\{user\}\}|(?:about )?(?:the )?user|(?:my|your) persona|user persona|persona|about (?:me|you))"
    r"(?:'s|’s)?(?: (?:persona|profile|description|info(?:rmation)?|details|background|name))*\s*"
    r"(?:[:=\])>-]|is\b|lives\b|works\b)",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\wÀ-ÿ’'-]+(?: [A-ZÀ-Þ][\wÀ-ÿ’'-]+)*")
_TOLD_OF_USER = "named where the prompt describes the user"


class Reader:
    """Reads passages that are not judged within a conversation. Holds no text; may be shared by threads."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def read(self, passage: Passage, user_names: Iterable[str] = ()) -> Review:
        """What stands in a passage; ``user_names`` are the names under which the user takes part."""
        if passage.key in WHOLE_IDENTIFIERS or (passage.key == "name" and passage.voice is Voice.USER):
            return _whole(passage)
        match passage.voice:
            case Voice.TOOL if not passage.is_number:
                return self._alone(passage.text)
            case Voice.SYSTEM:
                return self._system(passage.text, tuple(user_names))
        return self._guard.forms(passage.text)

    def _alone(self, text: str) -> Review:
        """A text read as if the user had said it with nothing before: what a tool tells of a life counts."""
        review = self._guard.session(Setting()).review(Message(text))
        return replace(review, limits=(), limit_reasons=(), crisis=False)

    def _system(self, text: str, user_names: tuple[str, ...]) -> Review:
        """A prompt or card, paragraph by paragraph: forms everywhere, names and places where it describes
        the user."""
        read = self._guard.forms(text)
        found = list(read.findings)
        for start, line in _lines_of_user(text, user_names):
            found += _described(line, start, found)
        found.sort(key=lambda one: one.start)
        return replace(read, findings=tuple(found))


def described_lines(text: str, user_names: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The lines of a prompt that are not empty, and whether each describes the user."""
    starts = {start for start, _ in _lines_of_user(text, tuple(user_names))}
    for line in _LINE.finditer(text):
        yield line[0], line.start() in starts


def _lines_of_user(text: str, user_names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines of a prompt that describe the user: below such a heading, or with one of the names."""
    named = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in user_names]
    is_about = False
    for line in _LINE.finditer(text):
        is_about = bool(_ABOUT_USER.match(line[0])) or (is_about and not _is_heading(line[0]))
        if is_about or any(one.search(line[0]) for one in named):
            yield line.start(), line[0]


def _is_heading(line: str) -> bool:
    return bool(re.match(r"\W*[A-Z][\w' ]{1,40}:\s", line)) or line.lstrip().startswith(("[", "#", "<"))


def _described(line: str, offset: int, besides: Sequence[Finding]) -> list[Finding]:
    """Names and places in a line that describes the user in the third person."""
    found = []
    for match in _CAPITALISED.finditer(line):
        words = match[0].rstrip("’'-").removesuffix("'s").removesuffix("’s")
        start, end = offset + match.start(), offset + match.start() + len(words)
        if any(one.start < end and start < one.end for one in besides):
            continue
        keys = [plain(word) for word in words.split()]
        kind = None
        if " ".join(keys) in places() and not all(key in familiar_names() for key in keys):
            kind = Kind.LOCATION
        elif keys[0] in familiar_names() and keys[0] not in ordinary_words():
            kind = Kind.NAME
        if kind:
            found.append(_finding(kind, start, end, words, _TOLD_OF_USER, 0.7))
    return found


def _whole(passage: Passage) -> Review:
    """A value that says who the user is."""
    text = passage.text
    kind = Kind.NAME if passage.key == "name" else Kind.USERNAME
    if not any(map(str.isalnum, text)) or plain(text.strip()) in NO_NAMES:
        return _review(())
    start = len(text) - len(text.lstrip())
    reason = "the name under which you take part" if kind is Kind.NAME else "says who the user is"
    return _review([_finding(kind, start, len(text.rstrip()), text, reason, 0.9)])


def _finding(kind: Kind, start: int, end: int, words: str, reason: str, sure: float) -> Finding:
    return Finding(kind, start, end, Frame.SELF, severity(kind, words), sure, OWN_FACT, reason)


def _review(findings: Iterable[Finding], not_checked: tuple[NotChecked, ...] = ()) -> Review:
    return Review(Verdict.ALLOW, None, tuple(findings), not_checked=not_checked)
