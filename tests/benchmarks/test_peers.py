"""The peers' tables: what they are made of, what environment they share, what is run for their time only."""

from __future__ import annotations

import pytest
from benchmarks.comparison import our_systems, side_by_side
from benchmarks.corpus import Line
from benchmarks.ours import OURS, RULES, bare_encoder, has_model, our_guard
from benchmarks.peers.catalogue import catalogue
from benchmarks.peers.process import environment

from discretion.records import Frame, Kind
from discretion.text import Author

PARTS: list[tuple[str, str, str, tuple[Kind, ...]]] = [
    ("Presidio's patterns beside Rampart", "presidio_rampart", "US_SSN", (Kind.GOVERNMENT_ID,)),
    ("Rampart's labels in Presidio", "presidio_rampart", "ROUTING_NUMBER", (Kind.BANK_ACCOUNT,)),
    ("both in LLM Guard, with its own", "llm_guard", "PO_BOX_RE", (Kind.STREET_ADDRESS,)),
    ("Rampart alone knows none of Presidio's", "rampart", "PERSON", ()),
]


@pytest.mark.parametrize(("reason", "peer", "label", "kinds"), PARTS, ids=[case[0] for case in PARTS])
def test_a_peer_has_the_labels_of_its_parts(
    reason: str, peer: str, label: str, kinds: tuple[Kind, ...]
) -> None:
    assert catalogue()[peer].labels.get(label, ()) == kinds


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_no_label_is_both_counted_and_forgiven(name: str) -> None:
    peer = catalogue()[name]
    assert not peer.labels.keys() & peer.credit_only.keys()


def test_another_way_to_run_a_peer_shares_its_environment_and_is_timed_only() -> None:
    twin, peer = catalogue()["presidio_rampart_onnx"], catalogue()["presidio_rampart"]
    assert twin.is_for_speed_only
    assert (twin.python, twin.requirements, twin.prepare) == (peer.python, peer.requirements, peer.prepare)
    line = Line("c", None, 0, Author.USER, "haha ok", Frame.NEUTRAL)
    assert list(side_by_side((line,), [twin])) == list(our_systems())


def test_a_peer_is_offline_and_on_one_thread() -> None:
    told = environment()
    assert told["HF_HUB_OFFLINE"] == "1"
    assert {told[name] for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")} == {"1"}


def test_rules_alone_are_a_system_of_their_own_where_there_is_a_model() -> None:
    assert list(our_systems()) == ([OURS, RULES] if has_model() else [OURS])
    assert our_guard(rules_only=True).review("im jess").findings


def test_the_bare_encoder_reads_a_message_or_says_that_there_is_none() -> None:
    if has_model():
        assert bare_encoder()(["god im tired, 12h shift"])
    else:
        with pytest.raises(LookupError):
            bare_encoder()
