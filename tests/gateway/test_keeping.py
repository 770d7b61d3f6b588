"""What the gateway keeps in a real vault, and what a locked one means."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.gateway.asked import chat, leaves

from discretion.exposure.ledger import disclosures
from discretion.gateway._gatekeeper import Gatekeeper, Passed, Stopped
from discretion.gateway._keeping import VaultKeeping
from discretion.gateway._settings import Settings
from discretion.guard.restore import RestoreCounts
from discretion.identity import new_persona
from discretion.records import Kind, Source
from discretion.vault import Asker, Cost, OwnFact, Vault, add_facts, check_trail, lock, unlock

PLATFORM = "moonlit.example"
HELLO = "hi, my name is Jessica Kowalski, i live in Tulsa and i was diagnosed with asthma last year"
ASKER = Asker("test", "cli")


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    """A vault in this test's home, unlocked."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DISCRETION_HOME", str(folder))
    with Vault.create("ferret umbrella 41 candle", folder, cost=Cost(64 * 1024, 3)) as vault:
        new_persona(vault, ASKER, "Wren", platform=PLATFORM)
        data_key = vault.data_key
    unlock(data_key)
    yield data_key
    lock()


def gate_of(persona: str = "Wren", platform: str = PLATFORM) -> Gatekeeper:
    return Gatekeeper(VaultKeeping(Settings(persona), platform=platform), platform=platform)


def passed(gate: Gatekeeper, *said: str) -> Passed:
    judged = gate.judge(chat(*said))
    assert isinstance(judged, Passed), judged
    return judged


def test_stand_ins_are_the_same_in_the_next_run(key: bytes) -> None:
    first = gate_of()
    said = leaves(passed(first, HELLO).body)
    first.close()
    second = gate_of()
    assert leaves(passed(second, HELLO).body) == said
    assert "jessica" not in json.dumps(leaves(passed(second, "so", "yes", "*Jessica nods*").body)).casefold()
    second.close()


def test_two_personas_of_one_vault_share_no_stand_in(key: bytes) -> None:
    with Vault.open_with_key(key) as vault:
        for name in ("Harbor", "Lantern"):
            new_persona(vault, ASKER, name)
    used: list[set[str]] = []
    for persona in ("Wren", "Harbor", "Lantern"):
        gate = gate_of(persona)
        passed(gate, HELLO)
        used.append({word for pair in gate.stand_ins() for word in pair.stand_in.split()})
        gate.close()
    assert used[0].isdisjoint(used[1])
    assert used[2].isdisjoint(used[0] | used[1])


def test_the_ledger_learns_what_left_and_nothing_else(key: bytes) -> None:
    gate = gate_of()
    went = passed(gate, HELLO)
    gate.replied(went.ticket, RestoreCounts(), 11, 22, is_whole=True)
    passed(gate, HELLO, "I see.", "good night")
    gate.close()
    with Vault.open_with_key(key) as vault:
        told = disclosures(vault, ASKER)
        assert {(one.platform, one.persona, one.source) for one in told} == {
            (PLATFORM, "Wren", Source.GATEWAY)
        }
        assert {one.kind for one in told} == {Kind.HEALTH}
        assert all(one.times == 1 and one.first_at for one in told)
        rows = vault.rows("SELECT platform, persona, messages, replies, tokens_in, tokens_out FROM session")
        assert rows == [(PLATFORM, "Wren", 2, 1, 11, 22)]
        assert check_trail(vault).broken_at is None
        assert "gateway" in {row.verb for row in check_trail(vault).rows}


def test_an_upstream_on_this_machine_learns_nothing(key: bytes) -> None:
    gate = gate_of(platform="")
    passed(gate, HELLO)
    gate.close()
    with Vault.open_with_key(key) as vault:
        assert disclosures(vault, ASKER) == ()


def test_a_locked_vault_stops_everything_and_a_table_in_use_goes_on(key: bytes) -> None:
    gate = gate_of()
    went = passed(gate, HELLO)
    said = leaves(went.body)[-1]
    lock()
    judged = gate.judge(chat(HELLO, "I see.", "good night"))
    assert isinstance(judged, Stopped)
    assert (judged.status, judged.code) == (400, "vault_locked")
    assert "vault is locked" in judged.sentence
    assert not gate.state().is_guarding
    assert went.table.restore(said) == HELLO, "a stream under way ends with the table in memory"
    unlock(key)
    assert leaves(passed(gate, HELLO, "I see.", "good night").body)[1] == said
    gate.close()


def test_own_facts_and_settings_come_from_the_vault(key: bytes) -> None:
    with Vault.open_with_key(key) as vault:
        add_facts(vault, [OwnFact(Kind.PET, "Biscuit")])
        vault.rows(
            "INSERT INTO persona_setting (persona, name, value) VALUES ('wren', 'location', 'allow'),"
            " ('Wren', 'mode', 'observe'), ('Wren', 'from_a_later_version', 'x')"
        )
    gate = gate_of()
    assert leaves(passed(gate, HELLO).body)[-1] == HELLO
    assert gate.state().mode == "observe"
    with Vault.open_with_key(key) as vault:
        vault.rows("UPDATE persona_setting SET value = 'substitute' WHERE name = 'mode'")
    gate.reload()
    said = leaves(passed(gate, HELLO, "I see.", "*Biscuit barks*").body)
    assert "Tulsa" in said[1]
    assert "Jessica" not in said[1]
    assert "Biscuit" not in said[3]
    gate.close()


def test_a_decision_and_a_stop_outlive_the_run(key: bytes) -> None:
    with Vault.open_with_key(key) as vault:
        vault.rows("INSERT INTO persona_setting (persona, name, value) VALUES ('Wren', 'health', 'ask')")
    gate = gate_of()
    asked = gate.judge(chat(HELLO))
    assert isinstance(asked, Stopped)
    gate.decide(asked.pending_id or "", "approve")
    passed(gate, HELLO)
    gate.close()
    again = gate_of()
    passed(again, HELLO)
    assert isinstance(again.judge(chat(HELLO, "I see.", "i'm only 15 btw")), Stopped)
    again.close()
    third = gate_of()
    judged = third.judge(chat(HELLO, "I see.", "let us go on"))
    assert isinstance(judged, Stopped), "the message is gone, the stop is not"
    assert judged.status == 451
    third.close()


def test_nothing_lies_open_on_the_disk(key: bytes, tmp_path: Path) -> None:
    gate = gate_of()
    passed(gate, HELLO)
    gate.close()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            raw = path.read_bytes().lower()
            for value in (b"jessica", b"kowalski", b"asthma"):
                assert value not in raw, path.name
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "home" / "vault.db").execute("SELECT * FROM stand_in").fetchall()
