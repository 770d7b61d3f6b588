"""A conversation of many turns with one table: one for one throughout, and all comes back."""

from __future__ import annotations

import re
from random import Random

import pytest
from tests.guard.stand_ins.told import SECRET, marked

from discretion.guard import Fact
from discretion.guard.restore import RestoreTable
from discretion.guard.stand_ins import StandIns, applied
from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words, places
from discretion.records import Kind, Pair

TURNS = 30
_WORD = re.compile(r"[^\W_]+")


def _listed(names: frozenset[str] | set[str]) -> list[str]:
    return sorted(one for one in names - ordinary_words() if one.isascii() and one.isalpha() and len(one) > 3)


GIVEN, FAMILY, PLACES = _listed(given_names()), _listed(family_names()), _listed(places())
FIRMS = ["acme plumbing", "tulsa fire dept", "st lukes hospital", "brightline motors", "harlan & sons"]


def _value(random: Random) -> str:
    case = random.choice([str.lower, str.title, str.title, str.upper])
    name = case(f"{random.choice(GIVEN)} {random.choice(FAMILY)}")
    return random.choice(
        [
            f"[{case(random.choice(GIVEN))}]",
            f"[{name}]",
            f"[location:{case(random.choice(PLACES))}]",
            f"[workplace:{case(random.choice(FIRMS))}]",
            f"[phone:918-555-0{random.randint(100, 199)}]",
            f"[email:{random.choice(GIVEN)}.{random.choice(FAMILY)}@mail.example]",
        ]
    )


def _said(random: Random, pairs: tuple[Pair, ...]) -> str:
    told = " and ".join(_value(random) for _ in range(random.randint(0, 3)))
    if not pairs:
        return told
    mine = [random.choice(pairs).real for _ in range(3)]
    return f"{told} so {mine[0]}'s {mine[1].lower()} {mine[2].upper()}"


@pytest.mark.parametrize("seed", [1, 2])
def test_one_for_one_through_many_turns(seed: int) -> None:
    random = Random(seed)
    stand_ins = StandIns(secret=bytes([seed]) * 32)
    handed: dict[Pair, None] = {}
    for turn in range(TURNS):
        text, findings = marked(_said(random, stand_ins.pairs))
        if turn % 7 == 6:
            stand_ins.take_in(f"a card with {random.choice(stand_ins.pairs).stand_in} in it")
        stand_ins.take_in(text)
        replaced = stand_ins.replace(text, findings)
        handed |= {one.pair: None for one in replaced if one.pair}
        left = applied(text, replaced)
        assert all(one.pair for one in replaced), "none is without a stand-in"
        assert RestoreTable(handed).restore(left).lower() == text.lower()
        names = {p.real.lower() for p in stand_ins.pairs if p.kind in (Kind.NAME, Kind.LOCATION)}
        assert not (names - ordinary_words()) & set(_WORD.findall(left.lower())), "as a word"
    active = [pair for pair in stand_ins.pairs if pair.is_active]
    assert len(active) == len({p.real.lower() for p in active}) == len({p.stand_in.lower() for p in active})
    assert len(active) < len(stand_ins.pairs), "some were retired on the way"


def test_many_facts_leave_and_come_back() -> None:
    random = Random(3)
    facts = [Fact(Kind.NAME, f"{random.choice(GIVEN)} {random.choice(FAMILY)}".title()) for _ in range(120)]
    stand_ins = StandIns(secret=SECRET, facts=facts)
    for fact in facts[::12]:
        text = f"and then {fact.value} came and {fact.value.lower()} left"
        left = applied(text, stand_ins.replace(text, ()))
        assert not set(fact.value.lower().split()) & set(left.lower().split())
        assert RestoreTable(stand_ins.pairs).restore(left) == text


def test_stand_ins_are_about_as_long() -> None:
    random = Random(4)
    apart = []
    for name in random.sample(GIVEN, 40):
        stand_ins = StandIns(secret=SECRET)
        text, findings = marked(f"with [{name.title()}] again")
        stand_ins.replace(text, findings)
        apart.append(abs(len(stand_ins.pairs[0].stand_in) - len(name)))
    assert sorted(apart)[len(apart) * 9 // 10] <= 3, "nine of ten within three letters"
