"""What this process leaves of its memory: nothing."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4


def leave_no_image() -> None:
    """No core file of this process, and on Linux no look into its memory by others of the same user.

    Called before a passphrase or a key is in memory; it lasts as long as the process. Does nothing where the
    system has no such limits.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
