"""What the author does for a living: a trade they name, or what they say they do all day."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import author_is, hit, is_denied, opening, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.knowledge._gazetteer import cues, ordinary_words
from discretion.records import Kind

# Words in -er, -or, -ist ... that say no trade: what people are at heart, in a game or in a family.
_NO_TRADE = cues("occupation", "no_trade")
_SUFFIXES = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "smith",
    "ess",
    "tech",
    "hand",
    "wright",
    "herd",
    "keeper",
    "ologist",
    "eer",
)
_ADJECTIVES = cues("occupation", "adjectives")
_ROLES = cues("occupation", "roles")
_AFTER_TRADE = cues("occupation", "after_trade")
_NO_OBJECT = cues("occupation", "no_object")
_AT_WORK = ("as", "being", "become")
_STOP_AFTER = cues("occupation", "stop_after")


@detector("occupation", {Kind.OCCUPATION}, Scope.LANGUAGE)
def occupation(view: View) -> Iterator[Hit]:
    """Trades after "i am a", "work as", alone at a sentence's start; "i drive a bus", "i do nails"."""
    words = view.words
    done: set[int] = set()
    for i, j, confidence, why, evidence in _found(view, words):
        if i < j and not done.intersection(range(i, j)):
            done.update(range(i, j))
            yield hit(view, Kind.OCCUPATION, (i, j), confidence, why, evidence)


def _found(view: View, words: Words) -> Iterator[tuple[int, int, float, str, float]]:
    keys, items = words.keys, words.words
    for complement in author_is(view):
        if run := _trade_run(words, complement.at):
            yield *run, 0.85, "a trade that the author says is theirs", 0.6
        elif keys[complement.at] in ("in", "on") and (end := _line_end(words, complement.at + 1)):
            yield complement.at + 1, end, 0.7, "a line of work that the author is in", 0.5
    opens = set(opening(words))
    for i, j in words.runs("occupation"):
        before = keys[max(0, i - 3) : i]
        if (before[-1:] and before[-1] in _AT_WORK) or before[-2:] in (
            ("as", "a"),
            ("as", "an"),
            ("as", "the"),
        ):
            if speaker_of(words, i, frozenset()) == "self" and not is_denied(words, i, 5):
                yield i, j, 0.8, "a trade after work-as", 0.55
        elif before[-1:] in (("years",), ("yrs",)) or before[-2:] in (
            ("years", "a"),
            ("years", "as"),
            ("yrs", "a"),
        ):
            yield i, j, 0.65, "a trade after its years", 0.4
        elif i in opens and _stands_alone(words, i, j):
            yield i, j, 0.55, "a trade alone at the start of a sentence", 0.35
        elif (
            words.key(j) in ("here", "life", "by")
            and not items[j].gap
            and words.key(j + 1) not in ("my", "the")
        ):
            yield i, j, 0.6, "a trade the author signs with", 0.4
        elif (keys[i - 1 : i] == ("the",) and words.key(i - 2) in ("im", "am", "was", "me")) or (
            items[i].gap in (",", "(") and _lists_self(words, i)
        ):
            yield i, j, 0.5, "a trade in what the author says of themself", 0.35
    for i, j in words.runs("trade"):
        if (
            i in opens
            and j < len(items)
            and (items[j].gap in (",", "-", "—") or words.key(j) in _AFTER_TRADE)
        ):
            yield i, j, 0.5, "a line of work alone at the start of a sentence", 0.3
    yield from _for_a_living(words)
    yield from _doing(view, words)


def _for_a_living(words: Words) -> Iterator[tuple[int, int, float, str, float]]:
    """ "i sit with the dying for a living", "my job is selling tiles"."""
    keys = words.keys
    for k, key in enumerate(keys):
        if key == "living" and keys[k - 2 : k] == ("for", "a") and k > 3:
            start = next((b for b in range(k - 3, max(-1, k - 10), -1) if keys[b] in ("i", "who")), None)
            if start is not None and start + 1 < k - 2:
                yield start + 1, k - 2, 0.75, "what the author does for a living", 0.5
        elif key in ("is", "was") and keys[k - 1] in ("job", "work") and words.key(k + 1).endswith("ing"):
            yield k + 1, words.clause_end(k + 1, 4), 0.7, "what the author's job is", 0.45


def _lists_self(words: Words, i: int) -> bool:
    """Whether commas reach back to "im" without another subject ("im 34, nurse, two kids")."""
    for k in range(i - 1, max(-1, i - 7), -1):
        if words.keys[k] in ("im", "ive"):
            return True
        if words.words[k].opens or words.keys[k] in (
            "is",
            "was",
            "my",
            "the",
            "a",
            "he",
            "she",
            "his",
            "her",
            "your",
            "you",
        ):
            return words.words[k].opens and k + 1 == i and words.keys[k].isdigit()
    return False


def _stands_alone(words: Words, i: int, j: int) -> bool:
    if words.opens(j):
        return True
    following = words.words[j]
    return (
        following.gap in (",", "-", "–", "—")
        or following.key in _AFTER_TRADE
        or following.key
        in (
            "by",
            "at",
            "in",
            "for",
            "since",
            "here",
            "po",
            "till",
            "now",
        )
    )


