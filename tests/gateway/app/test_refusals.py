"""Whatever the gateway says no to, the chat shows whose sentence that is."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from discretion.gateway import _refusals
from discretion.gateway._access import Access, own_hosts
from discretion.gateway._gatekeeper import Gatekeeper
from discretion.gateway._keeping import Keeping
from discretion.gateway._refusals import Refusal
from discretion.gateway._settings import Settings
from discretion.gateway._upstream import Upstream
from discretion.gateway.app import application

OWN = {name: one for name, one in vars(_refusals).items() if isinstance(one, Refusal)}


@pytest.mark.parametrize("name", OWN)
def test_a_refusal_says_whose_it_is_and_ends(name: str) -> None:
    said = OWN[name].sentence
    assert said.startswith(("Discretion: ", "Discretion ")), "the platform's own errors begin otherwise"
    assert said.endswith("."), said
    assert "pstream" not in said, "a word of the trade"


def test_there_are_some() -> None:
    assert len(OWN) > 15


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"model": "m", "messages": 5}', b'{"model": 5}'])
def test_what_cannot_be_read_is_answered_by_name(body: bytes) -> None:
    async def asked() -> str:
        gatekeeper = Gatekeeper(Keeping(Settings()))
        api = application(gatekeeper, Upstream("http://127.0.0.1:9/v1"), Access("t" * 20, own_hosts(8080)))
        transport = httpx2.ASGITransport(app=api)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
            headers = {"authorization": f"Bearer {'t' * 20}", "content-type": "application/json"}
            answer = await client.post("/v1/chat/completions", content=body, headers=headers)
        await api.state.desk.close()
        error = answer.json()["error"]
        assert error["code"] == "not_understood", error
        return str(error["message"])

    said = asyncio.run(asked())
    assert said.startswith("Discretion"), said
    assert said.endswith("."), said
