"""Open WebUI: exported chats (a list of rows, or one), and the server's ``webui.db``, opened read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from discretion.exports._branches import Node, messages_of
from discretion.exports._fields import key_of, mapping, objects, string
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._json import parsed
from discretion.exports._thread import prose
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "Open WebUI"

LARGEST_ROW = 64 << 20
"""Characters of one chat in the database; a larger one is passed over."""

_AUTHORS = {"user": Author.USER, "assistant": Author.ASSISTANT}
_SQLITE = b"SQLite format 3\0"


def recognise(head: Head) -> bool:
    """A chat with a ``history`` of messages, alone, in a row or in a list of rows; or a database of them."""
    if head.start.startswith(_SQLITE):
        return head.path is not None and _has_chats(head.path)
    return any(
        head.shows(path) and (head.shows(f"{inner}history:map") or head.shows(f"{inner}messages:array"))
        for path, inner in (("[].chat:map", "[].chat."), ("chat:map", "chat."))
    ) or any(
        head.shows(f"{path}history.messages:map") or head.shows(f"{path}history.currentId")
        for path in ("[].", "")
    )


def _opened(path: Path) -> closing[sqlite3.Connection]:
    """Open a database so that no lock and no side file is made: nothing is written beside the user's own."""
    return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True))


def _has_chats(path: Path) -> bool:
    try:
        with _opened(path) as database:
            columns = {row[1] for row in database.execute("PRAGMA table_info(chat)")}
    except sqlite3.Error:
        return False
    return {"id", "chat"} <= columns


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages of each chat by turn, every branch."""
    if file.head.start.startswith(_SQLITE):
        yield from _database(file)
        return
    path = "[]" if file.head.is_list else ""
    for _, row in file.rows(path):
        if isinstance(row, dict):
            yield from _chat(file, row)
        else:
            file.skip("an entry that is no chat")


def _database(file: ChatFile) -> Iterator[Message]:
    assert file.path is not None
    log = file.path.with_name(file.path.name + "-wal")
    if log.exists() and log.stat().st_size:
        file.skip("the newest changes lie in the -wal file beside it and are not read: stop Open WebUI first")
    with _opened(file.path) as database:
        database.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            for own, length, text in database.execute(
                "SELECT id, length(chat), CASE WHEN length(chat) <= ? THEN chat END FROM chat", (LARGEST_ROW,)
            ):
                chat = parsed(text) if isinstance(text, str) else None
                if isinstance(chat, dict):
                    yield from _chat(file, {"id": own, "chat": chat})
                elif isinstance(length, int) and length > LARGEST_ROW:
                    file.skip(f"a chat larger than {LARGEST_ROW >> 20} MB")
                else:
                    file.skip("a row that is no chat")
        except sqlite3.Error:
            file.skip("the database is damaged from here on")


def _chat(file: ChatFile, row: dict[str, Any]) -> Iterator[Message]:
    chat = mapping(row.get("chat")) or row
    history = mapping(chat.get("history"))
    nodes: dict[str, Node] = {}
    prompts = [prose(mapping(chat.get("params")).get("system")), prose(chat.get("system"))]
    tree = mapping(history.get("messages"))
    if tree:
        given = [(key, mapping(value)) for key, value in tree.items()]
    else:
        given = [(f"#{number}", one) for number, one in enumerate(objects(chat.get("messages")))]
    before: str | None = None
    for key, message in given:
        role = string(message.get("role"))
        parent = key_of(message.get("parentId")) if tree else before
        text = _text(message.get("content"))
        if role == "system":
            prompts.append(prose(text))
        model = message.get("modelName") or message.get("model")
        speaker = model if isinstance(model, str) and role == "assistant" else None
        nodes[key] = Node(parent, _AUTHORS.get(role), text, moment(message.get("timestamp")), speaker)
        before = key
    if not nodes:
        file.skip("a chat without messages")
        return
    thread = file.thread(
        row.get("id") or chat.get("id"), system="\n\n".join(prompt for prompt in prompts if prompt) or None
    )
    yield from messages_of(thread, nodes, key_of(history.get("currentId")))


def _text(content: object) -> str:
    if isinstance(content, list):
        return "\n".join(filter(None, (string(part.get("text")) for part in objects(content))))
    return string(content)
