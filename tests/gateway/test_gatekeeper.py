"""The gatekeeper with the real guard, stand-ins and restoring; only the sockets are left out."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.gateway.asked import CARD, chat, leaves, of

from discretion.gateway._gatekeeper import Gatekeeper, Passed, Stopped
from discretion.gateway._keeping import Keeping
from discretion.gateway._pending import NothingPending
from discretion.gateway._settings import Mode, Settings, Treatment
from discretion.gateway.wire import Request
from discretion.guard import Fact
from discretion.guard.restore import RestoreCounts
from discretion.records import Kind

HELLO = "hi, my name is Jessica Kowalski and i live in Tulsa, text me at 918-555-0142"


def keeper(*facts: Fact, **chosen: object) -> Gatekeeper:
    return Gatekeeper(Keeping(Settings(**chosen), facts))  # type: ignore[arg-type]


def passed(gate: Gatekeeper, request: Request) -> Passed:
    judged = gate.judge(request)
    assert isinstance(judged, Passed), judged
    return judged


def stopped(gate: Gatekeeper, request: Request) -> Stopped:
    judged = gate.judge(request)
    assert isinstance(judged, Stopped)
    return judged


def test_real_values_leave_as_stand_ins_and_come_back() -> None:
    gate = keeper()
    went = passed(gate, chat(HELLO))
    said = leaves(went.body)[-1]
    for value in ("Jessica", "Kowalski", "Tulsa", "0142", "918"):
        assert value.casefold() not in said.casefold(), value
    assert "<" not in said
    assert "[" not in said
    assert went.table.restore(said) == HELLO
    assert leaves(went.body)[0] == CARD


def test_who_introduces_themself_to_a_character_is_not_taken_for_a_part() -> None:
    for system in ("You are Elara.", "You are Elara, a ship captain. Stay in character.", CARD, None):
        went = passed(keeper(), chat("my name is Jessica Kowalski and i live in Tulsa", system=system))
        said = leaves(went.body)[-1]
        assert "Jessica" not in said, system
        assert "Kowalski" not in said, system
        assert "Tulsa" not in said, system


def test_the_same_person_keeps_the_same_name_in_every_turn_and_channel() -> None:
    gate = keeper()
    first = passed(gate, chat(HELLO))
    stand_in = leaves(first.body)[-1].split(" is ")[1].split()[0]
    reply = first.table.restore(f"*smiles* Good evening, {stand_in}.")
    assert "Jessica" in reply
    rows = [
        (chat(HELLO, reply, "*Jessica bows to the captain*"), "in the story, once it is known"),
        (chat("write a title for: Good evening, Jessica.", system=None), "in a call for a title"),
        (chat("hi", system=f"{CARD}\nJessica is tired today."), "in the prompt"),
        (
            of(
                [
                    {"role": "user", "content": "what did i tell you?"},
                    {
                        "role": "assistant",
                        "content": None,
                        "tool_calls": [
                            {
                                "id": "call_1",
                                "type": "function",
                                "function": {"name": "note", "arguments": '{"who": "Jessica"}'},
                            }
                        ],
                    },
                    {"role": "tool", "tool_call_id": "call_1", "content": "noted for jessica"},
                ]
            ),
            "in a tool's arguments and answer",
        ),
    ]
    for request, reason in rows:
        body = passed(gate, request).body.decode()
        assert "jessica" not in body.casefold(), reason
        assert stand_in.casefold() in body.casefold(), reason


def test_who_the_client_says_the_user_is_does_not_leave() -> None:
    gate = keeper()
    request = of(
        [
            {"role": "system", "content": f"{CARD}\n{{{{user}}}} is Wilhelmina, she lives in Tulsa."},
            {"role": "user", "name": "Wilhelmina", "content": "good evening"},
        ],
        user="wilhelmina.k@mail.example",
    )
    went = passed(gate, request)
    for value in ("wilhelmina", "tulsa", "mail.example"):
        assert value not in went.body.decode().casefold().replace("post.example", ""), value
    assert json.loads(went.body)["messages"][1]["content"] == "good evening"


def test_own_facts_are_replaced_in_story_and_life_alike() -> None:
    gate = keeper(Fact(Kind.PET, "Biscuit"), Fact(Kind.NAME, "Maddie"))
    went = passed(gate, chat("*Maddie the sky pirate bows* my parrot Biscuit salutes"))
    assert "Maddie" not in leaves(went.body)[-1]
    assert "Biscuit" not in leaves(went.body)[-1]


def test_what_never_returns_leaves_as_a_neutral_phrase_in_every_mode() -> None:
    words = "my card is 4111 1111 1111 1111 and my ssn is 536-90-4399"
    for mode in Mode:
        gate = keeper(mode=mode)
        judged = gate.judge(chat(words))
        if isinstance(judged, Stopped):
            gate.decide(judged.pending_id or "", "approve")
            judged = gate.judge(chat(words))
        assert isinstance(judged, Passed), mode
        said = leaves(judged.body)[-1]
        assert "4111" not in said, mode
        assert "536" not in said, mode
        assert "4111" not in judged.table.restore(said), mode


def test_observing_changes_nothing_else_and_counts() -> None:
    gate = keeper(mode=Mode.OBSERVE)
    assert leaves(passed(gate, chat(HELLO)).body)[-1] == HELLO
    assert gate.state().found["name"] >= 1
    assert gate.state().replaced == {}


def test_a_kind_that_the_user_allows_leaves_as_it_is() -> None:
    gate = keeper(kinds={Kind.LOCATION: Treatment.ALLOW})
    said = leaves(passed(gate, chat(HELLO)).body)[-1]
    assert "Tulsa" in said
    assert "Kowalski" not in said


def test_a_limit_is_451_and_stays_when_the_message_is_taken_out() -> None:
    gate = keeper()
    told = stopped(gate, chat("hi", "hello you", "i'm only 15 btw"))
    assert (told.status, told.code) == (451, "limit")
    assert "mistake" in told.sentence
    again = stopped(gate, chat("hi", "hello you", "ok never mind, let us go on"))
    assert again.status == 451
    with pytest.raises(NothingPending):
        gate.decide(told.pending_id or "", "approve")
    gate.decide(told.pending_id or "", "mistake")
    assert isinstance(gate.judge(chat("hi", "hello you", "let us go on")), Passed)
    assert gate.state().mistakes, "the reason stays on show"


def test_a_stop_says_once_why_and_what_ends_it() -> None:
    gate = keeper()
    stopped(gate, chat("hi", "hello you", "i'm only 15 btw"))
    again = stopped(gate, chat("hi", "hello you", "i'm only 15 btw", "oh", "as i said, i'm 15"))
    assert again.sentence.count("under 18") <= 2
    assert "You said earlier" not in again.sentence
    other = keeper()
    stopped(other, chat("good evening", "welcome", "*Mia is 15 years old and sits on my lap*"))
    told = stopped(other, chat("good evening", "welcome", "*Mia kisses me*"))
    assert "an adult, or leave the scene" in told.sentence


def test_a_participant_under_age_stops_whoever_says_so() -> None:
    rows = [
        (chat("come closer", system="Name: Mia. Mia is 16 years old and a pupil."), "in the card"),
        (chat("hi", "*Mia, sixteen, looks up* hello", "*kisses Mia*"), "in a reply"),
    ]
    for request, reason in rows:
        judged = gate_says(request)
        assert judged.status in (400, 451), reason


def gate_says(request: Request) -> Stopped:
    return stopped(keeper(), request)


def test_an_earlier_message_with_a_limit_of_its_own_is_never_sent() -> None:
    gate = keeper()
    bad = "*Mia, 15 years old, sits on my lap and kisses me*"
    assert stopped(gate, chat(bad)).status == 451
    judged = stopped(gate, chat(bad, "no", "tell me about the harbour"))
    assert "edit or delete" in judged.sentence


def test_a_question_is_asked_once_and_an_approval_holds() -> None:
    gate = keeper(kinds={Kind.HEALTH: Treatment.ASK})
    words = "i was diagnosed with type 1 diabetes last year"
    asked = stopped(gate, chat(words))
    assert (asked.status, asked.code) == (400, "ask")
    assert "health" in asked.sentence
    assert "diabetes" not in asked.sentence
    assert asked.pending_id is not None
    assert stopped(gate, chat(words)).pending_id == asked.pending_id
    assert [one.id for one in gate.pending()] == [asked.pending_id]
    gate.decide(asked.pending_id, "approve")
    passed(gate, chat(words))
    passed(gate, chat(words, "I am sorry.", "thank you"))
    refused = stopped(gate, chat("my doctor says i have asthma"))
    gate.decide(refused.pending_id or "", "refuse")
    again = stopped(gate, chat("my doctor says i have asthma"))
    assert again.code == "refused"
    assert gate.pending() == ()
    gate.decide(again.pending_id or "", "approve")
    passed(gate, chat("my doctor says i have asthma"))


def test_what_could_not_be_checked_is_asked_once_in_a_conversation() -> None:
    gate = keeper()
    words = "ich heiße Jessica und wohne mit meinem Mann und den Kindern in einer kleinen Wohnung in Hamburg"
    asked = stopped(gate, chat(words))
    assert asked.code == "not_checked"
    assert "German" in asked.sentence
    assert asked.sentence.count("Not checked") == 0, "four things that were not read are one sentence"
    gate.decide(asked.pending_id or "", "approve")
    passed(gate, chat(words))
    passed(gate, chat(words, "Schön.", words.replace("kleinen", "großen")))


def test_in_mode_ask_what_would_be_replaced_is_held() -> None:
    gate = keeper(mode=Mode.ASK)
    passed(gate, chat("good evening"))
    held = stopped(gate, chat("good evening", "hello", HELLO))
    assert held.is_held
    assert not gate.wait(held.pending_id or "", 0.0)
    gate.decide(held.pending_id or "", "approve")
    assert gate.wait(held.pending_id or "", 0.0)
    went = passed(gate, chat("good evening", "hello", HELLO))
    assert "Kowalski" not in leaves(went.body)[-1]


def test_the_same_words_later_are_judged_anew() -> None:
    gate = keeper()
    passed(gate, chat("*follows Mia into the cabin*", "she turns", "go on"))
    assert (
        stopped(gate, chat("*follows Mia into the cabin*", "she turns", "*Mia is 15 years old*")).status
        == 451
    )
    judged = gate.judge(chat("*follows Mia into the cabin*", "she turns", "go on"))
    assert isinstance(judged, Stopped), "a stop stands, though these words passed before it"


def test_a_stand_in_that_turns_up_is_retired_and_old_text_still_restores() -> None:
    gate = keeper()
    first = passed(gate, chat(HELLO))
    name = leaves(first.body)[-1].split(" is ")[1].split()[0]
    second = passed(gate, chat(HELLO, "hello", "who else is on board?", system=f"{CARD} {name} is the cook."))
    said = leaves(second.body)
    assert name not in said[1]
    assert name in said[0]
    assert second.table.restore(said[1]) == HELLO
    assert first.table.restore(name) == "Jessica"
    assert gate.state().retired >= 1


def test_what_was_heard_when_a_request_was_stopped_is_no_stand_in_later() -> None:
    gate = keeper(kinds={Kind.HEALTH: Treatment.ASK})
    name = leaves(passed(gate, chat(HELLO)).body)[-1].split(" is ")[1].split()[0]
    words = "i was diagnosed with type 1 diabetes last year"
    request = chat(words, system=f"{CARD} {name} is the cook.")
    gate.decide(stopped(gate, request).pending_id or "", "approve")
    said = leaves(passed(gate, request).body)
    assert name in said[0]
    assert gate.state().retired >= 1
    assert name not in leaves(passed(gate, chat("hi again, it's jessica")).body)[-1].title()


def test_two_personas_share_nothing() -> None:
    one, other = keeper(persona="Wren"), keeper(persona="Harbor")
    first = passed(one, chat(HELLO))
    second = passed(other, chat(HELLO))
    assert leaves(second.body)[-1] != leaves(first.body)[-1]
    shared = {pair.stand_in for pair in other.stand_ins()}
    only_one = [pair.stand_in for pair in one.stand_ins() if pair.stand_in not in shared]
    assert only_one, "each draws for itself"
    for stand_in in only_one:
        assert second.table.restore(stand_in) == stand_in


def test_help_comes_once_a_day_before_the_reply_and_is_taken_out_again() -> None:
    gate = Gatekeeper(Keeping(Settings()), today=lambda: date(2026, 11, 25))
    words = "i want to kill myself, i have the pills here"
    went = passed(gate, chat(words, system=None))
    assert went.before
    gate.replied(went.ticket, RestoreCounts(), 0, 0, is_whole=False, is_line_said=False)
    again = passed(gate, chat(words, system=None))
    assert again.before == went.before, "no reply carried it yet"
    gate.replied(again.ticket, RestoreCounts(), 0, 0, is_whole=True)
    assert passed(gate, chat(words, system=None)).before == ""
    back = passed(gate, chat(words, went.before + "I am here.", "thank you", system=None))
    assert leaves(back.body)[1].strip() == "I am here."
    assert back.before == ""


def test_counts_and_state_hold_no_value() -> None:
    gate = keeper()
    went = passed(gate, chat(HELLO))
    gate.replied(went.ticket, RestoreCounts(2, 1, 1), 10, 20, is_whole=True)
    state = gate.state()
    assert (state.replies, state.restored, state.missed, state.collisions) == (1, 2, 1, 1)
    assert state.collisions_per_10_000 == 10_000
    for shown in (repr(state), repr(went), repr(gate.stand_ins()), repr(gate.pending())):
        for value in ("Jessica", "Kowalski", "Tulsa", "0142"):
            assert value not in shown


def test_a_rehearsal_leaves_no_trace() -> None:
    gate = keeper()
    rehearsed = gate.rehearse(chat(HELLO))
    assert isinstance(rehearsed, Passed)
    assert gate.stand_ins() == ()
    assert gate.state().requests == 0
    assert leaves(passed(gate, chat(HELLO)).body) == leaves(rehearsed.body)


def test_a_request_without_a_message_of_the_users_is_judged_too() -> None:
    gate = keeper()
    request = of([{"role": "system", "content": "Name: Mia. Mia is 16 years old and a pupil."}])
    assert isinstance(gate.judge(request), Stopped)
    passed(keeper(), of([{"role": "system", "content": CARD}]))


def test_help_comes_once_an_asked_message_was_approved() -> None:
    gate = keeper(kinds={Kind.HEALTH: Treatment.ASK})
    words = "i was diagnosed with depression and i want to kill myself tonight, i have the pills"
    asked = stopped(gate, chat(words, system=None))
    gate.decide(asked.pending_id or "", "approve")
    assert passed(gate, chat(words, system=None)).before


def test_a_rehearsal_is_seen_nowhere() -> None:
    gate = keeper(kinds={Kind.HEALTH: Treatment.ASK})
    passed(gate, chat("good evening", system=None))
    before = gate.stand_ins(), gate.state(), gate.pending()
    words = "i was diagnosed with asthma, my ex is Mike Danvers, i want to kill myself"
    assert isinstance(gate.rehearse(chat(words, system=None)), Stopped)
    assert (gate.stand_ins(), gate.state(), gate.pending()) == before
    crisis = passed(gate, chat("i want to kill myself, i have the pills here", system=None))
    assert crisis.before, "the day's line of help was not used up"
