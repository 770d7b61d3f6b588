"""The parts of a gatekeeper that are made from what was loaded, and made anew when it is loaded anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from discretion.gateway._conversations import Conversation, Conversations
from discretion.gateway._digest import Digests
from discretion.gateway._keeping import Loaded
from discretion.gateway._listening import Listener
from discretion.gateway.wire import Passage
from discretion.guard import Guard, Remains
from discretion.guard.stand_ins import StandIns

BASE = "of"
"""Under this key a kept stop names the conversation that it belongs to."""
NONE = "-"


class Opened:
    """Settings, decisions, the guard and the stand-ins of one persona."""

    def __init__(
        self, loaded: Loaded, today: Callable[[], date], conversations: Conversations | None = None
    ) -> None:
        self.loaded = loaded
        self.settings = loaded.settings
        self.decisions = dict(loaded.decisions)
        self.stops = dict(loaded.stops)
        self.digests = Digests(loaded.digest_key)
        guard = Guard(intimate=not loaded.settings.is_everyday, facts=loaded.facts)
        self.listener = Listener(guard, self.digests, loaded.settings.card)
        self.conversations = Conversations(self.digests) if conversations is None else conversations
        self.table = StandIns(
            loaded.settings.persona,
            loaded.pairs,
            facts=loaded.facts,
            locale=loaded.settings.locale,
            secret=loaded.secret,
            replaces_ages=loaded.settings.replaces_ages,
            today=today,
        )
        self.table.avoid(loaded.avoided)
        self.table.take_in(loaded.settings.card)

    def copied(self) -> Loaded:
        """What a copy starts from that changes nothing here."""
        return replace(
            self.loaded, pairs=self.table.pairs, decisions=dict(self.decisions), stops=dict(self.stops)
        )

    def note_stops(self, conversation: Conversation, passages: Sequence[Passage]) -> dict[bytes, str | None]:
        """What must be kept of a conversation that was stopped, under every digest it is known by."""
        remains = conversation.session.remains().document() if conversation.session else None
        if remains is None:
            return {}
        document = json.dumps(
            {**json.loads(remains), BASE: conversation.stopped_as or conversation.base.hex()}
        )
        noted = dict.fromkeys((conversation.base, *self.conversations.marks(passages)), document)
        new = {key: value for key, value in noted.items() if self.stops.get(key) != value}
        self.stops |= new
        return dict(new)

    def lift_stops(self, base: bytes) -> dict[bytes, str | None]:
        """Take back what was kept of a conversation; returns the digests, each with nothing."""
        of = {base.hex(), _base_of(self.stops.get(base, ""))} - {NONE}
        gone = [key for key, document in self.stops.items() if key == base or _base_of(document) in of]
        for key in gone:
            del self.stops[key]
        return dict.fromkeys(gone)

    def remains_of(self, conversation: Conversation, passages: Sequence[Passage]) -> Remains | None:
        """What an earlier run left of a conversation that is new to this one."""
        if conversation.session is not None or not self.stops:
            return None
        for key in (conversation.base, *self.conversations.marks(passages)):
            if key in self.stops:
                try:
                    remains = Remains.of(self.stops[key])
                except ValueError:
                    continue
                conversation.stopped_as = _base_of(self.stops[key])
                return remains
        return None


def _base_of(document: str) -> str:
    """The conversation that a kept stop belongs to; "-" where it names none."""
    try:
        told = json.loads(document)
    except ValueError:
        return NONE
    return str(told.get(BASE, NONE)) if isinstance(told, dict) else NONE
