"""The stand-ins that were handed out in one conversation, compiled once for all its streams."""

from __future__ import annotations

from collections.abc import Iterable

from discretion.guard.restore._counts import RestoreCounts
from discretion.guard.restore._forms import forms_of
from discretion.guard.restore._restorer import Restorer
from discretion.guard.restore._trie import Trie
from discretion.guard.restore._watch import Looks
from discretion.records import Pair


class RestoreTable:
    """What was handed out, retired pairs too; frozen, and safe to share between threads and streams.

    Nothing but an exact stand-in of ``pairs`` is ever restored. ``longest`` is the most characters that a
    stream may hold back before it is known what they are (without the right border, at most seven more).
    """

    __slots__ = ("__weakref__", "_looks", "_trie")

    def __init__(self, pairs: Iterable[Pair]) -> None:
        forms = forms_of(pairs)
        self._trie = Trie(forms.values())
        self._looks = Looks(forms.values())

    @property
    def longest(self) -> int:
        """The length of the longest stand-in in characters, with the widest gaps between its words."""
        return self._trie.longest

    def restore(self, text: str) -> str:
        """``text`` with the real values back in it."""
        return self.restore_counted(text)[0]

    def restore_counted(self, text: str) -> tuple[str, RestoreCounts]:
        """``text`` with the real values back in it, and what was counted."""
        restorer = self.restorer()
        restored = restorer.feed_text(text) + restorer.finish_text()
        return restored, restorer.counts

    def restorer(self, *, json_source: bool = False, follows: Restorer | None = None) -> Restorer:
        """A restorer for one stream; ``json_source`` where the stream is the source text of JSON.

        ``follows`` restores what a reader sees right before: an address that it leaves open goes on here.
        """
        return Restorer(self._trie, self._looks, json_source=json_source, follows=follows)
