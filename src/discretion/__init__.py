"""Discretion: a local-first safety companion for adults who have intimate conversations with AI.

>>> from discretion import Guard
>>> review = Guard().review("text me at jess.k@mail.example")
>>> review.verdict, [finding.kind for finding in review.findings]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discretion.exports import Export, read_export
    from discretion.guard import Guard, Session, load_facts
    from discretion.records import (
        DiscretionError,
        Finding,
        Frame,
        Kind,
        Limit,
        LimitReason,
        NotChecked,
        Review,
        Ruling,
        Severity,
        Value,
        Verdict,
    )
    from discretion.text import Author, Conversation, Message, Setting, Span

__version__ = "0.1.0"

__all__ = [
    "Author",
    "Conversation",
    "DiscretionError",
    "Export",
    "Finding",
    "Frame",
    "Guard",
    "Kind",
    "Limit",
    "LimitReason",
    "Message",
    "NotChecked",
    "Review",
    "Ruling",
    "Session",
    "Setting",
    "Severity",
    "Span",
    "Value",
    "Verdict",
    "load_facts",
    "read_export",
]

_HOMES = {
    "Export": "exports",
    "read_export": "exports",
    "Guard": "guard",
    "Session": "guard",
    "load_facts": "guard",
    "Author": "text",
    "Conversation": "text",
    "Message": "text",
    "Setting": "text",
    "Span": "text",
}


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that importing the package stays quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'records')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
