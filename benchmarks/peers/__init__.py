"""The peers: other people's detectors, each in an environment of its own, asked the same questions.

``python -m benchmarks.peers install`` makes the environments under ``.cache/peers``; ``peers.toml`` names the
peers, what their labels mean in our kinds, and why. A peer runs as a process that reads and writes JSON
lines (``adapters``), so that none of its packages reaches ours. Nothing is imported here: the adapters are
modules of this package that run where our own packages are not.
"""
