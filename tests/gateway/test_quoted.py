"""Calls in which a client quotes the chat: no second judgement, nothing real inside leaves."""

from __future__ import annotations

import json

import pytest
from tests.gateway.asked import CARD, chat, of

from discretion.gateway._gatekeeper import Gatekeeper, Passed, Stopped
from discretion.gateway._keeping import Keeping
from discretion.gateway._settings import Settings

SAID = "hi, my name is grace kowalski and i live in Tulsa, text me at 918-555-0142"
REPLY = "*Elara laughs like a child.*\nMarcus was asking for you, he says how he would poison the king."
WHO = "my boy turned 9 today btw"

WAYS = [
    (
        "### Task:\nGenerate a concise, 3-5 word title.\n### Chat History:\n<chat_history>\n"
        "USER: {said}\nASSISTANT: {reply}\nUSER: {who}\n</chat_history>",
        "Open WebUI's titles and tags",
    ),
    (
        'Provide a title for the conversation.\n\n||>User:\n"{said}"\n||>Response:\n"{reply}"\n'
        '||>User:\n"{who}"\n\n||>Title:',
        "LibreChat's titles",
    ),
    ("Summarize:\nHuman: {said}\nAI: {reply}\nHuman: {who}", "a summary"),
]


@pytest.mark.parametrize(("way", "reason"), WAYS)
def test_a_quoted_chat_is_not_judged_again_and_leaks_nothing(way: str, reason: str) -> None:
    gate = Gatekeeper(Keeping(Settings()))
    for request in (chat(SAID), chat(SAID, REPLY, WHO)):
        judged = gate.judge(request)
        assert isinstance(judged, Passed)
    pairs, found = gate.stand_ins(), gate.state().found
    judged = gate.judge(chat(way.format(said=SAID, reply=REPLY, who=WHO), system=None))
    assert isinstance(judged, Passed), (reason, judged)
    text = json.loads(judged.body)["messages"][0]["content"]
    for value in ("grace", "kowalski", "tulsa", "0142"):
        assert value not in text.casefold(), (reason, value)
    for kept in ("Elara", "Marcus", "poison the king"):
        assert kept in text, (reason, kept)
    assert judged.table.restore(text) == way.format(said=SAID, reply=REPLY, who=WHO)
    assert gate.stand_ins() == pairs, "no pair was made of a character"
    assert found["name"] >= 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("USER: i'm only 15 btw\nASSISTANT: oh", "nothing of it is known"),
        (f"USER: {WHO}\nUSER: i'm only 15 btw", "one line is known, the other is said here"),
    ],
)
def test_what_was_not_said_before_is_judged_here(said: str, reason: str) -> None:
    gate = Gatekeeper(Keeping(Settings()))
    assert isinstance(gate.judge(chat(WHO)), Passed)
    judged = gate.judge(chat(f"Summarize:\n{said}", system=None))
    assert isinstance(judged, Stopped), reason
    assert judged.code == "limit", reason


def test_what_was_stopped_is_not_known_as_a_quote() -> None:
    gate = Gatekeeper(Keeping(Settings()))
    assert isinstance(gate.judge(chat("*Mia, 15 years old, sits on my lap and kisses me*")), Stopped)
    quote = "Title?\nUSER: *Mia, 15 years old, sits on my lap and kisses me*\nASSISTANT: no"
    assert isinstance(gate.judge(of([{"role": "user", "content": quote}])), Stopped)


def test_a_quote_of_another_run_is_read_as_the_users_words() -> None:
    gate = Gatekeeper(Keeping(Settings()))
    request = of(
        [{"role": "system", "content": CARD}, {"role": "user", "content": f"Title?\nUSER: {SAID}\nAI: hi"}]
    )
    judged = gate.judge(request)
    assert isinstance(judged, Passed)
    assert b"0142" not in judged.body
