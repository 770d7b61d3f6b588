"""The other end of the control socket: how the command line steers a gateway that runs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import httpx2

from discretion.gateway._run_folder import RunFiles, gateways, is_listened_to
from discretion.records import DiscretionError
from discretion.vault import check_private_file
from discretion.vault._home import check_private_folder

_PATIENCE_S = 30.0
"""A review of a long card may be going on, and the answer waits for it."""


class ControlError(DiscretionError):
    """The gateway said no, or does not answer; the message is the gateway's own."""

    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Control:
    """Steers the gateway on ``port``; documents come back as the control socket's OpenAPI describes them.

    Every method raises ``ControlError``.
    """

    port: int
    socket: Path
    token: str = field(repr=False)

    @classmethod
    def running(cls, folder: Path | None = None) -> list[Control]:
        """The gateways of this user that run, by port. ``folder`` is the home, by default the user's."""
        found = [cls._of(files) for files in gateways(folder)]
        return [one for one in found if one is not None]

    @classmethod
    def _of(cls, files: RunFiles) -> Control | None:
        check_private_folder(files.folder)
        try:
            check_private_file(files.token)
            return cls(files.port, files.socket, files.token.read_text("ascii").strip())
        except (OSError, ValueError):  # it ended between the look and the reading
            return None

    def state(self) -> dict[str, Any]:
        """How it stands."""
        return self._asked("GET", "/state")

    def pending(self) -> list[dict[str, Any]]:
        """What waits for a decision, oldest first."""
        found: list[dict[str, Any]] = self._asked("GET", "/pending")["pending"]
        return found

    def decide(self, pending_id: str, decision: str) -> dict[str, Any]:
        """Decide an entry: ``approve``, ``refuse`` or ``mistake``."""
        return self._asked("POST", f"/pending/{_part(pending_id)}", {"decision": decision})

    def stand_ins(self) -> list[dict[str, Any]]:
        """Every pair of its persona, with the real values."""
        found: list[dict[str, Any]] = self._asked("GET", "/stand-ins")["stand_ins"]
        return found

    def pin(self, number: int, stand_in: str) -> dict[str, Any]:
        """Give pair ``number`` another stand-in."""
        return self._asked("POST", f"/stand-ins/{number:d}", {"stand_in": stand_in})

    def reload(self) -> None:
        """Have it read settings, facts and stand-ins anew."""
        self._asked("POST", "/reload")

    def dry_run(self, api: str, request: str) -> dict[str, Any]:
        """What would leave in place of a ``request`` (JSON text) to ``api`` ("chat", "messages" …), and what
        would come back if it were repeated; or why it would be held. Nothing is sent or kept."""
        return self._asked("POST", f"/dry-run/{_part(api)}", {"request": request})

    def _asked(self, method: str, path: str, said: Mapping[str, str] | None = None) -> dict[str, Any]:
        if not is_listened_to(self.socket):  # the library leaves a socket open where it cannot connect
            raise ControlError(f"the gateway on port {self.port} does not answer")
        with _connected(self.socket) as client:
            headers = {"authorization": f"Bearer {self.token}"}
            try:
                answer = client.request(method, path, headers=headers, json=said)
                document: dict[str, Any] = answer.json()
            except (httpx2.HTTPError, ValueError):
                raise ControlError(f"the gateway on port {self.port} does not answer") from None
        if answer.status_code >= 400:
            error = document.get("error", {})
            raise ControlError(error.get("message", "the gateway said no"), error.get("code", ""))
        return document


@contextmanager
def _connected(socket: Path) -> Iterator[httpx2.Client]:
    over_socket = httpx2.HTTPTransport(uds=os.fspath(socket), trust_env=False)
    with httpx2.Client(
        transport=over_socket, base_url="http://gateway", timeout=_PATIENCE_S, trust_env=False
    ) as client:
        yield client


def _part(pending_id: str) -> str:
    """An id as a part of a path. Raises ``ControlError`` for what is none."""
    said = pending_id.strip().lower()
    if not said.isascii() or not said.isalnum() or len(said) > 40:
        raise ControlError("that is no id of something that waits; see: discretion gateway pending")
    return said
