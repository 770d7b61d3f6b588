"""Trials of making a vault and of changing its passphrase: killed at every system call, what opens then."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.vault_trials import CALLS, Made, killing
from discretion.vault import Cost, Vault, WrongPassphrase

OLD, NEW = "ferret umbrella 41 candle", "windmill 77 sausage lantern"
LEAST = Cost(64 * 1024, 3)
_START = "from pathlib import Path; from discretion.vault import *; place = Path(%r); cost = Cost(65536, 3)\n"
_INIT = _START + "Vault.create(%r, place, cost=cost).close()"
_CHANGE = _START + "change_passphrase(%r, %r, place, cost=cost)"


def _killed(program: str, step: int, begin: Callable[[], object]) -> Iterator[None]:
    """Run ``program`` again and again, killed on entering one system call after another."""
    for call in CALLS:
        for number in itertools.count(1, step):
            begin()
            command = [*killing(call, number), sys.executable, "-c", program]
            if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                break
            yield


def _opens(passphrase: str, folder: Path) -> bool:
    try:
        Vault.open(passphrase, folder).close()
    except WrongPassphrase:
        return False
    return True


def killed_changes(made: Made, place: Path, *, step: int = 1) -> Counter[str]:
    """How many kills left the ``old`` passphrase, the ``new`` one, or (``wrong``) something else."""
    told: Counter[str] = Counter()
    for _ in _killed(_CHANGE % (str(place), OLD, NEW), step, lambda: made.copy(place)):
        opens = [name for name, words in (("old", OLD), ("new", NEW)) if _opens(words, place)]
        left = sorted(path.name for path in place.iterdir())
        is_right = len(opens) == 1 and left == ["vault.db", "vault.key", "vault.mark"]
        told[opens[0] if is_right else "wrong"] += 1
    return told


def killed_inits(place: Path, *, step: int = 1) -> Counter[str]:
    """How many kills left a vault that ``opens``, nothing in the next one's way (``again``), or ``wrong``."""
    told: Counter[str] = Counter()
    for _ in _killed(_INIT % (str(place), OLD), step, lambda: shutil.rmtree(place, ignore_errors=True)):
        if (place / "vault.key").exists():
            told["opens" if _opens(OLD, place) else "wrong"] += 1
        else:
            Vault.create(NEW, place, cost=LEAST).close()
            told["again" if _opens(NEW, place) and not (place / ".vault.new").exists() else "wrong"] += 1
    return told
