"""The worst errors with their lines, written to docs/errors.md: ``python -m benchmarks.errors``.

Read are conversations that training holds out: all, or those in the marked chats of ``--corpus``; a corpus
in JSON lines is read whole, the dev set never. The lines are invented and our own. Why the guard erred is
told by hand: ``errors_reasons.toml`` maps a key, a hash of line and kind, to a sentence; ``--missing`` prints
the keys that have none.

Exit codes: 0 written; 2 the corpus cannot be read, or is the dev set.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from benchmarks.chats import held_out_chats, read_corpora
from benchmarks.corpus import CorpusError, Line
from benchmarks.ours import has_model, our_guard
from benchmarks.prediction import Prediction, guarded
from benchmarks.shared_data import REPOSITORY
from benchmarks.tables import Table
from benchmarks.tally import is_false_alarm, is_same, over_stopping
from discretion.guard._verdict import severity
from discretion.records import Limit, Severity
from discretion.text import Span

PAGE = REPOSITORY / "docs" / "errors.md"
REASONS = Path(__file__).with_name("errors_reasons.toml")
MOST = 40
MOST_OF_A_KIND = 5
"""Of one kind on one side, so that the page shows more than one weakness."""
NOT_READ = "not read yet"
MISS, ALARM = "missed", "false alarm"


@dataclass(frozen=True, slots=True)
class Error:
    """One error: what should have been found or held and was not, or the other way round.

    ``kind`` is a kind of finding or a limit, ``span`` its place in the line (``None`` for a limit),
    ``weight`` the severity's rank and how sure the guard was: the worst have the highest.
    """

    side: str
    kind: str
    line: Line
    span: Span | None
    expected: str
    found: str
    weight: float

    @property
    def key(self) -> str:
        """What the reason is kept under."""
        return hashlib.sha256(f"{self.line.text}\n{self.kind}".encode()).hexdigest()[:12]


def errors_of(rows: Iterable[tuple[Line, Prediction]]) -> Iterator[Error]:
    """Every error on the user's lines; a fact found under another kind counts once, as missed."""
    for line, answer in rows:
        yield from _limits_missed(line, answer)
        yield from _stopped_in_vain(line, answer)
        yield from _missed(line, answer)
        yield from _false_alarms(line, answer)


def worst(errors: Iterable[Error], most: int = MOST) -> list[Error]:
    """The gravest of both sides, half of each where there are enough, at most a few of a kind."""
    ranked = sorted(errors, key=lambda one: (-one.weight, one.key))
    taken: dict[str, list[Error]] = {MISS: [], ALARM: []}
    seen: Counter[tuple[str, str]] = Counter()
    for one in ranked:
        if seen[one.side, one.kind] < MOST_OF_A_KIND:
            seen[one.side, one.kind] += 1
            taken[one.side].append(one)
    missed = max(most // 2, most - len(taken[ALARM]))
    return (taken[MISS][:missed] + taken[ALARM][: most - min(missed, len(taken[MISS]))])[:most]


def _missed(line: Line, answer: Prediction) -> Iterator[Error]:
    for gold in line.gold:
        if any(is_same(found, gold) for found in answer.found):
            continue
        words = gold.span.of(line.text)
        other = [found for found in answer.found if found.span.overlaps(gold.span)]
        found = ", ".join(f"`{one.kind}`" for one in other) or _silence(answer)
        weight = severity(gold.kind, words).rank + (0.5 if other else 1.0)
        yield Error(MISS, gold.kind.value, line, gold.span, f"`{gold.kind}`", found, weight)


def _silence(answer: Prediction) -> str:
    return f"nothing; the line was taken for {answer.frame}" if answer.frame else "nothing"


def _false_alarms(line: Line, answer: Prediction) -> Iterator[Error]:
    for found in answer.found:
        if is_false_alarm(found, line):
            weight = severity(found.kind, found.span.of(line.text)).rank + (found.confidence or 0.0)
            shown = f"`{found.kind}`" + (f" ({found.confidence:.2f})" if found.confidence else "")
            expected = f"nothing ({line.frame})"
            yield Error(ALARM, found.kind.value, line, found.span, expected, shown, weight)


def _limits_missed(line: Line, answer: Prediction) -> Iterator[Error]:
    for limit in sorted(line.limits - answer.held.keys()):
        weight = Severity.CRITICAL.rank + 1.0
        yield Error(MISS, limit.value, line, None, f"held: `{limit}`", "not held", weight)


def _stopped_in_vain(line: Line, answer: Prediction) -> Iterator[Error]:
    for limit, places in over_stopping((line, answer)).items():
        is_own = limit in answer.own or "message" in places
        found = f"{answer.verdict}: `{limit}`" + ("" if is_own else ", for something earlier")
        weight = Severity.CRITICAL.rank + (1.0 if is_own else 0.5)
        yield Error(ALARM, limit.value, line, None, "not held", found, weight)


def reasons(path: Path = REASONS) -> dict[str, str]:
    """The reasons written so far, by key."""
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))["reasons"])


