"""The author's family: partner and children by themselves, other kin where a fact narrows who they are."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import hit, is_denied
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._names import is_capital_name, is_clear
from discretion.guard._view import View
from discretion.guard._words import NUMBERS, Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues, places
from discretion.records import Kind

_ADJECTIVES = cues("family", "adjectives")
_COUNTS = cues("family", "counts")
# In these words the child or partner is nobody's in particular.
_WEAK = cues("family", "weak")
_FACTS = cues("family", "facts")
_FACT_SIGNS = cues("family", "fact_signs")
_LASTING = cues("family", "lasting")
_EARNS = cues("family", "earns")
_DATES = frozenset(("on", "since", "yesterday", "today", "tonight", "tomorrow", "when", "where"))
# How the author has children; in "i was a kid" and "like a child" nobody has.
_HAD = cues("family", "had")
_BEING = cues("family", "being")
_NO_CHILD = cues("family", "no_child")
_CLAUSE = 9


@detector("family", {Kind.FAMILY}, Scope.LANGUAGE)
@of_life
def family(view: View) -> Iterator[Hit]:
    """Bare partner and child terms once a message; parents, siblings and further kin with a fact."""
    words = view.words
    near, far = words.runs("partner", "child"), words.runs("elder")
    if not near and not far:
        return
    bare: set[str] = set()
    for i, j in near:
        is_partner = words.run_at(i, "partner") == j
        confidence = _near_confidence(words, i, j, is_partner)
        if not confidence:
            continue
        start, end = _with_count(words, i), _fact_end(words, j)
        noun = words.keys[j - 1].rstrip("s")
        if end == j and start == i and noun in bare:
            continue
        bare.add(noun)
        evidence = 0.35 if words.key(start - 1) in ("my", "our") else 0.2
        yield hit(view, Kind.FAMILY, (start, end), confidence, "a partner or child of the author", evidence)
    for i, j in far:
        if not _is_kin_of_author(words, i):
            continue
        end = _fact_end(words, j)
        start = _with_count(words, i)
        counted = start < i and words.keys[start] not in ("a", "no", "one", "both")
        narrow = end > j and _narrows(words, j, end)
        told = (end - j >= 3 and words.keys[j] in _LASTING) or (end - j > 1 and words.keys[j] in _EARNS)
        if narrow or told or counted or _age_follows(words, j):
            end = max(end, j)
            sure = 0.72 if narrow or counted else 0.55
            ill = any(words.run_at(k, "condition", "treatment", "medication") for k in range(j, end))
            shown = 0.6 if ill and words.key(start - 1) in ("my", "our") else 0.15
            yield hit(view, Kind.FAMILY, (start, end), sure, "kin of the author, with a fact", shown)
    for start, end in _pronoun_facts(words, [run[0] for run in (*near, *far)]):
        yield hit(view, Kind.FAMILY, (start, end), 0.5, "a fact on kin named before", 0.15)


def _pronoun_facts(words: Words, kin: list[int]) -> Iterator[tuple[int, int]]:
    """ "she's 87", "he is a welder" after a word for kin: the next few clauses still speak of them."""
    first = min(kin)
    for i in range(first + 1, len(words.keys)):
        key = words.keys[i]
        if key in ("hes", "shes"):
            j = i + 1
        elif key in ("he", "she") and words.key(i + 1) in ("is", "was", "has"):
            j = i + 2
        else:
            continue
        if not any(i - _CLAUSE * 2 < k < i for k in kin) or j >= len(words.keys):
            continue
        if words.key(j) in ("a", "an"):
            end = words.run_at(j + 1, "occupation")
        elif words.keys[j] in NUMBERS or (words.keys[j].isdigit() and len(words.keys[j]) < 4):
            if words.key(j + 1) in ("minutes", "mins", "miles", "hours", "feet", "foot"):
                continue
            end = words.clause_end(j, 3)
        else:
            end = words.run_at(j, "condition")
        if end:
            yield i, end


def _near_confidence(words: Words, i: int, j: int, is_partner: bool) -> float:
    key = words.keys[j - 1]
    if key in ("girlfriends", "boyfriends"):
        return 0.0
    if "/" in words.words[i].gap or words.in_link(i) or words.key(j) in _NO_CHILD:
        return 0.0
    if words.run_at(i, "former") or words.key(i - 1) in ("not", "nobodys") or words.key(i - 2) == "not":
        return 0.0
    if words.key(j) in ("in",) and words.key(j + 1) == "law":
        return 0.0
    k = i - 1
    while k >= 0 and words.keys[k] in _ADJECTIVES and not words.words[k + 1].opens:
        k -= 1
    owner = words.keys[k] if k >= 0 and not words.words[k + 1].opens and not words.words[k + 1].gap else ""
    if owner in ("my", "our"):
        return 0.85
    if key in ("mrs", "half"):
        return 0.6 if owner == "the" and key == "mrs" else 0.0
    if owner in ("ma", "mi") or (owner == "me" and is_partner):
        return 0.6
    if owner == "the" and (
        key not in _WEAK or key in ("kids", "baby", "twins", "oldest", "youngest", "eldest", "boys", "girls")
    ):
        if key in ("boys", "girls", "child", "children", "son", "daughter", "lads", "girl", "boy"):
            return 0.45 if key in ("boys", "girls") else 0.0
        return 0.6
    if _with_count(words, i) < i:
        at = _with_count(words, i)
        had = not _HAD.isdisjoint(words.keys[max(0, i - 7) : i])
        if words.keys[at] in ("a", "one") and (not had or words.key(at - 1) in _BEING):
            return 0.0
        if words.key(j) in ("in", "at", "on", "were", "playing", "running", "came") and not had:
            return 0.0
        if is_denied(words, at) or (not had and key in ("girls", "boys", "lads")):
            return 0.0
        if not had and not (words.words[at].opens or words.words[at].gap == ","):
            return 0.0
        return 0.65 if had else 0.4
    if owner in ("", "and", "tell", "told", "ask", "n") and key not in _WEAK:
        return 0.5 if words.words[i].opens or owner else 0.45
    if (
        owner == ""
        and words.words[i].opens
        and _fact_end(words, j) > j
        and key not in ("baby", "kid", "girl", "boy")
    ):
        return 0.45
    return 0.0


def _with_count(words: Words, i: int) -> int:
    k = i - 1
    steps = 0
    while k >= 0 and steps < 3 and not words.words[k + 1].opens and not words.words[k + 1].gap:
        if words.keys[k] in _COUNTS or words.keys[k] in NUMBERS:
            return k
        if words.keys[k] not in _ADJECTIVES:
            break
        k -= 1
        steps += 1
    return i


def _is_kin_of_author(words: Words, i: int) -> bool:
    k = i - 1
    while (
        k >= 0 and (words.keys[k] in _ADJECTIVES or words.keys[k] in NUMBERS) and not words.words[k + 1].opens
    ):
        k -= 1
    if k < 0 or words.words[k + 1].opens:
        return words.keys[i] not in (
            "sister",
            "brother",
            "father",
            "mother",
            "mama",
            "baba",
            "papa",
            "ma",
            "pa",
            "mate",
            "ate",
            "didi",
        ) and not words.words[i].gap.startswith(("#", "@"))
    return words.keys[k] in (
        "my",
        "our",
        "ma",
        "and",
        "have",
        "got",
        "had",
        "me",
        "ive",
        "when",
        "cos",
        "because",
        "but",
        "so",
        "then",
        "with",
    )


def _fact_end(words: Words, j: int) -> int:
    """The index after what is told of the person whose noun ends before ``j``; ``j`` where nothing is."""
    items = words.words
    if j >= len(items) or items[j].opens:
        return j
    if items[j].gap == "," and (words.keys[j] in NUMBERS or words.keys[j].isdigit()):
        return words.clause_end(j, 4)
    at = j + 1 if words.keys[j] == "still" else j
    if words.key(at) == "at" and words.key(at + 1).isdigit():
        return j  # the author's age: "with my parents still at 26"
    if items[j].gap == "," and _is_aside(words, j):
        return _cut(words, j, words.clause_end(j, _CLAUSE))
    if items[j].gap or is_clear(items[j]) or is_capital_name(words, j):
        return j
    if items[j - 1].owner:
        if (
            words.keys[j] in NUMBERS
            or words.keys[j].isdigit()
            or words.keys[j]
            in (
                "a",
                "an",
                "in",
                "at",
                "from",
                "been",
                "got",
                "on",
                "gone",
                "dead",
                "turning",
                "out",
                "working",
                "only",
            )
        ):
            return _cut(words, j, words.clause_end(j, _CLAUSE))
        return j
    if words.keys[j] in _FACTS or words.keys[j] in NUMBERS or words.keys[j].isdigit():
        return _cut(words, j, words.clause_end(j, _CLAUSE))
    return j


def _is_aside(words: Words, j: int) -> bool:
    """Whether a comma after kin opens a clause on them: ", who lives below", ", she is a nurse"."""
    key = words.keys[j]
    if key in ("who", "whos", "whose", "shes", "hes"):
        return True
    if key in ("she", "he"):
        return words.key(j + 1) in ("is", "was", "has", "lives", "works")
    return key in ("a", "an", "the") and words.run_at(j + 1, "occupation") is not None


def _cut(words: Words, j: int, end: int) -> int:
    end = next((k for k in range(j + 1, end) if words.keys[k] in _DATES), end)
    """Stop before "and", "but", "so" and before a name."""
    for k in range(j + 1, end):
        if words.keys[k - 1] in ("in", "from", "at", "to", "near"):
            continue
        if words.keys[k] in (
            "and",
            "but",
            "so",
            "because",
            "cos",
            "cuz",
            "when",
            "while",
            "if",
            "that",
        ) or is_clear(words.words[k]):
            return k
    return end


def _narrows(words: Words, j: int, end: int) -> bool:
    for k in range(j, end):
        key = words.keys[k]
        if key in _FACT_SIGNS or key in NUMBERS or key.isdigit():
            return True
        if words.run_at(
            k, "occupation", "condition", "treatment", "medication", "work_verb", "people", "faith", "brand"
        ):
            return True
        if words.keys[k - 1] in ("in", "from", "to", "at") and (key in places() or words.words[k].capital):
            return True
        if key in ("a", "an") and words.run_at(k + 1, "occupation"):
            return True
    return False


def _age_follows(words: Words, j: int) -> bool:
    return (
        j < len(words.words)
        and words.words[j].gap == ","
        and (words.keys[j] in NUMBERS or words.keys[j].isdigit())
    )
