"""The linkage graph: accounts and the person, what links them, and the chains that lead through it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from discretion.exposure._leak_rules import link_rules
from discretion.records import PERSON, Leak, Link, Reach, Strength

if TYPE_CHECKING:
    import networkx as nx


def holder_node(name: str) -> str:
    """The node of a platform or of the person."""
    return PERSON if name == PERSON else f"platform:{name}"


def link_node(position: int) -> str:
    """The node of a link, by its position in ``Leak.links``."""
    return f"link:{position}"


def linkage(platform: str, links: Sequence[Link]) -> nx.Graph[Any]:
    """A bipartite graph: a node for each link, joined to everything it is between, by its strength there."""
    import networkx as nx

    made: nx.Graph[Any] = nx.Graph()
    made.add_node(holder_node(platform), type="platform", label=platform, is_leaked=True)
    for position, link in enumerate(links):
        node = link_node(position)
        made.add_node(node, type="link", label=link.label, basis=link.basis, facts=link.facts)
        for name in link.between:
            holder = holder_node(name)
            if holder not in made:
                is_person = name == PERSON
                made.add_node(
                    holder,
                    type="person" if is_person else "platform",
                    label="you" if is_person else name,
                    is_leaked=False,
                )
            strength = link.to_person if name == PERSON and link.to_person else link.strength
            made.add_edge(holder, node, strength=strength.value, basis=link.basis)
    return made


def reached(platform: str, links: Sequence[Link]) -> tuple[list[Link], tuple[Reach, ...]]:
    """The links that hang together with the platform, and everybody at the end of a chain from it.

    Of several chains the surest counts (the one whose weakest link is strongest), and of these the shortest.
    From the person onwards none is more than likely: who knows somebody has yet to find their accounts.
    """
    import networkx as nx

    every = linkage(platform, links)
    inside = nx.node_connected_component(every, holder_node(platform))
    near = sorted(
        (link for position, link in enumerate(links) if link_node(position) in inside),
        key=lambda link: (link.to_person is None, -link.strength.rank, link.basis, link.between),
    )
    graph = _ways(linkage(platform, near))
    found: dict[str, Reach] = {}
    for strength in Strength:
        sure = graph.edge_subgraph(
            [(a, b) for a, b, how in graph.edges(data="strength") if Strength(how).rank >= strength.rank]
        )
        if holder_node(platform) not in sure:
            continue
        chains = nx.single_source_shortest_path(sure, holder_node(platform))
        for node, chain in chains.items():
            if node not in found and not node.startswith("link:") and len(chain) > 1:
                found[node] = _reach(strength, chain, near)
    ordered = sorted(
        found.values(), key=lambda one: (one.target != PERSON, -one.strength.rank, len(one.path), one.target)
    )
    return near, tuple(ordered)


def _ways(graph: nx.Graph[Any]) -> nx.DiGraph[Any]:
    """The graph as a thief may walk it."""
    ways = graph.to_directed()
    for _, _, edge in ways.out_edges([PERSON] if PERSON in ways else [], data=True):
        if Strength(edge["strength"]).rank > Strength.LIKELY.rank:
            edge["strength"] = Strength.LIKELY.value
    return ways


def graph(leak: Leak) -> nx.Graph[Any]:
    """The linkage graph of a leak, for ``networkx`` and all that reads its node-link data.

    Nodes: ``platform:…`` and ``person`` (``type``, ``label``, ``is_leaked``), ``link:N`` (``type``,
    ``label``, ``basis``, ``facts``; N is the position in ``Leak.links``). Edges: ``strength``, ``basis``.
    """
    return linkage(leak.platform, leak.links)


def _reach(strength: Strength, chain: Sequence[str], links: Sequence[Link]) -> Reach:
    path = tuple(node.removeprefix("platform:") for node in chain[::2])
    steps = tuple(int(node.removeprefix("link:")) for node in chain[1::2])
    told = [_step(a, links[step], b) for a, step, b in zip(path[:-1], steps, path[1:], strict=True)]
    return Reach(path[-1], strength, path, steps, "; ".join(told) + ".")


def _step(a: str, link: Link, b: str) -> str:
    by = link_rules()[link.basis].by
    if b == PERSON:
        return f"{a} leads to you by {by}"
    if a == PERSON:
        return f"whoever finds out who you are may find {b} by {by}"
    return f"{a} and {b} share the same {link.label}"
