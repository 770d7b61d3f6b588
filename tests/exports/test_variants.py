"""Forms of the formats beyond their samples: other writers, other orders, other sides."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.exports.reading import SAMPLES, Row, from_bytes, lines, reasons, rows

from discretion.exports import NotReadable, read_export
from discretion.exports.formats import json_lines, replika


def texts(content: bytes, name: str = "x", me: str | None = None) -> list[tuple[str, str]]:
    return [(author, text) for _, _, _, author, text in rows(from_bytes(content, name, me))]


PLAIN = [
    ("You: a\nMara: b", None, [("u", "a"), ("a", "b")], "You is the user"),
    ("Human: a\n\nAssistant: b", None, [("u", "a"), ("a", "b")], "Human is the user"),
    ("USER: a\nMara: b", None, [("u", "a"), ("a", "b")], "in any case"),
    ("Ann: a\nBob: b", "bob", [("a", "a"), ("u", "b")], "the name given is the user"),
    ("You: a\nBob: b", "Bob", [("a", "a"), ("u", "b")], "the name given wins over You"),
    ("You: a\nBob: b", "Eve", [("u", "a"), ("a", "b")], "a name that is not there does not"),
    ("**You:** a\n**Mara**: b", None, [("u", "a"), ("a", "b")], "bold names, as sites copy them"),
    ("[2026-03-02 20:14:00] You: a\nMara: b", None, [("u", "a"), ("a", "b")], "a time before the name"),
    ("Chat with Mara\n\nYou: a\nMara: b", None, [("u", "a"), ("a", "b")], "a title"),
    ("You: a\nMara: b\nMara: c\nNote: d", None, [("u", "a"), ("a", "b"), ("a", "c\nNote: d")], "a word"),
    ("You: a\r\nb\r\nMara: c\r\n", None, [("u", "a\nb"), ("a", "c")], "line ends of Windows"),
    ("You:\na\nMara: b", None, [("u", "a"), ("a", "b")], "the text on the next line"),
    ("You: a\u2028b\nMara: c", None, [("u", "a\u2028b"), ("a", "c")], "a line separator is no line end here"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "me", "expected", "reason"), PLAIN, ids=[one[3] for one in PLAIN])
def test_plain_text(content: str, me: str | None, expected: list[tuple[str, str]], reason: str) -> None:
    assert texts(content.encode(), "x.txt", me) == expected, reason


def test_json_lines_with_role_and_content_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"role": "user", "content": "hi"}\n{"role": "assistant", "content": "hello"}\n', "utf-8")
    found = list(read_export(path))
    assert [(m.author.value, m.text, m.turn) for m in found] == [("user", "hi", 0), ("assistant", "hello", 1)]


@pytest.mark.parametrize("key", ["sent_at", "timestamp", "created_at"])
def test_json_lines_have_their_time_under_the_keys_that_programs_write(key: str) -> None:
    line = json.dumps({"role": "user", "content": "hi", key: "2026-03-02T20:14:00Z"}).encode()
    (said,) = from_bytes(line)
    assert said.sent_at == datetime(2026, 3, 2, 20, 14, tzinfo=UTC)


def _listed(*messages: object, **more: object) -> dict[str, object]:
    return {"messages": messages} | more


def _says(role: object, content: object, **more: object) -> dict[str, object]:
    return {"role": role, "content": content} | more


HI = _says("user", "hi")
PICTURE = {"type": "image_url", "image_url": {"url": "x"}}

LISTED = [
    (json.dumps([_listed(HI), _listed(HI)]).encode(), "u:hi u:hi", "", "a list of conversations"),
    (json.dumps(_listed(HI), indent=1).encode(), "u:hi", "", "one document over many lines"),
    (json.dumps(_listed(HI)).encode(), "u:hi", "", "one document on one line"),
    (lines(_listed(HI), _listed(HI), 5), "u:hi u:hi", "broken line", "lines, one of them odd"),
    (lines(_listed(_says("user", "x" * 70_000)), _listed(HI)), "u:" + "x" * 70_000 + " u:hi", "", "long"),
    (lines(_listed(_says("user", [PICTURE])), _listed(HI)), "u: u:hi", "pictures", "a picture alone"),
    (lines(_listed(_says("narrator", "x"), HI)), "u:hi", "role is not known", "an unknown role"),
    (lines(_listed(_says("user", None), 7, HI)), "u:hi", "without a text", "no content, no object"),
    (lines(_listed(HI, _says("User", {"type": "text", "text": "b"}))), "u:hi u:b", "", "one part, capital"),
]


@pytest.mark.parametrize(("content", "expected", "said", "reason"), LISTED, ids=[one[3] for one in LISTED])
def test_messages_of_role_and_content(content: bytes, expected: str, said: str, reason: str) -> None:
    export = from_bytes(content, "x")
    assert " ".join(f"{author}:{text}" for *_, author, text in rows(export)) == expected, reason
    assert said in reasons(export) if said else not export.skipped


def test_plain_text_without_a_known_side_is_a_row_beside_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ann: a\nBob: b\nAnn: c\n")
    (tmp_path / "b.txt").write_text("You: a\nBob: b\n")
    export = read_export(tmp_path)
    assert len(rows(export)) == 2
    assert export.files == 1
    assert "pass --me NAME" in reasons(export)
    assert "Ann" not in reasons(export)
    assert len(rows(read_export(tmp_path, me="Ann"))) == 5


def test_plain_text_names_both_sides_in_its_setting() -> None:
    first, *_ = from_bytes(b"Bob: a\nMara: b\n", "x.txt", me="bob")
    assert (first.setting.user_name, first.setting.character) == ("Bob", "Mara")
    assert first.speaker == "Bob"


def _telegram(kind: str, *senders: tuple[str, str | None], chat: object = 7) -> bytes:
    messages = [
        {
            "type": "message",
            "from": name,
            "from_id": sender,
            "text": str(number),
            "date": "2026-03-02T20:14:00",
        }
        for number, (name, sender) in enumerate(senders)
    ]
    return json.dumps({"name": "Ines", "type": kind, "id": chat, "messages": messages}).encode()


TELEGRAM = [
    (_telegram("personal_chat", ("Tess", "user1"), ("Ines", "user7")), None, "ua", "by the chat's id"),
    (_telegram("personal_chat", ("Ines", "user1"), ("Ines", "user7")), None, "ua", "ids win over names"),
    (_telegram("bot_chat", ("Tess", None), ("Ines", None)), None, "ua", "by the chat's name"),
    (_telegram("saved_messages", ("Tess", "user1")), None, "u", "one's own notes"),
    (_telegram("private_group", ("Tess", "user1"), ("Ines", "user7")), "tess", "ua", "a group, by name"),
    (_telegram("private_group", ("Tess", "user1"), ("Ines", "user7")), "user7", "au", "a group, by id"),
]


@pytest.mark.parametrize(("content", "me", "sides", "reason"), TELEGRAM, ids=[one[3] for one in TELEGRAM])
def test_telegram_sides(content: bytes, me: str | None, sides: str, reason: str) -> None:
    assert "".join(author for author, _ in texts(content, "result.json", me)) == sides, reason


def test_a_telegram_group_without_a_known_side_is_said() -> None:
    with pytest.raises(NotReadable, match="pass --me"):
        texts(_telegram("private_group", ("Tess", "user1"), ("Ines", "user7")), "result.json")


CAI_TURN = {"author": {"name": "Ines"}, "candidates": [{"candidate_id": "1", "raw_content": "x"}]}


def _turn(number: int, when: str | None, chat: str = "c") -> dict[str, object]:
    time = {} if when is None else {"create_time": when}
    return {
        "turn_key": {"chat_id": chat, "turn_id": str(number)},
        "author": {"name": "Tess", "is_human": True},
        "candidates": [{"candidate_id": "1", "raw_content": str(number)} | time],
        "primary_candidate_id": "1",
    }


DAYS = [f"2024-03-0{day}T00:00:00Z" for day in range(1, 6)]

TURNS = [
    ([_turn(2, DAYS[2]), _turn(1, DAYS[1]), _turn(0, DAYS[0])], "012", "newest first, as the API gives them"),
    ([_turn(0, DAYS[0]), _turn(1, DAYS[1]), _turn(2, DAYS[2])], "012", "oldest first"),
    ([_turn(2, None), _turn(1, None), _turn(0, None)], "012", "no times: newest first"),
    (
        [_turn(1, DAYS[1]), _turn(2, DAYS[2]), _turn(2, DAYS[2]), _turn(0, DAYS[0])],
        "012",
        "pages that overlap",
    ),
]


@pytest.mark.parametrize(("turns", "order", "reason"), TURNS, ids=[one[2] for one in TURNS])
@pytest.mark.parametrize("shape", ["turns", "list", "chats"])
def test_character_ai_turns_come_oldest_first(
    turns: list[dict[str, object]], order: str, reason: str, shape: str
) -> None:
    tree = {"turns": {"turns": turns}, "list": turns, "chats": {"chats": [{"chat_id": "c", "turns": turns}]}}
    found = rows(from_bytes(json.dumps(tree[shape]).encode()))
    assert "".join(text for *_, text in found) == order, reason
    assert [turn for _, turn, *_ in found] == [0, 1, 2]


def test_json_lines_forgets_the_conversation_silent_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MOST_OPEN", 2)
    content = lines(*({"conversation": name, "author": "user", "text": "x"} for name in "aabbca"))
    export = from_bytes(content)
    turns = [(conversation, turn) for conversation, turn, *_ in rows(export)]
    assert turns == [("a", 0), ("a", 1), ("b", 0), ("b", 1), ("c", 0), ("a", 0)]
    assert "counted anew" in reasons(export)


def test_json_lines_keeps_each_conversation_to_itself() -> None:
    said = {"author": "user", "text": "x"}
    content = lines(
        {"conversation": "a", "persona": "A", **said},
        {"conversation": "b", "persona": "B", **said},
        {"conversation": "a", **said},
        {"conversation": 5, **said},
        {"conversation": "b", "author": "system", "text": "S"},
        {"conversation": "b", **said},
        said,
    )
    settings = [message.setting for message in from_bytes(content, "x.jsonl")]
    assert [(one.conversation, one.card, one.system) for one in settings] == [
        ("a", "A", None),
        ("b", "B", None),
        ("a", "A", None),
        ("5", None, None),
        ("b", "B", "S"),
        ("x.jsonl", None, None),
    ]


def test_json_lines_says_where_a_card_was_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MOST_HELD", 20_000)
    said = {"author": "user", "text": "x"}
    card = "A" * 9000
    content = lines(
        {"conversation": "a", "author": "system", "text": card},
        {"conversation": "b", "persona": card, **said},
        {"conversation": "c", "persona": card, **said},
        {"conversation": "d", **said},
        {"conversation": "a", **said},
        {"conversation": "b", "persona": card, **said},
    )
    export = from_bytes(content)
    assert [bool(one.setting.system or one.setting.card) for one in export] == [1, 1, 0, 0, 1]
    assert [one.where for one in export.skipped] == ["chat.jsonl, line 5"], "b's card stands there anew"
    assert "comes back late" in reasons(export)


def test_json_lines_keeps_the_prompts_of_thousands_of_conversations() -> None:
    names = [str(number) for number in range(3000)]
    content = lines(
        *({"conversation": one, "author": "system", "text": f"S{one}"} for one in names),
        *({"conversation": one, "author": "user", "text": "x"} for one in names),
    )
    export = from_bytes(content)
    assert [message.setting.system for message in export] == [f"S{one}" for one in names]
    assert export.skipped == []


def test_a_conversations_name_is_the_files_own_text() -> None:
    long = "x" * 10_001
    names = [" a ", "a", "y" * 600 + "1", "y" * 600 + "2", long + "1", long + "2"]
    export = from_bytes(lines(*({"conversation": one, "author": "user", "text": "x"} for one in names)))
    found = [conversation for conversation, *_ in rows(export)]
    assert found[:4] == names[:4]
    assert len(set(found)) == 6, "even absurdly long names stay apart"
    assert all(len(one) < 300 for one in found[4:])
    assert reasons(export).count("name longer than 10000 characters") == 2


def _grok(*responses: dict[str, object]) -> bytes:
    return json.dumps({"conversations": [{"conversation": {"id": "x"}, "responses": responses}]}).encode()


def _claude(*messages: dict[str, object]) -> bytes:
    return json.dumps([{"uuid": "k", "chat_messages": messages}]).encode()


def _grok_line(number: int, sender: object, is_linked: bool, message: object = "x") -> dict[str, object]:
    links = {"_id": f"r{number}", "parent_response_id": f"r{number - 1}"} if is_linked else {}
    return {"response": {"sender": sender, "message": message} | links}


def _claude_line(number: int, sender: object, is_linked: bool) -> dict[str, object]:
    links = {"uuid": f"r{number}", "parent_message_uuid": f"r{number - 1}"} if is_linked else {}
    return {"sender": sender, "text": "x"} | links


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_message_that_cannot_be_read_breaks_no_tree(is_linked: bool) -> None:
    grok = _grok(
        _grok_line(0, "human", is_linked),
        _grok_line(1, "assistant", is_linked, None),
        _grok_line(2, "human", is_linked),
        _grok_line(3, "assistant", is_linked),
    )
    claude = _claude(
        *(_claude_line(n, who, is_linked) for n, who in enumerate(("human", "?", "human", "assistant")))
    )
    for content in (grok, claude):
        export = from_bytes(content, "x.json")
        found = [(turn, alternative, author) for _, turn, alternative, author, _ in rows(export)]
        assert found == [(0, 0, "u"), (1, 0, "u"), (2, 0, "a")]
        assert len(export.skipped) == 1


def test_replika_keeps_the_order_of_a_file_too_long_to_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replika, "LARGEST_TURNED", 400)
    export = read_export(SAMPLES / "replika.csv")
    assert [text for *_, text in rows(export)][-1] == "hi"
    assert "too long to be turned round" in reasons(export)


def test_replika_texts_over_several_lines() -> None:
    content = (
        b'Timestamp,From,Text,Reaction,ID\n2024-03-02,Me,"a\nb, ""c""",None,1\n2024-03-02,Rep,d,None,2\n'
    )
    assert texts(content, "x.csv") == [("u", 'a\nb, "c"'), ("a", "d")]


