"""The names of employers and schools in pieces: whose name it is, and the words that say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from discretion.guard.stand_ins._pieces import MOST_READ, Piece, Role, is_one_of
from discretion.guard.stand_ins._place_words import pieces as place_pieces
from discretion.guard.stand_ins._places import is_region, meant
from discretion.knowledge.gazetteer import (
    family_names,
    given_names,
    ordinary_words,
    places,
    plain,
    tagged_words,
)
from discretion.records import Kind

_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*\.?|&")
_LONGEST = 4
_SHORT = re.compile(r"[A-Za-z]{2,5}")
_OWNER = re.compile(r"['’]s$")


def is_of(section: str, token: str) -> bool:
    """Whether ``token`` is one of the words of a section of the list of things."""
    return is_one_of("thing_words.txt", section, token)


@cache
def _nouns(tag: str) -> frozenset[str]:
    return tagged_words(tag)


def is_noun(kind: Kind, word: str) -> bool:
    """Whether a word behind the name of an employer or a school says what it is."""
    if kind is Kind.EDUCATION:
        return _is_school_noun(word)
    return plain(word).rstrip(".") in _nouns("workplace_noun") or (
        is_of("work", word) and not is_of("opens", word) and not is_one_of("place_words.txt", "small", word)
    )


def employer_pieces(words: str) -> tuple[Piece, ...]:
    """An employer in pieces; from "on", "in", "at" and the like it is read as a place."""
    if len(words) > MOST_READ:
        return (Piece(words, Role.FIRM),)
    head, tail = _parted(words)
    tokens = list(_TOKEN.finditer(head))
    found = list(_read(head, tokens, "workplace_noun", "work"))
    if all(one.role is Role.KEPT for one in found):
        found = _all_everyday(head, tokens)
    named = [i for i, one in enumerate(found) if one.role is not Role.KEPT]
    # Everyday words behind the name only say more of it: "Tidwell Tire and Lube".
    found = [
        _as_kept(one) if i in named[1:] and one.role is Role.FIRM and _is_everyday(one.text) else one
        for i, one in enumerate(found)
    ]
    return (*found, *(_tail_pieces(tail) if tail else ()))


def _tail_pieces(tail: str) -> Iterator[Piece]:
    """Where it is, in pieces; where its first small word has a capital, none says anything."""
    low = tail.lower()
    is_plain = not tail[0].isupper() or len(low) != len(tail)
    at = 0
    for one in place_pieces(tail if is_plain else low):
        yield replace(one, text=tail[at : at + len(one.text)])
        at += len(one.text)


def school_pieces(words: str) -> tuple[Piece, ...]:
    """Schooling in pieces: degrees, years and subjects stay, the school's own name is a piece."""
    if len(words) > MOST_READ:
        return (Piece(words, Role.FIRM),)
    tokens = list(_TOKEN.finditer(words))
    kept = list(_read(words, tokens, "school_noun", "study"))
    return tuple(one if _is_school(kept, i) else _as_kept(one) for i, one in enumerate(kept))


def _as_kept(one: Piece) -> Piece:
    return Piece(one.text, Role.KEPT)


def is_no_study(words: str) -> bool:
    """Whether no word is a degree, a stage, a subject or a number: what else is there is a school."""
    told = [token[0] for token in _TOKEN.finditer(words)]
    return bool(told) and not any(is_of("study", one) or not one.rstrip(".").isalpha() for one in told)


def _parted(words: str) -> tuple[str, str]:
    """The employer, and where it is."""
    tokens = list(_TOKEN.finditer(words))
    for i, token in enumerate(tokens):
        if i and (is_of("opens", token[0]) or _low(words, tokens, 0, i) in tagged_words("brand")):
            return words[: token.start()], words[token.start() :]
    return words, ""


