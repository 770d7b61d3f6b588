"""The command line: one file for each verb, and one way out for every error."""

from __future__ import annotations

import io
import sys

EXIT_INTERNAL = 1
EXIT_USAGE = 2
EXIT_FINDINGS = 3
EXIT_CANCELLED = 130


def main(arguments: list[str] | None = None) -> None:
    """Run the program and leave with one of the documented exit codes.

    An error that nobody foresaw is shown by its type and place alone: its message and traceback could hold
    words of a chat.
    """
    import click

    from discretion.cli._called import as_called
    from discretion.cli._group import program
    from discretion.cli._output import OutputLost
    from discretion.records import DiscretionError

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = program.main(arguments, prog_name="discretion", standalone_mode=False)
    except OutputLost as lost:
        if not lost.is_quiet:
            click.echo(f"discretion: {lost}", err=True)
        code = 0 if lost.is_quiet else lost.exit_code
    except DiscretionError as error:
        click.echo(f"discretion: {as_called(str(error))}", err=True)
        code = error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = EXIT_USAGE
    except click.ClickException as error:
        shown = error
        if isinstance(error, click.UsageError) and error.message.startswith("Got unexpected extra argument"):
            words = (
                "there are more words than the command takes; put quotes around a name with spaces; "
                "a value is never given as a word"
            )
            shown = click.UsageError(words, error.ctx)  # the message of click repeats them
        if type(shown) is click.UsageError:  # those derived from it say more than their message
            shown = click.UsageError(as_called(shown.message), shown.ctx)
        shown.show()
        code = EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("discretion: cancelled", err=True)
        code = EXIT_CANCELLED
    except Exception as error:
        click.echo(_unforeseen(error), err=True)
        code = EXIT_INTERNAL
    sys.exit(code if isinstance(code, int) else 0)


def _unforeseen(error: BaseException) -> str:
    """One line that names type and place of ``error`` without a word of what was being read."""
    import traceback
    from pathlib import PurePath

    frames = traceback.extract_tb(error.__traceback__)[-3:]
    where = " < ".join(f"{PurePath(f.filename).name}:{f.lineno}" for f in reversed(frames))
    return (
        f"discretion: internal error ({type(error).__name__} at {where}). Nothing was changed. "
        "Please report this line; it holds no text of yours."
    )
