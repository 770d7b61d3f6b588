"""The wire without sockets: requests and replies as bytes in and bytes out."""

from __future__ import annotations

from discretion.gateway.wire._paths import endpoint_of
from discretion.gateway.wire._read import Request, read_request
from discretion.gateway.wire._request import Endpoint, NotUnderstood, Passage, Voice

__all__ = ["Endpoint", "NotUnderstood", "Passage", "Request", "Voice", "endpoint_of", "read_request"]
