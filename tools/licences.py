"""Check the licences of everything that is installed with Discretion, and of every data file in it.

Walks the resolved run-time dependencies from the installed metadata; exits 1 with the offenders.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

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
DATA_LICENCES = {
    "Apache-2.0",
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-3.0-IGO",
    "MIT",
    "public domain",
    "OGL-3.0",
    "Unicode-3.0",
    "facts",
    "ODC-PDDL-1.0",
    "Statistics Canada Open Licence",
    "BSD-3-Clause",
}
DATA_SUFFIXES = {".csv", ".tsv", ".txt", ".toml", ".json", ".jsonl", ".gz"}
SOURCES = ROOT / "src/discretion/knowledge/data/SOURCES.toml"


def resolved(root: str = "discretion") -> dict[str, str]:
    """Name → licence of every package in the run-time closure of ``root``."""
    found: dict[str, str] = {}
    todo = [root]
    while todo:
        name = todo.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            meta = distribution(name)
        except PackageNotFoundError:
            continue  # a requirement for another platform
        found[key] = _licence(meta.metadata)
        for requirement in meta.requires or []:
            named, _, marker = requirement.partition(";")
            match = re.match(r"[A-Za-z0-9._-]+", named.strip())
            if match and "extra" not in marker:
                todo.append(match[0])
    return found


def _licence(metadata: object) -> str:
    get_all = metadata.get_all  # type: ignore[attr-defined]
    get = metadata.get  # type: ignore[attr-defined]
    classifiers = [c for c in get_all("Classifier") or [] if c.startswith("License ::")]
    stated = get("License-Expression") or ""
    short = (get("License") or "").splitlines()[:1]
    return " | ".join(filter(None, [stated, *short, *classifiers])) or "unknown"


def dependency_faults() -> list[str]:
    """Packages whose licence is unknown or not allowed at run time."""
    faults = []
    for name, licence in sorted(resolved().items()):
        if FORBIDDEN.search(PLAIN_LGPL.sub("", licence)) or not (
            PERMISSIVE.search(licence) or PLAIN_LGPL.search(licence)
        ):
            faults.append(f"{name}: {licence}")
    return faults


def data_faults() -> list[str]:
    """Data files without a row in SOURCES.toml, rows without a file, licences that are not allowed."""
    listed = tomllib.loads(SOURCES.read_text("utf-8"))["file"]
    package = ROOT / "src/discretion"
    present = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.suffix in DATA_SUFFIXES and path != SOURCES
    }
    rows = {row["path"]: row for row in listed}
    faults = [f"{path}: no row in SOURCES.toml" for path in sorted(present - rows.keys())]
    faults += [f"{path}: listed, but there is no such file" for path in sorted(rows.keys() - present)]
    for path, row in sorted(rows.items()):
        faults += [f"{path}: no {field}" for field in ("origin", "licence", "credit") if not row.get(field)]
        if row.get("licence") not in DATA_LICENCES:
            faults.append(f"{path}: licence {row.get('licence')!r} is not allowed")
    return faults


def main() -> None:
    faults = dependency_faults() + data_faults()
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    print(f"licences: {len(resolved())} packages and every data file are fine")


if __name__ == "__main__":
    main()
