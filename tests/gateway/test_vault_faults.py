"""A vault that is locked, slow, full or damaged while the gateway runs; and what its memory holds then."""

from __future__ import annotations

import gc
import threading
import time
from pathlib import Path

import pytest
from tests.gateway.asked import CARD, chat, leaves
from tests.gateway.test_keeping import ASKER, HELLO, PLATFORM, gate_of, key, passed

from discretion.exposure.ledger import disclosures
from discretion.gateway import _keeping
from discretion.gateway._gatekeeper import Gatekeeper, Passed, Stopped
from discretion.gateway._keeping import VaultKeeping
from discretion.gateway._settings import Mode, Settings
from discretion.guard.restore import RestoreCounts
from discretion.records import Kind
from discretion.vault import OwnFact, Vault, VaultError, add_facts, lock, unlock

__all__ = ["key"]

MARKERS = ("jessica", "kowalski", "tulsa")


def strings_with(marker: str) -> int:
    """How many texts in the memory of the gateway's own objects hold ``marker``."""
    gc.collect()
    held = 0
    for one in gc.get_objects():
        if isinstance(one, dict | list | tuple | set | frozenset):
            values = one.values() if isinstance(one, dict) else one
            held += sum(type(value) is str and value.casefold() == marker for value in list(values))
    return held


def test_a_locked_vault_leaves_no_value_to_ask_for(key: bytes) -> None:
    gate = gate_of()
    passed(gate, HELLO)
    lock()
    for ask in (
        gate.stand_ins,
        lambda: gate.pin(1, "Anna"),
        lambda: gate.decide("abcd", "approve"),
    ):
        with pytest.raises(VaultError, match="locked"):
            ask()
    rehearsed = gate.rehearse(chat(HELLO))
    assert isinstance(rehearsed, Stopped)
    assert rehearsed.code == "vault_locked"
    gate.close()


def test_values_leave_memory_though_nobody_asks(key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_keeping, "LOOKS_EVERY_S", 0.05)
    gate = gate_of()
    passed(gate, "hi, my name is Wilhelmine Kowalplotz and i live in Tulsa")
    assert strings_with("kowalplotz") > 0
    lock()
    until = time.monotonic() + 5
    while gate._open is not None and time.monotonic() < until:
        time.sleep(0.05)
    assert gate._open is None
    assert strings_with("kowalplotz") == 0
    gate.close()