def test_a_database_in_use_is_read_without_a_trace_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "webui.db"
    shutil.copy(SAMPLES / "webui.db", path)
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("INSERT INTO chat VALUES ('w2', 'u', 't', '[', 0)")
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("INSERT INTO chat VALUES ('w3', 'u', 't', '{}', 0)")
    database.commit()
    before = {one.name: one.stat().st_mtime_ns for one in tmp_path.iterdir() if not one.name.endswith("-shm")}
    export = read_export(path)
    assert [row[0] for row in rows(export)] == ["w1"] * 4
    assert "a row that is no chat" in reasons(export)
    assert "-wal" in reasons(export)
    after = {one.name: one.stat().st_mtime_ns for one in tmp_path.iterdir() if not one.name.endswith("-shm")}
    assert after == before
    database.close()


def test_another_programs_database_is_no_export(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE chat (id, other)")
    database.commit()
    database.close()
    with pytest.raises(NotReadable, match="SQLite"):
        list(read_export(path))


def _swiped(**more: object) -> list[Row]:
    header = {"user_name": "Tess", "character_name": "Ines", "chat_metadata": {}}
    message = {"name": "Ines", "is_user": False, "mes": "b", "swipes": ["a", "b", "c"]} | more
    end = {"name": "Tess", "is_user": True, "mes": "end"}
    return rows(from_bytes(lines(header, message, end)))[:-1]


SWIPES = [
    ({"swipe_id": 1}, "b a c", "the one shown first, the others in their order"),
    ({"swipe_id": 1, "mes": "edited"}, "edited a b c", "an edit keeps what was said before"),
    ({}, "b a c", "no number: the equal one is the one shown"),
    ({"swipe_id": 99}, "b a c", "a number that is none of them"),
    ({"swipes": ["b", "b"], "swipe_id": 0}, "b b", "the same twice is there twice"),
    ({"swipes": []}, "b", "none"),
]


@pytest.mark.parametrize(("more", "expected", "reason"), SWIPES, ids=[one[2] for one in SWIPES])
def test_swipes(more: dict[str, object], expected: str, reason: str) -> None:
    found = _swiped(**more)
    assert " ".join(text for *_, text in found) == expected, reason
    assert [alternative for _, _, alternative, *_ in found] == list(range(len(found)))


NOTES = [
    ({"is_system": True, "name": "System"}, "", "a note of the program"),
    ({"is_system": True, "name": "Ines"}, "a", "a reply hidden from the prompt was said"),
    ({"is_system": True, "name": "Tess", "is_user": True}, "u", "so was the user's"),
    ({"name": "Voice", "extra": {"type": "narrator"}}, "u", "what the user typed as narrator"),
    ({"is_system": True, "name": "Note", "extra": {"type": "comment"}}, "u", "a comment of the user"),
    ({"name": "Help", "extra": {"type": "help"}}, "", "help"),
    ({"is_system": True, "name": "Other", "swipes": ["b"]}, "a", "made by a model, then hidden"),
]


@pytest.mark.parametrize(("more", "sides", "reason"), NOTES, ids=[one[2] for one in NOTES])
def test_whose_message_a_line_is(more: dict[str, object], sides: str, reason: str) -> None:
    found = _swiped(**({"swipes": None} | more))
    assert "".join(author for _, _, alternative, author, _ in found if not alternative) == sides, reason


def test_a_large_head_is_looked_at_where_the_small_one_says_nothing() -> None:
    tree = {"about_the_export": "x" * 200_000, "messages": [{"msg": "a", "userId": "u"}]}
    assert texts(json.dumps(tree).encode()) == [("u", "a")]
    header = {"user_name": "Tess", "character_name": "Ines", "chat_metadata": {"note": "x" * 200_000}}
    assert texts(lines(header, {"name": "Tess", "is_user": True, "mes": "a"})) == [("u", "a")]


def test_json_lines_with_many_conversations_that_do_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MOST_OPEN", 10)
    content = lines(*({"conversation": name, "author": "user", "text": "x"} for name in range(2000)))
    export = from_bytes(content)
    assert len(rows(export)) == 2000
    assert export.skipped == []
