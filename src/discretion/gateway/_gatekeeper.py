"""The gatekeeper: every request is judged before a byte leaves, every reply is counted when it came back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from discretion.gateway._conversations import Conversation, Conversations
from discretion.gateway._counts import State, Tally
from discretion.gateway._help_line import HelpLine
from discretion.gateway._judged import UNCLEAR, Passed, Stopped, Ticket, asked, locked
from discretion.gateway._keeping import Keeping, Loaded
from discretion.gateway._leaving import Leaving, leaving
from discretion.gateway._listening import Heard
from discretion.gateway._opened import Opened
from discretion.gateway._pending import Decision, Pending, PendingList
from discretion.gateway._settings import Mode
from discretion.gateway._sitting import Sittings
from discretion.gateway._stops import HOLD, LIMIT, REFUSED, Stop, stop_of
from discretion.gateway._told import told_in
from discretion.gateway.wire import NotUnderstood, Passage, Request
from discretion.guard.restore import RestoreCounts
from discretion.records import Pair
from discretion.records._command import PROGRAM, as_called
from discretion.vault import VaultError

__all__ = ["Gatekeeper", "Passed", "Stopped", "Ticket"]


class Gatekeeper:
    """Judges the requests of one persona. Safe to share between threads: one request is judged at a time.

    ``keeping`` is where stand-ins, decisions and facts outlive the run (``Keeping`` for a run without a
    vault, ``VaultKeeping``). ``platform`` is the upstream's registrable domain, empty on this machine.
    ``command`` is what the user types for the program, for the sentences that tell them to type it.
    """

    def __init__(
        self,
        keeping: Keeping,
        *,
        platform: str = "",
        today: Callable[[], date] = date.today,
        command: str = PROGRAM,
    ) -> None:
        self._keeping = keeping
        self._command = command
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
        keeping.watch(self.look)

    def judge(self, request: Request) -> Passed | Stopped:
        """Review a request: what leaves in its place, or why nothing does."""
        with self._lock:
            self._tally.requests += 1
            judged = self._judge(request)
            if isinstance(judged, Stopped):
                self._tally.stopped[judged.code] += 1
                return replace(judged, sentence=as_called(judged.sentence, self._command))
            return judged

    def replied(
        self,
        ticket: Ticket,
        counts: RestoreCounts,
        tokens_in: int,
        tokens_out: int,
        *,
        is_whole: bool,
        is_line_said: bool = True,
    ) -> None:
        """Count a reply that came back; ``is_whole`` is false where it was cut off, ``is_line_said`` where
        it did not carry the line that was to stand before it."""
        with self._lock:
            self._tally.add(counts)
            if ticket.has_line and is_line_said:
                self._help.was_shown()
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
        """Decide an entry. Raises ``NothingPending``, ``VaultError`` where the vault is locked, or
        ``ValueError`` for a word that is no decision."""
        with self._lock:
            state = self._unlocked()
            decided = self._pending.decide(pending_id, Decision(decision))
            if decided.decision is Decision.MISTAKE:
                state.conversations.begin_anew(decided.base)
                self._keeping.keep_stops(state.lift_stops(decided.base))
                self._tally.mistakes += decided.reasons
            elif decided.decision:
                state.decisions |= dict.fromkeys(decided.digests, decided.decision)
                self._keeping.keep_decision(decided.digests, decided.decision)
            return decided

    def stand_ins(self) -> tuple[Pair, ...]:
        """Every pair of the persona. Raises ``VaultError`` where the vault is locked."""
        with self._lock:
            table = self._unlocked().table
            table.take_numbers(self._keeping.numbered())
            return table.pairs

    def pin(self, number: int, stand_in: str) -> Pair:
        """Give the pair of that number another stand-in. Raises ``StandInNotUsable``, or ``VaultError``."""
        with self._lock:
            table = self._unlocked().table
            table.take_numbers(self._keeping.numbered())
            pinned = table.pin(number, stand_in)
            self._keep_pairs()
            return pinned

    def reload(self) -> None:
        """Read settings, facts and stand-ins anew; conversations and what waits stay."""
        with self._lock:
            self._keeping.reload()

    def rehearse(self, request: Request) -> Passed | Stopped:
        """What ``judge`` would say, on a copy that is thrown away: nothing is kept, counted or asked."""
        with self._lock:
            if self._is_locked():
                return locked()
            scratch = Gatekeeper(_Scratch(self._state.copied()), platform=self._platform, today=self._today)
        return scratch.judge(request)

    def look(self) -> None:
        """Let go of every value where the vault was locked meanwhile; prolongs nothing."""
        with self._lock:
            if self._open is not None and self._keeping.looks_locked():
                self._keeping.let_go()
                self._lock_up()

    def state(self) -> State:
        """How the gateway stands."""
        with self._lock:
            is_locked = self._keeping.looks_locked()
            tally = self._tally
            settings = self._open.settings if self._open else self._keeping.settings
            return State(
                since=tally.since,
                persona=settings.persona,
                mode=settings.mode.value,
                has_vault=self._keeping.has_vault,
                is_guarding=not is_locked,
                why_not="vault is locked" if is_locked else "",
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
        if self._is_locked():
            return locked()
        state = self._state
        passages = [self._help.without(one) for one in request.passages]
        conversation, remains = state.conversations.of(passages)
        remains = remains or state.remains_of(conversation, passages)
        heard = state.listener.hear(conversation, remains, passages)
        self._note(heard)
        stop = stop_of(heard, passages, conversation, state.settings, state.decisions, state.digests)
        if stop:
            if stop.code == LIMIT:
                conversation.stops += heard.is_anew
                self._keeping.keep_stops(state.note_stops(conversation, passages))
            return self._stopped(stop, conversation)
        self._take_in(heard, passages)
        going = leaving(heard, passages, state.table, state.settings)
        self._keep_pairs()
        held = self._held(going, heard, conversation) if state.settings.mode is Mode.ASK else None
        return held or self._pass(request, passages, conversation, heard, going)

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
            return Stopped(400, UNCLEAR, f"Discretion: {error}.")
        said = heard.said
        state.listener.passed(heard, passages)
        self._tally.replaced.update(going.new_kinds)
        if self._platform:
            news = told_in(heard, passages, going, conversation, state.digests, state.loaded.told)
            self._keeping.keep_told(news.told, news.digests)
        if self._sittings is None:
            self._sittings = Sittings(self._platform, state.settings.persona)
        self._keeping.keep_session(self._sittings.said(is_new=said is not None))
        if said and said.crisis:
            self._help.owe()
        before = "" if request.wants_json else self._help.line(state.settings.locale)
        self._tickets += 1
        return Passed(body, conversation.table(going.used), before, Ticket(self._tickets, bool(before)))

    def _held(self, going: Leaving, heard: Heard, conversation: Conversation) -> Stopped | None:
        """In mode ``ask``: the newest message is held where something in it would be replaced."""
        if heard.last is None or heard.seen[heard.last].is_quote or not going.replaced_in(heard.last):
            return None
        digest = self._state.digests.of("hold", conversation.key, going.texts[heard.last])
        decided = self._state.decisions.get(digest)
        if decided is Decision.APPROVE:
            return None
        kinds = tuple(str(one.kind) for one in going.replaced_in(heard.last))
        told = ("Stand-ins would take the place of what was found.",)
        code = REFUSED if decided is Decision.REFUSE else HOLD
        return self._stopped(Stop(code, told, kinds, (digest,)), conversation)

    def _stopped(self, stop: Stop, conversation: Conversation) -> Stopped:
        pending = self._pending.ask(stop.code, stop.sentences, stop.kinds, conversation.base, stop.digests)
        return asked(stop, pending, may_hold=self._state.settings.mode is Mode.ASK)

    def _take_in(self, heard: Heard, passages: list[Passage]) -> None:
        """Let the stand-ins know what they must not be; also of what was heard when a request was stopped."""
        for seen, passage in zip(heard.seen, passages, strict=True):
            if not seen.is_taken_in:
                seen.is_taken_in = True
                self._tally.retired += len(self._state.table.take_in(passage.text))

    def _note(self, heard: Heard) -> None:
        for i in heard.fresh:
            review = heard.seen[i].review
            self._tally.found.update(str(one.kind) for one in review.findings)
            self._tally.not_checked.update(one.what for one in review.not_checked)

    def _is_locked(self) -> bool:
        if self._keeping.is_locked():
            self._lock_up()
            return True
        return False

    def _lock_up(self) -> None:
        """Let go of every value; streams that are under way hold a table of their own."""
        if self._open is not None:
            self._conversations = self._open.conversations
            self._conversations.forget_words()
            self._open = None

    def _keep_pairs(self) -> None:
        if changed := self._state.table.take_changed():
            self._keeping.keep_pairs(changed)

    def _unlocked(self) -> Opened:
        """What is open. Raises ``VaultError`` where the vault is locked."""
        if self._is_locked():
            raise VaultError("the vault is locked; open it: discretion vault unlock")
        return self._state

    @property
    def _state(self) -> Opened:
        """What was loaded, and what was built from it. Raises ``VaultError`` where the vault is locked."""
        loaded = self._keeping.loaded
        if self._open is None or self._generation != self._keeping.generation:
            if self._open is not None:
                self._conversations = self._open.conversations
                self._conversations.forget_values()
            self._open = Opened(loaded, self._today, self._conversations)
            self._generation = self._keeping.generation
        return self._open


class _Scratch(Keeping):
    """What was loaded, for a rehearsal."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
