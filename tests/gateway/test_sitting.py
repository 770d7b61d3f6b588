from __future__ import annotations

from datetime import UTC, datetime, timedelta

from discretion.gateway._sitting import PAUSE, Sittings


def test_a_sitting_ends_with_a_pause() -> None:
    clock = [datetime(2026, 11, 25, 20, 0, tzinfo=UTC)]
    sittings = Sittings("moonlit.example", "Wren", lambda: clock[0])
    sittings.said(is_new=True)
    clock[0] += timedelta(minutes=2)
    first = sittings.replied(120, 40, is_whole=True)
    assert (first.messages, first.replies, first.tokens_in, first.tokens_out) == (1, 1, 120, 40)
    assert first.seconds == 120
    clock[0] += PAUSE - timedelta(seconds=1)
    assert sittings.said(is_new=False).messages == 1, "the same message again is no further message"
    clock[0] += PAUSE + timedelta(seconds=1)
    second = sittings.said(is_new=True)
    assert (second.started_at, second.messages, second.replies) == (clock[0], 1, 0)
    assert sittings.replied(0, 0, is_whole=False).replies == 0, "a reply that was cut off is none"
