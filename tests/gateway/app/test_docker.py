"""Where containers reach this machine: a docker bridge that the kernel knows, never anything wider."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import missing
from tests.gateway.app.running import TOKEN, a_gatekeeper

from discretion.gateway._docker import NoDockerBridge, address_of, docker_bridge
from discretion.gateway._serve import ServeOptions, serve
from discretion.gateway._upstream import Upstream

NETWORK = "br-0123456789ab"


def _interfaces(folder: Path, bridges: tuple[str, ...], others: tuple[str, ...] = ("lo", "eth0")) -> Path:
    for name in (*bridges, *others):
        (folder / name).mkdir()
    for name in bridges:
        (folder / name / "bridge").mkdir()
    return folder


@pytest.mark.parametrize(
    ("bridges", "others", "addresses", "found", "why"),
    [
        (("docker0",), ("eth0",), {"docker0": "172.17.0.1", "eth0": "10.0.0.4"}, "172.17.0.1", "its own"),
        ((NETWORK, "docker0"), (), {"docker0": "172.17.0.1", NETWORK: "172.18.0.1"}, "172.17.0.1", "first"),
        ((NETWORK,), (), {NETWORK: "172.18.0.1"}, "172.18.0.1", "a network that docker made"),
        ((NETWORK, "docker0"), (), {NETWORK: "172.18.0.1"}, "172.18.0.1", "docker0 without an address"),
        ((), ("docker0",), {"docker0": "172.17.0.1"}, None, "called so, but no bridge"),
        (("virbr0", "br0", "br-lan"), (), {"br0": "192.168.1.2", "br-lan": "192.168.1.3"}, None, "others"),
        (("docker0",), (), {"docker0": "203.0.113.9"}, "203.0.113.9", "no public address"),
        (("docker0",), (), {"docker0": "8.8.8.8"}, None, "an address that the whole net reaches"),
        (("docker0",), (), {"docker0": "0.0.0.0"}, None, "every address"),
        (("docker0",), (), {"docker0": "127.0.0.1"}, None, "loopback, which containers have one of"),
        (("docker0",), (), {"docker0": "169.254.3.4"}, None, "link-local"),
        ((), (), {}, None, "nothing"),
    ],
)  # fmt: skip
def test_the_bridge_is_docker_s_and_private(
    tmp_path: Path,
    bridges: tuple[str, ...],
    others: tuple[str, ...],
    addresses: Mapping[str, str],
    found: str | None,
    why: str,
) -> None:
    folder = _interfaces(tmp_path, bridges, others)

    def address(name: str) -> str:
        if name not in addresses:
            raise OSError("no address")
        return addresses[name]

    if found is None:
        with pytest.raises(NoDockerBridge, match="docker"):
            docker_bridge(folder, address)
    else:
        assert docker_bridge(folder, address) == found, why


def test_a_system_without_the_folder_has_none(tmp_path: Path) -> None:
    with pytest.raises(NoDockerBridge):
        docker_bridge(tmp_path / "gone")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_the_kernel_tells_an_interface_s_address() -> None:
    assert address_of("lo") == "127.0.0.1"
    with pytest.raises(OSError, match="No such device"):
        address_of("docker-none")


SETUP = (
    "mount -t sysfs none /sys && ip link set lo up && ip link add docker0 type bridge"
    " && ip addr add 172.17.0.1/16 dev docker0 && ip link set docker0 up"
)
PROGRAM = """
import asyncio, os, signal, sys, threading
from pathlib import Path
import httpx2
from discretion.gateway._gatekeeper import Gatekeeper
from discretion.gateway._keeping import Keeping
from discretion.gateway._serve import ServeOptions, serve
from discretion.gateway._settings import Settings
from discretion.gateway._upstream import Upstream

def ready(running):
    def look():
        for host, name in (("172.17.0.1", "host.docker.internal"), ("172.17.0.1", "172.17.0.1"),
                           ("127.0.0.1", "localhost"), ("172.17.0.1", "evil.example")):
            headers = {"host": f"{name}:{running.port}", "x-api-key": "a-token-of-the-tests"}
            print(httpx2.get(f"http://{host}:{running.port}/health", headers=headers).status_code, flush=True)
        os.kill(os.getpid(), signal.SIGTERM)
    print(running.line)
    threading.Thread(target=look).start()

upstream = Upstream("http://127.0.0.1:9/v1")
asyncio.run(serve(ServeOptions(Gatekeeper(Keeping(Settings())), upstream, "a-token-of-the-tests", port=0,
                               folder=Path(sys.argv[1]), is_docker=True, ready=ready)))
"""


@pytest.fixture
def in_namespace() -> tuple[str, ...]:
    """The beginning of a command that runs in a network of its own, with a docker bridge in it."""
    prefix = ("unshare", "-rnm", "sh", "-c", f'{SETUP} && exec "$@"', "sh")
    try:
        done = subprocess.run([*prefix, "true"], check=False, capture_output=True)
    except FileNotFoundError:
        missing("namespaces", "unshare is not installed")
    if done.returncode:
        missing("namespaces", "this machine lets nobody make a network of their own")
    return prefix


def test_containers_reach_it_at_the_bridge_and_nobody_elsewhere(
    tmp_path: Path, in_namespace: tuple[str, ...]
) -> None:
    environment = {**os.environ, "PYTHONPATH": "src"}
    command = [*in_namespace, sys.executable, "-c", PROGRAM, str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=60)
    line, *statuses = done.stdout.splitlines()
    assert "for containers http://172.17.0.1:" in line, done.stderr
    assert statuses == ["200", "200", "200", "403"]
    assert done.returncode == 0


def test_without_a_bridge_nothing_listens(tmp_path: Path) -> None:
    try:
        docker_bridge()
    except NoDockerBridge:
        options = ServeOptions(a_gatekeeper(), Upstream("http://127.0.0.1:9/v1"), TOKEN, 0, is_docker=True)
        with pytest.raises(NoDockerBridge):
            asyncio.run(serve(replace(options, folder=tmp_path)))
        assert list(tmp_path.iterdir()) == []
    else:
        pytest.skip("docker runs here")
