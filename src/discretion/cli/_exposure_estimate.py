"""`discretion exposure estimate`: how many people fit a list of facts."""

from __future__ import annotations

import click

EXAMPLE = "discretion exposure estimate facts.json --json"


@click.command(
    "estimate", short_help="Estimate how many people fit a list of facts.", epilog=f"Example: {EXAMPLE}"
)
@click.argument("facts", type=click.Path(exists=True, dir_okay=False, allow_dash=True), metavar="FACTS.json")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.estimate/1).")
def estimate(facts: str, as_json: bool) -> int:
    """Estimate how many living people fit all facts of a list such as
    [{"kind": "age", "value": "34"}, {"kind": "location", "value": "Tulsa, Oklahoma"}].

    FACTS.json is a file; - reads from a pipe. Works without a vault; nothing is kept, nothing leaves this
    machine. Leaves with 0, or 2 if it cannot read the facts.
    """
    from discretion.cli._estimate import document, show
    from discretion.cli._output import output
    from discretion.exposure.identifiability import MOST_BYTES, read_facts
    from discretion.exposure.identifiability import estimate as estimated

    try:
        with click.open_file(facts, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise click.UsageError(f"cannot read the facts: {error.strerror}") from None
    result = estimated(read_facts(data))
    with output():
        if as_json:
            click.echo(document(result))
        else:
            show(result)
    return 0
