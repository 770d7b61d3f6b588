"""What holds for every detector of names and disclosures: never fails, stays in the text, stays fast."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import texts

from discretion.guard import Detector, View
from discretion.guard._detector import discovered
from discretion.records import Kind

KINDS = frozenset(kind for kind in Kind if not kind.is_identifier) | {Kind.NAME}
DETECTORS = [one for one in discovered() if one.kinds <= KINDS]
# Words that the grammars turn on, so that random texts reach deep into them.
CUES = st.sampled_from(
    (
        "im", "i", "am", "not", "my", "the", "a", "husband", "dad", "jess", "Tom", "Leeds", "34",
        "forty three", "nurse", "at", "Mercy", "General", "in", "from", "diabetic", "two kids",
        ",", ".", "*", '"', "till 6", "on 9th may", "years old", "called", "dog", "Rex", "married",
        "single", "$40", "an hour", "never", "if", "was", "5'11", "we're", "İ", "ﬁ", "ß", "👩‍👧",
        "teach", "maths", "of", "mr", "o'brien", "here", "is",
    )
)  # fmt: skip
SENTENCES = st.lists(CUES, max_size=25).map(" ".join)
HOSTILE = [
    "a" * 50_000,
    "a-" * 25_000,
    "a'" * 25_000,
    "1." * 25_000,
    "1 " * 25_000,
    " " * 50_000,
    "\n" * 50_000,
    "i am a " * 7_000,
    "my dad was " * 4_500,
    "wedding on the 9th of may " * 1_900,
    "two hundred " * 4_000,
    "till 5 to 6 " * 4_000,
    "Jess and " * 5_500,
]


@pytest.mark.parametrize("one", DETECTORS, ids=lambda one: one.name)
@given(text=texts | SENTENCES)
def test_hits_lie_in_the_text_and_are_of_the_announced_kind(one: Detector, text: str) -> None:
    for hit in one.find(View(text)):
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end].strip()
        assert hit.kind in one.kinds
        assert 0 < hit.confidence <= 1
        assert 0 <= hit.self_evidence <= 1
        assert hit.reason


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:10]!r}")
def test_work_grows_no_faster_than_a_long_text_allows(text: str) -> None:
    view = View(text[:20_000])
    began = time.thread_time()
    for one in DETECTORS:
        list(one.find(view))
    assert time.thread_time() - began < 8, "seconds for one piece of a long message"


@pytest.mark.parametrize("one", DETECTORS, ids=lambda one: one.name)
def test_a_reason_never_quotes_the_text(one: Detector) -> None:
    text = "my husband Xanthe is 41, im a nurse at Qwertz General, divorced since may, my dog Zork is asleep"
    for hit in one.find(View(text)):
        assert text[hit.start : hit.end].lower() not in hit.reason.lower().split()
        assert "xanthe" not in hit.reason.lower()


def test_every_disclosure_has_a_detector() -> None:
    assert {kind for one in DETECTORS for kind in one.kinds} == KINDS
