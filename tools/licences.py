"""Check the licences of everything that is installed with Discretion, and of every data file in it.

Walks the resolved run-time dependencies from the installed metadata; exits 1 with the offenders.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PERMISSIVE = re.compile(
    r"\b(mit|bsd|apache|isc|psf|python software foundation|mpl|mozilla public|unlicense|public domain"
    r"|zlib|0bsd|blueoak|hpnd|cc0)\b",
    re.IGNORECASE,
)
PLAIN_LGPL = re.compile(r"\blgpl|lesser general public", re.IGNORECASE)
FORBIDDEN = re.compile(
    r"\b(agpl|affero)|(?<!l)(?<!lesser )\b(gpl|gnu general public)|non-?commercial|\bnc\b|sspl|busl",
    re.IGNORECASE,
)
READ_BY_HAND = {
    "apsw-sqlite3mc": "zlib (its LICENSE file; SQLite3 Multiple Ciphers in it: MIT, SQLite: public domain)",
    "pyrage": "MIT (its LICENSE file)",
}
"""Packages whose metadata name no licence: what the licence file that they install says."""
DATA_LICENCES = {
    "Apache-2.0",
    "CC-BY-3.0-IGO",
    "CC-BY-4.0",
    "INSEE open data",
    "MIT",
    "ODC-PDDL-1.0",
    "OGL-3.0",
    "SCOWL",
    "Statistics Canada Open Licence",
    "Unicode-3.0",
    "facts",
    "public domain",
}
DATA_SUFFIXES = {".csv", ".tsv", ".txt", ".toml", ".json", ".jsonl", ".gz"}
SOURCES = ROOT / "src/discretion/SOURCES.toml"


def resolved(root: str = "discretion") -> dict[str, str]:
    """Name → licence of every package in the run-time closure of ``root``.

    Raises ``PackageNotFoundError`` where one that this platform needs is not installed.
    """
    found: dict[str, str] = {}
    todo = [root]
    while todo:
        name = todo.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        meta = distribution(name)
        found[key] = READ_BY_HAND.get(key) or _licence(meta.metadata)
        for line in meta.requires or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                todo.append(needed.name)
    return found


def _licence(metadata: object) -> str:
    get_all = metadata.get_all  # type: ignore[attr-defined]
    get = metadata.get  # type: ignore[attr-defined]
    classifiers = [c for c in get_all("Classifier") or [] if c.startswith("License ::")]
    stated = get("License-Expression") or ""
    short = (get("License") or "").splitlines()[:1]
    return " | ".join(filter(None, [stated, *short, *classifiers])) or "unknown"


def is_allowed(licence: str) -> bool:
    """Whether a stated licence may be depended on at run time."""
    if FORBIDDEN.search(PLAIN_LGPL.sub("", licence)):
        return False
    return bool(PERMISSIVE.search(licence) or PLAIN_LGPL.search(licence))


def dependency_faults() -> list[str]:
    """Packages whose licence is unknown or not allowed at run time."""
    return [f"{name}: {licence}" for name, licence in sorted(resolved().items()) if not is_allowed(licence)]


def data_faults() -> list[str]:
    """Data files without a row in SOURCES.toml, rows without a file, licences that are not allowed."""
    rows = tomllib.loads(SOURCES.read_text("utf-8"))["source"]
    package = SOURCES.parent
    faults = []
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        if path.suffix in DATA_SUFFIXES and path != SOURCES:
            covering = [row for row in rows if name == row["file"] or _holds(row["file"], name)]
            if len(covering) != 1:
                faults.append(f"{name}: {len(covering)} rows in SOURCES.toml")
    for row in rows:
        if not (package / row["file"]).exists():
            faults.append(f"{row['file']}: listed, but there is no such file")
        faults += [
            f"{row['file']}: no {field}"
            for field in ("what", "origin", "licence", "credit")
            if not row.get(field)
        ]
        for licence in str(row.get("licence", "")).split("; "):
            if licence not in DATA_LICENCES:
                faults.append(f"{row['file']}: licence {licence!r} is not allowed")
    return faults


def _holds(folder: str, name: str) -> bool:
    return folder.endswith("/") and name.startswith(folder)


def main() -> None:
    faults = dependency_faults() + data_faults()
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    print(f"licences: {len(resolved())} packages and every data file are fine")


if __name__ == "__main__":
    main()
