"""The parts of a gatekeeper that are made from what was loaded, and made anew when it is loaded anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from discretion.gateway._conversations import Conversation, Conversations
from discretion.gateway._digest import Digests
from discretion.gateway._keeping import Loaded
from discretion.gateway._listening import Listener
from discretion.guard import Guard, Remains
from discretion.guard.stand_ins import StandIns


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
        self.conversations = conversations or Conversations(self.digests)
        self.table = StandIns(
            loaded.settings.persona,
            loaded.pairs,
            facts=loaded.facts,
            locale=loaded.settings.locale,
            secret=loaded.secret,
            replaces_ages=loaded.settings.replaces_ages,
            today=today,
        )
        self.table.take_in(loaded.settings.card)

    def remains_of(self, conversation: Conversation) -> Remains | None:
        """What an earlier run left of a conversation that is new to this one."""
        document = self.stops.get(conversation.key) if conversation.session is None else None
        if document is None:
            return None
        try:
            return Remains.of(document)
        except ValueError:
            return None
