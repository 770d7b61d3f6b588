"""The guard over tens of thousands of real posts and invented chats: ``python -m benchmarks.posts``.

Counts only: how many findings of each kind for 1,000 texts, frames, verdicts, what could not be judged, time,
and that nothing raises. There are no labels here; the counts show what is odd, ``--show-text`` shows why: it
prints evenly taken findings of one kind in their texts, to this terminal and nowhere else.

``--json`` prints ``{"schema": "discretion.posts/1", "sources": {NAME: {"texts", "seconds", "raised": {WHERE:
n}, "unchecked", "crisis", "frames": {}, "verdicts": {}, "held": {LIMIT: n}, "findings_per_1000": {KIND:
n}}}}``; WHERE is the exception and the line of code it came from, or the detector that failed.

``--as-jsonl`` prints the texts themselves as JSON Lines, for ``discretion check`` to read from a pipe.

Exit codes: 0 counted, or skipped because the data are absent; 1 something raised.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.metrics import share
from benchmarks.shared_data import absent, data_folder
from benchmarks.tables import Table, plain
from discretion.guard import Guard
from discretion.records import Kind, Limit, Review, Verdict
from discretion.text import Author, Message, Setting

_SHOWN: dict[str, Kind | Limit] = {one.value: one for one in (*Kind, *Limit)}
Turn = tuple[Author, str]
Chats = Iterator[list[Turn]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where texts come from: the files, and how a file gives chats (a post is a chat of one turn)."""

    files: tuple[str, ...]
    chats: Callable[[Path], Chats]


@dataclass(slots=True)
class Tally:
    """What was counted over one source."""

    texts: int = 0
    seconds: float = 0.0
    unchecked: int = 0
    crisis: int = 0
    raised: Counter[str] = field(default_factory=Counter)
    frames: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[str, int, int, str]] = field(default_factory=list)

    def add(self, text: str, review: Review, wanted: Kind | Limit | None) -> None:
        """Count one review; keep the text in memory only where a kind or a limit was asked to be shown."""
        self.unchecked += bool(review.not_checked)
        failed = (one for one in review.not_checked if one.what.startswith("detector "))
        self.raised.update(f"{one.what}: {one.reason}" for one in failed)
        self.crisis += review.crisis
        self.frames[review.frame.value if review.frame else "none"] += 1
        self.verdicts[review.verdict.value] += 1
        self.kinds.update(finding.kind.value for finding in review.findings)
        if review.verdict in (Verdict.ASK, Verdict.BLOCK):
            self.held.update({reason.kind.value for reason in review.limit_reasons})
        for finding in review.findings:
            if finding.kind is wanted:
                self.shown.append((text, finding.start, finding.end, finding.detector))
        for reason in review.limit_reasons:
            if reason.kind is wanted and reason.where == "message":
                self.shown.append((text, reason.start, reason.end, reason.verdict.value))

    def document(self) -> dict[str, Any]:
        """The counts; see the module."""
        return {
            "texts": self.texts,
            "seconds": round(self.seconds, 2),
            "raised": dict(self.raised),
            "unchecked": self.unchecked,
            "crisis": self.crisis,
            "frames": dict(sorted(self.frames.items())),
            "verdicts": dict(sorted(self.verdicts.items())),
            "held": dict(sorted(self.held.items())),
            "findings_per_1000": {
                kind.value: share(self.kinds[kind.value], self.texts, 1000)
                for kind in Kind
                if self.kinds[kind.value]
            },
        }


def posts(path: Path) -> Chats:
    """One post a line, under ``text``."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield [(Author.USER, str(json.loads(line)["text"]))]


def dialogues(path: Path) -> Chats:
    """Chats written as ``User 1: …`` and ``User 2: …`` in a column; the first is taken for the user."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            turns = []
            for line in row["Best Generated Conversation"].splitlines():
                speaker, _, text = line.partition(": ")
                turns.append((Author.USER if speaker == "User 1" else Author.ASSISTANT, text))
            yield turns


def quotations(path: Path) -> Chats:
    """The quotations of novels: last column of the rows marked QUOTE."""
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, *_, text = line.split("\t")
        if mark == "QUOTE":
            yield [(Author.USER, text)]


SOURCES = {
    "Broad Twitter Corpus": Source(("btc_a.jsonl", "btc_b.jsonl", "btc_e.jsonl", "btc_f.jsonl"), posts),
    "WNUT17": Source(("wnut17_train.jsonl", "wnut17_dev.jsonl"), posts),
    "Tweebank": Source(("tweebank_train.jsonl", "tweebank_dev.jsonl"), posts),
    "SynthPAI comments": Source(("synthpai_dev.jsonl",), posts),
    "Synthetic-Persona-Chat": Source(("synthetic_persona_chat_valid.csv",), dialogues),
    "LitBank quotations": Source(("litbank/quotations/tsv/*.ann",), quotations),
}


def count(source: Source, folder: Path, guard: Guard, wanted: Kind | Limit | None = None) -> Tally:
    """Review every text of a source; what raises is counted by exception and line of code, without text.

    Raises ``FileNotFoundError`` where a file is absent.
    """
    tally = Tally()
    for name, turns in _chats(source, folder):
        review_chat(turns, name, guard, tally, wanted)
    return tally


