"""A report is its owner's alone, and whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from discretion.cli._private_file import NotWritable, private_file

OURS = "<!-- ours -->"


def test_the_file_is_the_owners_alone_from_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    with private_file(path, OURS) as file:
        file.write("x")
        assert not path.exists()
        assert [p.stat().st_mode & 0o777 for p in tmp_path.iterdir()] == [0o600]
    assert path.read_text("utf-8") == "x"
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_older_file_is_replaced_and_its_wider_rights_with_it(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(OURS + "old", "utf-8")
    path.chmod(0o644)
    with private_file(path, OURS) as file:
        file.write("new")
    assert path.read_text("utf-8") == "new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_after_an_error_the_older_file_stays_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(OURS + "old", "utf-8")

    def fail_halfway() -> None:
        with private_file(path, OURS) as file:
            file.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert path.read_text("utf-8") == OURS + "old"


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_text(OURS + "kept", "utf-8")
    path = tmp_path / "report.html"
    path.symlink_to(target)
    with private_file(path, OURS) as file:
        file.write("new")
    assert target.read_text("utf-8") == OURS + "kept"
    assert not path.is_symlink()


@pytest.mark.parametrize(
    ("where", "said"), [(".", "is a folder"), ("no/such/folder/report.html", "cannot write")]
)
def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path, where: str, said: str) -> None:
    with pytest.raises(NotWritable, match=said), private_file(tmp_path / where, OURS):
        pass


def test_what_is_no_report_of_ours_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "chats.jsonl"
    path.write_text("a chat", "utf-8")
    with pytest.raises(NotWritable, match="no report of Discretion"), private_file(path, OURS):
        pass
    assert path.read_text("utf-8") == "a chat"
