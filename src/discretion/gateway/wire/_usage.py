"""How many tokens a reply took, as the platform counts them."""

from __future__ import annotations

from typing import Final

from discretion.gateway.wire._tree import Number, Tree

_IN: Final = ("prompt_tokens", "input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
"""Anthropic counts what it read from its cache beside ``input_tokens``; OpenAI counts it in."""
_OUT: Final = ("completion_tokens", "output_tokens")
_AROUND: Final = ("message", "response", "x_groq")


def tokens_of(tree: Tree) -> tuple[int, int]:
    """Tokens in and out, by the ``usage`` of a reply or event; 0 where it says nothing."""
    if type(tree) is not dict:
        return 0, 0
    tokens_in = tokens_out = 0
    for holder in (tree, *(tree.get(key) for key in _AROUND)):
        usage = holder.get("usage") if type(holder) is dict else None
        if type(usage) is dict:
            tokens_in = max(tokens_in, sum(_number(usage.get(key)) for key in _IN))
            tokens_out = max(tokens_out, sum(_number(usage.get(key)) for key in _OUT))
    return tokens_in, tokens_out


def _number(value: Tree) -> int:
    return int(value) if type(value) is Number and value.isdigit() and len(value) <= 12 else 0
