"""The user's own facts for a verb: from the file that was named, else from the vault where it is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discretion.guard import Fact


def own_facts(
    verb: str, file: Path | None, passphrase_file: Path | None = None, passphrase_fd: int | None = None
) -> tuple[Fact, ...]:
    """The facts of ``file`` where given; else the vault's, if it opens unasked or a passphrase is given.

    It opens unasked while it is unlocked, or by the system's keychain where that is on. Asks nothing: where
    it does not open there are none, and the verb works without. Reading the vault leaves a row in its audit
    trail under ``verb``. Raises ``FactsError``, ``NoPassphrase`` or ``VaultError``.
    """
    from discretion.guard import Fact, load_facts

    if file is not None:
        return load_facts(file)
    from discretion.cli._passphrase import key_at_hand, open_vault
    from discretion.vault import Asker, Vault, is_there, read_facts

    if passphrase_file is not None or passphrase_fd is not None:
        opened = open_vault(passphrase_file, passphrase_fd)
    elif is_there() and (key := key_at_hand()):
        opened = Vault.open_with_key(key)
    else:
        return ()
    with opened as vault:
        kept = read_facts(vault, Asker(verb, "cli"))
    return tuple(Fact(fact.kind, fact.value, fact.aliases) for fact in kept)
