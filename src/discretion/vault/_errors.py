"""What can go wrong with the vault.

DiscretionError
└── VaultError               leaves with 2; the message says what happened and what to do, never a value
    ├── NoVault              there is none here
    ├── VaultExists          there is one already
    ├── WrongPassphrase      it opens nothing
    ├── Corrupt              a byte of the vault is not what was written
    ├── Locked               another command holds it for too long
    ├── UnsafePermissions    others can reach a file or folder of the vault
    ├── NotSaved             no room, or the disk refused; the message says what holds
    ├── NewerVault           made by a later version of the program
    ├── KeychainNotUsable    the system's keychain does not open the vault; the passphrase does
    ├── TrailBroken          a row of the audit trail was changed, removed or cut off
    ├── SelfTestFailed       the cryptography of this installation computes wrong results
    └── BackupNotReadable    a backup is cut short, damaged or no backup
"""

from __future__ import annotations

from typing import ClassVar

from discretion.records import DiscretionError


class VaultError(DiscretionError):
    """The vault cannot be used as asked."""

    exit_code: ClassVar[int] = 2


class NoVault(VaultError):
    """There is no vault in this folder."""


class VaultExists(VaultError):
    """There is a vault already, and it stays."""


class WrongPassphrase(VaultError):
    """The passphrase does not open the wrapped key."""


class Corrupt(VaultError):
    """The vault is damaged: an authentication tag, a checksum or a structure does not hold."""


class Locked(VaultError):
    """Another command is writing and did not finish in time."""


class UnsafePermissions(VaultError):
    """A file or folder of the vault is not the user's alone."""


class NotSaved(VaultError):
    """The disk did not take what was to be written; the message says where it is kept all the same."""


class NewerVault(VaultError):
    """The vault was written by a later version of Discretion."""


class KeychainNotUsable(VaultError):
    """The system's keychain is not there, locked, or does not open this vault."""


class TrailBroken(VaultError):
    """The audit trail's chain does not hold."""


class SelfTestFailed(VaultError):
    """A cryptographic part of this installation does not give the published answers."""


class BackupNotReadable(VaultError):
    """The file is no whole backup of a vault."""
