"""The model at work: messages in batches of one length, the conversation as one small vector."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discretion.encoder._files import FOLDER, Manifest, ModelMissing, manifest

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
State = NDArray[np.float32]
"""What was said so far, as one vector."""

Window = tuple[list[int], NDArray[np.int64], NDArray[np.uint8]]
"""A part of a message: piece ids, the word of each piece (−1: none), its columns."""

CERTAIN = 20.0
"""The logit of "no label" for a word of which the tokenizer makes nothing."""

BATCH_PIECES = 512
"""Pieces that are encoded at once: more of them are no faster and cost memory."""

STEP = 8
"""Lengths are filled up to a multiple of this; windows that are then equally long share a batch."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One message, encoded: its windows, each a run of words, their vectors, and one vector of the whole.

    ``windows`` holds for each window its words and, for each of them, the row of its first piece (a word of
    which the tokenizer makes nothing is in no window); ``vectors`` one array ``(pieces, width)`` a window;
    ``features`` the same rows' input columns. Both are kept small, since they travel between processes.
    ``words`` is how many of the message's words were read: all, or those of the windows asked for.
    """

    windows: tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]
    vectors: tuple[Halves, ...]
    features: tuple[NDArray[np.uint8], ...]
    rows: tuple[NDArray[np.int64], ...]
    owns: tuple[Floats, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Logits:
    """Answers for one message: of each word labels ``(words, labels)`` and frames ``(words, frames)``; of the
    message ``frame`` and ``limits``."""

    labels: Floats
    clauses: Floats
    frame: Floats
    limits: Floats


class Encoder:
    """The model in memory. Thread-safe: it holds no state of any conversation."""

    def __init__(self, folder: Path, held: Manifest, threads: int) -> None:
        self.manifest = held
        self._tokenizer = _tokenizer(folder)
        self._encoder = _session(folder / "encoder.onnx", threads)
        self._heads = _session(folder / "heads.onnx", threads)
        self._turns = _session(folder / "turns.onnx", threads)
        first, last = (self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        if first is None or last is None:
            raise ModelMissing("the model's tokenizer lacks its end marks")
        self._ends = (first, last)

    @classmethod
    def load(cls, folder: Path = FOLDER, *, threads: int = 1) -> Encoder:
        """Load the model in ``folder`` to run on ``threads`` cores; raises ``ModelMissing``."""
        held = manifest(folder)
        try:
            return cls(folder, held, threads)
        except ModelMissing:
            raise
        except Exception as error:  # the runtime's errors share no class of their own
            raise ModelMissing(f"the model cannot be loaded: {type(error).__name__}") from None

    def encode(
        self, messages: Sequence[tuple[Sequence[str], NDArray[np.uint8]]], *, windows: int | None = None
    ) -> list[Encoded]:
        """Encode messages, each its words and their feature columns ``(words, features)``, in their order.

        They run in batches of one filled-up length, which depends on the window alone: so an answer never
        depends on what else was read, and one core or many come to the same. Of each message at most so many
        ``windows`` are read, all where it is None.
        """
        cut = [_most(self._cut(words, columns), len(words), windows) for words, columns in messages]
        by_length: dict[int, list[Window]] = {}
        for window in chain.from_iterable(inside for inside, _ in cut):
            by_length.setdefault(-(-len(window[0]) // STEP) * STEP, []).append(window)
        made: dict[int, tuple[Halves, Floats]] = {}
        for length, alike in by_length.items():
            size = max(1, BATCH_PIECES // length)
            for start in range(0, len(alike), size):
                chosen = alike[start : start + size]
                x, own = self._encoder.run(None, _filled(chosen, length))
                for at, window in enumerate(chosen):
                    made[id(window)] = x[at, : len(window[0])].astype(np.float16), own[at].copy()
        return [
            Encoded(
                tuple(_firsts(rows) for _, rows, _ in inside),
                tuple(made[id(window)][0] for window in inside),
                tuple(columns for _, _, columns in inside),
                tuple(rows for _, rows, _ in inside),
                tuple(made[id(window)][1] for window in inside),
                count,
            )
            for inside, count in cut
        ]

    def begin(self, card: str) -> State:
        """The state before the first message, from the persona card (it may be empty)."""
        ids, mask = self._glance(card)
        state = np.zeros((1, self._width), np.float32)
        begun: State = self._turns.run(["begun"], {"ids": ids, "mask": mask, "state": state})[0]
        return begun

    def hear(self, state: State, text: str) -> State:
        """The state after a message of the other side."""
        ids, mask = self._glance(text)
        heard: State = self._turns.run(["heard"], {"ids": ids, "mask": mask, "state": state})[0]
        return heard

    def answer(self, message: Encoded, overlaps: Floats, state: State) -> tuple[Logits, State]:
        """The heads' answers for a message, and the state after it.

        ``overlaps`` has shape ``(words, overlaps)``, with the words that were read. Each window of a long
        message is answered in the state after the one before it, so all of them enter the state.
        """
        answers: list[list[Any]] = []
        for at in range(len(message.windows)):
            answers.append(self._window(message, at, overlaps, state))
            state = answers[-1][4]
        weights = np.array([len(rows) for _, rows in message.windows], np.float32)
        weights = weights / max(1.0, float(weights.sum()))
        labels = np.zeros((len(overlaps), len(self.manifest.labels)), np.float32)
        labels[:, 0] = CERTAIN
        clauses = np.zeros((len(overlaps), len(self.manifest.frames)), np.float32)
        for made, (inside, firsts) in zip(answers, message.windows, strict=True):
            labels[inside] = made[0][firsts]
            clauses[inside] = made[1][firsts]
        frame = (
            sum(w * a[2] for w, a in zip(weights, answers, strict=True))
            if len(answers) > 1
            else answers[0][2]
        )
        limits = np.max([a[3] for a in answers], axis=0)
        return Logits(labels, clauses, np.asarray(frame), limits), state

    def _window(self, message: Encoded, at: int, overlaps: Floats, state: State) -> list[Any]:
        rows = message.rows[at]
        padded = np.zeros((len(rows), overlaps.shape[1]), np.float32)
        padded[rows >= 0] = overlaps[rows[rows >= 0]]
        answer = self._heads.run(
            None,
            {
                "x": message.vectors[at][None].astype(np.float32),
                "mask": np.ones((1, len(rows)), np.int64),
                "features": message.features[at][None].astype(np.float32),
                "overlaps": padded[None],
                "own": message.owns[at][None],
                "state": state,
            },
        )
        return [answer[0][0], answer[1][0], answer[2][0], answer[3][0], answer[4]]

    @property
    def _width(self) -> int:
        return int(self.manifest.settings["turn_width"])

    def _glance(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        most = self.manifest.glance_pieces
        ids = self._tokenizer.encode(_whole(text[: 16 * most]), add_special_tokens=False).ids[:most]
        mask = np.ones((1, max(1, len(ids))), np.int64) if ids else np.zeros((1, 1), np.int64)
        return np.array([ids or [0]], np.int64), mask

    def _cut(self, words: Sequence[str], columns: NDArray[np.uint8]) -> Iterator[Window]:
        """The windows of a message, in order."""
        most = self.manifest.longest_pieces - 2
        encoded = self._tokenizer.encode(
            [_whole(word) for word in words], is_pretokenized=True, add_special_tokens=False
        )
        first_id, last_id = self._ends
        start, ids = 0, encoded.ids
        of = [-1 if word is None else word for word in encoded.word_ids]
        while True:
            end = min(len(ids), start + most)
            if end < len(ids):
                while end > start + 1 and of[end] == of[end - 1]:
                    end -= 1
                end = end if end > start + 1 else min(len(ids), start + most)
            rows = np.array([-1, *of[start:end], -1], np.int64)
            held = np.zeros((len(rows), columns.shape[1]), np.uint8)
            held[rows >= 0] = columns[rows[rows >= 0]]
            yield [first_id, *ids[start:end], last_id], rows, held
            if end >= len(ids):
                return
            start = end


def _whole(text: str) -> str:
    """``text`` without halves of surrogate pairs, which cut-off exports hold and the tokenizer refuses."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _most(made: Iterator[Window], words: int, most: int | None) -> tuple[list[Window], int]:
    """The first ``most`` windows, and how many of the message's words they hold a part of."""
    windows = list(islice(made, None if most is None else most + 1))
    if most is None or len(windows) <= most:
        return windows, words
    return windows[:most], 1 + max(int(rows.max()) for _, rows, _ in windows[:most])


