"""The ledger: what a second import changes, what is kept in place of words, and what forgetting leaves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest

from discretion.exposure import ledger
from discretion.exposure.ledger import Chosen, Keeper, Kept, PersonaNotNamed, Told
from discretion.knowledge import PlatformNotNamed, normalise
from discretion.records import Disclosure, Finding, Frame, Kind, NotChecked, Severity, Source
from discretion.text import Message
from discretion.vault import (
    Asker,
    BackupNotReadable,
    Cost,
    OwnFact,
    Vault,
    add_facts,
    back_up,
    check_trail,
    restore,
)

PASSPHRASE = "ferret umbrella 41 candle"
ASKER = Asker("test", "cli")
TODAY = date(2026, 11, 25)
DAY = datetime(2024, 3, 1, 10, tzinfo=UTC)
LEAST = Cost(64 * 1024, 3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("ledger") / "home"
    with Vault.create(PASSPHRASE, folder, cost=LEAST) as vault:
        return folder, vault.data_key


@pytest.fixture
def vault(made: tuple[Path, bytes], tmp_path: Path) -> Iterator[Vault]:
    shutil.copytree(made[0], tmp_path / "home")
    with Vault.open_with_key(made[1], tmp_path / "home") as opened:
        yield opened


def told(
    kind: str,
    words: str,
    at: datetime | None = DAY,
    *,
    frame: Frame = Frame.SELF,
    is_own: bool = False,
    before: str = "im ",
) -> Told:
    """A fact as the guard finds it in "im WORDS"."""
    known = Kind(kind)
    has_value = frame is Frame.SELF and (not known.is_identifier or known is Kind.DATE_OF_BIRTH)
    value = normalise(known, words, reference=at.date() if at else None) if has_value else None
    start, end = len(before), len(before) + len(words)
    finding = Finding(known, start, end, frame, Severity.LOW, 0.9, "test", "a test", value)
    return Told(Message(before + words, sent_at=at), finding, is_own)


LIFE = [
    told("age", "34"),
    told("location", "Tulsa, Oklahoma", DAY + timedelta(days=1)),
    told("health", "type 1 diabetic", None),
    told("email", "zq@mail.example", DAY + timedelta(days=2)),
    told("email", "zq@mail.example", DAY + timedelta(days=3), frame=Frame.FICTION),
]


def keep(vault: Vault, facts: list[Told], platform: str = "character.ai", **more: Any) -> Kept:
    return ledger.keep(vault, facts, platform=platform, **{"source": Source.IMPORT, **more})


def rows(vault: Vault) -> list[tuple[object, ...]]:
    """Everything that the ledger holds, but for when it was noted."""
    facts = [
        (
            one.platform,
            one.persona,
            one.kind,
            one.frame,
            one.source,
            one.digest,
            one.times,
            one.first_at,
            one.last_at,
        )
        for one in ledger.disclosures(vault, ASKER)
    ]
    return [*sorted(facts, key=repr), *sorted(vault.rows("SELECT digest, at FROM sighting"))]


def of(vault: Vault, kind: str) -> Disclosure:
    (one,) = (fact for fact in ledger.disclosures(vault, ASKER) if fact.kind == kind)
    return one


def test_a_second_import_changes_nothing_and_a_longer_one_adds_what_is_new(vault: Vault) -> None:
    assert keep(vault, LIFE[:3]) == Kept(3, 0)
    once = rows(vault)
    assert keep(vault, LIFE[:3], "https://www.Character.AI/chat") == Kept(0, 3)
    assert rows(vault) == once
    assert keep(vault, LIFE) == Kept(2, 3)
    assert ledger.platforms(vault) == ("character.ai",)


def test_a_fact_counts_its_times_and_their_first_and_last(vault: Vault) -> None:
    later = DAY + timedelta(days=400)
    keep(vault, [told("pet", "Rex", later), told("pet", "rex", DAY), told("pet", "Rex", None)])
    one = of(vault, "pet")
    assert (one.times, one.first_at, one.last_at, one.number) == (3, DAY, later, 1)


SAME_TEXT = [
    (DAY, DAY, 1, "the same text at the same time is the same message, exported twice"),
    (DAY, DAY + timedelta(minutes=1), 2, "said again"),
    (None, None, 2, "without times the second one is said again"),
]


@pytest.mark.parametrize(("one", "other", "times", "why"), SAME_TEXT)
def test_the_same_text_twice(
    vault: Vault, one: datetime | None, other: datetime | None, times: int, why: str
) -> None:
    both = [told("age", "34", one), told("age", "34", other)]
    for _ in range(2):
        keep(vault, both)
        assert of(vault, "age").times == times, why


def test_batches_of_one_import_are_one_import(vault: Vault) -> None:
    untimed = [told("age", "34", None) for _ in range(4)]
    keeper = Keeper(vault, platform="a.example", source=Source.IMPORT)
    assert [keeper.keep([one]).new for one in untimed] == [1, 1, 1, 1]
    assert keep(vault, untimed, "a.example") == Kept(0, 4)


APART = [
    ({"platform": "b.example"}, "another platform"),
    ({"persona": "Elara"}, "another persona"),
    ({"source": Source.GATEWAY}, "another source: its clock is another, so its count is its own"),
]


@pytest.mark.parametrize(("more", "why"), APART)
def test_what_is_told_apart(vault: Vault, more: dict[str, Any], why: str) -> None:
    keep(vault, [told("age", "34")])
    assert keep(vault, [told("age", "34")], **more) == Kept(1, 0), why
    assert len({one.digest for one in ledger.disclosures(vault, ASKER)}) == 1, "the fact is the same"
    (fact,) = ledger.stated(ledger.disclosures(vault, ASKER), TODAY)
    assert (fact.kind, fact.words) == ("age", "36 to 37")


def test_one_platform_and_persona_are_read_alone_and_each_reading_is_noted(vault: Vault) -> None:
    keep(vault, [told("age", "34")], persona="Elara")
    keep(vault, [told("pet", "Rex")])
    keep(vault, [told("age", "34")], "b.example")
    assert len(ledger.disclosures(vault, ASKER, platform="character.ai")) == 2
    assert [one.kind for one in ledger.disclosures(vault, ASKER, persona="Elara")] == ["age"]
    assert len(ledger.disclosures(vault, ASKER, persona="")) == 2
    assert [(row.verb, row.count) for row in check_trail(vault).rows] == [
        ("test", 2),
        ("test", 1),
        ("test", 2),
    ]


@pytest.mark.parametrize("name", ["x" * 101, "a\x1b[31mb", "a\x00b"])
def test_hostile_personas(vault: Vault, name: str) -> None:
    with pytest.raises(PersonaNotNamed):
        keep(vault, LIFE, persona=name)
    assert rows(vault) == []


@pytest.mark.parametrize("name", ["", "nowhere", "'; DROP TABLE disclosure; --", "../x", "a\x00.com"])
def test_hostile_platforms(vault: Vault, name: str) -> None:
    with pytest.raises(PlatformNotNamed):
        keep(vault, LIFE, name)
    with pytest.raises(PlatformNotNamed):
        ledger.forget(vault, platform=name)
    assert rows(vault) == []


WORDS = [
    ("name", "zqmarker tavarez", True, "a name, even the user's own"),
    ("name", "zqmarker", False, "somebody else's name"),
    ("username", "@zqmarker", False, "a handle"),
    ("pet", "zqmarker", False, "a pet"),
    ("workplace", "zqmarker general", False, "an employer"),
    ("email", "zqmarker@mail.example", False, "an address"),
    ("street_address", "22 zqmarker road", False, "a street"),
    ("secret", "zqmarker77", False, "a password"),
    ("location", "Springfield", False, "a place that many names mean"),
    ("health", "type 1 diabetic", False, "a condition, as it was put"),
    ("event", "married on the zqmarker", False, "an event"),
]


@pytest.mark.parametrize(("kind", "words", "is_own", "why"), WORDS)
@pytest.mark.parametrize("digests_only", [False, True])
def test_the_words_are_not_in_the_decrypted_pages(
    vault: Vault, kind: str, words: str, is_own: bool, why: str, digests_only: bool
) -> None:
    keep(vault, [told(kind, words, is_own=is_own)], digests_only=digests_only)
    pages = vault.connection.serialize("main").lower()
    assert of(vault, kind).digest in vault.connection.serialize("main"), "the search finds what is there"
    for word in (words, "zqmarker", "springfield", "diabetic"):
        assert word.lower().encode() not in pages, why


KEPT = [
    ("age", "34", ("age", (), 34.0), "a number"),
    ("location", "Springfield", ("place_name", ("springfield",), None), "by the id of one that bears it"),
    ("street_address", "74104", ("place", ("zip:74104",), None), "a ZIP code is none's own"),
    ("street_address", "22 Oakfield Road", None, "an address is found by its form"),
    ("pet", "Rex", None, "words alone"),
    ("occupation", "retired", ("occupation", ("not_employed/retired",), None), "a group"),
]


@pytest.mark.parametrize(("kind", "words", "value", "why"), KEPT)
def test_what_is_kept_comes_back(
    vault: Vault, kind: str, words: str, value: tuple[object, ...] | None, why: str
) -> None:
    keep(vault, [told(kind, words)])
    found = of(vault, kind)
    assert (found.value and (found.value.system, found.value.codes, found.value.low)) == value, why
    assert found.is_value_kept


def test_a_nurse_is_one_of_the_nurses(vault: Vault) -> None:
    keep(vault, [told("occupation", "nurse")])
    (fact,) = ledger.stated(ledger.disclosures(vault, ASKER), TODAY)
    assert fact.words == "nurse"
    assert fact.value is not None
    assert 1 < len(fact.value.codes) < 10


AGED = [
    (DAY.replace(year=2023), ("37 to 38", "three years and some"), "one of two ages"),
    (datetime(2026, 11, 25, tzinfo=UTC), ("34", "today"), "nothing has passed"),
    (datetime(2026, 11, 1, tzinfo=UTC), ("34 to 35", "a birthday may have been since"), "days count"),
    (datetime(2027, 1, 1, tzinfo=UTC), ("34", "a clock that is ahead"), "no age goes back"),
]


@pytest.mark.parametrize(("at", "label", "why"), AGED)
def test_an_age_grows_with_the_time_since(
    vault: Vault, at: datetime, label: tuple[str, str], why: str
) -> None:
    keep(vault, [told("age", "34", at)])
    (fact,) = ledger.stated(ledger.disclosures(vault, ASKER), TODAY)
    assert fact.words == label[0], (label[1], why)


def test_what_is_stated_of_a_story(vault: Vault) -> None:
    story: dict[str, Any] = {"frame": Frame.FICTION}
    keep(vault, [told("email", "zq@mail.example", **story), told("age", "99", **story)])
    keep(vault, [told("location", "Tulsa, Oklahoma", is_own=True, **story)])
    found = {fact.kind: fact for fact in ledger.stated(ledger.disclosures(vault, ASKER), TODAY)}
    assert set(found) == {"email", "location"}, "a character's age says nothing of the user"
    assert found["email"].is_direct
    assert found["location"].words == "Tulsa, Oklahoma", "one's own fact has its value in a story too"


def test_a_rare_mistake_contradicts_the_rule(vault: Vault) -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    keep(vault, [told("age", "60", now)])
    keep(vault, [told("age", "34", now - timedelta(minutes=n)) for n in range(3)])
    assert ledger.stated(ledger.disclosures(vault, ASKER), TODAY)[0].words == "34"
    estimate, missing = ledger.estimate_told(ledger.disclosures(vault, ASKER), TODAY)
    assert missing is None
    assert estimate.facts[1].not_checked == "contradicts an earlier fact"


def test_a_direct_identifier_ends_the_estimate_although_its_words_are_gone(vault: Vault) -> None:
    keep(vault, LIFE)
    estimate, _ = ledger.estimate_told(ledger.disclosures(vault, ASKER), TODAY)
    assert (estimate.status, estimate.k) == ("singled_out", 1)
    assert "zq" not in "".join(fact.value for fact in estimate.facts)


def test_digests_only_leaves_nothing_to_estimate(vault: Vault) -> None:
    keep(vault, LIFE, digests_only=True)
    found = ledger.disclosures(vault, ASKER)
    assert all(one.value is None and not one.is_value_kept for one in found)
    estimate, missing = ledger.estimate_told(found, TODAY)
    assert (estimate.status, estimate.reason) == ("not_checked", "values not kept")
    assert missing == NotChecked("estimate", "values not kept")
    keep(vault, [told("occupation", "retired")])
    estimate, missing = ledger.estimate_told(ledger.disclosures(vault, ASKER), TODAY)
    assert estimate.status == "estimated"
    assert missing == NotChecked("estimate", "values not kept: 4 of 5 facts")


def test_values_left_out_once_stay_out(vault: Vault) -> None:
    keep(vault, [told("age", "34")], digests_only=True)
    keep(vault, [told("age", "34"), told("age", "34", DAY + timedelta(days=9))])
    assert (of(vault, "age").times, of(vault, "age").is_value_kept) == (2, False)


def test_the_own_name_is_taken_from_the_own_facts(vault: Vault) -> None:
    add_facts(vault, [OwnFact(Kind.NAME, "Zqmarker Tavarez", ("Zq",))])
    keep(
        vault,
        [told("name", "zqmarker tavarez", is_own=True), told("name", "Zq", is_own=True, before="call me ")],
    )
    keep(vault, [told("name", "Mike", before="my ex ")])
    found = ledger.stated(ledger.disclosures(vault, ASKER), TODAY)
    assert [(fact.words, fact.value is not None, fact.no_value) for fact in found] == [
        ("your full name", True, None),
        ("one of your names", False, "a part of another name that was told"),
        ("name", False, "names are not kept"),
    ]


def test_an_own_fact_named_later_is_noted(vault: Vault) -> None:
    keep(vault, [told("pet", "Rex")])
    assert not of(vault, "pet").is_own
    assert keep(vault, [told("pet", "Rex", is_own=True)]) == Kept(0, 1)
    assert of(vault, "pet").is_own


def _many(vault: Vault) -> None:
    keep(vault, [told("pet", "Rex", DAY + timedelta(days=n)) for n in (0, 10, 20)])
    keep(vault, [told("pet", "Rex", None), told("health", "zqdeaf", DAY)], persona="Elara")
    keep(vault, [told("age", "34")], "b.example", source=Source.HAND)


FORGOTTEN = [
    ({"platform": "character.ai"}, 5, 1, "a platform"),
    ({"platform": "https://character.ai/", "persona": ""}, 3, 3, "no persona there"),
    ({"persona": "Elara"}, 2, 2, "a persona"),
    ({"kind": Kind.PET}, 4, 2, "a kind, everywhere"),
    ({"source": Source.HAND}, 1, 3, "a source"),
    ({"fact": 1}, 3, 3, "one fact"),
    ({"fact": 99}, 0, 4, "a fact that is not there"),
    ({"before": date(2024, 3, 11)}, 3, 2, "days before; without a time it stays"),
    ({"since": date(2024, 3, 11), "kind": Kind.PET}, 2, 4, "days since, of a kind"),
    ({"everything": True}, 6, 0, "all"),
    ({}, 0, 4, "nothing named is nothing removed"),
]


@pytest.mark.parametrize(("chosen", "times", "left", "why"), FORGOTTEN)
def test_forgetting(vault: Vault, chosen: dict[str, Any], times: int, left: int, why: str) -> None:
    _many(vault)
    assert ledger.would_forget(vault, Chosen(**chosen), ASKER).times == times, why
    assert ledger.forget(vault, **chosen) == times, why
    assert len(ledger.disclosures(vault, ASKER)) == left, why
    assert vault.rows("SELECT count(*) FROM sighting") == [(6 - times,)]


def test_what_stays_is_counted_anew(vault: Vault) -> None:
    _many(vault)
    chosen = Chosen(platform="character.ai", persona="", before=date(2024, 3, 12))
    going = ledger.would_forget(vault, chosen, ASKER)
    assert (going.whole, going.partly, going.times, dict(going.kinds)) == (0, 1, 2, {"pet": 1})
    ledger.forget(vault, platform="character.ai", persona="", before=date(2024, 3, 12))
    (one,) = ledger.disclosures(vault, ASKER, platform="character.ai", persona="")
    assert (one.times, one.first_at, one.last_at) == (1, DAY + timedelta(days=20), DAY + timedelta(days=20))


def test_forgetting_leaves_no_byte_of_it(vault: Vault) -> None:
    keep(vault, [told("location", "Tulsa, Oklahoma", DAY + timedelta(days=n)) for n in range(300)])
    keep(vault, [told("pet", "Rex")])
    gone, stays = of(vault, "location").digest, of(vault, "pet").digest
    sightings = [row[0] for row in vault.rows("SELECT s.digest FROM sighting s WHERE s.disclosure = 1")]
    before = vault.connection.serialize("main")
    assert all(one in before for one in (gone, b"place|4553433", stays, *sightings))
    assert ledger.forget(vault, kind=Kind.LOCATION) == 300
    after = vault.connection.serialize("main")
    assert stays in after
    assert not any(one in after for one in (gone, b"4553433", *sightings))
    assert vault.connection.pragma("freelist_count") == 0
    assert vault.rows("SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'") == []


def test_a_backup_brings_the_ledger_back(vault: Vault, tmp_path: Path) -> None:
    keep(vault, LIFE)
    was = rows(vault)
    back_up(vault, PASSPHRASE, tmp_path / "b.age")
    with restore(tmp_path / "b.age", PASSPHRASE, tmp_path / "again", cost=LEAST) as again:
        assert rows(again) == was
        assert keep(again, LIFE) == Kept(0, 5), "the keys of the digests outlive it"


def test_a_backup_whose_sightings_are_of_no_fact_is_refused(vault: Vault, tmp_path: Path) -> None:
    keep(vault, LIFE)
    vault.connection.pragma("foreign_keys", "OFF")
    vault.rows("UPDATE sighting SET disclosure = 99")
    back_up(vault, PASSPHRASE, tmp_path / "b.age")
    with pytest.raises(BackupNotReadable):
        restore(tmp_path / "b.age", PASSPHRASE, tmp_path / "again", cost=LEAST)
    assert not (tmp_path / "again" / "vault.key").exists()


def test_nothing_of_a_batch_is_kept_where_its_writing_fails(vault: Vault) -> None:
    vault.connection.execute(
        "CREATE TEMP TRIGGER no BEFORE INSERT ON main.sighting WHEN new.at > '2024-03-02T12'"
        " BEGIN SELECT raise(ABORT, 'no'); END"
    )
    with pytest.raises(apsw.ConstraintError):
        keep(vault, LIFE)
    assert rows(vault) == []


def test_nothing_that_is_printed_holds_words() -> None:
    fact = told("pet", "zqmarker")
    assert "zqmarker" not in f"{fact!r} {Kept(1, 2)!r} {ledger.Chosen(platform='a.example')!r}"
