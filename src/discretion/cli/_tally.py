"""What a whole run adds up to: counts, what an outsider would learn, the timeline of fiction and self."""

from __future__ import annotations

import heapq
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources

from discretion.cli._engine import OPEN_SESSIONS, Row
from discretion.guard import BY_MODEL, OWN_FACT
from discretion.records import Finding, Frame, Kind, NotChecked, Severity

KEPT_ROWS = 5_000
"""Rows held for the reports that show findings in context; of more, the worst are kept."""

SHOWN_CHARACTERS = 20_000
"""Characters of one message that a report shows."""

KNOWN_FACTS = 500_000
"""Facts remembered, as hashes, to tell what is said for the first time."""

_BUCKETS = 240


@cache
def words() -> dict[str, dict[str, str]]:
    """The reports' words for each kind: ``label`` and ``learn``."""
    import tomllib

    text = resources.files("discretion.cli._report").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


@dataclass(slots=True)
class Learned:
    """One thing that an outsider would learn, and how often it was said."""

    kind: Kind
    severity: Severity
    times: int = 0
    messages: int = 0
    in_story: int = 0

    @property
    def sentence(self) -> str:
        """What it is, in plain words, without the value."""
        return words()[self.kind.value]["learn"]


@dataclass(slots=True)
class Timeline:
    """How many messages of the user were fiction, self and neutral, by day or, without times, by order."""

    by_day: dict[date, Counter[str]] = field(default_factory=dict)
    by_order: list[Counter[str]] = field(default_factory=list)
    per_bucket: int = 1
    _filled: int = 0

    def add(self, row: Row) -> None:
        """Count a message of the user under its frame."""
        frame = row.review.frame.value if row.review.frame else "not checked"
        if row.message.sent_at is not None:
            self.by_day.setdefault(row.message.sent_at.date(), Counter())[frame] += 1
        if not self.by_order or self._filled == self.per_bucket:
            if len(self.by_order) == _BUCKETS:
                self.by_order = [a + b for a, b in zip(self.by_order[::2], self.by_order[1::2], strict=True)]
                self.per_bucket *= 2
            self.by_order.append(Counter())
            self._filled = 0
        self.by_order[-1][frame] += 1
        self._filled += 1


