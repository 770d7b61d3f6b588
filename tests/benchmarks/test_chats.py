"""Several corpora at once, the marked chats of the training corpus, and what of them is held out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.chats import TRAINING, held_out_chats, read_corpora
from benchmarks.corpus import CorpusError

from benchmarks import accuracy
from discretion.records import Frame, Kind, Limit
from discretion.text import Author

MARKED = """# conversation: t1-01 | platform persona: Mara, a keeper | style: lowercase
U self | im [name:jess], the lamp is nice
A      | Thank you.
U fiction !crime | [name~fiction:jess] bows
"""


def marked(folder: Path, name: str = "t1.txt", text: str = MARKED) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def lines(folder: Path, name: str, *texts: str) -> Path:
    path = folder / name
    rows = [
        {"conversation": "c", "turn": turn, "author": "user", "text": text, "frame": "neutral"}
        | {"limits": [], "findings": []}
        for turn, text in enumerate(texts)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_marked_chats_are_read_as_lines(tmp_path: Path) -> None:
    first, second, third = read_corpora([marked(tmp_path)])
    assert (first.conversation, first.persona, first.turn) == ("t1-01", "Mara, a keeper", 0)
    assert (first.text, first.frame, first.data_set) == ("im jess, the lamp is nice", Frame.SELF, "t1")
    assert [(gold.kind, gold.span.of(first.text)) for gold in first.gold] == [(Kind.NAME, "jess")]
    assert (second.author, second.frame, second.turn) == (Author.ASSISTANT, None, 1)
    assert (set(third.limits), third.gold[0].frame) == ({Limit.CRIME}, Frame.FICTION)


def test_conversations_of_one_name_in_two_corpora_stay_apart(tmp_path: Path) -> None:
    both = read_corpora([lines(tmp_path, "a.jsonl", "hi", "ok"), lines(tmp_path, "b.jsonl", "hi")])
    assert [(one.conversation, one.data_set) for one in both] == [("a/c", "a"), ("a/c", "a"), ("b/c", "b")]


def test_the_held_out_chats_are_those_that_training_holds_out() -> None:
    held = held_out_chats()
    shared = read_corpora([TRAINING / "t1.txt", TRAINING / "t2.txt"])
    names = {line.conversation for line in held}
    some = {line.conversation for line in shared}
    assert names & some
    assert some - names
    assert {line.data_set for line in held} >= {"t1", "t2", "t19"}


REFUSED: list[tuple[str, str, str]] = [
    ("a line of neither form", "U self : no bar\n", "line 2"),
    ("an unknown kind", "U self | [shoe:red]\n", "shoe"),
    ("no conversation", "", "no line of the user"),
]


@pytest.mark.parametrize(("reason", "body", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_marked_chats_that_cannot_be_read_are_refused(
    tmp_path: Path, reason: str, body: str, message: str
) -> None:
    head = "# conversation: t1-01 | platform persona: Mara | style: x\n" if body else ""
    with pytest.raises(CorpusError, match=message):
        read_corpora([marked(tmp_path, text=head + body)])


def test_a_marked_file_that_is_absent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot open"):
        read_corpora([tmp_path / "t1.txt"])


def test_several_corpora_are_measured_together_and_each_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [lines(tmp_path, "a.jsonl", "hi", "ok"), marked(tmp_path)]
    assert accuracy.main(["--corpus", *map(str, paths), "--rules-only", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["n"]["lines"] == 4
    assert {name: one["lines"] for name, one in document["by_data_set"].items()} == {"a": 2, "t1": 2}
    assert accuracy.main(["--corpus", str(paths[0]), "--corpus", str(paths[1])]) == 0
    assert "Discretion by data set" in capsys.readouterr().out


def test_rules_alone_are_not_measured_beside_the_peers_twice(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        accuracy.main(["--rules-only", "--peers"])
    assert "--rules-only stands alone" in capsys.readouterr().err
