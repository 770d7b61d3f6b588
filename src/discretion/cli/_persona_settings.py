"""`discretion persona set NAME mode|KIND CHOICE`: what the gateway does for one persona."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from discretion.cli._passphrase import open_vault

if TYPE_CHECKING:
    from discretion.identity import PersonaSettings

MORE_WORDS = (
    "there are more words than the command takes; put quotes around a name with spaces; "
    "a value is never given as a word"
)


def is_choice(field: str, words: tuple[str, ...]) -> bool:
    """Whether the words after a persona's name change a setting, rather than a value.

    Raises ``click.UsageError``, which repeats no word, where they do neither.
    """
    from discretion.identity import CHOICES, MODES, is_setting, settable

    if field == "mode" and not words:
        raise click.UsageError(f"say which mode: {', '.join(MODES)}, or default")
    if not words and is_setting(field) and field not in settable():
        raise click.UsageError(f"say what happens to that kind: {', '.join(CHOICES)}, or default")
    if not words:
        return False
    if len(words) > 1 or not is_setting(field):
        raise click.UsageError(MORE_WORDS)
    known = MODES if field == "mode" else CHOICES
    if words[0] not in (*known, "default"):
        raise click.UsageError(f"{MORE_WORDS}; of settings there are {', '.join(known)} and default")
    return True


def set_choice(
    name: str, field: str, choice: str, passphrase_file: Path | None, passphrase_fd: int | None
) -> None:
    """Change the setting, say what holds from now on, and have running gateways read it."""
    from discretion.identity import set_setting
    from discretion.vault import Asker

    _refuse_without_stand_ins(field, choice)
    with open_vault(passphrase_file, passphrase_fd) as vault:
        set_setting(vault, Asker("persona set", "cli"), name, field, choice)
    told = "back to what it is without you" if choice == "default" else choice
    click.echo(f"Changed: {field} is {told}.{reloaded()}")


def reloaded() -> str:
    """Have every running gateway read the vault anew; the words to say where one did or did not."""
    from discretion.gateway._control_client import Control, ControlError

    done, failed = 0, 0
    for control in Control.running():
        try:
            control.reload()
            done += 1
        except ControlError:
            failed += 1
    words = " The running gateway knows it." if done else ""
    return f"{words} A gateway that runs does not know it yet: start it again." if failed else words


def shown_settings(settings: PersonaSettings) -> str:
    """One line on what was changed for the gateway; empty where nothing was."""
    parts = [f"mode {settings.mode}"] if settings.mode else []
    parts += [f"{kind.value} {choice}" for kind, choice in settings.kinds.items()]
    return f"In the gateway: {', '.join(parts)}. The rest is as it comes." if parts else ""


def _refuse_without_stand_ins(field: str, choice: str) -> None:
    """A kind that no stand-in exists for cannot be replaced: said now, not in the middle of a chat."""
    from discretion.guard.stand_ins import discovered

    if choice == "substitute" and field != "mode":
        offered = discovered()
        if field not in offered:
            known = ", ".join(sorted(kind.value for kind in offered))
            raise click.UsageError(f"there are no stand-ins for {field}; there are for: {known}")
