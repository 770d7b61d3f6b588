"""In which notations a stand-in may come back, and what each is restored to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from discretion.guard.restore._words import words
from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words
from discretion.records import Kind, Pair

_WORDY = frozenset({Kind.NAME, Kind.PET, Kind.LOCATION, Kind.WORKPLACE, Kind.EDUCATION})


@dataclass(frozen=True, slots=True)
class Form:
    """One exact notation of a stand-in: what it is restored to, and of which kind the pair is.

    ``is_word`` says that the notation is also an everyday word ("hope"): it is left, and counted.
    ``is_number`` that it is an age without a word that says so: it is restored only among words that do.
    """

    text: str = field(repr=False)
    real: str = field(repr=False)
    kind: Kind
    is_word: bool = False
    is_number: bool = False


def forms_of(pairs: Iterable[Pair]) -> dict[str, Form]:
    """Every notation of every stand-in, words parted by single blanks.

    Where two pairs share a notation the more exact one wins (as handed out, then in another case, then in the
    plural), then the active pair, then the newer.
    """
    known = [pair for pair in pairs if _is_usable(pair)][::-1]
    known.sort(key=lambda pair: (pair.is_active, pair.made_at), reverse=True)
    found: dict[str, Form] = {}
    for notations in (_as_handed_out, _in_other_cases, _in_plural):
        for pair in known:
            for text, real in notations(_plain(pair.stand_in), pair.real.strip(), pair.kind):
                is_word, is_number = _is_everyday(text, pair.stand_in), _is_bare_age(text, pair.kind)
                form = Form(text, real, pair.kind, is_word, is_number)
                found.setdefault(text, form)
    return found


def _is_usable(pair: Pair) -> bool:
    return bool(pair.stand_in.strip()) and not any(
        unicodedata.category(char) == "Cc" and not char.isspace() for char in pair.stand_in
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _is_everyday(text: str, stand_in: str) -> bool:
    return text.islower() and text != stand_in and text.isalpha() and text in ordinary_words()


def _is_bare_age(text: str, kind: Kind) -> bool:
    return kind is Kind.AGE and not any(word in text.lower() for word in words()["age"]["told"])


def _as_handed_out(stand_in: str, real: str, _: Kind) -> Iterator[tuple[str, str]]:
    yield stand_in, real
    for form in ("NFC", "NFD"):
        yield unicodedata.normalize(form, stand_in), real


def _in_other_cases(stand_in: str, real: str, _: Kind) -> Iterator[tuple[str, str]]:
    yield stand_in.upper(), real.upper()
    yield stand_in.lower(), real.lower()
    yield _first_capital(stand_in), _first_capital(real)
    capitals = _capitals(stand_in)
    yield capitals, real if any(char.isupper() for char in real) else _capitals(real)


def _in_plural(stand_in: str, real: str, kind: Kind) -> Iterator[tuple[str, str]]:
    """The plural of a name, with the ending that it takes, and with the one that the real name does.

    None where it or the name is an everyday word ("Hopes were high") or a name of its own ("Roberts").
    """
    if kind not in _WORDY or not (stand_in[-1:].isalpha() and real[-1:].isalpha()):
        return
    of_real = real + _ending(real)
    for ending in dict.fromkeys((_ending(stand_in), _ending(real))):
        plural = stand_in + ending
        low = plural.lower()
        if {stand_in.lower(), low} & ordinary_words() or low in given_names() or low in family_names():
            continue
        yield plural, of_real
        yield plural.upper(), of_real.upper()
        yield low, of_real.lower()


def _ending(name: str) -> str:
    rule = words()["plural"]
    ending: str = rule["then"] if name.lower().endswith(tuple(rule["behind"])) else rule["else"]
    return ending


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _capitals(text: str) -> str:
    return " ".join(word.capitalize() for word in text.split())
