"""The page of `exposure leak --html`: one file without scripts and without a single address to load from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discretion.cli._report import _leak_words as words
from discretion.cli._report._leak_drawing import drawing
from discretion.cli._report._page import OPENING
from discretion.cli._report._printable import printable
from discretion.cli._report._templates import template
from discretion.records import Leak
from discretion.web.charts import style_sheet

if TYPE_CHECKING:
    pass

__all__ = ["OPENING", "render"]

MOST_REACHES = 60
LEAST_SCALE = 0.75
"""How far a wide picture is made smaller before it scrolls: its letters stay about 10 pixels high."""


def render(leak: Leak) -> str:
    """The whole page. It names kinds, platforms and numbers of rows, and no value."""
    drawn = drawing(leak, styled=False)
    return template("leak.html.j2").render(
        leak=leak,
        words=words,
        printable=printable,
        drawn=drawn,
        drawn_width=round(LEAST_SCALE * float(drawn.svg.partition('viewBox="0 0 ')[2].split()[0])),
        chart_style=style_sheet(),
        as_of=words.day(leak.today),
        today=[one for one in leak.actions if one.when == "today"],
        after=[one for one in leak.actions if one.when == "after"],
        claims=list(dict.fromkeys(claim for one in leak.harms for claim in one.claims)),
        most_reaches=MOST_REACHES,
    )
