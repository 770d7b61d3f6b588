"""`python -m benchmarks.stand_ins`: what collides, what is kept, and that it runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.stand_in_values import Value
from benchmarks.stand_ins import kept, main, per_10_000, standing

from discretion.records import Kind

TEXTS = ["I drove to Waukee.", "waukee, then home", "Old Bell Inn was full", "an old inn"]


@pytest.mark.parametrize(
    ("stand_ins", "wanted", "why"),
    [
        (["Waukee"], 5000.0, "in two of four texts, in any case"),
        (["Old Bell"], 2500.0, "words in a row, not apart"),
        (["Waukee", "Cheraw"], 2500.0, "the average of one that stands and one that does not"),
        (["Kee"], 0.0, "a part of a word is none"),
        ([], 0.0, "no stand-ins"),
    ],
)
def test_collisions_are_counted_by_text(stand_ins: list[str], wanted: float, why: str) -> None:
    size, found = standing(TEXTS, stand_ins)
    assert per_10_000(stand_ins, size, found) == pytest.approx(wanted), why


def test_what_is_kept() -> None:
    def of(real: str) -> Value:
        return Value(Kind.WORKPLACE, real, real, 0)

    rows = [(of("Mercy General"), "Kelgard General"), (of("The Oyster"), "The Otterby")]
    found = kept(Kind.WORKPLACE, rows, 1)
    assert found.same_initial == pytest.approx(0.5), "the first word that changes counts"
    assert found.within_2_letters == pytest.approx(1.0)
    assert found.same_sex is None


def test_it_runs_on_a_small_sample(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCRETION_DATA", str(tmp_path))
    assert main(["--json", "--values", "6", "--sentences", "2"]) in (0, 1)
    shown = capsys.readouterr().out
    document = json.loads(shown[shown.index("{") :])
    assert document["schema"] == "discretion.stand-ins/1"
    assert {row["kind"] for row in document["kept"]} == {"name", "location", "workplace", "education", "pet"}
    assert document["texts"]["our replies"] > 10_000
    assert "skipped" in shown, "data that are not there are named"
