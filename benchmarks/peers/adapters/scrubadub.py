"""scrubadub with its default detectors and the one for dates of birth, in the locale en_US."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve


def load() -> tuple[Analyse, str]:
    """Build the scrubber once; merged filth is taken apart into its labels."""
    import scrubadub  # type: ignore[import-not-found]  # lives in the peer's environment
    from scrubadub.detectors.date_of_birth import (  # type: ignore[import-not-found]
        DateOfBirthDetector,
    )

    scrubber = scrubadub.Scrubber()
    scrubber.add_detector(DateOfBirthDetector())

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        for filth in scrubber.iter_filth(row["text"]):
            for part in getattr(filth, "filths", None) or (filth,):
                yield part.beg, part.end, part.type

    return analyse, scrubadub.__version__


if __name__ == "__main__":
    serve(load)
