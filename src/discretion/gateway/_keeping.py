"""What outlives a run, in the vault if there is one: stand-ins, decisions, stops, facts told and sittings.

Everything is written behind the request, by one thread in one transaction at a time, since a transaction
costs time in proportion to the whole vault. Without a vault nothing is kept and nothing is ever locked.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from discretion.gateway._pending import Decision
from discretion.gateway._settings import Settings
from discretion.gateway._waiting import TOLD, Waiting
from discretion.guard import Fact
from discretion.records import Pair, Session

if TYPE_CHECKING:
    from discretion.exposure.ledger import Told
    from discretion.gateway._vault_side import Writer

LOG = logging.getLogger(__name__)

LOOKS_EVERY_S = 2.0
"""How often it is looked whether the vault was locked, so that values leave memory though nobody asks."""


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
    told: frozenset[bytes] = frozenset()
    """Digests of messages that the ledger knows of."""
    avoided: tuple[str, ...] = field(default=(), repr=False)
    """Stand-ins of other personas."""


class Keeping:
    """Nothing is kept beyond the run."""

    unsaved = 0
    has_vault = False
    generation = 0
    """Grows whenever what was loaded is loaded anew."""

    def __init__(self, settings: Settings, facts: Sequence[Fact] = ()) -> None:
        self._loaded = Loaded(settings, os.urandom(32), os.urandom(32), tuple(facts))

    @property
    def settings(self) -> Settings:
        """The settings that held last, also where the vault was locked meanwhile."""
        return self._loaded.settings

    def is_locked(self) -> bool:
        """Whether the vault is locked, so that nothing may pass; asking keeps an open one open."""
        return False

    def looks_locked(self) -> bool:
        """Whether the vault is locked; asking prolongs nothing."""
        return False

    def let_go(self) -> None:
        """Forget what was loaded: the vault was locked."""

    def watch(self, look: Callable[[], None]) -> None:
        """Call ``look`` from time to time until ``close``, where a vault may be locked meanwhile."""

    def numbered(self) -> tuple[Pair, ...]:
        """Pairs that got a number since this was last asked, everything that waits being written first."""
        return ()

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

    def keep_stops(self, stops: Mapping[bytes, str | None]) -> None:
        """Keep limits that stand in a conversation, or that they stand no longer (``None``)."""

    def keep_told(self, told: Sequence[Told], digests: Sequence[bytes]) -> None:
        """Keep in the ledger what the platform was told, and the digests of the messages that told it."""

    def keep_session(self, session: Session) -> None:
        """Keep a sitting, or bring it up to date."""

    def flush(self) -> None:
        """Wait until everything is written."""

    def close(self) -> None:
        """Write what is left and let the vault go."""


class VaultKeeping(Keeping):
    """Kept in the vault of this user, as long as `vault unlock` holds it open.

    ``settings`` are those of the command line: they win over what the vault holds for the persona.
    ``facts`` are used instead of the vault's where given. ``platform`` is the upstream's registrable domain,
    empty for one on this machine: then the ledger learns nothing.
    """

    has_vault = True

    def __init__(
        self,
        settings: Settings,
        *,
        platform: str = "",
        facts: Sequence[Fact] | None = None,
        mode_is_given: bool = False,
    ) -> None:
        self._asked = self._last = settings
        self._platform = platform
        self._given = None if facts is None else tuple(facts)
        self._mode_is_given = mode_is_given
        self._thread = ThreadPoolExecutor(1, "discretion-vault")
        self._lock = threading.Lock()
        self._waiting = Waiting()
        self._is_due = self._is_closed = False
        self._writer: Writer | None = None
        self._now: Loaded | None = None
        self._numbered: list[Pair] = []
        self._ends = threading.Event()
        self._watcher: threading.Thread | None = None
        self.unsaved = 0
        self.generation = 0

    @property
    def settings(self) -> Settings:
        return self._last

    def is_locked(self) -> bool:
        from discretion.vault import held_key

        if held_key() is None:
            self.let_go()
            return True
        return False

    def looks_locked(self) -> bool:
        from discretion.vault import is_held

        return not is_held()

    def watch(self, look: Callable[[], None]) -> None:
        def watching() -> None:
            while not self._ends.wait(LOOKS_EVERY_S):
                try:
                    look()
                except Exception as error:  # the next look may succeed; without one values would stay
                    LOG.warning("whether the vault is locked could not be seen: %s", type(error).__name__)

        self._watcher = threading.Thread(target=watching, name="discretion-watch", daemon=True)
        self._watcher.start()

    def let_go(self) -> None:
        self._now = None
        if not self._is_closed:
            self._thread.submit(self._let_go).result()

    @property
    def loaded(self) -> Loaded:
        if self._now is None:
            self._now = self._thread.submit(self._load).result()
            self._last = self._now.settings
            self.generation += 1
        return self._now

    def reload(self) -> None:
        self._now = None

    def numbered(self) -> tuple[Pair, ...]:
        self.flush()
        with self._lock:
            taken, self._numbered = self._numbered, []
        return tuple(taken)

    def keep_pairs(self, pairs: Sequence[Pair]) -> None:
        self._put(Waiting(pairs=list(pairs)))

    def keep_decision(self, digests: Sequence[bytes], decision: Decision) -> None:
        self._put(Waiting(decisions=dict.fromkeys(digests, decision.value)))

    def keep_stops(self, stops: Mapping[bytes, str | None]) -> None:
        self._put(Waiting(stops=dict(stops)))

    def keep_told(self, told: Sequence[Told], digests: Sequence[bytes]) -> None:
        if self._platform:
            self._put(Waiting(told=list(told), decisions=dict.fromkeys(digests, TOLD)))

    def keep_session(self, session: Session) -> None:
        self._put(Waiting(sessions={session.started_at: session}))

    def flush(self) -> None:
        if not self._is_closed:
            self._thread.submit(self._write).result()

    def close(self) -> None:
        self._ends.set()
        if self._watcher:
            self._watcher.join()
        self.flush()
        self.let_go()
        self._is_closed = True
        self._thread.shutdown()

    def _put(self, news: Waiting) -> None:
        if not len(news):
            return
        with self._lock:
            self._waiting.add(news)
            if self._is_closed:  # a reply that ended after the gateway: it is named, not lost in silence
                self.unsaved = len(self._waiting)
            if self._is_due or self._is_closed:
                return
            self._is_due = True
        self._thread.submit(self._write)

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
        self._write()
        loaded = self._open().load(self._asked, mode_is_given=self._mode_is_given)
        with self._lock:
            loaded = self._waiting.over(loaded)
        return loaded if self._given is None else replace(loaded, facts=self._given)

    def _write(self) -> None:
        """Write what waits. What cannot be written waits on, is counted, and is tried with the next."""
        with self._lock:
            waiting, self._waiting = self._waiting, Waiting()
            self._is_due = False
        if not len(waiting):
            return
        try:
            kept = self._open().write(waiting)
        except Exception as error:  # locked meanwhile, the disk is full, or the file is damaged
            with self._lock:
                waiting.add(self._waiting)
                self._waiting = waiting
                self.unsaved = len(waiting)
            LOG.warning("the vault could not take what the gateway keeps: %s", type(error).__name__)
        else:
            self.unsaved = 0
            with self._lock:
                self._numbered += kept

    def _let_go(self) -> None:
        self._now = None
        if self._writer is not None:
            self._writer.close()
            self._writer = None
