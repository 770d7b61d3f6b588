"""The charts of an exposure report: from its records to what `discretion.web.charts` draws."""

from __future__ import annotations

from dataclasses import dataclass

from discretion.cli._report import _exposure_words as words
from discretion.exposure.report import people_words, world_size
from discretion.records import Exposure, LearntFact
from discretion.web.charts import (
    BandLine,
    BandPoint,
    Bar,
    Bars,
    Drawn,
    Stretch,
    Timeline,
    draw_bars,
    draw_line,
    draw_timeline,
)

WIDE, NARROW = 640.0, 340.0
MOST_BARS, MOST_ROWS = 12, 20
_TICKS = ((1.0, "you alone"), (1e3, "1,000"), (1e6, "1 million"), (1e9, "1 billion"))


@dataclass(frozen=True, slots=True)
class Both:
    """A chart for a wide and for a narrow page, and its table."""

    wide: str
    narrow: str
    table: str


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of one platform; ``None`` where there is nothing to draw."""

    line: Both | None
    bars: Both | None
    times: Both | None


def charts(one: Exposure, name: str, *, show_values: bool) -> Charts:
    """Draw what there is; ``name`` keeps ids apart."""
    line, bars, times = _line(one), _bars(one, show_values), _times(one, show_values)
    return Charts(
        _both(
            draw_line(line, f"{name}-line", width=WIDE, styled=False),
            draw_line(line, f"{name}-line-n", width=NARROW, styled=False),
        )
        if line
        else None,
        _both(
            draw_bars(bars, f"{name}-bars", width=WIDE, styled=False),
            draw_bars(bars, f"{name}-bars-n", width=NARROW, styled=False),
        )
        if bars
        else None,
        _both(
            draw_timeline(times, f"{name}-times", width=WIDE, styled=False),
            draw_timeline(times, f"{name}-times-n", width=NARROW, styled=False),
        )
        if times
        else None,
    )


def _both(wide: Drawn, narrow: Drawn) -> Both:
    return Both(wide.svg, narrow.svg, wide.table)


def _line(one: Exposure) -> BandLine | None:
    if not one.steps:
        return None
    last = one.steps[-1]
    return BandLine(
        title="How many people fit, as facts add up",
        description=(
            f"A line that begins with everybody and steps down with each new fact, to {people_words(last.k)} "
            f"people on {words.day(last.day)}, between {people_words(last.k_low)} and "
            f"{people_words(last.k_high)}. The table holds the same numbers."
        ),
        points=tuple(
            BandPoint(
                day=step.day,
                value=step.k,
                low=step.k_low,
                high=step.k_high,
                shown=people_words(step.k),
                note=words.new_words(step),
                is_sure_day=step.is_told_day,
            )
            for step in one.steps
        ),
        until=max(one.last_day, last.day) + (last.day - one.steps[0].day) / 12,
        start=float(world_size()),
        ticks=_TICKS,
        key=("people who fit", "9 times in 10 within", "day noted, no time"),
        heads=("from", "people who fit", "at least", "at most", "because of"),
    )


def _bars(one: Exposure, show_values: bool) -> Bars | None:
    facts = [fact for fact in one.facts if fact.bits is not None and fact.bits > 0][:MOST_BARS]
    if not facts:
        return None
    return Bars(
        title="What each fact does",
        description="A bar for each counted fact: the longer, the fewer of those who fit all else fit it.",
        bars=tuple(
            Bar(words.fact_words(fact, show_values=show_values), fact.bits or 0.0, words.leaves_words(fact))
            for fact in facts
        ),
        heads=("fact", "leaves of those who fit all else"),
    )


def _times(one: Exposure, show_values: bool) -> Timeline | None:
    facts = sorted(one.facts[:MOST_ROWS], key=lambda fact: (fact.first_at or fact.noted_at, fact.kind))
    if not facts:
        return None
    return Timeline(
        title="When it was told",
        description="A row for each fact, from the first to the last time that it was told.",
        rows=tuple(_stretch(fact, show_values) for fact in facts),
        heads=("fact", "first", "last", "how often"),
    )


def _stretch(fact: LearntFact, show_values: bool) -> Stretch:
    first = (fact.first_at or fact.noted_at).date()
    return Stretch(
        label=words.fact_words(fact, show_values=show_values),
        first=first,
        last=max(first, (fact.last_at or fact.first_at or fact.noted_at).date()),
        shown=words.times_words(fact),
        is_sure_day=fact.first_at is not None,
    )
