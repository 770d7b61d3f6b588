"""Prompts of ``/completions`` as front ends write them: a whole conversation in one string, by turns.

Marks by hand from the chat templates that models publish, and as SillyTavern's text completion sends them.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from discretion.gateway.wire import Endpoint, Request, read_request

Row = tuple[str, str, str, int | None]  # text, voice, key, turn


def read(body: dict[str, Any]) -> Request:
    return read_request(Endpoint.COMPLETIONS, json.dumps(body).encode())


PROMPTS: list[tuple[str, dict[str, Any], list[Row]]] = [
    (
        "a prompt as SillyTavern writes it: card, names, the line left open",
        {
            "prompt": "Mara's Persona: tall.\nScenario: a tavern\n\nMara: Welcome\n"
            "Jess: I live in Tulsa\nand more\nMara:",
            "stop": ["\nJess:"],
            "suffix": "Jess",
        },
        [
            ("Mara's Persona: tall.\nScenario: a tavern", "system", "prompt", None),
            ("Mara", "assistant", "name", 0),
            ("Welcome", "assistant", "prompt", 0),
            ("Jess", "user", "name", 1),
            ("I live in Tulsa\nand more", "user", "prompt", 1),
            ("Mara", "assistant", "name", 2),
            ("\nJess:", "other", "stop", None),
            ("Jess", "other", "suffix", None),
        ],
    ),
    (
        "ChatML",
        {
            "prompt": "<|im_start|>system\ncard<|im_end|>\n"
            "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n"
        },
        [("card", "system", "prompt", None), ("hi", "user", "prompt", 0)],
    ),
    (
        "Llama 2",
        {"prompt": "<s>[INST] <<SYS>>\ncard\n<</SYS>>\n\nhi [/INST] hello </s><s>[INST] Jess [/INST]"},
        [
            ("card", "system", "prompt", None),
            ("hi", "user", "prompt", 0),
            ("hello", "assistant", "prompt", 1),
            ("Jess", "user", "prompt", 2),
        ],
    ),
    (
        "Llama 3",
        {
            "prompt": "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nhi<|eot_id|>"
            "<|start_header_id|>assistant<|end_header_id|>\n\n"
        },
        [("hi", "user", "prompt", 0)],
    ),
    (
        "Alpaca: a heading is no turn",
        {"prompt": "### Instruction:\nSay hi\n### Notes:\nx\n\n### Response:\n"},
        [("Say hi\n### Notes:\nx", "user", "prompt", 0)],
    ),
    (
        "prose has paragraphs, and a colon in it makes no speaker",
        {"prompt": "Once upon a time\n\nthere was Jess: a girl"},
        [("Once upon a time", "user", "prompt", 0), ("there was Jess: a girl", "user", "prompt", 1)],
    ),
    (
        "an unknown speaker is the user",
        {"prompt": "Kim: hi\nLou: yes\nKim: no\nLou: well\nMara:"},
        [
            ("Kim", "user", "name", 0),
            ("hi", "user", "prompt", 0),
            ("Lou", "user", "name", 1),
            ("yes", "user", "prompt", 1),
            ("Kim", "user", "name", 2),
            ("no", "user", "prompt", 2),
            ("Lou", "user", "name", 3),
            ("well", "user", "prompt", 3),
            ("Mara", "assistant", "name", 4),
        ],
    ),
    (
        "many prompts in one request",
        {"prompt": ["Jess", "Tulsa"]},
        [("Jess", "user", "prompt", 0), ("Tulsa", "user", "prompt", 1)],
    ),
]


@pytest.mark.parametrize(("reason", "body", "rows"), PROMPTS)
def test_every_turn_is_a_passage(reason: str, body: dict[str, Any], rows: list[Row]) -> None:
    request = read(body)
    assert [(one.text, one.voice.value, one.key, one.turn) for one in request.passages] == rows, reason


@pytest.mark.parametrize(("reason", "body", "rows"), PROMPTS)
def test_what_was_not_replaced_leaves_as_it_came(reason: str, body: dict[str, Any], rows: list[Row]) -> None:
    request = read(body)
    assert json.loads(request.rewritten([one.text for one in request.passages])) == body, reason


@pytest.mark.parametrize(("reason", "body", "rows"), PROMPTS)
def test_nothing_leaves_but_what_was_reviewed(reason: str, body: dict[str, Any], rows: list[Row]) -> None:
    left = read(body).rewritten([f"p{at}" for at in range(len(rows))]).decode()
    for marker in ("Jess", "Tulsa", "card", "hi", "Kim"):
        assert marker not in left.replace("<|im_start|>", ""), reason


def test_a_prompt_keeps_every_character() -> None:
    prompt = "  \n<|im_start|>Jess\n hi \n<|im_end|>\n\n<|im_start|>assistant\nMara: \n\n"
    request = read({"prompt": prompt})
    left = json.loads(request.rewritten([one.text for one in request.passages]))
    assert left["prompt"] == prompt
    assert "Jess" in [one.text for one in request.passages]


def test_a_turn_stays_the_same_passage_when_the_prompt_grows() -> None:
    first, then = (
        "Jess: hi\nMara: yes\nJess: no\nMara:",
        "Jess: hi\nMara: yes\nJess: no\nMara: well\nJess: so\nMara:",
    )
    texts = [[one.text for one in read({"prompt": prompt}).passages] for prompt in (first, then)]
    assert texts[1][: len(texts[0])] == texts[0]