def _firsts(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words of a window, and the row of the first piece of each."""
    pieces = np.flatnonzero(rows >= 0)
    firsts = pieces[np.flatnonzero(np.diff(rows[pieces], prepend=-1))]
    return rows[firsts], firsts


def _filled(windows: Sequence[Window], length: int) -> dict[str, NDArray[Any]]:
    """The encoder's inputs for ``windows``, each filled up to ``length`` pieces."""
    ids = np.zeros((len(windows), length), np.int64)
    mask = np.zeros((len(windows), length), np.int64)
    columns = np.zeros((len(windows), length, windows[0][2].shape[1]), np.float32)
    for at, (pieces, _, held) in enumerate(windows):
        ids[at, : len(pieces)] = pieces
        mask[at, : len(pieces)] = 1
        columns[at, : len(pieces)] = held
    return {"ids": ids, "mask": mask, "features": columns}


def _tokenizer(folder: Path) -> Tokenizer:
    # A second line behind the pinned versions: nothing is fetched and nothing is sent, whatever a build does.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_OFFLINE"] = "1"
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(folder / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def _session(path: Path, threads: int) -> InferenceSession:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # a failed run is raised; nothing need be printed
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Weights that are kept as int8 beside their scales become float once, at load. Large products that run
    # in int8 throughout (training/rows.py) have a scale for each row. So in either form an answer does not
    # depend on what else is in a batch.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
