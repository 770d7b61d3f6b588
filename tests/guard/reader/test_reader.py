"""The model in the guard: what it reads, what it may not break, what is told where it is absent."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.encoder import Encoder, ModelMissing
from discretion.guard import Guard
from discretion.guard._scan import BY_MODEL
from discretion.guard._view import View
from discretion.guard.reader import Model, model
from discretion.guard.reader._features import FEATURES, features
from discretion.guard.reader._reading import READ_WINDOWS, READ_WORDS
from discretion.records import Frame, Kind
from discretion.text import Author, Conversation, Message, Setting


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing"),
        (" \n\t ", "blanks"),
        ("\ufffd\ufffd\ufffd im jess from leeds", "letters that were lost on the way"),
        ("hi \ud83d im jess", "half of a surrogate pair"),
        ("\x00\x01\x02", "control characters"),
        ("🙂" * 2_000, "emoji"),
        ("*" * 5_000, "marks"),
        ('"' * 3_000, "quotes"),
        ("a" * 50_000, "one long word"),
        ("im jess " * 1_000, "many hits"),
        ("!?" * 5_000, "a word for each mark"),
        ("e\u0301" * 500, "combining marks"),
        ("\u200d\u200b".join("im jess from leeds"), "zero-width characters between the letters"),
    ],
)
def test_no_text_raises_and_offsets_stay_inside(guard: Guard, text: str, reason: str) -> None:
    review = guard.review(text)
    assert all(0 <= one.start < one.end <= len(text) for one in review.findings), reason


@given(st.text(max_size=80))
def test_features_stand_in_order_inside_the_text(text: str) -> None:
    made = features(View(text), ())
    assert made.columns.shape == (len(made.spans), len(FEATURES))
    assert len(made.words) == len(made.spans)
    assert all(0 <= a < b <= len(text) for a, b in made.spans)
    # One character may fold to several words ("¼"): they then share it.
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in zip(made.spans, made.spans[1:], strict=False))


def test_lost_letters_shift_no_finding(guard: Guard) -> None:
    text = "\ufffd\ufffd\ufffd hi its me, im jess"
    names = [text[one.start : one.end] for one in guard.review(text).findings if one.kind is Kind.NAME]
    assert names == ["jess"]


def test_a_card_or_a_reply_with_half_a_letter_is_read(guard: Guard) -> None:
    setting = Setting("c", card="Mira \ud83d, 30, sailor")
    reply = Message("hello \ud83d", Author.ASSISTANT, turn=0, setting=setting)
    review = guard.review(Message("im tired", turn=1, setting=setting), Conversation(setting, (reply,)))
    assert review.frame is not None
    assert not review.not_checked


@pytest.mark.parametrize(
    ("text", "is_whole", "reason"),
    [
        ("im tired " * 100, True, "a long message"),
        ("!?" * 5_000, False, "ten thousand words in ten thousand characters"),
        ("\u00bc" * 9_000, False, "characters that fold to more words"),
        ("antidisestablishmentarianism " * 340, False, "few words of many pieces"),
        ("im tired " * 2_000, False, "many characters"),
    ],
)
def test_what_the_model_reads_of_one_message_is_bounded(
    guard: Guard, text: str, is_whole: bool, reason: str
) -> None:
    scanned = guard.scan(Message(text))
    assert scanned.reading is not None, reason
    assert len(scanned.reading.encoded.windows) <= READ_WINDOWS, reason
    assert len(scanned.reading.keys) == len(scanned.reading.spans) <= READ_WORDS, reason
    assert scanned.reading.is_whole == is_whole, reason
    told = [one.what for one in guard.session(Setting("c")).review(Message(text), scanned).not_checked]
    assert told == ([] if is_whole else [f"{BY_MODEL} in the end of the message"]), reason


def test_behind_what_the_model_reads_the_rules_read_on(guard: Guard) -> None:
    text = "!?" * 2_000 + " text me, 918 555 0142"
    assert Kind.PHONE in {one.kind for one in guard.review(text).findings}


def test_off_is_told() -> None:
    unread = Guard(rules_only=True).review("im tired").not_checked
    assert [(one.what, one.reason) for one in unread] == [(BY_MODEL, "the model is off")]


def test_another_versions_model_is_refused() -> None:
    encoder = Encoder.load()
    changes: list[dict[str, Any]] = [
        {"frames": ("fiction", "self", "neutral")},
        {"thresholds": {}},
        {"settings": {}},
        {"labels": ("O",)},
        {"features": ()},
    ]
    for change in changes:
        encoder.manifest = replace(model().manifest, **change)
        with pytest.raises(ModelMissing):
            Model(encoder)


def test_a_failure_in_the_midst_leaves_the_rules_and_says_so(guard: Guard) -> None:
    setting = Setting("c")
    session = guard.session(setting)
    first = session.review(Message("im tired", turn=0, setting=setting))
    assert not first.not_checked
    assert session._read is not None
    session._read.settings.pop("nothing", None)
    session._read._talk._state = session._read._talk._state[:, :3]  # damaged memory
    second = session.review(Message("my card is 4111 1111 1111 1111", turn=1, setting=setting))
    assert [one.kind for one in second.findings] == [Kind.PAYMENT_CARD]
    assert [one.what for one in second.not_checked] == [BY_MODEL]
    third = session.review(Message("ok", turn=2, setting=setting))
    assert [one.what for one in third.not_checked] == [BY_MODEL]


def test_conversations_do_not_leak_into_each_other(guard: Guard) -> None:
    text = Message("she lives in the next street", turn=3)
    alone = guard.review(text)
    other = guard.session(Setting("other"))
    for turn in range(5):
        other.review(Message("*Captain Elara draws her sword*", turn=turn, setting=Setting("other")))
    assert guard.review(text) == alone


def test_a_swipe_that_was_not_chosen_teaches_nothing(guard: Guard) -> None:
    setting = Setting("c")
    lines = [Message("hey", turn=0, setting=setting)]
    swipe = Message("my name is odalys btw", turn=1, setting=setting, alternative=1)
    asked = Message("odalys is tired", turn=2, setting=setting)
    assert guard.review(asked, Conversation(setting, (*lines, swipe))) == guard.review(
        asked, Conversation(setting, tuple(lines))
    )


def test_one_guard_serves_many_threads(guard: Guard) -> None:
    text = "god im tired, 12h shift again. my wife jess is asleep"
    expected = guard.review(text)
    found: list[bool] = []

    def work() -> None:
        found.extend(guard.review(text) == expected for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 20


def test_a_story_is_left_alone_and_a_life_is_found(guard: Guard) -> None:
    story = guard.review("*Captain Elara leans on the rail* I was born on Ganymede")
    life = guard.review("god im tired, 12h shift at mercy general again. my wife is asleep")
    assert (story.frame, story.findings) == (Frame.FICTION, ())
    assert life.frame is Frame.SELF
    assert Kind.FAMILY in {one.kind for one in life.findings}
