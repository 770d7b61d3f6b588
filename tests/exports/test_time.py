"""Times are read in every form that the programs write, and never invented."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.exports._time import EARLIEST, LATEST, moment

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SECONDS = int(NOON.timestamp())


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


KNOWN: list[tuple[object, str]] = [
    (SECONDS, "seconds"),
    (SECONDS * 1000, "milliseconds"),
    (SECONDS * 1_000_000, "microseconds"),
    (Decimal(SECONDS), "a decimal, as the streaming parser gives it"),
    (str(SECONDS), "Telegram writes seconds as text"),
    ({"$date": {"$numberLong": str(SECONDS * 1000)}}, "Grok's extended JSON"),
    ({"$date": "2026-03-02T12:00:00Z"}, "its other form"),
    ("2026-03-02T12:00:00.000000Z", "ISO"),
    ("2026-03-02T13:00:00+01:00", "ISO with a zone"),
    ("2026-03-02T12:00:00", "ISO without a zone: this computer's"),
    ("2026-03-02 12:00:00", "with a space"),
    ("2026-03-02 12:00:00 UTC", "with a named zone"),
    ("March 2, 2026 12:00pm", "SillyTavern's spoken form"),
    ("March 2, 2026 12:00 PM", "with a space"),
    ("2026-3-2 @12h 00m 00s 0ms", "SillyTavern's file form"),
    ("2026-3-2@12h00m00s", "without spaces"),
]


@pytest.mark.parametrize(("value", "reason"), KNOWN, ids=[one[1] for one in KNOWN])
def test_a_stated_time_is_read(value: object, reason: str) -> None:
    assert moment(value) == NOON, reason


UNKNOWN: list[object] = [
    None, True, "", "soon", "March", "Smarch 2, 2026 1:00pm", "February 30, 2026 1:00pm", 0, -1, -SECONDS,
    float("nan"), float("inf"), 1e30, 10**400, Decimal("1e999999"), "9" * 400, [], {}, {"$date": []}, 5,
    "2026-13-40T99:99:99", "0000-00-00T00:00:00", "2026-3-99 @99h 99m 99s", "1999-01-01T00:00:00Z",
    "2200-01-01T00:00:00Z", "2026-03-02",
]  # fmt: skip


@pytest.mark.parametrize("value", UNKNOWN, ids=lambda value: repr(value)[:30])
def test_no_time_is_invented(value: object) -> None:
    assert moment(value) is None


@given(
    st.one_of(st.integers(), st.floats(), st.text(), st.decimals(), st.dictionaries(st.text(), st.integers()))
)
def test_anything_gives_an_aware_time_within_bounds_or_none(value: object) -> None:
    found = moment(value)
    assert found is None or (found.utcoffset() is not None and EARLIEST <= found < LATEST)


@given(st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1)))
def test_seconds_and_milliseconds_agree(when: datetime) -> None:
    aware = when.replace(tzinfo=UTC, microsecond=0)
    seconds = int(aware.timestamp())
    for value in (seconds, seconds * 1000, aware.isoformat()):
        found = moment(value)
        assert found is not None
        assert abs(found - aware) < timedelta(milliseconds=1)
