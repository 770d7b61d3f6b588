"""Wherever an export lies, in a file, a folder, an archive or a pipe, it is read the same."""

from __future__ import annotations

import io
import json
import os
import stat
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

import pytest
from tests.exports.reading import SAMPLES, Pipe, from_bytes, lines, reasons, rows

from discretion.exports import Export, NotReadable, read_export
from discretion.exports import _archive as archive_limits
from discretion.exports._format import known_formats

ONE = lines({"conversation": "a", "author": "user", "text": "hi"})
PLAIN = b"You: hi\nMara: Sit.\n"


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return held.getvalue()


TEXTS = [path.name for path in sorted(SAMPLES.iterdir()) if path.suffix != ".db"]


@pytest.mark.parametrize("sample", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_any_marked_encoding_reads_the_same(sample: str, encoding: str) -> None:
    text = (SAMPLES / sample).read_bytes().decode()
    assert rows(from_bytes(text.encode(encoding), sample)) == rows(read_export(SAMPLES / sample))


@pytest.mark.parametrize("sample", TEXTS)
def test_a_pipe_reads_the_same(sample: str) -> None:
    content = (SAMPLES / sample).read_bytes()
    export = read_export(Pipe(content, 7), name=sample)  # type: ignore[arg-type]
    assert rows(export) == rows(read_export(SAMPLES / sample))
    assert export.size is None
    assert export.position >= len(content)


def test_a_folder_and_an_archive_put_the_file_before_each_conversation(tmp_path: Path) -> None:
    files = {"chats/a.jsonl": ONE, "b.txt": PLAIN, ".hidden/c.jsonl": ONE, "__MACOSX/d.jsonl": ONE}
    for name, content in files.items():
        path = tmp_path / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "export.zip").write_bytes(packed(*files.items()))
    for source in (tmp_path / "export", tmp_path / "export.zip"):
        export = read_export(source)
        found = {(conversation, text) for conversation, _, _, _, text in rows(export)}
        assert found == {("b.txt", "hi"), ("b.txt", "Sit."), ("chats/a.jsonl#a", "hi")}, source.name
        assert (export.format, export.files, export.skipped) == ("mixed", 2, [])
        assert export.position == export.size


