"""A peer's findings, kept between runs: the same peer over the same texts answers the same.

Times are never taken from here. A file holds positions and labels alone, no text; its name is a digest of the
texts, the peer's pinned packages and its adapter, so that a change of any of them asks the peer again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.catalogue import ENVIRONMENTS, Peer
from benchmarks.peers.process import ask

ADAPTERS = Path(__file__).with_name("adapters")

Spans = tuple[tuple[int, int, str], ...]


def found_by(peer: Peer, texts: Sequence[str], folder: Path = ENVIRONMENTS) -> tuple[Spans, ...]:
    """What a peer finds in each text; asked where it is not kept. Raises ``PeerError`` as ``ask`` does."""
    path = folder / "answers" / f"{peer.name}-{_digest(peer, texts)}.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(tuple((start, stop, label) for start, stop, label in row) for row in rows)
    except (FileNotFoundError, ValueError):
        answered = tuple(answer.spans for answer in ask(peer, ({"text": text} for text in texts)).answers)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_text(json.dumps(answered), encoding="utf-8")
    half.replace(path)
    return answered


def _digest(peer: Peer, texts: Sequence[str]) -> str:
    told = hashlib.sha256(repr(tuple(texts)).encode())
    for path in (peer.requirements, peer.requirements_without_dependencies, *sorted(ADAPTERS.glob("*.py"))):
        told.update(path.read_bytes() if path else b"none")
    return told.hexdigest()[:20]
