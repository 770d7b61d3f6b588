"""Corpora for a measurement: JSON lines as others give them, and the marked chats of ``training/corpus``.

Of the marked chats, the conversations that training holds out (``training.corpus.is_validation``) can be had
by themselves: the model has not learned from them, though its thresholds are chosen on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.corpus import CorpusError, Gold, Line, read_corpus, together, whole
from benchmarks.shared_data import REPOSITORY
from discretion.records import Frame, Kind, Limit
from discretion.text import Author, Span

TRAINING = REPOSITORY / "training" / "corpus"


def read_corpora(paths: Sequence[Path], *, held_out: bool = False) -> tuple[Line, ...]:
    """Every corpus of ``paths`` as one: ``.txt`` files are marked chats, others JSON lines.

    ``held_out`` leaves of the marked chats those that training holds out. Raises ``CorpusError`` where a file
    cannot be read or nothing is left of a corpus.
    """
    corpora = [
        _marked(path, held_out=held_out) if path.suffix == ".txt" else read_corpus(path) for path in paths
    ]
    return corpora[0] if len(corpora) == 1 else together(corpora)


def held_out_chats(folder: Path = TRAINING) -> tuple[Line, ...]:
    """The held-out conversations of the whole training corpus, each file a data set.

    Raises ``CorpusError`` where there are none.
    """
    corpora = []
    for path in sorted(folder.glob("t*.txt"), key=lambda path: (len(path.stem), path.stem)):
        try:
            corpora.append(_marked(path, held_out=True))
        except CorpusError as error:
            if "no line of the user" not in str(error):
                raise
    if not corpora:
        raise CorpusError("the training corpus holds nothing out")
    return together(corpora)


def _marked(path: Path, *, held_out: bool) -> tuple[Line, ...]:
    training = import_module("training.corpus")
    try:
        chats = [chat for chat in training.read([path]) if not held_out or training.is_validation(chat)]
        conversations = [list(_lines(chat)) for chat in chats]
    except OSError as error:
        raise CorpusError(f"cannot open the corpus: {error.strerror}") from error
    except ValueError as error:
        raise CorpusError(str(error)) from error
    return whole(conversations, path.stem)


def _lines(chat: Any) -> Iterator[Line]:
    for at, turn in enumerate(chat.turns):
        if turn.frame is None:
            yield Line(chat.id, chat.persona, at, Author.ASSISTANT, turn.text)
            continue
        gold = tuple(Gold(Kind(one.kind), Span(one.start, one.end), Frame(one.frame)) for one in turn.labels)
        limits = frozenset(limit for limit in Limit if limit.value in turn.flags)
        frame, crisis = Frame(turn.frame), "crisis" in turn.flags
        yield Line(chat.id, chat.persona, at, Author.USER, turn.text, frame, limits, gold, is_crisis=crisis)
