"""What a run adds up to stays bounded and in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from discretion.cli._engine import Row
from discretion.cli._report._timeline import MOST_BARS, bars
from discretion.cli._tally import KEPT_ROWS, Tally, words
from discretion.records import Finding, Frame, Kind, Review, Severity, Verdict
from discretion.text import Message, Setting

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)


def row(turn: int, *, frame: Frame = Frame.SELF, kind: Kind | None = None, dated: bool = False) -> Row:
    severity = Severity.CRITICAL if kind is Kind.SECRET else Severity.LOW
    text = f"{kind} {turn}"
    found = (Finding(kind, 0, len(text), frame, severity, 0.9, "test", "a reason"),) if kind else ()
    sent = BEGAN + timedelta(days=turn) if dated else None
    message = Message(text, turn=turn, sent_at=sent, setting=Setting("c"))
    return Row(message, Review(Verdict.ALLOW, frame, found))


def test_of_too_many_rows_the_worst_are_kept_in_their_order() -> None:
    tally = Tally(min_severity=Severity.LOW)
    for turn in range(KEPT_ROWS + 50):
        tally.add(row(turn, kind=Kind.SECRET if turn % 1000 == 999 else Kind.AGE))
    kept = [r.message.turn for r in tally.rows()]
    assert len(kept) == KEPT_ROWS
    assert kept == sorted(kept)
    assert {999, 1999, 2999, 3999, 4999} <= set(kept)
    assert tally.rows_left_out == 50
    assert [r.message.turn for r in tally.rows(5)] == [999, 1999, 2999, 3999, 4999]


def test_worst_first_in_what_an_outsider_would_learn() -> None:
    tally = Tally(min_severity=Severity.LOW)
    for turn in range(3):
        tally.add(row(turn, kind=Kind.AGE))
    tally.add(row(3, kind=Kind.SECRET))
    assert [(one.kind, one.times) for one in tally.would_learn()] == [(Kind.SECRET, 1), (Kind.AGE, 3)]


def test_a_slip_is_a_step_from_fiction_to_self_with_neutral_between_or_not() -> None:
    tally = Tally(min_severity=Severity.LOW)
    for turn, frame in enumerate("fsnfnsf"):
        tally.add(row(turn, frame={"f": Frame.FICTION, "s": Frame.SELF, "n": Frame.NEUTRAL}[frame]))
    assert tally.slips == 2


def test_the_timeline_stays_small_however_long_the_run() -> None:
    for dated in (True, False):
        tally = Tally(min_severity=Severity.LOW)
        for turn in range(3000):
            tally.add(row(turn, dated=dated, frame=Frame.FICTION if turn < 1500 else Frame.SELF))
        drawn = bars(tally.timeline)
        assert 60 <= len(drawn) <= MOST_BARS
        assert sum(s.count for bar in drawn for s in bar.segments) == 3000
        assert drawn[0].segments[0].frame == "fiction"
        assert drawn[-1].segments[-1].frame == "self"


def test_every_kind_has_its_words() -> None:
    assert set(words()) == {kind.value for kind in Kind}
    assert all(entry["label"] and entry["learn"] for entry in words().values())


def test_a_pause_keeps_its_place_in_the_timeline() -> None:
    tally = Tally(min_severity=Severity.LOW)
    for day in (0, 9):
        tally.add(row(day, dated=True))
    drawn = bars(tally.timeline)
    assert [bool(bar.segments) for bar in drawn] == [True, *[False] * 8, True]


def test_what_is_only_said_again_comes_last() -> None:
    tally = Tally(min_severity=Severity.LOW)
    tally.add(row(0, kind=Kind.SECRET))
    for _ in range(50):
        tally.add(row(0, kind=Kind.SECRET))
    tally.add(row(1, kind=Kind.AGE))
    assert [r.message.turn for r in tally.rows(2)] == [0, 1]
