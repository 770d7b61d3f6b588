"""Charts as SVG, each with a table of the same numbers beside it.

Pure functions from frozen data to text: the same data gives the same bytes. They are told apart by line and
pattern as well as by colour, text stays text, and every shape has a title. An SVG carries its own style sheet
(``charts.css``) unless the page around it serves that, as a page with a strict content security policy must.
"""

from discretion.web.charts._draw import Drawn, style_sheet
from discretion.web.charts.bars import Bar, Bars, draw_bars
from discretion.web.charts.line import BandLine, BandPoint, draw_line
from discretion.web.charts.timeline import Stretch, Timeline, draw_timeline

__all__ = [
    "BandLine",
    "BandPoint",
    "Bar",
    "Bars",
    "Drawn",
    "Stretch",
    "Timeline",
    "draw_bars",
    "draw_line",
    "draw_timeline",
    "style_sheet",
]
