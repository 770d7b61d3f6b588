"""A reply that comes whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from discretion.gateway.wire._request import Endpoint, NotUnderstood
from discretion.gateway.wire._tree import NotJson, Tree, read_tree, written
from discretion.gateway.wire._usage import tokens_of
from discretion.gateway.wire._whole import Whole, with_line
from discretion.guard.restore import RestoreCounts

if TYPE_CHECKING:
    from discretion.guard.restore import RestoreTable


@dataclass(frozen=True, slots=True)
class Reply:
    """What the client gets, what was restored in it, and how many tokens the platform counted.

    ``has_line``: whether a line of Discretion's own was put in, where there was one to put in.
    """

    body: bytes = field(repr=False)
    counts: RestoreCounts
    tokens_in: int
    tokens_out: int
    has_line: bool = True


def read_reply(endpoint: Endpoint, body: bytes, table: RestoreTable, *, before: str = "") -> Reply:
    """Restores a whole reply, an error too; ``before`` is put before its first text, once.

    A reply in which nothing was restored passes as it came. Raises ``NotUnderstood`` for what is not JSON.
    """
    try:
        tree = read_tree(body.decode("utf-8-sig"), keeps_halves=True)
        whole = Whole(table)
        tree = whole.tree(tree)
    except (UnicodeDecodeError, NotJson, RecursionError):
        raise NotUnderstood("the reply is no JSON that can be read") from None
    tokens_in, tokens_out = tokens_of(tree)
    place = next(_texts(endpoint, tree), None) if before else None
    if place is not None:
        holder, key = place
        holder[key] = with_line(before, str(holder[key]))
    if place is not None or whole.has_changed:
        body = written(tree).encode("utf-8")
    return Reply(body, whole.counts, tokens_in, tokens_out, place is not None or not before)


def _texts(endpoint: Endpoint, tree: Tree) -> Iterator[tuple[dict[str, Tree], str]]:
    """Where the text of a reply stands, first to last."""
    match endpoint:
        case Endpoint.CHAT:
            for choice in _objects(tree, "choices")[:1]:
                yield from _content(choice.get("message"))
        case Endpoint.COMPLETIONS:
            for choice in _objects(tree, "choices")[:1]:
                yield from _text(choice, "text")
        case Endpoint.MESSAGES:
            yield from _content(tree)
        case Endpoint.RESPONSES:
            yield from response_texts(tree)


def response_texts(response: Tree) -> Iterator[tuple[dict[str, Tree], str]]:
    """Where the text of a response of ``/responses`` stands, first to last."""
    for item in _objects(response, "output"):
        if item.get("type") == "message":
            yield from _content(item)


def _content(message: Tree) -> Iterator[tuple[dict[str, Tree], str]]:
    if type(message) is dict:
        yield from _text(message, "content")
        for part in _objects(message, "content"):
            if part.get("type") in ("text", "output_text"):
                yield from _text(part, "text")


def _text(holder: dict[str, Tree], key: str) -> Iterator[tuple[dict[str, Tree], str]]:
    if type(holder.get(key)) is str and holder[key]:
        yield holder, key


def _objects(tree: Tree, key: str) -> list[dict[str, Tree]]:
    found = tree.get(key) if type(tree) is dict else None
    return [item for item in found if type(item) is dict] if type(found) is list else []
