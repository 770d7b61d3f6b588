"""What left with stand-ins comes back as it was: the two ends of one message, with the real guard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guard.restore.test_cuts import cuts, parted

from discretion.guard import Guard
from discretion.guard.restore import RestoreTable
from discretion.guard.stand_ins import StandIns, applied

MESSAGES = [
    ("hey im jess kowalski from tulsa", "small letters"),
    ("My name is Jess Kowalski and I live in Tulsa, Oklahoma.", "with care"),
    ("JESS KOWALSKI!! my ex Mike Danvers was mean", "in capitals"),
    ("mike’s dad, MIKE'S dad", "possessives"),
    ("the Kowalskis live in Lake Oswego. Kowalski's dog.", "a family"),
    ("the Danverses came", "a family whose name ends in s"),
    ("call me at 918 555 0177 or (918) 555-0177, jess.k@post.example", "contacts"),
    ("text me: 9185550177", "another notation"),
    ("my son Alexander, we call him Alex", "a short form"),
    ("I was born on March 3rd 1990", "a date of birth"),
    ("J. Kowalski called Mike D.", "initials"),
    ("my friend McKenna O'Neill", "inner capitals"),
    ("*Jess leans in* _Jess_ **JESS** “Jess”", "emphasis and quotes"),
    ("my cousin Maria de la Cruz", "particles"),
]
GUARD = Guard()


@pytest.fixture(scope="module")
def sent() -> tuple[RestoreTable, dict[str, str]]:
    """All messages as they left in one conversation, and the table at its end."""
    stand_ins = StandIns(secret=b"r" * 32)
    left = {text: applied(text, stand_ins.replace(text, GUARD.review(text).findings)) for text, _ in MESSAGES}
    return RestoreTable(stand_ins.pairs), left


@pytest.mark.parametrize(("text", "reason"), MESSAGES, ids=[reason for _, reason in MESSAGES])
def test_what_left_comes_back(sent: tuple[RestoreTable, dict[str, str]], text: str, reason: str) -> None:
    table, left = sent
    restored, counts = table.restore_counted(left[text])
    assert left[text] != text
    assert restored == text, reason
    assert counts.restored
    assert not counts.missed


@given(st.lists(st.sampled_from([text for text, _ in MESSAGES]), max_size=4), cuts)
def test_any_messages_come_back_however_cut(
    sent: tuple[RestoreTable, dict[str, str]], texts: list[str], places: list[int]
) -> None:
    table, left = sent
    restorer = table.restorer()
    stream = "\n".join(left[text] for text in texts)
    out = "".join(map(restorer.feed_text, parted(stream, places))) + restorer.finish_text()
    assert out == "\n".join(texts)
