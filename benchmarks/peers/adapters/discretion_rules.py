"""Our guard by rules alone."""

from __future__ import annotations

from functools import partial

from benchmarks.peers.adapters._loop import serve
from benchmarks.peers.adapters.discretion import load

if __name__ == "__main__":
    serve(partial(load, rules_only=True))
