"""The gateway's figures as tables, and as a page."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.tables import NOTHING, Table, plain

_WORDS = Path(__file__).with_name("gateway_page.toml")
_PLACES = ("own words", "persona", "name field", "user field", "tool arguments", "tool result")


def gateway_tables(document: Mapping[str, Any]) -> list[Table]:
    """Every table of the document."""
    systems = document["systems"]
    made = [_limits(document), _times(systems), _leaks(systems), _story(systems)]
    if document["load"]:
        made.append(_load(document["load"]))
    if document["memory"]:
        made.append(_memory(document["memory"]))
    return made


def page(document: Mapping[str, Any]) -> str:
    """The page, with the machine, the date and the versions first."""
    words = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    on, plan = document["machine"], document["plan"]
    conditions = (
        ("date", document["date"]),
        ("machine", f"{on['cpu']}, {on['cores']} cores, {on['memory_gib']} GiB"),
        ("system", f"{on['system']}, Python {on['python']}"),
        (
            "load at the start",
            f"{on['load']} (of {on['cores']}); client, gateway and provider share the cores",
        ),
        ("provider", f"throwaway, on loopback; answers at once, then a piece every {plan['gap_ms']:.0f} ms"),
    )
    systems = [(row["title"], row["version"], row["setting"]) for row in document["systems"].values()]
    written = [
        "# The gateway's benchmark",
        "Written by `python -m benchmarks.gateway --output docs/gateway-benchmarks.md`; do not edit by hand.",
        Table("", ("condition", "value"), conditions, holds_words=True).markdown(),
        Table("", ("system", "version", "setting"), tuple(systems), holds_words=True).markdown(),
        words["systems"].strip(),
        *(f"- skipped: {line}" for line in document["skipped"]),
    ]
    for table in gateway_tables(document):
        written += [f"## {table.title}", table.markdown(), words["notes"].get(table.title, "").strip()]
    written += ["## What the model saw", _samples(document["systems"])]
    written += ["## Real clients, by hand", words["by_hand"].strip()]
    written += ["## What the numbers do not show", words["caveats"].strip()]
    return "\n\n".join(filter(None, written)) + "\n"


def _limits(document: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            row["what"],
            f"≤ {row['at_most']:g} {row['unit']}".strip(),
            plain(row["measured"]),
            "yes" if row["holds"] else "no",
        )
        for row in document["limits"]
    )
    return Table("What is promised", ("what", "at most", "measured", "holds"), rows)


def _times(systems: Mapping[str, Any]) -> Table:
    cells: list[tuple[str, Callable[[Mapping[str, Any]], float | None]]] = [
        ("a card seen the first time, p50", lambda one: one["times"]["first_card_ms"]),
        ("a further talk with that card, turn 1, p50", lambda one: one["times"]["opening_p50_ms"]),
        ("turn 2, p50", lambda one: one["times"]["turn_2_p50_ms"]),
        ("turn 2, p95", lambda one: one["times"]["turn_2_p95_ms"]),
        ("199 turns never seen, at once", lambda one: one["times"]["first_history_ms"]),
        ("turn 200, p50", lambda one: one["times"]["turn_200_p50_ms"]),
        ("turn 200, p95", lambda one: one["times"]["turn_200_p95_ms"]),
        ("whole reply at turn 2, p50", lambda one: one["times"]["whole_p50_ms"]),
        ("start until it accepts, s", lambda one: one["started_s"] or None),
        ("memory after the talk, MiB", lambda one: one["memory_mib"]),
    ]
    return _side_by_side("Added time", systems, [(what, _figure(cell)) for what, cell in cells])


def _leaks(systems: Mapping[str, Any]) -> Table:
    def of(place: str) -> Callable[[Mapping[str, Any]], str]:
        return lambda one: _share(one["privacy"], [place])

    cells = [(place, of(place)) for place in _PLACES]
    cells.append(("all", lambda one: _share(one["privacy"], _PLACES)))
    return _side_by_side("Planted values that the provider received", systems, cells)


def _share(privacy: Mapping[str, Any], places: tuple[str, ...] | list[str]) -> str:
    leaked = sum(len(privacy["leaked"].get(place, ())) for place in places)
    return f"{leaked} of {sum(privacy['looked_for'].get(place, 0) for place in places)}"


def _story(systems: Mapping[str, Any]) -> Table:
    cells: list[tuple[str, Callable[[Mapping[str, Any]], str]]] = [
        ("mentions that came back right", lambda one: str(one["privacy"]["restored"])),
        ("mentions that did not come back", lambda one: str(one["privacy"]["not_restored"])),
        ("wrong restores", lambda one: str(one["privacy"]["wrong"])),
        ("replies otherwise altered", lambda one: str(one["privacy"]["altered"])),
        ("marks of a machine that the model saw", lambda one: str(one["privacy"]["placeholders"])),
        ("names of the story taken from it", lambda one: str(one["privacy"]["story_names"])),
        ("messages that changed between requests", lambda one: str(one["privacy"]["changed"])),
        ("words changed in a front end's own prompts", lambda one: str(one["privacy"]["prompt_words"])),
        ("requests refused", lambda one: str(len(one["privacy"]["refused"]))),
    ]
    return _side_by_side("The story", systems, cells)


def _side_by_side(
    title: str, systems: Mapping[str, Any], cells: list[tuple[str, Callable[[Mapping[str, Any]], str]]]
) -> Table:
    heads = ("", *(one["title"] for one in systems.values()))
    return Table(title, heads, tuple((what, *map(cell, systems.values())) for what, cell in cells))


def _figure(cell: Callable[[Mapping[str, Any]], float | None]) -> Callable[[Mapping[str, Any]], str]:
    return lambda one: plain(cell(one))


def _load(load: Mapping[str, Any]) -> Table:
    rows = (
        ("streams at once", str(load["streams"])),
        ("whole", str(load["whole"])),
        ("exact to the last byte of their text", str(load["exact"])),
        ("with a line of another stream", str(load["mixed_up"])),
        ("first text, p50, ms", plain(load["first_p50_ms"])),
        ("first text, p95, ms", plain(load["first_p95_ms"])),
        ("all done after, s", plain(load["seconds"])),
        ("events", f"{load['events']:,}"),
    )
    return Table("Many streams at once (ours)", ("", "measured"), rows)


def _memory(memory: Mapping[str, Any]) -> Table:
    rows = (
        ("turns of one talk", f"{memory['turns']:,}"),
        ("turns a second", plain(memory["turns"] / memory["seconds"])),
        ("replies that were not as expected", str(memory["other_replies"])),
        *((f"memory after {turn:,} turns, MiB", plain(held)) for turn, held in memory["memory_mib"][::5]),
        (f"after {memory['turns']:,} turns, MiB", plain(memory["memory_mib"][-1][1])),
        (f"grown since turn {memory['growth_from_turn']:,}, MiB", plain(memory["growth_mib"])),
    )
    return Table("One long talk (ours)", ("", "measured"), rows)


def _samples(systems: Mapping[str, Any]) -> str:
    rows = [
        (one["title"], *(sample.replace("|", "\\|") for sample in one["privacy"]["samples"]))
        for one in systems.values()
    ]
    padded = tuple((*row, *([NOTHING] * (3 - len(row)))) for row in rows)
    return Table("", ("system", "message 2 of the talk", "message 4"), padded, holds_words=True).markdown()
