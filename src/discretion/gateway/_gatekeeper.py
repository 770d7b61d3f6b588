"""The gatekeeper: every request is judged before a byte leaves, every reply is counted when it came back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from discretion.gateway._conversations import Conversation, Conversations
from discretion.gateway._counts import State, Tally
from discretion.gateway._help_line import HelpLine
from discretion.gateway._keeping import Keeping, Loaded
from discretion.gateway._leaving import Leaving, leaving
from discretion.gateway._listening import Heard
from discretion.gateway._opened import Opened
from discretion.gateway._pending import Decision, Pending, PendingList
from discretion.gateway._settings import Mode, Settings
from discretion.gateway._sitting import Sittings
from discretion.gateway._stops import ASK, LIMIT, REFUSED, UNREAD, Stop, stop_of
from discretion.gateway._told import told_in
from discretion.gateway.wire import NotUnderstood, Passage, Request
from discretion.guard.restore import RestoreCounts, RestoreTable
from discretion.records import Pair

LOCKED = "vault_locked"
UNCLEAR = "not_understood"
HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request on its way: what ``replied`` needs to know of it."""

    number: int


@dataclass(frozen=True, slots=True)
class Passed:
    """A request that may leave: its ``body`` as reviewed, the ``table`` that restores the reply, and a line
    of Discretion's own to put ``before`` the reply (empty: none)."""

    body: bytes = field(repr=False)
    table: RestoreTable = field(repr=False)
    before: str
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Stopped:
    """A request that does not leave: an HTTP ``status`` (400, or 451 for a limit), a ``code``, one plain
    ``sentence`` for the chat. ``is_held`` asks to keep the connection until ``pending_id`` is decided."""

    status: int
    code: str
    sentence: str
    pending_id: str | None = None
    is_held: bool = False


