"""`discretion exposure show` from end to end: a real vault, fed by `check --keep`."""

from __future__ import annotations

import json
import re
import stat
from html.parser import HTMLParser
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT, Run

from discretion.vault import Cost, Vault

SCHEMA = json.loads((ROOT / "docs/reference/exposure.schema.json").read_text("utf-8"))
PASSPHRASE = "ferret umbrella 41 candle"
CHATS: dict[str, list[tuple[str | None, str]]] = {
    "character.ai": [
        ("2026-01-11T20:04:00Z", "it snowed all day here in Tulsa, Oklahoma"),
        ("2026-02-02T22:15:00Z", "ok real talk, i'm 34 and still afraid of the dark"),
        ("2026-03-08T23:02:00Z", "sorry i was away. i'm a registered nurse"),
        ("2026-04-19T22:47:00Z", "we signed the papers today. i'm divorced now"),
    ],
    "replika.com": [
        (None, "My number is 918-555-0142 in case the app closes, ha."),
        (None, "I'm a Baptist, I sing in the choir on Sundays."),
    ],
}
VALUES = ("Tulsa", "Oklahoma", "34", "nurse", "Baptist", "divorced", "555", "American Community")


@pytest.fixture
def shown(discretion: Run, home: Path, tmp_path: Path) -> Run:
    """`exposure show` over a vault in which two platforms know something."""
    word = tmp_path / "pass"
    word.write_text(PASSPHRASE)
    word.chmod(0o600)
    Vault.create(PASSPHRASE, home / ".local/share/discretion", cost=Cost(64 * 1024, 3)).close()
    for platform, lines in CHATS.items():
        chat = tmp_path / f"{platform}.jsonl"
        said = [{"author": "user", "text": text, **({"sent_at": at} if at else {})} for at, text in lines]
        chat.write_text("\n".join(map(json.dumps, said)))
        done = discretion(
            "check", chat, "--rules-only", "--cores", "1", "--keep", platform, "--passphrase-file", word
        )
        assert done.returncode == 3, done.stderr
        chat.unlink()

    def run(*arguments: str | Path) -> CompletedProcess[str]:
        return discretion("exposure", "show", *arguments, "--passphrase-file", word)

    return run


