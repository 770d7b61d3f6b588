"""addy.io's interface for aliases, as its documentation and its own code have it.

Source: app.addy.io/docs (base URL, headers; read 2026-11-25) and github.com/anonaddy/anonaddy at 81aedd8:
Api/AliasController.php, Api/ActiveAliasController.php, StoreAliasRequest.php, and at 150983e
Api/DomainOptionController.php. Statuses 403 (limit of shared-domain aliases), 422 (with ``errors``) and 429
(hourly limit) are those that its browser extension knows. A description is optional and not sent: the service
need not be told where an alias is used.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from typing import Any

from discretion.identity._errors import AliasError
from discretion.identity._http import WITHIN_S, Answer, Connection
from discretion.identity._simplelogin import is_address

ATTEMPTS = 4
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Addy:
    """One account at addy.io or at a server that runs its software. Use it in a ``with``."""

    def __init__(
        self,
        key: str,
        base_url: str,
        *,
        within_s: float = WITHIN_S,
        context: ssl.SSLContext | None = None,
    ) -> None:
        headers = {
            "Authorization": f"Bearer {key}",
            "X-Requested-With": "XMLHttpRequest",
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        self._connection = Connection("addy.io", base_url, key, headers, within_s=within_s, context=context)

    def create(self, new_local: Callable[[], str], *, own_domain: bool = False) -> tuple[str, str]:
        """Make one alias; its id and address.

        On a domain that many users share the service draws the part before the @ itself; on a domain of one's
        own (``own_domain``), which joins all aliases on it, ``new_local`` gives it. Raises ``AliasError``.
        """
        domain = self._domain(own_domain=own_domain)
        for _ in range(ATTEMPTS):
            wish = {"domain": domain, "format": "random_characters"}
            if own_domain:
                wish |= {"format": "custom", "local_part": new_local()}
            answer = self._connection.call("POST", "/api/v1/aliases", body=wish)
            if answer.status in (200, 201):
                return _made(answer.document("addy.io"))
            if not (own_domain and answer.status == 422 and "local_part" in self._errors(answer)):
                raise self._refused(answer)
        raise AliasError("addy.io has every address that was tried already; try again")

    def set_active(self, alias_id: str, *, is_on: bool) -> bool:
        """Switch an alias on or off; whether it is on now. Raises ``AliasError``."""
        if not _UUID.fullmatch(alias_id):
            raise AliasError("the alias has no id of addy.io")
        if not is_on:
            answer = self._connection.call("DELETE", f"/api/v1/active-aliases/{alias_id}")
            if answer.status != 204:
                raise self._refused(answer)
            return False
        answer = self._connection.call("POST", "/api/v1/active-aliases", body={"id": alias_id})
        if answer.status != 200:
            raise self._refused(answer)
        return True

    def _domain(self, *, own_domain: bool) -> str:
        answer = self._connection.call("GET", "/api/v1/domain-options")
        if answer.status != 200:
            raise self._refused(answer)
        told = answer.document("addy.io")
        every, shared = _domains(told.get("data")), _domains(told.get("sharedDomains"))
        usable = [one for one in every if one not in shared] if own_domain else shared
        usable.sort(key=lambda one: one != told.get("defaultAliasDomain"))
        if not usable:
            kind = "of your own" if own_domain else "that others share"
            raise AliasError(f"addy.io offers no domain {kind} for an alias")
        return usable[0]

    def _errors(self, answer: Answer) -> dict[str, Any]:
        try:
            errors = answer.document("addy.io").get("errors")
        except AliasError:
            return {}
        return errors if isinstance(errors, dict) else {}

    def _refused(self, answer: Answer) -> AliasError:
        for rows in self._errors(answer).values():
            if isinstance(rows, list) and rows:
                return self._connection.refused(answer, rows[0])
        try:
            said: object = answer.document("addy.io").get("message")
        except AliasError:
            is_page = b"<" in answer.body
            said = "" if is_page else answer.body.decode("utf-8", "replace")
        return self._connection.refused(answer, said)

    def __enter__(self) -> Addy:
        self._connection.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._connection.__exit__(*error)


def _domains(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _made(told: dict[str, Any]) -> tuple[str, str]:
    data = told.get("data")
    row = data if isinstance(data, dict) else {}
    alias_id, email = row.get("id"), row.get("email")
    if not (isinstance(alias_id, str) and _UUID.fullmatch(alias_id)):
        alias_id = ""
    if not alias_id or not isinstance(email, str) or not is_address(email):
        raise AliasError(
            "addy.io made an alias but did not say which in the form of its documentation; look there"
        )
    return alias_id, email
