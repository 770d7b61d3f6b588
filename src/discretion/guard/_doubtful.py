"""What the author says of themself outright, in plain words, though the model takes it for a story.

A card with a character makes the model take "my name is …, i live in …" for the player's part. Nobody can
know which it is; where something could stand in for it and comes back, it may as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from discretion.guard._detector import Hit
from discretion.guard._frame import FrameCues
from discretion.guard._merge import counts_in_fiction
from discretion.guard._verdict import is_proper, severity
from discretion.guard._view import Mark
from discretion.knowledge.gazetteer import plain
from discretion.records import Finding, Frame, Kind

OUTRIGHT = {Kind.NAME: (0.4, 0.8), Kind.LOCATION: (0.2, 0.6), Kind.WORKPLACE: (0.5, 0.6)}
"""From which ``self_evidence`` and confidence on a hit is said outright, by its kind. Our own choice."""


def said_outright(
    text: str,
    hits: Iterable[Hit],
    cues: FrameCues,
    is_character: Callable[[Sequence[str]], bool],
) -> tuple[Hit, ...]:
    """The hits of the rules that are said outright, whatever the model makes of message and card.

    ``is_character`` is what the conversation showed before this message.
    """
    unmarked = [one for one in cues.clauses if one.mark in (Mark.PLAIN, Mark.OOC)]
    found = []
    for hit in hits:
        least = OUTRIGHT.get(hit.kind)
        words = text[hit.start : hit.end]
        if least is None or hit.self_evidence < least[0] or hit.confidence < least[1]:
            continue
        if counts_in_fiction(hit) or not is_proper(words):
            continue
        if not any(one.start <= hit.start < one.end for one in unmarked):
            continue
        if hit.kind is Kind.NAME and is_character([plain(word) for word in words.split()]):
            continue
        found.append(hit)
    return tuple(found)


def doubtful(text: str, hits: Iterable[Hit], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What was said outright, as findings, but for what is one already."""
    return tuple(
        Finding(
            hit.kind,
            hit.start,
            hit.end,
            Frame.FICTION,
            severity(hit.kind, text[hit.start : hit.end]),
            hit.confidence,
            hit.detector,
            hit.reason,
        )
        for hit in hits
        if not any(one.start < hit.end and hit.start < one.end for one in findings)
    )
