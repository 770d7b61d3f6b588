"""The one spelling of a fact's words, by its kind, under which two ways to write it are the same fact."""

from __future__ import annotations

import re
from collections.abc import Callable

from discretion.text import fold, respell
from discretion.text import unaccented as bare

PHONE_DIGITS = 7
"""Last digits of a phone number that are compared: area and country codes are given or left out. Our own
choice; two numbers of one person that end alike are rare."""

_EXTENSION = re.compile(r"\b(?:ext|extension|x)\b.*$")
_AT = re.compile(r"\s*(?:[(\[{<]\s*at\s*[)\]}>]|\bat\b|@)\s*")
_DOT = re.compile(r"\s*(?:[(\[{<]\s*(?:dot|\.)\s*[)\]}>]|\bdot\b|\.)\s*")
_JOINED = {
    re.compile(r"\s*[(\[{<]?\b(?:dash|hyphen|minus)\b[)\]}>]?\s*"): "-",
    re.compile(r"\s*[(\[{<]?\bunderscore\b[)\]}>]?\s*"): "_",
    re.compile(r"\s*[(\[{<]?\bplus\b[)\]}>]?\s*"): "+",
}
_SCHEME = re.compile(r"^(?:mailto:|[a-z][a-z0-9+.-]*://)?(?:www\.)?")


def canonical_words(kind: str, words: str) -> str:
    """The canonical spelling of ``words`` as a fact of ``kind``; never raises, and never empty for text."""
    plain = " ".join(fold(words).text.casefold().split())
    return _CANONICAL.get(kind, _plain)(plain) or plain


def _plain(text: str) -> str:
    return text


def _phone(text: str) -> str:
    """The last digits, number words read as digits; letters of an extension and what follows are left off."""
    digits = re.sub(r"\D", "", _EXTENSION.sub("", respell(fold(text)).text))
    return digits[-PHONE_DIGITS:]


def _email(text: str) -> str:
    """``jess dot k at mail.example`` as ``jess.k@mail.example``."""
    text = _SCHEME.sub("", text)
    for said, sign in _JOINED.items():
        text = said.sub(sign, text)
    local, at, domain = _AT.sub("@", text).rpartition("@")
    return re.sub(r"\s", "", _DOT.sub(".", local) + at + _DOT.sub(".", domain)).strip(".,;:<>()[]")


def _username(text: str) -> str:
    """The handle alone, of ``@handle`` or a link to the profile."""
    named = text
    if "/" in text:
        path = re.split(r"[?#]", _SCHEME.sub("", text), maxsplit=1)[0]
        named = next((part for part in reversed(path.split("/")) if part), text)
    return named.lstrip("@").strip()


def _words(text: str) -> str:
    """Words without accents and signs, in their order."""
    return " ".join(re.findall(r"[^\W_]+", bare(text).replace("'", "")))


def _any_order(text: str) -> str:
    """The same in any order: "oakfield rd 22" is "22 oakfield rd"."""
    return " ".join(sorted(_words(text).split()))


def _signs(text: str) -> str:
    """Letters and digits alone, of numbers that are grouped in many ways."""
    return re.sub(r"[\W_]", "", text)


def _unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


_CANONICAL: dict[str, Callable[[str], str]] = {
    "phone": _phone,
    "email": _email,
    "username": _username,
    "name": _words,
    "workplace": _words,
    "pet": _words,
    "street_address": _any_order,
    "government_id": _signs,
    "payment_card": _signs,
    "bank_account": _signs,
    "vehicle_plate": _signs,
    "crypto_wallet": _unspaced,
    "coordinates": _unspaced,
    "ip_address": _unspaced,
}
