"""What became of each planted value: where it was, what left in its place, what came back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from discretion.gateway import _verify_plan as plan
from discretion.gateway._verify_leaves import leaves
from discretion.gateway._verify_plan import SAME, Plant
from discretion.gateway._verify_reply import CameBack
from discretion.gateway.wire import Endpoint

_LEAST_LETTERS = 4
_LEAST_DIGITS = 7
_NEAR = 14


class Outcome(StrEnum):
    """What happened to one planted value."""

    REPLACED = "replaced"
    """A stand-in left, and the real value came back."""
    PHRASE = "phrase"
    """A neutral phrase left and stayed."""
    UNTOUCHED = "untouched"
    """The story's own, and nothing happened to it."""
    HELD = "held"
    """The request was held back: nothing of it left."""
    LEFT = "left"
    """The real value left this machine."""
    CHANGED = "changed"
    """The story's own was changed."""
    NOT_RESTORED = "not_restored"
    """What came back is not what was sent."""
    UNSTEADY = "unsteady"
    """One request had another stand-in than the next."""

    @property
    def is_good(self) -> bool:
        """Whether it is as it should be."""
        return self in (Outcome.REPLACED, Outcome.PHRASE, Outcome.UNTOUCHED)

    @property
    def is_bad(self) -> bool:
        """Whether something left or came back wrong."""
        return not self.is_good and self is not Outcome.HELD


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request through the gateway: what was ``sent`` to it, what ``arrived`` at the upstream (``None``:
    nothing), everything else that arrived with it (``around``: path and headers), what ``came_back``, and the
    gateway's own ``sentence`` where it held the request."""

    endpoint: Endpoint
    is_stream: bool
    sent: Mapping[str, object]
    arrived: bytes | None
    around: str
    came_back: CameBack | None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """One planted value in one exchange: what ``left`` in its place and what came ``back``."""

    plant: Plant
    outcome: Outcome
    left: str
    back: str


def judged(exchange: Exchange, plants: Iterable[Plant]) -> dict[Plant, Sight]:
    """What became of every plant that the exchange carries."""
    sent = leaves(exchange.sent)
    arrived = leaves(json.loads(exchange.arrived)) if exchange.arrived else {}
    every = _everything(exchange, arrived)
    back = exchange.came_back.by_path() if exchange.came_back else {}
    called = exchange.came_back.called_with() if exchange.came_back else frozenset()
    found = {}
    for plant in plants:
        path = _path_of(plant, sent)
        if path is None:
            continue
        if exchange.arrived is None:
            found[plant] = Sight(plant, Outcome.HELD, "", "")
            continue
        told = sent[path], arrived.get(path, ""), back.get(path, "")
        is_called = "argument" not in plant.where or sent[path] in called
        outcome = Outcome.LEFT if plant.becomes != SAME and is_in(plant, every) else _outcome(plant, *told)
        if outcome is Outcome.REPLACED and not is_called:
            outcome = Outcome.NOT_RESTORED
        before, _, after = sent[path].partition(plant.value)
        found[plant] = Sight(plant, outcome, *(_between(one, before, after) for one in told[1:]))
    return found


def _outcome(plant: Plant, sent: str, arrived: str, back: str) -> Outcome:
    match plant.becomes:
        case plan.SAME:
            return Outcome.UNTOUCHED if sent == arrived == back else Outcome.CHANGED
        case plan.PHRASE:
            return Outcome.PHRASE if arrived and back == arrived else Outcome.NOT_RESTORED
        case _:
            return Outcome.REPLACED if arrived and back == sent else Outcome.NOT_RESTORED


def is_in(plant: Plant, everything: str) -> bool:
    """Whether the planted value stands anywhere in what arrived, in the words or the digits of it.

    A name is there already where one word of it is.
    """
    text = everything.casefold()
    if plant.value.casefold() in text:
        return True
    words = [one.casefold() for one in plant.value.split() if len(one) >= _LEAST_LETTERS]
    if plant.kind == "name" and any(one in text for one in words):
        return True
    digits = "".join(filter(str.isdigit, plant.value))
    is_number = len(digits) >= _LEAST_DIGITS and plant.kind not in ("coordinates", "date_of_birth")
    return is_number and any(digits in "".join(filter(str.isdigit, line)) for line in text.split("\n"))


def _everything(exchange: Exchange, arrived: Mapping[str, str]) -> str:
    raw = (exchange.arrived or b"").decode("utf-8", "replace")
    return "\n".join([exchange.around, raw, *arrived, *arrived.values()])


def _path_of(plant: Plant, sent: Mapping[str, str]) -> str | None:
    """Where a plant stands: a leaf of its own, or a line that ends in it after a speaker's name."""
    for path, text in sent.items():
        if text in (plant.text, f"User: {plant.text}"):
            return path
    return None


def _between(text: str, before: str, after: str) -> str:
    """What stands where the value stood; the whole line where its surroundings are not found."""
    if text.startswith(before) and text.endswith(after) and len(text) >= len(before) + len(after):
        return text[len(before) : len(text) - len(after)]
    near, far = before[-_NEAR:], after[:_NEAR]
    start = text.find(near) + len(near) if near in text else 0
    end = text.find(far, start) if far and far in text[start:] else len(text)
    return text[start:end]
