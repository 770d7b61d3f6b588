"""One conversation as it is read: counts turns and alternatives, makes messages of what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from discretion.text import Author, Message, Setting

_LONGEST_NAME = 200
_SURROGATE = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    """Return the text with each lone surrogate replaced by U+FFFD, so that it can be encoded; same length."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def name_of(value: object) -> str | None:
    """Return a name as the export has it, or ``None`` where it has none that could be shown."""
    if not isinstance(value, str):
        return None
    text = sound(value.strip())
    return text[:_LONGEST_NAME] if text else None


def prose(value: object) -> str | None:
    """Return a card or prompt as the export has it, or ``None`` where it is empty or no text."""
    return sound(value) if isinstance(value, str) and value.strip() else None


@dataclass(frozen=True, slots=True)
class Said:
    """One text with its time, as an alternative to the message shown."""

    text: str
    sent_at: datetime | None = None
    speaker: str | None = None


class Thread:
    """The running count of one conversation."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.turn = 0

    def say(
        self,
        author: Author,
        text: str,
        *,
        sent_at: datetime | None = None,
        speaker: str | None = None,
        alternatives: Iterable[Said] = (),
    ) -> Iterator[Message]:
        """Yield the message of the next turn, then each alternative to it, numbered from 1."""
        turn, self.turn = self.turn, self.turn + 1
        yield Message(sound(text), author, turn, 0, sent_at, speaker, self.setting)
        for number, other in enumerate(alternatives, 1):
            yield Message(
                sound(other.text), author, turn, number, other.sent_at, other.speaker or speaker, self.setting
            )

    def instead(
        self,
        author: Author,
        text: str,
        alternative: int,
        *,
        sent_at: datetime | None = None,
        speaker: str | None = None,
    ) -> Message:
        """Return an alternative to the message that was said last, with its number from 1."""
        return Message(sound(text), author, self.turn - 1, alternative, sent_at, speaker, self.setting)