def _read(head: str, tokens: list[re.Match[str]], noun: str, kept: str) -> Iterator[Piece]:
    at = i = 0
    while i < len(tokens):
        end, role = _run(head, tokens, i, noun, kept)
        yield Piece(head[at : tokens[i].start()], Role.KEPT)
        text = head[tokens[i].start() : tokens[end - 1].end()]
        known = meant(text) if role is Role.TOWN else None
        is_state = known is not None and "." in known.id and is_region(known)
        yield Piece(text, Role.REGION if is_state else role, known)
        at, i = tokens[end - 1].end(), end
    yield Piece(head[at:], Role.KEPT)


def _run(head: str, tokens: list[re.Match[str]], i: int, noun: str, kept: str) -> tuple[int, Role]:
    if kept == "study" and _SHORT.fullmatch(tokens[i][0]) and _is_surely_short(tokens[i][0]):
        return i + 1, Role.SHORT
    joins = {tokens[k][0] for k in (i - 1, i + 1) if 0 <= k < len(tokens)} & {"&"}
    for count in range(min(_LONGEST, len(tokens) - i), 0, -1):
        end = i + count
        low = _low(head, tokens, i, end)
        if low in tagged_words("brand"):
            return end, Role.SHORT if head[tokens[i].start() : tokens[end - 1].end()].isupper() else Role.FIRM
        if not joins and low in places() and _is_town(tokens, i, end, kept):
            return end, Role.TOWN
    token = tokens[i][0]
    if is_one_of("place_words.txt", "saint", token) and i + 1 < len(tokens):
        return i + 2, Role.SAINT
    if _is_kept(tokens, i, noun, kept):
        return i + 1, Role.KEPT
    end = i + 1
    while end < len(tokens) and not _is_kept(tokens, end, noun, kept) and _is_next(head, tokens, end):
        end += 1
    if end == i + 1 and (
        _is_short(token) if kept == "study" else _SHORT.fullmatch(token) and token.isupper()
    ):
        return end, Role.SHORT
    if kept == "work" and end == i + 1 and (joins or _is_of_family(token)):
        return end, Role.FAMILY
    is_all = i == 0 or all(is_one_of("place_words.txt", "small", one[0]) for one in tokens[:i])
    is_sign = end - i > 1 and end == len(tokens) and is_all and _is_everyday(head[tokens[i].start() :])
    return end, Role.SIGN if is_sign and kept == "work" else Role.FIRM


def _is_surely_short(token: str) -> bool:
    low = plain(token)
    is_word = low in ordinary_words() or is_of("study", low) or low in given_names()
    return not is_word and (token.isupper() or (len(low) < 5 and low.endswith(("su", "tu"))))


def _is_of_family(token: str) -> bool:
    bare = plain(_OWNER.sub("", token))
    return bool(_OWNER.search(token)) or (
        (bare in family_names() or bare in given_names()) and bare not in ordinary_words()
    )


def _is_everyday(text: str) -> bool:
    return all(
        plain(token[0]).rstrip(".") in ordinary_words() or len(token[0]) == 1
        for token in _TOKEN.finditer(text)
    )


def _is_next(head: str, tokens: list[re.Match[str]], end: int) -> bool:
    return head[tokens[end - 1].end() : tokens[end].start()] in (" ", "-")


def _low(head: str, tokens: list[re.Match[str]], i: int, end: int) -> str:
    return " ".join(plain(head[tokens[i].start() : tokens[end - 1].end()]).replace("-", " ").split())


def _is_town(tokens: list[re.Match[str]], i: int, end: int, kept: str) -> bool:
    """Whether a listed place is meant as one: not an everyday word, a noun for work or a field of study."""
    if end - i > 1:
        return not all(is_of(kept, token[0]) for token in tokens[i:end])
    low = plain(tokens[i][0])
    return len(low) > 2 and low not in ordinary_words() and not is_of(kept, low)


