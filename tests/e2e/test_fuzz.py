"""`check` never raises, whatever the text and however damaged the export; a reply restores however cut."""

from __future__ import annotations

import io
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from tests.conftest import ROOT
from tests.e2e.damaged_streams import check, drawn
from tests.guard.restore.pairs import TABLE
from tests.strategies import damaged_exports, texts

from discretion.cli._engine import review_all
from discretion.cli._report._document import Document
from discretion.cli._report._headline import headline
from discretion.cli._report._page import render
from discretion.cli._tally import Tally
from discretion.exports import read_export
from discretion.gateway.wire import Endpoint, ReplyStream
from discretion.guard import Guard
from discretion.records import DiscretionError, Review, Severity

GUARD = Guard()
VALID = Draft202012Validator(json.loads((ROOT / "docs/reference/check.schema.json").read_text("utf-8")))


def review_text(text: str) -> Review:
    """Review ``text`` and hold every offset to the text as given."""
    review = GUARD.review(text)
    for finding in review.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert 0 < finding.confidence <= 1
    for reason in review.limit_reasons:
        assert 0 <= reason.start <= reason.end <= len(text)
    assert not [one for one in review.not_checked if one.reason.startswith("it failed")]
    starts = [finding.start for finding in review.findings]
    assert starts == sorted(starts)
    return review


def check_export(name: str, content: bytes) -> Any:
    """Read, review and report ``content`` in all three forms; ``None`` where it cannot be read."""
    export = read_export(io.BytesIO(content), name=name)
    tally = Tally(min_severity=Severity.LOW)
    out = io.StringIO()
    document = Document(out, tally, show_text=False)
    try:
        for row in review_all(export, facts=(), intimate=True, cores=1):
            tally.add(row)
            document.add(row)
    except DiscretionError:
        return None
    document.finish(export, complete=True)
    head = headline(export, tally, complete=True, intimate=True, name=name)
    render(export, tally, head, show_text=True, lines=(), country=None)
    found = json.loads(out.getvalue())
    VALID.validate(found)
    assert "it failed" not in out.getvalue()
    return found


@given(texts)
def test_any_text_is_reviewed_without_raising(text: str) -> None:
    review_text(text)


@given(damaged_exports())
def test_any_damaged_export_is_reported_without_raising(damaged: tuple[str, bytes]) -> None:
    found = check_export(*damaged)
    assert found is None or found["schema"] == "discretion.check/1"


@pytest.mark.parametrize("kind", ["response.\\ud83d", "response.\\n", "response. x"])
def test_what_is_held_back_leaves_also_where_its_type_is_no_name_of_an_event(kind: str) -> None:
    event = f'data: {{"type":"{kind}.delta","item_id":"m","delta":"Mar"}}\n\n'
    stream = ReplyStream(Endpoint.RESPONSES, TABLE)
    out = stream.feed(event.encode()) + stream.finish()
    assert out.replace(b'"Mar"', b'""').count(f'"type":"{kind}.delta"'.encode()) == 2
    assert b"event:" not in out


@pytest.mark.parametrize("seeds", [range(at, at + 500) for at in range(0, 2000, 500)], ids=str)
def test_any_damaged_stream_is_restored_the_same_however_it_is_cut(seeds: range) -> None:
    """Some 20 cuts and one damage to a stream: some 40,000 in all."""
    for seed in seeds:
        check(drawn(Random(seed)))
