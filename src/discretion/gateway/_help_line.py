"""The line of help before a reply, where a message shows that its author may harm themself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from discretion.gateway.wire import Passage, Voice
from discretion.knowledge import help_lines

OPENS = "[From Discretion, on your machine, not from the chat: "
_WORDS = (
    "if you are thinking of hurting yourself, people are there for you now: {lines}. Nothing was held back.]"
)
_NOWHERE = (
    "if you are thinking of hurting yourself, please talk to somebody near you now, or call your country's "
    "emergency number; no line for where you live is known here. Nothing was held back.]"
)
MOST_LINES = 2


class HelpLine:
    """At most one line a day; what was said is taken out again where a client sends it back."""

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        self._today = today
        self._shown: date | None = None
        self._said: set[str] = set()

    def line(self, country: str) -> str:
        """The line for today, with its end of paragraph; empty where it was shown today."""
        if self._shown == self._today():
            return ""
        self._shown = self._today()
        found = [f"{one.service}: {one.reach.value}" for one in help_lines(country)[:MOST_LINES]]
        told = OPENS + (_WORDS.format(lines="; ".join(found)) if found else _NOWHERE) + "\n\n"
        self._said.add(told)
        return told

    def without(self, passage: Passage) -> Passage:
        """A passage of the other side without a line of ours that stands before it."""
        if passage.voice is Voice.ASSISTANT and passage.text.startswith(OPENS):
            for told in self._said:
                for form in (told, told.rstrip("\n")):
                    if passage.text.startswith(form):
                        return replace(passage, text=passage.text[len(form) :])
        return passage
