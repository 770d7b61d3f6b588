"""The servers of `gateway verify`: a throwaway upstream and a gateway of its own, on free local ports."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn

from discretion.gateway._gatekeeper import Gatekeeper
from discretion.gateway._keeping import Keeping
from discretion.gateway._serve import Running, ServeOptions, serve
from discretion.gateway._settings import Settings
from discretion.gateway._upstream import Upstream
from discretion.gateway._verify_plan import plan
from discretion.gateway._verify_upstream import Echo
from discretion.records import DiscretionError


class NotVerified(DiscretionError):
    """The proof could not be made; the message says where it stopped."""

    exit_code = 2


@asynccontextmanager
async def throwaway_upstream(echo: Echo) -> AsyncIterator[str]:
    """The base URL of a server that ``echo`` answers for. Raises ``NotVerified``."""
    server = uvicorn.Server(
        uvicorn.Config(
            echo.application,
            host="127.0.0.1",
            port=0,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
        )
    )
    running = asyncio.create_task(server.serve())
    try:
        while not server.started:
            if running.done():
                raise NotVerified("no port of this machine is free for a throwaway platform")
            await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    finally:
        server.should_exit = True
        await running


@asynccontextmanager
async def throwaway_gateway(upstream: Upstream, token: str) -> AsyncIterator[str]:
    """The URL of a gateway in front of ``upstream``: its table in memory, its run folder thrown away.

    Raises ``NotVerified`` or ``CannotListen``.
    """
    gatekeeper = Gatekeeper(Keeping(Settings(card=plan().card)))
    stop = asyncio.Event()
    ready: asyncio.Future[Running] = asyncio.get_running_loop().create_future()
    with tempfile.TemporaryDirectory(prefix="dv-") as folder:
        options = ServeOptions(
            gatekeeper, upstream, token, port=0, folder=Path(folder), ready=ready.set_result, stop=stop
        )
        running = asyncio.create_task(serve(options))
        try:
            while not ready.done():
                if running.done():
                    running.result()
                    raise NotVerified("the gateway ended before it began")
                await asyncio.sleep(0.005)
            yield f"http://127.0.0.1:{ready.result().port}"
        finally:
            stop.set()
            await running
            gatekeeper.close()
