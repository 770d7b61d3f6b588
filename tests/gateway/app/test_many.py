"""Many at once, and what happens around a stream: no byte, no table of another's, and a clean end."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.gateway.app.running import TOKEN, a_gatekeeper, chat_body, eventually, running_gateway
from tests.gateway.app.test_faults import errors_in, streamed_text
from tests.gateway.upstreams import ThrowawayUpstream, throwaway_upstream

from discretion.gateway._gatekeeper import Gatekeeper
from discretion.gateway._keeping import VaultKeeping
from discretion.gateway._settings import Settings
from discretion.vault import Cost, Vault, lock, unlock

STREAMS = 50


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThrowawayUpstream]:
    with throwaway_upstream() as made:
        yield made


def said_by(number: int) -> str:
    """A message with a value that nobody else's has."""
    return (
        f"{number}: write to me at reader{number:03}@mail.example or call 918-555-{100 + number:04}, please"
    )


async def _all_at_once(url: str) -> list[str]:
    headers = {"authorization": f"Bearer {TOKEN}"}
    limits = httpx2.Limits(max_connections=STREAMS)

    async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=60, limits=limits) as client:

        async def one(number: int) -> str:
            body = chat_body(said_by(number), "one-byte" if number % 25 == 0 else "echo", stream=True)
            back = await client.post("/v1/chat/completions", json=body)
            assert back.status_code == 200
            return streamed_text(back.text)

        return await asyncio.gather(*(one(number) for number in range(STREAMS)))


def test_many_streams_at_once_get_their_own_bytes(upstream: ThrowawayUpstream, tmp_path: Path) -> None:
    upstream.seen.clear()
    with running_gateway(tmp_path, upstream.url) as gateway:
        told = asyncio.run(_all_at_once(gateway.url))
        eventually(lambda: gateway.control.state()["replies"] == STREAMS)
    assert told == [f"You said: {said_by(number)}" for number in range(STREAMS)]
    left = "".join(seen.raw for seen in upstream.seen)
    assert "reader" not in left
    sent = [seen.document["messages"][0]["content"] for seen in upstream.seen]
    assert len({text.partition(": ")[2] for text in sent}) == STREAMS


def test_two_personas_share_no_stand_in(upstream: ThrowawayUpstream, tmp_path: Path) -> None:
    said = "my name is Jessica Kowalski"
    with (
        running_gateway(tmp_path / "a", upstream.url, a_gatekeeper(persona="ann")) as one,
        running_gateway(tmp_path / "b", upstream.url, a_gatekeeper(persona="bea")) as other,
    ):
        upstream.seen.clear()
        assert one.chat(said).json()["choices"][0]["message"]["content"] == f"You said: {said}"
        name = upstream.seen[0].document["messages"][0]["content"].removeprefix("my name is ")
        assert other.chat(f"tell me about {name}").json()["choices"][0]["message"]["content"].endswith(name)
        assert [pair["real"] for pair in other.control.stand_ins() if pair["stand_in"] in name] == []


@pytest.fixture
def a_vault(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with an open vault."""
    home = tmp_path_factory.mktemp("v")
    home.chmod(0o700)
    monkeypatch.setenv("DISCRETION_HOME", os.fspath(home))
    with Vault.create("ferret umbrella 41 candle", home, cost=Cost(64 * 1024, 3)) as vault:
        key = vault.data_key
    unlock(key, home)
    yield home
    lock(home)


def test_a_vault_that_locks_lets_streams_end_and_nothing_more_leave(
    upstream: ThrowawayUpstream, a_vault: Path
) -> None:
    said = "i am Jessica Kowalski. " + "tell me a long story, please. " * 12
    with running_gateway(a_vault, upstream.url, Gatekeeper(VaultKeeping(Settings()))) as gateway:
        upstream.seen.clear()
        told: list[str] = []
        body = chat_body(said, "slow", stream=True)
        streaming = threading.Thread(
            target=lambda: told.append(gateway.client.post("/v1/chat/completions", json=body).text)
        )
        streaming.start()
        eventually(lambda: bool(upstream.seen))
        lock(a_vault)
        back = gateway.chat("and what is next?")
        assert back.status_code == 400
        assert back.json()["error"]["code"] == "vault_locked"
        assert "vault is locked" in back.json()["error"]["message"]
        streaming.join(20)
        assert streamed_text(told[0]) == f"You said: {said}"
        assert errors_in(told[0]) == []
        assert len(upstream.seen) == 1
        assert gateway.control.state()["is_guarding"] is False


def test_what_is_open_when_the_gateway_stops_is_told_so(upstream: ThrowawayUpstream, tmp_path: Path) -> None:
    told: list[Any] = []
    with running_gateway(tmp_path, upstream.url) as gateway:
        url, headers = f"{gateway.url}/v1/chat/completions", {"x-api-key": TOKEN}

        def ask(model: str, stream: bool) -> None:
            told.append(httpx2.post(url, json=chat_body("hi", model, stream=stream), headers=headers))

        asking = [threading.Thread(target=ask, args=row) for row in (("hangs", False), ("hangs-mid", True))]
        upstream.seen.clear()
        for one in asking:
            one.start()
        eventually(lambda: len(upstream.seen) == 2)
        gateway.chat("hello")
    for one in asking:
        one.join(5)
    assert sorted(back.status_code for back in told) == [200, 400]
    assert all("was stopped" in back.text for back in told)


def test_the_description_of_the_api_holds(upstream: ThrowawayUpstream, tmp_path: Path) -> None:
    """Every request that the description allows, against the API that runs; upstream statuses pass."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings
    from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

    from discretion.gateway._control import openapi

    excluded = [ignored_auth, positive_data_acceptance]  # to refuse is what it is there for

    with running_gateway(tmp_path, upstream.url) as gateway:
        schema = schemathesis.openapi.from_dict(openapi("api"))
        headers = {"authorization": f"Bearer {TOKEN}"}
        for found in schema.get_all_operations():
            operation: Any = found

            @settings(
                max_examples=12,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.ok().as_strategy())
            def check(case: Any) -> None:
                case.call_and_validate(base_url=gateway.url, headers=headers, excluded_checks=excluded)

            check()
