"""The cues of a long text, put together from those of its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from discretion.guard.limits._cues import AgeMention, CrimeCue, LimitCues, PersonCue

MOST_CRIMES = 200


def joined(pieces: Sequence[tuple[int, LimitCues]]) -> LimitCues:
    """One ``LimitCues`` from those of pieces, each with the place in the text where it starts.

    What two overlapping pieces both saw is kept once. Of a bare go-on there is none in a long text.
    """
    parts = [cues for _, cues in pieces]
    ages: dict[tuple[int, int], AgeMention] = {}
    people: dict[tuple[int, int], PersonCue] = {}
    crimes: dict[tuple[int, int, str], CrimeCue] = {}
    for at, cues in pieces:
        for age in cues.ages:
            moved = replace(age, start=age.start + at, end=age.end + at)
            ages.setdefault((moved.start, moved.end), moved)
        for person in cues.people:
            placed = replace(person, start=person.start + at, end=person.end + at)
            people.setdefault((placed.start, placed.end), placed)
        for crime in cues.crimes:
            found = replace(crime, start=crime.start + at, end=crime.end + at)
            crimes.setdefault((found.start, found.end, found.family), found)
    return LimitCues(
        ages=tuple(ages[place] for place in sorted(ages)),
        referent=next((cues.referent for cues in reversed(parts) if cues.referent), None),
        keys=frozenset().union(*(cues.keys for cues in parts)),
        pronouns=frozenset().union(*(cues.pronouns for cues in parts)),
        leavers=frozenset().union(*(cues.leavers for cues in parts)),
        supposes=parts[-1].supposes,
        answers=parts[0].answers,
        acts=any(cues.acts for cues in parts),
        leaves=any(cues.leaves for cues in parts),
        asks_age_of=next((cues.asks_age_of for cues in reversed(parts) if cues.asks_age_of), None),
        people=tuple(sorted(people.values(), key=lambda one: (one.fictional - one.real, one.start))[:4]),
        real_keys=frozenset().union(*(cues.real_keys for cues in parts)),
        crimes=tuple(sorted(crimes.values(), key=lambda one: -one.weight)[:MOST_CRIMES]),
        crisis=tuple(sorted({at + place for at, cues in pieces for place in cues.crisis})),
        asks_again=any(cues.asks_again for cues in parts),
        gives_up=any(cues.gives_up for cues in parts),
        pleads=any(cues.pleads for cues in parts),
        length=pieces[-1][0] + pieces[-1][1].length if pieces else 0,
    )
