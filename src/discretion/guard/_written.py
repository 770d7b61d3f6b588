"""What is asked to be written, or told of an invented character: nobody's life, so no finding of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from discretion.guard._detector import Hit
from discretion.guard._view import View

_GATE = (
    "character",
    " oc ",
    "oc's",
    " ocs",
    "persona",
    "protagonist",
    "heroine",
    "villain",
    "writ",
    "story",
    "bio",
    "poem",
    "song",
    "scene",
)
_INVENTED = re.compile(
    r"(?<!\w)(?:(?:my|our|the|an?|new|main|his|her) (?:\w+ )?"
    r"(?:ocs?|characters?|persona|protagonist|heroine|villain)(?!\w)"
    r"(?! (?:limit|performer|actor|actress|artist|designer|development|sheet))"
    r"|(?:write|writing|make|draft|create|generate|compose|invent)(?: \w+){0,2}? "
    r"(?:an?|some|the)(?: [\w-]+){0,2}? "
    r"(?:bio|biography|story|stories|poem|poems|backstory|scene|song|limerick|haiku|sonnet|fic|fanfic|fanfiction|"
    r"tale|monologue|dialogue|script|novel|chapter)(?: for| about| of| where| in which| with| on)(?!\w))"
)
# With one of these the author comes in: "a poem for my wife Dana", "my character is a nurse like me".
_AUTHOR = re.compile(r"(?<!\w)(?:my|our|me|i|i'm|im|i’m|ive|i've|mine|irl|us)(?!\w)")
_END = re.compile(r"[.!?\n;]+(?=\s|$)")


def _written(view: View) -> tuple[tuple[int, int], ...]:
    text = view.folded.text
    padded = f" {text} "
    if not any(sign in padded for sign in _GATE):
        return ()
    found: list[tuple[int, int]] = []
    for match in _INVENTED.finditer(text):
        stop = _END.search(text, match.end())
        author = _AUTHOR.search(text, match.end(), stop.start() if stop else len(text))
        end = author.start() if author else stop.start() if stop else len(text)
        if end > match.end():
            span = view.given(match.start(), end)
            found.append((span.start, span.end))
    return tuple(found)


def of_life(find: Callable[[View], Iterable[Hit]]) -> Callable[[View], Iterator[Hit]]:
    """A detector without its hits on what is asked to be written: "write me a bio for Sam, 28"."""

    @wraps(find)
    def found(view: View) -> Iterator[Hit]:
        for hit in find(view):
            if not any(start <= hit.start < end for start, end in view.once(_written)):
                yield hit

    return found
