"""The linkage graph of a leak as a picture: which part of it is drawn, and with which words."""

from __future__ import annotations

from discretion.cli._report._leak_words import SURE, between_words, link_words
from discretion.cli._report._printable import printable
from discretion.records import PERSON, Leak, Link, Strength
from discretion.web.charts import Drawn
from discretion.web.charts.graph import Linkage, Node, Tie, draw_graph

MOST_ACCOUNTS = 40
"""Other accounts that are drawn, the surest first; the table names what links all of them."""
MOST_LINKS = 60


def drawing(leak: Leak, *, styled: bool) -> Drawn:
    """The picture and the table of links; ``styled`` puts the style sheet into the SVG."""
    chart = linkage(leak)
    return draw_graph(chart, "linkage", styled=styled)


def linkage(leak: Leak) -> Linkage:
    """What is drawn: this account, the person, the nearest other accounts, and what links these."""
    accounts = [one for one in leak.reaches if one.target != PERSON]
    shown = {leak.platform, *(one.target for one in accounts[:MOST_ACCOUNTS])}
    ends = {*shown, PERSON}
    needed = {step for one in leak.reaches if one.target in ends for step in one.links}
    links = _chosen(leak, ends, needed)
    drawn = {name for _, link in links for name in link.between if name in ends} | {leak.platform}
    nodes = [Node(leak.platform, printable(leak.platform), "middle", f"{printable(leak.platform)}: leaks")]
    if PERSON in drawn:
        nodes.append(Node(PERSON, "you", "person", "you"))
    nodes += [
        Node(one.target, printable(one.target), "account", one.words)
        for one in accounts
        if one.target in drawn
    ]
    nodes += [Node(f"link:{at}", link.label, "fact", _told(link)) for at, link in links]
    ties = tuple(
        Tie(
            f"link:{at}", name, (link.to_person if name == PERSON and link.to_person else link.strength).value
        )
        for at, link in links
        for name in link.between
        if name in drawn
    )
    return Linkage(
        title=f"What links the account at {printable(leak.platform)}",
        description=_description(leak, len(accounts)),
        nodes=tuple(nodes),
        ties=ties,
        key=("the account that leaks", "another account", "you" if PERSON in drawn else "", "what links"),
        sure=(SURE[Strength.CERTAIN], SURE[Strength.LIKELY], SURE[Strength.WEAK]),
        heads=("what links", "between", "how surely", "why"),
        rows=tuple(_row(link) for link in leak.links),
        note=_note(leak, len(nodes) - len(links), len(links)),
    )


def _chosen(leak: Leak, ends: set[str], needed: set[int]) -> list[tuple[int, Link]]:
    """The links between those that are drawn: first those that a chain needs, then the surest."""
    fitting = [
        (at, link)
        for at, link in enumerate(leak.links)
        if len([one for one in link.between if one in ends]) > 1
    ]
    fitting.sort(key=lambda one: (one[0] not in needed, -one[1].strength.rank, one[0]))
    return sorted(fitting[:MOST_LINKS])


def _told(link: Link) -> str:
    return f"{link_words(link)}: {between_words(link)}. {link.reason}"


def _row(link: Link) -> tuple[str, ...]:
    sure = link.strength.value
    if link.to_person and link.to_person is not link.strength:
        sure += f"; to you {link.to_person.value}"
    return link_words(link), between_words(link), sure, link.reason


def _description(leak: Leak, accounts: int) -> str:
    person = next((one for one in leak.reaches if one.target == PERSON), None)
    said = [
        f"{len(leak.links)} links, {accounts} other accounts.",
        f"You are reached ({person.strength.value}): {person.words}" if person else "You are not reached.",
        *(
            f"{printable(one.target)} ({one.strength.value})."
            for one in leak.reaches[:12]
            if one is not person
        ),
        "The table beside it holds every link.",
    ]
    return " ".join(said)


def _note(leak: Leak, holders: int, links: int) -> str:
    if not leak.links:
        return "Nothing that is known links this account to another or to you."
    everybody = len(leak.reaches) + 1
    left = [
        f"{everybody - holders} more accounts" if everybody > holders else "",
        f"{len(leak.links) - links} more links" if len(leak.links) > links else "",
    ]
    told = " and ".join(filter(None, left))
    return f"Not drawn: {told}." if told else ""
