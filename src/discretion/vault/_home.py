"""Where everything lies that the program keeps, and that it is the user's alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from discretion.vault._errors import NotSaved, UnsafePermissions

VARIABLE = "DISCRETION_HOME"


def home() -> Path:
    """The folder of everything kept: ``$DISCRETION_HOME``, else the platform's user data folder."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("discretion", appauthor=False)


def make_private_folder(path: Path) -> None:
    """Make ``path`` with mode 0700 where it is missing, and refuse one that others can enter.

    Raises ``UnsafePermissions`` or ``NotSaved``.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotSaved(f"cannot make the folder {path}: {error.strerror}") from None
    check_private_folder(path)


def check_private_folder(path: Path) -> None:
    """Raise ``UnsafePermissions`` unless ``path`` is a folder that its owner alone, this user, may enter."""
    seen = path.stat()
    if not stat.S_ISDIR(seen.st_mode):
        raise UnsafePermissions(f"{path} is no folder")
    _check_owner(path, seen, "700")


def check_private_file(path: Path) -> None:
    """Raise ``UnsafePermissions`` unless ``path`` is a plain file of this user that no other may touch."""
    seen = path.lstat()
    if not stat.S_ISREG(seen.st_mode):
        raise UnsafePermissions(f"{path} is no plain file; a link could lead anywhere")
    _check_owner(path, seen, "600")


def _check_owner(path: Path, seen: os.stat_result, mode: str) -> None:
    if os.name != "posix":
        return
    if seen.st_uid != os.geteuid():
        raise UnsafePermissions(f"{path} belongs to another user; the vault must be yours alone")
    if stat.S_IMODE(seen.st_mode) & 0o077:
        raise UnsafePermissions(f"others can reach {path}; make it yours alone: chmod {mode} {path}")
