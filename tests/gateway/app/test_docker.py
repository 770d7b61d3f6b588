"""Where containers reach this machine: a docker bridge that the kernel knows, never anything wider."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from discretion.gateway._docker import NoDockerBridge, address_of, docker_bridge

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
