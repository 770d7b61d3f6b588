"""depii as it comes: every country pack, context on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve


def load() -> tuple[Analyse, str]:
    """Build the redactor once, as its manual advises."""
    import depii  # type: ignore[import-not-found]  # lives in the peer's environment

    redactor = depii.Redactor()

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        for span in redactor.scan(row["text"]):
            yield span.start, span.end, span.entity

    return analyse, depii.__version__


if __name__ == "__main__":
    serve(load)
