"""A character card from a file: plain text, JSON, or the PNG that carries it.

Its names belong to the story, so that nobody takes them for the user's life. The form of cards is that of
the community's specification (https://github.com/malfoyslastname/character-card-spec-v2, V1 and V2; V3 keeps
the fields): JSON with the fields at its root or under ``data``, in a PNG as base64 in a ``tEXt`` chunk
called ``chara`` (V3: ``ccv3``).
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from discretion.records import DiscretionError

LARGEST_BYTES = 32 * 1024 * 1024
LONGEST_CHARACTERS = 400_000
"""Beyond any context that a card is sent in."""
_FIELDS = (
    "description",
    "personality",
    "scenario",
    "first_mes",
    "mes_example",
    "system_prompt",
    "post_history_instructions",
    "alternate_greetings",
)
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORDS = (b"ccv3", b"chara")


class CardNotReadable(DiscretionError):
    """The file holds no character card that can be read; no message holds a word of it."""

    exit_code: ClassVar[int] = 2


def read_card(path: Path) -> str:
    """The card's text, its name first. Raises ``CardNotReadable``."""
    raw = _read(path)
    if raw.startswith(_PNG):
        raw = _of_png(raw, path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CardNotReadable(f"{path} is neither UTF-8 text nor JSON nor a PNG with a card in it") from None
    if text.lstrip().startswith("{"):
        text = _of_json(text, path)
    if not text.strip():
        raise CardNotReadable(f"{path} holds no word of a card")
    if len(text) > LONGEST_CHARACTERS:
        raise CardNotReadable(f"{path} is longer than a card can be; is it the right file?")
    return text


def _read(path: Path) -> bytes:
    try:
        # Without O_NONBLOCK a named pipe would hold the program up before it could be refused.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such path"
        raise CardNotReadable(f"cannot read {path}: {why}") from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise CardNotReadable(f"{path} is no plain file")
        with os.fdopen(handle, "rb", closefd=False) as file:
            raw = file.read(LARGEST_BYTES + 1)
    finally:
        os.close(handle)
    if len(raw) > LARGEST_BYTES:
        raise CardNotReadable(f"{path} is larger than {LARGEST_BYTES // 1024**2} MiB; is it the right file?")
    return raw


def _of_png(raw: bytes, path: Path) -> bytes:
    """The JSON in a picture's text chunks (PNG specification, 11.3.3.2: keyword, zero byte, Latin-1)."""
    found = dict(_text_chunks(raw))
    for keyword in _KEYWORDS:
        if keyword in found:
            try:
                return base64.b64decode(found[keyword], validate=False)
            except (binascii.Error, ValueError):
                break
    raise CardNotReadable(f"{path} is a picture without a character card in it; export the card again")


def _text_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(raw):
        size, name = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        if name == b"tEXt":
            keyword, _, content = raw[at + 8 : at + 8 + size].partition(b"\0")
            yield keyword, content
        at += 12 + size


def _of_json(text: str, path: Path) -> str:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise CardNotReadable(f"{path} begins like JSON and is none; save the card again") from None
    told = document.get("data") if isinstance(document.get("data"), dict) else document
    parts = [f"Name: {name}"] if isinstance(name := told.get("name"), str) and name.strip() else []
    parts += [one for key in _FIELDS for one in _strings(told.get(key)) if one.strip()]
    book = told.get("character_book")
    entries = book.get("entries") if isinstance(book, dict) else None
    for entry in entries if isinstance(entries, list) else []:
        parts += _strings(entry.get("content")) if isinstance(entry, dict) else []
    if not parts:
        raise CardNotReadable(f"{path} is JSON without the fields of a character card (name, description …)")
    return "\n".join(parts)


def _strings(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return [value] if isinstance(value, str) else []
