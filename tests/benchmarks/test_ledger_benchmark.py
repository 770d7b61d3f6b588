"""`python -m benchmarks.ledger`: on a small ledger every figure is there, and limits are judged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from benchmarks.ledger import REPORTS, _limits, measured, tables
from benchmarks.ledger_rows import fill

from discretion.exposure.ledger import disclosures
from discretion.exposure.report import report, report_of_vault
from discretion.vault import Asker, Cost, Vault


def test_every_figure_is_measured() -> None:
    figures = measured(300, 1)
    assert set(figures["reports"]) == set(REPORTS)
    assert all(one["bytes"] > 500 for one in figures["reports"].values())
    assert figures["reading"]["ratio"] > 0
    assert figures["opening"]["whole_s"] >= figures["opening"]["derivation_s"]
    assert len(figures["limits"]) == 2 + len(REPORTS)
    assert [len(table.rows) for table in tables(figures)] == [3, len(REPORTS), 3]


@pytest.mark.parametrize(
    ("derivation", "work", "held"),
    [
        (0.8, 0.4, [True, True]),
        (0.3, 0.4, [False, True]),
        (0.8, 1.4, [True, False]),
    ],
)
def test_a_limit_that_does_not_hold_is_named(derivation: float, work: float, held: list[bool]) -> None:
    figures = {
        "opening": {"whole_s": 1.0, "derivation_s": derivation},
        "reports": {"terminal of all": {"work_s": work}},
    }
    assert [one["holds"] for one in _limits(figures)][1:] == held


def test_the_vault_is_read_as_its_records_are(tmp_path: Path) -> None:
    today = date(2026, 11, 25)
    with Vault.create("ferret umbrella 41 candle", tmp_path / "v", cost=Cost(64 * 1024, 3)) as vault:
        fill(vault, 400)
        asker = Asker("test", "test")
        assert report_of_vault(vault, asker, today=today) == report(disclosures(vault, asker), today=today)
