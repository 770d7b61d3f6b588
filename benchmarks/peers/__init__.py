"""The peers: other people's detectors, each in an environment of its own, asked the same questions.

``python -m benchmarks.peers install`` makes the environments under ``.cache/peers``; ``peers.toml`` names the
peers, what their labels mean in our kinds, and why. A peer runs as a process that reads and writes JSON
lines (``adapters``), so that none of its packages reaches ours. Two of them run on torch, pinned without the
packages for graphics cards: where the index serves ``torch==2.13.0`` only in the build for these, they cannot
be installed and are reported as skipped. Nothing is imported here: the adapters are modules of this package
that run where our own packages are not.
"""
