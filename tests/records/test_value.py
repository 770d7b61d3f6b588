"""A normalised value is as sensitive as the words: no accident lets it out."""

from __future__ import annotations

import copy
import pickle

import pytest

from discretion.records import Finding, Frame, Kind, Severity, Value

AGE = Value("age", (), 34, 34, "years")
SECRET = Value("health", ("diabetes/type_1",))


def finding(value: Value | None) -> Finding:
    return Finding(Kind.HEALTH, 0, 15, Frame.SELF, Severity.MEDIUM, 0.9, "test", "a reason", value)


@pytest.mark.parametrize(
    "shown", [repr, str, "{}".format, "{!r:>40}".format], ids=["repr", "str", "format", "!r"]
)
def test_printing_shows_no_value(shown: object) -> None:
    assert callable(shown)
    for printed in (shown(SECRET), shown(finding(SECRET)), shown([finding(SECRET)])):
        assert "diabetes" not in printed


def test_a_value_is_not_pickled_and_a_finding_leaves_it_behind() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(SECRET)
    blob = pickle.dumps(finding(SECRET))
    assert b"diabetes" not in blob
    assert pickle.loads(blob) == finding(None)
    assert pickle.loads(blob).value is None


def test_copies_in_this_process_keep_it() -> None:
    assert copy.deepcopy(finding(SECRET)).value is SECRET
    assert copy.copy(finding(SECRET)).value is SECRET
    assert copy.deepcopy(SECRET) is SECRET


def test_findings_are_told_apart_by_what_was_found_not_by_its_value() -> None:
    assert finding(SECRET) == finding(None)
    assert hash(finding(SECRET)) == hash(finding(None))


@pytest.mark.parametrize(
    ("value", "code", "number", "reason"),
    [
        (AGE, "", 34, "an exact number"),
        (SECRET, "diabetes/type_1", None, "a code without a number"),
        (Value("age", (), 30, 39, "years"), "", None, "a range is no number"),
        (Value("age", (), 51, None, "years"), "", None, "an open range is none either"),
        (Value("family", ("child",), 0, 0, "people"), "child", 0, "none is a number"),
    ],
)
def test_code_and_number(value: Value, code: str, number: float | None, reason: str) -> None:
    assert value.code == code, reason
    assert value.number == number, reason
