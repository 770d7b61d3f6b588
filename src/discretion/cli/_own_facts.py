"""The user's own facts for a verb: from the file that was named, else from the vault where it is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discretion.guard import Fact


def own_facts(
    verb: str, file: Path | None, passphrase_file: Path | None = None, passphrase_fd: int | None = None
) -> tuple[Fact, ...]:
    """The facts of ``file`` where given; else those of the vault, if it is unlocked or a passphrase is given.

    Asks nothing: with neither there are none, and the verb works without. Reading the vault leaves a row in
    its audit trail under ``verb``. Raises ``FactsError``, ``NoPassphrase`` or ``VaultError``.
    """
    from discretion.guard import Fact, load_facts

    if file is not None:
        return load_facts(file)
    from discretion.cli._passphrase import open_vault
    from discretion.vault import Asker, held_key, is_there, read_facts

    is_given = passphrase_file is not None or passphrase_fd is not None
    if not is_given and not (is_there() and held_key()):
        return ()
    with open_vault(passphrase_file, passphrase_fd) as vault:
        kept = read_facts(vault, Asker(verb, "cli"))
    return tuple(Fact(fact.kind, fact.value, fact.aliases) for fact in kept)
