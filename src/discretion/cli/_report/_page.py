"""The page of `check --html`: one file without scripts and without a single address to load from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discretion.cli._engine import Row
from discretion.cli._report._headline import Headline, elsewhere, when
from discretion.cli._report._printable import printable
from discretion.cli._report._templates import template
from discretion.cli._report._timeline import bars
from discretion.cli._tally import Tally, words
from discretion.exports import Export
from discretion.knowledge import HelpLine
from discretion.records import Finding

if TYPE_CHECKING:
    pass


OPENING = '<!doctype html>\n<html lang="en" data-made-by="Discretion">'
"""The first characters of every page, by which an older one is known and may be replaced."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a shown message: plain words, or a finding."""

    text: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as the page shows it."""

    row: Row
    when: str
    frame: str
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]


def render(
    export: Export,
    tally: Tally,
    headline: Headline,
    *,
    show_text: bool,
    lines: tuple[HelpLine, ...],
    country: str | None,
) -> str:
    """The whole page. Masked, it holds no word of a message: findings stand as their kinds."""
    conversations: dict[str, list[Entry]] = {}
    for row in tally.rows():
        entry = _entry(row, tally, show_text=show_text)
        conversations.setdefault(printable(row.message.setting.conversation), []).append(entry)
    timeline = bars(tally.timeline)
    return template("check.html.j2").render(
        headline=headline,
        learned=list(tally.would_learn()),
        frames=tally.frames,
        slips=tally.slips,
        bars=timeline,
        bar_count=len(timeline),
        first=timeline[0].label if timeline else "",
        last=timeline[-1].label if timeline else "",
        conversations=conversations,
        rows_left_out=tally.rows_left_out,
        words=words(),
        printable=printable,
        not_checked=list(tally.unchecked()),
        skipped=export.skipped[:500],
        skipped_more=max(0, len(export.skipped) - 500),
        crises=tally.crises,
        lines=lines,
        elsewhere=elsewhere(country),
        show_text=show_text,
    )


def _entry(row: Row, tally: Tally, *, show_text: bool) -> Entry:
    findings = tuple(tally.shown(row))
    parts = tuple(_parts(row.message.text, findings)) if show_text else tuple(_masked(findings))
    frame = row.review.frame.value if row.review.frame else "not checked"
    return Entry(row, when(row.message.sent_at), frame, parts, findings)


def _parts(text: str, findings: tuple[Finding, ...]) -> Iterator[Part]:
    at = 0
    for finding in findings:
        yield Part(printable(text[at : finding.start]))
        yield Part(printable(finding.span.of(text)), finding)
        at = finding.end
    yield Part(printable(text[at:]))


def _masked(findings: tuple[Finding, ...]) -> Iterator[Part]:
    for finding in findings:
        yield Part("… ")
        yield Part(words()[finding.kind.value]["label"], finding)
        yield Part(" ")
    if findings:
        yield Part("…")
