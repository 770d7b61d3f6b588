"""The seam of the formats: what one is, and how the reader finds them all."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from discretion.exports import formats
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.text import Message


class Format(Protocol):
    """A module in ``discretion.exports.formats``."""

    TITLE: str
    __name__: str

    def recognise(self, head: Head) -> bool:
        """Whether a file that begins so is of this format; must not raise."""

    def read(self, file: ChatFile) -> Iterator[Message]:
        """Yield the messages, conversation by conversation; what cannot be read goes to ``file.skip``."""


@cache
def known_formats() -> tuple[Format, ...]:
    """Every format, the loose ones last."""
    found = [
        cast(Format, importlib.import_module(f"{formats.__name__}.{module.name}"))
        for module in pkgutil.iter_modules(formats.__path__)
        if not module.name.startswith("_")
    ]
    return tuple(sorted(found, key=lambda one: (getattr(one, "LAST_RESORT", False), one.__name__)))


def name_of_format(one: Format) -> str:
    """Return the format's name in the output, as in ``sillytavern``."""
    return one.__name__.rpartition(".")[2]


def titles() -> str:
    """Return the names of all formats for a sentence."""
    return ", ".join(one.TITLE for one in known_formats())


def recognised(head: Head) -> Format | None:
    """Return the format of a file, or ``None``."""
    return next((one for one in known_formats() if one.recognise(head)), None)
