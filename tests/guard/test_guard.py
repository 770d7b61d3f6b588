"""The guard as a library: one message in, one frozen review out."""

from __future__ import annotations

import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.guard.rules import rules, unread

from discretion import Author, Conversation, Message, NotChecked, Setting, Severity, Verdict
from discretion.guard import BY_MODEL, Detector, Guard, Hit, Scope, View, _model, discovered
from discretion.guard._guard import FORGOTTEN, READ_AT_ONCE
from discretion.guard._scan import LONGEST, scan
from discretion.guard._verdict import is_proper, severity
from discretion.records import Finding, Frame, Kind


def test_a_review_is_frozen_and_can_be_pickled() -> None:
    review = rules().review("write to jess.k@mail.example")
    assert pickle.loads(pickle.dumps(review)) == review
    with pytest.raises(dataclasses.FrozenInstanceError):
        review.verdict = Verdict.ALLOW  # type: ignore[misc]


def test_a_message_of_the_assistant_has_neither_frame_nor_findings() -> None:
    review = rules().review(Message("write to jess.k@mail.example", Author.ASSISTANT))
    assert (review.frame, review.findings, review.verdict) == (None, (), Verdict.ALLOW)


def test_a_message_within_its_conversation_counts_only_what_was_before() -> None:
    setting = Setting("c")
    messages = tuple(Message(text, turn=i, setting=setting) for i, text in enumerate(("hi", "hello", "ok")))
    whole = Conversation(setting, messages)
    assert rules().review(messages[1], whole).frame is not None


def _broken(view: View) -> Iterator[Hit]:
    raise RuntimeError(view.text)


def test_a_detector_that_fails_is_reported_and_silences_no_other() -> None:
    broken = Detector("broken", frozenset({Kind.NAME}), Scope.FORM, _broken)
    found = scan("write to jess.k@mail.example", [broken, *discovered()])
    assert NotChecked("detector broken", "it failed: RuntimeError") in found.not_checked
    assert [hit.kind for hit in found.hits if hit.kind is Kind.EMAIL] == [Kind.EMAIL]


def test_a_long_message_is_read_in_pieces_with_offsets_of_the_whole() -> None:
    text = "the rain is loud " * 9000 + "write to jess.k@mail.example " + "and so on " * 4000
    review = rules().review(text)
    assert "jess.k@mail.example" in [f.span.of(text) for f in review.findings]


