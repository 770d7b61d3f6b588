"""What one text by itself holds that a limit may turn on: the records that pass from reading to judging."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import StrEnum

from discretion.guard._view import Mark
from discretion.records import Limit, LimitReason


class Status(StrEnum):
    """What a mention says of an age."""

    UNDER = "under"
    ADULT = "adult"
    UNSURE = "unsure"


class Form(StrEnum):
    """How a mention says it."""

    NUMBER = "number"
    SCHOOL = "school"
    TERM = "term"
    LOOKS = "looks"
    BIRTH_YEAR = "birth_year"
    THRESHOLD = "threshold"


class Whom(StrEnum):
    """Of whom the wording says it, as far as one text can tell."""

    AUTHOR = "author"
    AUTHOR_PAST = "author_past"
    ADDRESSEE = "addressee"
    PRONOUN = "pronoun"
    NAMED = "named"
    """A name or a noun that stands for somebody ("the apprentice"); ``label`` says which."""
    RELATIVE = "relative"
    """A relative, pupil or acquaintance of the author's."""
    GROUP = "group"
    NOBODY = "nobody"
    """No subject at all ("fourteen, but nearly fifteen")."""


@dataclass(frozen=True, slots=True)
class AgeMention:
    """One statement of an age, ``[start, end)`` in the text as given.

    ``scene`` and ``life`` in [0, 1] say how strongly the wording puts it into a story or into real life;
    ``is_explicit`` is whether it states the author's own age outright; ``label`` is a key of the name or
    noun that it is said of (0: none); ``is_correction`` is whether the clause takes an earlier one back;
    ``birth_year`` is a year of birth, whose age depends on when the message was sent.
    """

    start: int
    end: int
    status: Status
    form: Form
    whom: Whom
    label: int = 0
    is_explicit: bool = False
    scene: float = 0.0
    life: float = 0.0
    mark: Mark = Mark.PLAIN
    is_correction: bool = False
    birth_year: int = 0
    is_bare: bool = False
    """Only a place where an age may stand; without more it says nothing."""
    is_present: bool = False
    """The wording puts the person into what happens now."""
    also: int = 0
    """Key of a second word for the same person ("Rin, a 16 year old [student]")."""
    is_away: bool = False
    """The wording puts the person elsewhere or into the past."""
    is_beside: bool = False
    """The wording lets the person act toward, or be with, "us", "me" or "you" now."""
    is_kin: bool = False
    """A relative of somebody whom the text speaks of ("her son Leo is 7")."""


class Referent(StrEnum):
    """Whom a text spoke of last, for the pronoun of the next one."""

    RELATIVE = "relative"
    PET = "pet"
    CHARACTER = "character"


TOLD_REAL = 0.6
"""The weight from which more than a name and a part makes somebody real: those alone weigh less."""


@dataclass(frozen=True, slots=True)
class PersonCue:
    """Somebody who may be real and is put into the scene, ``[start, end)`` in the text as given.

    ``real`` in [0, 1] says how strongly the wording presents them as real; ``keys`` are the keys of their
    name, by which the card and what was said before can tell more.
    """

    start: int
    end: int
    real: float
    fictional: float
    keys: tuple[int, ...] = ()
    is_of_story: bool = False
    """Counts only in a line of the story: told of life it is a mention."""
    is_asked_for: bool = False
    """Told or asked for of the author with somebody by their full name: whether that is the scene and they
    are real no conversation tells, so the model does not allow it."""


@dataclass(frozen=True, slots=True)
class CrimeCue:
    """A request for real-world help with a crime, ``[start, end)`` in the text as given; ``weight`` ≥ 0."""

    start: int
    end: int
    family: str
    weight: float
    is_life: bool


@dataclass(frozen=True, slots=True)
class LimitCues:
    """What one text by itself holds that a limit may turn on; picklable, without any of the text."""

    ages: tuple[AgeMention, ...] = ()
    referent: Referent | None = None
    keys: frozenset[int] = frozenset()
    """Keys of the words that may name somebody."""
    pronouns: frozenset[str] = frozenset()
    goes_on: bool = False
    """A bare go-on ("yes", "continue")."""
    leaves: bool = False
    """Somebody is taken out of the scene, or the scene is given up."""
    leavers: frozenset[int] = frozenset()
    """Keys of those who leave by name ("Rin leaves")."""
    asks_age_of: Whom | None = None
    """Whose age the text asks for last."""
    supposes: int = 0
    """1 where it asks the other whether they are under 18, -1 where it asks whether they are of age."""
    acts: bool = False
    """It has an action between stars."""
    answers: int = 0
    """1 where it begins with a yes, -1 where it begins with a no."""
    people: tuple[PersonCue, ...] = ()
    real_keys: frozenset[int] = frozenset()
    """Keys of names that the text presents as people of the author's life."""
    crimes: tuple[CrimeCue, ...] = ()
    crisis: tuple[int, ...] = ()
    """Where the text shows that its author may harm themself."""
    asks_again: bool = False
    gives_up: bool = False
    pleads: bool = False
    """Argues for somebody who was refused."""
    length: int = 0

    @property
    def told_real(self) -> tuple[tuple[int, int], ...]:
        """The spans of people whom more than a name and a part presents as real."""
        return tuple((one.start, one.end) for one in self.people if one.real - one.fictional >= TOLD_REAL)


@dataclass(frozen=True, slots=True)
class LimitJudgement:
    """The limits of the message itself, every reason that holds for it, and whether it shows a crisis."""

    limits: tuple[Limit, ...] = ()
    reasons: tuple[LimitReason, ...] = ()
    crisis: bool = False


def key(word: str) -> int:
    """A number that stands for a word, the same on every core, so that no text is kept; never 0."""
    return zlib.crc32(word.encode()) | 1
