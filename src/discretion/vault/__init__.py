"""The vault: everything the program keeps, in one encrypted file that only the user opens.

Ground: it imports text and records alone, and every package may build on it.
"""

from __future__ import annotations

from discretion.vault._audit import Asker, AuditRow, Head, Trail, check_trail, note_query
from discretion.vault._backup import Backup, back_up, backup_head, restore
from discretion.vault._change import change_passphrase
from discretion.vault._destroy import NOT_PROMISED, destroy
from discretion.vault._digest import FactDigests
from discretion.vault._errors import (
    BackupNotReadable,
    Corrupt,
    KeychainNotUsable,
    Locked,
    NewerVault,
    NotSaved,
    NoVault,
    SelfTestFailed,
    TrailBroken,
    UnsafePermissions,
    VaultError,
    VaultExists,
    WrongPassphrase,
)
from discretion.vault._facts import FactNotValid, OwnFact, add_facts, count_facts, read_facts, remove_fact
from discretion.vault._hold import IDLE_S, held_key, is_held, lock, unlock
from discretion.vault._home import check_private_file, home
from discretion.vault._kdf import Cost
from discretion.vault._key_file import key_state
from discretion.vault._keychain import is_keychain_on, keychain_key, keychain_off, keychain_on
from discretion.vault._memory import leave_no_image
from discretion.vault._mend import mend
from discretion.vault._strength import Strength, strength
from discretion.vault._vault import Cell, Vault, is_there

__all__ = [
    "IDLE_S",
    "NOT_PROMISED",
    "Asker",
    "AuditRow",
    "Backup",
    "BackupNotReadable",
    "Cell",
    "Corrupt",
    "Cost",
    "FactDigests",
    "FactNotValid",
    "Head",
    "KeychainNotUsable",
    "Locked",
    "NewerVault",
    "NoVault",
    "NotSaved",
    "OwnFact",
    "SelfTestFailed",
    "Strength",
    "Trail",
    "TrailBroken",
    "UnsafePermissions",
    "Vault",
    "VaultError",
    "VaultExists",
    "WrongPassphrase",
    "add_facts",
    "back_up",
    "backup_head",
    "change_passphrase",
    "check_private_file",
    "check_trail",
    "count_facts",
    "destroy",
    "held_key",
    "home",
    "is_held",
    "is_keychain_on",
    "is_there",
    "key_state",
    "keychain_key",
    "keychain_off",
    "keychain_on",
    "leave_no_image",
    "lock",
    "mend",
    "note_query",
    "read_facts",
    "remove_fact",
    "restore",
    "strength",
    "unlock",
]
