"""`discretion gateway pending`: how what waits is shown, and how it is asked for on a terminal."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.cli.gateways import environment, gateway
from tests.gateway.upstreams import throwaway_upstream

from discretion.cli._gateway_waiting import shown

NAME = "Quillfeather Okonkwo"


def _one(code: str = "hold", port: int = 7411, persona: str = "", wanted: str = "k7mq") -> dict[str, Any]:
    return {
        "port": port,
        "persona": persona,
        "id": wanted,
        "code": code,
        "reasons": ["Stand-ins would take the place of what was found. " * 3],
        "kinds": ["name", "street_address"],
        "asked_at": datetime(2026, 11, 25, 21, 5, tzinfo=UTC).isoformat(),
        "decision": None,
        "may": ["refuse", "mistake"] if code == "limit" else ["approve", "refuse", "mistake"],
    }


def test_an_entry_says_when_by_the_clock_here_and_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        told = shown([_one()])
    finally:
        monkeypatch.undo()
        time.tzset()
    assert "since 06:05" in told
    assert "UTC" not in told
    assert "street address" in told
    assert "gateway on" not in told, "there is one"
    assert max(map(len, told.splitlines()[:-1])) <= 80 + len("\x1b[33m\x1b[0m\x1b[1m\x1b[0m")


def test_several_gateways_are_told_apart() -> None:
    told = shown([_one(), _one(port=7412, persona="Harbor", wanted="m2np")])
    assert "gateway on 7411" in told
    assert "gateway on 7412 as Harbor" in told


def test_a_limit_can_be_put_away_and_not_approved() -> None:
    told = shown([_one("limit")])
    assert "--approve" not in told
    assert "--refuse k7mq" in told


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("h") / "d"


def _asked(home: Path, work: Path, letters: list[tuple[str, str]], *wanted: str) -> tuple[int, str]:
    """The command on a terminal: what to wait for, and what is typed then."""
    main, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "discretion", "gateway", "pending", *wanted],
        stdin=other, stdout=other, stderr=other, close_fds=True, env=environment(home, work / "h"),
    )  # fmt: skip
    os.close(other)
    told = ""
    for words, typed in letters:
        while words not in told.rsplit("\r\n", 1)[-1]:
            told += os.read(main, 1024).decode("utf-8", "replace")
        os.write(main, f"{typed}\n".encode())
    with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
        while part := os.read(main, 1024):
            told += part.decode("utf-8", "replace")
    os.close(main)
    return process.wait(30), told


def test_on_a_terminal_a_letter_decides(home: Path, tmp_path: Path) -> None:
    with (
        throwaway_upstream() as upstream,
        gateway(home, tmp_path, "--upstream", upstream.url, "--port", "0", "--mode", "ask") as (line, _),
    ):
        url = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        headers = {"authorization": f"Bearer {(home / 'gateway.token').read_text().strip()}"}
        body = {"model": "echo", "messages": [{"role": "user", "content": f"my real name is {NAME} btw"}]}
        answers: list[httpx2.Response] = []

        def send() -> None:
            answer = httpx2.post(
                f"{url}/chat/completions", json=body, headers=headers, timeout=60, trust_env=False
            )
            answers.append(answer)

        client = threading.Thread(target=send)
        client.start()
        told = ""
        until = time.monotonic() + 30
        while "Enter later" not in told:
            assert time.monotonic() < until, told
            _, told = _asked(home, tmp_path, [("", "")])
        assert not [word for word in NAME.split() if word in told]
        assert upstream.seen == [], "a bare Enter leaves it waiting"
        code, told = _asked(home, tmp_path, [("Enter later", "x"), ("Enter later", "a")])
        assert (code, "Approved." in told) == (0, True), told
        client.join(30)
        assert answers[0].status_code == 200
        code, told = _asked(home, tmp_path, [("all the same", "n")], "zzzz")
        assert (code, "nothing waits under that id" in told) == (2, True), told
