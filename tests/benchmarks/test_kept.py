"""A peer's findings are kept without a text, and asked for again when something changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.peers import kept
from benchmarks.peers.catalogue import catalogue

PEER = catalogue()["depii"]
TEXTS = ["call jess on 555-0142", "haha ok"]
FOUND = (((13, 21, "PHONE"),), ())


def keep(folder: Path, texts: list[str], content: str) -> Path:
    path = folder / "answers" / f"{PEER.name}-{kept._digest(PEER, texts)}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_what_is_kept_is_not_asked_for_again(tmp_path: Path) -> None:
    path = keep(tmp_path, TEXTS, json.dumps(FOUND))
    assert kept.found_by(PEER, TEXTS, tmp_path) == FOUND
    assert "jess" not in path.read_text(encoding="utf-8") + path.name


def test_other_texts_and_other_peers_have_other_names() -> None:
    names = {
        kept._digest(PEER, TEXTS),
        kept._digest(PEER, TEXTS[:1]),
        kept._digest(catalogue()["scrubadub"], TEXTS),
    }
    assert len(names) == 3


@pytest.mark.skipif(not PEER.is_installed, reason="skipped: depii is not installed")
@pytest.mark.parametrize("content", [None, "", "[[[1"], ids=["nothing kept", "an empty file", "half a file"])
def test_what_is_not_kept_is_asked_for_and_kept(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        keep(tmp_path, TEXTS, content)
    first = kept.found_by(PEER, TEXTS, tmp_path)
    assert len(first) == len(TEXTS)
    (path,) = (tmp_path / "answers").iterdir()
    assert kept.found_by(PEER, TEXTS, tmp_path) == first
    assert "jess" not in path.read_text(encoding="utf-8")
