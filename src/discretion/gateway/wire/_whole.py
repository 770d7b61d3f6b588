"""Restoring what is whole: every string of a tree, but words of the API and ids that the platform issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discretion.gateway.wire._tree import Number, Tree, is_number
from discretion.gateway.wire._vocabulary import vocabulary
from discretion.guard.restore import RestoreCounts

if TYPE_CHECKING:
    from discretion.guard.restore import Restorer, RestoreTable

JSON_SOURCE: Final = frozenset({"arguments", "partial_json"})
"""Keys whose strings are the source text of JSON."""

_PASSED: Final = frozenset({"logprobs", "obfuscation", "object", "system_fingerprint", "b64_json", "usage"})
"""What stays as it was sent. Tokens of ``logprobs`` are pieces of words: a name does not fit them."""


def passes(key: str, text: str) -> bool:
    """Whether ``text`` under ``key`` is no text that a stand-in could stand in."""
    return not text or key in _PASSED or vocabulary().passes(key, text)


class Whole:
    """Restores whole strings and counts; ``has_changed``: whether anything was restored since its reset."""

    def __init__(self, table: RestoreTable) -> None:
        self._table = table
        self.counts = RestoreCounts()
        self.has_changed = False
        self._part: Restorer | None = None

    def text(
        self, text: str, *, json_source: bool = False, is_counted: bool = True, is_part: bool = False
    ) -> str:
        """``text`` restored; ``is_part`` where a reader sees it right behind the part before."""
        restorer = self._table.restorer(json_source=json_source, follows=self._part if is_part else None)
        if is_part:
            self._part = restorer
        restored = restorer.feed_text(text) + restorer.finish_text()
        if is_counted:
            self.counts += restorer.counts
        self.has_changed |= restored != text
        return restored

    def tree(self, tree: Tree, key: str = "", *, is_counted: bool = True) -> Tree:
        """``tree`` restored, in place where it can be."""
        self._part = None
        return self._tree(tree, key, is_counted=is_counted)

    def _tree(self, tree: Tree, key: str, *, is_counted: bool) -> Tree:
        if type(tree) is str:
            if passes(key, tree):
                return tree
            is_source = key in JSON_SOURCE
            return self.text(tree, json_source=is_source, is_counted=is_counted, is_part=key == "text")
        if key in _PASSED:
            return tree
        if type(tree) is list:
            tree[:] = [self._tree(item, key, is_counted=is_counted) for item in tree]
        elif type(tree) is dict:
            if key in ("input", "arguments"):
                return self._called_with(tree, is_counted=is_counted)
            for name, value in tree.items():
                tree[name] = self._tree(value, name, is_counted=is_counted)
        return tree

    def _called_with(self, tree: Tree, *, is_counted: bool) -> Tree:
        """What a tool is called with, parsed: names of members and numbers may be stand-ins too."""
        if type(tree) is dict:
            return {
                self.text(name, is_counted=is_counted): self._called_with(value, is_counted=is_counted)
                for name, value in tree.items()
            }
        if type(tree) is list:
            return [self._called_with(item, is_counted=is_counted) for item in tree]
        if type(tree) is str:
            return self.text(tree, is_counted=is_counted)
        if type(tree) is Number:
            restored = self.text(str(tree), is_counted=is_counted)
            return Number(restored) if is_number(restored) else restored
        return tree


def with_line(before: str, text: str) -> str:
    """``text`` with a line of Discretion's own before it."""
    return before + ("" if before.endswith("\n") else "\n\n") + text
