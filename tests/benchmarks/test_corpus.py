"""Labelled corpora are read whole or refused with the line and the key, never with a text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.corpus import CorpusError, read_corpus
from hypothesis import given
from hypothesis import strategies as st

from discretion.records import Frame, Kind, Limit

USER: dict[str, Any] = {
    "conversation": "c1",
    "persona": "Mara, a lighthouse keeper",
    "turn": 0,
    "author": "user",
    "text": "im a vet tech",
    "frame": "self",
    "limits": [],
    "crisis": False,
    "findings": [{"kind": "occupation", "start": 5, "end": 13, "text": "vet tech", "frame": "self"}],
}
FINDING: dict[str, Any] = USER["findings"][0]
MARKER = "quxxle"


def write(folder: Path, *rows: object) -> Path:
    path = folder / "corpus.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_line_is_read_with_its_marks(tmp_path: Path) -> None:
    (line,) = read_corpus(write(tmp_path, USER))
    assert (line.conversation, line.persona, line.turn, line.frame) == ("c1", USER["persona"], 0, Frame.SELF)
    (gold,) = line.gold
    assert (gold.kind, gold.span.of(line.text), gold.frame) == (Kind.OCCUPATION, "vet tech", Frame.SELF)


def test_conversations_come_whole_and_in_the_order_of_their_turns(tmp_path: Path) -> None:
    rows = [
        USER | {"turn": 2},
        USER | {"conversation": "c2"},
        {"conversation": "c1", "turn": 1, "author": "assistant", "text": "oh?"},
    ]
    lines = read_corpus(write(tmp_path, *rows))
    assert [(line.conversation, line.turn) for line in lines] == [("c1", 1), ("c1", 2), ("c2", 0)]
    assert not lines[0].is_from_user


def test_a_line_knows_the_earlier_lines_that_touch_minor(tmp_path: Path) -> None:
    rows = [
        USER | {"turn": 0, "limits": ["real_person"]},
        USER | {"turn": 2, "limits": ["minor"]},
        USER | {"turn": 4},
        USER | {"conversation": "c2", "turn": 6},
    ]
    lines = read_corpus(write(tmp_path, *rows))
    assert [line.own_age_turns for line in lines] == [set(), set(), {"turn:2"}, set()]
    assert lines[1].limits == {Limit.MINOR}


BROKEN: list[tuple[str, object, str]] = [
    ("empty file", "", "no line of the user"),
    ("only the assistant speaks", {**USER, "author": "assistant"}, "no line of the user"),
    ("not JSON", f"{{{MARKER}", "line 1: not JSON"),
    ("nested beyond what the parser takes", "[" * 100_000, "line 1: not JSON"),
    ("a list", ["a"], "line 1: not a JSON object"),
    ("an unknown author", USER | {"author": "narrator"}, "line 1: unknown author 'narrator'"),
    ("an author that is a text", USER | {"author": f"{MARKER} {MARKER}"}, "line 1: unknown author"),
    ("an unknown frame", USER | {"frame": "dream"}, "line 1: unknown frame 'dream'"),
    ("an unknown limit", USER | {"limits": ["taste"]}, "line 1: unknown limit 'taste'"),
    ("a limit that is no string", USER | {"limits": [{}]}, "line 1: unknown limit"),
    ("a persona that is a number", USER | {"persona": 4}, "'persona' is neither a string nor null"),
    ("a turn that is a boolean", USER | {"turn": True}, "'turn' is not of type int"),
    ("a turn that is a string", USER | {"turn": "0"}, "'turn' is not of type int"),
    ("findings that are an object", USER | {"findings": {}}, "'findings' is not of type list"),
    ("a finding that is a string", USER | {"findings": ["x"]}, "line 1, finding 0: not a JSON object"),
    ("an unknown kind", USER | {"findings": [FINDING | {"kind": "shoe"}]}, "unknown kind 'shoe'"),
    ("a span behind the text", USER | {"findings": [FINDING | {"end": 99}]}, "no run of characters"),
    ("an empty span", USER | {"findings": [FINDING | {"end": 5}]}, "no run of characters"),
    ("a negative start", USER | {"findings": [FINDING | {"start": -1}]}, "no run of characters"),
    *(
        (f"no {key}", {name: value for name, value in USER.items() if name != key}, f"line 1: no '{key}'")
        for key in ("conversation", "turn", "author", "text", "frame", "limits", "findings")
    ),
    *(
        (
            f"a finding without {key}",
            USER | {"findings": [{name: value for name, value in FINDING.items() if name != key}]},
            f"line 1, finding 0: no '{key}'",
        )
        for key in ("kind", "start", "end", "frame")
    ),
]


@pytest.mark.parametrize(("reason", "row", "message"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_corpus_is_refused(tmp_path: Path, reason: str, row: object, message: str) -> None:
    with pytest.raises(CorpusError) as refused:
        read_corpus(write(tmp_path, row))
    assert message in str(refused.value)
    assert MARKER not in str(refused.value)


def test_what_is_no_text_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\x01")
    for path, message in [
        (tmp_path / "binary", "not UTF-8"),
        (tmp_path, "cannot open"),
        (tmp_path / "no", "cannot open"),
    ]:
        with pytest.raises(CorpusError, match=message):
            read_corpus(path)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(USER)), VALUES)
def test_any_value_for_any_key_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: object
) -> None:
    path = write(tmp_path_factory.mktemp("corpus"), USER | {key: value})
    try:
        lines = read_corpus(path)
    except CorpusError:
        return
    assert len(lines) == 1
