"""The systems that are measured: each started as its users start it, in front of the same upstream.

Every one runs as a process of its own on loopback, offline, with a home folder of its own that is deleted and
none of the variables of the person who runs the benchmark.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gateway_client import Where
from benchmarks.gateway_peers.catalogue import catalogue
from benchmarks.gateway_upstream import MODELS
from benchmarks.shared_data import REPOSITORY

TOKEN = "a-token-for-the-benchmark"
PATIENCE = 180.0
"""Seconds until a system has to accept connections."""
OURS, OURS_FACTS = "discretion", "discretion_facts"
DIRECT = "direct"
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_TELEMETRY": "False",
    "OTEL_SDK_DISABLED": "true",
    "ANONYMOUS_USAGE_TRACKING": "false",
    "NO_PROXY": "*",
    "PYTHONUNBUFFERED": "1",
}
_FACTS = (
    ("name", "Jess Okafor", ("Jess",)),
    ("name", "Maddie Okafor", ("Maddie",)),
    ("location", "Tulsa", ()),
    ("street_address", "22 Oakfield Road", ()),
    ("workplace", "Brackwater General", ()),
    ("pet", "Biscuit", ()),
)
"""What a user keeps about themself: nothing of the landlord, nothing with a form of its own."""


class SystemFailed(Exception):
    """A system did not start or went away; the message says which and how."""


@dataclass(frozen=True, slots=True)
class Running:
    """A system that accepts requests; ``pid`` is the process whose memory counts."""

    where: Where
    pid: int
    started_s: float


@dataclass(frozen=True, slots=True)
class Command:
    """How a system is started: arguments, its own variables, files it reads, the token it wants."""

    arguments: Sequence[str]
    variables: Mapping[str, str]
    files: Mapping[str, str]
    token: str = TOKEN


def systems() -> list[str]:
    """Every system that can be measured here, ours first."""
    peers = [name for name, peer in catalogue().items() if peer.is_installed and not peer.is_upstream]
    return [OURS, OURS_FACTS, *peers]


@contextmanager
def upstream(gap_ms: float) -> Iterator[Where]:
    """The throwaway provider."""
    command = [sys.executable, "-m", "benchmarks.gateway_upstream", "--gap-ms", str(gap_ms)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Where(int(process.stdout.readline()))
        process.stdin.close()


@contextmanager
def started(name: str, provider: Where, home: Path) -> Iterator[Running]:
    """One system in front of ``provider``; ``direct`` is the provider itself. Raises ``SystemFailed``."""
    if name == DIRECT:
        yield Running(provider, os.getpid(), 0.0)
        return
    port = _free_port()
    command = _COMMANDS[name](port, provider.port, home)
    for file, text in command.files.items():
        path = home / file
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "SYSTEMROOT") if key in os.environ}
    variables = kept | _OFFLINE | {"HOME": str(home), "TMPDIR": str(home)} | dict(command.variables)
    began = time.perf_counter()
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command.arguments, env=variables, cwd=home, stdout=log, stderr=log)
    try:
        _wait(name, process, port, home)
        yield Running(Where(port, command.token), process.pid, time.perf_counter() - began)
        if process.poll() is not None:
            raise SystemFailed(f"{name} ended while it was measured (exit {process.returncode})")
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def memory_mib(pid: int) -> float:
    """What a process holds, its children included; 0 where the system does not say."""
    total = 0
    for each in (pid, *_children(pid)):
        try:
            status = Path(f"/proc/{each}/status").read_text(encoding="utf-8")
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return total / 1024


def _children(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    except OSError:
        return []
    own = [int(one) for one in told.split()]
    return [*own, *(each for one in own for each in _children(one))]


def _wait(name: str, process: subprocess.Popen[bytes], port: int, home: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            last = (home / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise SystemFailed(f"{name} did not start (exit {process.returncode}): {''.join(last)[:200]}")
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemFailed(f"{name} accepted no connection within {PATIENCE:.0f} s")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _ours(port: int, provider: int, home: Path, *facts: str) -> Command:
    arguments = [sys.executable, "-m", "discretion", "gateway", "--port", str(port)]
    arguments += [
        "--upstream",
        f"http://127.0.0.1:{provider}/v1",
        "--token-file",
        str(home / "token"),
        *facts,
    ]
    files = {"token": TOKEN + "\n", "facts.toml": _facts()}
    variables = {"DISCRETION_HOME": str(home / "home"), "PYTHONPATH": str(REPOSITORY / "src")}
    return Command(arguments, variables, files)


def _ours_with_facts(port: int, provider: int, home: Path) -> Command:
    return _ours(port, provider, home, "--facts", str(home / "facts.toml"))


def _facts() -> str:
    rows = []
    for kind, value, aliases in _FACTS:
        told = f"aliases = {json.dumps(list(aliases))}\n" if aliases else ""
        rows.append(f'[[fact]]\nkind = "{kind}"\nvalue = "{value}"\n{told}')
    return "\n".join(rows)


def _privaite(port: int, provider: int, home: Path) -> Command:
    params = {"api_base": f"http://127.0.0.1:{provider}/v1", "api_key": "none"}
    providers = [
        {"model_name": name, "litellm_params": {"model": f"openai/{name}", **params}} for name in MODELS
    ]
    settings = {
        "server": {"host": "127.0.0.1", "port": port, "log_level": "warning"},
        "providers": providers,
        "pii": {
            "preset": "light",
            "detection_cache": {"enabled": True},
            "detectors": {"presidio": {"languages": ["en"]}},
        },
    }
    arguments = [str(catalogue()["privaite"].python), "-m", "privaite", "--config", "privaite.yaml"]
    # JSON is YAML.
    return Command(arguments, {"PRIVAITE_API_KEYS": TOKEN}, {"privaite.yaml": json.dumps(settings)})


def _llm_shield_proxy(port: int, provider: int, home: Path) -> Command:
    program = str(catalogue()["llm_shield_proxy"].script("llm-shield-proxy"))
    variables = {
        "UPSTREAM_BASE_URL": f"http://127.0.0.1:{provider}",
        "UPSTREAM_API_KEY": "unused",
        "VALID_VIRTUAL_KEYS": TOKEN,
    }
    return Command([program, "--host", "127.0.0.1", "--port", str(port)], variables, {})


_COMMANDS: dict[str, Callable[[int, int, Path], Command]] = {
    OURS: _ours,
    OURS_FACTS: _ours_with_facts,
    "privaite": _privaite,
    "llm_shield_proxy": _llm_shield_proxy,
}
