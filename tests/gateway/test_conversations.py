from __future__ import annotations

from discretion.gateway._conversations import MOST_OPEN, Conversations, Seen
from discretion.gateway._digest import Digests
from discretion.gateway.wire import Passage, Voice
from discretion.records import Review, Verdict

DIGESTS = Digests(bytes(32))


def passages(*said: str, system: str = "Name: Elara") -> list[Passage]:
    made = [Passage(system, Voice.SYSTEM, "content", 0)]
    for i, text in enumerate(said):
        made.append(Passage(text, Voice.ASSISTANT if i % 2 else Voice.USER, "content", i + 1))
    return made


def hear(talks: Conversations, *said: str, system: str = "Name: Elara") -> bytes:
    shown = passages(*said, system=system)
    found, _ = talks.of(shown)
    for one in shown:
        found.keep(DIGESTS.passage(one), Seen(Review(Verdict.ALLOW, None), 0))
    return found.key


LONG = [f"line {i}" for i in range(20)]


def test_a_conversation_is_known_by_card_and_first_message() -> None:
    talks = Conversations(DIGESTS)
    first = hear(talks, "hi there")
    rows = [
        (hear(talks, "hi there", "hello", "how are you"), True, "it goes on"),
        (hear(talks, "hi there"), True, "the first message again: a reply is drawn anew"),
        (hear(talks, "good evening"), False, "another first message"),
        (hear(talks, "hi there", system="Name: Marco"), False, "another card"),
    ]
    for key, is_same, reason in rows:
        assert (key == first) is is_same, reason


def test_a_sliding_window_and_a_changed_prompt_are_the_same_conversation() -> None:
    talks = Conversations(DIGESTS)
    first = hear(talks, *LONG)
    rows = [
        ([*LONG[4:], "and then", "so it goes", "indeed"], "Name: Elara", "the oldest messages were dropped"),
        ([*LONG[6:], "and then"], "Name: Elara\nThe docks smell of tar.", "dropped, and lore was added"),
        ([*LONG[:-2], "said otherwise"], "Name: Elara", "the newest message was edited"),
    ]
    for said, system, reason in rows:
        shown = said if len(said) % 2 else said[1:]
        assert hear(talks, *shown, system=system) == first, reason


def test_one_known_phrase_makes_no_conversation() -> None:
    talks = Conversations(DIGESTS)
    first = hear(talks, *LONG, "ok")
    assert hear(talks, "ok") != first
    assert hear(talks, "ok", "fine", "something new entirely") != first


def test_a_mistake_begins_another_for_the_same_first_message() -> None:
    talks = Conversations(DIGESTS)
    first = hear(talks, "hi there", "hello", "go on")
    found, _ = talks.of(passages("hi there"))
    assert talks.begin_anew(found.base) == first
    second = hear(talks, "hi there")
    assert second != first
    assert hear(talks, "hi there", "hello", "go on") == second
    assert talks.begin_anew(found.base) == second


def test_conversations_are_bounded() -> None:
    talks = Conversations(DIGESTS)
    for i in range(3 * MOST_OPEN):
        hear(talks, f"conversation {i}")
    assert len(talks) == MOST_OPEN
    assert all(len(one) == 16 for one in talks._open)


def test_digests_tell_voice_key_and_where_parts_end_apart() -> None:
    rows = [
        Passage("abc", Voice.USER, "content"),
        Passage("abc", Voice.ASSISTANT, "content"),
        Passage("abc", Voice.USER, "name"),
        Passage("ab", Voice.USER, "content"),
    ]
    assert len({DIGESTS.passage(one) for one in rows}) == len(rows)
    assert DIGESTS.of("ab", "c") != DIGESTS.of("a", "bc")
    assert Digests(b"k" * 32).of("a") != DIGESTS.of("a")
    assert len(DIGESTS.of("\ud800")) == 16
