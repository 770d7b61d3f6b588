"""The protocol between the benchmark and a system: a JSON row a line in, its spans a line out.

Runs inside the peers' environments: nothing but the standard library is imported here.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

Spans = Iterable[tuple[int, int, str]]
Analyse = Callable[[dict[str, Any]], Spans]


def serve(load: Callable[[], tuple[Analyse, str]]) -> None:
    """Load a system, answer every row of standard input, end with times, memory and version.

    An argument binds the process to that core. What the system itself prints goes to standard error.
    """
    if len(sys.argv) > 1 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {int(sys.argv[1])})
    out, sys.stdout = sys.stdout, sys.stderr
    began = time.perf_counter_ns()
    analyse, version = load()
    loaded = time.perf_counter_ns() - began
    rows = [json.loads(line) for line in sys.stdin]
    gc.collect()
    gc.freeze()
    worked = time.process_time_ns()
    for row in rows:
        began = time.perf_counter_ns()
        spans = list(analyse(row))
        took = time.perf_counter_ns() - began
        out.write(json.dumps({"spans": spans, "ns": took}) + "\n")
    worked = time.process_time_ns() - worked
    end = {"loaded_ns": loaded, "worked_ns": worked, "memory_kib": _memory_kib(), "version": version}
    out.write(json.dumps(end) + "\n")
    out.flush()


def _memory_kib() -> int:
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123  one line, standard library
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
