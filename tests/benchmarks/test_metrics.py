"""The measures on tiny corpora whose results were worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from benchmarks.corpus import Gold, Line
from benchmarks.metrics import accuracy
from benchmarks.prediction import Found, Prediction, credited, guarded, of_review
from jsonschema import Draft202012Validator

from discretion.records import Frame, Kind, Limit, LimitReason, Review, Ruling, Verdict
from discretion.text import Author, Span

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "accuracy.schema.json"
SELF, FICTION, NEUTRAL = Frame.SELF, Frame.FICTION, Frame.NEUTRAL


def line(frame: Frame, *marks: tuple[Kind, int, int], **more: Any) -> Line:
    gold = tuple(Gold(kind, Span(start, end), frame) for kind, start, end in marks)
    return Line("c", None, more.pop("turn", 0), Author.USER, "x" * 50, frame, gold=gold, **more)


def said(*found: tuple[Kind, int, int], **more: Any) -> Prediction:
    return Prediction(tuple(Found(kind, Span(start, end)) for kind, start, end in found), **more)


def held(limit: Limit, *places: str, **more: Any) -> Prediction:
    return Prediction(verdict=Verdict.BLOCK, held={limit: frozenset(places)}, **more)


def at(document: dict[str, Any], path: str) -> object:
    value: Any = document
    for key in path.split("."):
        value = value[key]
    return value


Row = tuple[Line, Prediction]
NAME, EMAIL, AGE, PET, SECRET = Kind.NAME, Kind.EMAIL, Kind.AGE, Kind.PET, Kind.SECRET
CASES: list[tuple[str, list[Row], dict[str, object]]] = [
    (
        "an overlap of one character is enough, a touch is not",
        [(line(SELF, (NAME, 5, 10)), said((NAME, 9, 20))), (line(SELF, (NAME, 5, 10)), said((NAME, 10, 20)))],
        {"identifiers.precision": 0.5, "identifiers.recall": 0.5, "identifiers.f1": 0.5},
    ),
    (
        "the right place under the wrong kind is a miss and a wrong finding",
        [(line(SELF, (NAME, 0, 4)), said((PET, 0, 4)))],
        {"identifiers.recall": 0.0, "identifiers.f1": 0.0, "disclosures.precision": 0.0},
    ),
    (
        "two findings in one gold span are both right, and find it once",
        [(line(SELF, (NAME, 0, 9)), said((NAME, 0, 4), (NAME, 5, 9)))],
        {"by_kind.name.precision": 1.0, "by_kind.name.recall": 1.0, "by_kind.name.n": 1, "n.findings": 2},
    ),
    (
        "one finding over two gold spans finds both",
        [(line(SELF, (NAME, 0, 4), (NAME, 5, 9)), said((NAME, 0, 9)))],
        {"by_kind.name.precision": 1.0, "by_kind.name.recall": 1.0, "by_kind.name.n": 2},
    ),
    (
        "micro-average: four of five spans, not the mean of 1 and 1/2",
        [
            (line(SELF, (EMAIL, 0, 3), (EMAIL, 4, 7), (EMAIL, 8, 11)), said((EMAIL, 0, 11))),
            (line(SELF, (NAME, 0, 3), (NAME, 4, 7)), said((NAME, 0, 3))),
        ],
        {"identifiers.recall": 0.8, "identifiers.precision": 1.0, "identifiers.f1": 0.8889},
    ),
    (
        "the frame of the finding does not matter for its rightness",
        [(line(FICTION, (EMAIL, 0, 9)), said((EMAIL, 0, 9)))],
        {"identifiers.precision": 1.0, "fiction_false_alarms_per_100": 0.0},
    ),
    (
        "contacts are the seven kinds, not names",
        [(line(SELF, (EMAIL, 0, 3), (SECRET, 4, 7), (NAME, 8, 11)), said((EMAIL, 0, 3), (NAME, 8, 11)))],
        {"contacts_recall": 0.5, "n.gold_contacts": 2},
    ),
    (
        "only names of one's own life count as such",
        [
            (line(SELF, (NAME, 0, 3), (NAME, 5, 9)), said((NAME, 0, 3))),
            (line(FICTION, (NAME, 0, 3)), said()),
        ],
        {"name_self_recall": 0.5, "n.gold_names_self": 2},
    ),
    (
        "a false alarm overlaps no gold span of any kind; three on four lines are 75 per 100",
        [
            (line(FICTION), said((NAME, 0, 3), (AGE, 5, 7))),
            (line(FICTION, (EMAIL, 0, 9)), said((NAME, 0, 3), (PET, 20, 25))),
            (line(FICTION), said()),
            (line(FICTION), said()),
            (line(SELF), said((NAME, 0, 3))),
        ],
        {"fiction_false_alarms_per_100": 75.0, "n.fiction_lines": 4},
    ),
    (
        "a clean line has neither findings nor limits",
        [
            (line(NEUTRAL), said((AGE, 0, 2))),
            (line(NEUTRAL), said(verdict=Verdict.ASK)),
            (line(SELF), said(verdict=Verdict.BLOCK)),
            (line(FICTION), said()),
            (line(SELF, (AGE, 0, 2)), said((AGE, 0, 2), verdict=Verdict.ASK)),
            (line(FICTION, limits=frozenset({Limit.CRIME})), said((AGE, 0, 2), verdict=Verdict.ASK)),
        ],
        {"clean_alarmed": 0.25, "asks_on_clean": 0.25, "n.clean_lines": 4},
    ),
    (
        "the macro recall is the mean over the frames that are there",
        [
            (line(SELF), said(frame=SELF)),
            (line(SELF), said(frame=FICTION)),
            (line(FICTION), said(frame=FICTION)),
        ],
        {
            "frame.macro_recall": 0.75,
            "frame.by.self": {"recall": 0.5, "n": 2},
            "frame.by.neutral": {"recall": None, "n": 0},
        },
    ),
    (
        "a line that could not be judged is a missed frame",
        [(line(SELF), said(is_unchecked=True))],
        {"frame.macro_recall": 0.0, "n.unchecked_lines": 1},
    ),
    (
        "caught: held with that kind among the reasons; another reason does not count",
        [
            (line(FICTION, limits=frozenset({Limit.CRIME})), held(Limit.CRIME, "message")),
            (line(FICTION, limits=frozenset({Limit.CRIME})), held(Limit.MINOR, "message")),
            (line(FICTION, limits=frozenset({Limit.CRIME})), said()),
        ],
        {"limits.crime": {"caught": 1, "n": 3}, "limits.minor": {"caught": 0, "n": 0}, "over_stops": 0.3333},
    ),
    (
        "a line may touch two limits",
        [(line(FICTION, limits=frozenset({Limit.CRIME, Limit.MINOR})), held(Limit.CRIME, "message"))],
        {"limits.crime": {"caught": 1, "n": 1}, "limits.minor": {"caught": 0, "n": 1}, "over_stops": 0.0},
    ),
    (
        "held by an earlier statement of one's own age: no over-stop",
        [(line(NEUTRAL, own_age_turns=frozenset({"turn:2"}), turn=4), held(Limit.MINOR, "turn:2"))],
        {"over_stops": 0.0},
    ),
    (
        "held by that and by the message itself: an over-stop",
        [
            (
                line(NEUTRAL, own_age_turns=frozenset({"turn:2"}), turn=4),
                held(Limit.MINOR, "turn:2", "message", own=frozenset({Limit.MINOR})),
            )
        ],
        {"over_stops": 1.0},
    ),
    (
        "held by an earlier line that the gold does not mark: an over-stop",
        [(line(NEUTRAL, turn=4), held(Limit.MINOR, "turn:2"))],
        {"over_stops": 1.0},
    ),
    (
        "another limit that points back is an over-stop",
        [(line(NEUTRAL, own_age_turns=frozenset({"turn:2"}), turn=4), held(Limit.CRIME, "turn:2"))],
        {"over_stops": 1.0},
    ),
    (
        "nothing to measure is null, not 0 or 1",
        [(line(NEUTRAL, (AGE, 0, 2)), said())],
        {
            "identifiers": {"precision": None, "recall": None, "f1": None},
            "contacts_recall": None,
            "name_self_recall": None,
            "disclosures": {"precision": None, "recall": 0.0, "f1": 0.0},
            "fiction_false_alarms_per_100": None,
            "clean_alarmed": None,
            "asks_on_clean": None,
            "by_kind.pet": {"precision": None, "recall": None, "f1": None, "n": 0},
        },
    ),
]


@pytest.mark.parametrize(("reason", "rows", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_measures_are_those_worked_out_by_hand(
    reason: str, rows: Sequence[Row], expected: dict[str, object]
) -> None:
    document = accuracy(rows)
    assert {path: at(document, path) for path in expected} == expected
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)


def test_the_schema_is_one_and_describes_every_key() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    unsaid = [path for path, node in properties(schema) if "description" not in node]
    assert unsaid == []


def properties(node: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(node, dict):
        found += [(f"{path}.{name}", inner) for name, inner in node.get("properties", {}).items()]
        for name, inner in node.items():
            found += properties(inner, f"{path}.{name}")
    return found


def reason(kind: Limit, ruling: Ruling, where: str = "message") -> LimitReason:
    return LimitReason(kind, ruling, "a plain sentence", where, 0, 1)


HELD: list[tuple[str, Review, dict[Limit, set[str]]]] = [
    (
        "a notice holds nothing",
        Review(Verdict.ALLOW, SELF, limit_reasons=(reason(Limit.MINOR, Ruling.NOTICE),)),
        {},
    ),
    (
        "a notice beside a block is no reason for it",
        Review(
            Verdict.BLOCK,
            SELF,
            limit_reasons=(reason(Limit.MINOR, Ruling.NOTICE), reason(Limit.CRIME, Ruling.BLOCK)),
        ),
        {Limit.CRIME: {"message"}},
    ),
    (
        "an ask counts as held, with every place",
        Review(
            Verdict.ASK,
            SELF,
            limit_reasons=(
                reason(Limit.MINOR, Ruling.ASK, "card"),
                reason(Limit.MINOR, Ruling.ASK, "turn:3"),
            ),
        ),
        {Limit.MINOR: {"card", "turn:3"}},
    ),
]


@pytest.mark.parametrize(("why", "review", "expected"), HELD, ids=[case[0] for case in HELD])
def test_a_review_is_held_by_its_asks_and_blocks(
    why: str, review: Review, expected: dict[Limit, set[str]]
) -> None:
    assert of_review(review).held == expected


def test_our_guard_answers_every_line_of_the_user_in_order() -> None:
    rows = [
        Line("a", "Mara, a keeper", 0, Author.USER, "mail me at jess.k@mail.example", SELF),
        Line("a", "Mara, a keeper", 1, Author.ASSISTANT, "ok"),
        Line("b", None, 0, Author.USER, "haha ok", NEUTRAL),
    ]
    answers = list(guarded(rows))
    assert [one.conversation for one, _ in answers] == ["a", "b"]
    assert [[found.kind for found in answer.found] for _, answer in answers] == [[Kind.EMAIL], []]


LABELS = {"PERSON": (Kind.NAME, Kind.PET), "PLACE": (Kind.LOCATION,)}
CREDIT = {"DATE": (Kind.AGE, Kind.EVENT)}
CREDITED: list[tuple[str, str, list[tuple[Kind, int, int]], list[Kind]]] = [
    ("a label counts for the kind that is there", "PERSON", [(PET, 2, 6)], [PET]),
    ("for all of them where several are", "PERSON", [(PET, 2, 4), (NAME, 5, 9)], [NAME, PET]),
    ("as its first kind where it is wrong", "PERSON", [(PET, 20, 24)], [NAME]),
    ("a label for credit only counts where it is right", "DATE", [(AGE, 2, 4)], [AGE]),
    ("and is left out where it is wrong", "DATE", [(NAME, 2, 4)], []),
    ("a label without a counterpart is left out", "URL", [(NAME, 2, 4)], []),
]


@pytest.mark.parametrize(("why", "label", "marks", "expected"), CREDITED, ids=[case[0] for case in CREDITED])
def test_a_peers_label_is_read_in_its_favour(
    why: str, label: str, marks: list[tuple[Kind, int, int]], expected: list[Kind]
) -> None:
    answer = credited([(0, 10, label)], line(SELF, *marks).gold, LABELS, CREDIT)
    assert [found.kind for found in answer.found] == expected


CARRIED: list[tuple[str, Row, bool, bool]] = [
    ("held by the message", (line(NEUTRAL), held(Limit.CRIME, "message")), True, False),
    ("held by the card", (line(NEUTRAL), held(Limit.MINOR, "card")), True, True),
    ("held by an earlier turn", (line(NEUTRAL), held(Limit.MINOR, "turn:1")), True, True),
    ("held by both", (line(NEUTRAL), held(Limit.MINOR, "turn:1", "message")), True, False),
    (
        "held by its own limit, whose reason points elsewhere",
        (line(NEUTRAL), held(Limit.MINOR, "turn:1", own=frozenset({Limit.MINOR}))),
        True,
        False,
    ),
    (
        "held for its own limit and, over from before, for another",
        (
            line(NEUTRAL, limits=frozenset({Limit.CRIME})),
            Prediction(
                verdict=Verdict.BLOCK,
                held={Limit.CRIME: frozenset({"message"}), Limit.MINOR: frozenset({"turn:1"})},
                own=frozenset({Limit.CRIME}),
            ),
        ),
        True,
        True,
    ),
    (
        "held by an earlier statement of one's own age: neither",
        (line(NEUTRAL, own_age_turns=frozenset({"turn:1"})), held(Limit.MINOR, "turn:1")),
        False,
        False,
    ),
]


@pytest.mark.parametrize(("why", "row", "stopped", "carried"), CARRIED, ids=[case[0] for case in CARRIED])
def test_an_over_stop_is_told_apart_by_where_its_reason_lies(
    why: str, row: Row, stopped: bool, carried: bool
) -> None:
    document = accuracy([row])
    assert (document["over_stops"], document["over_stops_carried"]) == (float(stopped), float(carried))


def test_a_question_on_a_clean_line_is_told_apart_too() -> None:
    asked = [(line(NEUTRAL), Prediction(verdict=Verdict.ASK, held={Limit.MINOR: frozenset({"card"})}))]
    asked += [(line(NEUTRAL), Prediction(verdict=Verdict.ASK)), (line(NEUTRAL), Prediction())]
    document = accuracy(asked)
    assert (document["asks_on_clean"], document["asks_on_clean_carried"]) == (0.6667, 0.3333)


def sure(*found: tuple[Kind, int, int, float]) -> Prediction:
    return Prediction(tuple(Found(kind, Span(start, end), much) for kind, start, end, much in found))


CALIBRATED: list[tuple[str, list[Row], float | None]] = [
    ("no finding, no error", [(line(SELF), said())], None),
    ("a peer's findings have no confidence", [(line(SELF), said((NAME, 0, 3)))], None),
    ("certain and right", [(line(SELF, (NAME, 0, 3)), sure((NAME, 0, 3, 1.0)))], 0.0),
    ("certain and wrong", [(line(SELF), sure((NAME, 0, 3, 1.0)))], 1.0),
    (
        "as sure as it is right",
        [(line(SELF, (NAME, 0, 3)), sure((NAME, 0, 3, 0.55), (AGE, 4, 6, 0.55)))],
        0.05,
    ),
    (
        "bins weigh by findings: (|1 - 0.9| + |1 - 2 * 0.15|) / 3",
        [
            (
                line(SELF, (NAME, 0, 3), (AGE, 4, 6)),
                sure((NAME, 0, 3, 0.9), (AGE, 4, 6, 0.15), (PET, 9, 9, 0.15)),
            )
        ],
        0.2667,
    ),
    (
        "within a bin they cancel out",
        [(line(SELF, (NAME, 0, 3)), sure((NAME, 0, 3, 0.5), (AGE, 5, 6, 0.5)))],
        0.0,
    ),
]


@pytest.mark.parametrize(("why", "rows", "expected"), CALIBRATED, ids=[case[0] for case in CALIBRATED])
def test_the_calibration_error_is_that_worked_out_by_hand(
    why: str, rows: list[Row], expected: float | None
) -> None:
    document = accuracy(rows)
    assert document["calibration"]["ece"] == expected
    assert sum(one["n"] for one in document["calibration"]["bins"]) == sum(
        found.confidence is not None for _, answer in rows for found in answer.found
    )


def test_roles_frames_and_data_sets_are_counted_by_themselves() -> None:
    rows = [
        (line(FICTION, data_set="a", roles=((Limit.MINOR, "participant"),)), held(Limit.MINOR, "message")),
        (line(SELF, data_set="a", roles=((Limit.MINOR, "relative"),)), said((NAME, 0, 3))),
        (line(SELF, (NAME, 0, 3), data_set="b", roles=((Limit.MINOR, "relative"),)), said((NAME, 0, 3))),
    ]
    document = accuracy(rows)
    assert document["by_role"] == {
        "minor": {"participant": {"held": 1, "n": 1}, "relative": {"held": 0, "n": 2}}
    }
    assert document["by_frame"]["self"]["false_alarms_per_100"] == 50.0
    assert document["by_frame"]["fiction"] == {
        "lines": 1,
        "identifiers": {"precision": None, "recall": None, "f1": None},
        "disclosures": {"precision": None, "recall": None, "f1": None},
        "false_alarms_per_100": 0.0,
    }
    assert [one["identifiers"]["precision"] for one in document["by_data_set"].values()] == [0.0, 1.0]
    assert accuracy(rows[:2])["by_data_set"] == {}
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)


def test_what_a_peer_does_not_judge_is_null_and_has_no_interval() -> None:
    rows = [(line(SELF, (NAME, 0, 3), data_set=name), said((NAME, 0, 3))) for name in ("a", "b")]
    document = accuracy(rows, judges_all=False)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)
    assert (
        document["frame"] is document["limits"] is document["over_stops"] is document["calibration"] is None
    )
    named = {path.split(".")[0] for path in document["intervals"]["measures"]}
    assert named == {
        "identifiers",
        "disclosures",
        "contacts_recall",
        "name_self_recall",
        "fiction_false_alarms_per_100",
        "clean_alarmed",
        "by_kind",
    }


PIECES: list[tuple[str, list[tuple[int, int, str]], list[tuple[int, int]]]] = [
    ("pieces of a word", [(0, 4, "PERSON"), (4, 7, "PERSON"), (7, 8, "PERSON")], [(0, 8)]),
    ("in any order", [(4, 7, "PERSON"), (0, 4, "PERSON")], [(0, 7)]),
    ("two words", [(0, 4, "PERSON"), (5, 8, "PERSON")], [(0, 4), (5, 8)]),
    ("two labels", [(0, 4, "PERSON"), (4, 8, "PLACE")], [(0, 4), (4, 8)]),
]


@pytest.mark.parametrize(("why", "spans", "expected"), PIECES, ids=[case[0] for case in PIECES])
def test_spans_of_one_label_that_touch_are_one(
    why: str, spans: list[tuple[int, int, str]], expected: list[tuple[int, int]]
) -> None:
    answer = credited(spans, (), LABELS, CREDIT)
    assert [(found.span.start, found.span.end) for found in answer.found] == expected
