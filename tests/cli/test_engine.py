"""More conversations than are kept open: what the program still knows of them, and what it says it forgot."""

from __future__ import annotations

import pytest

from discretion.cli._engine import _Sessions
from discretion.guard import Guard
from discretion.guard._guard import FORGOTTEN
from discretion.records import Verdict
from discretion.text import Message, Setting


def _said(conversation: str, turn: int, text: str) -> Message:
    return Message(text, turn=turn, setting=Setting(conversation))


@pytest.mark.parametrize(
    ("most", "between", "is_forgotten", "reason"),
    [
        (2, ("b",), False, "two fit"),
        (2, ("b", "c"), True, "the longest untouched one is let go"),
        (2, ("b", "a", "c"), False, "which is not the one that was just touched"),
        (1, ("b", "c", "d"), True, "one at a time"),
    ],
)
def test_a_conversation_that_comes_back(
    most: int, between: tuple[str, ...], is_forgotten: bool, reason: str
) -> None:
    guard = Guard(rules_only=True)
    sessions = _Sessions(guard, most)

    def review(message: Message) -> tuple[Verdict, bool]:
        made = sessions.review(message, guard.scan(message))
        return made.verdict, FORGOTTEN in made.not_checked

    assert review(_said("a", 0, "im 16")) == (Verdict.BLOCK, False)
    for turn, other in enumerate(between, 1):
        assert review(_said(other, turn, "haha ok"))[1] is False, reason
    assert review(_said("a", 9, "haha ok")) == (Verdict.BLOCK, is_forgotten), reason
    assert review(_said("e", 0, "haha ok")) == (Verdict.ALLOW, False), reason
    assert len(sessions._open) <= most, reason


def test_what_remains_survives_a_second_time() -> None:
    guard = Guard(rules_only=True)
    sessions = _Sessions(guard, 1)
    messages = [_said("a", 0, "im 16"), _said("b", 0, "ok"), _said("a", 1, "ok"), _said("b", 1, "ok")]
    messages.append(_said("a", 2, "ok"))
    verdicts = [sessions.review(one, guard.scan(one)).verdict for one in messages]
    assert verdicts == [Verdict.BLOCK, Verdict.ALLOW, Verdict.BLOCK, Verdict.ALLOW, Verdict.BLOCK]
