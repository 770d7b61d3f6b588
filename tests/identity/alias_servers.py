"""A real HTTP server that follows the documentation of SimpleLogin and addy.io, refusals included.

Written from docs/api.md of simple-login/app (00eed8e), its app/api/views/new_custom_alias.py and
app/api/base.py, and from the controllers of anonaddy/anonaddy (81aedd8). A script lets a path answer
otherwise.
"""

from __future__ import annotations

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

KEY = "planted-key-d41d8cd98f00b204e980"
UUID = "50c9e585-e7f5-41c4-9016-9014c15454bc"
LIMIT = "You have reached the limitation of a free account with the maximum of 10 aliases"

Reply = tuple[int, dict[str, str], bytes]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: AliasServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is part of the tests."""


class AliasServer:
    """Runs while in a ``with``. ``seen`` holds (method, path with query, headers, body) of every request."""

    def __init__(self, certificate: tuple[str, str] | None = None) -> None:
        self.seen: list[tuple[str, str, dict[str, str], Any]] = []
        self.scripted: dict[str, list[Reply | float]] = {}
        self.taken: set[str] = set()
        self.aliases: dict[int, dict[str, Any]] = {}
        self.addy_active: dict[str, bool] = {}
        self.options: dict[str, Any] = {
            "can_create": True,
            "prefix_suggestion": "",
            "suffixes": [
                _suffix("@mine.example", is_custom=True),
                _suffix(".cat@prem.example", is_premium=True),
                _suffix(".cat@sl.example"),
            ],
        }
        self.mailboxes: list[dict[str, Any]] = [
            {"email": "m1@mailbox.example", "id": 2, "default": False, "nb_alias": 0, "verified": True},
            {"email": "a@mailbox.example", "id": 1, "default": True, "nb_alias": 10, "verified": True},
            {"email": "new@mailbox.example", "id": 3, "default": False, "nb_alias": 0, "verified": False},
        ]
        self.domains: dict[str, Any] = {
            "data": ["mine.example", "addy.example"],
            "sharedDomains": ["addy.example", "other.example"],
            "defaultAliasDomain": "mine.example",
            "defaultAliasFormat": "random_characters",
        }
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self._is_tls = certificate is not None
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """The base URL."""
        return f"{'https' if self._is_tls else 'http'}://127.0.0.1:{self._http.server_address[1]}"

    def script(self, path: str, *replies: Reply | float) -> None:
        """Answer the next requests of ``path`` so, in order; a number is seconds to wait before the usual."""
        self.scripted.setdefault(path, []).extend(replies)

    def __enter__(self) -> AliasServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, method: str, target: str, headers: dict[str, str], body: Any) -> Reply:
        """What the documentation says of a request."""
        self.seen.append((method, target, headers, body))
        path = urlsplit(target).path
        if path.startswith("/api/v1/"):
            return self._addy(method, path, headers, body)
        if headers.get("authentication") != KEY:
            return said(401, {"error": "Wrong api key"})
        return self._simplelogin(method, path, body)

    def _simplelogin(self, method: str, path: str, body: Any) -> Reply:
        if (method, path) == ("GET", "/api/v2/mailboxes"):
            return said(200, {"mailboxes": self.mailboxes})
        if (method, path) == ("GET", "/api/v5/alias/options"):
            return said(200, self.options)
        if (method, path) == ("POST", "/api/v3/alias/custom/new"):
            return self._new_custom(body)
        if path.startswith("/api/aliases/"):
            number = int(path.split("/")[3])
            alias = self.aliases.get(number)
            if alias is None:
                return said(403, {"error": "Forbidden"})
            if (method, path) == ("GET", f"/api/aliases/{number}"):
                return said(200, alias)
            if (method, path) == ("POST", f"/api/aliases/{number}/toggle"):
                alias["enabled"] = not alias["enabled"]
                return said(200, {"enabled": alias["enabled"]})
        return said(404, {"error": "No such endpoint"})

    def _new_custom(self, body: Any) -> Reply:
        if not body:
            return said(400, {"error": "request body cannot be empty"})
        known = {one["id"] for one in self.mailboxes if one["verified"]}
        if not set(body["mailbox_ids"]) <= known or not body["mailbox_ids"]:
            return said(400, {"error": "Errors with Mailbox"})
        suffixes = {one["signed_suffix"]: one["suffix"] for one in self.options["suffixes"]}
        suffix = suffixes.get(body["signed_suffix"])
        if suffix is None:
            return said(400, {"error": "Tampered suffix"})
        email = body["alias_prefix"] + suffix
        if email in self.taken:
            return said(409, {"error": f"alias {email} already exists"})
        self.taken.add(email)
        number = len(self.aliases) + 7
        self.aliases[number] = {
            "id": number, "email": email, "name": None, "enabled": True, "creation_timestamp": 1586195834,
            "note": None, "nb_block": 0, "nb_forward": 0, "nb_reply": 0, "pinned": False,
            "mailbox": {"id": 1, "email": "a@mailbox.example"},
            "mailboxes": [{"id": 1, "email": "a@mailbox.example"}], "latest_activity": None,
        }  # fmt: skip
        return said(201, {"alias": email, **self.aliases[number]})

    def _addy(self, method: str, path: str, headers: dict[str, str], body: Any) -> Reply:
        if headers.get("authorization") != f"Bearer {KEY}":
            return said(401, {"message": "Unauthenticated."})
        if headers.get("x-requested-with") != "XMLHttpRequest":
            return 302, {"Location": "/login"}, b""
        if (method, path) == ("GET", "/api/v1/domain-options"):
            return said(200, self.domains)
        if (method, path) == ("POST", "/api/v1/aliases"):
            return self._new_addy(body)
        if (method, path) == ("POST", "/api/v1/active-aliases"):
            if body.get("id") not in self.addy_active:
                return said(404, {"message": "No query results for model [App\\Models\\Alias]."})
            self.addy_active[body["id"]] = True
            return said(200, {"data": {"id": body["id"], "active": True}})
        if method == "DELETE" and path.startswith("/api/v1/active-aliases/"):
            alias_id = path.rpartition("/")[2]
            if alias_id not in self.addy_active:
                return said(404, {"message": "No query results for model [App\\Models\\Alias]."})
            self.addy_active[alias_id] = False
            return 204, {}, b""
        return said(404, {"message": "Not found"})

    def _new_addy(self, body: Any) -> Reply:
        if body.get("domain") not in self.domains["data"] + self.domains["sharedDomains"]:
            return invalid("domain", "The selected domain is invalid.")
        local = body.get("local_part") if body.get("format") == "custom" else "x481n904"
        if body.get("format") == "custom" and body["domain"] in self.domains["sharedDomains"]:
            return invalid("format", "The selected format is invalid.")
        email = f"{local}@{body['domain']}"
        if email in self.taken:
            return invalid("local_part", "That alias already exists.")
        self.taken.add(email)
        self.addy_active[UUID] = True
        return said(201, {"data": {"id": UUID, "email": email, "active": True, "description": None}})


def _suffix(suffix: str, *, is_custom: bool = False, is_premium: bool = False) -> dict[str, Any]:
    return {
        "suffix": suffix,
        "signed_suffix": f"{suffix}.X6_7OQ",
        "is_custom": is_custom,
        "is_premium": is_premium,
    }


def said(status: int, document: object) -> Reply:
    """A JSON answer."""
    return status, {"Content-Type": "application/json"}, json.dumps(document).encode()


def invalid(field: str, reason: str) -> Reply:
    """The answer of addy.io (Laravel) to a form that does not hold."""
    return said(422, {"message": "The given data was invalid.", "errors": {field: [reason]}})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        import time

        owner = self.server.owner  # type: ignore[attr-defined]
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        body = json.loads(raw) if raw else None
        headers = {name.lower(): value for name, value in self.headers.items()}
        waiting = owner.scripted.get(urlsplit(self.path).path)
        scripted = waiting.pop(0) if waiting else None
        if isinstance(scripted, float):
            time.sleep(scripted)
        if isinstance(scripted, tuple):
            owner.seen.append((self.command, self.path, headers, body))
            status, extra, content = scripted
        else:
            status, extra, content = owner.answer(self.command, self.path, headers, body)
        self.send_response(status)
        for name, value in extra.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = _serve  # noqa: N815  the names that http.server calls

    def log_message(self, *args: object) -> None:
        """Say nothing."""
