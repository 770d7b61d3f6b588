"""No image of a process that had a passphrase or a key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BEGIN = """
import ctypes, os, resource, sys
from contextlib import suppress
from pathlib import Path
from discretion.cli._passphrase import NoPassphrase, read_passphrase
from discretion.vault import Vault, VaultError
nowhere = Path(sys.argv[1]) / "nowhere"
"""
END = """
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux whether a process is dumpable")
@pytest.mark.parametrize(
    "door",
    [
        "with suppress(NoPassphrase): read_passphrase(nowhere, None)",
        "with suppress(VaultError): Vault.open('x', nowhere)",
        "with suppress(VaultError): Vault.open_with_key(bytes(32), nowhere)",
        "with suppress(VaultError): Vault.create('x', Path('/dev/null/x'))",
    ],
)
def test_every_door_forbids_a_core_file_first(tmp_path: Path, door: str) -> None:
    command = [sys.executable, "-c", BEGIN + door + END, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "(0, 0) 0\n"
