"""What outlives a run, in the vault if there is one: stand-ins, decisions, stops, facts told and sittings.

Everything is written behind the request, by one thread in one transaction at a time, since a transaction
costs time in proportion to the whole vault. Without a vault nothing is kept and nothing is ever locked.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from discretion.gateway._pending import Decision
from discretion.gateway._settings import Settings
from discretion.guard import Fact
from discretion.records import DiscretionError, Pair, Session

if TYPE_CHECKING:
    from discretion.exposure.ledger import Told
    from discretion.gateway._vault_side import Writer

MOST_WAITING = 2_000
"""Facts for the ledger that wait in memory while the vault cannot take them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a gateway starts from: all empty without a vault. Values hide themselves when printed."""

    settings: Settings
    digest_key: bytes = field(repr=False)
    secret: bytes = field(repr=False)
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    pairs: tuple[Pair, ...] = field(default=(), repr=False)
    decisions: dict[bytes, Decision] = field(default_factory=dict)
    stops: dict[bytes, str] = field(default_factory=dict)


class Keeping:
    """Nothing is kept beyond the run."""

    unsaved = 0
    generation = 0
    """Grows whenever what was loaded is loaded anew."""

    def __init__(self, settings: Settings, facts: Sequence[Fact] = ()) -> None:
        self._loaded = Loaded(settings, os.urandom(32), os.urandom(32), tuple(facts))

    def is_locked(self) -> bool:
        """Whether the vault is locked, so that nothing may pass; asking keeps an open one open."""
        return False

    @property
    def loaded(self) -> Loaded:
        """What the gateway starts from. Raises ``VaultError`` where the vault is locked or broken."""
        return self._loaded

    def reload(self) -> None:
        """Read it all anew."""

    def keep_pairs(self, pairs: Sequence[Pair]) -> None:
        """Keep pairs that were made or changed."""

    def keep_decision(self, digests: Sequence[bytes], decision: Decision) -> None:
        """Keep what the user decided about messages."""

    def keep_stop(self, digest: bytes, document: str | None) -> None:
        """Keep a limit that stands in a conversation, or that it stands no longer (``None``)."""

    def keep_told(self, told: Sequence[Told]) -> None:
        """Keep in the ledger what the platform was told."""

    def keep_session(self, session: Session) -> None:
        """Keep a sitting, or bring it up to date."""

    def flush(self) -> None:
        """Wait until everything is written."""

    def close(self) -> None:
        """Write what is left and let the vault go."""


@dataclass(slots=True)
class _Waiting:
    pairs: list[Pair] = field(default_factory=list)
    decisions: dict[bytes, Decision] = field(default_factory=dict)
    stops: dict[bytes, str | None] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    session: list[Session] = field(default_factory=list)

    def __len__(self) -> int:
        parts = (self.pairs, self.decisions, self.stops, self.told, self.session)
        return sum(map(len, parts))

    def put_back(self, earlier: _Waiting) -> None:
        """Put what could not be written before what has come since."""
        self.pairs[:0] = earlier.pairs
        self.told[:0] = earlier.told[-MOST_WAITING:]
        self.session[:0] = earlier.session
        self.decisions = earlier.decisions | self.decisions
        self.stops = earlier.stops | self.stops


class VaultKeeping(Keeping):
    """Kept in the vault of this user, as long as `vault unlock` holds it open.

    ``settings`` are those of the command line: they win over what the vault holds for the persona.
    ``facts`` are used instead of the vault's where given. ``platform`` is the upstream's registrable domain,
    empty for one on this machine: then the ledger learns nothing.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        platform: str = "",
        facts: Sequence[Fact] | None = None,
        mode_is_given: bool = False,
    ) -> None:
        self._asked = settings
        self._platform = platform
        self._given = None if facts is None else tuple(facts)
        self._mode_is_given = mode_is_given
        self._thread = ThreadPoolExecutor(1, "discretion-vault")
        self._lock = threading.Lock()
        self._waiting = _Waiting()
        self._is_due = False
        self._writer: Writer | None = None
        self._now: Loaded | None = None
        self.unsaved = 0
        self.generation = 0

    def is_locked(self) -> bool:
        from discretion.vault import held_key

        if held_key() is None:
            self._thread.submit(self._let_go).result()
            return True
        return False

    @property
    def loaded(self) -> Loaded:
        if self._now is None:
            self._now = self._thread.submit(self._load).result()
            self.generation += 1
        return self._now

    def reload(self) -> None:
        self.flush()
        self._now = None

    def keep_pairs(self, pairs: Sequence[Pair]) -> None:
        self._put(lambda waiting: waiting.pairs.extend(pairs))

    def keep_decision(self, digests: Sequence[bytes], decision: Decision) -> None:
        self._put(lambda waiting: waiting.decisions.update(dict.fromkeys(digests, decision)))

    def keep_stop(self, digest: bytes, document: str | None) -> None:
        self._put(lambda waiting: waiting.stops.update({digest: document}))

    def keep_told(self, told: Sequence[Told]) -> None:
        if self._platform:
            self._put(lambda waiting: waiting.told.extend(told))

    def keep_session(self, session: Session) -> None:
        def put(waiting: _Waiting) -> None:
            waiting.session[:] = [one for one in waiting.session if one.started_at != session.started_at]
            waiting.session.append(session)

        self._put(put)

    def flush(self) -> None:
        self._thread.submit(self._write).result()

    def close(self) -> None:
        self._thread.submit(self._write).result()
        self._thread.submit(self._let_go).result()
        self._thread.shutdown()

    def _put(self, change: Callable[[_Waiting], object]) -> None:
        with self._lock:
            change(self._waiting)
            if self._is_due or not self._waiting:
                return
            self._is_due = True
        self._thread.submit(self._write).add_done_callback(_hear)

    # What follows runs in the one thread that the vault is used in.

    def _open(self) -> Writer:
        from discretion.gateway._vault_side import Writer
        from discretion.vault import Vault, VaultError, held_key

        if self._writer is None:
            key = held_key()
            if key is None:
                raise VaultError("the vault is locked; open it: discretion vault unlock")
            vault = Vault.open_with_key(key)
            self._writer = Writer(vault, self._asked.persona, self._platform)
        return self._writer

    def _load(self) -> Loaded:
        writer = self._open()
        loaded = writer.load(self._asked, mode_is_given=self._mode_is_given)
        return loaded if self._given is None else replace(loaded, facts=self._given)

    def _write(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, _Waiting()
            self._is_due = False
        if not waiting:
            return
        try:
            self._open().write(waiting.pairs, waiting.decisions, waiting.stops, waiting.told, waiting.session)
        except DiscretionError:  # locked meanwhile, or the disk is full: it is shown, and tried again
            with self._lock:
                self._waiting.put_back(waiting)
                self.unsaved = len(self._waiting)
        else:
            self.unsaved = 0

    def _let_go(self) -> None:
        self._now = None
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def _hear(done: Future[None]) -> None:
    """Let an error of the writing thread be seen by its type alone."""
    done.exception()
