"""Our guard and the peers over the same texts, in one run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.corpus import Line
from benchmarks.datasets import DataSet, Text, gold, measure, read
from benchmarks.metrics import accuracy
from benchmarks.ours import OURS, RULES, has_model, our_guard
from benchmarks.peers.catalogue import Peer, catalogue
from benchmarks.peers.kept import found_by
from benchmarks.peers.plausible import plausible
from benchmarks.prediction import Prediction, credited, guarded, of_review


def installed_peers() -> tuple[list[Peer], list[str]]:
    """The peers whose environment is there, and a line for each that is not."""
    peers = list(catalogue().values())
    missing = [
        f"skipped: {peer.title}: not installed; run `python -m benchmarks.peers install {peer.name}`"
        for peer in peers
        if not peer.is_installed
    ]
    return [peer for peer in peers if peer.is_installed], missing


def our_systems() -> dict[str, bool]:
    """Ours by name, and whether each reads by rules alone; without a model there is one."""
    return {OURS: False, RULES: True} if has_model() else {OURS: False}


def ours_on(lines: Iterable[Line], *, rules_only: bool = False) -> dict[str, Any]:
    """The accuracy document of our guard."""
    return accuracy(guarded(lines, our_guard(rules_only=rules_only)))


def peer_on(peer: Peer, lines: Iterable[Line]) -> dict[str, Any]:
    """The accuracy document of a peer; it sees each line alone and judges neither frame nor limits.

    The measures of what it does not judge are ``None``.
    """
    rows = [line for line in lines if line.is_from_user]
    answered = found_by(peer, [plausible(row.text) for row in rows])
    return accuracy(
        (
            (row, credited(spans, row.gold, peer.labels, peer.credit_only))
            for row, spans in zip(rows, answered, strict=True)
        ),
        judges_all=False,
    )


def side_by_side(lines: tuple[Line, ...], peers: Iterable[Peer]) -> dict[str, dict[str, Any]]:
    """The accuracy documents of all systems by name, ours first."""
    ours = {name: ours_on(lines, rules_only=rules) for name, rules in our_systems().items()}
    return ours | {peer.name: peer_on(peer, lines) for peer in peers if not peer.is_for_speed_only}


def on_data_set(data_set: DataSet, folder: Path, peers: Iterable[Peer], most: int | None) -> dict[str, Any]:
    """The measures of all systems on one set of other people's texts; each text is a conversation of its own.

    Raises ``FileNotFoundError`` and ``CorpusError`` as ``datasets.read`` does.
    """
    texts = read(data_set, folder, most)
    systems: dict[str, Any] = {}
    for name, rules in our_systems().items():
        guard = our_guard(rules_only=rules)
        systems[name] = measure(data_set, texts, tuple(of_review(guard.review(text.text)) for text in texts))
    for peer in peers:
        if not peer.is_for_speed_only:
            systems[peer.name] = measure(data_set, texts, _peer_answers(data_set, texts, peer))
    return {"title": data_set.title, "note": data_set.note, "systems": systems}


def _peer_answers(data_set: DataSet, texts: tuple[Text, ...], peer: Peer) -> tuple[Prediction, ...]:
    answered = found_by(peer, [plausible(text.text) for text in texts])
    return tuple(
        credited(spans, gold(data_set, text), peer.labels, peer.credit_only)
        for text, spans in zip(texts, answered, strict=True)
    )
