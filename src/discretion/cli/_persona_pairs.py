"""`persona show NAME --stand-ins` and `persona set NAME pin`: what leaves in the place of real values.

From the vault, and from a running gateway that keeps nothing there and alone knows its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from discretion.cli._passphrase import open_vault
from discretion.records import DiscretionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from discretion.gateway._control_client import Control
    from discretion.records import Kind, Pair
    from discretion.vault import Vault

NOBODY = "-"
"""How a gateway that runs without a persona is named."""
_PIN = "discretion persona set NAME pin KIND STAND_IN --of NUMBER"


class NotPinned(DiscretionError):
    """No stand-in could be chosen as asked; the message holds no value."""

    exit_code = 2


def show_stand_ins(
    name: str,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    *,
    show_text: bool,
    show_all: bool,
    as_json: bool,
) -> None:
    """Print the pairs of one persona: stand-ins always, since they are invented, real values if asked for.

    From the vault, and from every gateway that runs for the persona and keeps nothing there.
    """
    from discretion.cli._output import output
    from discretion.cli._persona_pairs_shown import document, shown
    from discretion.vault import is_there

    if is_there():
        with open_vault(passphrase_file, passphrase_fd) as vault:
            persona, pairs = _of_vault(vault, name, "persona show")
        source, others = "vault", _without_vault(persona)
    else:
        persona, control, *others = _running(name)
        pairs, source = _of_gateway(control), "gateway"
    more = [(one.port, _of_gateway(one)) for one in others]
    with output():
        if as_json:
            click.echo(document(persona, source, pairs, more, show_text=show_text))
        else:
            click.echo(shown(persona, pairs, more, show_text=show_text, show_all=show_all))


def pin(
    name: str,
    words: tuple[str, ...],
    number: int | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Choose the stand-in of one pair: in the vault, else in the running gateway that knows it alone."""
    from discretion.cli._persona_settings import reloaded
    from discretion.records import Kind
    from discretion.vault import is_there

    if len(words) != 2:
        raise click.UsageError(f"say the kind and the stand-in: {_PIN}")
    said, stand_in = words
    if said not in set(Kind):
        raise click.UsageError(f"a pin begins with a kind ({', '.join(Kind)}): {_PIN}")
    kind = Kind(said)
    if not is_there():
        _pin_in_gateway(_running(name)[1], kind, number, stand_in)
        return
    with open_vault(passphrase_file, passphrase_fd) as vault, vault.transaction():
        persona, pairs = _of_vault(vault, name, "persona set")
        others = [] if any(one.kind is kind for one in pairs) else _without_vault(persona)
        if not others:
            _pin_in_vault(vault, persona, pairs, _chosen(pairs, kind, number), stand_in)
    if others:
        _pin_in_gateway(others[0], kind, number, stand_in)
    else:
        click.echo(f"Pinned. What was sent before still comes back as the real one.{reloaded()}")


def _pin_in_gateway(control: Control, kind: Kind, number: int | None, stand_in: str) -> None:
    pairs = _of_gateway(control)
    chosen = _chosen(pairs, kind, number)
    _refuse_used(pairs, chosen, stand_in)
    control.pin(chosen, stand_in)
    click.echo("Pinned, as long as this gateway runs; with a vault it would stay.")


def _pin_in_vault(vault: Vault, persona: str, pairs: Sequence[Pair], number: int, stand_in: str) -> None:
    from discretion.guard import Fact
    from discretion.guard.stand_ins import StandIns, keep_pairs
    from discretion.vault import Asker, read_facts

    kept = read_facts(vault, Asker("persona set", "cli"))
    facts = [Fact(fact.kind, fact.value, fact.aliases) for fact in kept]
    table = StandIns(persona, pairs, facts=facts, secret=vault.subkey("gateway stand-ins"))
    _refuse_used(pairs, number, stand_in)
    table.pin(number, stand_in)
    keep_pairs(vault, table.take_changed())


def _chosen(pairs: Sequence[Pair], kind: Kind, number: int | None) -> int:
    """The number of the pair that is meant. Raises ``NotPinned``."""
    see = "see: discretion persona show NAME --stand-ins"
    if number is not None:
        return _numbered(pairs, kind, number, see)
    found = [one for one in pairs if one.kind is kind and one.is_active and one.number is not None]
    if not found:
        raise NotPinned(f"nothing stands for the kind {_said(kind)} yet; {see}")
    if len(found) > 1:
        raise NotPinned(f"{len(found)} stand for the kind {_said(kind)}; say which: --of NUMBER; {see}")
    return int(found[0].number or 0)


def _numbered(pairs: Sequence[Pair], kind: Kind, number: int, see: str) -> int:
    one = next((one for one in pairs if one.number == number), None)
    if one is None:
        raise NotPinned(f"there is no stand-in with the number {number}; {see}")
    if one.kind is not kind:
        raise NotPinned(f"number {number} is of the kind {_said(one.kind)}, not {_said(kind)}; {see}")
    if not one.is_active:
        now = next((other.number for other in pairs if other.real == one.real and other.is_active), None)
        instead = f"; the one in use is number {now}" if now else ""
        raise NotPinned(f"number {number} is retired and only restores what was sent{instead}; {see}")
    return number


def _refuse_used(pairs: Sequence[Pair], number: int, stand_in: str) -> None:
    """Say of a stand-in that was used before that it was; "in use" alone would send the user searching."""
    wanted = stand_in.strip().casefold()
    for one in pairs:
        if one.stand_in.casefold() == wanted and one.number != number:
            if not one.is_active:
                raise NotPinned(
                    f"that was used before (number {one.number}, retired) and still restores what was sent; "
                    "choose another"
                )
            raise NotPinned(f"that is in use for number {one.number}; choose another")


def _said(kind: Kind) -> str:
    return kind.value.replace("_", " ")


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


def _running(name: str) -> tuple[str, Control, *tuple[Control, ...]]:
    """The persona's name and the gateways that run for it. Raises ``NotPinned`` where there is none."""
    wanted = "" if name == NOBODY else " ".join(name.split()).casefold()
    found = [(str(state["persona"]), control) for control, state in _states()]
    found = [(persona, control) for persona, control in found if persona.casefold() == wanted]
    if not found:
        raise NotPinned(
            "there is no vault, and no gateway runs for that persona; stand-ins are known to one or the other"
        )
    return (found[0][0], found[0][1], *(control for _, control in found[1:]))


def _without_vault(persona: str) -> list[Control]:
    """The gateways that run for the persona and keep nothing in the vault."""
    return [one for one, state in _states() if not state["has_vault"] and state["persona"] == persona]


def _states() -> Iterator[tuple[Control, dict[str, Any]]]:
    from discretion.gateway._control_client import Control, ControlError

    for control in Control.running():
        try:
            yield control, control.state()
        except ControlError:  # it ended between the look and the asking
            continue
