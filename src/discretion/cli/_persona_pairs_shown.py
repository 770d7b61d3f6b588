"""How stand-ins are shown: as lines with what each is, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discretion.cli._called import as_called
from discretion.records import Kind, Pair

Others = Sequence[tuple[int, Sequence[Pair]]]
"""The port of a gateway that keeps nothing, and its pairs."""


def document(persona: str, source: str, pairs: Sequence[Pair], more: Others, *, show_text: bool) -> str:
    """One JSON document, retired pairs too (discretion.stand-ins/1)."""
    from discretion.cli._persona_shown import as_json

    return as_json(
        "stand-ins",
        name=persona or None,
        source=source,
        stand_ins=_rows(pairs, show_text=show_text),
        gateways=[{"port": port, "stand_ins": _rows(those, show_text=show_text)} for port, those in more],
    )


def shown(persona: str, pairs: Sequence[Pair], more: Others, *, show_text: bool, show_all: bool) -> str:
    """A table, at first of the vault or the one gateway, then of the gateways that keep nothing."""
    if not pairs and not any(those for _, those in more):
        return "Nothing was replaced yet. Stand-ins are chosen when the gateway first meets a real value."
    lines = _table(pairs, show_text=show_text, show_all=show_all)
    for port, those in more:
        lines += [f"The gateway on port {port}, which keeps nothing:" if those else ""]
        lines += _table(those, show_text=show_text, show_all=show_all)
    every = [*pairs, *(one for _, those in more for one in those)]
    retired = sum(not one.is_active for one in every)
    if retired and not show_all:
        lines.append(f"{retired} retired {'is' if retired == 1 else 'are'} not shown; --all shows them.")
    if not show_text:
        lines.append("The real values are masked; --show-text shows them.")
    if first := next((one for one in every if one.is_active), None):
        named = f'"{persona}"' if persona else "-"
        pinned = f"persona set {named} pin {first.kind.value} STAND_IN --of {first.number}"
        lines.append(as_called(f"Choose one yourself: discretion {pinned}"))
    return "\n".join(filter(None, lines))


def what(pair: Pair) -> str:
    """What a pair stands for: of a name the part where it is known, else the kind."""
    from discretion.guard.stand_ins.kinds.name import is_family
    from discretion.knowledge.gazetteer import given_names

    word = pair.real.casefold()
    if pair.kind is Kind.NAME and is_family(word):
        return "family name"
    if pair.kind is Kind.NAME and word in given_names():
        return "given name"
    return pair.kind.value.replace("_", " ")


def _table(pairs: Sequence[Pair], *, show_text: bool, show_all: bool) -> list[str]:
    from discretion.cli._report._printable import printable

    rows = [
        (
            str(one.number or ""),
            what(one),
            printable(one.real) if show_text else "·····",
            printable(one.stand_in),
            "retired" if not one.is_active else "pinned" if one.is_pinned else "",
        )
        for one in pairs
        if one.is_active or show_all
    ]
    wide = [max((len(row[at]) for row in rows), default=0) for at in range(4)]
    lines = []
    for number, kind, real, stand_in, state in rows:
        left = f"{number:>{wide[0]}}  {kind:<{wide[1]}}  {real:<{wide[2]}}"
        lines.append(f"{left} → {stand_in:<{wide[3]}}  {state}".rstrip())
    return lines


def _rows(pairs: Sequence[Pair], *, show_text: bool) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "kind": one.kind.value,
            "stand_in": one.stand_in,
            "real": one.real if show_text else None,
            "group": one.group,
            "pinned": one.is_pinned,
            "made_at": one.made_at.isoformat(),
            "retired_at": one.retired_at.isoformat() if one.retired_at else None,
        }
        for one in pairs
    ]
