"""The gateway as a process of its own: its line, its log, its files, its end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from tests.gateway.app.running import HELLO, KEY, TOKEN, VALUES, chat_body
from tests.gateway.upstreams import ThrowawayUpstream, throwaway_upstream

from discretion.gateway._control_client import Control

MARKER = "planted-marker-9"
PROGRAM = """
import asyncio, logging, sys
from pathlib import Path
from discretion.gateway._gatekeeper import Gatekeeper
from discretion.gateway._keeping import Keeping
from discretion.gateway._record import log_to
from discretion.gateway._serve import ServeOptions, serve
from discretion.gateway._settings import Settings
from discretion.gateway._upstream import Upstream
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
log_to(sys.stderr)
folder, url, token, key, port = sys.argv[1:]
gatekeeper = Gatekeeper(Keeping(Settings()))
asyncio.run(serve(ServeOptions(gatekeeper, Upstream(url, key), token, port=int(port), folder=Path(folder))))
gatekeeper.close()
"""


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThrowawayUpstream]:
    with throwaway_upstream() as made:
        yield made


@contextmanager
def _process(folder: Path, url: str, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A gateway in a process that logs everything it can, and its URL."""
    command = [sys.executable, "-X", "dev", "-c", PROGRAM, str(folder), url, TOKEN, KEY, str(port)]
    environment = {**os.environ, "PYTHONWARNINGS": "default", "PYTHONPATH": "src"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        try:
            yield process, found[0] if found else ""
        finally:
            if process.poll() is None:
                process.kill()


def _client(url: str) -> httpx2.Client:
    return httpx2.Client(
        base_url=url, headers={"authorization": f"Bearer {TOKEN}"}, timeout=20, trust_env=False
    )


def test_one_line_then_work_then_a_clean_end(tmp_path: Path, upstream: ThrowawayUpstream) -> None:
    with _process(tmp_path, upstream.url) as (process, url), _client(url) as client:
        assert client.post("/v1/chat/completions", json=chat_body()).status_code == 200
        told: list[str] = []

        def stream() -> None:
            body = chat_body("a long story " * 200, "slow", stream=True)
            told.append(client.post("/v1/chat/completions", json=body).text)

        streaming = threading.Thread(target=stream)
        upstream.seen.clear()
        streaming.start()
        while not upstream.seen:
            time.sleep(0.01)
        time.sleep(0.3)
        began = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
        assert time.perf_counter() - began < 3
        streaming.join(5)
        assert "Discretion was stopped" in told[0]
        assert list((tmp_path / "run").iterdir()) == []
        assert process.stdout
        assert process.stdout.read() == ""


def test_ctrl_c_is_as_good(tmp_path: Path, upstream: ThrowawayUpstream) -> None:
    with _process(tmp_path, upstream.url) as (process, url):
        assert url
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 0


def test_a_second_gateway_on_the_port_says_so(tmp_path: Path, upstream: ThrowawayUpstream) -> None:
    with _process(tmp_path, upstream.url) as (_, url):
        port = int(url.rpartition(":")[2])
        with _process(tmp_path, upstream.url, port) as (second, line):
            assert line == ""
            assert second.wait(10) == 1
            assert second.stderr
            assert f"port {port} is taken" in second.stderr.read()
        assert [one.port for one in Control.running(tmp_path)] == [port]


def test_one_that_was_killed_is_followed_by_another_on_the_same_port(
    tmp_path: Path, upstream: ThrowawayUpstream
) -> None:
    with _process(tmp_path, upstream.url) as (process, url):
        port = int(url.rpartition(":")[2])
        process.kill()
        process.wait(5)
        assert Control.running(tmp_path) == []
        assert len(list((tmp_path / "run").iterdir())) == 2
    with _process(tmp_path, upstream.url, port) as (process, url), _client(url) as client:
        assert client.post("/v1/chat/completions", json=chat_body()).status_code == 200
        assert [one.state()["requests"] for one in Control.running(tmp_path)] == [1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    assert list((tmp_path / "run").iterdir()) == []


def test_no_value_is_ever_written_down(tmp_path: Path, upstream: ThrowawayUpstream) -> None:
    """All loggers at DEBUG: a library's own lines would show, too."""
    with _process(tmp_path, upstream.url) as (process, url), _client(url) as client:
        headers = {"x-marker": MARKER, "user-agent": MARKER, "cookie": MARKER}
        for model in ("echo", "500", "dies", "garbage", "page", "redirects", "cookies"):
            for stream in (False, True):
                body = chat_body(f"{HELLO} {MARKER}", model, stream=stream)
                client.post("/v1/chat/completions", json=body, headers=headers)
        client.post(f"/v1/{MARKER}?q={MARKER}", content=MARKER.encode(), headers=headers)
        client.request("GET", f"/v1/models?q={MARKER}", headers={**headers, "host": MARKER})
        client.request(MARKER.upper(), "/v1/models")
        client.post("/v1/chat/completions", content=f'{{"{MARKER}": '.encode())
        client.post("/v1/chat/completions", json={"model": MARKER, "messages": [{"role": MARKER}]})
        for control in Control.running(tmp_path):
            control.state()
        process.send_signal(signal.SIGTERM)
        _, written = process.communicate(timeout=5)
    assert "POST chat 200" in written
    assert "total=" in written
    for planted in (MARKER, MARKER.upper(), TOKEN, KEY, *VALUES[:2], "Traceback"):
        assert planted not in written, written
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left == []


def test_an_error_that_nobody_foresaw_shows_its_type_alone(
    upstream: ThrowawayUpstream, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import logging

    from tests.gateway.app.running import a_gatekeeper, running_gateway

    gatekeeper = a_gatekeeper()

    def fails(request: object) -> None:
        raise LookupError(MARKER)

    gatekeeper.judge = fails  # type: ignore[method-assign, assignment]
    with caplog.at_level(logging.DEBUG), running_gateway(tmp_path, upstream.url, gatekeeper) as gateway:
        upstream.seen.clear()
        back = gateway.chat()
    assert back.status_code == 400
    assert "LookupError" in back.json()["error"]["message"]
    assert MARKER not in back.text + caplog.text
    assert "LookupError" in caplog.text
    assert upstream.seen == []
