"""SimpleLogin's interface for aliases, as its documentation has it.

Source: github.com/simple-login/app, docs/api.md at 00eed8e (read 2026-11-25); the statuses 409 (taken) and
412 (signature of the suffix expired, after 600 s) are those of app/api/views/new_custom_alias.py at 0c62ac4.
The host of the platform (``hostname``), a note and a name are optional there and not sent: the service need
not be told where an alias is used.
"""

from __future__ import annotations

import secrets
import ssl
from collections.abc import Callable
from typing import Any

from discretion.identity._errors import AliasError
from discretion.identity._http import WITHIN_S, Answer, Connection

ATTEMPTS = 4
"""Prefixes that are tried where the service says that one is taken."""


class SimpleLogin:
    """One account at SimpleLogin or at a server that runs its software. Use it in a ``with``."""

    def __init__(
        self,
        key: str,
        base_url: str,
        *,
        within_s: float = WITHIN_S,
        context: ssl.SSLContext | None = None,
    ) -> None:
        headers = {"Authentication": key}
        self._connection = Connection(
            "SimpleLogin", base_url, key, headers, within_s=within_s, context=context
        )

    def create(self, new_local: Callable[[], str], *, own_domain: bool = False) -> tuple[str, str]:
        """Make one alias; its id and address. ``new_local`` gives proposals for the part before the @.

        A suffix that many users share is taken, since a domain of one's own joins all aliases on it;
        ``own_domain`` allows one. Raises ``AliasError``.
        """
        mailbox = self._mailbox()
        suffix = self._suffix(own_domain=own_domain)
        local, is_renewed = new_local(), False
        for _ in range(ATTEMPTS):
            answer = self._connection.call(
                "POST",
                "/api/v3/alias/custom/new",
                body={"alias_prefix": local, "signed_suffix": suffix, "mailbox_ids": [mailbox]},
            )
            if answer.status == 201:
                return _made(answer.document("SimpleLogin"))
            if answer.status == 409:
                local = f"{new_local()}{secrets.randbelow(90) + 10}"
            elif answer.status == 412 and not is_renewed:
                suffix, is_renewed = self._suffix(own_domain=own_domain), True
            else:
                raise self._refused(answer)
        raise AliasError("SimpleLogin has every address that was tried already; try again")

    def set_active(self, alias_id: str, *, is_on: bool) -> bool:
        """Switch an alias on or off; whether it is on now. Raises ``AliasError``."""
        number = _number(alias_id)
        seen: object = self._got(f"/api/aliases/{number}").get("enabled")
        if not isinstance(seen, bool):
            raise AliasError("SimpleLogin did not say whether the alias is on")
        if seen is is_on:
            return is_on
        answer = self._connection.call("POST", f"/api/aliases/{number}/toggle")
        if answer.status != 200:
            raise self._refused(answer)
        now: object = answer.document("SimpleLogin").get("enabled")
        if now is not is_on:
            raise AliasError("SimpleLogin did not switch the alias; look at it there")
        return is_on

    def _got(self, path: str) -> dict[str, Any]:
        answer = self._connection.call("GET", path)
        if answer.status != 200:
            raise self._refused(answer)
        return answer.document("SimpleLogin")

    def _mailbox(self) -> int:
        """The default mailbox, else the first one that is verified."""
        rows = self._got("/api/v2/mailboxes").get("mailboxes")
        boxes = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
        usable = [one for one in boxes if one.get("verified") is True and _is_number(one.get("id"))]
        usable.sort(key=lambda one: one.get("default") is not True)
        if not usable:
            raise AliasError("SimpleLogin has no verified mailbox of yours; verify one there first")
        return int(usable[0]["id"])

    def _suffix(self, *, own_domain: bool) -> str:
        options = self._got("/api/v5/alias/options")
        if options.get("can_create") is not True:
            raise AliasError("SimpleLogin lets this account make no more aliases; see your plan there")
        rows = options.get("suffixes")
        found = [
            one
            for one in (rows if isinstance(rows, list) else [])
            if isinstance(one, dict) and isinstance(one.get("signed_suffix"), str)
        ]
        usable = [one for one in found if one.get("is_custom") is own_domain]
        usable.sort(key=lambda one: one.get("is_premium") is True)
        if not usable and not own_domain and found:
            raise AliasError(
                "SimpleLogin offers only domains of your own, and all aliases on one domain lead to each "
                "other; say --own-domain if you want that"
            )
        if not usable:
            raise AliasError("SimpleLogin offers no domain for an alias")
        return str(usable[0]["signed_suffix"])

    def _refused(self, answer: Answer) -> AliasError:
        said: object = ""
        if answer.status < 500:
            try:
                said = answer.document("SimpleLogin").get("error")
            except AliasError:
                said = ""
        return self._connection.refused(answer, said)

    def __enter__(self) -> SimpleLogin:
        self._connection.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._connection.__exit__(*error)


def _made(told: dict[str, Any]) -> tuple[str, str]:
    number, email = told.get("id"), told.get("email")
    if not _is_number(number) or not isinstance(email, str) or not is_address(email):
        raise AliasError(
            "SimpleLogin made an alias but did not say which in the form of its documentation; look there"
        )
    return str(number), email


def is_address(text: str) -> bool:
    """Whether ``text`` looks like one e-mail address and nothing else."""
    local, at, domain = text.partition("@")
    return bool(
        at and local and "." in domain and len(text) <= 254 and text.isprintable() and " " not in text
        and "@" not in domain
    )  # fmt: skip


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 63


def _number(alias_id: str) -> str:
    if not (alias_id.isascii() and alias_id.isdigit()):
        raise AliasError("the alias has no number of SimpleLogin")
    return alias_id
