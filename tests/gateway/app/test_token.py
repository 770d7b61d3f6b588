"""The token of chat clients: made once, read afterwards, refused where others can read it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from discretion.gateway._token import TokenNotUsable, new_token, token_of
from discretion.vault import UnsafePermissions


def test_it_is_made_once_and_read_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "token"
    made = token_of(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert token_of(file) == made
    assert len(made) > 40
    assert new_token() != new_token()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "a file that is empty"),
        (b"\n", "only a line's end"),
        (b"short\n", "one that could be guessed"),
        (b"a-long-enough-token\nand a second line\n", "two lines: which would it be"),
        (b"a-long-enough token\n", "a blank, which a header would lose"),
        ("a-long-enough-tokén".encode(), "what no header can hold"),
        (b"\x00" * 40, "no text"),
        (b"a" * 600, "longer than a token is"),
    ],
)
def test_a_file_that_holds_no_token_is_refused_and_stays(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(TokenNotUsable) as refused:
        token_of(file)
    assert file.read_bytes() == content
    assert "long-enough" not in str(refused.value)


def test_a_token_written_by_hand_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(b"my-own-long-token-9\r\n")
    file.chmod(0o600)
    assert token_of(file) == "my-own-long-token-9"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606])
def test_one_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "token"
    token_of(file)
    file.chmod(mode)
    with pytest.raises(UnsafePermissions, match="chmod 600"):
        token_of(file)


def test_links_folders_and_places_that_are_not_there_are_refused(tmp_path: Path) -> None:
    token_of(tmp_path / "token")
    (tmp_path / "link").symlink_to(tmp_path / "token")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("link", "nowhere", "folder", "pipe"):
        with pytest.raises(UnsafePermissions):
            token_of(tmp_path / name)
    for path in (tmp_path / "no" / "folder", tmp_path / ("x" * 300), Path("nul\x00byte")):
        with pytest.raises(TokenNotUsable):
            token_of(path)
    assert not (tmp_path / "gone").exists()
