"""Reading what is no message of the user's: cards, replies, tools, and every other string of a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from discretion.gateway._about_user import is_plain, sentences, signature, words
from discretion.gateway._described import described
from discretion.gateway._quoted import Quote
from discretion.gateway.wire import Passage, Voice
from discretion.guard import OWN_FACT, Guard, severity
from discretion.knowledge.gazetteer import plain
from discretion.records import Finding, Frame, Kind, NotChecked, Review, Verdict
from discretion.text import Message, Setting

WHOLE_IDENTIFIERS = frozenset({"user", "user_id", "safety_identifier"})
"""Keys whose whole value says who the user is, whatever it looks like."""


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

    def signed(self, passage: Passage, review: Review, user_names: Iterable[str]) -> Review:
        """The review of a message of the user's; the name it is signed with is theirs."""
        name = signature(passage.text)
        if not name or name not in user_names or any(one.start < len(name) for one in review.findings):
            return review
        own = _finding(Kind.NAME, 0, len(name), name, "the name under which you take part", 0.9)
        return replace(review, findings=(own, *review.findings))

    def quote(self, passage: Passage, quote: Quote, rest: Review) -> Review:
        """A message that quotes: forms are looked for in all of it; ``rest`` reviews its own words."""
        found = list(quote.findings)
        for one in (*rest.findings, *self._guard.forms(passage.text).findings):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
        return replace(rest, findings=tuple(sorted(found, key=lambda one: one.start)))

    def _alone(self, text: str) -> Review:
        """A text read as if the user had said it with nothing before: what a tool tells of a life counts."""
        review = self._guard.session(Setting()).review(Message(text))
        return replace(review, limits=(), limit_reasons=(), crisis=False)

    def _system(self, text: str, user_names: tuple[str, ...]) -> Review:
        """A prompt or card, paragraph by paragraph: forms everywhere, names and places where it describes
        the user."""
        read = self._guard.forms(text)
        found = [*read.findings, *described(text, user_names, read.findings)]
        found.sort(key=lambda one: one.start)
        return replace(read, findings=tuple(found))


def told_apart(text: str, user_names: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The lines of a prompt, each cut in what tells the story and what is about the user (true).

    Sentences that do neither are left out: what an assistant is told makes no scene.
    """
    line: dict[bool, list[str]] = {True: [], False: []}
    end = 0
    for one in sentences(text, user_names):
        if "\n" in text[end : one.start]:
            yield from _cut(line)
            line = {True: [], False: []}
        if one.is_about or not is_plain(one.text):
            line[one.is_about].append(one.text)
        end = one.start + len(one.text)
    yield from _cut(line)


def _cut(line: dict[bool, list[str]]) -> Iterator[tuple[str, bool]]:
    for is_about, said in line.items():
        if told := "".join(said).strip():
            yield told, is_about


def _whole(passage: Passage) -> Review:
    """A value that says who the user is."""
    text = passage.text
    kind = Kind.NAME if passage.key == "name" else Kind.USERNAME
    if not any(map(str.isalnum, text)) or plain(text.strip("{}<> ")) in words().nobody:
        return _review(())
    start = len(text) - len(text.lstrip())
    reason = "the name under which you take part" if kind is Kind.NAME else "says who the user is"
    return _review([_finding(kind, start, len(text.rstrip()), text, reason, 0.9)])


def _finding(kind: Kind, start: int, end: int, words: str, reason: str, sure: float) -> Finding:
    return Finding(kind, start, end, Frame.SELF, severity(kind, words), sure, OWN_FACT, reason)


def _review(findings: Iterable[Finding], not_checked: tuple[NotChecked, ...] = ()) -> Review:
    return Review(Verdict.ALLOW, None, tuple(findings), not_checked=not_checked)
