"""A day as an option's value."""

from __future__ import annotations

from datetime import date

import click


class Day(click.ParamType[date]):
    """``2026-03-01`` as a date."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("write the day as YYYY-MM-DD, for instance 2026-03-01", param, ctx)
