"""`discretion check` from end to end, as a person or a script would call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT, SAMPLE, Run

from discretion.guard import BY_MODEL

SCHEMA = json.loads((ROOT / "docs/reference/check.schema.json").read_text("utf-8"))


def lines(path: Path, *texts: str, **more: object) -> Path:
    """A JSON Lines export of one conversation in which the user says ``texts``."""
    rows = [{"conversation": "c1", "author": "user", "text": text, **more} for text in texts]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def document(run: Run, *arguments: str | Path, code: int = 3, stdin: str | bytes | None = None) -> Any:
    done = run("check", *arguments, "--json", stdin=stdin)
    assert done.returncode == code, done.stderr
    found = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(found)
    return found


def test_the_sample_fits_the_schema_and_has_findings(discretion: Run) -> None:
    found = document(discretion, SAMPLE)
    assert found["complete"]
    assert found["summary"]["findings"] == sum(len(m["findings"]) for m in found["messages"]) > 5
    assert found["summary"]["messages"] == len(found["messages"])
    assert not any("text" in message for message in found["messages"])


def test_assistants_rows_have_neither_frame_nor_verdict_nor_findings(discretion: Run) -> None:
    rows = [m for m in document(discretion, SAMPLE)["messages"] if m["author"] == "assistant"]
    assert rows
    assert all(m["frame"] is None and m["verdict"] is None and m["findings"] == [] for m in rows)


def test_show_text_adds_words_and_offsets_count_code_points(discretion: Run, tmp_path: Path) -> None:
    text = "😀 mail jess.k@mail.example"
    found = document(discretion, lines(tmp_path / "a.jsonl", text), "--show-text")
    (message,) = found["messages"]
    (finding,) = message["findings"]
    assert message["text"] == text
    assert finding["text"] == "jess.k@mail.example" == text[finding["start"] : finding["end"]]


def test_many_cores_give_the_same_document_as_one(discretion: Run, tmp_path: Path) -> None:
    rows = []
    for i in range(1500):
        text = f"im tired after work, mail me at jess{i}@mail.example " + "and the rain is loud tonight " * 10
        author = "user" if i % 2 else "assistant"
        rows.append(json.dumps({"conversation": f"c{i % 7}", "author": author, "text": text}))
    path = tmp_path / "big.jsonl"
    path.write_text("\n".join(rows), "utf-8")
    one = discretion("check", path, "--json", "--cores", "1")
    many = discretion("check", path, "--json", "--cores", "2")
    assert one.returncode == many.returncode == 3
    assert one.stdout == many.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said", "why"),
    [
        (("check", "no-such.jsonl"), 2, "no-such.jsonl", "a path that is not there is named"),
        (("check", "a.jsonl", "--since", "soon"), 2, "YYYY-MM-DD", "a day that is none"),
        (("check", "a.jsonl", "--min-severity", "worst"), 2, "critical", "a severity that is none"),
        (("check", "a.jsonl", "--facts", "no-such.toml"), 2, "no-such.toml", "facts that are not there"),
        (("check", "a.jsonl", "--html", "."), 2, "directory", "a page cannot replace a folder"),
        (("check", "a.jsonl", "--html", "no/such/page.html"), 2, "cannot write", "no folder for the page"),
        (("check", "a.jsonl", "--cores", "0"), 2, "cores", "no cores"),
        (("chekc",), 2, "No such command", "a verb that is none"),
        (("check", "--bogus"), 2, "No such option", "an option that is none"),
    ],
)
def test_wrong_usage_is_a_sentence_and_exit_2(
    discretion: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str, why: str
) -> None:
    lines(tmp_path / "a.jsonl", "hello there")
    done = discretion(*arguments)
    assert done.returncode == code, why
    assert said in done.stderr, why
    assert "Traceback" not in done.stderr, why


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "an empty file"),
        (b"\x00\x01\x02\xff" * 500, "a binary file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
        (b"{", "half a JSON document"),
        (b'{"conversation": ', "half a line"),
        (b"PK\x03\x04" + bytes(100), "half a zip"),
        (b"[" * 5000, "a depth bomb"),
        ("słowa".encode("utf-16") * 3, "an encoding without a known form"),
        (b"null", "JSON that is no export"),
        (b"[]", "an empty list"),
    ],
)
def test_what_cannot_be_read_is_a_sentence_and_exit_2(
    discretion: Run, tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(content)
    for done in (discretion("check", path), discretion("check", "-", stdin=content)):
        assert done.returncode == 2, (why, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, why
        assert len(done.stderr.strip()) > 20, why
        assert "nothing found" not in (done.stdout + done.stderr).lower(), why


def test_nothing_found_is_exit_0_and_no_promise(discretion: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", "haha ok", "what happens next?")
    done = discretion("check", path)
    assert done.returncode == 0, done.stdout
    if document(discretion, path, code=0)["summary"]["model"]["messages_without"]:
        assert "In what could be checked there is no finding" in done.stdout
    else:
        assert "Nothing found. No detector sees everything" in done.stdout


def test_a_language_that_was_not_measured_is_not_called_clean(discretion: Run, tmp_path: Path) -> None:
    text = "Ich wohne seit drei Jahren in einer kleinen Stadt und arbeite dort im Krankenhaus."
    path = lines(tmp_path / "a.jsonl", text)
    found = document(discretion, path, code=0)
    assert {n["what"] for n in found["messages"][0]["not_checked"]} - {BY_MODEL} == {
        "names",
        "disclosures",
        "frame",
        "limits",
    }
    assert found["summary"]["not_checked"] == 1
    assert found["messages"][0]["frame"] is None
    done = discretion("check", path)
    assert "nothing found" not in done.stdout.lower()
    assert "language: de" in done.stdout


def test_forms_are_found_in_any_language(discretion: Run, tmp_path: Path) -> None:
    text = "Schreib mir bitte an jana.k@mail.example, ich wohne seit drei Jahren in der Stadt."
    found = document(discretion, lines(tmp_path / "a.jsonl", text))
    assert [f["kind"] for f in found["messages"][0]["findings"]] == ["email"]


def test_a_half_read_export_is_reported_and_never_called_clean(discretion: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", "haha ok")
    path.write_bytes(path.read_bytes() + b'{"conversation": "c1", "author": "user", "te')
    found = document(discretion, path, code=0)
    assert len(found["source"]["skipped"]) == 1
    assert "nothing found" not in discretion("check", path).stdout.lower()


def test_since_keeps_later_messages_and_those_without_a_time(discretion: Run, tmp_path: Path) -> None:
    rows = [
        {"conversation": "c", "author": "user", "text": "a", "sent_at": "2026-01-01T10:00:00Z"},
        {"conversation": "c", "author": "user", "text": "b", "sent_at": "2026-03-01T10:00:00Z"},
        {"conversation": "c", "author": "user", "text": "c"},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    found = document(discretion, path, "--since", "2026-02-01", code=0)
    assert [m["turn"] for m in found["messages"]] == [1, 2]


def test_min_severity_hides_what_is_below(discretion: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", "write to jess.k@mail.example")
    assert document(discretion, path, "--min-severity", "high")["summary"]["findings"] == 1
    assert document(discretion, path, "--min-severity", "critical", code=0)["summary"]["findings"] == 0


def test_stdin_a_folder_and_a_zip_are_read(discretion: Run, tmp_path: Path) -> None:
    folder = tmp_path / "chats"
    folder.mkdir()
    source = lines(folder / "one.jsonl", "write to jess.k@mail.example")
    lines(folder / "two.jsonl", "haha ok")
    with zipfile.ZipFile(tmp_path / "chats.zip", "w") as archive:
        archive.write(source, "in/one.jsonl")
    assert document(discretion, "-", stdin=source.read_bytes())["messages"][0]["conversation"] == "c1"
    assert document(discretion, stdin=source.read_bytes())["summary"]["findings"] == 1
    read = document(discretion, folder)
    assert [m["conversation"] for m in read["messages"]] == ["one.jsonl#c1", "two.jsonl#c1"]
    assert read["source"]["files"] == 2
    zipped = document(discretion, tmp_path / "chats.zip")
    assert [m["conversation"] for m in zipped["messages"]] == ["in/one.jsonl#c1"]


def test_everyday_turns_a_participants_stop_into_a_notice(discretion: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", "(ooc: your character is 16 in this scene)")
    (stopped,) = document(discretion, path)["messages"]
    assert stopped["verdict"] == "block"
    assert stopped["limits"] == ["minor"]
    (noted,) = document(discretion, path, "--everyday", code=0)["messages"]
    assert noted["verdict"] == "allow"
    assert [r["verdict"] for r in noted["limit_reasons"]] == ["notice"]


def test_own_facts_are_found_in_the_story_too(discretion: Run, tmp_path: Path) -> None:
    facts = tmp_path / "facts.toml"
    facts.write_text('[[fact]]\nkind = "name"\nvalue = "Maddie Okafor"\n', "utf-8")
    facts.chmod(0o600)
    path = lines(tmp_path / "a.jsonl", "*Maddie the sky pirate bows to the queen of the clouds*")
    found = document(discretion, path, "--facts", facts)
    (finding,) = found["messages"][0]["findings"]
    assert (finding["kind"], finding["frame"], finding["detector"]) == ("name", "fiction", "own_fact")
    facts.chmod(0o644)
    refused = discretion("check", path, "--facts", facts)
    assert refused.returncode == 2
    assert "chmod 600" in refused.stderr


def test_help_lines_are_shown_for_a_crisis(discretion: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", "i dont want to be alive anymore and i have a plan for tonight")
    assert document(discretion, path, code=0)["messages"][0]["crisis"]
    assert "call 116 123" in discretion("check", path).stdout
    assert "call 988" in discretion("check", path, "--country", "US").stdout
    assert "No line with a source is known for AQ" in discretion("check", path, "--country", "AQ").stdout


def test_the_report_cannot_be_steered_by_a_chat(discretion: Run, tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        "\x1b[2J\x07 write to jess.k@mail.example [bold]x[/bold] <script>alert(1)</script>",
    )
    done = discretion("check", path, "--show-text", "--html", "page.html")
    assert "\x1b[2J" not in done.stdout
    assert "\x07" not in done.stdout
    assert "[bold]x[/bold]" in done.stdout
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "discretion", "check", str(SAMPLE)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith(b"discretion: cannot write the output")


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_reader_that_goes_away_is_no_error(more: list[str]) -> None:
    command = [sys.executable, "-m", "discretion", "check", str(SAMPLE), *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")


def test_a_chat_is_never_replaced_by_a_report(discretion: Run, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", "write to jess.k@mail.example")
    before = path.read_bytes()
    assert discretion("check", path, "--html", path).returncode == 2
    assert path.read_bytes() == before


def test_an_empty_path_is_not_this_folder(discretion: Run) -> None:
    assert discretion("check", "").returncode == 2


def test_a_console_that_is_not_unicode_gets_its_report() -> None:
    command = [sys.executable, "-m", "discretion", "check", str(SAMPLE)]
    environment = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=60)
    assert done.returncode == 3
    assert done.stderr == b""


def test_processes_that_were_killed_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys, discretion.cli._engine as e\n"
        "real = e._submit\n"
        "def killing(pool, batch):\n"
        "    future = real(pool, batch)\n"
        "    [p.kill() for p in list((pool._processes or {}).values()) if p.is_alive()]\n"
        "    return future\n"
        "e._submit = killing\n"
        "from discretion.cli import main\n"
        "if __name__ == '__main__':\n"
        "    main(['check', sys.argv[1], '--json', '--cores', '2'])\n"
    )
    (tmp_path / "killing.py").write_text(code, "utf-8")
    texts = [f"mail me at jess{i}@mail.example " + "and the rain is loud tonight " * 12 for i in range(1300)]
    source = lines(tmp_path / "a.jsonl", *texts)
    done = subprocess.run(
        [sys.executable, tmp_path / "killing.py", source], capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 3, done.stderr
    assert len(json.loads(done.stdout)["messages"]) == 1300
