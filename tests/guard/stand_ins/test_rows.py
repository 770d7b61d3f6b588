"""Pairs in the vault: kept, read with an audit row, changed, forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.guard.stand_ins.told import SECRET, sent

from discretion.guard.stand_ins import StandIns, forget_pairs, keep_pairs, read_pairs
from discretion.records import Kind, Pair
from discretion.vault import Asker, Cost, Vault, check_trail

ASKER = Asker("persona show", "cli")
AT = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
JESS = Pair("Rp", Kind.NAME, "Jess", "Ramona", AT, 3)
TOWN = Pair("Rp", Kind.LOCATION, "Tulsa", "Wexham", AT, 4, is_pinned=True)
OTHER = Pair("", Kind.NAME, "Jess", "Carola", AT, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Folder and data key of an empty vault."""
    folder = tmp_path_factory.mktemp("vault") / "home"
    with Vault.create("ferret umbrella 41 candle", folder, cost=Cost(64 * 1024, 3)) as vault:
        return folder, vault.data_key


@pytest.fixture
def vault(made: tuple[Path, bytes], tmp_path: Path) -> Iterator[Vault]:
    """A copy of it, open."""
    folder = tmp_path / "home"
    shutil.copytree(made[0], folder)
    folder.chmod(0o700)
    with Vault.open_with_key(made[1], folder) as opened:
        yield opened


def test_pairs_come_back_as_they_were(vault: Vault) -> None:
    retired = replace(JESS, stand_in="Wanda", retired_at=AT)
    kept = keep_pairs(vault, (JESS, TOWN, retired, OTHER))
    assert kept == (JESS, TOWN, retired, OTHER)
    assert len({pair.number for pair in kept} - {None}) == 4
    assert read_pairs(vault, ASKER, "Rp") == (JESS, TOWN, retired)
    assert [pair.number for pair in read_pairs(vault, ASKER, "Rp")] == [pair.number for pair in kept[:3]]


def test_personas_are_kept_apart_and_named_in_any_case(vault: Vault) -> None:
    keep_pairs(vault, (JESS, OTHER))
    assert read_pairs(vault, ASKER, "RP") == (JESS,)
    assert read_pairs(vault, ASKER, "") == (OTHER,)
    assert read_pairs(vault, ASKER, "nobody") == ()


def test_a_reading_leaves_a_row_without_a_value(vault: Vault) -> None:
    keep_pairs(vault, (JESS, TOWN))
    read_pairs(vault, ASKER, "rp")
    row = check_trail(vault).rows[-1]
    assert (row.verb, row.kinds, row.count) == ("persona show", ("location", "name"), 2)


def test_a_changed_pair_keeps_its_row(vault: Vault) -> None:
    (kept,) = keep_pairs(vault, (JESS,))
    changed = replace(kept, real="JeSs", retired_at=AT)
    assert keep_pairs(vault, (changed,))[0].number == kept.number
    assert read_pairs(vault, ASKER, "rp") == (changed,)


def test_a_pair_without_its_number_finds_its_row(vault: Vault) -> None:
    (kept,) = keep_pairs(vault, (JESS,))
    (again,) = keep_pairs(vault, (replace(JESS, retired_at=AT),))
    assert again.number == kept.number
    assert len(read_pairs(vault, ASKER, "rp")) == 1


def test_all_are_kept_or_none(vault: Vault) -> None:
    broken = replace(JESS, stand_in="\ud800")
    with pytest.raises(UnicodeEncodeError):
        keep_pairs(vault, (TOWN, broken))
    assert read_pairs(vault, ASKER, "rp") == ()


def test_forgetting_takes_one_persona(vault: Vault) -> None:
    keep_pairs(vault, (JESS, TOWN, OTHER))
    assert forget_pairs(vault, "RP") == 2
    assert read_pairs(vault, ASKER, "rp") == ()
    assert read_pairs(vault, ASKER, "") == (OTHER,)


def test_a_table_goes_on_from_the_vault(vault: Vault) -> None:
    first = StandIns("rp", secret=SECRET)
    left = sent(first, "[Jess Kowalski] and [Mike]")
    kept = keep_pairs(vault, first.take_changed())
    first.take_numbers(kept)
    assert first.take_changed() == (), "numbers are no change"
    again = StandIns("rp", read_pairs(vault, ASKER, "rp"), secret=bytes(32))
    assert sent(again, "Jess Kowalski and Mike") == left
    (pinned, retired) = (again.pin(kept[0].number or 0, "Ramona"), again.pairs[0])
    keep_pairs(vault, again.take_changed())
    assert read_pairs(vault, ASKER, "rp")[0] == retired
    assert pinned in read_pairs(vault, ASKER, "rp")
