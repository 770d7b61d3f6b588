"""`gateway verify`: a real run of it, and that its judge sees what goes wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tools.recall import FILE, PAGE, figures

from discretion.gateway import _verify_upstream
from discretion.gateway._dry_run import dry_run
from discretion.gateway._gatekeeper import Gatekeeper
from discretion.gateway._keeping import Keeping
from discretion.gateway._recall import measured
from discretion.gateway._settings import Mode, Settings
from discretion.gateway._verify import Proof, proof_of, verify
from discretion.gateway._verify_judge import Exchange, Outcome, is_in, judged
from discretion.gateway._verify_leaves import as_lines, from_lines, leaves
from discretion.gateway._verify_plan import ENDPOINTS, PHRASE, SAME, STAND_IN, Plant, plan, request_for
from discretion.gateway._verify_reply import CameBack, read_stream, read_whole
from discretion.gateway._verify_upstream import whole_reply
from discretion.gateway.wire import Endpoint
from discretion.guard._verdict import NEVER_RESTORED, is_substituted
from discretion.records import Kind


@pytest.fixture(scope="module")
def proof() -> Proof:
    """A whole run: a real gateway before a real upstream on loopback."""
    return verify()


def test_a_run_is_clean_over_every_endpoint_whole_and_streamed(proof: Proof) -> None:
    assert proof.is_on_the_wire
    assert proof.exchanges == 2 * len(ENDPOINTS)
    assert [
        (row.plant.where, row.plant.value, row.outcome) for row in proof.rows if not row.outcome.is_good
    ] == []
    assert [door.what for door in proof.doors if not door.holds] == []
    assert proof.held == ()
    assert proof.is_clean


def test_every_plant_is_seen_as_often_as_an_endpoint_carries_it(proof: Proof) -> None:
    assert [row.plant for row in proof.rows] == list(plan().plants)
    assert all(row.good == row.times == 2 * len(row.endpoints) for row in proof.rows)
    assert {row.times for row in proof.rows if row.plant.where == "message"} == {8}


def test_no_stand_in_is_shared_and_none_is_the_value(proof: Proof) -> None:
    left = [row.left.casefold() for row in proof.rows if row.plant.becomes == STAND_IN]
    assert len(left) == len(set(left))
    assert not [row for row in proof.rows if row.plant.becomes != SAME and row.left == row.plant.value]


def test_the_plan_holds_every_kind_that_is_replaced() -> None:
    by_kind = {plant.kind: plant.becomes for plant in plan().said}
    for kind in Kind:
        wanted = PHRASE if kind in NEVER_RESTORED else STAND_IN if is_substituted(kind, "Xyz Abc") else None
        assert by_kind.get(kind.value) == wanted, kind
    assert by_kind["story"] == SAME


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_what_the_upstream_repeats_is_what_it_was_told(endpoint: Endpoint) -> None:
    """Else a clean run would prove less than it says."""
    told = request_for(endpoint, is_stream=True)
    found = leaves(told)
    assert from_lines(as_lines(found)) == found
    whole = read_whole(endpoint, whole_reply(endpoint, told))
    assert whole.by_path() == found
    events = _verify_upstream._STREAMED[endpoint](whole.text, whole.arguments or None)
    body = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    streamed = read_stream(endpoint, body.encode())
    assert (streamed.text, streamed.arguments) == (whole.text, whole.arguments)


PHONE = Plant("phone", "918-555-0142", "call 918-555-0142 now", STAND_IN)
NAME = Plant("name", "Tobias Lindqvist", "my ex Tobias Lindqvist", STAND_IN)
CARD = Plant("payment_card", "4111 1111 1111 1111", "it is 4111 1111 1111 1111", PHRASE)
STORY = Plant("story", "Maren Voss", "says Maren Voss", SAME)

JUDGED: list[tuple[Plant, str, str, Outcome, str]] = [
    (PHONE, "call 209-555-0193 now", "call 918-555-0142 now", Outcome.REPLACED, "as it should be"),
    (PHONE, "call 918-555-0142 now", "call 918-555-0142 now", Outcome.LEFT, "nothing was replaced"),
    (PHONE, "call (918) 555.0142 now", "call 918-555-0142 now", Outcome.LEFT, "another grouping is the same"),
    (PHONE, "call 209-555-0193 now", "call 209-555-0193 now", Outcome.NOT_RESTORED, "not brought back"),
    (PHONE, "call 209-555-0193 now", "call 555-0199 now", Outcome.NOT_RESTORED, "somebody else's came back"),
    (PHONE, "", "", Outcome.NOT_RESTORED, "the field is gone"),
    (NAME, "my ex Giovanni Woolfolk", "my ex Tobias Lindqvist", Outcome.REPLACED, "as it should be"),
    (NAME, "my ex Giovanni Lindqvist", "my ex Tobias Lindqvist", Outcome.LEFT, "half of a name is a name"),
    (NAME, "my ex TOBIAS W.", "my ex Tobias Lindqvist", Outcome.LEFT, "in capitals, too"),
    (CARD, "it is on file", "it is on file", Outcome.PHRASE, "as it should be"),
    (CARD, "it is on file", "it is 4111 1111 1111 1111", Outcome.NOT_RESTORED, "a card never comes back"),
    (CARD, "it is 4111-1111-1111-1111", "it is on file", Outcome.LEFT, "another grouping is the same"),
    (STORY, "says Maren Voss", "says Maren Voss", Outcome.UNTOUCHED, "as it should be"),
    (STORY, "says Petra Hale", "says Maren Voss", Outcome.CHANGED, "a character is nobody's secret"),
]


@pytest.mark.parametrize(("plant", "arrived", "back", "outcome", "why"), JUDGED)
def test_what_goes_wrong_is_seen(plant: Plant, arrived: str, back: str, outcome: Outcome, why: str) -> None:
    sent = {"messages": [{"content": plant.text}]}
    body = json.dumps({"messages": [{"content": arrived}]}).encode()
    told = CameBack(f"messages.0.content: {back}", "")
    exchange = Exchange(Endpoint.CHAT, False, sent, body, "", told)
    assert judged(exchange, [plant])[plant].outcome is outcome, why


HIDDEN = [
    (
        "a header",
        Exchange(Endpoint.CHAT, False, {"a": PHONE.text}, b'{"a": "x"}', "x-phone: 918-555-0142", None),
    ),
    ("a key", Exchange(Endpoint.CHAT, False, {"a": PHONE.text}, b'{"918-555-0142": "x"}', "", None)),
    (
        "another place",
        Exchange(Endpoint.CHAT, False, {"a": PHONE.text}, b'{"a": "x", "b": [9185550142]}', "", None),
    ),
    ("escapes", Exchange(Endpoint.CHAT, False, {"a": NAME.text}, b'{"a": "\\u0054obias"}', "", None)),
]


@pytest.mark.parametrize(("where", "exchange"), HIDDEN)
def test_a_value_is_found_wherever_it_arrives(where: str, exchange: Exchange) -> None:
    found = judged(exchange, [PHONE, NAME])
    assert [one.outcome for one in found.values()] == [Outcome.LEFT], where


def test_a_tool_call_that_comes_back_wrong_is_seen() -> None:
    plant = replace(PHONE, text=PHONE.value, where="tool's arguments")
    body = json.dumps({"arguments": {"to": "209-555-0193"}}).encode()
    for arguments, outcome in (
        ('{"to": "918-555-0142"}', Outcome.REPLACED),
        ('{"to": "209-555-0193"}', Outcome.NOT_RESTORED),
        ('{"to": "918-5', Outcome.NOT_RESTORED),
    ):
        back = CameBack(f"arguments.to: {PHONE.value}", arguments)
        exchange = Exchange(Endpoint.CHAT, False, {"arguments": {"to": PHONE.value}}, body, "", back)
        assert judged(exchange, [plant])[plant].outcome is outcome


def test_another_stand_in_each_time_breaks_the_story() -> None:
    phone = plan().said[4]
    sent = {"a": phone.text}

    def exchange(stand_in: str) -> Exchange:
        body = json.dumps({"a": phone.text.replace(phone.value, stand_in)}).encode()
        return Exchange(Endpoint.CHAT, False, sent, body, "", CameBack(f"a: {phone.text}", ""))

    steady = proof_of([exchange("209-555-0193"), exchange("209-555-0193")], (), is_on_the_wire=True)
    unsteady = proof_of([exchange("209-555-0193"), exchange("209-555-0117")], (), is_on_the_wire=True)
    assert steady.is_clean
    assert [row.outcome for row in unsteady.rows] == [Outcome.UNSTEADY]
    assert not unsteady.is_clean


def test_a_request_that_was_held_proves_nothing_on_the_wire() -> None:
    held = Exchange(Endpoint.CHAT, False, request_for(Endpoint.CHAT, is_stream=False), None, "", None, "no")
    assert not proof_of([held], (), is_on_the_wire=True).is_clean
    assert proof_of([held], (), is_on_the_wire=False).is_clean, "the user's own gateway may hold it"
    assert not proof_of([], (), is_on_the_wire=True).is_clean, "nothing was sent"


@pytest.mark.parametrize("mode", list(Mode))
def test_a_dry_run_tells_what_the_settings_do(mode: Mode) -> None:
    gatekeeper = Gatekeeper(Keeping(Settings(mode=mode, card=plan().card)))
    body = json.dumps(request_for(Endpoint.CHAT, is_stream=False)).encode()
    told = dry_run(gatekeeper, Endpoint.CHAT, body)
    assert gatekeeper.stand_ins() == ()
    assert is_in(plan().said[4], told["left"]) == (mode is Mode.OBSERVE)
    assert is_in(plan().said[4], told["came_back"])
    assert not is_in(next(one for one in plan().said if one.kind == "payment_card"), told["left"])


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"model": "x"', b'{"messages": 5}', b"[" * 5000])
def test_a_dry_run_of_something_else_is_a_sentence(body: bytes) -> None:
    told: dict[str, Any] = dry_run(Gatekeeper(Keeping(Settings())), Endpoint.CHAT, body)
    assert told["code"] == "not_understood"


def test_the_recall_is_that_of_the_benchmarks() -> None:
    """`python tools/recall.py` writes it anew."""
    assert FILE.read_text("utf-8") == figures(PAGE.read_text("utf-8"))
    assert {one.group for one in measured().groups} == {"identifiers", "contacts", "names"}
    assert all(one.low <= one.recall <= one.high for one in measured().groups)


def test_a_value_in_two_plants_would_hide_one() -> None:
    values = [plant.value for plant in plan().plants]
    assert len(set(values)) == len(values)
