"""The JSON document of `check --json`, schema ``discretion.check/1``, written row by row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO

from discretion.cli._engine import Row
from discretion.cli._tally import Tally
from discretion.exports import Export
from discretion.records import Finding, LimitReason, NotChecked, Value

SCHEMA = "discretion.check/1"
_OPENING = f'{{"schema":"{SCHEMA}","messages":[\n'


class Document:
    """Writes the document while rows come in, so that no export is too big for it.

    Nothing is written before the first row or the end: an export that cannot be read leaves no half a one.
    """

    def __init__(self, out: IO[str], tally: Tally, *, show_text: bool) -> None:
        self._out = out
        self._tally = tally
        self._show_text = show_text
        self._rows = 0

    def add(self, row: Row) -> None:
        """Write one message."""
        self._out.write(",\n" if self._rows else _OPENING)
        self._out.write(_dump(self._message(row)))
        self._rows += 1

    def finish(self, export: Export, *, complete: bool, kept: Mapping[str, object] | None = None) -> None:
        """Write what is known only at the end and close the document; ``kept`` is what `--keep` kept."""
        tally = self._tally
        source = {
            "format": export.format,
            "files": export.files,
            "skipped": [{"where": s.where, "reason": s.reason} for s in export.skipped],
        }
        summary = {
            "messages": tally.messages,
            "findings": tally.findings,
            "by_kind": {kind.value: n for kind, n in tally.by_kind.most_common()},
            "by_severity": {severity.value: n for severity, n in tally.by_severity.most_common()},
            "not_checked": tally.not_checked_messages,
            "not_checked_reasons": [
                {**_not_checked(what), "messages": n} for what, n in tally.not_checked.most_common()
            ],
            "model": {
                "messages_without": sum(tally.without_model.values()),
                "reason": "; ".join(tally.without_model) or None,
            },
            "would_learn": [
                {
                    "kind": one.kind.value,
                    "severity": one.severity.value,
                    "what": one.sentence,
                    "times": one.times,
                    "messages": one.messages,
                }
                for one in tally.would_learn()
            ],
        }
        ending = {"source": source, "complete": complete, "summary": summary}
        if kept is not None:
            ending["kept"] = kept
        self._out.write(f"{'' if self._rows else _OPENING}\n],{_dump(ending)[1:]}\n")
        self._out.flush()

    def _message(self, row: Row) -> dict[str, object]:
        message, review = row.message, row.review
        entry: dict[str, object] = {
            "conversation": message.setting.conversation,
            "turn": message.turn,
            "alternative": message.alternative,
            "author": message.author.value,
            "sent_at": message.sent_at.isoformat() if message.sent_at else None,
            "frame": review.frame.value if review.frame else None,
            "verdict": review.verdict.value if message.is_from_user else None,
            "limits": [limit.value for limit in review.limits],
            "limit_reasons": [_reason(reason) for reason in review.limit_reasons],
            "crisis": review.crisis,
            "not_checked": [_not_checked(one) for one in review.not_checked],
            "findings": [self._finding(f, message.text) for f in self._tally.shown(row)],
        }
        if self._show_text:
            entry["text"] = message.text
        return entry

    def _finding(self, finding: Finding, text: str) -> dict[str, object]:
        entry: dict[str, object] = {
            "kind": finding.kind.value,
            "start": finding.start,
            "end": finding.end,
            "frame": finding.frame.value,
            "severity": finding.severity.value,
            "confidence": round(finding.confidence, 4),
            "detector": finding.detector,
            "reason": finding.reason,
        }
        if self._show_text:
            entry["text"] = finding.span.of(text)
            entry["value"] = _value(finding.value) if finding.value else None
        return entry


def _value(value: Value) -> dict[str, object]:
    return {
        "system": value.system,
        "codes": list(value.codes),
        "low": value.low,
        "high": value.high,
        "unit": value.unit,
    }


def _reason(reason: LimitReason) -> dict[str, object]:
    return {
        "kind": reason.kind.value,
        "verdict": reason.verdict.value,
        "reason": reason.reason,
        "where": reason.where,
        "start": reason.start,
        "end": reason.end,
    }


def _not_checked(one: NotChecked) -> Mapping[str, str]:
    return {"what": one.what, "reason": one.reason}


def _dump(value: object) -> str:
    """ASCII JSON, so that lone surrogates and any terminal encoding are safe."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)
