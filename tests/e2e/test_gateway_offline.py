"""Promise 1 for the gateway: while it runs, it connects to its upstream and to nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
from tests.cli.gateways import environment
from tests.conftest import missing
from tests.gateway.upstreams import throwaway_upstream

_PEER = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*AF_INET.*")
_BOUND = re.compile(r"\bbind\(.*AF_INET6?.*")
MESSAGE = "my name is Quillfeather Okonkwo, write to quillfeather@mail.example or call 918-555-0142"


def test_the_gateway_connects_to_its_upstream_alone(tmp_path: Path) -> None:
    if not shutil.which("strace"):
        missing("offline", "strace is not installed, so system calls cannot be watched")
    log, said = tmp_path / "calls", tmp_path / "said"
    with throwaway_upstream() as upstream, said.open("wb") as out:
        port = urlsplit(upstream.url).port
        watch = ("strace", "-D", "-f", "-e", "trace=network", "-o", str(log), "--")
        program = (sys.executable, "-m", "discretion", "gateway", "--port", "0")
        process = subprocess.Popen(
            [*watch, *program, "--upstream", upstream.url],
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL,
            env=environment(Path(tmp_path / "d"), tmp_path / "h"), cwd=tmp_path,
        )  # fmt: skip
        try:
            until = time.monotonic() + 120
            while not said.read_text().endswith("\n"):
                if process.poll() is not None:
                    missing("offline", "strace may not watch processes here")
                assert time.monotonic() < until
                time.sleep(0.1)
            url = next(word for word in said.read_text().split() if word.startswith("http://"))
            token = (tmp_path / "d" / "gateway.token").read_text().strip()
            body = {"model": "echo", "messages": [{"role": "user", "content": MESSAGE}]}
            headers = {"authorization": f"Bearer {token}"}
            for _ in range(2):
                answer = httpx2.post(
                    f"{url}/chat/completions", json=body, headers=headers, timeout=60, trust_env=False
                )
                assert answer.status_code == 200
        finally:
            process.terminate()
            process.wait(30)
    calls = log.read_text("utf-8", "replace")
    peers = _PEER.findall(calls)
    assert peers, "a test that cannot fail proves nothing"
    assert [one for one in peers if f"sin_port=htons({port})" not in one or '"127.0.0.1"' not in one] == []
    bound = [one for one in _BOUND.findall(calls) if '"127.0.0.1"' not in one and '"::1"' not in one]
    assert bound == [], "it listens on this machine alone"