def _is_kept(tokens: list[re.Match[str]], i: int, noun: str, kept: str) -> bool:
    token = tokens[i][0]
    low = plain(token).rstrip(".")
    if (
        low in _nouns(noun)
        or is_of(kept, token)
        or is_of(kept, low.replace(".", ""))
        or is_one_of("place_words.txt", "small", token)
    ):
        return True
    if token.isdigit() or re.fullmatch(r"['’]?\d+(?:st|nd|rd|th)?", low):
        return True
    if kept == "study":
        parts = [part for part in re.split(r"[-.&']", low) if part]
        is_word = all(part in ordinary_words() or is_of("study", part) for part in parts)
        return is_word and not _is_named(tokens, i)
    return i > 1 and tokens[i - 1][0].lower() == "of" and low in ordinary_words()


def _is_named(tokens: list[re.Match[str]], i: int) -> bool:
    """Whether an everyday word is the name of a school: a noun for schools follows, "at" stands before it, or
    the schooling begins with two that are no study's."""
    low = [plain(token[0]).rstrip(".") for token in tokens]
    if all(is_of("study", part) for part in re.split(r"[-.&']", low[i])):
        return False
    if i + 1 < len(low) and _is_school_noun(low[i + 1]):
        return True
    first = i
    while first and not is_of("study", low[first - 1]):
        first -= 1
    before = [word for word in low[:first] if word != "the"]
    if before[-1:] in (["at"], ["from"]) or " ".join(before[-3:]) in ("dropped out of", "flunked out of"):
        return True
    row = _row(tokens)
    return i < len(row) > 1 and not any(is_of("study", word) for word in row)


def _row(tokens: list[re.Match[str]]) -> list[str]:
    """The first words of schooling, up to its first sign between two."""
    text = tokens[0].string
    found = [plain(tokens[0][0])]
    for a, b in pairwise(tokens):
        if text[a.end() : b.start()] != " ":
            break
        found.append(plain(b[0]))
    return found


def _is_short(token: str) -> bool:
    """Whether a token reads as initials: all capitals, no vowel, or a U for university at an end."""
    low = plain(token)
    if not _SHORT.fullmatch(token) or low in given_names() or low in ordinary_words():
        return False
    if token.isupper() or not set(low) & set("aeiouy"):
        return True
    if low in places() or low in family_names():
        return False
    return len(low) < 5 and (
        low.endswith("u") or (low[0] == "u" and len(low) < 4) or low.startswith(("uc", "un", "ut"))
    )


def _is_school(found: list[Piece], i: int) -> bool:
    """Whether a name is a school's: not where it is one word among those of a subject."""
    one = found[i]
    return one.role is not Role.FIRM or not _is_everyday(one.text) or _is_named_so(found, i)


def _is_named_so(found: list[Piece], i: int) -> bool:
    before = "".join(piece.text for piece in found[:i]).lower()
    after = "".join(piece.text for piece in found[i + 1 :]).split()
    has_noun = bool(after) and _is_school_noun(after[0].rstrip(",."))
    return has_noun or not before.strip() or bool(_BEFORE_SCHOOL.search(before))


_BEFORE_SCHOOL = re.compile(r"\b(?:at|from|out of)\s+(?:the\s+)?$")


def _is_school_noun(word: str) -> bool:
    return plain(word) in _nouns("school_noun") or plain(word) in ("school", "schools")


def _all_everyday(head: str, tokens: list[re.Match[str]]) -> list[Piece]:
    """An employer of everyday words alone: what is before its noun is the name ("mercy general")."""
    first = next(
        (i for i, token in enumerate(tokens) if not is_one_of("place_words.txt", "small", token[0])), None
    )
    if first is None or is_of("work", tokens[first][0]):
        return [Piece(head, Role.KEPT)]
    end = first + 1
    while (
        end < len(tokens)
        and not is_of("work", tokens[end][0])
        and plain(tokens[end][0]) not in _nouns("workplace_noun")
    ):
        end += 1
    start, stop = tokens[first].start(), tokens[end - 1].end()
    role = Role.SIGN if end - first > 1 and end == len(tokens) else Role.FIRM
    return [Piece(head[:start], Role.KEPT), Piece(head[start:stop], role), Piece(head[stop:], Role.KEPT)]
