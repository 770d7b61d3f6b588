"""The seam of the detectors: what one is, what it yields, how the guard finds them all.

A detector is a function from a ``View`` of one message to ``Hit``s, marked with ``@detector``. Every module
in ``discretion.guard.detectors`` is found by discovery; third parties publish theirs through the entry-point
group ``discretion.detectors``. A detector knows neither who called it nor what the conversation was: the
guard decides afterwards, with frame and memory, which hits become findings.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from discretion.guard._view import View
from discretion.records import DiscretionError, Kind

ENTRY_POINT_GROUP = "discretion.detectors"

OWN_FACT = "own_fact"
"""The detector name of hits that equal one of the user's own facts; they count in either frame."""


LONGEST_REASON = 120
"""Characters of a reason that are shown; a third party's could hold more than a reason."""


class DetectorClash(DiscretionError):
    """Two detectors share a name."""

    exit_code = 2


class DetectorNotLoaded(DiscretionError):
    """A third party's detector could not be loaded."""


class BadHit(DiscretionError):
    """A detector yielded another type, a kind that it does not declare, or a span outside the text."""


class Scope(StrEnum):
    """Where a detector may be trusted."""

    FORM = "form"
    """Right by its form in any language: an e-mail address, a card number."""
    LANGUAGE = "language"
    """Built on words: runs only where the language is one of the evaluated ones."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a detector saw: a kind and a run ``[start, end)`` in the text as given.

    ``confidence`` in (0, 1]; ``reason`` is a plain clause without the value ("card number, checksum right").
    ``self_evidence`` in [0, 1] says how strongly the wording alone shows that the author speaks of their own
    real life ("im a vet tech": 0.8; a bare name: 0).
    """

    kind: Kind
    start: int
    end: int
    confidence: float
    reason: str
    self_evidence: float = 0.0
    detector: str = ""


Find = Callable[[View], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Detector:
    """A named detector with the kinds that it may yield and the scope in which it may be trusted."""

    name: str
    kinds: frozenset[Kind]
    scope: Scope
    find: Find


def detector(name: str, kinds: Iterable[Kind], scope: Scope) -> Callable[[Find], Detector]:
    """Mark a function as the detector ``name``; the module-level name then holds the ``Detector``."""

    def mark(find: Find) -> Detector:
        return Detector(name, frozenset(kinds), scope, find)

    return mark


@cache
def discovered() -> tuple[Detector, ...]:
    """Every detector of this package and of the entry-point group, in the order of their names.

    Raises ``DetectorClash`` where two detectors share a name, so that none is silently replaced.
    """
    from discretion.guard import detectors as package

    found: dict[str, Detector] = {}
    modules = [
        importlib.import_module(f"{package.__name__}.{info.name}")
        for info in pkgutil.iter_modules(package.__path__)
    ]
    own = [value for module in modules for value in vars(module).values() if isinstance(value, Detector)]
    third = [_loaded(point) for point in entry_points(group=ENTRY_POINT_GROUP)]
    for one in [*own, *third]:
        if found.setdefault(one.name, one) is not one:
            raise DetectorClash(f"two detectors are named {one.name!r}; uninstall one of their packages")
    return tuple(found[name] for name in sorted(found))


def _loaded(point: EntryPoint) -> Detector:
    """A third party's detector; one that cannot be loaded fails on every message, and so is reported."""
    try:
        loaded = point.load()
    except (Exception, SystemExit) as error:
        return _unloaded(point.name, type(error).__name__)
    return loaded if isinstance(loaded, Detector) else _unloaded(point.name, "no Detector")


def _unloaded(name: str, why: str) -> Detector:
    def find(view: View) -> Iterable[Hit]:
        raise DetectorNotLoaded(why)

    return Detector(name, frozenset(), Scope.FORM, find)


def checked(one: Detector, hits: Iterable[Hit], length: int) -> list[Hit]:
    """The hits of ``one`` in ``length`` characters; raises ``BadHit`` where one breaks the seam's rules."""
    found = []
    for hit in hits:
        if not isinstance(hit, Hit) or hit.kind not in one.kinds:
            raise BadHit
        if not (0 <= hit.start < hit.end <= length and 0 < hit.confidence <= 1):
            raise BadHit
        found.append(
            hit if len(hit.reason) <= LONGEST_REASON else replace(hit, reason=hit.reason[:LONGEST_REASON])
        )
    return found
