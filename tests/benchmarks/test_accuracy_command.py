"""The accuracy command: one document on standard output, errors in one line, exit codes as documented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.comparison import peer_on
from benchmarks.corpus import read_corpus
from benchmarks.peers.catalogue import catalogue
from benchmarks.peers.plausible import plausible
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.conftest import missing

from benchmarks import accuracy

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "accuracy.schema.json"
MARKER = "quxxle"


def row(text: str, frame: str, *findings: tuple[str, str], **more: Any) -> dict[str, Any]:
    marks = [
        {"kind": kind, "start": text.index(fact), "end": text.index(fact) + len(fact), "frame": frame}
        for kind, fact in findings
    ]
    return {
        "conversation": "c",
        "persona": None,
        "turn": 0,
        "author": "user",
        "text": text,
        "frame": frame,
        "limits": [],
        "findings": marks,
        **more,
    }


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [
        row("mail me at jess.k@mail.example", "self", ("email", "jess.k@mail.example")),
        {"conversation": "c", "persona": None, "turn": 1, "author": "assistant", "text": "I will."},
        row("*the raven lands on the sill*", "fiction", turn=2),
        row("haha ok", "neutral", turn=4),
    ]
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def test_json_is_one_document_of_the_schema(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--corpus", str(corpus), "--json"]) == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)
    assert list(document) == list(json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"])
    assert document["n"]["lines"] == 3
    assert document["by_kind"]["email"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}
    assert document["contacts_recall"] == 1.0
    assert printed.err == ""


def test_without_json_it_is_a_table(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--corpus", str(corpus)]) == 0
    printed = capsys.readouterr().out
    assert "contacts: recall" in printed
    assert "mail.example" not in printed


REFUSED: list[tuple[str, bytes, str]] = [
    ("an empty file", b"", "no line of the user"),
    ("a line that is cut off", b'{"conversation": "quxxle', "line 1: not JSON"),
    ("bytes", b"\xff\x00quxxle", "not UTF-8"),
    ("an unknown kind", json.dumps(row(MARKER, "self", ("shoe", MARKER))).encode(), "unknown kind 'shoe'"),
    ("a missing key", json.dumps({"text": MARKER}).encode(), "line 1: no 'conversation'"),
]


@pytest.mark.parametrize(("reason", "content", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_corpus_that_cannot_be_read_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reason: str, content: bytes, message: str
) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(content)
    assert accuracy.main(["--corpus", str(path), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err
    assert printed.err.count("\n") == 1
    assert MARKER not in printed.err


def test_a_named_file_that_is_absent_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--corpus", str(tmp_path / "no.jsonl")]) == 2
    assert "cannot open the corpus" in capsys.readouterr().err


def test_without_the_benchmark_data_it_is_skipped_with_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCRETION_DATA", str(tmp_path))
    assert accuracy.main(["--json"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("skipped: accuracy: devset.jsonl is not there")
    assert str(tmp_path) not in printed.err


def test_a_set_that_is_absent_is_left_out_with_a_line(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "guard"
    folder.mkdir()
    spans = [{"start": 0, "end": 12, "label": "PERSON"}, {"start": 20, "end": 32, "label": "PRODUCT"}]
    for name in ("wnut17_train.jsonl", "wnut17_dev.jsonl"):
        (folder / name).write_text(json.dumps({"text": "Wren Calloway plays", "spans": spans[:1]}) + "\n")
    monkeypatch.setenv("DISCRETION_DATA", str(tmp_path))
    assert accuracy.main(["--corpus", str(corpus), "--json", "--data-sets"]) == 0
    printed = capsys.readouterr()
    compared = json.loads(printed.out)
    assert compared["schema"] == "discretion.comparison/1"
    assert list(compared["data_sets"]) == ["wnut17"]
    measured = compared["data_sets"]["wnut17"]["systems"]["discretion"]
    assert measured["texts"] == 2
    assert measured["recall"]["PERSON"]["n"] == 2
    assert "skipped: SPIA" in printed.err


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_peer_answers_in_its_own_environment(name: str, corpus: Path) -> None:
    peer = catalogue()[name]
    if not peer.is_installed:
        missing("peers", f"`python -m benchmarks.peers install {name}` was not run")
    document = peer_on(peer, read_corpus(corpus))
    assert document["by_kind"]["email"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}
    assert document["frame"] is None


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_the_packages_of_a_peer_are_pinned(name: str) -> None:
    peer = catalogue()[name]
    files = [peer.requirements, peer.requirements_without_dependencies]
    pins = [pin for path in files if path for pin in path.read_text(encoding="utf-8").split()]
    assert pins
    assert all("==" in pin for pin in pins)
    assert not [pin for pin in pins if pin.lower().startswith(("nvidia", "triton"))]
    assert [pin for pin in pins if pin.lower().startswith("torch")] in ([], ["torch==2.13.0"])


PLAUSIBLE: list[tuple[str, str, str]] = [
    ("a reserved domain", "jess@mail.example", "jess@mail.digital"),
    ("spoken", "jess at mail dot example", "jess at mail dot digital"),
    ("a reserved number", "212-555-0142", "212-234-5642"),
    ("without marks", "2125550142", "2122345642"),
    ("the word stays", "for example this", "for example this"),
    ("a longer number stays", "555012345", "555012345"),
]


@pytest.mark.parametrize(("reason", "given_text", "shown"), PLAUSIBLE, ids=[case[0] for case in PLAUSIBLE])
def test_reserved_names_and_numbers_become_plausible(reason: str, given_text: str, shown: str) -> None:
    assert plausible(given_text) == shown


@given(st.text(alphabet=st.sampled_from("ab.@-5501427 example(dot)"), max_size=60))
def test_plausible_texts_keep_every_offset(text: str) -> None:
    assert len(plausible(text)) == len(text)
