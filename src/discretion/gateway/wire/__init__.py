"""The wire without sockets: requests and replies as bytes in and bytes out."""

from __future__ import annotations

from discretion.gateway.wire._paths import endpoint_of
from discretion.gateway.wire._read import Request, read_request
from discretion.gateway.wire._refusals import refusal
from discretion.gateway.wire._reply import Reply, read_reply
from discretion.gateway.wire._request import Endpoint, NotUnderstood, Passage, Voice
from discretion.gateway.wire._stream import ReplyStream

__all__ = [
    "Endpoint",
    "NotUnderstood",
    "Passage",
    "Reply",
    "ReplyStream",
    "Request",
    "Voice",
    "endpoint_of",
    "read_reply",
    "read_request",
    "refusal",
]