def test_asking_for_the_state_prolongs_nothing(key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = gate_of()
    passed(gate, HELLO)
    monkeypatch.setattr("discretion.vault.held_key", lambda *_: pytest.fail("the key was asked for"))
    assert gate.state().is_guarding
    monkeypatch.undo()
    gate.close()


def test_a_stop_stands_through_a_lock_and_a_reload_though_the_window_slides(key: bytes) -> None:
    talk = ["good evening", "hello", "is the harbour quiet", "yes", "and the crew", "asleep"]
    for is_locked in (True, False):
        gate = gate_of()
        passed(gate, *talk[:5])
        assert isinstance(gate.judge(chat(*talk, "i'm only 15 btw")), Stopped)
        if is_locked:
            lock()
            unlock(key)
        else:
            gate.reload()
        judged = gate.judge(chat(*talk[2:], "let us go on"))
        assert isinstance(judged, Stopped)
        assert judged.code == "limit"
        gate.decide(judged.pending_id or "", "mistake")
        assert isinstance(gate.judge(chat(*talk, "let us go on")), Passed)
        gate.close()


@pytest.mark.parametrize(
    ("system", "start", "reason"),
    [
        (CARD, 2, "the window slid"),
        (f"{CARD} The time is 22:41.", 0, "the clock went on"),
    ],
)
def test_a_stop_is_found_again_by_the_next_run(key: bytes, system: str, start: int, reason: str) -> None:
    talk = ["good evening", "hello", "is the harbour quiet", "yes", "and the crew", "asleep"]
    first = CARD if start else f"{CARD} The time is 22:40."
    gate = gate_of()
    assert isinstance(gate.judge(chat(*talk[:5], system=first)), Passed)
    assert isinstance(gate.judge(chat(*talk, "i'm only 15 btw", system=first)), Stopped)
    gate.close()
    again = gate_of()
    judged = again.judge(chat(*talk[start:], "let us go on", system=system))
    assert isinstance(judged, Stopped), reason
    again.decide(judged.pending_id or "", "mistake")
    again.close()
    third = gate_of()
    assert isinstance(third.judge(chat(*talk, "let us go on", system=first)), Passed), "taken back for good"
    third.close()


def test_each_message_counts_once(key: bytes) -> None:
    clock = f"{CARD} The time is 22:4{{}}."
    gate = gate_of()
    for minute, said in enumerate([(HELLO,), (HELLO,), (HELLO, "a", "and you"), (HELLO, "b", "and you")]):
        assert isinstance(gate.judge(chat(*said, system=clock.format(minute))), Passed)
    gate.reload()
    assert isinstance(gate.judge(chat(HELLO, "b", "so", system=clock.format(7))), Passed)
    lock()
    assert isinstance(gate.judge(chat(HELLO)), Stopped)
    unlock(key)
    assert isinstance(gate.judge(chat(HELLO, "b", "so", system=clock.format(8))), Passed)
    title = f"Title?\nUSER: {HELLO}\nASSISTANT: b"
    assert isinstance(gate.judge(chat(title, system=None)), Passed)
    gate.close()
    again = gate_of()
    assert isinstance(again.judge(chat(HELLO, "b", "so", system=clock.format(9))), Passed)
    again.close()
    with Vault.open_with_key(key) as vault:
        assert [(one.kind, one.times) for one in disclosures(vault, ASKER)] == [(Kind.HEALTH, 1)]


def test_said_again_counts_again(key: bytes) -> None:
    gate = gate_of()
    passed(gate, HELLO)
    passed(gate, HELLO, "I see.", HELLO)
    gate.close()
    with Vault.open_with_key(key) as vault:
        assert [one.times for one in disclosures(vault, ASKER)] == [2]


def test_observing_counts_what_left_as_told(key: bytes) -> None:
    keeping = VaultKeeping(Settings("Wren", mode=Mode.OBSERVE), platform=PLATFORM, mode_is_given=True)
    gate = Gatekeeper(keeping, platform=PLATFORM)
    passed(gate, HELLO)
    gate.close()
    with Vault.open_with_key(key) as vault:
        assert {one.kind for one in disclosures(vault, ASKER)} >= {Kind.NAME, Kind.LOCATION, Kind.HEALTH}


def test_what_the_vault_cannot_take_waits_and_is_written_later(
    key: bytes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from discretion.gateway._vault_side import Writer

    write, fails = Writer.write, [True]

    def failing(self: Writer, waiting: object) -> object:
        if fails[0]:
            raise OSError("no space left for jessica")
        return write(self, waiting)  # type: ignore[arg-type]

    monkeypatch.setattr(Writer, "write", failing)
    gate = gate_of()
    said = leaves(passed(gate, HELLO).body)[-1]
    assert gate.stand_ins()
    assert gate.state().unsaved > 0
    assert not any(marker in caplog.text.casefold() for marker in MARKERS)
    gate.reload()
    assert leaves(passed(gate, HELLO, "a", "b").body)[1] == said, "what waits is not forgotten"
    fails[0] = False
    passed(gate, HELLO, "a", "b", "c", "d")
    assert all(one.number for one in gate.stand_ins())
    assert gate.state().unsaved == 0
    gate.close()
    again = gate_of()
    assert leaves(passed(again, HELLO).body)[-1] == said
    again.close()


def test_what_waited_while_the_vault_was_locked_is_written_when_it_opens(key: bytes) -> None:
    gate = gate_of()
    went = passed(gate, HELLO)
    said = leaves(went.body)[-1]
    gate._keeping.flush()
    lock()
    gate.replied(went.ticket, RestoreCounts(), 3, 4, is_whole=True)
    assert isinstance(gate.judge(chat(HELLO, "I see.", "so")), Stopped)
    unlock(key)
    assert leaves(passed(gate, HELLO, "I see.", "so").body)[1] == said
    gate.close()
    with Vault.open_with_key(key) as vault:
        assert vault.rows("SELECT replies, tokens_out FROM session") == [(1, 4)]


def test_a_reply_that_ends_after_the_gateway_harms_nothing(key: bytes) -> None:
    gate = gate_of()
    went = passed(gate, HELLO)
    gate.close()
    gate.replied(went.ticket, RestoreCounts(), 3, 4, is_whole=False)
    gate.close()


def test_a_fact_that_is_added_later_leaves_nowhere_after_a_reload(key: bytes) -> None:
    gate = gate_of()
    passed(gate, "my parrot Biscuit says hi", "hello", "*Quill the cook waves*")
    with Vault.open_with_key(key) as vault:
        add_facts(vault, [OwnFact(Kind.NAME, "Quill")])
    gate.reload()
    body = passed(gate, "my parrot Biscuit says hi", "hello", "*Quill the cook waves*").body
    assert b"Quill" not in body
    gate.close()


def test_a_damaged_vault_stops_and_says_so(key: bytes, tmp_path: Path) -> None:
    path = tmp_path / "home" / "vault.db"
    path.write_bytes(b"x" * path.stat().st_size)
    gate = gate_of()
    with pytest.raises(VaultError):
        gate.judge(chat(HELLO))
    gate.close()


def test_many_threads_at_once(key: bytes) -> None:
    gate = gate_of()
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(3):
                match number % 4:
                    case 0 | 1:
                        first = f"evening {number}, my name is Jessica Kowalski"
                        judged = gate.judge(chat(first, "hello", f"turn {turn}"))
                        assert isinstance(judged, Passed), judged
                        assert b"Kowalski" not in judged.body
                        gate.replied(judged.ticket, RestoreCounts(), 1, 1, is_whole=True)
                    case 2:
                        gate.reload()
                        gate.state()
                    case 3:
                        gate.stand_ins()
                        gate.rehearse(chat("hi, my name is Jessica Kowalski"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert errors == []
    pairs = [one for one in gate.stand_ins() if one.is_active]
    assert len({(one.kind, one.real.casefold()) for one in pairs}) == len(pairs), "one stand-in for each"
    gate.close()
