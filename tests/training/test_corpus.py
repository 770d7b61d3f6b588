"""The corpus has its form, its labels stand on words, and it is not the data it is measured on."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from benchmarks.shared_data import data_folder
from tests.conftest import missing
from training.corpus import FLAGS, FOLDER, FRAMES, Chat, CorpusError, group, read, split

from discretion.records import Frame, Kind

ROOT = Path(__file__).parents[2]
DEV_SET = data_folder() / "guard" / "devset.jsonl"
FILES = sorted(FOLDER.glob("t*.txt"))

ON_WORDS = 0.995
"""The share of labels whose two borders are borders of words; the rest is marked inside a compound."""
RUN = 5
"""Words of a run that, shared with the dev set, may be a copy."""
EVERYDAY = 3
"""Conversations of the corpus from which on a run is an everyday phrase."""
MOST_SHARED = 20
"""Distinctive runs that the whole corpus may share with the dev set by chance.

Measured on what is surely written apart: each of six files of the corpus (about 480 lines of the user) shares
4 to 14 with all others; the dev set has half as many lines again.
"""


@cache
def chats() -> tuple[Chat, ...]:
    return tuple(read())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_parses(path: Path) -> None:
    """A line is a head, a message, or blank; kinds, frames and flags are known; labels are in order."""
    held = read([path])
    assert held
    for chat in held:
        assert chat.id.startswith(f"{path.stem}-")
        assert any(turn.frame for turn in chat.turns), chat.id
        for turn in chat.turns:
            assert turn.frame is None or turn.frame in FRAMES
            assert turn.flags <= set(FLAGS)
            at = 0
            for label in turn.labels:
                where = f"{chat.id}: {label}"
                assert label.kind in set(Kind), where
                assert label.frame in (Frame.SELF, Frame.FICTION), where
                assert at <= label.start < label.end <= len(turn.text), where
                at = label.end


def test_every_line_counts() -> None:
    """What is no message is a head or a comment: a head that is misspelt would join two conversations."""
    for path in FILES:
        heads = re.findall(r"^#\s*conversation:", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(heads) == len(read([path])), path.name


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(chat.id for chat in chats()).items() if count > 1] == []


def test_no_mark_is_left_in_a_text() -> None:
    """A mark that was not read ("[nmae:x]") is part of the text, and its fact is lost."""
    left = re.compile(rf"\[(?:{'|'.join(Kind)})[:~]")
    assert [chat.id for chat in chats() for turn in chat.turns if left.search(turn.text)] == []


def test_labels_stand_on_words() -> None:
    right = total = 0
    for chat in chats():
        for turn in chat.turns:
            for label in turn.labels:
                total += 1
                words = turn.text[label.start : label.end]
                inside = (turn.text[label.start - 1 : label.start] + words[:1]).isalnum() and label.start > 0
                inside |= (words[-1:] + turn.text[label.end : label.end + 1]).isalnum() and label.end < len(
                    turn.text
                )
                right += words == words.strip() and not inside
    assert right / total >= ON_WORDS, f"{total - right} of {total} labels"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("U self text", "no bar"),
        ("U dream | text", "no such frame"),
        ("U self !fun | text", "no such flag"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "t0.txt"
    path.write_text(f"# conversation: t0-1 | platform persona: x\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"t0\.txt, line 2"):
        read([path])


def test_the_split_keeps_together_what_belongs_together() -> None:
    """In t19 two neighbours tell the same facts, once as life and once as story."""
    learned, held_out = split(chats())
    assert {group(chat) for chat in learned} & {group(chat) for chat in held_out} == set()
    pair = next(chat for chat in chats() if chat.id == "t19-01"), next(c for c in chats() if c.id == "t19-02")
    assert group(pair[0]) == group(pair[1])
    assert 0.06 < len(held_out) / len(chats()) < 0.14


def test_the_dev_set_is_not_in_the_corpus() -> None:
    """Runs of five words that the corpus shares with the dev set.

    A run is distinctive unless it stands in ``EVERYDAY`` or more conversations of the corpus, which is how
    everyday phrases are known, or has fewer than three different words of four letters. ``MOST_SHARED`` of
    those in all may be chance; no line may share two.
    """
    if not DEV_SET.exists():
        missing("shared-data", f"the dev set is not here: {DEV_SET.name}")
    rows = DEV_SET.read_text(encoding="utf-8").splitlines()
    theirs = {run for row in rows for run in _runs(json.loads(row)["text"])}
    lines = [
        (f"{chat.id}, message {at}", shared)
        for chat in chats()
        for at, turn in enumerate(chat.turns, 1)
        if (shared := theirs.intersection(_runs(turn.text)))
    ]
    where: dict[tuple[str, ...], set[str]] = {}
    for name, shared in lines:
        for run in shared:
            where.setdefault(run, set()).add(name.partition(",")[0])
    distinctive = {run for run, named in where.items() if len(named) < EVERYDAY and _tells(run)}
    # Only places are shown: a text of the dev set stays unread.
    twice = [name for name, shared in lines if len(shared & distinctive) > 1]
    once = [name for name, shared in lines if shared & distinctive]
    many = len(distinctive)
    del rows, theirs, lines, where, distinctive
    assert twice == [], "these share two distinctive runs with the dev set"
    assert many <= MOST_SHARED, f"too many for chance; they stand in {once}"


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))
    return zip(*(words[at:] for at in range(RUN)), strict=False)


def _tells(run: tuple[str, ...]) -> bool:
    return len({word for word in run if len(word) > 3}) >= 3


def test_nothing_at_run_time_imports_training() -> None:
    """Neither in a statement anywhere in the package, nor by what a review loads."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong = [name for name in names if name.split(".")[0] in ("training", "torch", "benchmarks")]
            assert wrong == [], path
    code = (
        "import sys; from discretion import Guard; Guard().review('im jess');"
        "print([m for m in sys.modules if m.split('.')[0] in ('training', 'torch', 'benchmarks')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd="/", check=True)
    assert ran.stdout.strip() == "[]"
