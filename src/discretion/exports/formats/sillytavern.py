"""SillyTavern chats, group chats and backups (``*.jsonl``), and Chub's variant of them.

The first line is a header, each further line a message with all its swipes. Fields as in SillyTavern's
``src/endpoints/chats.js``. A message that was hidden from the prompt (``is_system``) was said all the same
and is read; a note of the program itself is not. What the user typed as narrator or as a comment is theirs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Set
from itertools import islice
from typing import Any

from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._thread import Said, name_of, prose
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "SillyTavern"

_LOOK_AHEAD = 64
"""Messages looked at for the names of both sides, before the first one is given out."""

_UNUSED = "unused"  # newer versions write this instead of the names into the header
_BY_THE_USER = frozenset({"narrator", "comment"})
_BY_THE_PROGRAM = frozenset(
    (
        *("help", "welcome", "welcome_prompt", "group", "empty", "generic", "slash_commands"),
        *("formatting", "hotkeys", "macros", "assistant_note", "assistant_message"),
    )
)
_MADE_BY_A_MODEL = frozenset({"gen_started", "gen_finished", "swipes", "force_avatar", "original_avatar"})


def recognise(head: Head) -> bool:
    """A line is a header with both names or chat metadata, or has ``mes`` and ``is_user``."""
    if any(_is_header(record) or {"mes", "is_user"} <= record.keys() for record in head.records):
        return True
    if head.records:
        return False
    return head.shows("chat_metadata:map") or head.shows("mes", "is_user")


def _is_header(record: dict[str, Any]) -> bool:
    return "mes" not in record and (
        "chat_metadata" in record or {"user_name", "character_name"} <= record.keys()
    )


def read(file: ChatFile) -> Iterator[Message]:
    """Yield every message in order, the swipe that is shown first, then the others."""
    records = file.records()
    first = deque(islice(records, _LOOK_AHEAD))
    header = first.popleft()[1] if first and _is_header(first[0][1]) else {}
    metadata = header.get("chat_metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    characters = {
        name
        for _, record in first
        if _author(record, frozenset()) is Author.ASSISTANT
        and record.get("is_system") is not True
        and (name := name_of(record.get("name")))
    }
    users = [name for _, record in first if _is_from_user(record) and (name := name_of(record.get("name")))]
    character, user = _given(header.get("character_name")), _given(header.get("user_name"))
    if character is None and len(characters) == 1:
        (character,) = characters
    if character:
        characters.add(character)
    prompts = (prose(metadata.get(key)) for key in ("system_prompt", "scenario", "note_prompt"))
    thread = file.thread(
        character=character,
        user_name=user or (users[0] if users else None),
        system="\n\n".join(prompt for prompt in prompts if prompt) or None,
    )
    while first:
        number, record = first.popleft()
        yield from _message(file, thread, number, record, characters)
    for number, record in records:
        yield from _message(file, thread, number, record, characters)


def _given(value: object) -> str | None:
    name = name_of(value)
    return None if name == _UNUSED else name


def _is_from_user(record: dict[str, Any]) -> bool:
    return record.get("is_user") is True or record.get("is_user") in (1, "true")


def _text(value: object) -> str | None:
    if isinstance(value, dict):  # Chub
        value = value.get("message")
    return value if isinstance(value, str) else None


def _message(
    file: ChatFile, thread: Any, number: int, record: dict[str, Any], characters: set[str]
) -> Iterator[Message]:
    text = _text(record.get("mes"))
    if text is None:
        if not _is_header(record):
            file.skip("a line without a message text", f"line {number}")
        return
    author = _author(record, characters)
    if author is None:
        file.skip("a note of the program, nobody's message", f"line {number}")
        return
    yield from thread.say(
        author,
        text,
        sent_at=moment(record.get("send_date")),
        speaker=name_of(record.get("name")),
        alternatives=_other_swipes(file, number, record, text),
    )


def _author(record: dict[str, Any], characters: Set[str]) -> Author | None:
    extra = record.get("extra")
    kind = extra.get("type") if isinstance(extra, dict) else None
    if _is_from_user(record) or (isinstance(kind, str) and kind in _BY_THE_USER):
        return Author.USER
    if isinstance(kind, str) and kind in _BY_THE_PROGRAM:
        return None
    if record.get("is_system") is True:
        was_said = name_of(record.get("name")) in characters or any(map(record.get, _MADE_BY_A_MODEL))
        return Author.ASSISTANT if was_said else None
    return Author.ASSISTANT


def _other_swipes(file: ChatFile, number: int, record: dict[str, Any], shown: str) -> Iterator[Said]:
    swipes, infos, chosen = record.get("swipes"), record.get("swipe_info"), record.get("swipe_id")
    if swipes is None:
        return
    if not isinstance(swipes, list):
        file.skip("alternatives that are no list", f"line {number}")
        return
    texts = [_text(swipe) for swipe in swipes]
    if not (isinstance(chosen, int) and 0 <= chosen < len(texts) and texts[chosen] == shown):
        # an edited message differs from its swipe, which then still holds what was said before
        chosen = texts.index(shown) if shown in texts else -1
    for index, text in enumerate(texts):
        if index == chosen:
            continue
        if text is None:
            file.skip("an alternative without a text", f"line {number}")
            continue
        info = infos[index] if isinstance(infos, list) and index < len(infos) else None
        yield Said(text, moment(info.get("send_date")) if isinstance(info, dict) else None)
