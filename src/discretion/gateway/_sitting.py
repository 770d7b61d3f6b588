"""Sittings: how long somebody was at it, until a pause of half an hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from discretion.records import Session

PAUSE = timedelta(minutes=30)
"""So long nothing was said and nothing came, and the next message begins another sitting. Our own choice."""


def _now() -> datetime:
    return datetime.now(UTC)


class Sittings:
    """The sitting that is going on with one platform as one persona."""

    def __init__(self, platform: str, persona: str, now: Callable[[], datetime] = _now) -> None:
        self._platform = platform
        self._persona = persona
        self._now = now
        self._current: Session | None = None

    def said(self, *, is_new: bool) -> Session:
        """A request left; ``is_new`` where it holds a message that was not sent before."""
        current = self._at_hand()
        return self._put(replace(current, messages=current.messages + is_new))

    def replied(self, tokens_in: int, tokens_out: int, *, is_whole: bool) -> Session:
        """A reply ended."""
        current = self._at_hand()
        return self._put(
            replace(
                current,
                replies=current.replies + is_whole,
                tokens_in=current.tokens_in + tokens_in,
                tokens_out=current.tokens_out + tokens_out,
            )
        )

    def _at_hand(self) -> Session:
        now = self._now()
        current = self._current
        if current is None or now - current.ended_at > PAUSE:
            return Session(self._platform, self._persona, now, now)
        return replace(current, ended_at=now)

    def _put(self, session: Session) -> Session:
        self._current = session
        return session
