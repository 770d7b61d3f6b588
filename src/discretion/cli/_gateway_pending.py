"""`discretion gateway pending`: what a running gateway holds for the user to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from discretion.cli._output import output
from discretion.records import DiscretionError

if TYPE_CHECKING:
    from discretion.gateway._control_client import Control

EXAMPLE = "discretion gateway pending --approve k7mq"
_CODES = {
    "ask": "asks first",
    "hold": "held, since the mode is ask",
    "not_checked": "could not be checked",
    "limit": "stopped by a limit",
}
_DONE = {
    "approve": "Approved. Send it again in your chat client, or wait if it still does.",
    "refuse": "Refused. It stays here.",
    "mistake": "Noted as a mistake. Send the same first message again: it begins a new conversation.",
}


class NothingRuns(DiscretionError):
    """No gateway of this user is running."""

    exit_code = 2


@click.command(
    "pending",
    short_help="Show what waits for your decision, and decide it.",
    epilog=f"Example: {EXAMPLE}",
)
@click.option("--approve", metavar="ID", help="Let this message pass when it is sent again.")
@click.option("--refuse", metavar="ID", help="Let it never pass.")
@click.option("--mistake", metavar="ID", help="The guard read it wrongly: begin the conversation anew.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.pending/1).")
def pending(approve: str | None, refuse: str | None, mistake: str | None, as_json: bool) -> None:
    """Show what waits in the running gateway, with the reasons and kinds, never the words; or decide one ID.

    A limit cannot be approved. If the guard read it wrongly, --mistake begins a new conversation for the same
    first message, and the reason stays on show.
    """
    from discretion.cli._persona_shown import as_json as document

    asked = {"approve": approve, "refuse": refuse, "mistake": mistake}
    wanted = [(decision, told) for decision, told in asked.items() if told is not None]
    if len(wanted) > 1:
        raise click.UsageError("decide one at a time: --approve ID, --refuse ID or --mistake ID")
    controls = _running()
    decided = _decided(controls, *wanted[0]) if wanted else None
    waiting = [{"port": control.port, **one} for control in controls for one in control.pending()]
    with output():
        if as_json:
            click.echo(document("pending", decided=decided, pending=waiting))
            return
        if decided:
            click.echo(_DONE[decided["decision"]])
            return
        click.echo(_shown(waiting))


def _running() -> list[Control]:
    """The gateways that run. Raises ``NothingRuns``."""
    from discretion.gateway._control_client import Control

    found = Control.running()
    if not found:
        raise NothingRuns("no gateway is running here; start one: discretion gateway --upstream URL")
    return found


def _decided(controls: list[Control], decision: str, wanted: str) -> dict[str, Any]:
    """Decide in the gateway that knows the id; ``ControlError`` of the last one where none does."""
    from discretion.gateway._control_client import ControlError

    failed: ControlError | None = None
    for control in controls:
        try:
            return {"port": control.port, **control.decide(wanted, decision)}
        except ControlError as error:
            if failed is None or error.code != "nothing_pending":
                failed = error
    raise failed or NothingRuns("no gateway is running here")


def _shown(waiting: list[dict[str, Any]]) -> str:
    import textwrap

    if not waiting:
        return "Nothing waits for you."
    lines = []
    for one in waiting:
        lines.append(
            f"{one['id']}  {_CODES.get(one['code'], one['code'])}, since {one['asked_at'][11:16]} UTC"
        )
        for reason in one["reasons"]:
            lines += textwrap.wrap(reason, 92, initial_indent="      ", subsequent_indent="      ")
        if one["kinds"]:
            lines.append(f"      found: {', '.join(one['kinds'])}")
        ways = "  ".join(f"--{way} {one['id']}" for way in one["may"])
        lines.append(f"      decide: discretion gateway pending {ways}")
    return "\n".join(lines)
