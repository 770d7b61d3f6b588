"""Steering a gateway that runs: over its Unix socket, with its token, and by nobody else."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from schemathesis import openapi as schemathesis_openapi
from schemathesis.specs.openapi.checks import ignored_auth
from tests.gateway.app.running import (
    HELLO,
    TOKEN,
    Gateway,
    a_gatekeeper,
    eventually,
    running_gateway,
)
from tests.gateway.upstreams import ThrowawayUpstream, throwaway_upstream

from discretion.gateway._control import control_application, openapi
from discretion.gateway._control_client import Control, ControlError
from discretion.gateway._settings import Mode

CONTROL = "control-token-of-the-tests"
PLACES = [
    ("GET", "/state"),
    ("GET", "/pending"),
    ("POST", "/pending/abcd"),
    ("GET", "/stand-ins"),
    ("POST", "/stand-ins/1"),
    ("POST", "/reload"),
    ("GET", "/openapi.json"),
    ("GET", "/nothing"),
]


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThrowawayUpstream]:
    with throwaway_upstream() as made:
        yield made


@pytest.fixture(scope="module")
def gateway(upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url) as made:
        made.chat()
        yield made


def _asked(gateway: Gateway, method: str, path: str, headers: dict[str, str], **more: Any) -> httpx2.Response:
    transport = httpx2.HTTPTransport(uds=str(gateway.control.socket))
    with httpx2.Client(transport=transport, base_url="http://gateway") as client:
        return client.request(method, path, headers=headers, **more)


@pytest.mark.parametrize(("method", "path"), PLACES)
def test_nothing_is_told_without_the_control_token(gateway: Gateway, method: str, path: str) -> None:
    right = f"Bearer {gateway.control.token}"
    rows = [
        ({}, 401, "none"),
        ({"authorization": f"Bearer {TOKEN}"}, 401, "the token of chat clients"),
        ({"x-api-key": gateway.control.token}, 401, "not where it belongs"),
        ({"authorization": f"{right}x"}, 401, "nearly"),
        ({"authorization": right, "origin": "https://evil.example"}, 403, "a page"),
        ({"authorization": right, "origin": "null"}, 403, "a page without a name"),
        ({"origin": "https://evil.example"}, 403, "a page without the token"),
    ]  # fmt: skip
    for headers, status, why in rows:
        back = _asked(gateway, method, path, headers, json={} if method == "POST" else None)
        assert back.status_code == status, why
        assert set(back.json()) == {"error"}


def test_the_control_token_opens_no_path_of_the_api(gateway: Gateway) -> None:
    back = gateway.client.get("/v1/models", headers={"authorization": f"Bearer {gateway.control.token}"})
    assert back.status_code == 401


def test_socket_and_token_are_the_owner_s_alone(gateway: Gateway) -> None:
    control = gateway.control
    token = control.socket.with_suffix(".token")
    assert stat.S_IMODE(control.socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert stat.S_IMODE(control.socket.parent.stat().st_mode) == 0o700
    assert control.token not in repr(control)


def test_the_state_counts_and_holds_no_value(gateway: Gateway) -> None:
    eventually(lambda: gateway.control.state()["replies"] >= 1)
    state = gateway.control.state()
    assert state["is_guarding"] is True
    assert state["requests"] >= 1
    assert sum(state["replaced"].values()) >= 2
    assert "Jessica" not in str(state)


def test_stand_ins_are_shown_and_pinned(gateway: Gateway, upstream: ThrowawayUpstream) -> None:
    pairs = gateway.control.stand_ins()
    jessica = next(one for one in pairs if one["real"] == "Jessica")
    pinned = gateway.control.pin(jessica["number"], "Mirabel")
    assert (pinned["real"], pinned["stand_in"], pinned["is_pinned"]) == ("Jessica", "Mirabel", True)
    upstream.seen.clear()
    assert HELLO in gateway.chat().text
    assert "Mirabel" in upstream.seen[0].raw
    with pytest.raises(ControlError) as refused:
        gateway.control.pin(jessica["number"], "Jessica")
    assert refused.value.code == "stand_in"
    with pytest.raises(ControlError):
        gateway.control.pin(99_999, "Mirabel")


@pytest.mark.parametrize("said", ["", "nothing-here", "abcd", "../state", "a/b", "x" * 500, "é"])
def test_deciding_what_does_not_wait_is_refused(gateway: Gateway, said: str) -> None:
    with pytest.raises(ControlError, match=r"under that id|no id of"):
        gateway.control.decide(said, "approve")


def test_words_that_are_no_decision_are_refused(gateway: Gateway) -> None:
    with pytest.raises(ControlError, match="approve, refuse, mistake") as refused:
        gateway.control.decide("abcd", "Approve!")
    assert refused.value.code == "body"


def test_reloading(gateway: Gateway) -> None:
    gateway.control.reload()
    assert gateway.chat("hello again").status_code == 200


@pytest.mark.parametrize("decision", ["approve", "refuse"])
def test_mode_ask_holds_the_connection_until_the_user_decides(
    upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory, decision: str
) -> None:
    upstream.seen.clear()
    folder = tmp_path_factory.mktemp("home")
    with running_gateway(folder, upstream.url, a_gatekeeper(Mode.ASK)) as gateway:
        told: list[httpx2.Response] = []
        asking = threading.Thread(target=lambda: told.append(gateway.chat()))
        asking.start()
        eventually(lambda: bool(gateway.control.pending()))
        (waiting,) = gateway.control.pending()
        assert "Jessica" not in str(waiting)
        assert upstream.seen == []
        gateway.control.decide(waiting["id"], decision)
        asking.join(5)
        assert told[0].status_code == (200 if decision == "approve" else 400)
        assert len(upstream.seen) == (1 if decision == "approve" else 0)
        if decision == "approve":
            assert HELLO in told[0].text
            assert "Jessica" not in upstream.seen[0].raw


def test_no_gateway_is_found_where_none_runs(tmp_path: Path) -> None:
    assert Control.running(tmp_path) == []
    with pytest.raises(ControlError, match="does not answer"):
        Control(7411, tmp_path / "gone.sock", "x").state()


def _schema(app: Any, path: str, token: str) -> Any:
    return schemathesis_openapi.from_asgi(path, app, headers={"authorization": f"Bearer {token}"})


def _run_all(schema: Any, headers: dict[str, str]) -> int:
    """Every operation with what the document allows and what it does not; how many requests were sent."""
    sent = 0
    for operation in schema.get_all_operations():
        strategy = operation.ok().as_strategy()

        @settings(
            max_examples=25,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=strategy)
        def check(case: Any) -> None:
            nonlocal sent
            sent += 1
            case.call_and_validate(
                headers=headers, excluded_checks=[ignored_auth]
            )  # see above: without the token

        check()
    return sent


def test_the_served_description_holds() -> None:
    gatekeeper = a_gatekeeper()
    app = control_application(gatekeeper, CONTROL)
    schema = _schema(app, "/openapi.json", CONTROL)
    assert _run_all(schema, {"authorization": f"Bearer {CONTROL}"}) > 30


def test_both_descriptions_are_served(gateway: Gateway) -> None:
    headers = {"authorization": f"Bearer {gateway.control.token}"}
    assert _asked(gateway, "GET", "/openapi.json", headers).json() == openapi("control")
    assert _asked(gateway, "GET", "/api.openapi.json", headers).json() == openapi("api")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "nothing"),
        (b"{", "no JSON"),
        (b"[" * 50_000, "deeper than Python goes"),
        (b'"approve"', "no object"),
        (b'{"decision": 1}', "no string"),
        (b'{"decision": "approve", "more": 1}', "a key that nobody reads"),
        (b'{"decision": "' + b"x" * 100_000 + b'"}', "longer than any"),
        (b"\xff\xfe", "no text"),
    ],
)
def test_bodies_that_are_not_as_described_are_refused(gateway: Gateway, content: bytes, why: str) -> None:
    headers = {"authorization": f"Bearer {gateway.control.token}"}
    back = _asked(gateway, "POST", "/pending/abcd", headers, content=content)
    assert back.status_code in (400, 413), why
    assert set(back.json()["error"]) == {"code", "message"}


def test_a_control_socket_needs_a_token() -> None:
    with pytest.raises(ValueError, match="token"):
        control_application(a_gatekeeper(), "")