class Tally:
    """Adds up rows as they pass; holds no text but that of the rows kept for showing."""

    def __init__(
        self, *, min_severity: Severity, keeps_text: bool = True, most_kept: int = KEPT_ROWS
    ) -> None:
        self.min_severity = min_severity
        self._keeps_text = keeps_text
        self._most_kept = most_kept
        self.messages = 0
        self.user_messages = 0
        self.conversations: set[int] = set()
        self.frames: Counter[str] = Counter()
        self.slips = 0
        self.by_kind: Counter[Kind] = Counter()
        self.by_severity: Counter[Severity] = Counter()
        self.own_facts: Counter[Kind] = Counter()
        self.not_checked: Counter[NotChecked] = Counter()
        self.not_checked_messages = 0
        self.held = 0
        self.asked = 0
        self.noticed = 0
        self.crises = 0
        self.without_time = 0
        self.timeline = Timeline()
        self._learned: dict[Kind, Learned] = {}
        self._kept: list[tuple[int, int, Row]] = []
        self.rows_left_out = 0
        self._said: set[int] = set()
        self._last_frame: OrderedDict[str, Frame] = OrderedDict()

    @property
    def findings(self) -> int:
        """Findings at or above the threshold."""
        return sum(self.by_kind.values())

    @property
    def without_model(self) -> dict[str, int]:
        """In how many messages the model took no part, by the reason."""
        return {one.reason: n for one, n in self.not_checked.items() if one.what == BY_MODEL}

    @property
    def is_clear(self) -> bool:
        """Whether there was nothing at or above the threshold: no finding, no stop, no question."""
        return not (self.findings or self.held or self.asked)

    def shown(self, row: Row) -> list[Finding]:
        """The findings of ``row`` at or above the threshold."""
        return [f for f in row.review.findings if f.severity.rank >= self.min_severity.rank]

    def add(self, row: Row) -> None:
        """Count one message."""
        self.messages += 1
        self.conversations.add(hash(row.message.setting.conversation))
        self.not_checked.update(row.review.not_checked)
        self.not_checked_messages += bool(row.review.not_checked)
        if not row.message.is_from_user:
            return
        self.user_messages += 1
        review = row.review
        self.without_time += row.message.sent_at is None
        self.timeline.add(row)
        slipped = self._note_frame(row)
        self.slips += slipped
        verdicts = {reason.verdict.value for reason in review.limit_reasons}
        self.held += "block" in verdicts
        self.asked += "ask" in verdicts and "block" not in verdicts
        self.noticed += verdicts == {"notice"}
        self.crises += review.crisis
        findings = self.shown(row)
        self._learn(findings)
        if findings or review.limit_reasons or review.crisis:
            self._keep(row, findings)

    def _note_frame(self, row: Row) -> bool:
        frame = row.review.frame
        self.frames[frame.value if frame else "not checked"] += 1
        if frame is None or frame is Frame.NEUTRAL:
            return False
        key = row.message.setting.conversation
        before = self._last_frame.pop(key, None)
        self._last_frame[key] = frame
        if len(self._last_frame) > OPEN_SESSIONS:
            self._last_frame.popitem(last=False)
        return before is Frame.FICTION and frame is Frame.SELF

    def _learn(self, findings: Iterable[Finding]) -> None:
        seen: set[Kind] = set()
        for finding in findings:
            self.by_kind[finding.kind] += 1
            self.by_severity[finding.severity] += 1
            learned = self._learned.setdefault(finding.kind, Learned(finding.kind, finding.severity))
            learned.times += 1
            learned.in_story += finding.frame is Frame.FICTION
            self.own_facts[finding.kind] += finding.detector == OWN_FACT
            learned.messages += finding.kind not in seen
            learned.severity = max(learned.severity, finding.severity, key=lambda s: s.rank)
            seen.add(finding.kind)

    def _keep(self, row: Row, findings: list[Finding]) -> None:
        new = [f for f in findings if self._is_new(f, row.message.text)]
        rank = max((f.severity.rank for f in new), default=-1)
        if row.review.limit_reasons or row.review.crisis:
            rank = Severity.CRITICAL.rank + 1
        entry = (rank, -self.messages, self._bounded(row))
        if len(self._kept) < self._most_kept:
            heapq.heappush(self._kept, entry)
        elif self._most_kept:
            heapq.heappushpop(self._kept, entry)
            self.rows_left_out += 1

    def _bounded(self, row: Row) -> Row:
        """``row`` without its text where that is not shown, and with the beginning of a huge one else."""
        if not self._keeps_text:
            return Row(replace(row.message, text=""), row.review)
        if len(row.message.text) <= SHOWN_CHARACTERS:
            return row
        shown = tuple(f for f in row.review.findings if f.end <= SHOWN_CHARACTERS)
        text = row.message.text[:SHOWN_CHARACTERS] + " … (the rest of this long message is not shown)"
        return Row(replace(row.message, text=text), replace(row.review, findings=shown))

    def _is_new(self, finding: Finding, text: str) -> bool:
        """Whether these words were not found before; what is only said again comes last in the reports."""
        fact = hash((finding.kind, finding.span.of(text).casefold()))
        if fact in self._said:
            return False
        if len(self._said) < KNOWN_FACTS:
            self._said.add(fact)
        return True

    def rows(self, most: int | None = None) -> list[Row]:
        """The rows with something to show, in their order; of more than ``most``, the worst."""
        worst = sorted(self._kept, key=lambda e: (-e[0], -e[1]))[:most]
        return [row for _, _, row in sorted(worst, key=lambda e: -e[1])]

    def unchecked(self) -> Iterator[tuple[str, str, int]]:
        """What was not checked, put together by its reason: what, the reason, in how many messages."""
        groups: dict[tuple[str, int], list[str]] = {}
        for one, n in self.not_checked.most_common():
            groups.setdefault((one.reason, n), []).append(one.what)
        for (reason, n), whats in groups.items():
            yield ", ".join(whats), reason, n

    def would_learn(self) -> Iterator[Learned]:
        """What an outsider would learn, worst first."""
        yield from sorted(self._learned.values(), key=lambda one: (-one.severity.rank, -one.times, one.kind))