class Gatekeeper:
    """Judges the requests of one persona. Safe to share between threads: one request is judged at a time.

    ``keeping`` is where stand-ins, decisions and facts outlive the run (``Keeping`` for a run without a
    vault, ``VaultKeeping``). ``platform`` is the upstream's registrable domain, empty on this machine.
    """

    def __init__(
        self,
        keeping: Keeping,
        *,
        platform: str = "",
        today: Callable[[], date] = date.today,
    ) -> None:
        self._keeping = keeping
        self._platform = platform
        self._today = today
        self._lock = threading.RLock()
        self._tally = Tally()
        self._pending = PendingList()
        self._help = HelpLine(today)
        self._sittings: Sittings | None = None
        self._generation = -1
        self._open: Opened | None = None
        self._conversations: Conversations | None = None
        self._tickets = 0

    def judge(self, request: Request) -> Passed | Stopped:
        """Review a request: what leaves in its place, or why nothing does."""
        with self._lock:
            self._tally.requests += 1
            judged = self._judge(request)
            if isinstance(judged, Stopped):
                self._tally.stopped[judged.code] += 1
            return judged

    def replied(
        self, ticket: Ticket, counts: RestoreCounts, tokens_in: int, tokens_out: int, *, is_whole: bool
    ) -> None:
        """Count a reply that came back; ``is_whole`` is false where it was cut off."""
        with self._lock:
            self._tally.add(counts)
            if self._sittings:
                session = self._sittings.replied(tokens_in, tokens_out, is_whole=is_whole)
                self._keeping.keep_session(session)

    def pending(self) -> tuple[Pending, ...]:
        """What waits for the user, oldest first."""
        with self._lock:
            return self._pending.waiting()

    def decision(self, pending_id: str) -> Decision | None:
        """What was decided about an entry, ``None`` while it waits."""
        with self._lock:
            found = self._pending.get(pending_id)
            return found.decision if found else Decision.REFUSE

    def wait(self, pending_id: str, timeout_s: float) -> bool:
        """Whether an entry was decided, at once or within ``timeout_s`` seconds."""
        until = time.monotonic() + timeout_s
        while self.decision(pending_id) is None:
            if time.monotonic() >= until:
                return False
            time.sleep(min(0.05, timeout_s))
        return True

    def decide(self, pending_id: str, decision: Decision | str) -> Pending:
        """Decide an entry. Raises ``NothingPending``, or ``ValueError`` for a word that is no decision."""
        with self._lock:
            decided = self._pending.decide(pending_id, Decision(decision))
            if decided.decision is Decision.MISTAKE:
                gone = self._state.conversations.begin_anew(decided.base)
                self._keeping.keep_stop(gone, None)
                self._state.stops.pop(gone, None)
                self._tally.mistakes += decided.reasons
            elif decided.decision:
                self._state.decisions |= dict.fromkeys(decided.digests, decided.decision)
                self._keeping.keep_decision(decided.digests, decided.decision)
            return decided

    def stand_ins(self) -> tuple[Pair, ...]:
        """Every pair of the persona."""
        with self._lock:
            return self._state.table.pairs

    def pin(self, number: int, stand_in: str) -> Pair:
        """Give the pair of that number another stand-in. Raises ``StandInNotUsable``."""
        with self._lock:
            pinned = self._state.table.pin(number, stand_in)
            self._keep_pairs()
            return pinned

    def reload(self) -> None:
        """Read settings, facts and stand-ins anew; conversations and what waits stay."""
        with self._lock:
            self._keeping.reload()

    def rehearse(self, request: Request) -> Passed | Stopped:
        """What ``judge`` would say, on a copy that is thrown away: nothing is kept, counted or asked."""
        with self._lock:
            state = self._state
            loaded = replace(state.loaded, pairs=state.table.pairs, decisions=dict(state.decisions))
        scratch = Gatekeeper(_Scratch(loaded), platform=self._platform, today=self._today)
        return scratch.judge(request)

    def state(self) -> State:
        """How the gateway stands."""
        with self._lock:
            locked = self._keeping.is_locked()
            tally, settings = self._tally, self._open.settings if self._open else Settings()
            return State(
                since=tally.since,
                persona=settings.persona,
                mode=settings.mode.value,
                is_guarding=not locked,
                why_not="vault is locked" if locked else "",
                conversations=len(self._open.conversations) if self._open else 0,
                requests=tally.requests,
                replies=tally.replies,
                found=dict(tally.found),
                replaced=dict(tally.replaced),
                stopped=dict(tally.stopped),
                restored=tally.restored,
                missed=tally.missed,
                collisions=tally.collisions,
                retired=tally.retired,
                not_checked=dict(tally.not_checked),
                mistakes=tuple(tally.mistakes),
                waiting=len(self._pending.waiting()),
                unsaved=self._keeping.unsaved,
            )

    def close(self) -> None:
        """Write what is left to the vault."""
        self._keeping.close()

    def _judge(self, request: Request) -> Passed | Stopped:
        if self._keeping.is_locked():
            self._lock_up()
            return Stopped(400, LOCKED, "Discretion: vault is locked. Open it: discretion vault unlock")
        state = self._state
        passages = [self._help.without(one) for one in request.passages]
        conversation, remains = state.conversations.of(passages)
        remains = remains or state.remains_of(conversation)
        heard = state.listener.hear(conversation, remains, passages)
        self._note(heard)
        stop = stop_of(heard, passages, conversation, state.settings, state.decisions, state.digests)
        if stop:
            if stop.code == LIMIT and (heard.tail or heard.last in heard.fresh):
                conversation.stops += 1
            return self._stopped(stop, conversation)
        self._tally.retired += sum(len(state.table.take_in(passages[i].text)) for i in sorted(heard.fresh))
        going = leaving(heard, passages, state.table, state.settings)
        self._keep_pairs()
        held = self._held(going, heard, conversation) if state.settings.mode is Mode.ASK else None
        if held:
            return held
        return self._pass(request, passages, conversation, heard, going)

    def _pass(
        self,
        request: Request,
        passages: list[Passage],
        conversation: Conversation,
        heard: Heard,
        going: Leaving,
    ) -> Passed | Stopped:
        state = self._state
        try:
            body = request.rewritten(going.texts)
        except NotUnderstood as error:
            return Stopped(400, UNCLEAR, f"Discretion: {error}")
        self._tally.replaced.update(going.new_kinds)
        if self._platform:
            self._keeping.keep_told(told_in(heard, passages, going))
        if self._sittings is None:
            self._sittings = Sittings(self._platform, state.settings.persona)
        self._keeping.keep_session(self._sittings.said(is_new=heard.last in heard.fresh))
        is_crisis = heard.last in heard.fresh and heard.seen[heard.last or 0].review.crisis
        before = self._help.line(state.settings.locale) if is_crisis else ""
        self._tickets += 1
        return Passed(
            body,
            conversation.table(going.used),
            before,
            Ticket(self._tickets),
        )

    def _held(self, going: Leaving, heard: Heard, conversation: Conversation) -> Stopped | None:
        """In mode ``ask``: the newest message is held where something in it would be replaced."""
        if heard.last is None or not going.replaced_in(heard.last):
            return None
        digest = self._state.digests.of("hold", conversation.key, going.texts[heard.last])
        decided = self._state.decisions.get(digest)
        if decided is Decision.APPROVE:
            return None
        kinds = [str(one.kind) for one in going.replaced_in(heard.last)]
        told = ("Stand-ins would take the place of what was found.",)
        if decided is Decision.REFUSE:
            return self._stopped(Stop(REFUSED, told, tuple(kinds), (digest,)), conversation)
        return self._stopped(Stop(HOLD, told, tuple(kinds), (digest,)), conversation)

    def _stopped(self, stop: Stop, conversation: Conversation) -> Stopped:
        if stop.code == REFUSED:
            return Stopped(400, REFUSED, f"Discretion: you refused this message. {' '.join(stop.sentences)}")
        if stop.code == LIMIT:
            self._keep_stop(conversation)
        asked = self._pending.ask(stop.code, stop.sentences, stop.kinds, conversation.base, stop.digests)
        told = " ".join(stop.sentences)
        if stop.code == LIMIT:
            way = f"If that is a mistake: discretion gateway pending --mistake {asked.id}"
            return Stopped(451, LIMIT, f"Discretion holds this message back. {told} {way}", asked.id)
        way = f"To send it: discretion gateway pending --approve {asked.id}, then send it again"
        lead = "Discretion could not check everything." if stop.code == UNREAD else "Discretion asks first."
        is_held = self._state.settings.mode is Mode.ASK and stop.code in (ASK, UNREAD, HOLD)
        return Stopped(400, stop.code, f"{lead} {told} {way}", asked.id, is_held)

    def _note(self, heard: Heard) -> None:
        for i in heard.fresh:
            review = heard.seen[i].review
            self._tally.found.update(str(one.kind) for one in review.findings)
            self._tally.not_checked.update(one.what for one in review.not_checked)

    def _lock_up(self) -> None:
        """Let go of every value; streams that are under way hold a table of their own."""
        if self._open is not None:
            self._conversations = self._open.conversations
            self._conversations.forget_values()
            self._open = None

    def _keep_pairs(self) -> None:
        if changed := self._state.table.take_changed():
            self._keeping.keep_pairs(changed)

    def _keep_stop(self, conversation: Conversation) -> None:
        document = conversation.session.remains().document() if conversation.session else None
        if document:
            self._state.stops[conversation.key] = document
            self._keeping.keep_stop(conversation.key, document)

    @property
    def _state(self) -> Opened:
        """What was loaded, and what was built from it. Raises ``VaultError`` where the vault is locked."""
        loaded = self._keeping.loaded
        if self._open is None or self._generation != self._keeping.generation:
            self._lock_up()
            self._open = Opened(loaded, self._today, self._conversations)
            self._generation = self._keeping.generation
        return self._open


class _Scratch(Keeping):
    """What was loaded, for a rehearsal."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
