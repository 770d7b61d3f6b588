"""What a change of the passphrase that was killed left behind: overwritten, then removed.

Such a file may hold the data key under a passphrase that is no longer the vault's.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from discretion.vault._errors import Locked, NotSaved
from discretion.vault._files import shred
from discretion.vault._key_file import KEY_FILE
from discretion.vault._lock import alone


def leftovers(folder: Path) -> list[Path]:
    """Key files under other names: of a change that is under way, or was killed."""
    return sorted(path for path in folder.glob(f".{KEY_FILE}.*") if path.is_symlink() or path.is_file())


def remove_leftovers(folder: Path) -> None:
    """Overwrite and remove them; called by the one that holds the folder alone. Raises ``NotSaved``."""
    for path in leftovers(folder):
        if path.lstat().st_nlink > 1:  # another name of a file that is in use: its bytes stay
            path.unlink()
        else:
            shred(path)


def sweep(folder: Path) -> None:
    """The same on opening, unless a change is under way; where the disk refuses, the next command tries."""
    if leftovers(folder):
        with contextlib.suppress(Locked, NotSaved, OSError), alone(folder, patience_s=0.0):
            remove_leftovers(folder)
