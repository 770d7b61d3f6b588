"""What the model found must be able to be that: a part to play is no family, a dash is no password."""

from __future__ import annotations

import re

from discretion.guard._detector import OWN_FACT, Hit
from discretion.guard.reader import READER
from discretion.records import Kind

# "be my boyfriend tonight", "you are my wife in this one": a part that the other side is asked to play.
_PART_ASKED = re.compile(
    r"\b(?:be|play|become|playing|being|act (?:as|like)|you(?:['’]?re| are)|ur|u are|want you as)"
    r" (?:my|our|the|a) (?:[^\W\d_]+ ){0,2}$",
    re.IGNORECASE,
)


def asks_for_a_part(text: str, hit: Hit) -> bool:
    """Whether a relation is a part for the other side to play, and nobody of the author's life."""
    if hit.kind not in (Kind.FAMILY, Kind.RELATIONSHIP) or hit.detector == OWN_FACT:
        return False
    if text.startswith(("'s", "’s"), hit.end):
        return False  # "you are my wife's favourite app"
    return bool(_PART_ASKED.search(text, max(0, hit.start - 60), hit.start))


_SPOKEN = re.compile(
    r"\d|\b(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)\b", re.IGNORECASE
)
_FORMS: dict[Kind, re.Pattern[str]] = {
    Kind.EMAIL: re.compile(r"@|\bat\b|\bdot\b", re.IGNORECASE),
    Kind.SECRET: re.compile(r"(?:[^\W_].*?){4}", re.DOTALL),
    Kind.VEHICLE_PLATE: re.compile(r"(?=.*\d)(?:.*?[^\W_]){4}", re.DOTALL),
    Kind.CRYPTO_WALLET: re.compile(r"(?=\D*\d)[^\W_]{12}"),
    **dict.fromkeys(
        (
            Kind.PHONE,
            Kind.PAYMENT_CARD,
            Kind.BANK_ACCOUNT,
            Kind.GOVERNMENT_ID,
            Kind.IP_ADDRESS,
            Kind.COORDINATES,
        ),
        _SPOKEN,
    ),
}


# "on evening 1002", "the year is 1847": what is counted, unless a word for a code stands before it.
_COUNTED = re.compile(
    r"\b(?:years?|evening|night|day|room|suite|floor|house|page|chapter|number) (?:(?:is|was|of|no\.?) )?$",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b(?:codes?|pins?|pass\w*|combination|combo|key|secret|login)\b", re.IGNORECASE)


def has_form(text: str, hit: Hit) -> bool:
    """Whether what the model takes for a number or code could be one; rules look at the form themselves."""
    form = _FORMS.get(hit.kind)
    if hit.detector != READER or form is None:
        return True
    words = text[hit.start : hit.end]
    if hit.kind is Kind.SECRET and words.isdigit() and _COUNTED.search(text, 0, hit.start):
        return bool(_CODE.search(text, max(0, hit.start - 50), hit.start))
    return bool(form.search(words))
