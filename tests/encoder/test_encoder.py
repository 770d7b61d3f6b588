"""The model's files, sessions and batches."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from discretion.encoder import FOLDER, Encoder, ModelMissing, manifest
from discretion.guard import discovered
from discretion.guard._scan import scan_view
from discretion.guard.reader._features import features
from training import corpus


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def _columns(encoder: Encoder, words: list[str]) -> Any:
    return np.zeros((len(words), len(encoder.manifest.features)), np.uint8)


def _answer(encoder: Encoder, words: list[str]) -> Any:
    read = encoder.encode([(words, _columns(encoder, words))])[0]
    overlaps = np.zeros((len(words), len(encoder.manifest.overlaps)), np.float32)
    return encoder.answer(read, overlaps, encoder.begin(""))[0]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "an empty message"),
        (["hello"], "one word"),
        (["\ufffd", "\ufffd", "im", "jess"], "words of which the tokenizer makes nothing"),
        (["\x00", "\u200b", "\ue000"], "nothing but such words"),
        (["\ud83d", "hi"], "half of a surrogate pair, from a cut-off export"),
        (["a" * 100_000], "one word of a hundred thousand letters"),
        (["🙂"] * 1_000, "emoji only"),
        (["word"] * 1_000, "longer than one window"),
        (["antidisestablishmentarianism"] * 300, "many pieces a word, cut between words"),
    ],
)
def test_every_word_has_an_answer(encoder: Encoder, words: list[str], reason: str) -> None:
    answer = _answer(encoder, words)
    assert answer.labels.shape == (len(words), len(encoder.manifest.labels)), reason
    assert answer.clauses.shape == (len(words), len(encoder.manifest.frames)), reason
    assert np.isfinite(answer.labels).all(), reason


def test_a_word_without_pieces_moves_no_other_words_answer(encoder: Encoder) -> None:
    plain = _answer(encoder, ["im", "jess", "from", "leeds"])
    after = _answer(encoder, ["\ufffd", "\ufffd", "im", "jess", "from", "leeds"])
    assert after.labels[:2].argmax(1).tolist() == [0, 0]
    assert np.allclose(after.labels[2:], plain.labels, atol=1e-5)


def _said(most: int) -> list[tuple[Sequence[str], Any]]:
    """Messages of the corpus as the model gets them, with their real columns; short ones and long ones."""
    detectors = discovered()
    texts = [turn.text for chat in corpus.read() for turn in chat.turns if turn.frame]
    texts = texts[:: len(texts) // most][: most - 2]
    made: list[tuple[Sequence[str], Any]] = []
    for text in (*texts, " ".join(texts[:30]), " ".join(texts[5:45])):
        scanned, view = scan_view(text, detectors)
        one = features(view, scanned.hits)
        made.append((one.words, one.columns))
    return made


def test_neighbours_in_a_batch_change_nothing(encoder: Encoder) -> None:
    """Answers must not depend on how many cores read an export."""
    messages = _said(60)
    together = encoder.encode(messages)
    for message, read in zip(messages, together, strict=True):
        alone = encoder.encode([message])[0]
        assert len(alone.vectors) == len(read.vectors)
        assert all(map(np.array_equal, alone.vectors, read.vectors))
        assert all(map(np.array_equal, alone.owns, read.owns))
    assert max(len(read.windows) for read in together) > 1


@pytest.mark.parametrize(
    ("words", "windows", "count", "reason"),
    [
        (["word"] * 100, 3, 1, "less than the bound"),
        (["word"] * 1_000, 3, 3, "more than the bound"),
        (["antidisestablishmentarianism"] * 300, 2, 2, "many pieces a word"),
        (["\ufffd"] * 50, 1, 1, "words of which the tokenizer makes nothing"),
    ],
)
def test_no_more_windows_are_read_than_asked_for(
    encoder: Encoder, words: list[str], windows: int, count: int, reason: str
) -> None:
    message = (words, _columns(encoder, words))
    whole, cut = encoder.encode([message])[0], encoder.encode([message], windows=windows)[0]
    assert len(cut.windows) == count, reason
    assert whole.words == len(words), reason
    assert (cut.words < len(words)) == (len(whole.windows) > windows), reason
    for one, other in zip(cut.vectors, whole.vectors, strict=False):
        assert np.array_equal(one, other), reason
    overlaps = np.zeros((cut.words, len(encoder.manifest.overlaps)), np.float32)
    answer, _ = encoder.answer(cut, overlaps, encoder.begin(""))
    assert len(answer.labels) == cut.words, reason


def _begun(encoder: Encoder, words: list[str]) -> tuple[Any, Any, Any]:
    """A message as it was read, its overlaps (none), and a state before it."""
    read = encoder.encode([(words, _columns(encoder, words))])[0]
    overlaps = np.zeros((len(words), len(encoder.manifest.overlaps)), np.float32)
    return read, overlaps, encoder.begin("a lighthouse keeper")


def test_a_message_of_one_window_is_answered_in_the_state_before_it(encoder: Encoder) -> None:
    read, overlaps, state = _begun(encoder, ["my", "name", "is", "jess"])
    labels, _, frame, limits, said = encoder._window(read, 0, overlaps, state)
    answer, after = encoder.answer(read, overlaps, state)
    assert np.array_equal(after, said)
    assert np.array_equal(answer.labels, labels[1:-1])
    assert np.array_equal(answer.frame, frame)
    assert np.array_equal(answer.limits, limits)


def test_every_window_of_a_message_enters_the_state(encoder: Encoder) -> None:
    """Window by window, each answered in the state after the one before it."""
    last = ["she", "bows"] * 200
    states = []
    for first in (["my", "name", "is", "jess"], ["*", "Elara", "laughs", "*"]):
        read, overlaps, state = _begun(encoder, [*first * 100, *last])
        assert len(read.windows) > 2
        states.append(encoder.answer(read, overlaps, state)[1])
        for at in range(len(read.windows)):
            state = encoder._window(read, at, overlaps, state)[4]
        assert np.array_equal(states[-1], state)
    assert not np.array_equal(states[0], states[1])


def _cut_short(folder: Path) -> None:
    path = folder / "encoder.onnx"
    path.write_bytes(path.read_bytes()[:1_000])


def _exchanged(folder: Path) -> None:
    shutil.copyfile(folder / "turns.onnx", folder / "heads.onnx")


def _changed(**held: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | held))

    return change


def _number(part: str, name: str, number: object) -> Callable[[Path], None]:
    """One number of the manifest's thresholds or settings exchanged."""

    def change(folder: Path) -> None:
        held = json.loads((folder / "manifest.json").read_text())
        _changed(**{part: held[part] | {name: number}})(folder)

    return change


