"""`gateway verify --running`: the user's own gateway, asked what it would send.

Its upstream is fixed, so nothing planted is sent through it: that would tell a platform a made-up life, and
prove less. It is called at its own address for what must stay out, and asked over the control socket what
would leave with the user's own settings, facts and stand-ins. That is the gateway's own word, not the wire's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from discretion.gateway._address import is_loopback
from discretion.gateway._dry_run import DRY_RUN
from discretion.gateway._verify import Asked, Door, Proof, Step, came_back, proof_of
from discretion.gateway._verify_judge import Exchange
from discretion.gateway._verify_plan import ENDPOINTS, request_for
from discretion.gateway._verify_servers import NotVerified
from discretion.gateway.wire import Endpoint

if TYPE_CHECKING:
    from discretion.gateway._control_client import Control

_PATIENCE_S = 30.0
_NAMES = {endpoint: name for name, endpoint in DRY_RUN.items()}


def verify_running(url: str, token: str, step: Step = lambda told: None) -> Proof:
    """What the gateway at ``url`` would send. Raises ``NotVerified`` or ``ControlError``."""
    base, port = _base(url)
    step("what must stay out")
    doors = tuple(_doors(base, token))
    control = _control(port)
    exchanges = []
    for endpoint in ENDPOINTS:
        step(f"{endpoint.value}, asked what would leave")
        exchanges.append(_asked(control, endpoint))
    return proof_of(exchanges, doors, is_on_the_wire=False, asked=_stands(control))


def _stands(control: Control) -> Asked:
    """How it stands, once it was asked: settings that it was told to read anew are read by then."""
    state = control.state()
    vault = "none" if not state["has_vault"] else "open" if state["is_guarding"] else "locked"
    return Asked(control.port, str(state["mode"]), str(state["persona"]), vault)


def _base(url: str) -> tuple[str, int]:
    wrong = NotVerified("write the gateway's URL as in http://127.0.0.1:7411/v1; it is on this machine")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme != "http" or not is_loopback(parts.hostname or "") or port is None or "@" in parts.netloc:
        raise wrong
    return f"http://{parts.netloc}", port


def _control(port: int) -> Control:
    from discretion.gateway._control_client import Control

    for control in Control.running():
        if control.port == port:
            return control
    raise NotVerified(
        f"no gateway of yours runs on port {port}: its control socket would lie in this home's run folder"
    )


def _asked(control: Control, endpoint: Endpoint) -> Exchange:
    told = request_for(endpoint, is_stream=False)
    answer: dict[str, Any] = control.dry_run(_NAMES[endpoint], json.dumps(told))
    if "left" not in answer:
        return Exchange(endpoint, False, told, None, "", None, str(answer["sentence"]))
    back = came_back(endpoint, str(answer["came_back"]).encode(), is_stream=False)
    return Exchange(endpoint, False, told, str(answer["left"]).encode(), "", back)


def _doors(base: str, token: str) -> Iterator[Door]:
    """Requests that end at the gateway whatever it thinks of them: none of them reaches the upstream."""
    own = {"authorization": f"Bearer {token}"}
    host, page = {**own, "host": "evil.example"}, {**own, "origin": "https://evil.example"}
    calls: list[tuple[str, str, str, dict[str, str], int]] = [
        ("your token opens it", "GET", "/health", own, 200),
        ("without the token nothing is answered", "GET", "/health", {}, 401),
        ("another host name is not answered (DNS rebinding)", "GET", "/health", host, 403),
        ("a web page that you did not allow is not answered", "GET", "/health", page, 403),
        ("a path that nobody reviews is refused", "POST", "/v1/embeddings", own, 404),
    ]
    with httpx2.Client(base_url=base, timeout=_PATIENCE_S, trust_env=False) as client:
        for what, method, path, headers, status in calls:
            try:
                answer = client.request(method, path, headers=headers)
            except httpx2.HTTPError as error:
                raise NotVerified(f"no gateway answers at that address ({type(error).__name__})") from None
            yield Door(what, answer.status_code == status)
