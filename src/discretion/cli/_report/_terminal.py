"""The report in the terminal: summary first, worst first, then findings in context."""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from discretion.cli._engine import Row
from discretion.cli._report._headline import Headline, count, elsewhere, when
from discretion.cli._report._printable import printable
from discretion.cli._tally import Tally, words
from discretion.exports import Export
from discretion.knowledge import HelpLine
from discretion.records import Finding, Frame, Ruling, Severity

STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
}
FRAME_STYLES = {"self": "magenta", "fiction": "blue", "neutral": "bright_black", "not checked": "yellow"}
RULING_STYLES = {Ruling.BLOCK: "bold red", Ruling.ASK: "bold yellow", Ruling.NOTICE: "cyan"}
SHOWN_ROWS = 40
TIMELINE_WIDTH = 66
_BLOCKS = " ▁▂▃▄▅▆▇█"


class ReportConsole(Console):
    """A console that leaves a reader's going away (`| head`) to the program's one way out."""

    def on_broken_pipe(self) -> None:
        """Raise what rich would turn into an exit of its own."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def show(
    console: Console,
    export: Export,
    tally: Tally,
    headline: Headline,
    *,
    show_text: bool,
    all_rows: bool,
    lines: tuple[HelpLine, ...],
    country: str | None,
) -> None:
    """Print the whole report."""
    console.print(Rule(Text(f" {headline.title} ", "bold"), align="left", style="bright_black"))
    console.print(Text(headline.source, "bright_black"))
    console.print()
    console.print(Text(headline.verdict, "bold"))
    console.print()
    console.print(_learned(tally))
    console.print(_timeline(tally))
    if tally.crises:
        console.print(_help(lines, country))
    rows = tally.rows(None if all_rows else SHOWN_ROWS)
    if rows:
        console.print(Rule(Text(" In context ", "bold"), align="left", style="bright_black"))
        for row in _by_conversation(rows):
            console.print(row if isinstance(row, Text) else _row(row, tally, show_text=show_text))
    console.print(_rest(export, tally, len(rows), show_text=show_text))


def _learned(tally: Tally) -> RenderableType:
    learned = list(tally.would_learn())
    if not learned:
        return Text("")
    table = Table(box=None, padding=(0, 2, 0, 0), title="What an outsider would learn", title_justify="left")
    table.title_style = "bold"
    table.add_column("severity", style="bright_black", no_wrap=True)
    table.add_column("what")
    table.add_column("said", no_wrap=True)
    for one in learned:
        style = STYLES[one.severity]
        times = "once" if one.times == 1 else f"{one.times:,} times"
        if one.in_story:
            times += (
                " (all in the story)" if one.in_story == one.times else f" ({one.in_story:,} in the story)"
            )
        table.add_row(Text(one.severity.value, style), Text(one.sentence), times)
    return Group(table, Text(""))


def _timeline(tally: Tally) -> RenderableType:
    if not tally.user_messages:
        return Text("")
    frames = Text("Fiction and self  ", "bold")
    for name in ("fiction", "self", "neutral", "not checked"):
        if tally.frames[name]:
            frames.append(f"{name} {tally.frames[name]}  ", FRAME_STYLES[name])
    if tally.slips:
        times = "once" if tally.slips == 1 else f"{tally.slips} times"
        frames.append(f"(slipped from the story into your life {times})")
    buckets = tally.timeline.by_order
    merge = max(1, -(-len(buckets) // TIMELINE_WIDTH))
    groups = [buckets[i : i + merge] for i in range(0, len(buckets), merge)]
    width = min(4, max(1, TIMELINE_WIDTH // max(1, len(groups))))
    lines = [frames]
    for name in ("fiction", "self"):
        line = Text(f"{name:>8} ", FRAME_STYLES[name])
        for group in groups:
            total = sum(sum(bucket.values()) for bucket in group)
            share = sum(bucket[name] for bucket in group) / total if total else 0
            line.append(_BLOCKS[round(share * (len(_BLOCKS) - 1))] * width, FRAME_STYLES[name])
        lines.append(line)
    lines.append(Text(f"{'':>8} first message → last", "bright_black"))
    return Group(*lines, Text(""))


def _help(lines: Iterable[HelpLine], country: str | None) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for line in lines:
        table.add_row(
            Text(line.service, "bold"),
            line.reach.value,
            line.hours,
            Text(f"read {line.reach.as_of}", "bright_black"),
        )
    told = Text("Some messages sound like a very hard time. If that is so now, people will answer:", "bold")
    if country and table.row_count:
        return Group(told, table, Text(""))
    return Group(told, Text(elsewhere(country)), *([table] if table.row_count else []), Text(""))


def _by_conversation(rows: Iterable[Row]) -> Iterator[Row | Text]:
    current: str | None = None
    for row in rows:
        name = row.message.setting.conversation
        if name != current:
            current = name
            title = Text(printable(name) or "(no name)", "bold")
            if character := row.message.setting.character:
                title.append(f"  with {printable(character)}", "bright_black")
            yield title
        yield row


def _row(row: Row, tally: Tally, *, show_text: bool) -> RenderableType:
    message, review = row.message, row.review
    findings = tally.shown(row)
    frame = review.frame.value if review.frame else "not checked"
    head = Text(f"#{message.turn}", "bold")
    if message.alternative:
        head.append(f" alternative {message.alternative}", "bright_black")
    head.append(f"  {when(message.sent_at)}  ", "bright_black")
    head.append(frame, FRAME_STYLES[frame])
    if review.verdict.value in {"ask", "block"}:
        head.append(f"  {review.verdict.value}", RULING_STYLES[Ruling(review.verdict.value)])
    body = _given(message.text, findings) if show_text else _masked(findings)
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    if review.crisis:
        table.add_row(
            Text("crisis", "bold"), Text(""), Text("sounds like a very hard time; nothing is held back")
        )
    for reason in review.limit_reasons:
        where = "" if reason.where == "message" else f" ({reason.where})"
        table.add_row(
            Text(reason.verdict.value, RULING_STYLES[reason.verdict]),
            Text(reason.kind.value.replace("_", " ")),
            Text(reason.reason + where),
        )
    told = Counter((f.severity, f.kind, f.reason, f.frame is Frame.FICTION) for f in findings)
    for (severity, kind, reason_of_it, is_story), times in told.items():
        more = (f" · {times} times" if times > 1 else "") + (" · in the story" if is_story else "")
        table.add_row(
            Text(severity.value, STYLES[severity]),
            Text(words()[kind.value]["label"]),
            Text(reason_of_it + more, "bright_black"),
        )
    parts: list[RenderableType] = [head]
    if body:
        parts.append(Padding(body, (0, 0, 0, 2)))
    parts.append(Padding(table, (0, 0, 0, 2)))
    return Padding(Group(*parts), (0, 0, 1, 1))


def _masked(findings: list[Finding]) -> Text:
    line = Text()
    for finding in findings:
        line.append("… ", "bright_black")
        line.append(f"[{words()[finding.kind.value]['label']}]", STYLES[finding.severity] + " bold")
        line.append(" ")
    if findings:
        line.append("…", "bright_black")
    return line


def _given(text: str, findings: list[Finding]) -> Text:
    line, at = Text(), 0
    for finding in findings:
        line.append(printable(text[at : finding.start]))
        line.append(printable(finding.span.of(text)), STYLES[finding.severity] + " bold underline")
        at = finding.end
    line.append(printable(text[at:]))
    return line


def _rest(export: Export, tally: Tally, shown: int, *, show_text: bool) -> RenderableType:
    lines: list[RenderableType] = []
    if tally.not_checked or export.skipped:
        lines.append(Rule(Text(" Not checked ", "bold"), align="left", style="bright_black"))
        for whats, reason, n in tally.unchecked():
            lines.append(Text(f"{whats}: {reason} ({count(n, 'message')})", "yellow"))
        for skip in export.skipped[:20]:
            lines.append(Text(f"skipped {printable(skip.where)}: {printable(skip.reason)}", "yellow"))
        if len(export.skipped) > 20:
            lines.append(
                Text(f"… and {len(export.skipped) - 20:,} more skipped rows (--json lists all)", "yellow")
            )
        lines.append(Text(""))
    everything = len(tally.rows()) + tally.rows_left_out
    if everything > shown:
        lines.append(Text(f"The worst {shown} of {everything:,} messages are shown; --all shows more."))
    hints = [] if show_text else ["--show-text shows your words"]
    hints += ["--html FILE makes a page", "--facts FILE looks for facts of yours"]
    if everything:
        lines.append(Text("  ·  ".join(hints), "bright_black"))
    return Group(*lines)
