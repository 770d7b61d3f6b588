"""The vault: everything the program keeps, in one encrypted file that only the user opens.

Ground: it imports text and records alone, and every package may build on it.
"""

from __future__ import annotations

from discretion.vault._errors import (
    BackupNotReadable,
    Corrupt,
    Locked,
    NewerVault,
    NotSaved,
    NoVault,
    SelfTestFailed,
    UnsafePermissions,
    VaultError,
    VaultExists,
    WrongPassphrase,
)
from discretion.vault._home import home
from discretion.vault._kdf import Cost
from discretion.vault._vault import Cell, Vault, change_passphrase

__all__ = [
    "BackupNotReadable",
    "Cell",
    "Corrupt",
    "Cost",
    "Locked",
    "NewerVault",
    "NoVault",
    "NotSaved",
    "SelfTestFailed",
    "UnsafePermissions",
    "Vault",
    "VaultError",
    "VaultExists",
    "WrongPassphrase",
    "change_passphrase",
    "home",
]