def _trade_run(words: Words, i: int) -> tuple[int, int] | None:
    keys, items = words.keys, words.words
    j = i
    while j < len(keys) and j < i + 4 and not (j > i and (items[j].opens or items[j].gap not in ("", "-"))):
        end = words.run_at(j, "occupation")
        if end is not None:
            while end < len(keys) and keys[end] in _ROLES and not items[end].gap and not items[end].opens:
                end += 1
            if words.key(end) in ("of",) and j == i and keys[j] in ("host", "judge", "model", "master"):
                return None
            return i if keys[i] in _ADJECTIVES else j, end
        key = keys[j]
        if _is_agent(key) and (j > i or _is_article(words, i)):
            return i if keys[i] in _ADJECTIVES else j, j + 1
        if key not in _ADJECTIVES and key in (
            "not",
            "with",
            "at",
            "in",
            "to",
            "on",
            "so",
            "and",
            "the",
            "my",
        ):
            return None
        j += 1
    return None


def _is_article(words: Words, i: int) -> bool:
    return words.key(i - 1) in (
        "a",
        "an",
        "trainee",
        "retired",
        "former",
        "qualified",
        "apprentice",
        "licensed",
        "freelance",
    )


def _is_agent(key: str) -> bool:
    if key in _NO_TRADE or len(key) < 6:
        return False
    return key.endswith(_SUFFIXES) and (
        key in ordinary_words() or key.endswith(("man", "woman", "smith", "ologist", "wright"))
    )


def _line_end(words: Words, i: int) -> int | None:
    if words.key(i) == "the":
        i += 1
    return words.run_at(i, "trade")


# "i VERB OBJECT" as a habit: the present, or a past that is said to have lasted.
_BETWEEN = cues("occupation", "between")
_FILL = cues("occupation", "fill")


def _doing(view: View, words: Words) -> Iterator[tuple[int, int, float, str, float]]:
    keys, items = words.keys, words.words
    others = people(view)
    for i, key in enumerate(keys):
        verb = words.run_at(i, "work_verb", "work_verb_object")
        is_do = key in ("do", "did", "doing", "done")
        if not (verb or is_do or key in ("work", "worked", "working")):
            continue
        if not _is_done_by_author(words, i, others):
            continue
        if key in ("work", "worked", "working"):
            yield from _working(words, i)
            continue
        j = i + 1
        if is_do:
            while words.key(j) in ("the", "some", "night", "my", "a"):
                j += 1
            end = words.run_at(j, "trade")
            if end and not items[j].gap and not is_denied(words, i):
                yield (i if j == i + 1 else j), end, 0.7, "a line of work that the author does", 0.45
            continue
        end = _object_end(words, j)
        if end is None and words.run_at(i, "work_verb") and not is_denied(words, i):
            stop = words.clause_end(i, 4)
            follows = words.key(i + 1)
            if stop == i + 1 or follows in (
                "at",
                "in",
                "out",
                "for",
                "on",
                "the",
                "a",
                "here",
                "nights",
                "all",
                "part",
                "full",
            ):
                yield i, i + 1, 0.55, "a verb that is a trade", 0.4
            elif (
                key not in ("lecture", "audit", "tile", "nurse", "nursed", "plaster", "farm", "temp")
                or stop > i + 1
            ):
                yield i, min(stop, i + 3), 0.5, "a verb that is a trade", 0.35
        elif end is None and not is_denied(words, i) and (end := _plural_end(words, j)):
            yield i, end, 0.45, "what the author does all day", 0.25
        elif end is not None and not is_denied(words, i):
            yield i, end, 0.6, "what the author does all day", 0.4


def _object_end(words: Words, j: int) -> int | None:
    items = words.words
    for k in range(j, min(j + 3, len(items))):
        if items[k].opens or items[k].gap:
            return None
        end = words.run_at(k, "work_object", "subject")
        if end is not None:
            return end
        if words.keys[k] not in _FILL and words.keys[k] in ordinary_words() and k > j:
            return None
    return None


def _plural_end(words: Words, j: int) -> int | None:
    """The end of a bare plural within two words: "restore ceramics", "process land titles"."""
    for k in range(j, min(j + 2, len(words.words))):
        key = words.keys[k]
        if words.words[k].opens or words.words[k].gap or key in _FILL or key in _NO_OBJECT:
            return None
        if len(key) > 4 and key.endswith("s") and not key.endswith(("ss", "ous", "us", "is")):
            return k + 1
    return None


def _is_done_by_author(words: Words, i: int, others: frozenset[int]) -> bool:
    for k in range(i - 1, max(-1, i - 5), -1):
        key = words.keys[k]
        if words.words[k + 1].opens:
            return False
        if key in ("i", "ive", "we"):
            return True
        if key == "im":
            return words.keys[i].endswith("ing")
        if key not in _BETWEEN and not key.endswith("ly"):
            return False
    return False


def _working(words: Words, i: int) -> Iterator[tuple[int, int, float, str, float]]:
    keys, items = words.keys, words.words
    j = i + 1
    while words.key(j) in (
        "as",
        "a",
        "an",
        "the",
        "in",
        "on",
        "nights",
        "days",
        "part",
        "time",
        "full",
        "with",
        "for",
    ):
        j += 1
    if j >= len(items) or items[j].opens:
        return
    end = words.run_at(j, "occupation", "trade", "work_object")
    if end is not None and not is_denied(words, i):
        if words.run_at(j, "occupation", "trade"):
            yield j, end, 0.75, "a line of work that the author works in", 0.5
        else:
            yield i, end, 0.5, "what the author works", 0.4
    elif keys[j - 1] in ("as", "a", "an") and "as" in keys[i:j] and not is_denied(words, i):
        stop = words.clause_end(j, 3)
        yield j, stop, 0.6, "what the author works as", 0.5
