"""The wire without sockets: requests and replies as bytes in and bytes out."""

from __future__ import annotations

from discretion.gateway.wire._request import Endpoint, NotUnderstood, Passage, Voice

__all__ = ["Endpoint", "NotUnderstood", "Passage", "Voice"]
