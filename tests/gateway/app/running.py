"""A gateway as it really runs, with its sockets and its run folder, beside a test."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2

from discretion.gateway._control_client import Control
from discretion.gateway._gatekeeper import Gatekeeper
from discretion.gateway._keeping import Keeping
from discretion.gateway._limits import Limits
from discretion.gateway._serve import Running, ServeOptions, serve
from discretion.gateway._settings import Mode, Settings
from discretion.gateway._upstream import Upstream

TOKEN = "discretion-token-of-the-tests"
KEY = "sk-upstream-key-of-the-tests"
HELLO = "hi, my name is Jessica Kowalski, text me at 918-555-0142"
VALUES = ("Jessica", "Kowalski", "918", "0142")


@dataclass(frozen=True)
class Gateway:
    """A gateway that runs."""

    port: int
    folder: Path
    gatekeeper: Gatekeeper
    client: httpx2.Client

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def control(self) -> Control:
        return next(one for one in Control.running(self.folder) if one.port == self.port)

    def chat(self, text: str = HELLO, model: str = "echo", **more: Any) -> httpx2.Response:
        """One chat request, its reply whole."""
        return self.client.post("/v1/chat/completions", json=chat_body(text, model, **more))


def chat_body(text: str = HELLO, model: str = "echo", **more: Any) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": text}], **more}


def a_gatekeeper(mode: Mode = Mode.SUBSTITUTE, **chosen: Any) -> Gatekeeper:
    return Gatekeeper(Keeping(Settings(mode=mode, **chosen)))


@contextmanager
def running_gateway(
    folder: Path, upstream: str, gatekeeper: Gatekeeper | None = None, *, key: str | None = KEY, **more: Any
) -> Iterator[Gateway]:
    """A gateway on a free port; what it raised, if anything, is raised at the end."""
    gatekeeper = gatekeeper or a_gatekeeper()
    is_ready, told, raised = threading.Event(), list[Running](), list[BaseException]()
    stop: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def ready(running: Running) -> None:
        told.append(running)
        is_ready.set()

    options = ServeOptions(
        gatekeeper, Upstream(upstream, key), TOKEN, port=0, folder=folder, ready=ready, **more
    )

    async def run() -> None:
        event = asyncio.Event()
        stop.append((asyncio.get_running_loop(), event))
        await serve(replace(options, stop=event))

    def in_thread() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:
            raised.append(error)
            is_ready.set()

    thread = threading.Thread(target=in_thread, daemon=True)
    thread.start()
    assert is_ready.wait(20)
    try:
        if told:
            base = f"http://127.0.0.1:{told[0].port}"
            headers = {"authorization": f"Bearer {TOKEN}"}
            with httpx2.Client(base_url=base, headers=headers, timeout=20, trust_env=False) as client:
                yield Gateway(told[0].port, folder, gatekeeper, client)
    finally:
        if told:
            stop[0][0].call_soon_threadsafe(stop[0][1].set)
        thread.join(5)
        gatekeeper.close()
    assert not thread.is_alive(), "the gateway does not stop"
    if raised:
        raise raised[0]


def raw_exchange(port: int, sent: bytes, *, seconds: float = 5.0) -> bytes:
    """What comes back for these very bytes, until the other end hangs up or nothing comes any more."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as link:
        link.sendall(sent)
        back = b""
        try:
            while part := link.recv(65536):
                back += part
        except TimeoutError:
            pass
        return back


def eventually(is_so: Any, seconds: float = 3.0) -> None:
    """Wait until ``is_so()``; fails if it does not become true in time."""
    until = time.perf_counter() + seconds
    while not is_so():
        assert time.perf_counter() < until, "it did not happen"
        time.sleep(0.01)


FAST = Limits(
    head_s=0.3,
    body_s=0.3,
    body_bytes=200_000,
    client_takes_s=0.5,
    connect_s=1.0,
    first_byte_s=0.5,
    between_bytes_s=0.4,
    reply_bytes=300_000,
    ask_s=10.0,
)
"""Limits that a test can wait for."""
