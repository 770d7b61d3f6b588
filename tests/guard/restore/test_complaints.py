"""What users of other gateways complain of, as far as restoring goes: each is a test here.

Numbered as in our research, section 2.2 (LiteLLM #14516, #29134, #41611, #41600, #31950; PrivAiTe's
changelog 0.6.0, 0.2.11, 0.4.1, 0.2.10; llm-redact's list of manglings).
"""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.guard.restore.pairs import PAIRS, TABLE, pair
from tests.guard.restore.test_cuts import cuts, parted, texts

from discretion.guard.restore import RestoreTable

REPLY = "Mara waves at the Hallorans. “See you in Port Ellery, Mara’s cat says.” _MARA_ smiles at Alexandra."
RESTORED = "Jess waves at the Kowalskis. “See you in Tulsa, Jess’s cat says.” _JESS_ smiles at Philippa."


def test_1_a_reply_is_restored_whole_in_pieces_and_once() -> None:
    restorer = TABLE.restorer()
    out = b"".join(restorer.feed(bytes([byte])) for byte in REPLY.encode()) + restorer.finish()
    assert TABLE.restore(REPLY) == out.decode() == RESTORED
    assert TABLE.restore(RESTORED) == RESTORED
    assert restorer.counts.restored == 6


def test_2_text_without_stand_ins_leaves_with_the_piece_it_came_in() -> None:
    restorer = TABLE.restorer()
    for piece in ("She l", "ooks u", "p. ", "“Rea", "lly?", "” 12", ":30 — ", "n", "ow.\n", "\n", "😀", "ok"):
        assert restorer.feed_text(piece) == piece


@given(texts, cuts)
def test_2_what_is_held_back_begins_like_a_stand_in(text: str, places: list[int]) -> None:
    known = [replace(one, real=one.stand_in) for one in PAIRS if one.stand_in.isascii()]
    assume(text.isascii())
    restorer = RestoreTable(known).restorer()
    taken = left = ""
    for piece in parted(text, places):
        taken, left = taken + piece, left + restorer.feed_text(piece)
        held = " ".join(taken[len(left) :].casefold().split(" "))
        held = "".join(" " if char.isspace() else char for char in held)
        while "  " in held:
            held = held.replace("  ", " ")
        stand_ins = [one.stand_in.casefold() for one in known]
        assert not held or any(s.startswith(held) or held.startswith(s) for s in stand_ins)


@pytest.mark.parametrize("cut", range(1, len(REPLY)))
def test_3_a_stand_in_may_be_cut_anywhere(cut: int) -> None:
    restorer = TABLE.restorer()
    out = restorer.feed_text(REPLY[:cut]) + restorer.feed_text(REPLY[cut:]) + restorer.finish_text()
    assert out == RESTORED


def test_4_earlier_stand_ins_of_one_person_restore_for_good() -> None:
    table = RestoreTable([pair("Jess", name, day=day, retired=day < 2) for day, name in enumerate(
        ("Mara", "Nadia", "Tamsin")
    )])  # fmt: skip
    assert table.restore("Mara, Nadia, Tamsin") == "Jess, Jess, Jess"


@pytest.mark.parametrize("own", ["<PERSON_1>", "[NAME_2]", "«EMAIL_001»", "{{user}}", "{{Mara_1}}", "%name%"])
def test_5_what_looks_like_a_placeholder_is_the_writers_own(own: str) -> None:
    assert TABLE.restore(own) == own


@given(st.sampled_from([one.stand_in for one in PAIRS]), st.data())
def test_6_a_stand_in_with_one_letter_amiss_is_nobodys(stand_in: str, data: st.DataObject) -> None:
    table = RestoreTable([one for one in PAIRS if one.stand_in == stand_in])
    at = data.draw(st.integers(0, len(stand_in) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"))
    changed = stand_in[:at] + letter + stand_in[at + data.draw(st.integers(0, 1)) :]
    near = {stand_in, stand_in + "s", stand_in + "es", stand_in.lower(), stand_in[:1].upper() + stand_in[1:]}
    assume(changed not in near and stand_in not in changed.split() and not changed.startswith(stand_in))
    assert table.restore(changed) == changed or changed.endswith(stand_in)


MANGLED = [
    ("MARA", "JESS", "case"),
    ("mara", "jess", "case"),
    ("[Mara]", "[Jess]", "brackets"),
    ("« Mara »", "« Jess »", "padding"),
    ("Mara's", "Jess's", "possessive"),
    ("`Mara`", "`Jess`", "markup around"),
    ("Ma-ra", "Ma-ra", "a hyphen inside"),
    ("M a r a", "M a r a", "spread"),
    ("Марa", "Марa", "letters of another script"),
    ("Maritza", "Maritza", "translated"),
]


@pytest.mark.parametrize(("text", "expected", "how"), MANGLED)
def test_7_mangled_stand_ins_restore_where_exact_and_pass_where_not(
    text: str, expected: str, how: str
) -> None:
    assert TABLE.restore(text) == expected, how


@given(st.dictionaries(texts, st.one_of(texts, st.integers(), st.none())), st.booleans(), cuts)
def test_8_arguments_of_tools_stay_json_and_mean_what_restoring_each_string_means(
    arguments: dict[str, object], is_ascii: bool, places: list[int]
) -> None:
    source = json.dumps(arguments, ensure_ascii=is_ascii)
    restorer = TABLE.restorer(json_source=True)
    out = "".join(map(restorer.feed_text, parted(source, places))) + restorer.finish_text()
    pairs = [(TABLE.restore(key), value) for key, value in arguments.items()]
    meant = [(key, TABLE.restore(value) if isinstance(value, str) else value) for key, value in pairs]
    assert json.loads(out, object_pairs_hook=list) == meant


def test_many_streams_share_one_table_and_hold_little() -> None:
    restorers = [TABLE.restorer() for _ in range(50)]
    for restorer in restorers:
        restorer.feed_text(REPLY)
    tracemalloc.start()
    for _ in range(2):
        for restorer in restorers:
            restorer.feed_text(REPLY * 5)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 50 * 2_000
