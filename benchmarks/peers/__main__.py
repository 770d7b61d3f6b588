"""``python -m benchmarks.peers install [NAME …]``: make the peers' environments, from the package index."""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv

from benchmarks.peers.catalogue import Peer, catalogue
from benchmarks.peers.process import environment
from benchmarks.shared_data import REPOSITORY


def install(peer: Peer) -> None:
    """Make one environment with exactly the pinned packages; does nothing where that was done before."""
    mark = peer.folder / "installed"
    pins = peer.requirements.read_text(encoding="utf-8")
    alone = peer.requirements_without_dependencies
    pins += alone.read_text(encoding="utf-8") if alone else ""
    pins += f"# {peer.prepare}\n" if peer.prepare else ""
    if mark.exists() and mark.read_text(encoding="utf-8") == pins:
        print(f"{peer.name}: there")
        return
    venv.create(peer.folder, with_pip=True, clear=True, symlinks=sys.platform != "win32")
    # Every package is pinned, so nothing else may come in: no other version, nothing for graphics cards.
    pip = [str(peer.python), "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(peer.requirements)], check=True)
    if alone:
        subprocess.run([*pip, "--ignore-requires-python", "-r", str(alone)], check=True)
    if peer.prepare:
        made = str(peer.folder / peer.prepare.partition("_")[0])
        module = f"benchmarks.peers.{peer.prepare}"
        subprocess.run([str(peer.python), "-m", module, made], check=True, cwd=REPOSITORY, env=environment())
    mark.write_text(pins, encoding="utf-8")
    print(f"{peer.name}: installed")


def main(arguments: list[str] | None = None) -> int:
    """Install the named peers, or all; or list them. Exit 2 where one cannot be installed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("verb", choices=["install", "list"])
    parser.add_argument("names", nargs="*", metavar="NAME", help="peers (default: all)")
    asked = parser.parse_args(arguments)
    peers = catalogue()
    unknown = sorted(set(asked.names) - set(peers))
    if unknown:
        parser.error(f"no peer {', '.join(unknown)}; there are {', '.join(peers)}")
    failed = False
    for peer in (peers[name] for name in asked.names or peers):
        if asked.verb == "list":
            print(f"{peer.name}: {peer.title}; {'installed' if peer.is_installed else 'not installed'}")
            continue
        try:
            install(peer)
        except subprocess.CalledProcessError as error:
            print(f"{peer.name}: not installed (exit {error.returncode})", file=sys.stderr)
            failed = True
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
