"""`persona show NAME --stand-ins` and `persona set NAME pin`: what leaves in the place of real values.

From the vault, and where there is none from the running gateway, which alone knows them then.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from discretion.cli._passphrase import open_vault
from discretion.records import DiscretionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discretion.gateway._control_client import Control
    from discretion.records import Pair
    from discretion.vault import Vault

NOBODY = "-"
"""How a gateway that runs without a persona is named."""
_PIN = "discretion persona set NAME pin KIND STAND_IN --of NUMBER"


class NotPinned(DiscretionError):
    """No stand-in could be chosen as asked; the message holds no value."""

    exit_code = 2


def show_stand_ins(
    name: str, passphrase_file: Path | None, passphrase_fd: int | None, *, show_text: bool, as_json: bool
) -> None:
    """Print the pairs of one persona: stand-ins always, since they are invented, real values if asked for."""
    from discretion.cli._output import output
    from discretion.vault import is_there

    if is_there():
        with open_vault(passphrase_file, passphrase_fd) as vault:
            persona, pairs = _of_vault(vault, name, "persona show")
        source = "vault"
    else:
        persona, control = _running(name)
        pairs, source = _of_gateway(control), "gateway"
    with output():
        if as_json:
            click.echo(_document(persona, source, pairs, show_text=show_text))
        else:
            click.echo(_shown(persona, pairs, show_text=show_text))


def pin(
    name: str,
    words: tuple[str, ...],
    number: int | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Choose the stand-in of one pair: in the vault, else in the running gateway alone."""
    from discretion.cli._persona_settings import reloaded
    from discretion.records import Kind
    from discretion.vault import is_there

    if len(words) != 2:
        raise click.UsageError(f"say the kind and the stand-in: {_PIN}")
    kind, stand_in = words
    if kind not in set(Kind):
        raise click.UsageError(f"a pin begins with a kind ({', '.join(Kind)}): {_PIN}")
    if not is_there():
        _, control = _running(name)
        chosen = _chosen(_of_gateway(control), Kind(kind), number)
        control.pin(chosen, stand_in)
        click.echo("Pinned, as long as this gateway runs; with a vault it would stay.")
        return
    with open_vault(passphrase_file, passphrase_fd) as vault, vault.transaction():
        persona, pairs = _of_vault(vault, name, "persona set")
        _pin_in_vault(vault, persona, pairs, _chosen(pairs, Kind(kind), number), stand_in)
    click.echo(f"Pinned. What was sent before still comes back as the real one.{reloaded()}")


def _pin_in_vault(vault: Vault, persona: str, pairs: Sequence[Pair], number: int, stand_in: str) -> None:
    from discretion.guard import Fact
    from discretion.guard.stand_ins import StandIns, keep_pairs
    from discretion.vault import Asker, read_facts

    kept = read_facts(vault, Asker("persona set", "cli"))
    facts = [Fact(fact.kind, fact.value, fact.aliases) for fact in kept]
    table = StandIns(persona, pairs, facts=facts, secret=vault.subkey("gateway stand-ins"))
    table.pin(number, stand_in)
    keep_pairs(vault, table.take_changed())


def _chosen(pairs: Sequence[Pair], kind: Any, number: int | None) -> int:
    """The number of the pair that is meant. Raises ``NotPinned``."""
    found = [one for one in pairs if one.kind is kind and one.is_active and one.number is not None]
    if number is not None:
        found = [one for one in found if one.number == number]
    see = "see: discretion persona show NAME --stand-ins"
    if not found:
        which = f"with the number {number} " if number is not None else ""
        raise NotPinned(f"there is no stand-in {which}for a {kind.value}; {see}")
    if len(found) > 1:
        raise NotPinned(f"there are {len(found)} stand-ins for a {kind.value}; say which: --of NUMBER; {see}")
    return int(found[0].number or 0)


def _of_vault(vault: Vault, name: str, verb: str) -> tuple[str, tuple[Pair, ...]]:
    from discretion.guard.stand_ins import read_pairs
    from discretion.identity import persona_named
    from discretion.vault import Asker

    asker = Asker(verb, "cli")
    persona = "" if name == NOBODY else persona_named(vault, asker, name).name
    return persona, read_pairs(vault, asker, persona)


def _of_gateway(control: Control) -> tuple[Pair, ...]:
    from datetime import datetime

    from discretion.records import Kind, Pair

    # Without a vault a gateway gives no numbers: it knows a pair by its place.
    return tuple(
        Pair(
            persona=one["persona"],
            kind=Kind(one["kind"]),
            real=one["real"],
            stand_in=one["stand_in"],
            made_at=datetime.fromisoformat(one["made_at"]),
            group=one["group"],
            is_pinned=one["is_pinned"],
            retired_at=datetime.fromisoformat(one["retired_at"]) if one["retired_at"] else None,
            number=one["number"] or place,
        )
        for place, one in enumerate(control.stand_ins(), 1)
    )


def _running(name: str) -> tuple[str, Control]:
    """The gateway that runs for this persona. Raises ``NotPinned`` where there is none."""
    from discretion.gateway._control_client import Control

    wanted = "" if name == NOBODY else " ".join(name.split()).casefold()
    for control in Control.running():
        persona = str(control.state()["persona"])
        if persona.casefold() == wanted:
            return persona, control
    raise NotPinned(
        "there is no vault, and no gateway runs for that persona; stand-ins are known to one or the other"
    )


def _document(persona: str, source: str, pairs: Sequence[Pair], *, show_text: bool) -> str:
    from discretion.cli._persona_shown import as_json

    rows = [
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
    return as_json("stand-ins", name=persona or None, source=source, stand_ins=rows)


def _shown(persona: str, pairs: Sequence[Pair], *, show_text: bool) -> str:
    from discretion.cli._report._printable import printable

    if not pairs:
        return "Nothing was replaced yet. Stand-ins are chosen when the gateway first meets a real value."
    rows = [
        (
            str(one.number or ""),
            one.kind.value,
            printable(one.real) if show_text else "·····",
            printable(one.stand_in),
            "retired" if not one.is_active else "pinned" if one.is_pinned else "",
        )
        for one in pairs
    ]
    wide = [max(len(row[at]) for row in rows) for at in range(4)]
    lines = []
    for number, kind, real, stand_in, state in rows:
        left = f"{number:>{wide[0]}}  {kind:<{wide[1]}}  {real:<{wide[2]}}"
        lines.append(f"{left} → {stand_in:<{wide[3]}}  {state}".rstrip())
    named = f'"{persona}"' if persona else NOBODY
    if not show_text:
        lines.append("The real values are masked; --show-text shows them.")
    if first := next((one for one in pairs if one.is_active), None):
        pinned = f"persona set {named} pin {first.kind.value} STAND_IN --of {first.number}"
        lines.append(f"Choose one yourself: discretion {pinned}")
    return "\n".join(lines)