def test_every_way_of_showing_it(shown: Run, tmp_path: Path, home: Path) -> None:
    alone = shown("character.ai", "--show-values")
    assert alone.returncode == 0, alone.stderr
    first, *_ = alone.stdout.splitlines()
    assert first.startswith("By 19 April 2026 character.ai knew")
    assert "Tulsa, Oklahoma" in alone.stdout
    assert "What would help most" in alone.stdout
    assert max(map(len, alone.stdout.splitlines())) <= 80
    assert "\x1b" not in alone.stdout

    every = shown()
    assert "Side by side" in every.stdout
    assert "Phone is enough to find" in every.stdout
    assert "no time in the export" in every.stdout
    assert "masked" in every.stdout
    for value in VALUES:
        assert not re.search(rf"\b{value}\b", every.stdout), value

    document = shown("--json")
    found = json.loads(document.stdout)
    Draft202012Validator(SCHEMA).validate(found)
    assert [one["platform"] for one in found["platforms"]] == ["character.ai", "replika.com"]
    assert found["together"]["estimate"]["status"] == "singled_out"
    assert found["together"]["without_direct"]["k"] < found["platforms"][0]["estimate"]["k"]
    for value in VALUES:
        assert not re.search(rf'(?<![\d.])"?\b{value}\b(?![\d.])', document.stdout) or value == "34", value
    full = json.loads(shown("--json", "--show-values").stdout)
    Draft202012Validator(SCHEMA).validate(full)
    assert "Tulsa, Oklahoma" in {fact["label"] for fact in full["together"]["facts"]}

    page = tmp_path / "page.html"
    done = shown("--html", page)
    assert f"The page is {page}" in done.stdout
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    text = page.read_text("utf-8")
    for value in ("Tulsa", "Oklahoma", "nurse", "Baptist", "divorced"):
        assert value not in text
    _check_page(text)
    assert shown("--html", page, "--show-values").returncode == 0, "our own page is replaced"
    assert "Tulsa, Oklahoma" in page.read_text("utf-8")
    _check_page(page.read_text("utf-8"))

    empty = shown("x.example")
    assert empty.returncode == 0
    assert "holds nothing that x.example was told" in empty.stdout
    assert "It knows of: character.ai, replika.com." in empty.stdout
    Draft202012Validator(SCHEMA).validate(json.loads(shown("x.example", "--json").stdout))
    wrong = shown("not a domain")
    assert wrong.returncode == 2
    assert "not a domain" not in wrong.stderr

    left = {path for path in [*home.rglob("*"), *tmp_path.rglob("*")] if path.is_file() and path != page}
    for path in left:
        assert b"Tulsa" not in path.read_bytes(), path.name


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def _check_page(text: str) -> None:
    """It loads nothing, runs nothing, and says each id once."""
    page = _Page()
    page.feed(text)
    tags = {tag for tag, _ in page.seen}
    assert not tags & {"script", "img", "link", "iframe", "object", "form", "base"}
    policy = [
        told["content"] for tag, told in page.seen if told.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy[0] is not None
    assert policy[0].startswith("default-src 'none'")
    assert all((told.get("href") or "#").startswith("#") for _, told in page.seen)
    assert not any(name.startswith("on") for _, told in page.seen for name in told)
    ids = [told["id"] for _, told in page.seen if told.get("id")]
    assert len(ids) == len(set(ids))
    assert {"wide", "narrow"} <= {told.get("class") for _, told in page.seen}


def test_an_empty_ledger_says_what_to_do(discretion: Run, home: Path, tmp_path: Path) -> None:
    word = tmp_path / "pass"
    word.write_text(PASSPHRASE)
    word.chmod(0o600)
    without = discretion("exposure", "show", "--passphrase-file", word)
    assert without.returncode == 2
    assert "discretion vault init" in without.stderr
    Vault.create(PASSPHRASE, home / ".local/share/discretion", cost=Cost(64 * 1024, 3)).close()
    done = discretion("exposure", "show", "--passphrase-file", word)
    assert done.returncode == 0
    assert "discretion check FILE --keep PLATFORM" in done.stdout
    document = json.loads(discretion("exposure", "show", "--json", "--passphrase-file", word).stdout)
    Draft202012Validator(SCHEMA).validate(document)
    assert (document["platforms"], document["together"]) == ([], None)
    page = tmp_path / "page.html"
    discretion("exposure", "show", "--html", page, "--passphrase-file", word)
    assert "--keep PLATFORM" in page.read_text("utf-8")


def test_without_a_command_it_is_show(discretion: Run) -> None:
    """Without a vault both say what to do."""
    assert discretion("exposure").stderr == discretion("exposure", "show").stderr
    assert "discretion vault init" in discretion("exposure").stderr
    for arguments in (["--html", "page.html"], ["character.ai"], ["character.ai", "--all"]):
        assert "discretion vault init" in discretion("exposure", *arguments).stderr, arguments
    assert "No such command 'shwo'" in discretion("exposure", "shwo").stderr
    assert "Commands:" in discretion("exposure", "--help").stdout


def test_a_narrow_terminal_breaks_no_word(shown: Run, discretion: Run, tmp_path: Path) -> None:
    """Sixty columns: the drawn line and the days make room for the words."""
    word = tmp_path / "pass"
    told = discretion(
        "exposure", "--show-values", "--passphrase-file", word, prefix=("env", "COLUMNS=60")
    ).stdout
    assert max(map(len, told.splitlines())) <= 60
    assert "relationship:" in told
    assert "━" not in told
    assert "━" in shown("--show-values").stdout
