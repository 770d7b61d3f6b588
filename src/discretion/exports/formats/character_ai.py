"""Character.AI chats as CAI Tools and similar programs save them: old histories and "chat2" turns.

We have not seen an official export. Old: ``histories`` of ``msgs`` with ``src.is_human``, or flat messages
with ``src__is_human``. New: ``turns`` with ``candidates``, newest first, of which the one shown is
``primary_candidate_id``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from discretion.exports._fields import key_of, mapping, objects, string
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._thread import Said, Thread, name_of, prose
from discretion.exports._time import EARLIEST, moment
from discretion.text import Author, Message

TITLE = "Character.AI"

LARGEST_TURNED = 64 << 20
"""Weight of the turns of one file that are held to turn them round; what goes beyond is passed over."""

_TURN_WEIGHT = 600
_HISTORIES = ("histories.histories[]", "histories[]")
_FLAT = ("messages[]", "[]")
_TURNS = ("turns[]", "chats[].turns[]", "[].turns[]")


def recognise(head: Head) -> bool:
    """Messages that say whether a human wrote them, in one of the known shapes."""
    return (
        any(head.shows(f"{path}.msgs[]") or head.shows(f"{path}.msgs:array") for path in (*_HISTORIES, "[]"))
        or any(head.shows(f"{path}.src__is_human") for path in _FLAT)
        or any(
            head.shows(f"{path}.candidates:array", f"{path}.author:map")
            or head.shows(f"{path}.turn_key:map", f"{path}.author:map")
            for path in (*_TURNS, "[]")
        )
        or head.shows("chats[].chat_id", "chats[].preview_turns")
    )


@dataclass(slots=True)
class _About:
    """What the file says of the character, where it does."""

    name: str | None = None
    card: str | None = None


@dataclass(slots=True)
class _Turn:
    """One turn of a "chat2" conversation."""

    author: Author
    speaker: str | None
    shown: Said
    others: list[Said]
    at: datetime | None


@dataclass(slots=True)
class _Chat:
    """The turns of one conversation in the order of the file; ``seen`` holds their ids."""

    turns: list[_Turn] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages of each conversation, oldest first."""
    about = _About()
    chats: dict[str | None, _Chat] = {}
    flat: Thread | None = None
    held = 0
    inner = {"[]"} if not file.head.shows("[].turns:array") else {"[].turns[]"}
    wanted = {"info", *_HISTORIES, "messages[]", "turns[]", *inner}
    wanted |= {"chats[].turns[]", "chats[].preview_turns[]"}
    for path, value in file.rows(*wanted):
        row = mapping(value)
        if path == "info":
            about = _about(row)
        elif isinstance(row.get("msgs"), list):
            yield from _history(file, row, about)
        elif "src__is_human" in row or "src" in row:
            flat = flat or _thread(file, None, about, [row])
            yield from _flat(file, flat, [row])
        elif "candidates" in row or "turn_key" in row:
            if held <= LARGEST_TURNED:
                held += _hold(file, chats, row)
            else:
                file.skip("too many turns to be turned round: the oldest are not read")
        else:
            file.skip("an entry that is no conversation")
    for own, chat in chats.items():
        yield from _turned(file, own, chat, about)


def _about(info: dict[str, Any]) -> _About:
    character = mapping(info.get("character")) or info
    texts = (prose(character.get(key)) for key in ("title", "description", "definition", "greeting"))
    return _About(name_of(character.get("name")), "\n\n".join(text for text in texts if text) or None)


def _thread(file: ChatFile, own: object, about: _About, messages: list[dict[str, Any]]) -> Thread:
    names = {is_human: name for one in messages for is_human, name in (_source(one),) if name}
    return file.thread(
        own, character=about.name or names.get(False), user_name=names.get(True), card=about.card
    )


def _source(message: dict[str, Any]) -> tuple[bool | None, str | None]:
    """Return whether a human wrote it (``None`` where that is not said) and the name shown."""
    source = mapping(message.get("src"))
    is_human = source.get("is_human", message.get("src__is_human"))
    name = name_of(source.get("name")) or name_of(message.get("src__name"))
    return (is_human if isinstance(is_human, bool) else None), name


def _history(file: ChatFile, history: dict[str, Any], about: _About) -> Iterator[Message]:
    messages = list(objects(history["msgs"]))
    thread = _thread(file, history.get("external_id") or history.get("history_id"), about, messages)
    yield from _flat(file, thread, messages)


def _flat(file: ChatFile, thread: Thread, messages: list[dict[str, Any]]) -> Iterator[Message]:
    alternative = 0
    for message in messages:
        is_human, speaker = _source(message)
        text = message.get("text")
        if is_human is None or not isinstance(text, str):
            file.skip("a message without a text or a side")
            continue
        author = Author.USER if is_human else Author.ASSISTANT
        when = moment(message.get("created"))
        if message.get("is_alternative") is True and thread.turn:
            alternative += 1
            yield thread.instead(author, text, alternative, sent_at=when, speaker=speaker)
        else:
            alternative = 0
            yield from thread.say(author, text, sent_at=when, speaker=speaker)


def _hold(file: ChatFile, chats: dict[str | None, _Chat], row: dict[str, Any]) -> int:
    """Keep a turn until its conversation is complete; return its weight."""
    key = mapping(row.get("turn_key"))
    own, turn_id = key_of(key.get("chat_id")), key_of(key.get("turn_id"))
    chat = chats.setdefault(own, _Chat())
    if turn_id is not None and turn_id in chat.seen:
        return 0
    author = mapping(row.get("author"))
    candidates = [one for one in objects(row.get("candidates")) if isinstance(one.get("raw_content"), str)]
    if not candidates:
        file.skip("a turn without a text")
        return 0
    primary = row.get("primary_candidate_id")
    candidates.sort(key=lambda one: one.get("candidate_id") != primary)
    said = [Said(string(one["raw_content"]), moment(one.get("create_time"))) for one in candidates]
    side = Author.USER if author.get("is_human") is True else Author.ASSISTANT
    at = moment(row.get("create_time")) or said[0].sent_at
    chat.turns.append(_Turn(side, name_of(author.get("name")), said[0], said[1:], at))
    if turn_id is not None:
        chat.seen.add(turn_id)
    return sum(_TURN_WEIGHT + len(one.text) for one in said)


def _turned(file: ChatFile, own: str | None, chat: _Chat, about: _About) -> Iterator[Message]:
    turns = chat.turns
    times = [turn.at for turn in turns if turn.at is not None]
    if len(times) < 2 or times[0] >= times[-1]:
        turns = turns[::-1]
    if len(times) == len(turns):
        turns = sorted(turns, key=lambda turn: turn.at or EARLIEST)
    names = {turn.author: turn.speaker for turn in turns if turn.speaker}
    thread = file.thread(
        own,
        character=about.name or names.get(Author.ASSISTANT),
        user_name=names.get(Author.USER),
        card=about.card,
    )
    for turn in turns:
        yield from thread.say(
            turn.author,
            turn.shown.text,
            sent_at=turn.shown.sent_at or turn.at,
            speaker=turn.speaker,
            alternatives=turn.others,
        )
