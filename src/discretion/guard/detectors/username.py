"""Handles on a service: with an @, after the service's name, by their shape, and links to a profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._data import either, sections
from discretion.guard.detectors._overlaps import strongest
from discretion.guard.detectors._reading import read
from discretion.records import Kind

_AT = re.compile(
    r"(?<![\w@./:+-])@(?=[\w.-]{0,30}[^\W\d_])[^\W_]?[\w](?:[\w.-]{0,29}\w|_{0,3})(?![\w@(]|-\w)"
)
_NOT_AT = re.compile(
    r"@(?:everyone|here|channel|all|media|import|property|staticmethod|classmethod|override"
    r"|param|return|dataclass|app|pytest|"
    r"\d+(?:am|pm|ish)?|home|work|school|me|you|him|her|us|them|the|my|a|an)\b"
)
_NUMBERED = re.compile(r"(?<![\w#@/&])[^\W\d_][\w.]{2,31}#(?:\d{4}|(?=[a-z\d]{0,4}\d)[a-z\d]{3,5})(?!\w)")
_REDDIT = re.compile(r"(?<![\w/])/?u/[\w-]{3,20}(?!\w)")
_FRIEND_CODE = re.compile(r"(?<!\w)(?:sw[- ])?\d{4}-\d{4}-\d{4}(?![\w-])")
_CASHTAG = re.compile(r"(?<![\w$])\$[a-z][\w-]{2,20}(?!\w)")
_PROFILE = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:www\.|m\.|old\.)?(?:"
    r"(?:instagram|twitter|x|tiktok|facebook|github|gitlab|onlyfans|fansly|twitch"
    r"|snapchat|pinterest|soundcloud|patreon|"
    r"ko-fi|medium|letterboxd|goodreads|vk|threads|strava|poshmark|depop|etsy|venmo|cash"
    r"|paypal|wattpad|deviantart|"
    r"last|chess|lichess|steamcommunity|linkedin|reddit|youtube|bsky|mastodon"
    r"|archiveofourown|fetlife|ravelry|t|linktr|kik|osu|open\.spotify)"
    r"\.(?:com|tv|me|net|org|app|social|ee|fm|social|ppy\.sh)/(?!(?:p|reel|reels|watch"
    r"|status|explore|search|hashtag|share|sharer|posts|groups|events|r|shorts|playlist"
    r"|works|tags|login|about|help|terms|privacy|i|intent|home|settings)(?:[/?\s]|$))"
    r"(?:in/|@|u/|user/|users/|add/|c/|id/|profiles?/|profile/|people/|channel/|shop/"
    r"|member/|~)?[\w.@$-]{2,60}(?<![.,])"
    r"|[\w-]{3,40}\.(?:tumblr\.com|bandcamp\.com|itch\.io|substack\.com|bsky\.social"
    r"|carrd\.co|deviantart\.com|livejournal\.com|dreamwidth\.org|wordpress\.com"
    r"|blogspot\.com|newgrounds\.com))(?:/(?=\s|$))?"
)
_HANDLE = r"[\"'“‘`]?(?P<token>@?[^\W_](?:[\w.-]{1,38}\w|\w?)(?:\s(?:underscore|dot|dash)\s\w{1,20}){0,3})"
_UNDERSCORED = re.compile(
    r"(?<![\w/@.:\\$*#-])(?=[\w.]{0,40}[^\W\d_])[^\W_][\w.]{0,30}(?:_[\w.]{1,30}|(?<=\w)_)(?![\w(=/:*]|\.\w)"
)
_SPOKEN = re.compile(r"(?<!\w)[a-z\d]{3,24}(?: underscore [a-z\d]{1,16}){1,3}(?! at\b)(?!\w)")
_DOTTED = re.compile(r"(?<![\w/@.:-])[a-z]{3,20}\.[a-z][a-z\d]{3,20}(?![\w@/(]|\.\w)")
_WITH_FIGURES = re.compile(r"(?<![\w/@.:$#'’-])([a-z]{4,20})\d{2,5}(?![\w'’/-]|\.\w)")
_CAMEL = re.compile(
    r"(?<![\w/@.:$#'’-])(?:xX\w{3,20}Xx|(?!Mc|Mac|De|La|Le|Di|Van|Fitz|You|Face|Tik|Whats"
    r"|Only|Pay|Linked|Git|Snap|Sound|Pin|Play|Word|Deviant|Live|Band|Mine)"
    r"[A-Z]?[a-z]{2,15}[A-Z][a-z]{2,15}(?:[A-Z][a-z]{2,15})?\d{0,4})(?![\w'’/-]|\.\w)"
)
_POSTING = re.compile(
    r"\b(?:posting|posts?|follow|handle|insta\w*|tiktok|account|tag|username|streaming|its me|it's me)\b"
)
_SERVER = re.compile(
    r"(?<![\w@])(?P<token>[a-z][\w.-]{5,24}) on (?:the |my )?(?:[\w'-]+ ){0,3}?(?:server"
    r"|realm|shard|discord|steam|psn|xbox|twitch|insta|instagram|reddit|tiktok|ao3|tumblr"
    r"|there)\b"
)
_OWN = re.compile(r"\b(?:my|mine|me|i'?m|i|we|our)\b[^.!?\n]{0,50}$")


_STRICT = frozenset({0, 3, 6, 7, 8})
"""The patterns after whose words an everyday word is likelier than a handle."""


@cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in sections("handle_words.txt").items()}


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    raw = sections("handle_words.txt")
    platform, handle, action = either(raw["platform"]), either(raw["handle"]), either(raw["action"])
    says = r"(?:\s{0,2}(?:\b(?:is|was|its|it's|as|under|called|named)\b|'s\b|=|:|-|–|->|→|,)){1,3}\s{0,2}"
    on = rf"(?:\s(?:on|for|in)\s(?:the\s|my\s)?{platform}(?:\sserver)?)?"
    return (
        re.compile(rf"(?<![\w.])(?:{platform})(?:\s(?:{handle}))?(?:\s(?:on|for)\s\w+)?{says}{_HANDLE}"),
        re.compile(
            rf"(?<![\w.])(?:my|the real|real|his|her|old|new|main|other)\s(?:\w+\s)?(?:{handle}){on}"
            rf"{says}{_HANDLE}"
        ),
        re.compile(rf"\b(?:on there|over there)\s(?:as|under|im|i'm)\s{_HANDLE}"),
        re.compile(rf"\b(?:im|i'm|i am|as|under)\s{_HANDLE}\s(?:on there|over there|on it)\b"),
        re.compile(
            r"(?<![\w.])my (?:gamer )?(?:tag|handle|username|nick) (?:in"
            rf"|on) [\w' ]{{3,24}}?{says}{_HANDLE}"
        ),
        re.compile(rf"(?<![\w.])(?:{handle}|{platform}):\s{{0,2}}{_HANDLE}"),
        re.compile(
            rf"(?<![\w.])(?:{action})\s(?:me|us|her|him)\s(?:up\s)?(?:(?:on|at|over on|in)\s(?:the\s"
            rf"|my\s)?(?:{platform})\b)?[^.!?\n]{{0,40}}?"
            rf"(?:{says}|\s(?:at|im|i'm)\s){_HANDLE}"
        ),
        re.compile(
            r"\b(?:as|by|under|called|im|i'm|i am|its|it's|is|enter|use|made|picked|chose"
            rf"|got)\s{_HANDLE}\s(?:on|over on|at|in)\s(?:the\s"
            rf"|my\s)?(?:{platform})\b"
        ),
        re.compile(
            rf"\bon\s(?:the\s|my\s)?(?:{platform})\s(?:server\s)?(?:i\s)?(?:go\s|post\s|write\s"
            r"|play\s|stream\s|sell\s)?"
            rf"(?:it'?s|im|i'm|i am|as|by|under|called)\s{_HANDLE}"
        ),
    )


@cache
def _beside() -> re.Pattern[str]:
    """A service's name right before a word in a handle's shape ("psn grumpy_badger9")."""
    return re.compile(
        rf"(?<![\w.])(?:{either(sections('handle_words.txt')['platform'])})\s{_HANDLE}(?![\w-])"
    )


@detector("username", {Kind.USERNAME}, Scope.FORM)
def username(view: View) -> Iterator[Hit]:
    """Handles and profile links; a word becomes one by its shape or by what is said of it."""
    for start, end, confidence, reason in strongest(_rows(view)):
        span = view.given(start, end)
        own = 0.7 if _OWN.search(view.folded.text[max(0, start - 60) : start]) else 0.1
        yield Hit(Kind.USERNAME, span.start, span.end, confidence, reason, own)


def _rows(view: View) -> Iterator[tuple[int, int, float, str]]:
    reading = read(view)
    text, words = reading.text, reading.words
    if "@" in text:
        for match in _AT.finditer(text):
            if not _NOT_AT.match(text, match.start()) and not _is_code(text, match):
                yield *match.span(), 0.85, "a handle with its @"
    if "#" in text:
        yield from ((*m.span(), 0.85, "a handle with its number") for m in _NUMBERED.finditer(text))
    if "/" in text:
        yield from ((*m.span(), 0.92, "a handle on a forum") for m in _REDDIT.finditer(text))
    if "." in text:
        yield from ((*m.span(), 0.92, "a link to a profile") for m in _PROFILE.finditer(text))
    if "$" in text:
        cash = not words.isdisjoint(_words()["cash"])
        for match in _CASHTAG.finditer(text):
            if "-" in match.group() or cash:
                yield *match.span(), 0.8, "a handle for payments"
    if not words.isdisjoint(_words()["platform"] | _words()["handle"] | _words()["action"]):
        yield from _by_name(text)
        if not words.isdisjoint({"switch", "nintendo", "code"}):
            yield from ((*m.span(), 0.85, "a friend code") for m in _FRIEND_CODE.finditer(text))
        if not words.isdisjoint(_words()["platform"] | {"handle", "username", "gamertag", "ign"}):
            yield from _numbered(text, view.text)
    if "_" in text:
        told = not words.isdisjoint(_words()["context"] | _words()["platform"] | {"i'm", "im"})
        for match in _UNDERSCORED.finditer(text):
            if _is_handle(match.group()) and (told or any(c.isdigit() for c in match.group())):
                yield *match.span(), 0.7, "a word in a handle's shape"
    if "underscore" in words:
        yield from ((*m.span(), 0.75, "a handle in words") for m in _SPOKEN.finditer(text))
    if "." in text and (_POSTING.search(text) or not words.isdisjoint(_words()["platform"])):
        for match in _DOTTED.finditer(text):
            if match.group().rsplit(".", 1)[1] not in _words()["not_dotted"]:
                yield *match.span(), 0.6, "a word in a handle's shape"


def _numbered(text: str, given: str) -> Iterator[tuple[int, int, float, str]]:
    """Words that end in figures or hold a capital, where a service is spoken of."""
    for match in _WITH_FIGURES.finditer(text):
        if match[1] not in _words()["not_numbered"] and match[1] not in _words()["platform"]:
            yield *match.span(), 0.6, "a word in a handle's shape"
    if len(given) == len(text):
        yield from ((*m.span(), 0.6, "a word in a handle's shape") for m in _CAMEL.finditer(given))


def _is_code(text: str, match: re.Match[str]) -> bool:
    """A decorator stands alone on its line with code after it."""
    line_start = text.rfind("\n", 0, match.start()) + 1
    after = text[match.end() : match.end() + 40]
    return not text[line_start : match.start()].strip() and bool(
        re.match(r"(?:\([^)]*\))?\s*\n\s*(?:async |def |class |@)", after)
    )


def _by_name(text: str) -> Iterator[tuple[int, int, float, str]]:
    for i, pattern in enumerate(_named()):
        for match in pattern.finditer(text):
            lead = text[match.start() : match.start("token")].rstrip()
            if lead.endswith((",", "'s", " as")) and not (
                _is_shaped(match["token"]) or match["token"].startswith("@")
            ):
                continue
            if _may_be_handle(match["token"], strict=i in _STRICT):
                yield *match.span("token"), 0.85 if i == 1 else 0.78, "a handle, named as such"
    for match in _beside().finditer(text):
        if _is_shaped(match["token"]) and _may_be_handle(match["token"], strict=True):
            yield *match.span("token"), 0.72, "a handle, named as such"
    for match in _SERVER.finditer(text):
        if _is_shaped(match["token"]) or (
            len(match["token"]) >= 11 and re.search(r"\bi'?m\s$", text[: match.start()])
        ):
            yield *match.span("token"), 0.75, "a handle, named as such"
        elif (
            len(match["token"]) >= 11
            and " server" in match.group()
            and match["token"] not in _words()["common"]
        ):
            yield *match.span("token"), 0.6, "a handle, named as such"


def _is_shaped(token: str) -> bool:
    return any(c in "_@#" or c.isdigit() for c in token[1:]) or "." in token[1:-1]


def _may_be_handle(token: str, *, strict: bool) -> bool:
    token = token.rstrip(".-")
    bare = token.lstrip("@")
    if (
        len(bare) < 3
        or bare in _words()["common"]
        or bare in _words()["platform"]
        or bare.replace(".", "").replace("-", "").isdigit()
    ):
        return False
    if token.startswith("@") or _is_shaped(token):
        return not re.fullmatch(r"\d+(?:st|nd|rd|th|am|pm|k|m|h|x)?", bare)
    if strict:
        return len(bare) >= 8 and not bare.endswith(
            ("ing", "ed", "ly", "able", "ful", "tion", "ness", "ment", "ous", "ive", "ish", "est", "ers")
        )
    return len(bare) >= 5 and not bare.endswith(("ing", "ly"))


def _is_handle(token: str) -> bool:
    parts = [part for part in token.split("_") if part]
    if not _words()["not_shaped"].isdisjoint(parts):
        return False
    return (
        len(parts) >= 1
        and len(token) >= 5
        and token.count("_") <= 4
        and not token.endswith((".py", ".txt", ".jpg", ".png", ".pdf", ".js"))
    )
