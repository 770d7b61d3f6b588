"""Labelled chats in the dev set's shape: one JSON object a line, conversations in order.

``{"conversation", "persona", "turn", "author": "user"|"assistant", "text"}`` and, on the user's lines,
``{"frame", "limits", "findings": [{"kind", "start", "end", "frame"}]}``; where the role of a limit's mention
is labelled, ``{"roles": {LIMIT: ROLE}}`` (a role is a word such as ``participant``); further keys are
ignored. Offsets count code points in the text as given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from discretion.records import Frame, Kind, Limit
from discretion.text import Author, Span

_LABEL = re.compile(r"[A-Za-z_]{1,40}")
_Member = TypeVar("_Member", Frame, Kind, Limit, Author)


class CorpusError(Exception):
    """The corpus cannot be read; the message names the line and the key, never a text."""


@dataclass(frozen=True, slots=True)
class Gold:
    """What an annotator marked: a kind on a run of characters, in a frame."""

    kind: Kind
    span: Span
    frame: Frame


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a labelled conversation; ``frame`` is ``None`` on the assistant's lines."""

    conversation: str
    persona: str | None
    turn: int
    author: Author
    text: str
    frame: Frame | None = None
    limits: frozenset[Limit] = frozenset()
    gold: tuple[Gold, ...] = ()
    own_age_turns: frozenset[str] = frozenset()
    """The places (``turn:N``) of the user's earlier lines that touch the limit ``minor``."""
    roles: tuple[tuple[Limit, str], ...] = ()
    """The role of what the line says about a limit, whether it touches the limit or not."""
    data_set: str = ""
    """The name of the corpus that the line is from."""
    is_crisis: bool = False
    """Whether it shows signs that the author may harm themself."""

    @property
    def is_from_user(self) -> bool:
        """Whether the line is one that is measured."""
        return self.author is Author.USER

    @property
    def is_clean(self) -> bool:
        """A line of the user that gives nothing away and touches no limit."""
        return self.is_from_user and not self.gold and not self.limits


def read_corpus(path: Path) -> tuple[Line, ...]:
    """Read a corpus; conversations in the order of their first line, each in the order of its turns.

    Raises ``CorpusError`` where the file cannot be opened, is not UTF-8, holds no line of the user, or a
    line is not of the shape above.
    """
    conversations: dict[str, list[Line]] = {}
    try:
        with path.open(encoding="utf-8") as file:
            for number, raw in enumerate(file, 1):
                if raw.strip():
                    line = _line(raw, number)
                    conversations.setdefault(line.conversation, []).append(line)
    except OSError as error:
        raise CorpusError(f"cannot open the corpus: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"the corpus is not UTF-8 (byte {error.start})") from error
    return whole(conversations.values(), path.stem)


def whole(conversations: Iterable[list[Line]], data_set: str = "") -> tuple[Line, ...]:
    """Conversations as one corpus, each in the order of its turns, its lines knowing what came before.

    Raises ``CorpusError`` where no line is the user's.
    """
    lines = tuple(line for rows in conversations for line in _in_order(rows, data_set))
    if not any(line.is_from_user for line in lines):
        raise CorpusError("the corpus has no line of the user")
    return lines


def together(corpora: Iterable[tuple[Line, ...]]) -> tuple[Line, ...]:
    """Several corpora as one; a conversation is told apart from one of the same name in another corpus."""
    return tuple(
        replace(line, conversation=f"{line.data_set}/{line.conversation}")
        for lines in corpora
        for line in lines
    )


def _in_order(rows: list[Line], data_set: str) -> Iterator[Line]:
    earlier: frozenset[str] = frozenset()
    for row in sorted(rows, key=lambda row: row.turn):
        yield replace(row, own_age_turns=earlier, data_set=data_set)
        if Limit.MINOR in row.limits:
            earlier |= {f"turn:{row.turn}"}


def _line(raw: str, number: int) -> Line:
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"line {number}: not JSON") from error
    if not isinstance(row, dict):
        raise CorpusError(f"line {number}: not a JSON object")
    where = f"line {number}"
    conversation, text = _need(row, "conversation", str, where), _need(row, "text", str, where)
    turn = _need(row, "turn", int, where)
    author = _member(Author, _need(row, "author", str, where), "author", where)
    persona = row.get("persona")
    if not (persona is None or isinstance(persona, str)):
        raise CorpusError(f"{where}: 'persona' is neither a string nor null")
    if author is Author.ASSISTANT:
        return Line(conversation, persona, turn, author, text)
    frame = _member(Frame, _need(row, "frame", str, where), "frame", where)
    limits = frozenset(_member(Limit, name, "limit", where) for name in _need(row, "limits", list, where))
    gold = tuple(_gold(_need(row, "findings", list, where), len(text), where))
    roles = tuple(_roles(row.get("roles", {}), where))
    crisis = row.get("crisis") is True
    return Line(conversation, persona, turn, author, text, frame, limits, gold, roles=roles, is_crisis=crisis)


def _roles(roles: object, where: str) -> Iterator[tuple[Limit, str]]:
    if not isinstance(roles, dict):
        raise CorpusError(f"{where}: 'roles' is not of type dict")
    for limit, role in roles.items():
        if not (isinstance(role, str) and _LABEL.fullmatch(role)):
            raise CorpusError(f"{where}: a role is one word")
        yield _member(Limit, limit, "limit", where), role


def _gold(findings: list[Any], length: int, line: str) -> Iterator[Gold]:
    for index, finding in enumerate(findings):
        where = f"{line}, finding {index}"
        if not isinstance(finding, dict):
            raise CorpusError(f"{where}: not a JSON object")
        start, end = _need(finding, "start", int, where), _need(finding, "end", int, where)
        if not 0 <= start < end <= length:
            raise CorpusError(f"{where}: {start}..{end} is no run of characters in the text ({length} long)")
        kind = _member(Kind, _need(finding, "kind", str, where), "kind", where)
        frame = _member(Frame, _need(finding, "frame", str, where), "frame", where)
        yield Gold(kind, Span(start, end), frame)


def _need(row: dict[str, Any], key: str, kind: type[Any], where: str) -> Any:
    if key not in row:
        raise CorpusError(f"{where}: no {key!r}")
    value = row[key]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise CorpusError(f"{where}: {key!r} is not of type {kind.__name__}")
    return value


def _member(members: type[_Member], value: object, name: str, where: str) -> _Member:
    try:
        return members(value)  # type: ignore[arg-type]  # anything may stand in a file
    except ValueError as error:
        shown = f" {value!r}" if isinstance(value, str) and _LABEL.fullmatch(value) else ""
        raise CorpusError(f"{where}: unknown {name}{shown}") from error
