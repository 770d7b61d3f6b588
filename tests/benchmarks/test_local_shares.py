"""What is measured of local shares bears out what the estimate takes."""

from __future__ import annotations

import pytest
from benchmarks.local_shares import main, spreads


def test_small_groups_live_near_each_other_and_members_tell_of_it() -> None:
    found = {one.group.partition(",")[0]: one for one in spreads()}
    for group in ("Sikh", "Muslim", "Hindu", "Jewish"):
        assert found[group].mean_of_members > 0.5
        assert found[group].deviation_of_people > 0.9
    assert abs(found["Christian"].mean_of_members) < 0.1


def test_the_rest_differs_little() -> None:
    others = [one for one in spreads() if not one.subject.startswith(("religion", "ethnic group"))]
    assert sum(one.deviation_of_people for one in others) / len(others) == pytest.approx(0.2, abs=0.1)


def test_the_table_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "Sikh" in capsys.readouterr().out
