"""A digest of the whole database as a transaction has it: keyed, equal where the content is, soon renewed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apsw

CIPHER_BYTES = 32
"""At each page's end: 16 bytes of nonce and 16 of tag (SQLite3 Multiple Ciphers, cipher_chacha20.c)."""

_HASH_BYTES = 32


class StateDigest:
    """Digests under one key; pages that are as they were at the last one are not hashed again.

    Of the pages in the clear, since SQLite encrypts a page anew when it rolls it back. Without each page's
    last bytes, where the cipher has its nonce and tag, and without the three counters that SQLite sets while
    it commits (SQLite's file format, section 1.3: 4 bytes each at offsets 24, 92 and 96).
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._raw = b""
        self._hashes: list[bytes] = []

    def of(self, connection: apsw.Connection) -> bytes:
        """The digest of what ``connection`` sees in its transaction, what it wrote itself included."""
        size = int(str(connection.pragma("page_size")))
        raw, before, hashes = connection.serialize("main"), self._raw, self._hashes
        pages = len(raw) // size
        del hashes[pages:]
        for number in range(pages):
            page = raw[number * size : (number + 1) * size]
            if number == len(hashes):
                hashes.append(self._of_page(page, number))
            elif page != before[number * size : (number + 1) * size]:
                hashes[number] = self._of_page(page, number)
        self._raw = raw
        return hashlib.blake2b(b"".join(hashes), key=self._key, digest_size=_HASH_BYTES).digest()

    def _of_page(self, page: bytes, number: int) -> bytes:
        content = page[:-CIPHER_BYTES]
        if number == 0:
            content = content[:24] + content[28:92] + content[100:]
        return hashlib.blake2b(
            content, key=self._key, digest_size=_HASH_BYTES, salt=number.to_bytes(8, "big"), person=b"page"
        ).digest()
