"""Streamed replies of all four APIs, cut anywhere and damaged, for the tests and `make fuzz`.

Drawn from a seed, so that a trial that fails can be run again: `check(drawn(Random(seed)))`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from random import Random

from tests.gateway.wire import streams
from tests.guard.restore.pairs import TABLE
from tests.guard.restore.test_cuts import FRAGMENTS

from discretion.gateway.wire import Endpoint, ReplyStream

SENTENCE = "The platform went away."
MOST_CUTS, MOST_DAMAGES = 12, 4
_PREFIXES = {
    "CHAT": Endpoint.CHAT,
    "GARBAGE": Endpoint.CHAT,
    "COMPLETIONS": Endpoint.COMPLETIONS,
    "MESSAGES": Endpoint.MESSAGES,
    "RESPONSES": Endpoint.RESPONSES,
}
_GARBAGE = (
    b"\n", b"\r", b"\r\n", b"\n\n", b"data: ", b"data:", b"event: ", b": ", b"\xff", b"\xe2\x82", b"\xf0\x9f",
    b"\xef\xbb\xbf", b"\0", b'"', b"\\", b"\\u00", b"\\ud83d", b"{", b"}", b"[", b"]", b",", b"null",
    b"1e999", b"[DONE]", b"data: [DONE]\n\n", b"Mara", b"Ma", b'"index":0', b'"delta":{"content":"Mara"}',
)  # fmt: skip
_WORDS = tuple(piece for piece in FRAGMENTS if piece.isprintable() and piece.encode("utf-8", "ignore"))


@dataclass(frozen=True, slots=True)
class Trial:
    """One stream in pieces; how often it was damaged, or else, as ``text``, what it says."""

    endpoint: Endpoint
    parts: tuple[bytes, ...] = field(repr=False)
    is_broken: bool
    damages: int
    text: str | None = None


def drawn(random: Random) -> Trial:
    """A stream that says something of its own, or one of those kept for the tests with damage done to it."""
    if random.random() < 0.4:
        endpoint = random.choice((Endpoint.CHAT, Endpoint.COMPLETIONS, Endpoint.MESSAGES, Endpoint.RESPONSES))
        text = " ".join(random.choices(_WORDS, k=random.randrange(12)))
        data = b"".join(_told(endpoint, piece) for piece in _pieces(random, text))
        return Trial(endpoint, _cut(random, data), False, 0, text)
    endpoint, blocks = random.choice(_kept())
    first = random.randrange(len(blocks))
    data = b"".join(blocks[first : first + random.randint(1, 8)] if random.random() < 0.8 else blocks)
    damages = random.randint(0, MOST_DAMAGES)
    for _ in range(damages):
        data = _damaged(random, data)
    return Trial(endpoint, _cut(random, data), random.random() < 0.5, damages)


def check(trial: Trial) -> None:
    """Hold a trial to what is promised: nothing raised, the same for every cut, restored, a clean end."""
    result = _run(trial, trial.parts)
    assert result == _run(trial, [b"".join(trial.parts)])
    out, is_done = result[0], result[-1]
    assert not out or out.endswith((b"\n", b"\r")), "half an event is no event"
    if trial.is_broken and not is_done:
        last = [line for line in out.splitlines() if line.startswith(b"data:")][-1]
        assert last == b"data: [DONE]" or json.loads(last[5:])
        assert out.endswith((b"\n\n", b"\r\r", b"\r\n\r\n"))
    if trial.text is not None:
        said = "".join(_said(line) for line in out.splitlines() if line.startswith(b"data:"))
        assert said == TABLE.restore(trial.text)


def _run(trial: Trial, parts: Iterable[bytes]) -> tuple[bytes, object, int, int, bool]:
    stream = ReplyStream(trial.endpoint, TABLE)
    out = b"".join([stream.feed(part) for part in parts])
    is_done = stream.is_done
    out += stream.broken(SENTENCE) if trial.is_broken else stream.finish()
    return out, stream.counts, stream.tokens_in, stream.tokens_out, is_done


@cache
def _kept() -> tuple[tuple[Endpoint, tuple[bytes, ...]], ...]:
    """The streams that the tests of the wire keep, in blocks."""
    found = []
    for name, value in sorted(vars(streams).items()):
        endpoint = _PREFIXES.get(name.split("_")[0])
        if endpoint is not None and isinstance(value, bytes):
            blocks = value.replace(b"Millbrook", b"Port Ellery").split(b"\n\n")
            found.append((endpoint, tuple(block + b"\n\n" for block in blocks)))
    return tuple(found)


def _pieces(random: Random, text: str) -> list[str]:
    places = sorted(random.choices(range(len(text) + 1), k=random.randrange(8)))
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


def _told(endpoint: Endpoint, text: str) -> bytes:
    """An event in which the model says ``text``."""
    tree: dict[str, object]
    match endpoint:
        case Endpoint.CHAT:
            tree = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
        case Endpoint.COMPLETIONS:
            tree = {"choices": [{"index": 0, "text": text, "finish_reason": None}]}
        case Endpoint.MESSAGES:
            delta = {"type": "text_delta", "text": text}
            tree = {"type": "content_block_delta", "index": 0, "delta": delta}
        case _:
            tree = {"type": "response.output_text.delta", "item_id": "m", "output_index": 0}
            tree |= {"content_index": 0, "delta": text}
    return b"data: " + json.dumps(tree).encode() + b"\n\n"


def _said(line: bytes) -> str:
    if line == b"data: [DONE]":
        return ""
    tree = json.loads(line[5:])
    for choice in tree.get("choices", ()):
        return str(choice.get("text", choice.get("delta", {}).get("content", "")))
    delta = tree.get("delta", "")
    return str(delta.get("text", "") if isinstance(delta, dict) else delta)


def _cut(random: Random, data: bytes) -> tuple[bytes, ...]:
    if random.random() < 0.02:
        return tuple(data[at : at + 1] for at in range(len(data)))
    places = sorted(random.choices(range(len(data) + 1), k=random.randint(1, MOST_CUTS)))
    return tuple(data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True))


def _damaged(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    to = min(len(data), at + random.choice((1, 3, 20, 200)))
    match random.randrange(6):
        case 0:
            return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at] + data[to:]
        case 2:
            return data[:to] + data[at:]
        case 3:
            blocks = data.split(b"\n\n")
            random.shuffle(blocks)
            return b"\n\n".join(blocks)
        case 4:
            return data[:at] + random.choice(random.choice(_kept())[1]) + data[at:]
    return data[:at] + random.choice(_GARBAGE) + data[at:]
