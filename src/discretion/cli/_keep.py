"""`check --keep`: what a run finds is put into the ledger, batch by batch, while it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from discretion.guard import OWN_FACT, Fact

if TYPE_CHECKING:
    from discretion.cli._engine import Row
    from discretion.exposure.ledger import Keeper, Told

BATCH_FACTS = 2_000
BATCH_CHARACTERS = 2_000_000
"""What is held in memory, and what a crash can cost; for each batch the disk is waited for once."""


@dataclass(frozen=True, slots=True)
class KeepOptions:
    """What the user asked for: to which platform and persona the chats were told, and how the vault opens."""

    platform: str
    persona: str = ""
    digests_only: bool = False
    passphrase_file: Path | None = None
    passphrase_fd: int | None = None


class Keeping:
    """The ledger's side of one run. ``facts`` are the user's own facts, from the vault that is open."""

    def __init__(self, keeper: Keeper, facts: tuple[Fact, ...], *, digests_only: bool) -> None:
        from discretion.exposure.ledger import Kept

        self.facts = facts
        self._keeper = keeper
        self._digests_only = digests_only
        self._waiting: list[Told] = []
        self._characters = 0
        self._kept = Kept()

    def add(self, row: Row) -> None:
        """Keep every finding in a message of the user, whatever its severity."""
        from discretion.exposure.ledger import Told

        if not row.message.is_from_user:
            return
        self._waiting += [
            Told(row.message, finding, finding.detector == OWN_FACT) for finding in row.review.findings
        ]
        self._characters += len(row.message.text) if row.review.findings else 0
        if len(self._waiting) >= BATCH_FACTS or self._characters >= BATCH_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Put what is waiting into the vault: on return it is on the disk."""
        self._kept += self._keeper.keep(self._waiting)
        self._waiting.clear()
        self._characters = 0

    def document(self) -> dict[str, object]:
        """What was kept, for `--json`."""
        return {
            "platform": self._keeper.platform,
            "persona": self._keeper.persona,
            "digests_only": self._digests_only,
            "facts": self._kept.new + self._kept.again,
            "new": self._kept.new,
        }

    def sentence(self, *, complete: bool) -> str:
        """What was kept, in one line."""
        told = self._kept.new + self._kept.again
        persona = f" as {self._keeper.persona}" if self._keeper.persona else ""
        facts = f"{told:,} fact" if told == 1 else f"{told:,} facts"
        how = ", without their values" if self._digests_only else ""
        until = "" if complete else " Cancelled: what was read until then is kept; run it again for the rest."
        return f"Kept {facts} told to {self._keeper.platform}{persona}{how}: {self._kept.new:,} new.{until}"


@contextmanager
def keeping(options: KeepOptions | None, facts: Path | None) -> Iterator[Keeping | None]:
    """The vault and its ledger, open before the long work starts; ``None`` where nothing is to be kept.

    ``facts`` is the file of own facts that is used instead of the vault's. Raises ``PlatformNotNamed``,
    ``PersonaNotNamed``, ``FactsError``, ``NoPassphrase`` or ``VaultError``.
    """
    if options is None:
        yield None
        return
    from discretion.cli._passphrase import open_vault
    from discretion.exposure.ledger import Keeper
    from discretion.guard import load_facts
    from discretion.knowledge import platform_id
    from discretion.records import Source
    from discretion.vault import Asker, read_facts

    platform = platform_id(options.platform)
    given = load_facts(facts) if facts is not None else None
    with open_vault(options.passphrase_file, options.passphrase_fd) as vault:
        if given is None:
            kept = read_facts(vault, Asker("check", "cli"))
            given = tuple(Fact(fact.kind, fact.value, fact.aliases) for fact in kept)
        keeper = Keeper(
            vault,
            platform=platform,
            persona=options.persona,
            source=Source.IMPORT,
            digests_only=options.digests_only,
            own=[(fact.kind, words) for fact in given for words in (fact.value, *fact.aliases)],
        )
        yield Keeping(keeper, given, digests_only=options.digests_only)
