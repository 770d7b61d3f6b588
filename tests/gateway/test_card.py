"""A character card from a file: the forms that clients export, and files that are none."""

from __future__ import annotations

import base64
import json
import os
import struct
import zlib
from pathlib import Path

import pytest

from discretion.gateway._card import CardNotReadable, read_card

V1 = {"name": "Captain Elara", "description": "Master of the Moonlit.", "first_mes": "*She turns.*"}
V2 = {
    "spec": "chara_card_v2",
    "data": {
        **V1,
        "alternate_greetings": ["*Rain.*", 5],
        "character_book": {"entries": [{"content": "Ganymede is her home."}, "x", {}]},
        "extensions": {"secret": "not shown"},
    },
}


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in (*chunks, (b"IEND", b"")):
        made += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return made


def text_chunk(keyword: bytes, document: object) -> tuple[bytes, bytes]:
    return b"tEXt", keyword + b"\0" + base64.b64encode(json.dumps(document).encode())


GOOD: list[tuple[bytes, tuple[str, ...], str]] = [
    (b"Captain Elara leans on the rail.\n", ("Captain Elara",), "plain text"),
    (b"\xef\xbb\xbfElara", ("Elara",), "text with a mark of its order"),
    (json.dumps(V1).encode(), ("Name: Captain Elara", "Moonlit", "*She turns.*"), "V1"),
    (json.dumps(V2).encode(), ("Captain Elara", "*Rain.*", "Ganymede"), "V2"),
    (png((b"IHDR", bytes(13)), text_chunk(b"chara", V2)), ("Captain Elara", "Ganymede"), "a picture, V2"),
    (png(text_chunk(b"chara", {"name": "Old"}), text_chunk(b"ccv3", V2)), ("Elara",), "a picture, V3 first"),
]


@pytest.mark.parametrize(("raw", "holds", "why"), GOOD)
def test_a_card_is_read(tmp_path: Path, raw: bytes, holds: tuple[str, ...], why: str) -> None:
    path = tmp_path / "card"
    path.write_bytes(raw)
    text = read_card(path)
    assert [one for one in holds if one not in text] == [], why
    assert "not shown" not in text


BAD: list[tuple[bytes, str]] = [
    (b"", "nothing"),
    (b" \n", "blanks"),
    (b"\xff\xfe\x00", "another encoding"),
    (b"{", "half of JSON"),
    (b"{}", "JSON of nothing"),
    (b'{"planted": "word"}', "JSON of something else"),
    (b'{"data": {"name": ""}}', "a card without a word"),
    (b'{"a":' * 3000, "deep"),
    (png(), "a picture without a card"),
    (png((b"tEXt", b"chara\0!")), "a chunk that is no base64 of JSON"),
    (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt", "a chunk longer than the file"),
    (png((b"tEXt", b"chara\0" + base64.b64encode(b"\xff\xff"))), "a card that is no text"),
    (b"planted " * 100_000, "longer than a card"),
]


@pytest.mark.parametrize(("raw", "why"), BAD)
def test_what_is_no_card_is_one_sentence(tmp_path: Path, raw: bytes, why: str) -> None:
    path = tmp_path / "card"
    path.write_bytes(raw)
    with pytest.raises(CardNotReadable) as raised:
        read_card(path)
    assert "planted" not in str(raised.value), why


def test_no_file_a_folder_and_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none", tmp_path, tmp_path / "pipe"):
        with pytest.raises(CardNotReadable):
            read_card(path)
