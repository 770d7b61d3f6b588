"""The model at work in the guard: a reading of one message, and the conversation that gives it sense.

``Model.read`` needs the message alone and can be batched; ``Conversation.answer`` adds what was said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from discretion.encoder import Encoded, Encoder, ModelMissing, State
from discretion.guard._detector import Hit
from discretion.guard._view import View
from discretion.guard.reader._decode import hits_of, softmax
from discretion.guard.reader._earlier import OVERLAPS, Earlier
from discretion.guard.reader._features import FEATURES, checksum, features
from discretion.records import Finding, Frame, Kind

FRAMES = (Frame.SELF, Frame.FICTION, Frame.NEUTRAL)
LABELS: tuple[str, ...] = ("O", *(f"{part}-{kind.value}" for kind in Kind for part in "BI"))
LIMITS = ("minor", "real_person", "crime", "crisis")
SETTINGS = frozenset(("frame_scale", "rule_alone", "rules_weight", "turn_width"))
"""What a manifest's settings must hold."""

READ_CHARACTERS = 10_000
READ_WORDS = 1_500
READ_WINDOWS = 12
"""So much of one message the model reads, whichever ends first; what lies behind is left to the rules, and
that is told. Each mark is a word, so characters alone do not bound the time: ten thousand marks are 64
windows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One message as the model has read it, without its text: words are kept as checksums.

    The checksums are no secret: a list of words turns most of them back. Like the vectors they live in memory
    and in pipes between processes, and are never written to a file.
    """

    keys: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    encoded: Encoded
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of one message in its conversation.

    ``frame`` (in the order of ``FRAMES``) and ``limits`` are probabilities; ``labels`` and ``clauses`` have a
    row for each word, which runs from ``starts`` to ``ends``; ``hits`` are above the threshold of their kind.
    """

    hits: tuple[Hit, ...]
    frame: tuple[float, float, float]
    limits: dict[str, float]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    clauses: NDArray[np.float32]
    labels: NDArray[np.float32]


_LOADING = Lock()


def model() -> Model:
    """The shipped model, loaded once for the process; raises ``ModelMissing``."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Model:
    return Model(Encoder.load())


class Model:
    """A loaded model that reads what this program writes; raises ``ModelMissing`` where it does not."""

    def __init__(self, encoder: Encoder) -> None:
        held = encoder.manifest
        asked = ((held.features, FEATURES), (held.overlaps, OVERLAPS), (held.labels, LABELS),
                 (held.frames, tuple(FRAMES)), (held.limits, LIMITS))  # fmt: skip
        if any(given != known for given, known in asked):
            raise ModelMissing("the model was trained for another version of this program")
        known = {kind.value for kind in Kind} <= set(held.thresholds) and set(held.settings) >= SETTINGS
        if not known:
            raise ModelMissing("the model's manifest lacks a threshold or a setting")
        self.encoder = encoder
        self.manifest = held
        self._try()

    def _try(self) -> None:
        """Run every graph once, so that a file that fits nothing here is told before the first message."""
        try:
            talk = Conversation(self, "a card")
            talk.hear("a message")
            talk.answer(self.read([(View("a message"), ())])[0])
        except Exception as error:
            raise ModelMissing(f"the model does not run: {type(error).__name__}") from None

    def read(self, messages: Sequence[tuple[View, Sequence[Hit]]]) -> list[Reading]:
        """Read messages, each by itself, in batches."""
        made = []
        for view, hits in messages:
            is_whole = len(view.text) <= READ_CHARACTERS
            seen = view if is_whole else View(view.text[:READ_CHARACTERS])
            made.append((features(seen, hits), is_whole))
        encoded = self.encoder.encode(
            [(one.words[:READ_WORDS], one.columns[:READ_WORDS]) for one, _ in made], windows=READ_WINDOWS
        )
        return [
            Reading(
                tuple(map(checksum, one.words[: held.words])),
                one.spans[: held.words],
                held,
                is_whole and held.words == len(one.words),
            )
            for (one, is_whole), held in zip(made, encoded, strict=True)
        ]


class Conversation:
    """What was said before in one conversation: one vector, and the checksums of words."""

    def __init__(self, model: Model, card: str) -> None:
        self._model = model
        self._earlier = Earlier()
        self._state: State = model.encoder.begin(card)
        self._earlier.enter(card)

    def enter(self, card: str) -> None:
        """Take in a card that came later."""
        self._state = self._model.encoder.hear(self._state, card)
        self._earlier.enter(card)

    def hear(self, text: str) -> None:
        """Take in a message of the other side."""
        self._state = self._model.encoder.hear(self._state, text)
        self._earlier.hear(text)

    def answer(self, reading: Reading) -> tuple[Answer, State]:
        """What the model says of the user's next message; ``keep`` then makes it a part of the past."""
        held = self._model.manifest
        overlaps = self._earlier.columns(reading.keys)
        logits, state = self._model.encoder.answer(reading.encoded, overlaps, self._state)
        labels = softmax(logits.labels)
        frame = softmax(logits.frame * held.settings["frame_scale"])
        limits = 1 / (1 + np.exp(-logits.limits))
        spans = np.array(reading.spans, np.int64).reshape(-1, 2)
        answer = Answer(
            tuple(hits_of(labels, held.labels, held.thresholds, reading.spans, reading.keys)),
            (float(frame[0]), float(frame[1]), float(frame[2])),
            dict(zip(held.limits, map(float, limits), strict=True)),
            spans[:, 0],
            spans[:, 1],
            softmax(logits.clauses),
            labels,
        )
        return answer, state

    def keep(self, reading: Reading, state: State, *, life: bool, found: Iterable[Finding | Hit]) -> None:
        """Make a message a part of the past; ``found`` is what counted in it."""
        self._state = state
        spans = np.array(reading.spans, np.int64).reshape(-1, 2)
        facts: list[int] = []
        names: list[int] = []
        for one in found:
            first = int(np.searchsorted(spans[:, 1], one.start, side="right"))
            inside = range(first, int(np.searchsorted(spans[:, 0], one.end, side="left")))
            facts += inside
            if one.kind in (Kind.NAME, Kind.USERNAME):
                names += inside
        self._earlier.say(reading.keys, life=life, facts=facts, names=names)
