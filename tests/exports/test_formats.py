"""Each format's sample is recognised by its own format alone and gives exactly these messages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.exports.reading import SAMPLES, Row, rows

from discretion.exports import read_export
from discretion.exports._format import known_formats, name_of_format
from discretion.exports._head import Head
from discretion.text import Author

EXPECTED: dict[str, tuple[str, list[Row]]] = {
    "agnai.json": (
        "agnai",
        [
            ("agnai.json", 0, 0, "a", "Sit."),
            ("agnai.json", 1, 0, "u", "Which?"),
        ],
    ),
    "character_ai_chat2.json": (
        "character_ai",
        [
            ("c1", 0, 0, "a", "Sit."),
            ("c1", 0, 1, "a", "Stand."),
            ("c1", 1, 0, "u", "I drew the stairs."),
            ("c1", 2, 0, "a", "Stay."),
            ("c1", 2, 1, "a", "Go."),
        ],
    ),
    "character_ai_flat.json": (
        "character_ai",
        [
            ("character_ai_flat.json", 0, 0, "a", "Sit."),
            ("character_ai_flat.json", 0, 1, "a", "Stand."),
            ("character_ai_flat.json", 1, 0, "u", "Which?"),
        ],
    ),
    "character_ai_tools.json": (
        "character_ai",
        [
            ("h1", 0, 0, "a", "Sit."),
            ("h1", 1, 0, "u", "I drew the stairs."),
            ("h2", 0, 0, "a", "Back again?"),
        ],
    ),
    "chub.jsonl": (
        "sillytavern",
        [
            ("chub.jsonl", 0, 0, "a", "Sit."),
            ("chub.jsonl", 0, 1, "a", "Stand."),
            ("chub.jsonl", 1, 0, "u", "Which?"),
        ],
    ),
    "claude.json": (
        "claude",
        [
            ("k1", 0, 0, "u", "hi\n\ntwo hundred and twelve"),
            ("k1", 1, 0, "a", "Sit."),
            ("k1", 2, 0, "u", "Which?"),
        ],
    ),
    "conversations.json": (
        "chatgpt",
        [
            ("g1", 0, 0, "u", "hi"),
            ("g1", 1, 0, "a", "Sit."),
            ("g1", 1, 1, "a", "Stand."),
            ("g1", 2, 0, "u", "Which?\nThis one?"),
            ("g1", 2, 1, "u", "No."),
            ("g2", 0, 0, "u", "hi"),
            ("g2", 1, 0, "a", "Sit."),
            ("g2", 1, 1, "a", "Stand."),
            ("g2", 2, 0, "u", "Which?\nThis one?"),
            ("g2", 2, 1, "u", "No."),
        ],
    ),
    "grok.json": (
        "grok",
        [
            ("x1", 0, 0, "u", "hi"),
            ("x1", 1, 0, "a", "Sit."),
            ("x1", 1, 1, "a", "Stand."),
            ("x1", 2, 0, "u", "Which?"),
        ],
    ),
    "oobabooga.json": (
        "oobabooga",
        [
            ("oobabooga.json", 0, 0, "a", "Sit."),
            ("oobabooga.json", 1, 0, "u", "I'm cold & tired"),
            ("oobabooga.json", 2, 0, "a", "Tea?"),
        ],
    ),
    "oobabooga_old.json": (
        "oobabooga",
        [
            ("oobabooga_old.json", 0, 0, "u", "hi"),
            ("oobabooga_old.json", 1, 0, "a", "Sit."),
        ],
    ),
    "open_webui.json": (
        "open_webui",
        [
            ("w1", 0, 0, "u", "hi"),
            ("w1", 1, 0, "a", "Sit."),
            ("w1", 1, 1, "a", "Stand."),
            ("w1", 2, 0, "u", "Which?"),
            ("w2", 0, 0, "u", "hi"),
            ("w2", 1, 0, "a", "Sit."),
            ("w2", 1, 1, "a", "Stand."),
            ("w2", 2, 0, "u", "Which?"),
        ],
    ),
    "open_webui_single.json": (
        "open_webui",
        [
            ("w1", 0, 0, "u", "hi"),
            ("w1", 1, 0, "a", "Sit."),
            ("w1", 1, 1, "a", "Stand."),
            ("w1", 2, 0, "u", "Which?"),
        ],
    ),
    "openai_messages.json": (
        "openai_messages",
        [
            ("openai_messages.json", 0, 0, "u", "hi"),
            ("openai_messages.json", 1, 0, "a", "Sit."),
        ],
    ),
    "openai_messages.jsonl": (
        "openai_messages",
        [
            ("openai_messages.jsonl", 0, 0, "u", "hi"),
            ("openai_messages.jsonl", 1, 0, "a", "Sit."),
            ("m2", 0, 0, "u", "I drew\nthe stairs."),
            ("m2", 1, 0, "a", "Stay."),
        ],
    ),
    "plain.jsonl": (
        "json_lines",
        [
            ("a", 0, 0, "u", "hi"),
            ("7", 0, 0, "a", "Sit."),
            ("a", 1, 0, "a", "Stand."),
            ("7", 1, 0, "u", "Which?"),
        ],
    ),
    "plain.txt": (
        "plain_text",
        [
            ("plain.txt", 0, 0, "u", "hi"),
            ("plain.txt", 1, 0, "a", "Sit.\nYes, there."),
            ("plain.txt", 2, 0, "u", "I drew the stairs:\ntwo hundred"),
            ("plain.txt", 3, 0, "a", "Twelve."),
        ],
    ),
    "replika.csv": (
        "replika",
        [
            ("replika.csv", 0, 0, "u", "hi"),
            ("replika.csv", 1, 0, "a", 'Sit, "please".'),
            ("replika.csv", 2, 0, "u", "I drew the stairs,\nall of them."),
        ],
    ),
    "risuai.json": (
        "risuai",
        [
            ("r1", 0, 0, "a", "Sit."),
            ("r1", 1, 0, "u", "Which?"),
            ("r1", 2, 0, "a", "That one."),
        ],
    ),
    "risuai_all.json": (
        "risuai",
        [
            ("r1", 0, 0, "a", "Sit."),
            ("r1", 1, 0, "u", "Which?"),
            ("r1", 2, 0, "a", "That one."),
            ("r2", 0, 0, "a", "Sit."),
            ("r2", 1, 0, "u", "Which?"),
            ("r2", 2, 0, "a", "That one."),
        ],
    ),
    "sillytavern.jsonl": (
        "sillytavern",
        [
            ("sillytavern.jsonl", 0, 0, "a", "*sets the lamp down* Sit."),
            ("sillytavern.jsonl", 0, 1, "a", "Close the door."),
            ("sillytavern.jsonl", 0, 2, "a", "Who rows in this?"),
            ("sillytavern.jsonl", 1, 0, "u", "I drew the stairs."),
            ("sillytavern.jsonl", 2, 0, "a", "Eleven years."),
            ("sillytavern.jsonl", 3, 0, "u", "The wind drops."),
        ],
    ),
    "sillytavern_group.jsonl": (
        "sillytavern",
        [
            ("sillytavern_group.jsonl", 0, 0, "a", "Sit."),
            ("sillytavern_group.jsonl", 1, 0, "a", "Stand."),
            ("sillytavern_group.jsonl", 2, 0, "u", "Which?"),
        ],
    ),
    "telegram.json": (
        "telegram",
        [
            ("77", 0, 0, "u", "hi"),
            ("77", 1, 0, "a", "Sit down."),
            ("77", 2, 0, "u", ""),
            ("9", 0, 0, "a", "Well?"),
            ("9", 1, 0, "u", "No."),
        ],
    ),
    "telegram_chat.json": (
        "telegram",
        [
            ("77", 0, 0, "u", "hi"),
            ("77", 1, 0, "a", "Sit down."),
            ("77", 2, 0, "u", ""),
        ],
    ),
    "whatsapp_android.txt": (
        "whatsapp",
        [
            ("whatsapp_android.txt", 0, 0, "u", "hi"),
            ("whatsapp_android.txt", 1, 0, "a", "Sit.\nOver there: by the lamp."),
            ("whatsapp_android.txt", 2, 0, "u", "I drew the stairs."),
        ],
    ),
    "whatsapp_ios.txt": (
        "whatsapp",
        [
            ("whatsapp_ios.txt", 0, 0, "u", "hi"),
            ("whatsapp_ios.txt", 1, 0, "a", "Sit."),
            ("whatsapp_ios.txt", 2, 0, "u", "Which?"),
        ],
    ),
    "webui.db": (
        "open_webui",
        [
            ("w1", 0, 0, "u", "hi"),
            ("w1", 1, 0, "a", "Sit."),
            ("w1", 1, 1, "a", "Stand."),
            ("w1", 2, 0, "u", "Which?"),
        ],
    ),
}


def test_every_sample_has_a_row_and_every_format_a_sample() -> None:
    assert set(EXPECTED) == {path.name for path in SAMPLES.iterdir()}
    assert {name for name, _ in EXPECTED.values()} == {name_of_format(one) for one in known_formats()}


@pytest.mark.parametrize("sample", EXPECTED)
def test_a_sample_gives_its_messages_in_order(sample: str) -> None:
    name, expected = EXPECTED[sample]
    export = read_export(SAMPLES / sample)
    assert rows(export) == expected
    assert export.format == name
    assert export.files == 1
    assert export.size == export.position == (SAMPLES / sample).stat().st_size


@pytest.mark.parametrize("sample", EXPECTED)
def test_a_sample_is_recognised_by_one_format_only(sample: str) -> None:
    path = SAMPLES / sample
    head = Head(sample, path.read_bytes(), is_whole=True, path=path)
    assert [name_of_format(one) for one in known_formats() if one.recognise(head)] == [EXPECTED[sample][0]]


def _at(hour: int, minute: int, second: float = 0, *, year: int = 2026) -> datetime:
    whole = int(second)
    return datetime(year, 3, 2, hour, minute, whole, round((second - whole) * 1e6), UTC)


TIMES = [
    ("sillytavern.jsonl", 3, _at(20, 15), "milliseconds since 1970"),
    ("sillytavern.jsonl", 4, _at(20, 17), "ISO 8601"),
    ("sillytavern.jsonl", 2, None, "a swipe without a time of its own has none"),
    ("chub.jsonl", 0, None, "no time in the file, none invented"),
    ("character_ai_chat2.json", 2, _at(20, 15, year=2024), "the candidate's time"),
    ("character_ai_tools.json", 0, None, "the history's time is not the message's"),
    ("replika.csv", 0, _at(20, 14, year=2024), "the oldest first"),
    ("risuai.json", 0, _at(20, 14), "milliseconds"),
    ("open_webui.json", 0, _at(20, 14), "seconds"),
    ("conversations.json", 0, _at(20, 14, 0.25), "seconds with a fraction"),
    ("claude.json", 0, _at(20, 14), "ISO 8601"),
    ("grok.json", 0, _at(20, 14), "extended JSON: a long in a date"),
    ("telegram_chat.json", 0, _at(20, 14, 1), "seconds as text, before the local date"),
    ("plain.jsonl", 0, _at(20, 14), "as given"),
    ("plain.jsonl", 1, None, "not given"),
    ("plain.txt", 0, None, "not given"),
    ("whatsapp_ios.txt", 0, None, "either number could be the day"),
]


@pytest.mark.parametrize(("sample", "index", "when", "reason"), TIMES)
def test_times_are_read_or_unknown(sample: str, index: int, when: datetime | None, reason: str) -> None:
    assert list(read_export(SAMPLES / sample))[index].sent_at == when, reason


SETTINGS = [
    ("sillytavern.jsonl", "Ines", "Tess", "A lighthouse in a storm.\n\nKeep the sea in every scene.", None),
    ("sillytavern_group.jsonl", None, "Tess", None, None),
    ("chub.jsonl", "Ines", "Tess", None, None),
    ("character_ai_tools.json", "Ines", "Tess", None, "Keeper\n\nSit."),
    ("character_ai_chat2.json", "Ines", "Tess", None, None),
    ("risuai.json", None, None, "Keep the sea near.", None),
    ("agnai.json", None, None, "A lighthouse.", "Sit."),
    ("open_webui.json", None, None, "You are Ines.", None),
    ("conversations.json", None, None, "Speak plainly.", None),
    ("telegram_chat.json", "Ines", None, None, None),
    ("whatsapp_android.txt", "Ines", None, None, None),
    ("openai_messages.jsonl", None, None, "You are Ines.", None),
    ("openai_messages.json", None, None, "You are Ines.", None),
    ("plain.jsonl", None, None, "You are Ines.", "Ines keeps a lighthouse."),
]


@pytest.mark.parametrize(("sample", "character", "user", "system", "card"), SETTINGS)
def test_names_prompt_and_card_are_in_the_setting(
    sample: str, character: str | None, user: str | None, system: str | None, card: str | None
) -> None:
    first, *_ = read_export(SAMPLES / sample)
    setting = first.setting
    assert (setting.character, setting.user_name, setting.system, setting.card) == (
        character,
        user,
        system,
        card,
    )


def test_speakers_are_kept_where_the_format_has_them() -> None:
    group = list(read_export(SAMPLES / "sillytavern_group.jsonl"))
    assert [message.speaker for message in group] == ["Ines", "Aurel", "Tess"]


def test_the_example_is_one_story_over_weeks_with_swipes() -> None:
    messages = list(read_export(SAMPLES.parents[2] / "examples" / "moonlit-harbour.jsonl"))
    times = [message.sent_at for message in messages if message.alternative == 0]
    known = [time for time in times if time is not None]
    assert len(known) == len(times) == 41
    assert known == sorted(known)
    assert (known[-1] - known[0]).days >= 20
    assert sum(message.alternative > 0 for message in messages) >= 8
    assert {message.author for message in messages} == set(Author)
