"""How long the gateway waits and how much it takes: for clients that dawdle and upstreams that hang."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes of one request; the defaults suit a slow model on the user's own machine.

    A body of ``body_bytes`` holds the text of a context of a million tokens; ``first_byte_s`` is how long
    models on a processor may read a long prompt (the `openai` client waits 600 s, too).
    """

    head_s: float = 10.0
    """From the first byte of a request to the last of its headers."""
    idle_s: float = 65.0
    """A kept connection on which no request comes."""
    body_s: float = 30.0
    body_bytes: int = 8 * MIB
    head_bytes: int = 32 * 1024
    requests: int = 512
    """So many at the same time; more are refused."""
    connections: int = 1024
    client_takes_s: float = 60.0
    """A client that takes nothing of its reply for so long is gone."""
    connect_s: float = 10.0
    first_byte_s: float = 600.0
    between_bytes_s: float = 180.0
    reply_bytes: int = 64 * MIB
    ask_s: float = 900.0
    """How long mode `ask` holds a connection for the user to decide."""
    stop_s: float = 0.3
    """How long an open stream may take to be told that the gateway stops."""