def _chats(source: Source, folder: Path) -> Iterator[tuple[str, list[Turn]]]:
    for pattern in source.files:
        found = sorted(folder.glob(pattern))
        if not found:
            raise FileNotFoundError(pattern)
        for path in found:
            for index, turns in enumerate(source.chats(path)):
                yield f"{path.name}#{index}", turns


def _print_chats(source: Source, folder: Path) -> None:
    for name, turns in _chats(source, folder):
        for author, text in turns:
            print(json.dumps({"conversation": name, "author": author.value, "text": text}))


def review_chat(
    turns: list[Turn], name: str, guard: Guard, tally: Tally, wanted: Kind | Limit | None
) -> None:
    """Review one chat in order and count what came of the user's lines."""
    setting = Setting(name)
    session = guard.session(setting)
    for turn, (author, text) in enumerate(turns):
        began = time.perf_counter()
        try:
            review = session.review(Message(text, author, turn=turn, setting=setting))
        except Exception as error:
            tally.raised[_where(error)] += 1
            review = None
        tally.seconds += time.perf_counter() - began
        if author is Author.USER:
            tally.texts += 1
            if review:
                tally.add(text, review, wanted)


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def main(arguments: list[str] | None = None) -> int:
    """Count and print; see the module."""
    asked = _parser().parse_args(arguments)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    folder = data_folder() / "guard"
    guard, wanted, tallies = Guard(intimate=not asked.everyday), _SHOWN.get(asked.show_text), {}
    for name in asked.source or SOURCES:
        try:
            if asked.as_jsonl:
                _print_chats(SOURCES[name], folder)
            else:
                tallies[name] = count(SOURCES[name], folder, guard, wanted)
        except FileNotFoundError as error:
            errors.print(absent(name, Path(str(error.filename or error))))
    documents = {name: tally.document() for name, tally in tallies.items()}
    if asked.json:
        print(json.dumps({"schema": "discretion.posts/1", "sources": documents}, ensure_ascii=False))
    elif asked.markdown:
        print("\n\n".join(table.markdown() for table in post_tables(documents)))
    elif not asked.as_jsonl:
        _show_all(documents, tallies, asked.most)
    return 1 if any(tally.raised for tally in tallies.values()) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.posts", description=__doc__.partition("\n")[0]
    )
    add = parser.add_argument
    add("--json", action="store_true", help="print one JSON document instead of tables")
    add("--markdown", action="store_true", help="print the tables as docs/reliability.md has them")
    add("--as-jsonl", action="store_true", help="print the chats, to pipe into check")
    add("--everyday", action="store_true", help="intimate context off")
    add("--source", choices=SOURCES, action="append", help="only this source (may be repeated)")
    add("--show-text", metavar="KIND", choices=_SHOWN, help="a kind or a limit to show in its texts")
    add("--most", type=int, default=40, metavar="N", help="how many to show of each source")
    return parser


def _show_all(documents: dict[str, dict[str, Any]], tallies: dict[str, Tally], most: int) -> None:
    console = Console()
    for table in post_tables(documents):
        console.print(table.rich())
    for name, tally in tallies.items():
        _show(name, tally, most, console)


def _show(name: str, tally: Tally, most: int, console: Console) -> None:
    step = max(1, len(tally.shown) // most)
    for text, start, end, rule in tally.shown[::step][:most]:
        before, fact, after = text[max(0, start - 60) : start], text[start:end], text[end : end + 60]
        around = f"{before}⟦{fact}⟧{after}".replace("\n", " ")
        console.print(f"{name} · {rule}: {around}", markup=False, highlight=False, soft_wrap=True)


def post_tables(documents: dict[str, dict[str, Any]]) -> tuple[Table, ...]:
    """What happened to the texts, and findings for 1,000 texts by kind."""
    happened = tuple(
        (
            name,
            f"{one['texts']:,}",
            str(sum(one["raised"].values())),
            f"{one['texts'] / one['seconds']:,.0f}" if one["seconds"] else "–",
            str(one["unchecked"]),
            *(str(one["frames"].get(frame, 0)) for frame in ("self", "fiction", "neutral")),
            *(str(one["verdicts"].get(verdict, 0)) for verdict in ("ask", "block")),
            " ".join(f"{limit} {number}" for limit, number in one["held"].items()) or "–",
            str(one["crisis"]),
        )
        for name, one in documents.items()
    )
    heads = (
        "source",
        "texts",
        "raised",
        "texts/s",
        "not checked",
        "self",
        "fiction",
        "neutral",
        "ask",
        "block",
    )
    kinds = [
        kind.value
        for kind in Kind
        if any(kind.value in one["findings_per_1000"] for one in documents.values())
    ]
    density = tuple(
        (kind, *(plain(one["findings_per_1000"].get(kind, 0.0)) for one in documents.values()))
        for kind in kinds
    )
    return (
        Table("Texts", (*heads, "held for", "crisis"), happened),
        Table("Findings for 1,000 texts", ("kind", *documents), density),
    )


if __name__ == "__main__":
    sys.exit(main())
