"""The page of `exposure show --html`: one file without scripts and without a single address to load from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discretion.cli._report import _exposure_words as words
from discretion.cli._report._exposure_charts import Charts, charts
from discretion.cli._report._page import OPENING
from discretion.cli._report._printable import printable
from discretion.cli._report._templates import template
from discretion.exposure.report import day_words
from discretion.records import Exposure, ExposureReport
from discretion.web.charts import style_sheet

if TYPE_CHECKING:
    pass

__all__ = ["OPENING", "render"]

MOST_FACTS = 100
"""Facts of one platform on the page; the JSON document holds more."""


@dataclass(frozen=True, slots=True)
class Part:
    """One platform's part of the page, or that of all of them together."""

    id: str
    name: str
    exposure: Exposure
    charts: Charts
    fit: str
    helps: tuple[words.Help, ...]
    together: str | None
    left_out: int


def render(report: ExposureReport, *, show_values: bool) -> str:
    """The whole page. Masked, it names kinds and no value."""
    alone = len(report.platforms) == 1
    shown = [report.together] if report.together and not alone else []
    parts = [_part(at, one, show_values) for at, one in enumerate([*shown, *report.platforms])]
    return template("exposure.html.j2").render(
        report=report,
        title=printable(report.asked) if report.asked else "What they know",
        as_of=day_words(report.as_of),
        parts=parts,
        alone=alone,
        show_values=show_values,
        most_facts=MOST_FACTS,
        words=words,
        printable=printable,
        chart_style=style_sheet(),
    )


def _part(at: int, one: Exposure, show_values: bool) -> Part:
    return Part(
        id=f"p{at}",
        name=words.platform_words(one),
        exposure=one,
        charts=charts(one, f"p{at}", show_values=show_values),
        fit=words.fit_words(one),
        helps=words.help_most(one, show_values=show_values)[:5],
        together=words.together_words(one),
        left_out=one.facts_known - len(one.facts[:MOST_FACTS]),
    )
