"""`discretion exposure leak` from end to end, on a vault with an invented life in it."""

from __future__ import annotations

import json
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import fromstring

import networkx as nx
import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT, Run

from discretion.exposure.ledger import Told, keep
from discretion.identity import give
from discretion.knowledge import normalise
from discretion.records import Finding, Frame, Kind, Origin, Severity, Source
from discretion.text import Message
from discretion.vault import Asker, Cost, OwnFact, Vault, add_facts, check_trail

SCHEMA = json.loads((ROOT / "docs/reference/leak.schema.json").read_text("utf-8"))
PASSPHRASE = "ferret umbrella 41 candle"
NAME, MAIL, PET, WORK = "Zebrawood Quillon", "zq@quillfen.example", "Marrowfat", "Ostrich Lane Foundry"
ALIAS, PHOTO, CARD = "otter@quillfen.example", "the pergola one", "the blue one"
PLANTED = (NAME, MAIL, PET, WORK, ALIAS, PHOTO, CARD, "quillfen", "zebrawood", "marrowfat", "pergola")
HERE, THERE = "character.ai", "replika.com"


def _told(kind: Kind, words: str, severity: Severity, *, is_own: bool = False) -> Told:
    message = Message(words, sent_at=datetime(2026, 2, 3, 21, 5, tzinfo=UTC))
    value = normalise(kind, words)
    finding = Finding(kind, 0, len(words), Frame.SELF, severity, 0.9, "test", "it says so", value)
    return Told(message, finding, is_own)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("made") / "discretion"
    asker = Asker("test", "test")
    facts = [
        _told(Kind.NAME, NAME, Severity.HIGH, is_own=True),
        _told(Kind.AGE, "34", Severity.LOW),
        _told(Kind.LOCATION, "Tulsa, Oklahoma", Severity.MEDIUM),
        _told(Kind.WORKPLACE, WORK, Severity.MEDIUM),
        _told(Kind.PET, PET, Severity.LOW),
    ]
    with Vault.create(PASSPHRASE, folder, cost=Cost(64 * 1024, 3)) as vault:
        add_facts(vault, [OwnFact(Kind.NAME, NAME), OwnFact(Kind.EMAIL, MAIL)])
        keep(vault, facts, platform=HERE, source=Source.IMPORT)
        keep(vault, facts[1:], platform=THERE, source=Source.IMPORT)
        give(vault, asker, HERE, "email", MAIL)
        give(vault, asker, THERE, "email", ALIAS, origin=Origin.OTHER)
        for platform in (HERE, THERE):
            give(vault, asker, platform, "payment", CARD, way="card")
            give(vault, asker, platform, "photo", PHOTO, origin=Origin.OTHER)
        return folder, vault.data_key


@pytest.fixture
def leaks(made: tuple[Path, bytes], home: Path, tmp_path: Path, discretion: Run) -> Run:
    """`exposure leak` over a copy of the vault, with its passphrase in a file."""
    place = home / ".local" / "share" / "discretion"
    place.parent.mkdir(parents=True)
    shutil.copytree(made[0], place)
    place.chmod(0o700)
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    passphrase.chmod(0o600)

    def run(*arguments: str | Path) -> object:
        return discretion("exposure", "leak", *arguments, "--passphrase-file", passphrase)

    return run  # type: ignore[return-value]


def _hides(text: str) -> None:
    for words in PLANTED:
        assert words.lower() not in text.lower(), words