def test_an_archive_in_a_folder_is_read_in_place(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(packed(("in/a.jsonl", ONE)))
    assert rows(read_export(tmp_path)) == [("x.zip/in/a.jsonl#a", 0, 0, "u", "hi")]


def test_an_archive_through_a_pipe_is_held_in_memory() -> None:
    export = read_export(Pipe(packed(("a.jsonl", ONE))), name="-")  # type: ignore[arg-type]
    assert rows(export) == [("a.jsonl#a", 0, 0, "u", "hi")]


def test_numbered_files_of_one_export_are_read_each(tmp_path: Path) -> None:
    content = (SAMPLES / "conversations.json").read_bytes()
    entries = [(f"conversations-{number:03}.json", content) for number in range(3)]
    (tmp_path / "x.zip").write_bytes(
        packed(
            *entries,
            ("user.json", b'{"id": "x"}'),
            ("chat.html", b"<html>"),
            ("projects.json", b'{"docs": "x"}'),
        )
    )
    export = read_export(tmp_path / "x.zip")
    found = rows(export)
    assert (len(found), export.files, export.format) == (30, 3, "chatgpt")
    assert found[10][0] == "conversations-001.json#g1"
    assert "projects.json" in reasons(export)
    assert "user.json" not in reasons(export)
    assert "chat.html" not in reasons(export)


def _link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def _locked() -> bytes:
    content = bytearray(packed(("a.jsonl", ONE), ("b.jsonl", ONE)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    return bytes(content)


def _lzma() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.jsonl", ONE, zipfile.ZIP_LZMA)
        archive.writestr("b.jsonl", ONE)
    return held.getvalue()


def _twice() -> bytes:
    return packed(("b.jsonl", ONE), ("c.jsonl", ONE)).replace(b"c.jsonl", b"b.jsonl")


def _torn() -> bytes:
    content = bytearray(packed(("a.jsonl", ONE * 500), ("b.jsonl", ONE)))
    content[60:90] = b"\xff" * 30
    return bytes(content)


ARCHIVES = [
    (packed(("../a.jsonl", ONE), ("b.jsonl", ONE)), "leads out of the archive", "dots"),
    (packed(("/etc/a.jsonl", ONE), ("b.jsonl", ONE)), "leads out of the archive", "absolute"),
    (packed(("..\\a.jsonl", ONE), ("b.jsonl", ONE)), "leads out of the archive", "backslashes"),
    (packed(("C:\\a.jsonl", ONE), ("b.jsonl", ONE)), "leads out of the archive", "a drive"),
    (packed((_link("a.jsonl"), b"/etc/passwd"), ("b.jsonl", ONE)), "a link", "a link to elsewhere"),
    (packed(("a.zip", packed(("c.jsonl", ONE))), ("b.jsonl", ONE)), "archive within an archive", "nested"),
    (packed(("a.jsonl", b" " * (65 << 20)), ("b.jsonl", ONE)), "zip bomb", "a thousand times smaller"),
    (_locked(), "password", "encrypted"),
    (_lzma(), "packed in a way", "a method whose memory the archive decides"),
    (_twice(), "same name", "one name twice"),
    (_torn(), "damaged", "bad bytes within an entry"),
]


@pytest.mark.parametrize(("content", "said", "reason"), ARCHIVES, ids=[one[2] for one in ARCHIVES])
def test_a_bad_entry_is_skipped_and_the_rest_read(
    content: bytes, said: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    before = sorted(tmp_path.rglob("*"))
    export = read_export(tmp_path / "x.zip")
    assert rows(export)[-1] == ("b.jsonl#a", 0, 0, "u", "hi"), reason
    assert said in reasons(export)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_archive_of_a_hundred_thousand_files_is_refused_at_once(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("a")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(entry, b"x")
        for number in range(100_000):
            other = zipfile.ZipInfo(f"{number}")
            other.CRC, other.file_size, other.compress_size = entry.CRC, 1, 1
            other.header_offset = 0
            archive.filelist.append(other)
        archive._didModify = True  # type: ignore[attr-defined]
    start = time.perf_counter()
    with pytest.raises(NotReadable, match="100001 files"):
        read_export(tmp_path / "x.zip")
    assert time.perf_counter() - start < 5
    (tmp_path / "a.jsonl").write_bytes(ONE)
    export = read_export(tmp_path)
    assert len(rows(export)) == 1
    assert "100001 files" in reasons(export)


def test_entries_that_overlap_are_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.jsonl", ONE * 100)
        first = archive.filelist[0]
        for number in range(50):
            other = zipfile.ZipInfo(f"{number}.jsonl")
            other.CRC, other.file_size, other.compress_size = first.CRC, first.file_size, first.compress_size
            other.header_offset = first.header_offset
            archive.filelist.append(other)
    with pytest.raises(NotReadable, match="overlap"):
        from_bytes(held.getvalue(), "x.zip")


def test_the_total_of_an_archive_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_limits, "LARGEST_TOTAL", 2 * len(ONE))
    export = from_bytes(packed(*((f"{number}.jsonl", ONE) for number in range(4))), "x.zip")
    assert len(rows(export)) == 2
    assert "unpacked" in reasons(export)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_links_pipes_and_devices_in_a_folder_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(ONE)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "b.jsonl").symlink_to(tmp_path / "a.jsonl")
    os.mkfifo(tmp_path / "c.jsonl")
    export = read_export(tmp_path)
    assert len(rows(export)) == 1
    assert reasons(export).count("a link") == 2
    assert "c.jsonl: a pipe, socket or device" in reasons(export)
    for path in (tmp_path / "c.jsonl", Path("/dev/zero")):
        with pytest.raises(NotReadable, match="not a plain file"):
            read_export(path)


NOBODY = 65534


def _rights_of(folder: Path) -> dict[str, object]:
    """What reading gives where a folder and a file cannot be opened."""
    for name in ("shut", "open"):
        (folder / name).mkdir()
        (folder / name / "a.jsonl").write_bytes(ONE)
    (folder / "open" / "b.jsonl").write_bytes(ONE)
    (folder / "open" / "b.jsonl").chmod(0)
    (folder / "shut").chmod(0)
    try:
        export = read_export(folder)
        found: dict[str, object] = {"read": len(rows(export)), "said": reasons(export)}
        try:
            read_export(folder / "shut")
        except NotReadable as refused:
            found["refused"] = str(refused)
        return found
    finally:
        (folder / "shut").chmod(0o700)


def _as_nobody(folder: Path) -> dict[str, object]:
    """The same in a child process that gives up being root; skips the test where that is not allowed."""
    known_formats()  # loaded before rights are given up
    folder.chmod(0o777)
    ours, theirs = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # of forking beside threads: the child starts none
        child = os.fork()
    if child == 0:
        found: dict[str, object] = {}
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            found["is_nobody"] = True
            found |= _rights_of(folder)
        except BaseException as error:
            found["error"] = f"{type(error).__name__}: {error}"
        finally:
            os.write(theirs, json.dumps(found).encode())
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        answer: dict[str, object] = json.loads(pipe.read())
    os.waitpid(child, 0)
    if "is_nobody" not in answer and str(answer["error"]).startswith("PermissionError"):
        pytest.skip("root can neither be given up nor kept out of a folder here")
    return answer


@pytest.mark.skipif(not hasattr(os, "setresuid"), reason="no rights to give up here")
def test_a_folder_or_file_without_rights_is_said() -> None:
    # not below pytest's own folder, which only its owner may enter
    with tempfile.TemporaryDirectory() as name:
        found = _as_nobody(Path(name)) if os.geteuid() == 0 else _rights_of(Path(name))
    assert "error" not in found, found
    assert found["read"] == 1
    assert str(found["said"]).count("permission denied") == 2
    assert "permission denied" in str(found["refused"])


def test_a_source_with_nothing_in_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="it holds no files"):
        list(read_export(tmp_path))
    (tmp_path / "notes.txt").write_text("only notes\n")
    with pytest.raises(NotReadable, match="without speaker names"):
        list(read_export(tmp_path))
    with pytest.raises(NotReadable, match="no such file"):
        read_export(tmp_path / "absent.json")
    with pytest.raises(NotReadable):
        read_export("\0")


def test_an_unknown_file_beside_others_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(ONE)
    (tmp_path / "b.bin2").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "c.json").write_text('{"theme": "dark"}')
    (tmp_path / "d.jsonl").write_bytes(b"")
    (tmp_path / "e.png").write_bytes(b"\x89PNG")
    export = read_export(tmp_path)
    assert len(rows(export)) == 1
    said = reasons(export)
    for part in ("b.bin2", "binary", "c.json", "JSON", "d.jsonl", "empty", "1 pictures"):
        assert part in said


def test_an_export_closes_its_files(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(ONE * 100)
    with read_export(path) as export:
        next(iter(export))
    assert list(export) == []
    assert isinstance(export, Export)
