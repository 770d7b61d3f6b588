"""The keys of the APIs, from data/keys.toml: which need no review, and in which form."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_FORMS: Final = {
    "role": re.compile(r"system|developer|user|assistant|tool|function|model|critic|discriminator"),
    "token": re.compile(r"(?=[^a-z]*[a-z])[a-z0-9][a-z0-9._-]{0,63}"),
    "model": re.compile(r"(?=[^A-Za-z]*[A-Za-z])(?!.*@[^0-9])[A-Za-z0-9][\w./:@+~-]{0,199}", re.ASCII),
    "id": re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9_.:|-]{8,256}"),
    "opaque": re.compile(r"[A-Za-z0-9+/=_.:-]{16,}"),
}
"""An id without a digit, without a letter or with an @ could be a name, a number or an address; so could a
word or a model without a letter (a number of a telephone), and a model with an @ before no version."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The keys of data/keys.toml. ``strings``: the form that a key's value must have to be passed."""

    strings: dict[str, re.Pattern[str]]
    words: frozenset[str]
    numbers: frozenset[str]
    free: frozenset[str]
    schema: frozenset[str]
    media: dict[str, str]
    keys: frozenset[str]
    schema_words: dict[str, frozenset[str]]

    def passes(self, key: str, text: str) -> bool:
        """Whether ``text`` under ``key`` is a word of the API or an id that the platform issued."""
        form = self.strings.get(key)
        return form is not None and form.fullmatch(text) is not None


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    raw = tomllib.loads((files("discretion.gateway.wire") / "data/keys.toml").read_text("utf-8"))
    strings = {key: _FORMS[row["form"]] for key, row in raw["string"].items()}
    tables = [set(raw[name]) for name in ("string", "words", "number", "free", "schema", "media")]
    known = set(" ".join(raw["known"].values()).split())
    schema_words = {name: frozenset(words.split()) for name, words in raw["json_schema"].items()}
    types = schema_words.pop("types")
    schema_words |= {"all": frozenset().union(*schema_words.values()), "types": types}
    return Vocabulary(
        strings=strings,
        words=frozenset(raw["words"]),
        numbers=frozenset(raw["number"]),
        free=frozenset(raw["free"]),
        schema=frozenset(raw["schema"]),
        media=dict(raw["media"]),
        keys=frozenset(known.union(*tables)),
        schema_words=schema_words,
    )


def is_word_of_the_api(text: str) -> bool:
    """Whether ``text`` may be shown in a message: one lower-case word, as kinds of parts are."""
    return re.fullmatch(r"[a-z][a-z0-9_]{0,39}", text) is not None
