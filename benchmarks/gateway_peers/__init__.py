"""The peers of the gateway: other people's proxies, each in an environment of its own under ``.cache``.

``python -m benchmarks.gateway_peers install [NAME …]`` makes them from the package index, every package
pinned (``requirements``); ``peers.toml`` says how each is set up and why. They run offline: no model hub, no
price list, no telemetry. Nothing of them is imported here.
"""
