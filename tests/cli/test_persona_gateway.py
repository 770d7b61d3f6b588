"""`persona set NAME mode|KIND|pin` and `persona show NAME --stand-ins`: the gateway for one persona."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator
from tests.cli.gateways import PASSPHRASE, Run, gateway, runner
from tests.conftest import ROOT

from discretion.guard.stand_ins import keep_pairs, read_pairs
from discretion.identity import PersonaSettings, new_persona, persona_settings
from discretion.records import Kind, Pair
from discretion.vault import Asker, Cost, OwnFact, Vault, add_facts, lock, unlock

SCHEMAS = {
    name: Draft202012Validator(json.loads((ROOT / f"docs/reference/{name}.schema.json").read_text("utf-8")))
    for name in ("persona", "gateway")
}
AT = datetime(2026, 11, 20, tzinfo=UTC)
PAIRS = (
    Pair("Harbor", Kind.NAME, "Marguerite", "Winifred", AT, group=1),
    Pair("Harbor", Kind.PHONE, "918-555-0142", "209-555-0193", AT, group=2),
    Pair("Harbor", Kind.PHONE, "918-555-0175", "209-555-0117", AT, group=3),
    Pair("", Kind.NAME, "Tobias", "Giovanni", AT, group=1),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("p") / "home"
    with Vault.create(PASSPHRASE, folder, cost=Cost(64 * 1024, 3)) as vault:
        add_facts(vault, [OwnFact(Kind.NAME, "Katherine Tavarez")])
        new_persona(vault, Asker("persona new", "test"), "Harbor")
        keep_pairs(vault, PAIRS)
        return folder, vault.data_key


@pytest.fixture
def run(made: tuple[Path, bytes], tmp_path: Path) -> Iterator[Run]:
    folder = tmp_path / "vault"
    shutil.copytree(made[0], folder)
    folder.chmod(0o700)
    unlock(made[1], folder)
    once = runner(folder, tmp_path)
    yield lambda *words, **more: once("persona", *words, **more)
    lock(folder)


def shown(run: Run, name: str = "Harbor", *more: str) -> list[dict[str, Any]]:
    done = run("show", name, "--stand-ins", "--json", *more)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    SCHEMAS["gateway"].validate(told)
    assert told["source"] == "vault"
    found: list[dict[str, Any]] = told["stand_ins"]
    return found


def settings(run: Run) -> dict[str, Any]:
    told = json.loads(run("show", "Harbor", "--json").stdout)
    SCHEMAS["persona"].validate(told)
    found: dict[str, Any] = told["persona"]["gateway"]
    return found


def test_a_setting_is_changed_shown_and_taken_back(run: Run) -> None:
    assert settings(run) == {"mode": None, "kinds": {}}
    assert "In the gateway" not in run("show", "Harbor").stdout
    assert run("set", "Harbor", "mode", "ask").stdout == "Changed: mode is ask.\n"
    assert run("set", "harbor", "health", "ask").returncode == 0
    assert run("set", "Harbor", "email", "allow").returncode == 0, "a field is called that, too"
    assert settings(run) == {"mode": "ask", "kinds": {"email": "allow", "health": "ask"}}
    assert "In the gateway: mode ask, email allow, health ask." in run("show", "Harbor").stdout
    for name in ("mode", "health", "email"):
        assert run("set", "Harbor", name, "default").returncode == 0
    assert settings(run) == {"mode": None, "kinds": {}}


def test_a_value_of_the_same_name_is_still_asked_for(run: Run) -> None:
    assert run("set", "Harbor", "email", stdin="mossy@mailbox.example\n").returncode == 0
    assert json.loads(run("show", "Harbor", "--json").stdout)["persona"]["email"] == "mossy@mailbox.example"
    assert settings(run)["kinds"] == {}


def test_stand_ins_are_shown_and_real_values_only_if_asked(run: Run) -> None:
    masked = run("show", "Harbor", "--stand-ins").stdout
    assert "Winifred" in masked
    assert "209-555-0193" in masked
    assert not [one for one in PAIRS if one.real in masked]
    assert [one["real"] for one in shown(run)] == [None] * 3
    assert [one["real"] for one in shown(run, "Harbor", "--show-text")] == [one.real for one in PAIRS[:3]]
    assert "Marguerite" in run("show", "Harbor", "--stand-ins", "--show-text").stdout
    assert [one["stand_in"] for one in shown(run, "-")] == ["Giovanni"], (
        "those of a gateway without a persona"
    )


def test_a_pin_takes_the_place_and_what_was_sent_still_restores(run: Run) -> None:
    done = run("set", "Harbor", "pin", "name", "Zelda")
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = shown(run)
    assert (first["stand_in"], first["retired_at"] is not None) == ("Winifred", True)
    assert (last["stand_in"], last["pinned"], last["retired_at"]) == ("Zelda", True, None)
    number = shown(run)[1]["number"]
    assert run("set", "Harbor", "pin", "phone", "209-555-0188", "--of", str(number)).returncode == 0
    active = [one["stand_in"] for one in shown(run) if one["retired_at"] is None]
    assert sorted(active) == ["209-555-0117", "209-555-0188", "Zelda"]


def test_rows_say_what_they_are_and_retired_ones_only_if_asked(run: Run) -> None:
    told = run("show", "Harbor", "--stand-ins").stdout
    assert "given name" in told
    run("set", "Harbor", "pin", "name", "Zelda")
    told = run("show", "Harbor", "--stand-ins").stdout
    assert "Winifred" not in told
    assert "1 retired is not shown" in told
    whole = run("show", "Harbor", "--stand-ins", "--all").stdout
    assert "Winifred" in whole
    assert "not shown" not in whole


WHY: list[tuple[tuple[str, ...], str, str]] = [
    (
        ("pin", "phone", "209-555-0188", "--of", "1"),
        "number 1 is of the kind name, not phone",
        "another kind",
    ),
    (("pin", "name", "Zelda", "--of", "1"), "number 1 is retired", "a retired one"),
    (("pin", "name", "Zelda", "--of", "77"), "no stand-in with the number 77", "none of that number"),
    (("pin", "name", "Winifred"), "used before (number 1, retired)", "its own from before"),
    (("pin", "phone", "209-555-0117", "--of", "2"), "in use for number 3", "that of another value"),
    (
        ("pin", "email", "a@mail.example"),
        "nothing stands for the kind email yet",
        "a kind that nothing stands for",
    ),
]


def test_why_a_pin_is_refused_is_the_true_reason(run: Run) -> None:
    assert run("set", "Harbor", "pin", "name", "Josephine").returncode == 0
    for arguments, says, why in WHY:
        done = run("set", "Harbor", *arguments)
        assert (done.returncode, says in done.stderr) == (2, True), (why, done.stderr)


def test_a_gateway_that_keeps_nothing_is_asked_beside_the_vault(run: Run, tmp_path: Path) -> None:
    here = ("--upstream", "http://127.0.0.1:9/v1", "--port", "0", "--no-vault")
    with gateway(tmp_path / "vault", tmp_path, *here) as (line, _):
        url = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        token = (tmp_path / "vault" / "gateway.token").read_text().strip()
        body = {"model": "m", "messages": [{"role": "user", "content": "call me at 918-555-0142"}]}
        headers = {"authorization": f"Bearer {token}"}
        httpx2.post(f"{url}/chat/completions", json=body, headers=headers, timeout=60, trust_env=False)
        told = json.loads(run("show", "-", "--stand-ins", "--json", "--show-text").stdout)
        SCHEMAS["gateway"].validate(told)
        assert (told["source"], [one["stand_in"] for one in told["stand_ins"]]) == ("vault", ["Giovanni"])
        (other,) = told["gateways"]
        assert [one["real"] for one in other["stand_ins"]] == ["918-555-0142"]
        assert f"The gateway on port {other['port']}" in run("show", "-", "--stand-ins").stdout
        done = run("set", "-", "pin", "phone", "918-555-0199")
        assert "as long as this gateway runs" in done.stdout, done.stderr
        assert shown(run, "Harbor")[1]["stand_in"] == "209-555-0193", "another persona's stay"
    assert json.loads(run("show", "-", "--stand-ins", "--json").stdout)["gateways"] == []


def test_the_stand_ins_of_a_removed_persona_are_gone(run: Run) -> None:
    assert run("remove", "Harbor").returncode == 0
    assert run("new", "Harbor").returncode == 0
    assert shown(run) == []
    assert len(shown(run, "-")) == 1, "those of others stay"


HOSTILE: list[tuple[tuple[str, ...], str]] = [
    (("set", "Harbor", "mode"), "no mode"),
    (("set", "Harbor", "mode", "planted"), "no such mode"),
    (("set", "Harbor", "mode", "ask", "planted"), "a word too many"),
    (("set", "Harbor", "mode", "ask", "--draw"), "a mode is not drawn"),
    (("set", "Harbor", "mode", "ask", "--of", "1"), "a number that goes with pins"),
    (("set", "Harbor", "health"), "nothing said of the kind"),
    (("set", "Harbor", "health", "planted"), "no such choice"),
    (("set", "Harbor", "health", "substitute"), "nothing stands in for it"),
    (("set", "Harbor", "secret", "allow"), "always replaced"),
    (("set", "Harbor", "payment_card", "ask"), "always replaced"),
    (("set", "Harbor", "handle", "planted"), "a value as a word"),
    (("set", "Harbor", "email", "planted@mailbox.example"), "a value as a word, of a kind's name"),
    (("set", "Nobody", "mode", "ask"), "no such persona"),
    (("set", "Harbor", "pin"), "nothing to pin"),
    (("set", "Harbor", "pin", "name"), "no stand-in"),
    (("set", "Harbor", "pin", "shoe", "planted"), "no such kind"),
    (("set", "Harbor", "pin", "name", "planted", "planted"), "two words"),
    (("set", "Harbor", "pin", "phone", "planted"), "two it could be"),
    (("set", "Harbor", "pin", "name", "planted", "--of", "99"), "no such number"),
    (("set", "Harbor", "pin", "name", "planted", "--of", "0"), "no number"),
    (("set", "Harbor", "pin", "name", "", "--of", "1"), "an empty stand-in"),
    (("set", "Harbor", "pin", "name", "\x1b[31mplanted", "--of", "1"), "an escape"),
    (("set", "Harbor", "pin", "name", "Katherine", "--of", "1"), "the user's own name"),
    (("set", "Harbor", "pin", "phone", "209-555-0117", "--of", "2"), "another value has it"),
    (("set", "Nobody", "pin", "name", "planted"), "no such persona"),
    (("show", "Nobody", "--stand-ins"), "no such persona"),
    (("show", "Harbor", "--stand-ins", "--field", "email"), "both"),
    (("show", "Harbor", "--show-text"), "nothing to show"),
    (("show", "Harbor", "--all"), "nothing to show all of"),
]


@pytest.mark.parametrize(("arguments", "why"), HOSTILE)
def test_hostile_input_is_one_sentence(
    run: Run, made: tuple[Path, bytes], tmp_path: Path, arguments: tuple[str, ...], why: str
) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, ""), (why, done.stderr)
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert "planted" not in done.stderr
    assert "\x1b" not in done.stderr
    with Vault.open_with_key(made[1], tmp_path / "vault") as vault:
        assert read_pairs(vault, Asker("persona show", "test"), "Harbor") == PAIRS[:3], why
        assert persona_settings(vault, "Harbor") == PersonaSettings(), why


def test_without_a_vault_the_running_gateway_is_asked(tmp_path: Path) -> None:
    run = runner(tmp_path / "none", tmp_path)
    for arguments in (("show", "-", "--stand-ins"), ("set", "-", "pin", "name", "Zelda")):
        done = run("persona", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "no gateway runs" in done.stderr
