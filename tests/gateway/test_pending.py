from __future__ import annotations

import pytest

from discretion.gateway._pending import MOST, Decision, NothingPending, PendingList


def test_the_same_question_keeps_its_id_until_it_is_decided() -> None:
    waiting = PendingList()
    first = waiting.ask("ask", ["why"], ["health"], b"base", [b"m1"])
    assert waiting.ask("ask", ["why"], ["health"], b"base", [b"m1"]).id == first.id
    assert waiting.ask("ask", ["why"], ["health"], b"base", [b"m2"]).id != first.id
    assert waiting.waiting()[0].id == first.id
    waiting.decide(first.id.upper() + " ", Decision.APPROVE)
    assert first.id not in [one.id for one in waiting.waiting()]
    assert waiting.ask("ask", ["why"], ["health"], b"base", [b"m1"]).id != first.id


def test_a_further_reason_is_added_and_shown() -> None:
    waiting = PendingList()
    first = waiting.ask("limit", ["one"], [], b"base", [])
    assert waiting.ask("limit", ["two"], [], b"base", []).id == first.id
    assert waiting.decide(first.id, Decision.MISTAKE).reasons == ("one", "two")


@pytest.mark.parametrize(
    ("code", "decision", "may", "reason"),
    [
        ("ask", Decision.APPROVE, True, "a question is approved"),
        ("ask", Decision.REFUSE, True, "or refused"),
        ("not_checked", Decision.APPROVE, True, "what was not read may pass"),
        ("limit", Decision.MISTAKE, True, "a limit may be a mistake"),
        ("limit", Decision.APPROVE, False, "but it is never approved"),
        ("limit", Decision.REFUSE, True, "it is put away: it does not leave anyway"),
    ],
)
def test_what_may_be_decided(code: str, decision: Decision, may: bool, reason: str) -> None:
    waiting = PendingList()
    asked = waiting.ask(code, ["why"], [], b"base", [b"m"])
    if may:
        assert waiting.decide(asked.id, decision).decision is decision, reason
        with pytest.raises(NothingPending):
            waiting.decide(asked.id, decision)
    else:
        with pytest.raises(NothingPending, match="mistake"):
            waiting.decide(asked.id, decision)


@pytest.mark.parametrize("wanted", ["", "zzzz", "../../etc", "a" * 10_000, "\x00"])
def test_an_unknown_id_is_named_as_such(wanted: str) -> None:
    with pytest.raises(NothingPending, match="gateway pending"):
        PendingList().decide(wanted, Decision.APPROVE)


def test_what_waits_is_bounded() -> None:
    waiting = PendingList()
    for i in range(MOST + 50):
        waiting.ask("ask", ["why"], [], b"base", [str(i).encode()])
    assert len(waiting.waiting()) == MOST
