"""The address at which containers on this machine reach it: that of a docker bridge, read from the system."""

from __future__ import annotations

import ipaddress
import re
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from discretion.records import DiscretionError

INTERFACES = Path("/sys/class/net")
HOST_NAME = "host.docker.internal"
"""The name for the host that ``--add-host=host.docker.internal:host-gateway`` gives a container."""
_BRIDGE = re.compile(r"docker0|br-[0-9a-f]{12}")
_SIOCGIFADDR = 0x8915
"""Get the IPv4 address of an interface (netdevice(7), linux/sockios.h)."""


class NoDockerBridge(DiscretionError):
    """This machine has no docker bridge with a private address."""

    exit_code: ClassVar[int] = 2


def address_of(interface: str) -> str:
    """The IPv4 address of a network interface. Raises ``OSError`` where it has none."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        told = fcntl.ioctl(asked.fileno(), _SIOCGIFADDR, struct.pack("256s", interface.encode()[:15]))
    return socket.inet_ntoa(told[20:24])


def docker_bridge(interfaces: Path = INTERFACES, address: Callable[[str], str] = address_of) -> str:
    """The address of docker's own bridge (docker0), else of the first network that docker made (br-…).

    Only an interface that the kernel says is a bridge, and only a private address: never one at which others
    could reach this machine. Raises ``NoDockerBridge``.
    """
    for name in sorted(_names(interfaces), key=lambda one: (one != "docker0", one)):
        if not _BRIDGE.fullmatch(name) or not (interfaces / name / "bridge").is_dir():
            continue
        try:
            found = ipaddress.IPv4Address(address(name))
        except (OSError, ValueError):
            continue
        if found.is_private and not (found.is_loopback or found.is_link_local or found.is_unspecified):
            return str(found)
    raise NoDockerBridge(
        "this machine has no docker bridge (docker0 or br-…) with a private address; with Docker Desktop "
        f"leave --docker out: containers reach this machine as {HOST_NAME}"
    )


def _names(interfaces: Path) -> list[str]:
    try:
        return [one.name for one in interfaces.iterdir()]
    except OSError:
        return []
