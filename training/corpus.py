"""The labelled conversations of ``training/corpus``: read, checked, split.

A file holds conversations in the marked form: ``# conversation: ID | platform persona: … | style: …``,
``U frame !flag | text with [kind:span] or [kind~fiction:span]``, ``A | text``. Offsets count code points of
the text without its marks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
FRAMES = ("self", "fiction", "neutral")
FLAGS = ("minor", "real_person", "crime", "crisis")

_HEAD = re.compile(r"#\s*conversation:\s*(\S+)\s*\|\s*platform persona:\s*(.*?)(?:\s*\|\s*style:\s*(.*))?$")
_LINE = re.compile(r"([UA])\s*([a-z]*)((?:\s*![a-z_]+)*)\s*\|\s?(.*)$")
_MARK = re.compile(r"\[([a-z_]+)(?:~(fiction|self))?:([^\[\]]+)\]")
_VALIDATION_SHARE = 10


class CorpusError(ValueError):
    """A line that does not follow the form; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Label:
    """A marked span ``[start, end)`` with its kind and frame."""

    kind: str
    start: int
    end: int
    frame: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One message; ``frame`` is None for the assistant's."""

    text: str
    frame: str | None
    flags: frozenset[str]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation with its persona card."""

    id: str
    persona: str
    turns: tuple[Turn, ...]


def read(paths: Iterable[Path] = ()) -> list[Chat]:
    """Every conversation of the given files, or of the whole corpus."""
    return [chat for path in (paths or sorted(FOLDER.glob("t*.txt"))) for chat in _chats(path)]


def _chats(path: Path) -> Iterator[Chat]:
    head: tuple[str, str] | None = None
    turns: list[Turn] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("#"):
            if match := _HEAD.match(line):
                if head and turns:
                    yield Chat(*head, tuple(turns))
                head, turns = (match[1], match[2]), []
            continue
        try:
            turns.append(_turn(line))
        except ValueError as error:
            raise CorpusError(f"{path.name}, line {number}: {error}") from error
    if head and turns:
        yield Chat(*head, tuple(turns))


def _turn(line: str) -> Turn:
    match = _LINE.match(line)
    if not match:
        raise ValueError("neither 'U frame | text' nor 'A | text'")
    who, frame, flags, marked = match.groups()
    if who == "U" and frame not in FRAMES:
        raise ValueError(f"no frame is named {frame!r}")
    named = frozenset(re.findall(r"!([a-z_]+)", flags))
    if named - set(FLAGS):
        raise ValueError("an unknown flag")
    text, labels, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        stands_in = mark[2] or ("fiction" if frame == "fiction" else "self")
        labels.append(Label(mark[1], len(text), len(text) + len(mark[3]), stands_in))
        text += mark[3]
        at = mark.end()
    return Turn(text + marked[at:], frame if who == "U" else None, named, tuple(labels))


def group(chat: Chat) -> str:
    """What must stay on one side of a split: a conversation; in t19 the pair of neighbours."""
    name, _, number = chat.id.rpartition("-")
    return f"{name}-{(int(number) + 1) // 2}" if name == "t19" and number.isdigit() else chat.id


def is_validation(chat: Chat) -> bool:
    """Whether a conversation is held out: a tenth, by a hash of its group, the same in every run."""
    return hashlib.sha256(group(chat).encode()).digest()[0] % _VALIDATION_SHARE == 0


def split(chats: Sequence[Chat]) -> tuple[list[Chat], list[Chat]]:
    """Training and validation conversations."""
    return [c for c in chats if not is_validation(c)], [c for c in chats if is_validation(c)]