def _manifest(text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / "manifest.json").write_text(text)

    return change


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda folder: (folder / "tokenizer.json").unlink(), "a file is missing"),
        (_cut_short, "a file is cut short"),
        (_exchanged, "a file is another one"),
        (_manifest("null"), "a manifest that is no object"),
        (_manifest("{"), "a manifest that is no JSON"),
        (_changed(format=99), "another format"),
        (_changed(surprise=1), "an unknown field"),
        (_manifest("[" * 100_000), "nested too deep"),
        (_changed(thresholds=None), "no thresholds"),
        (_changed(thresholds=[0.5]), "thresholds without names"),
        (_number("thresholds", "name", None), "a threshold that is no number"),
        (_number("thresholds", "name", "0.5"), "a threshold in letters"),
        (_number("thresholds", "name", True), "a threshold that is a truth value"),
        (_number("thresholds", "name", float("nan")), "no word reaches NaN"),
        (_number("thresholds", "name", 7), "a threshold that nothing reaches"),
        (_number("thresholds", "name", 0), "a threshold that everything reaches"),
        (_changed(settings=None), "no settings"),
        (_number("settings", "rule_alone", None), "a setting that is no number"),
        (_number("settings", "rules_weight", float("nan")), "NaN"),
        (_number("settings", "rules_weight", float("inf")), "without end"),
        (_number("settings", "rules_weight", 10**400), "more than a float holds"),
        (_number("settings", "frame_scale", 0), "every frame would be as likely"),
        (_number("settings", "frame_scale", -1), "the likeliest frame would be the least likely"),
        (_number("settings", "turn_width", 0), "a memory of nothing"),
        (_number("settings", "turn_width", 1e15), "a memory without bound"),
        (_changed(longest_pieces=2), "a window of end marks only"),
        (_changed(longest_pieces=2_000), "longer than the base knows"),
        (_changed(longest_pieces=160.0), "a length that is no whole number"),
        (_changed(longest_pieces=None), "no length"),
        (_changed(glance_pieces=-1), "fewer than none"),
        (_changed(glance_pieces=0), "none"),
        (_changed(glance_pieces=2_000), "more than a reading"),
    ],
)
def test_a_damaged_model_is_told(tmp_path: Path, damage: Callable[[Path], None], reason: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    damage(folder)
    with pytest.raises(ModelMissing) as told:
        Encoder.load(folder)
    assert str(told.value), reason


def test_a_setting_that_is_not_known_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    _number("settings", "of_a_later_version", -3)(folder)
    assert manifest(folder).settings["of_a_later_version"] == -3


def test_the_model_is_small() -> None:
    """At most 30 MB with its tokenizer (issue 3)."""
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 30_000_000
    assert manifest().version
