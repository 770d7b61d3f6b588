"""The sockets at which chat clients reach the gateway, bound before anybody is told of them."""

from __future__ import annotations

import errno
import ipaddress
import socket

from discretion.gateway._run_folder import CannotListen

DEFAULT_PORT = 7411
_TRIES = 20


def listening_sockets(port: int, bridge: str | None = None) -> tuple[socket.socket, ...]:
    """Sockets on ``port`` of 127.0.0.1, of ::1 where there is one, and of ``bridge``; 0 takes a free port.

    Both loopback addresses: clients that are told "localhost" try either, and nobody else shall sit on the
    other. Raises ``CannotListen``.
    """
    if bridge is not None:
        _check_bridge(bridge)
    addresses = ["127.0.0.1", "::1", *([bridge] if bridge else [])]
    for _ in range(_TRIES):
        try:
            return _bound(addresses, port)
        except OSError as error:
            if port == 0 and error.errno == errno.EADDRINUSE:
                continue  # free at one address and taken at another
            raise _said(port, error) from None
    raise CannotListen("no port is free at every address of this machine that the gateway listens on")


def _bound(addresses: list[str], port: int) -> tuple[socket.socket, ...]:
    made: list[socket.socket] = []
    try:
        for address in addresses:
            try:
                made.append(_bound_to(address, port))
            except OSError as error:
                is_without = error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
                if address != "::1" or not is_without:
                    raise
            port = made[0].getsockname()[1]
    except OSError:
        for one in made:
            one.close()
        raise
    return tuple(made)


def _bound_to(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # asyncio sends small pieces at once (TCP_NODELAY) only where the protocol is named; else 40 ms are lost.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((address, port))
        made.listen(256)  # else a second gateway could bind, too, until the first listens
    except OSError:
        made.close()
        raise
    return made


def _check_bridge(address: str) -> None:
    number = ipaddress.ip_address(address)
    if number.is_unspecified or number.is_multicast or not number.is_private:
        raise CannotListen("the gateway listens on this machine alone, or on a docker bridge of it")


def _said(port: int, error: OSError) -> CannotListen:
    if error.errno == errno.EADDRINUSE:
        return CannotListen(
            f"port {port} is taken; if a gateway runs there already, use it or stop it, "
            "else take another: --port N"
        )
    if error.errno == errno.EACCES:
        return CannotListen(f"port {port} is the system's; take one above 1023: --port N")
    return CannotListen(f"cannot listen on port {port}: {error.strerror}")
