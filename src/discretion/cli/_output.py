"""What to do where the program's own output cannot be written."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from discretion.records import DiscretionError

_LOST = frozenset({errno.EPIPE, errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EDQUOT})


class OutputLost(DiscretionError):
    """Standard output cannot take the report; ``is_quiet`` where its reader went away, as `| head` does."""

    exit_code = 2

    def __init__(self, error: OSError) -> None:
        super().__init__(f"cannot write the output: {error.strerror}")
        self.is_quiet = error.errno == errno.EPIPE


@contextmanager
def output() -> Iterator[None]:
    """Raise ``OutputLost`` for what cannot be written; the interpreter then does not try again at its end."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in _LOST:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputLost(error) from None