def test_what_lies_behind_the_longest_text_is_not_checked() -> None:
    review = rules().review("a " * (LONGEST // 2 + 10))
    assert unread(review)[0].what == "the end of the message"


def test_detectors_are_found_by_discovery_each_by_its_own_name() -> None:
    names = [one.name for one in discovered()]
    assert len(names) == len(set(names)) > 1
    assert {kind for one in discovered() for kind in one.kinds} == set(Kind)


@pytest.mark.parametrize(
    ("kind", "words", "region", "expected", "why"),
    [
        (Kind.SECRET, "x", False, Severity.CRITICAL, "a credential opens an account"),
        (Kind.NAME, "jess", False, Severity.MEDIUM, "a given name alone"),
        (Kind.NAME, "jess kerr", False, Severity.HIGH, "with a family name"),
        (Kind.LOCATION, "tulsa", False, Severity.MEDIUM, "below a region"),
        (Kind.LOCATION, "oklahoma", True, Severity.LOW, "a region"),
        (Kind.AGE, "34", False, Severity.LOW, "the rest"),
        (Kind.FAMILY, "two kids", False, Severity.LOW, "the rest"),
        (Kind.PHONE, "555 0142", False, Severity.HIGH, "a contact"),
    ],
)
def test_severities_are_those_of_the_taxonomy(
    kind: Kind, words: str, region: bool, expected: Severity, why: str
) -> None:
    assert severity(kind, words, is_region=region) is expected, why


@pytest.mark.parametrize(
    ("words", "proper", "why"),
    [
        ("mercy general", True, "a named hospital, as typed in chats"),
        ("Mercy General", True, "capitals"),
        ("a hospital", False, "an article opens it"),
        ("the Mercy", True, "an article, then a capital"),
        ("", False, "nothing is no name"),
    ],
)
def test_proper_names_are_told_from_descriptions(words: str, proper: bool, why: str) -> None:
    assert is_proper(words) is proper, why


def test_the_strongest_verdict_counts() -> None:
    from discretion.guard._verdict import verdict
    from discretion.records import Limit, LimitReason, Ruling

    finding = Finding(Kind.EMAIL, 0, 3, Frame.SELF, Severity.HIGH, 0.9, "d", "r")
    reasons = [LimitReason(Limit.MINOR, ruling, "r", "message", 0, 1) for ruling in Ruling]
    assert verdict([], "", []) is Verdict.ALLOW
    assert verdict([], "", [reasons[0]]) is Verdict.ALLOW
    assert verdict([finding], "x@y", [reasons[0]]) is Verdict.SUBSTITUTE
    assert verdict([finding], "x@y", [reasons[1]]) is Verdict.ASK
    assert verdict([finding], "x@y", reasons) is Verdict.BLOCK


def _bad(*hits: object, kinds: frozenset[Kind] = frozenset({Kind.NAME})) -> Detector:
    return Detector("third", kinds, Scope.FORM, lambda view: hits)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    ("hit", "why"),
    [
        ("no hit at all", "another type"),
        (Hit(Kind.NAME, -5, 999, 0.9, "x"), "a span outside the text"),
        (Hit(Kind.NAME, 3, 3, 0.9, "x"), "an empty span"),
        (Hit(Kind.NAME, 0, 2, 7.0, "x"), "a confidence above one"),
        (Hit(Kind.EMAIL, 0, 2, 0.9, "x"), "a kind that it does not declare"),
    ],
)
def test_a_third_partys_bad_hit_is_not_checked_and_never_shown(hit: object, why: str) -> None:
    found = scan("haha ok, see you", [_bad(hit)])
    assert found.hits == (), why
    assert [one.what for one in found.not_checked] == ["detector third"], why


def test_a_third_partys_exit_does_not_end_the_run() -> None:
    def leave(view: View) -> Iterator[Hit]:
        raise SystemExit(view.text)

    found = scan("haha ok", [Detector("third", frozenset({Kind.NAME}), Scope.FORM, leave)])
    assert found.not_checked == (NotChecked("detector third", "it failed: SystemExit"),)


def test_a_reason_is_too_short_to_hold_a_message() -> None:
    text = "haha ok " * 100
    (hit,) = scan(text, [_bad(Hit(Kind.NAME, 0, 4, 0.9, text))]).hits
    assert len(hit.reason) <= 120


def test_a_card_that_comes_later_is_read() -> None:
    session = rules().session(Setting("c"))
    assert session.review(Message("hi", turn=0, setting=Setting("c"))).verdict is Verdict.ALLOW
    later = Setting("c", card="Mira, a 16 year old student.")
    assert session.review(Message("hi again", turn=1, setting=later)).verdict is Verdict.BLOCK


def test_what_the_other_side_says_in_another_language_is_not_checked_for_limits() -> None:
    text = "Ich wohne seit drei Jahren hier und freue mich, dass du heute da bist."
    review = rules().review(Message(text, Author.ASSISTANT))
    assert [one.what for one in unread(review)] == ["limits"]
    card = rules().session(Setting("c", card=text)).review(Message("hello there"))
    assert [one.what for one in unread(card)] == ["the persona card"]


def test_a_number_is_in_no_language() -> None:
    review = rules().review("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")
    assert unread(review) == ()
    assert [f.kind for f in review.findings] == [Kind.CRYPTO_WALLET]


def test_a_guard_without_the_model_says_so_of_every_message_of_the_user() -> None:
    assert [one.what for one in rules().review("haha ok").not_checked] == [BY_MODEL]
    assert rules().review(Message("haha ok", Author.ASSISTANT)).not_checked == ()


def test_reading_many_messages_at_once_changes_no_answer() -> None:
    """With the model as with the rules alone."""
    texts = [
        "im jess, 34",
        "ok",
        "*she bows*",
        "just off a double at mercy general " * 9,
        "",
        "im from tulsa",
    ]
    messages = [Message(text) for text in texts]
    for guard in (rules(), Guard()):
        alone = [guard.session(Setting("c")).review(one, guard.scan(one)) for one in messages]
        scans = guard.scan_all(messages)
        together = [guard.session(Setting("c")).review(*pair) for pair in zip(messages, scans, strict=True)]
        assert together == alone


def test_a_scan_is_the_same_after_its_way_between_processes() -> None:
    for guard in (rules(), Guard()):
        message = Message("im jess, 34, from tulsa, just off a double at mercy general")
        scanned = guard.scan(message)
        sent = pickle.loads(pickle.dumps(scanned))
        there = guard.session(Setting("c")).review(message, sent)
        assert there == guard.session(Setting("c")).review(message, scanned)
        assert len(pickle.dumps(scanned)) < 40_000


def _talk(*texts: str, setting: Setting, alternative: int = 0) -> tuple[Message, ...]:
    """A conversation, the user first; the last message is an alternative where asked for."""
    last = len(texts) - 1
    return tuple(
        Message(
            text,
            Author.ASSISTANT if i % 2 else Author.USER,
            turn=i,
            setting=setting,
            alternative=alternative if i == last else 0,
        )
        for i, text in enumerate(texts)
    )


def test_a_message_in_its_conversation_is_what_it_is_turn_by_turn() -> None:
    """Also where the conversation is longer than what is scanned at once."""
    setting = Setting("c", card="Ines, a lighthouse keeper")
    talk = _talk(*(f"line {i}, my sister odalys is here" for i in range(READ_AT_ONCE + 8)), setting=setting)
    last = Message("odalys works nights at mercy general", turn=len(talk), setting=setting)
    for guard in (rules(), Guard()):
        session = guard.session(setting)
        reviews = [session.review(one) for one in (*talk, last)]
        assert guard.review(last, Conversation(setting, talk)) == reviews[-1]
        assert guard.review(talk[4], Conversation(setting, talk)) == reviews[4]


GERMAN = "Ich wohne seit drei Jahren hier und freue mich, dass du heute da bist."


def test_a_message_that_cannot_be_judged_is_still_a_turn_that_the_model_remembers() -> None:
    setting = Setting("c")
    session = Guard().session(setting)
    session.review(Message("hi", turn=0, setting=setting))
    assert session._read is not None
    before = session._read._talk._state
    swipe = session.review(Message(GERMAN, turn=1, setting=setting, alternative=1))
    assert swipe.frame is None
    assert np.array_equal(session._read._talk._state, before)
    session.review(Message(GERMAN, turn=1, setting=setting))
    assert not np.array_equal(session._read._talk._state, before)


def test_that_the_model_failed_is_told_of_messages_that_cannot_be_judged_too() -> None:
    setting = Setting("c")
    session = Guard().session(setting)
    session.review(Message("hi", turn=0, setting=setting))
    assert session._read is not None
    session._read._talk._state = session._read._talk._state[:, :3]  # damaged memory
    for turn in (1, 2):
        unjudged = session.review(Message(GERMAN, turn=turn, setting=setting))
        assert BY_MODEL in {one.what for one in unjudged.not_checked}, turn


def test_a_swipe_that_was_not_chosen_leaves_nothing_behind() -> None:
    setting = Setting("c")
    session = Guard().session(setting)
    session.review(Message("hi", turn=0, setting=setting))
    session.review(Message("im jess from tulsa", turn=1, setting=setting, alternative=1))
    assert session._read is not None
    assert session._read._pending is None


@pytest.mark.parametrize(
    ("said", "then", "blocked", "reason"),
    [
        ("im 16", "ok", True, "a user who said to be under 18 stays so"),
        ("im 34", "ok", False, "nothing to keep"),
    ],
)
def test_what_remains_of_a_session_begins_the_next(said: str, then: str, blocked: bool, reason: str) -> None:
    setting = Setting("c")
    first = rules().session(setting)
    first.review(Message(said, turn=0, setting=setting))
    remains = pickle.loads(pickle.dumps(first.remains()))
    assert len(pickle.dumps(remains)) < 500, reason
    second = rules().session(setting, remains)
    for turn in (1, 2):
        review = second.review(Message(then, turn=turn, setting=setting))
        assert (review.verdict is Verdict.BLOCK) == blocked, reason
        assert FORGOTTEN in review.not_checked, reason


def test_an_installation_in_which_the_arrays_are_broken_reads_by_rules(tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("raise RuntimeError('broken')\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from discretion import Guard\n"
        "review = Guard().review('text me, 918 555 0142')\n"
        "print([one.kind.value for one in review.findings], [one.reason for one in review.not_checked])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['phone'] ['it cannot be loaded: RuntimeError']"


def test_whatever_fails_while_the_model_is_loaded_the_rules_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise MemoryError

    monkeypatch.setattr(_model, "shipped", fail)
    assert _model.loaded() == NotChecked(BY_MODEL, "MemoryError")
