"""`discretion gateway pending`: what a running gateway holds for the user to decide."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from discretion.cli._gateway_waiting import DONE, ask_each, shown
from discretion.cli._output import output
from discretion.records import DiscretionError

if TYPE_CHECKING:
    from discretion.gateway._control_client import Control

EXAMPLE = "discretion gateway pending k7mq"


class NothingRuns(DiscretionError):
    """No gateway of this user is running."""

    exit_code = 2


@click.command(
    "pending",
    short_help="Show what waits for your decision, and decide it.",
    epilog=f"Example: {EXAMPLE}",
)
@click.argument("wanted", metavar="[ID]", required=False)
@click.option("--approve", metavar="ID", help="Let this message pass when it is sent again.")
@click.option("--refuse", metavar="ID", help="Let it never pass; of a limit: put it away.")
@click.option("--mistake", metavar="ID", help="It was read wrongly: begin the conversation anew.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.pending/1).")
def pending(
    wanted: str | None, approve: str | None, refuse: str | None, mistake: str | None, as_json: bool
) -> None:
    """Show what waits in the running gateway, or the one ID: the reasons and kinds, never the words.

    On a terminal it then asks what you decide, by one letter. A limit cannot be approved. If it was read
    wrongly, --mistake begins a new conversation for the same first message, and the reason stays on show.
    """
    from discretion.cli._persona_shown import as_json as document

    asked = {"approve": approve, "refuse": refuse, "mistake": mistake}
    said = [(decision, told) for decision, told in asked.items() if told is not None]
    if len(said) + (wanted is not None) > 1:
        raise click.UsageError("decide one at a time: --approve ID, --refuse ID or --mistake ID")
    controls = _running()
    decided = _decided(controls, *said[0]) if said else None
    waiting = [entry for control in controls for entry in _waiting(control)]
    is_asking = sys.stdin.isatty() and sys.stdout.isatty() and not as_json
    if wanted is not None:
        waiting = [one for one in waiting if one["id"] == wanted.strip().lower()]
        if not waiting and not (
            is_asking and click.confirm("That one does not wait. Approve it all the same?")
        ):
            raise NothingRuns("nothing waits under that id; see all: discretion gateway pending")
        decided = decided if waiting else _decided(controls, "approve", wanted)
    with output():
        if as_json:
            click.echo(document("pending", decided=decided, pending=waiting))
        elif decided:
            click.echo(DONE[decided["decision"]])
        elif waiting and is_asking:
            ask_each(waiting, lambda one, decision: _decided(controls, decision, one["id"]))
        else:
            click.echo(shown(waiting))


def _waiting(control: Control) -> list[dict[str, Any]]:
    """What waits in one gateway, each with where and as whom it runs."""
    found = control.pending()
    persona = control.state()["persona"] if found else ""
    return [{"port": control.port, "persona": persona, **one} for one in found]


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
