"""Restoring in one stream: pieces in, pieces out, cut anywhere."""

from __future__ import annotations

import codecs

from discretion.guard.restore._counts import RestoreCounts
from discretion.guard.restore._cues import Bearer, bearer_before
from discretion.guard.restore._edges import begins_well
from discretion.guard.restore._forms import Form
from discretion.guard.restore._links import Links
from discretion.guard.restore._source import QUOTE, JsonSource
from discretion.guard.restore._trie import Trie, Undecided
from discretion.guard.restore._watch import Looks, Watch

BEHIND = 64
"""How many characters that are done with stay known, as what stands before."""

_Decoder = codecs.getincrementaldecoder("utf-8")


class Restorer:
    """Restores one stream, as bytes (UTF-8; what is not passes as it is) or as text, never both.

    However the stream is cut, what comes out is the same. At most the longest stand-in and the seven
    characters that tell where it ends are held back, and nothing that can no longer become one; of bytes,
    half a character besides, and of JSON source half an escape. What was put in is not looked at again.
    """

    __slots__ = (
        "_at",
        "_collisions",
        "_decoder",
        "_links",
        "_missed",
        "_restored",
        "_source",
        "_text",
        "_trie",
        "_watch",
        "_written",
    )

    def __init__(
        self, trie: Trie, looks: Looks, *, json_source: bool = False, follows: Restorer | None = None
    ) -> None:
        self._trie = trie
        self._watch = Watch(looks)
        self._links: Links = follows._links if follows is not None else Links()
        self._source = JsonSource() if json_source else None
        self._decoder: codecs.IncrementalDecoder | None = None
        self._text = ""
        self._written: list[str] = []
        self._at = 0
        self._restored = self._missed = self._collisions = 0

    @property
    def counts(self) -> RestoreCounts:
        """What was counted so far; whole after the end of the stream."""
        watch = self._watch
        return RestoreCounts(self._restored, self._missed + watch.missed, self._collisions + watch.collisions)

    def feed(self, data: bytes) -> bytes:
        """The next bytes of the stream; returns what is certain."""
        if self._decoder is None:
            self._decoder = _Decoder("surrogateescape")
        return _bytes(self._take(self._decoder.decode(data), is_final=False))

    def finish(self) -> bytes:
        """The end of the stream; returns what was held back."""
        rest = self._decoder.decode(b"", True) if self._decoder is not None else ""
        return _bytes(self._take(rest, is_final=True))

    def feed_text(self, text: str) -> str:
        """The next characters of the stream; returns what is certain."""
        return self._take(text, is_final=False)

    def finish_text(self) -> str:
        """The end of the stream; returns what was held back."""
        return self._take("", is_final=True)

    def _take(self, text: str, *, is_final: bool) -> str:
        if self._source is not None:
            text, written = self._source.read(text, is_final=is_final)
            self._written += written
        self._text += text
        out = self._settle(is_final=is_final)
        cut = self._at - BEHIND
        if cut > 0:
            self._text = self._text[cut:]
            self._at = BEHIND
            if self._source is not None:
                del self._written[:cut]
        if is_final:
            self._watch.finish()
        return "".join(out)

    def _settle(self, *, is_final: bool) -> list[str]:
        """Settle as much as is certain; what leaves, in pieces."""
        out: list[str] = []
        text, trie = self._text, self._trie
        for start in trie.beginnings(text, self._at):
            if start < self._at or not begins_well(text, start):
                continue
            match = trie.find(text, start, is_final=is_final)
            if isinstance(match, Undecided):
                self._pass(start, out)
                return out
            if match is not None:
                self._restore(start, *match, out)
        self._pass(len(text), out)
        return out

    def _pass(self, end: int, out: list[str], *, is_left: bool = False) -> None:
        """Let everything up to ``end`` leave as it is; ``is_left`` where a stand-in is left on purpose."""
        if end == self._at:
            return
        text = self._text[self._at : end]
        if self._source is None:
            out.append(text)
        else:
            out.extend(self._written[self._at : end])
            self._source.settle(text)
        if is_left:
            self._watch.parted()
        else:
            self._watch.passed(text)
        self._links.passed(text if self._source else text.replace(QUOTE, "\ufffd"))
        self._at = end

    def _restore(self, start: int, end: int, form: Form, gaps: list[str], out: list[str]) -> None:
        """Put the real value in the place of ``[start, end)``, or leave it where somebody else is meant."""
        self._pass(start, out)
        bearer = bearer_before(self._text[max(0, start - BEHIND) : start], form)
        self._collisions += bearer is not Bearer.SAME
        real: str | None = _with_gaps(form, gaps)
        if self._links.is_inside or bearer is Bearer.ANOTHER:
            real = None
        elif self._source is not None:
            real = self._source.written(real or "")
        if real is None:
            self._missed += bearer is not Bearer.ANOTHER
            self._pass(end, out, is_left=True)
            return
        out.append(real)
        self._links.passed(self._text[start:end])  # no stand-in holds a null
        self._at = end
        self._restored += 1
        self._watch.restored(form)


def _with_gaps(form: Form, gaps: list[str]) -> str:
    """The real value, its words parted as the words of the stand-in were."""
    if all(gap == " " for gap in gaps):
        return form.real
    first, *others = form.real.split()
    gaps = gaps + [" "] * len(others)
    return first + "".join(gap + word for gap, word in zip(gaps, others, strict=False))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
