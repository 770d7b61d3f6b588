"""Keyed digests of passages: what was reviewed is known again, and no text is kept for it."""

from __future__ import annotations

from hashlib import blake2b

from discretion.gateway.wire import Passage

BYTES = 16


class Digests:
    """Digests under one key (32 bytes): of a run, or of a vault where decisions outlive the run."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, *parts: str | bytes) -> bytes:
        """The digest of ``parts``; no two lists of parts share one by how they are joined."""
        made = blake2b(key=self._key, digest_size=BYTES)
        for part in parts:
            raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
            made.update(len(raw).to_bytes(8, "big"))
            made.update(raw)
        return made.digest()

    def passage(self, passage: Passage) -> bytes:
        """The digest of a passage: its voice, its key and its text."""
        return self.of(passage.voice, passage.key, passage.text)
