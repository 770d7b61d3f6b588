"""The window of a gateway: one quiet line, what needs the user, and a last line; never a word of a chat."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import pty
import signal
import subprocess
import sys
import time

import httpx2
import pytest
from tests.cli.gateways import environment
from tests.gateway.upstreams import throwaway_upstream

from discretion.cli._gateway_window import Window
from discretion.gateway._gatekeeper import Gatekeeper, Passed, Stopped
from discretion.gateway._keeping import Keeping
from discretion.gateway._settings import Mode, Settings
from discretion.gateway.wire import Endpoint, read_request
from discretion.guard.restore import RestoreCounts

NAME = "Quillfeather Okonkwo"
SAID = f"my real name is {NAME} by the way"


def judged(gatekeeper: Gatekeeper, text: str) -> Passed | Stopped:
    body = json.dumps({"model": "m", "messages": [{"role": "user", "content": text}]}).encode()
    return gatekeeper.judge(read_request(Endpoint.CHAT, body))


def test_the_line_follows_and_is_drawn_only_where_it_changed() -> None:
    gatekeeper, stream = Gatekeeper(Keeping(Settings())), io.StringIO()
    window = Window(gatekeeper, stream)
    window.look()
    window.look()
    assert stream.getvalue().count("\r") == 1
    judged(gatekeeper, SAID)
    window.look()
    last = stream.getvalue().rsplit("\x1b[2K", 1)[1]
    assert last == "  1 request · 2 stand-ins · 0 stopped · nothing waits"
    assert not [word for word in NAME.split() if word in stream.getvalue()]


def test_a_stand_in_that_turned_up_is_told_once() -> None:
    gatekeeper, stream = Gatekeeper(Keeping(Settings())), io.StringIO()
    window = Window(gatekeeper, stream)
    judged(gatekeeper, SAID)
    stand_in = gatekeeper.stand_ins()[0].stand_in
    window.look()
    assert "turned up" not in stream.getvalue()
    body = {"model": "m", "messages": [{"role": "system", "content": f"{stand_in} is the cook of the ship."}]}
    gatekeeper.judge(read_request(Endpoint.CHAT, json.dumps(body).encode()))
    window.look()
    window.look()
    told = stream.getvalue()
    assert told.count("A stand-in turned up in a card or in words of the chat") == 1
    assert "persona show - --stand-ins --all" in told
    assert stand_in not in told


def test_the_last_line_tells_of_what_did_not_come_back_as_it_should() -> None:
    gatekeeper, stream = Gatekeeper(Keeping(Settings())), io.StringIO()
    went = judged(gatekeeper, SAID)
    assert isinstance(went, Passed)
    for counts in (RestoreCounts(2, 1, 0), RestoreCounts(2, 0, 1)):
        gatekeeper.replied(went.ticket, counts, 0, 0, is_whole=True)
    window = Window(gatekeeper, stream)
    window.begin()
    window.end()
    last = stream.getvalue().rsplit("\x1b[2K", 1)[1]
    assert "In 10,000 replies: 5,000 stand-ins came back changed" in last
    assert "5,000 times somebody else of that name was meant" in last


HELD: list[tuple[Mode, str, str]] = [
    (Mode.ASK, "A message waits for you (name). See: discretion gateway pending", "mode ask"),
    (Mode.OBSERVE, "2 found and left as they are", "it only counts"),
]


@pytest.mark.parametrize(("mode", "says", "why"), HELD)
def test_a_mode_is_seen(mode: Mode, says: str, why: str) -> None:
    gatekeeper, stream = Gatekeeper(Keeping(Settings(mode=mode))), io.StringIO()
    window = Window(gatekeeper, stream)
    judged(gatekeeper, SAID)
    window.look()
    window.look()
    told = stream.getvalue()
    assert (says in told) or (mode is Mode.OBSERVE and "found and left as they are" in told), why
    assert told.count("pending") <= 1, "what waits is said once"
    for one in gatekeeper.pending():
        assert one.id in told
    assert not [word for word in NAME.split() if word in told]


def test_a_warning_stands_above_the_line_and_not_in_it() -> None:
    stream = io.StringIO()
    window = Window(Gatekeeper(Keeping(Settings())), stream)
    window.begin()
    try:
        logging.getLogger("discretion.gateway.anything").warning("could not %s", "keep it")
    finally:
        window.end()
    drawn = stream.getvalue().split("\x1b[2K")
    assert any(part.startswith("Discretion: could not keep it.\n") for part in drawn)
    assert drawn[-1].startswith("Ended. 0 requests")
    logging.getLogger("discretion.gateway.anything").warning("afterwards")
    assert "afterwards" not in stream.getvalue()


def test_a_gateway_that_never_began_says_nothing() -> None:
    stream = io.StringIO()
    Window(Gatekeeper(Keeping(Settings())), stream).end()
    assert stream.getvalue() == ""


def test_on_a_terminal_from_its_start_to_its_end(tmp_path_factory: pytest.TempPathFactory) -> None:
    home, work = tmp_path_factory.mktemp("h") / "d", tmp_path_factory.mktemp("w")
    main, other = pty.openpty()
    with throwaway_upstream() as upstream:
        process = subprocess.Popen(
            [sys.executable, "-m", "discretion", "gateway", "--upstream", upstream.url, "--port", "0",
             "--token-file", "token.txt"],
            stdin=other, stdout=other, stderr=other, close_fds=True, cwd=work,
            env=environment(home, work / "h"),
        )  # fmt: skip
        os.close(other)
        shown = _until(main, "nothing waits")
        assert "none: only what it finds by itself" in shown
        assert "nobody in particular" in shown
        assert f"goes to 127.0.0.1:{upstream.url.rsplit(':', 1)[1].partition('/')[0]}" in shown
        assert "No key is known" not in shown, "a model at home needs none"
        url = next(word for word in shown.split() if word.startswith("http://127.0.0.1:"))
        headers = {"authorization": f"Bearer {(work / 'token.txt').read_text().strip()}"}
        body = {"model": "echo", "messages": [{"role": "user", "content": SAID}]}
        answer = httpx2.post(
            f"{url}/chat/completions", json=body, headers=headers, timeout=60, trust_env=False
        )
        assert answer.status_code == 200
        shown += _until(main, "2 stand-ins")
        process.send_signal(signal.SIGTERM)
        shown += _until(main, "Ended.")
        with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
            while part := os.read(main, 1024):
                shown += part.decode()
        assert process.wait(30) == 0
    os.close(main)
    assert "Ended. 1 request, 2 stand-ins, 0 stopped." in shown
    assert not [word for word in NAME.split() if word in shown]
    assert home.stat().st_mode & 0o777 == 0o700, "also where the token lies elsewhere"
    assert (home / "run").stat().st_mode & 0o777 == 0o700


def _until(terminal: int, words: str) -> str:
    shown, until = "", time.monotonic() + 60
    while words not in shown:
        assert time.monotonic() < until, shown
        shown += os.read(terminal, 1024).decode("utf-8", "replace")
    return shown
