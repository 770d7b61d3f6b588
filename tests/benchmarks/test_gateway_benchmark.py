"""The gateway's benchmark itself: what the provider says back, what is counted, and the page."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.gateway_client import Exchange, Where, ask, forget
from benchmarks.gateway_load import streams, turns
from benchmarks.gateway_peers.catalogue import catalogue
from benchmarks.gateway_privacy import _PLACEHOLDER, Privacy, _score, _stands_in, measure
from benchmarks.gateway_speed import QUICK, Times, figures
from benchmarks.gateway_systems import DIRECT, OURS, started, systems, upstream
from benchmarks.gateway_tables import gateway_tables, page
from benchmarks.gateway_talk import (
    NEW_MESSAGE,
    card,
    elsewhere,
    new_message,
    planted,
    request,
    said,
    talk,
    tool_request,
    values_in,
)
from benchmarks.gateway_upstream import MODELS, arguments_in, pieces, reply_to

from benchmarks import gateway


@pytest.fixture(scope="module")
def provider() -> Iterator[Where]:
    with upstream(0.0) as where:
        yield where


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("echo", "You said: two maddie"),  # the newest message
        ("recall", "You began with: one"),  # the oldest that is still there
        ("shout", "LISTEN! TWO MADDIE"),  # another case
    ],
)
def test_what_the_provider_says(model: str, says: str) -> None:
    assert reply_to(model, [said("one"), {"role": "assistant", "content": "x"}, said("two maddie")]) == says


def test_a_long_reply_says_it_in_every_part() -> None:
    assert reply_to("long", [said("talk 7")]).count("talk 7") == 8


def test_pieces_lose_nothing_and_cut_names() -> None:
    text = reply_to("echo", [said(talk()[1])])
    cut = list(pieces(text))
    assert "".join(cut) == text
    assert not any("Maddie" in piece for piece in cut)


def test_what_is_said_is_what_the_promise_names() -> None:
    assert 12_000 < len(card()) < 13_500  # three thousand tokens, by the tokenizer of a common model
    assert len({new_message(number) for number in range(10_000)}) == 10_000
    assert {len(new_message(number)) for number in range(300)} == {NEW_MESSAGE}
    assert len({card(variant) for variant in range(5)}) == 5


def test_everything_planted_is_somewhere() -> None:
    assert {one.name for turn in range(len(talk())) for one in values_in(turn)} == set(planted())
    whole = json.dumps(tool_request([said("x")]))
    for place, values in elsewhere().items():
        assert all(value in whole for value in values), place


@pytest.mark.parametrize("model", [name for name in MODELS if name != "tool"])
def test_a_stream_is_whole_and_its_bytes_are_kept(provider: Where, model: str) -> None:
    async def talked() -> tuple[Exchange, list[str]]:
        await forget(provider)
        return await ask(provider, request([said("hello")], model)), await forget(provider)

    came, seen = asyncio.run(talked())
    assert (came.status, came.is_whole, came.text) == (200, True, reply_to(model, [said("hello")]))
    assert came.first_ms is not None
    assert 0 < came.first_ms <= came.total_ms
    assert [json.loads(body)["messages"][1] for body in seen] == [said("hello")]


def test_a_tool_call_comes_back_in_pieces(provider: Where) -> None:
    asked = tool_request([said("x")])
    assert asyncio.run(ask(provider, asked)).arguments == arguments_in(asked["messages"])


def test_a_reply_that_is_no_stream(provider: Where) -> None:
    body = {"model": "echo", "messages": [said("hello")]}
    assert asyncio.run(ask(provider, body)).text == "You said: hello"


@pytest.mark.parametrize(
    ("came", "counts"),
    [
        ("so Maddie Okafor is in Tulsa", (2, 0, 0, 0)),  # as it was
        ("so MADDIE OKAFOR is in TULSA", (2, 0, 0, 0)),  # case is the model's own
        ("so Clara Bell is in Tulsa", (1, 1, 0, 0)),  # a stand-in that stayed
        ("so Greg Hollis is in Tulsa", (1, 1, 1, 0)),  # somebody else
        ("so Maddie Okafor is in Tulsa, Jess", (2, 0, 1, 0)),  # somebody who was not meant
        ("so Maddie Okafor lives in Tulsa", (2, 0, 0, 1)),  # another word changed
    ],
)
def test_what_counts_as_restored(came: str, counts: tuple[int, int, int, int]) -> None:
    told = Privacy()
    _score(told, Exchange(200, text=came, is_whole=True), "so Maddie Okafor is in Tulsa", values_in(1))
    assert (told.restored, told.not_restored, told.wrong, told.altered) == counts


def test_a_refusal_is_counted_as_one() -> None:
    told = Privacy()
    _score(told, Exchange(400, error="no"), "so Maddie Okafor is in Tulsa", values_in(1))
    assert (told.refused, told.restored) == (["400: no"], 0)


@pytest.mark.parametrize(
    ("value", "text", "is_there"),
    [
        ("Jess", "hi JESS!", True),  # any case
        ("Jess", "Jessica", False),  # a part of a word is another word
        ("918-234-5642", "(918) 234.5642", True),  # numbers by their digits
        ("14", "2014", False),  # short numbers by their word alone
        ("22 Oakfield Road", "22 Oak Road", False),
    ],
)
def test_what_counts_as_received(value: str, text: str, is_there: bool) -> None:
    assert _stands_in(value, [text]) is is_there


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("hi <PERSON_1>, [SECRET] and ****", 3),
        ("mail «EMAIL_001»", 1),
        ("hi Clara from Ashford", 0),  # a natural stand-in
        ("*She leans* <3 [laughs]", 0),  # how people write
    ],
)
def test_what_counts_as_the_mark_of_a_machine(text: str, marks: int) -> None:
    assert len(_PLACEHOLDER.findall(text)) == marks


def test_with_no_gateway_everything_is_received_and_nothing_is_wrong(provider: Where) -> None:
    told = asyncio.run(measure(provider, provider, forget))
    assert {place: len(values) for place, values in told.leaked.items()} == told.looked_for
    assert (told.not_restored, told.wrong, told.altered, told.changed) == (0, 0, 0, 0)
    assert (told.placeholders, told.story_names, told.prompt_words, told.refused) == (0, 0, 0, [])


def test_figures_of_nothing_are_none() -> None:
    assert figures(Times())["turn_2_p50_ms"] is None
    assert figures(Times(early=[1.0, 3.0, 2.0]))["turn_2_p95_ms"] == 3.0


def test_the_command_measures_and_writes_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert gateway.main(["--quick", "--json", "--systems", DIRECT]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["plan"]["turns"] == QUICK.turns
    assert list(document["systems"]) == [DIRECT]
    written = page(document)
    assert all(table.title in written for table in gateway_tables(document))
    assert not re.search(r"(?:/tmp|/root|/home)/", written)


def test_every_peer_is_pinned_and_says_how_it_was_set() -> None:
    for peer in catalogue().values():
        lines = peer.requirements.read_text(encoding="utf-8").splitlines()
        assert all(re.fullmatch(r"[\w.\[\]-]+==[\w.+]+", line) for line in lines), peer.name
        assert peer.version
        assert len(peer.setting) > 20
    assert systems()[0] == OURS


def test_ours_is_started_as_users_start_it_and_mixes_nothing_up(tmp_path: Path) -> None:
    with upstream(1.0) as provider, started(OURS, provider, tmp_path) as run:
        load = asyncio.run(streams(run.where, 4))
        told = asyncio.run(turns(run.where, run.pid, 4))
    assert (load["whole"], load["exact"], load["mixed_up"]) == (4, 4, 0)
    assert told["other_replies"] == 0
    assert told["memory_mib"][-1][0] == 4