def test_the_document_fits_its_schema_and_its_graph_can_be_read(
    leaks: Run, made: tuple[Path, bytes], home: Path
) -> None:
    done = leaks(HERE, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(found)
    assert (found["schema"], found["platform"]) == ("discretion.leak/1", HERE)
    assert {"email", "name_full", "mail_domain", "payment", "payment_named", "photo", "combination"} <= {
        one["basis"] for one in found["links"]
    }
    reach = {one["target"]: one["strength"] for one in found["reaches"]}
    assert reach == {"person": "certain", THERE: "likely"}
    assert found["estimate"]["k"] > 1, "the name is no part of the number"
    graph = nx.node_link_graph(found["graph"], edges="edges")
    assert nx.has_path(graph, f"platform:{HERE}", "person")
    _hides(done.stdout)
    with Vault.open_with_key(made[1], home / ".local" / "share" / "discretion") as vault:
        verbs = [row.verb for row in check_trail(vault).rows]
    assert verbs[-3:] == ["exposure leak"] * 3, "told, given and own facts were read"


def test_the_terminal_says_what_to_do_first(leaks: Run) -> None:
    done = leaks(f"https://www.{HERE.upper()}/chat")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (f"If {HERE} leaked", "It leads to you", "What to do first, today", "Not checked"):
        assert words in done.stdout
    _hides(done.stdout)


def test_page_and_picture_are_private_and_load_nothing(leaks: Run, tmp_path: Path) -> None:
    page, picture = tmp_path / "leak.html", tmp_path / "leak.svg"
    for _ in range(2):  # the second time over its own files
        done = leaks(HERE, "--html", page, "--svg", picture)
        assert (done.returncode, done.stderr) == (0, "")
    for path in (page, picture):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        _hides(path.read_text("utf-8"))
    text = page.read_text("utf-8")
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    for loading in ("<script", "src=", "<link", "@import", "url(http", "<iframe"):
        assert loading not in text
    assert text.count("<h2") >= 5
    svg = fromstring(picture.read_text("utf-8"))
    assert svg.findtext("{http://www.w3.org/2000/svg}title") == f"What links the account at {HERE}"
    assert "replika.com" in (svg.findtext("{http://www.w3.org/2000/svg}desc") or "")


def test_an_unknown_platform_is_answered_with_the_known_ones(leaks: Run) -> None:
    said = leaks("replka.com").stdout
    assert "Nothing is kept about replka.com" in said
    assert f"Something is kept about: {', '.join(sorted((HERE, THERE)))}." in said


def test_a_platform_that_nobody_told_anything_is_not_called_safe(leaks: Run) -> None:
    done = leaks("nowhere.example")
    assert done.returncode == 0
    assert "Nothing is kept about nowhere.example" in done.stdout
    assert "is not known" in done.stdout
    found = json.loads(leaks("nowhere.example", "--json").stdout)
    Draft202012Validator(SCHEMA).validate(found)
    assert (found["is_known"], found["links"], found["estimate"]) == (False, [], None)
    assert found["not_checked"]


def test_everyday_chats_are_said_to_be_such(leaks: Run) -> None:
    found = json.loads(leaks(HERE, "--json", "--everyday").stdout)
    Draft202012Validator(SCHEMA).validate(found)
    assert not found["is_intimate"]
    assert "extortion" not in {one["id"] for one in found["harms"]}


@pytest.mark.parametrize(
    ("platform", "why"),
    [
        ("", "empty"),
        ("zebrawood", "no domain"),
        ("zebrawood quillon", "words"),
        ("\x1b]0;zebrawood\x07.example", "steers the terminal"),
        ("<script>zebrawood</script>", "markup"),
        ("../../etc/zebrawood", "a path"),
        ("z" * 4000 + ".example", "endless"),
        ("zebrawood'; DROP TABLE disclosure;--", "SQL"),
    ],
)
def test_no_domain_leaves_with_2_and_is_not_repeated(leaks: Run, platform: str, why: str) -> None:
    done = leaks(platform, "--json")
    assert (done.returncode, done.stdout) == (2, ""), why
    assert "zebrawood" not in done.stderr.lower(), why
    assert "Traceback" not in done.stderr, why


def test_a_file_of_somebody_else_stays(leaks: Run, tmp_path: Path) -> None:
    kept = tmp_path / "holiday.svg"
    kept.write_text("<svg>mine</svg>")
    done = leaks(HERE, "--svg", kept)
    assert done.returncode == 2
    assert kept.read_text() == "<svg>mine</svg>"


def test_without_a_vault_it_says_how_to_make_one(discretion: Run) -> None:
    done = discretion("exposure", "leak", HERE)
    assert done.returncode == 2
    assert "discretion vault init" in done.stderr