def page(
    errors: Sequence[Error], shown: Sequence[Error], told: dict[str, str], counts: Mapping[str, int], how: str
) -> str:
    """The page: the worst with their reasons, then how many there are of each kind.

    ``counts`` has ``lines`` and ``conversations``; ``how`` says what read them.
    """
    sides = [
        _table(side, [one for one in shown if one.side == side], told)
        for side in (MISS, ALARM)
        if any(one.side == side for one in shown)
    ]
    written = [
        "# Errors",
        "Written by `python -m benchmarks.errors`; do not edit by hand. The reasons are told by hand in"
        " `benchmarks/errors_reasons.toml`.",
        f"Read are {counts['lines']} lines of the user in {counts['conversations']} conversations of our own,"
        f" none that the model learned from, by {how}. Shown are the {len(shown)} worst of {len(errors)}"
        f" errors by severity and by how sure the guard was, at most {MOST_OF_A_KIND} of a kind on each side."
        " A fact found under another kind counts once, as missed. Lines that touch `real_person` or tell of"
        " a crisis are not shown.",
        *sides,
        f"## All of them\n\n{_by_kind(errors).markdown()}",
    ]
    return "\n\n".join(written) + "\n"


def _table(side: str, errors: Sequence[Error], told: dict[str, str]) -> str:
    title = {MISS: "Missed", ALARM: "False alarms"}[side]
    heads = ("line", "expected", "found", "reason")
    rows = tuple(
        (_shown(one), one.expected, one.found, _plain(told.get(one.key) or NOT_READ)) for one in errors
    )
    return f"## {title}\n\n{Table(title, heads, rows, holds_words=True).markdown()}"


def _shown(error: Error) -> str:
    if error.kind == Limit.REAL_PERSON or Limit.REAL_PERSON in error.line.limits or error.line.is_crisis:
        return "*(not shown)*"
    text = error.line.text
    if error.span is None:
        return _plain(text)
    start, end = error.span.start, error.span.end
    before, words, after = (_plain(part) for part in (text[:start], text[start:end], text[end:]))
    return f"{before}**{words}**{after}"


def _plain(text: str) -> str:
    """Text that a page shows as it is: no mark of Markdown in it counts, no line ends a row."""
    for mark in "\\`*_[]|#~":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").split("\n"))


def _by_kind(errors: Sequence[Error]) -> Table:
    seen = Counter((one.side, one.kind) for one in errors)
    kinds = sorted({kind for _, kind in seen}, key=lambda kind: -seen[MISS, kind] - seen[ALARM, kind])
    rows = tuple((kind, str(seen[MISS, kind]), str(seen[ALARM, kind])) for kind in kinds)
    return Table("All of them", ("kind or limit", "missed", "false alarms"), rows)


def main(arguments: list[str] | None = None) -> int:
    """Review, rank and write; see the module."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.errors", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="corpora (default: all that training holds out)",
    )
    parser.add_argument("--output", type=Path, default=PAGE, metavar="FILE", help="where the page goes")
    parser.add_argument("--most", type=int, default=MOST, help=f"how many errors are shown (default {MOST})")
    parser.add_argument("--rules-only", action="store_true", help="read by rules alone")
    parser.add_argument("--missing", action="store_true", help="print a row for each reason not told yet")
    asked = parser.parse_args(arguments)
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        if any(path.resolve().stem.startswith("devset") for path in asked.corpus or ()):
            raise CorpusError("the dev set is measured, its lines are not read")
        lines = read_corpora(asked.corpus, held_out=True) if asked.corpus else held_out_chats()
    except CorpusError as error:
        console.print(f"error: {error}", markup=False)
        return 2
    rows = list(guarded(lines, our_guard(rules_only=asked.rules_only)))
    errors = list(errors_of(rows))
    shown = worst(errors, asked.most)
    told = reasons()
    counts = {"lines": len(rows), "conversations": len({line.conversation for line, _ in rows})}
    how = "rules and model" if has_model() and not asked.rules_only else "rules only"
    asked.output.write_text(page(errors, shown, told, counts, how), encoding="utf-8")
    unread = [one for one in shown if one.key not in told]
    console.print(f"{len(errors)} errors, {len(shown)} shown, {len(unread)} without a reason", markup=False)
    for one in unread if asked.missing else ():
        print(f'{one.key} = ""  # {one.side}: {one.kind}: {_shown(one)}')
    return 0


if __name__ == "__main__":
    sys.exit(main())
