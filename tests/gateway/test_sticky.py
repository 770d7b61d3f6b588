"""What a conversation has shown stays known, whatever its client does with its window, prompt and replies."""

from __future__ import annotations

import pytest
from tests.gateway.asked import CARD, chat, leaves, of

from discretion.gateway._conversations import MOST_OPEN
from discretion.gateway._gatekeeper import Gatekeeper, Passed, Stopped
from discretion.gateway._keeping import Keeping
from discretion.gateway._settings import Settings
from discretion.gateway.wire import Request

UNDER = "i'm only 15 btw"
CLOCK = "You are Elara Voss, a captain. The current time is Tuesday, 25 November 2026, 22:4{}."
TALK = [
    "good evening captain",
    "*nods* Evening.",
    "is the harbour quiet",
    "Quiet enough.",
    "and the crew",
    "Asleep.",
]


def keeper() -> Gatekeeper:
    return Gatekeeper(Keeping(Settings()))


def code(gate: Gatekeeper, request: Request) -> str:
    judged = gate.judge(request)
    return judged.code if isinstance(judged, Stopped) else ""


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (chat(*TALK, "let us go on"), "the message was deleted"),
        (chat(*TALK, "i'm 25, let us go on"), "the message was edited: this is never taken back"),
        (chat(*TALK[2:], "let us go on"), "the oldest messages slid out"),
        (chat(*TALK[:5], "All asleep.", "let us go on"), "a reply was drawn anew"),
        (chat(*TALK), "the story is to go on without a message"),
        (chat(*TALK, "ok", "*she pours"), "a reply is to be continued"),
        (chat(*TALK, "ok", system=f"{CARD}\nThe docks smell of tar."), "lore was added"),
        (chat(*TALK, "ok", system="Name: Marco. Marco cooks."), "another member of the group speaks"),
        (chat(*TALK[2:], "ok", system=None), "the prompt is gone and the window slid"),
    ],
)
def test_the_users_own_age_stops_the_rest_of_the_conversation(request_: Request, reason: str) -> None:
    gate = keeper()
    assert code(gate, chat(*TALK[:5])) == ""
    assert code(gate, chat(*TALK, UNDER)) == "limit"
    assert code(gate, request_) == "limit", reason


def test_a_clock_in_the_prompt_makes_no_other_conversation() -> None:
    gate = keeper()
    assert code(gate, chat("hi there", system=CLOCK.format(0))) == ""
    assert code(gate, chat("hi there", "hello", UNDER, system=CLOCK.format(1))) == "limit"
    assert code(gate, chat("hi there", "hello", "never mind", system=CLOCK.format(2))) == "limit"
    assert gate.state().conversations == 1


def test_the_same_first_words_to_another_character_are_another_conversation() -> None:
    gate = keeper()
    lore = "You are {}. Lore: {}."
    elara = "Elara, a captain of forty who commands a ship"
    assert code(gate, chat("hi", system=lore.format(elara, "the docks"))) == ""
    mia = "Mia. Mia is 16 years old and your pupil"
    assert code(gate, chat("hi", system=lore.format(mia, "the school"))) == "limit"
    again = lore.format(elara, "the market and its smells")
    assert code(gate, chat("hi", "*bows*", "*kisses her*", system=again)) == ""


def test_a_corrected_card_ends_a_participants_stop() -> None:
    gate = keeper()
    assert code(gate, chat("hi", system="Name: Mia. Mia is 16 years old.")) == "limit"
    assert code(gate, chat("hi", system="Name: Mia. Mia is 21 years old.")) == ""
    assert code(gate, chat("hi", "hello", "*kisses her*", system="Name: Mia. Mia is 21 years old.")) == ""


def test_a_message_drawn_anew_under_a_new_clock_counts_once() -> None:
    gate = keeper()
    said = ("hi", "hello", "in real life my name is Jessica Kowalski and i live in Tulsa")
    for minute in range(4):
        assert code(gate, chat(*said, system=CLOCK.format(minute))) == ""
    assert gate.state().found["name"] == 1


def test_lore_of_another_person_leaves_the_character_who_they_are() -> None:
    gate = keeper()
    assert code(gate, chat("*kisses Elara*")) == ""
    lore = f"{CARD}\nMarcus is the cook of the ship."
    assert code(gate, chat("*kisses Elara*", "*laughs*", "*kisses Elara again*", system=lore)) == ""


def test_calls_for_titles_push_no_conversation_out() -> None:
    gate = keeper()
    passed = gate.judge(chat(*TALK[:5]))
    assert isinstance(passed, Passed)
    assert code(gate, chat(*TALK, UNDER)) == "limit"
    for number in range(MOST_OPEN + 5):
        quote = f"Write title {number}.\nUSER: {TALK[0]}\nASSISTANT: {TALK[1]}"
        assert code(gate, chat(quote, system=None)) == ""
    assert code(gate, chat(*TALK[2:], "let us go on")) == "limit"


def test_two_names_of_nobody_are_not_looked_for_in_the_prompt() -> None:
    gate = keeper()
    for name in ("You", "User", "{{user}}"):
        judged = gate.judge(
            of(
                [
                    {"role": "system", "content": f"{CARD} You meet Grace Miller in Boston. The User waits."},
                    {"role": "user", "name": name, "content": "good evening"},
                ]
            )
        )
        assert isinstance(judged, Passed)
        assert "Boston" in leaves(judged.body)[0], name
