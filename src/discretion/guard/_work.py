"""What people say they do all day, where that is a trade: "i drive a bus", "i do nails", "i sew hems"."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import is_denied, people
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.knowledge.gazetteer import cues, ordinary_words, tagged_words

Trade = tuple[int, int, float, str, float]
"""The words ``[i, j)`` of a trade, how sure it is, why, and how much of a life it shows."""

_VERB = "a verb that is a trade"
_AFTER_VERB = cues("occupation", "after_verb")
_NOBODY = cues("occupation", "nobody")
_NO_OBJECT = cues("occupation", "no_object")
# "i VERB OBJECT" as a habit: the present, or a past that is said to have lasted.
_BETWEEN = cues("occupation", "between")
_FILL = cues("occupation", "fill")
_KEEPS = frozenset(("run", "own", "ran", "owned", "manage", "managed", "running"))
# With kin these are no work: "i pick the kids up at 3".
_FETCHES = frozenset(
    ("pick", "drop", "take", "bring", "get", "fetch", "pack", "put", "wake", "feed", "drive", "walk")
)


def doing(view: View) -> Iterator[Trade]:
    """Verbs of work with what is worked on, "do" and "work" with a line of work."""
    words = view.words
    keys, items = words.keys, words.words
    others = people(view)
    for i, key in enumerate(keys):
        verb = words.run_at(i, "work_verb", "work_verb_object", "work_verb_any")
        if verb is None and key.endswith("ing") and _is_progressive(words, i):
            end = _object_end(words, i + 1)
            if end is not None and not is_denied(words, i):
                yield i, end, 0.5, "what the author has been doing for work", 0.4
            continue
        if key in _KEEPS and (end := _shop_end(words, i + 1)) and _is_done_by_author(words, i, others):
            if not is_denied(words, i):
                yield i, end, 0.65, "a business that the author runs", 0.6
            continue
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
                yield (i if j == i + 1 else j), end, 0.7, "a line of work that the author does", 0.65
            continue
        if is_denied(words, i):
            continue
        if (end := _object_end(words, j)) is not None:
            if key in _FETCHES and words.run_at(end - 1, "child", "partner", "elder"):
                continue
            yield i, end, 0.6, "what the author does all day", 0.4
        elif words.run_at(i, "work_verb"):
            stop = words.clause_end(i, 4)
            alone = stop == j or words.key(j) in _AFTER_VERB
            yield (i, j, 0.55, _VERB, 0.5) if alone else (i, min(stop, i + 3), 0.5, _VERB, 0.5)
        elif (end := _plural_end(words, j)) is not None:
            yield i, end, 0.45, "what the author does all day", 0.25
        elif words.run_at(i, "work_verb_any") and words.key(j) not in _NOBODY and not words.opens(j):
            yield i, words.clause_end(i, 4), 0.5, _VERB, 0.3


def _shop_end(words: Words, j: int) -> int | None:
    """The end of "a bakery", "my own little salon" at word ``j``."""
    if words.key(j) not in ("a", "an", "my", "our"):
        return None
    for k in range(j + 1, min(j + 4, len(words.words))):
        if words.words[k].opens or words.words[k].gap:
            return None
        if (end := words.run_at(k, "workplace_noun")) is not None:
            return end
    return None


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


def _is_progressive(words: Words, i: int) -> bool:
    """Whether "i've been", "i'm still" or years stand before the -ing form of a verb of work."""
    stem = words.keys[i][:-3]
    verbs = tagged_words("work_verb_object") | tagged_words("work_verb")
    if not (stem in verbs or stem + "e" in verbs or (stem[-1:] == stem[-2:-1] and stem[:-1] in verbs)):
        return False
    before = words.keys[max(0, i - 3) : i]
    if "been" in before and any(key in ("i", "ive", "been") for key in words.keys[max(0, i - 5) : i]):
        return True
    return (("im" in before or "am" in before) and ("still" in before or "currently" in before)) or before[
        -2:
    ] == ("years", "of")


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


def _working(words: Words, i: int) -> Iterator[Trade]:
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
            yield j, end, 0.75, "a line of work that the author works in", 0.3
        else:
            yield i, end, 0.5, "what the author works", 0.3
    elif keys[j - 1] in ("as", "a", "an") and "as" in keys[i:j] and not is_denied(words, i):
        stop = words.clause_end(j, 3)
        yield j, stop, 0.6, "what the author works as", 0.5


def for_a_living(words: Words) -> Iterator[Trade]:
    """ "i sit with the dying for a living", "my job is selling tiles"."""
    keys = words.keys
    for k, key in enumerate(keys):
        if key == "living" and keys[k - 2 : k] == ("for", "a") and k > 3:
            start = next((b for b in range(k - 3, max(-1, k - 10), -1) if keys[b] in ("i", "who")), None)
            if start is not None and start + 1 < k - 2:
                yield start + 1, k - 2, 0.75, "what the author does for a living", 0.6
        elif key in ("is", "was") and keys[k - 1] in ("job", "work") and words.key(k + 1).endswith("ing"):
            yield k + 1, words.clause_end(k + 1, 4), 0.7, "what the author's job is", 0.45
