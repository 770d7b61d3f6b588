"""The model's encoder alone, without context, rules and heads; it finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve


def load() -> tuple[Analyse, str]:
    """Load the model as the guard does and take its encoder."""
    from benchmarks.ours import bare_encoder
    from discretion import __version__

    encode = bare_encoder()
    encode(["load everything"])

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        encode([one["text"] for one in row.get("batch") or [row]])
        return iter(())

    return analyse, __version__


if __name__ == "__main__":
    serve(load)
