"""The blast radius: one platform's breach, played through before it happens (decisions/0014).

A pure function over what the ledger and the personas recorded. It says what a thief reads, what that links
to other accounts and to the person, who could recognise them, which harms follow, and what to do first.
Rules and texts are data (``data/leak_*.toml``); no value and no digest reaches the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from discretion.exposure._leak_graph import graph, reached
from discretion.exposure._leak_holdings import Fact, Holdings, holdings, reads
from discretion.exposure._leak_links import links
from discretion.exposure._leak_rules import ActionRule, actions, harms, holds, people
from discretion.exposure._leak_signs import signs_of, unchecked
from discretion.records import (
    Action,
    Disclosure,
    Estimate,
    GivenField,
    Harm,
    Leak,
    Onlooker,
    PasswordGroup,
)

__all__ = ["MOST_ACTIONS", "graph", "leak"]

MOST_ACTIONS = 8
"""As many as can be kept in mind; our own choice."""
_MOST_TODAY = 5


def leak(
    platform: str,
    disclosures: Sequence[Disclosure],
    given: Sequence[GivenField],
    *,
    own: Iterable[Fact],
    passwords: Sequence[PasswordGroup] = (),
    estimate: Estimate | None = None,
    today: date,
    is_intimate: bool = True,
) -> Leak:
    """Play the breach of ``platform`` (a registrable domain).

    ``disclosures`` and ``given`` are those of all platforms, so that links are seen; ``own`` the kinds and
    digests of the facts that the user keeps as their own; ``estimate`` that of this platform's facts.
    ``is_intimate`` says that the chats there are intimate. The same arguments give the same answer.
    """
    held = holdings(disclosures, given, own)
    read = reads(platform, held)
    near, ends = reached(platform, links(platform, held, passwords, estimate))
    signs = signs_of(
        platform, held, read, near, ends, passwords=passwords, estimate=estimate, is_intimate=is_intimate
    )
    onlookers = tuple(Onlooker(one.id, one.who, one.why) for one in people() if holds(one.when, signs))
    signs |= {f"who:{one.id}" for one in onlookers}
    found = _harms(signs)
    signs |= {f"harm:{one.id}" for one in found}
    return Leak(
        platform=platform,
        today=today,
        is_known=bool(read or near),
        is_intimate=is_intimate,
        accounts=_accounts(held, passwords),
        status=estimate.status if estimate else None,
        k=estimate.k if estimate else None,
        bits=estimate.bits if estimate else None,
        reads=read,
        links=tuple(near),
        reaches=ends,
        onlookers=onlookers,
        harms=found,
        actions=_actions(signs, found),
        not_checked=unchecked(platform, held, passwords=passwords, estimate=estimate),
    )


def _accounts(held: Holdings, passwords: Sequence[PasswordGroup]) -> int:
    named = {one.platform for one in held.disclosures} | {one.platform for one in held.given}
    return len(named.union(*(group.platforms for group in passwords)))


def _harms(signs: set[str]) -> tuple[Harm, ...]:
    """Every harm of which a case holds, by its worst case, the worst first."""
    found = []
    for rule in harms():
        case = next((case for case in rule.cases if holds(case.when, signs)), None)
        if case:
            found.append(Harm(rule.id, rule.name, case.level, case.why, rule.claims))
    return tuple(sorted(found, key=lambda one: -one.level.rank))


def _actions(signs: set[str], found: Sequence[Harm]) -> tuple[Action, ...]:
    """What answers the harms, today's first; of these what answers the worst, then what helps most."""
    ranks = {harm.id: harm.level.rank for harm in found}

    def order(rule: ActionRule) -> tuple[int, int, int]:
        answered = [ranks[harm] for harm in rule.harms if harm in ranks]
        return -max(answered), -rule.helps, -sum(answered)

    fitting = sorted(
        (rule for rule in actions() if holds(rule.when, signs) and not ranks.keys().isdisjoint(rule.harms)),
        key=order,
    )
    today = [rule for rule in fitting if rule.timing == "today"]
    after = [rule for rule in fitting if rule.timing == "after"]
    kept = today[: max(_MOST_TODAY, MOST_ACTIONS - len(after))]
    kept += after[: MOST_ACTIONS - len(kept)]
    return tuple(
        Action(
            rule.id,
            rule.do,
            rule.because,
            rule.timing,
            tuple(harm.id for harm in found if harm.id in rule.harms),
            rule.claims,
        )
        for rule in kept
    )
