"""The gateway as a process: two servers in one loop, one line when they accept, a clean end on a signal."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette

from discretion.gateway._access import Access, checked_origin, own_hosts
from discretion.gateway._control import control_application
from discretion.gateway._docker import HOST_NAME, docker_bridge
from discretion.gateway._limits import Limits
from discretion.gateway._listen import DEFAULT_PORT, listening_sockets
from discretion.gateway._patience import patient_protocol
from discretion.gateway._record import LOG
from discretion.gateway._run_folder import open_control
from discretion.gateway._upstream import Upstream
from discretion.gateway.app import application

if TYPE_CHECKING:
    from ssl import SSLContext

    from discretion.gateway._gatekeeper import Gatekeeper

_SIGNALS = tuple(
    number for name in ("SIGTERM", "SIGINT", "SIGHUP") if (number := getattr(signal, name, None)) is not None
)
_LIBRARIES = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "asyncio", "httpx2", "httpcore2")
_SWITCH_S = 0.001
"""How long a thread that reviews may keep the interpreter while streams wait (Python's own: 5 ms)."""


def say(line: str) -> None:
    """A line on standard output, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@dataclass(frozen=True, slots=True)
class Running:
    """A gateway that accepts connections: its port, and the addresses at which it does."""

    port: int
    addresses: tuple[str, ...]
    upstream: str

    @property
    def url(self) -> str:
        """What goes into a client's settings."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def line(self) -> str:
        """The one line that says so."""
        others = "".join(f", for containers http://{one}:{self.port}/v1" for one in self.addresses)
        return f"Discretion is ready at {self.url}{others} and sends what it has checked to {self.upstream}."


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What a gateway needs to run.

    ``token`` is what chat clients show; ``hosts`` and ``origins`` are allowed beside its own. ``folder`` is
    the home, by default the user's. ``ready`` is told once connections are accepted; ``stop`` ends it as a
    signal does. ``tls`` says which authorities are trusted, by default the system's.
    """

    gatekeeper: Gatekeeper
    upstream: Upstream
    token: str = field(repr=False)
    port: int = DEFAULT_PORT
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    is_docker: bool = False
    folder: Path | None = None
    limits: Limits = field(default_factory=Limits)
    ready: Callable[[Running], None] = lambda running: say(running.line)
    stop: asyncio.Event | None = None
    tls: SSLContext | None = None


async def serve(options: ServeOptions) -> None:
    """Run the gateway until a signal ends it; open streams are ended in a way that clients understand.

    Raises ``CannotListen``, ``NoDockerBridge``, ``AccessNotUsable`` or ``VaultError`` before it accepts
    anything.
    """
    bridge = docker_bridge() if options.is_docker else None
    others = (bridge, HOST_NAME) if bridge else ()
    origins = frozenset(checked_origin(one) for one in options.origins)
    own_hosts(0, others, options.hosts)  # what cannot be allowed is said before anything is bound
    sockets = listening_sockets(options.port, bridge)
    try:
        port = int(sockets[0].getsockname()[1])
        access = Access(options.token, own_hosts(port, others, options.hosts), origins)
        files, control_socket, control_token = open_control(port, options.folder)
    except BaseException:
        for one in sockets:
            one.close()
        raise
    try:
        api = application(
            options.gatekeeper, options.upstream, access, limits=options.limits, tls=options.tls
        )
        control = control_application(options.gatekeeper, control_token)
        running = Running(port, (bridge,) if bridge else (), options.upstream.place)
        with _quiet_libraries():
            await _run(options, api, [*sockets], control, control_socket, running)
    finally:
        files.remove()
        for one in (*sockets, control_socket):
            one.close()


async def _run(
    options: ServeOptions,
    api: Starlette,
    sockets: list[socket.socket],
    control: Starlette,
    control_socket: socket.socket,
    running: Running,
) -> None:
    """Both servers, from the first connection to the last."""
    stop = options.stop or asyncio.Event()
    servers = [_Server(_config(api, options.limits)), _Server(_config(control, options.limits))]
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_value_free)
    with _signals_set(loop, stop):
        tasks = [
            asyncio.create_task(server.serve(sockets=bound))
            for server, bound in zip(servers, (sockets, [control_socket]), strict=True)
        ]
        waiting = asyncio.create_task(stop.wait())
        try:
            while not all(server.started for server in servers) and not any(task.done() for task in tasks):
                await asyncio.sleep(0.005)
            if not any(task.done() for task in tasks):
                options.ready(running)
                await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
            api.state.desk.stop()
            for server in servers:
                server.should_exit = True
            await asyncio.gather(*tasks)


class _Server(uvicorn.Server):
    """uvicorn's server, which leaves signals to us: it would hear them once for both and raise them again."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _config(app: Starlette, limits: Limits) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=patient_protocol(limits),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=int(limits.idle_s),
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=limits.head_bytes,
    )


@contextmanager
def _signals_set(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> Iterator[None]:
    """Signals set ``stop`` while inside; not possible, and not done, outside the main thread."""
    try:
        for number in _SIGNALS:
            loop.add_signal_handler(number, stop.set)
    except (NotImplementedError, RuntimeError, ValueError):
        yield
        return
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


@contextmanager
def _quiet_libraries() -> Iterator[None]:
    """No library writes a line: theirs hold addresses, paths and the words of exceptions."""
    loggers = [logging.getLogger(name) for name in _LIBRARIES]
    before = [(one, one.disabled) for one in loggers]
    switch = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        for one in loggers:
            one.disabled = True
        yield
    finally:
        sys.setswitchinterval(switch)
        for one, was_disabled in before:
            one.disabled = was_disabled


def _value_free(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What asyncio would print with a traceback: the type alone."""
    error = context.get("exception")
    LOG.warning("something went wrong between requests: %s", type(error).__name__ if error else "unknown")
