"""A whole life of a vault as one table: every verb that keeps or shows something, in an order that works.

`test_offline` watches the system calls of each step, `test_markers` searches the disk after each. Whoever
adds a command adds a row, or a reason why it is in no life (`NOT_LIVED`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

MARKER = "quillfeather"
"""In everything planted, so that one search finds any of it."""
PASSPHRASE = f"{MARKER}pass umbrella 41 candle"
FACT = f"{MARKER.title()}ine Tavarez"
"""A fact that the user keeps: in the vault alone, once the file it came from is gone."""
TOLD = f"{MARKER}told"
"""In what the chat tells: in the export alone."""
PLATFORM, OTHER = "moonlit.example", "harbour.example"
NOBODY = "127.0.0.1"
AT_NOBODY = f"http://{NOBODY}:9"
"""Nobody listens there, so that what is asked of an alias service goes nowhere."""
DATA = ".local/share/discretion"
WRITTEN_IN_HOME = frozenset(f"{DATA}/{name}" for name in ("vault.db", "vault.key", "vault.mark"))
"""All that a vault leaves in a home folder. While it is unlocked there is a socket besides, no file."""
CONFIG = f"{DATA}/config.toml"
"""There while an upstream has a name."""

GIVEN = ("--passphrase-file", "pass")
FOUND, REFUSED = frozenset({3}), frozenset({2})


@dataclass(frozen=True, slots=True)
class Step:
    """One command: its arguments, what comes through the pipe, and the exit codes that are right."""

    arguments: tuple[str, ...]
    stdin: str = ""
    codes: frozenset[int] = frozenset({0})
    shows: bool = False
    """Whether the user asks here to see values, so that a marker in the output is right."""
    leaves_a_process: bool = False
    asks: str = ""
    """The one address that it connects to, because the user said so; empty where it connects to nothing."""

    @property
    def name(self) -> str:
        """As one types it."""
        return " ".join(self.arguments)


def life() -> tuple[Step, ...]:
    """Every step, in order; each needs those before it."""
    return (
        Step(("vault", "status")),
        Step(("vault", "init", *GIVEN)),
        Step(("vault", "unlock", *GIVEN), leaves_a_process=True),
        Step(("vault", "facts", "add", "name"), stdin=f"{FACT}; {MARKER}ly\n"),
        Step(("vault", "facts", "import", "facts.toml")),
        Step(("vault", "facts", "list", "--show-text"), shows=True),
        Step(("vault", "facts", "list", "--json")),
        Step(("vault", "facts", "remove", "2")),
        Step(("check", "chats.jsonl", "--json"), codes=FOUND),
        Step(("check", "chats.jsonl", "--keep", PLATFORM), codes=FOUND),
        Step(
            ("check", "chats.jsonl", "--keep", OTHER, "--persona", "Wren", "--html", "page.html"), codes=FOUND
        ),
        Step(("check", "chats.jsonl", "--keep", OTHER, "--digests-only", "--json"), codes=FOUND),
        Step(("exposure", "note", OTHER, "health"), stdin=f"{TOLD} asthma\n"),
        Step(("exposure", "show")),
        Step(("exposure", "show", PLATFORM, "--html", "show.html")),
        Step(("exposure", "show", "--json", "--show-values", "--all")),
        Step(("persona", "new", "Wren", "--platform", OTHER, "--json")),
        Step(("persona", "list")),
        Step(("persona", "set", "Wren", "handle", "--draw")),
        Step(("persona", "set", "Wren", "family_name"), stdin="Tavarez\n", codes=REFUSED),
        Step(("persona", "set", "Wren", "email"), stdin=f"{FACT.split()[0]}@mail.example\n", codes=REFUSED),
        Step(("persona", "show", "Wren", "--json")),
        Step(("persona", "show", "Wren", "--field", "username")),
        Step(("persona", "show", "Wren", "--field", "age_check"), codes=REFUSED),
        Step(("persona", "given", OTHER, "username", "--persona", "Wren")),
        Step(("persona", "given", OTHER, "phone"), stdin=f"{TOLD} 555-0142\n"),
        Step(("persona", "given", PLATFORM, "email"), stdin=f"{TOLD}@mail.example\n"),
        Step(("persona", "given", PLATFORM, "payment", "--way", "card")),
        Step(("persona", "given", "--json")),
        Step(
            ("persona", "alias", "Wren", "--service", "addy", "--base-url", AT_NOBODY, "--key-file", "key"),
            codes=REFUSED,
            asks=NOBODY,
        ),
        Step(("persona", "payment")),
        Step(("gateway", "add", "router", "--url", f"{AT_NOBODY}/v1", "--key-file", "key")),
        Step(("gateway", "list", "--json")),
        Step(("gateway", "pending"), codes=REFUSED),
        Step(("gateway", "verify", "--json"), asks=NOBODY),
        Step(("persona", "set", "Wren", "mode", "ask")),
        Step(("persona", "set", "Wren", "health", "ask")),
        Step(("persona", "show", "Wren", "--stand-ins", "--show-text", "--json")),
        Step(("persona", "set", "Wren", "pin", "name", "Zelda"), codes=REFUSED),
        Step(("gateway", "remove", "router")),
        Step(("exposure", "leak", PLATFORM, "--html", "leak.html", "--svg", "leak.svg")),
        Step(("exposure", "leak", OTHER, "--json")),
        Step(("exposure", "forget", PLATFORM, "--kind", "pet", "--yes")),
        Step(("persona", "remove", "Wren")),
        Step(("vault", "keychain", "status")),
        Step(("vault", "keychain", "off")),
        Step(("vault", "status", "--check", "--json")),
        Step(("vault", "lock")),
        Step(("vault", "mend", "--yes", *GIVEN)),
        Step(("vault", "backup", "vault.age", *GIVEN)),
        Step(("vault", "audit", "--against", "vault.age", *GIVEN)),
        Step(("vault", "passphrase", *GIVEN, "--new-passphrase-file", "pass")),
        Step(("vault", "facts", "list", "--passphrase-file", "wrong"), codes=REFUSED),
        Step(("vault", "destroy", "--yes")),
        Step(("vault", "restore", "vault.age", *GIVEN)),
    )


NOT_LIVED = {
    "vault keychain on": "needs a desktop's keychain: tests/vault/test_keychain.py",
    "exposure estimate": "keeps nothing and opens no vault: a row in test_offline",
    "gateway run": "runs until it is told to end: test_gateway_offline, tests/cli/test_gateway.py",
}


def prepare(folder: Path) -> tuple[str, ...]:
    """Write the files that the user brings into ``folder``; returns their names."""
    private(folder / "pass", PASSPHRASE + "\n")
    private(folder / "wrong", f"{MARKER}wrong windmill 77 sausage\n")
    private(folder / "key", f"{MARKER}key\n")
    private(folder / "facts.toml", f'[[fact]]\nkind = "pet"\nvalue = "{MARKER}pet"\n')
    lines = [
        f"hi, my name is {TOLD.title()}ina Okonkwo-Reyes and im 34",
        f"write me at {TOLD}@mail.example, i live in Tulsa, Oklahoma",
        f"i work as a nurse at {TOLD.title()} Hospital and my dog {TOLD} waits at home",
        f"i'm {FACT}, thats me for real",
        f"*waves* my password is {TOLD}77!",
    ]
    rows = [
        {"conversation": "c", "author": "user", "at": f"2026-03-0{day + 1}T20:00:00Z", "text": line}
        for day, line in enumerate(lines)
    ]
    private(folder / "chats.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    return "pass", "wrong", "key", "facts.toml", "chats.jsonl"


def private(path: Path, content: str) -> None:
    """Write a file that its owner alone may read, as the commands ask for."""
    path.write_text(content, "utf-8")
    path.chmod(0o600)
