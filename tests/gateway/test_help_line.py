from __future__ import annotations

from datetime import date

import pytest

from discretion.gateway._help_line import OPENS, HelpLine
from discretion.gateway.wire import Passage, Voice
from discretion.knowledge import help_lines


def test_one_line_a_day_marked_as_ours() -> None:
    days = [date(2026, 11, 25)]
    helper = HelpLine(lambda: days[0])
    assert helper.line("US") == ""
    helper.owe()
    told = helper.line("US")
    assert told.startswith(OPENS)
    assert told.endswith("]\n\n")
    assert str(help_lines("US")[0].reach.value) in told
    assert helper.line("US") == told, "owed until a reply carried it"
    helper.was_shown()
    helper.owe()
    assert helper.line("US") == ""
    days[0] = date(2026, 11, 26)
    assert helper.line("US") == "", "no message of today shows a need"
    helper.owe()
    assert helper.line("US") == told


def test_a_country_without_a_line_is_told_so() -> None:
    helper = HelpLine()
    helper.owe()
    assert "no line for where you live is known" in helper.line("AQ")


@pytest.mark.parametrize("cut", ["", "\n", "\n\n"])
def test_what_was_said_is_taken_out_again(cut: str) -> None:
    helper = HelpLine()
    helper.owe()
    told = helper.line("GB").rstrip("\n")
    back = Passage(f"{told}{cut}I am here.", Voice.ASSISTANT, "content", 3)
    assert helper.without(back).text.strip() == "I am here."
    own = Passage(f"{told}{cut}I am here.", Voice.USER, "content", 3)
    assert helper.without(own) is own
    other = Passage(OPENS + "something else]", Voice.ASSISTANT, "content", 3)
    assert helper.without(other) is other
