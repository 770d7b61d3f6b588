"""Whatever the gateway says no to, the chat shows whose sentence that is."""

from __future__ import annotations

import pytest

from discretion.gateway import _refusals
from discretion.gateway._refusals import Refusal

OWN = {name: one for name, one in vars(_refusals).items() if isinstance(one, Refusal)}


@pytest.mark.parametrize("name", OWN)
def test_a_refusal_says_whose_it_is_and_ends(name: str) -> None:
    said = OWN[name].sentence
    assert said.startswith(("Discretion: ", "Discretion ")), "the platform's own errors begin otherwise"
    assert said.endswith("."), said
    assert "pstream" not in said, "a word of the trade"


def test_there_are_some() -> None:
    assert len(OWN) > 15
