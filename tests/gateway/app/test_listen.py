"""The sockets: loopback on both families, one port, and a plain sentence where that cannot be."""

from __future__ import annotations

import socket

import pytest

from discretion.gateway._listen import listening_sockets
from discretion.gateway._run_folder import CannotListen


def _close(sockets: tuple[socket.socket, ...]) -> None:
    for one in sockets:
        one.close()


def test_a_free_port_is_taken_at_both_loopback_addresses() -> None:
    sockets = listening_sockets(0)
    try:
        names = [one.getsockname()[:2] for one in sockets]
        assert {host for host, _ in names} <= {"127.0.0.1", "::1"}
        assert names[0][0] == "127.0.0.1"
        assert len({port for _, port in names}) == 1
        assert {one.proto for one in sockets} == {socket.IPPROTO_TCP}, "else asyncio sets no TCP_NODELAY"
    finally:
        _close(sockets)


def test_a_second_gateway_on_the_port_is_told_so() -> None:
    sockets = listening_sockets(0)
    try:
        port = sockets[0].getsockname()[1]
        with pytest.raises(CannotListen, match=rf"port {port} is taken.*--port N"):
            listening_sockets(port)
    finally:
        _close(sockets)


def test_nobody_else_sits_on_the_other_loopback_address() -> None:
    try:
        other = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 here")
    with other, pytest.raises(CannotListen, match="taken"):
        listening_sockets(other.getsockname()[1])


@pytest.mark.parametrize("address", ["0.0.0.0", "8.8.8.8", "224.0.0.1"])
def test_it_never_listens_beyond_the_machine(address: str) -> None:
    with pytest.raises(CannotListen, match="this machine alone"):
        listening_sockets(0, address)


def test_an_address_that_this_machine_lacks_is_told_and_nothing_stays_open() -> None:
    with pytest.raises(CannotListen, match="cannot listen"):
        listening_sockets(0, "172.31.255.254")
