"""Reading a request, and writing it anew from what may leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from discretion.gateway.wire._chat import read_chat
from discretion.gateway.wire._completions import read_completions
from discretion.gateway.wire._draft import Draft, Piece, assembled
from discretion.gateway.wire._messages import read_messages
from discretion.gateway.wire._request import Endpoint, NotUnderstood, Passage, Voice
from discretion.gateway.wire._responses import read_responses
from discretion.gateway.wire._tree import NotJson, Tree, decoded, read_tree

_READERS: Final[Mapping[Endpoint, Callable[[Draft, dict[str, Tree]], None]]] = {
    Endpoint.CHAT: read_chat,
    Endpoint.COMPLETIONS: read_completions,
    Endpoint.MESSAGES: read_messages,
    Endpoint.RESPONSES: read_responses,
}


_FORMS: Final = (
    ("response_format",),
    ("text", "format"),
    ("output_format",),
    ("output_config", "format"),
    ("format",),
    ("json_schema",),
    ("grammar",),
    ("grammar_string",),
    ("structured_outputs",),
    ("guided_json",),
    ("guided_regex",),
    ("guided_choice",),
    ("guided_grammar",),
)
"""Where the APIs, llama.cpp, KoboldCpp, vLLM and Ollama say that a reply has a form (data/keys.toml)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a client, read whole.

    ``passages`` holds the system prompts as they come, then the messages in order, then everything else:
    every string and every number of the tree, but the words of the API and the ids that the platform issued
    (data/keys.toml). Names of members are passages too where the client chose them. ``wants_json``: a program
    reads the reply, as JSON or by a grammar, so that no line of Discretion's own has a place in it.
    """

    endpoint: Endpoint
    model: str
    is_stream: bool
    passages: tuple[Passage, ...] = field(repr=False)
    _pieces: tuple[str | Piece, ...] = field(repr=False)
    _order: tuple[int, ...] = field(repr=False)
    _has_keys: bool = False
    wants_json: bool = False

    def rewritten(self, texts: Sequence[str]) -> bytes:
        """The body that leaves: ``texts`` has one text for each passage, in the same order.

        Keys that nobody knows stay, in their order; a number that was not replaced is spelled as it came, and
        one whose replacement is no number becomes a string. Raises ``ValueError`` where the texts are not as
        many as the passages, ``NotUnderstood`` where two members of an object came to bear one name.
        """
        if len(texts) != len(self.passages):
            raise ValueError(f"{len(self.passages)} passages, {len(texts)} texts")
        as_read = [""] * len(texts)
        for at, number in enumerate(self._order):
            as_read[number] = texts[at]
        body = assembled(self._pieces, as_read)
        if self._has_keys:
            try:
                read_tree(body)
            except NotJson:
                raise NotUnderstood("two keys of one object were to leave under the same name") from None
        return body.encode("utf-8")


def read_request(endpoint: Endpoint, body: bytes) -> Request:
    """Reads the body of a request to ``endpoint``.

    Raises ``NotUnderstood`` for what cannot be reviewed: no JSON object of one meaning, the wrong type where
    text is expected, pictures, sound and files, tokens in place of text, an unknown kind of part.
    """
    reader = _READERS.get(endpoint)
    if reader is None:
        raise NotUnderstood("this endpoint takes no body")
    tree = _object(decoded(body))
    model, stream = tree.get("model", ""), tree.get("stream")
    if type(model) is not str:
        raise NotUnderstood("the request, under 'model': it is no string")
    if stream is not None and type(stream) is not bool:
        raise NotUnderstood("the request, under 'stream': it is neither true nor false")
    draft = Draft()
    try:
        reader(draft, tree)
    except RecursionError:
        raise NotUnderstood("the request is nested too deep") from None
    order = sorted(range(len(draft.passages)), key=lambda number: _rank(draft.passages[number]))
    return Request(
        endpoint,
        model,
        bool(stream),
        tuple(draft.passages[number] for number in order),
        tuple(draft.pieces),
        tuple(order),
        draft.has_keys,
        any(_has_form(tree, path) for path in _FORMS),
    )


def _has_form(tree: dict[str, Tree], path: tuple[str, ...]) -> bool:
    value: Tree = tree
    for key in path:
        value = value.get(key) if type(value) is dict else None
    return bool(value) and value != {"type": "text"}


def _object(text: str) -> dict[str, Tree]:
    try:
        tree = read_tree(text)
    except NotJson as error:
        raise NotUnderstood(f"the request cannot be read: {error}") from None
    if type(tree) is not dict:
        raise NotUnderstood("the request is no JSON object")
    return tree


def _rank(passage: Passage) -> int:
    if passage.voice is Voice.SYSTEM:
        return 0
    return 1 if passage.turn is not None else 2
