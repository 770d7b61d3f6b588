"""Memory and speed of reading a big export: writes one of the size asked for, reads it once, reports.

    python -m benchmarks.export_memory --format chatgpt --megabytes 1000
    python -m benchmarks.export_memory --format json_lines --megabytes 20 --review rules

With ``--review`` every message is reviewed too, on one core, which keeps the state of the open conversations.

Everything is invented; the file lies in a temporary folder and is deleted. Reading runs in a process of its
own, whose highest resident size the operating system counts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discretion.cli._engine import Row
    from discretion.text import Message

MEGABYTE = 1 << 20
LIMIT_MEGABYTES = 300
"""What reading may take; reviewing has no such limit."""

_LINE = (
    "*the lamp turns once more over the water* I drew the stairs again today, all two hundred and twelve. "
)


def _text(number: int) -> str:
    return f"{number}: {_LINE * (1 + number % 7)}"


def sillytavern() -> Iterator[str]:
    """One endless chat, three swipes to each reply."""
    yield json.dumps({"user_name": "Tess", "character_name": "Ines", "chat_metadata": {}}) + "\n"
    number = 0
    while True:
        number += 1
        is_user = number % 2 == 0
        row: dict[str, object] = {
            "name": "Tess" if is_user else "Ines",
            "is_user": is_user,
            "mes": _text(number),
        }
        if not is_user:
            row |= {"swipes": [_text(number), _text(number + 1), _text(number + 2)], "swipe_id": 0}
        yield json.dumps(row | {"send_date": "March 2, 2026 8:14pm"}) + "\n"


def json_lines() -> Iterator[str]:
    """Fifty thousand conversations, mixed."""
    number = 0
    while True:
        number += 1
        author = "user" if number % 2 else "assistant"
        yield (
            json.dumps({"conversation": number * 7919 % 50_000, "author": author, "text": _text(number)})
            + "\n"
        )


def chatgpt() -> Iterator[str]:
    """Conversations of forty messages, each with a branch."""
    number = 0
    while True:
        mapping: dict[str, object] = {
            "root": {"id": "root", "message": None, "parent": None, "children": ["0"]}
        }
        for index in range(40):
            role = "user" if index % 2 == 0 else "assistant"
            message = {
                "id": str(index),
                "author": {"role": role, "name": None, "metadata": {}},
                "create_time": 1772400000.5 + index,
                "content": {"content_type": "text", "parts": [_text(index)]},
                "metadata": {"model_slug": "m", "request_id": "r", "finish_details": {"type": "stop"}},
                "recipient": "all",
            }
            parent = str(index - 1 if index % 9 else max(0, index - 3)) if index else "root"
            mapping[str(index)] = {"id": str(index), "message": message, "parent": parent, "children": []}
        row = {"title": "t", "create_time": 1772400000.5, "mapping": mapping, "current_node": "39"}
        yield ("[" if number == 0 else ",") + json.dumps(row | {"conversation_id": f"c{number}"})
        number += 1


def telegram() -> Iterator[str]:
    """One endless chat between two."""
    number = 0
    yield '{"name": "Ines", "type": "personal_chat", "id": 7, "messages": ['
    while True:
        sender = "user7" if number % 2 else "user8"
        row = {
            "id": number,
            "type": "message",
            "date_unixtime": "1772400000",
            "from_id": sender,
            "text": _text(number),
        }
        yield ("," if number else "") + json.dumps(row)
        number += 1


FORMATS: dict[str, tuple[Callable[[], Iterator[str]], str]] = {
    "sillytavern": (sillytavern, ""),
    "json_lines": (json_lines, ""),
    "chatgpt": (chatgpt, "]"),
    "telegram": (telegram, "]}"),
}


def write(path: Path, name: str, size: int) -> None:
    """Write an export of about ``size`` bytes."""
    rows, end = FORMATS[name]
    written = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows():
            written += file.write(row)
            if written >= size:
                break
        file.write(end)


def read(path: str, review: str | None) -> None:
    """Read the export, review it where asked to, and print what that took; runs in a process of its own."""
    from discretion.exports import read_export

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    export = read_export(path)
    messages = sum(1 for _ in (_reviewed(export, review) if review else export))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = {
        "format": export.format,
        "review": review,
        "messages": messages,
        "skipped": len(export.skipped),
        "seconds": round(seconds, 1),
        "peak_rss_megabytes": round(peak / 1024, 1),
        "rss_before_megabytes": round(before / 1024, 1),
    }
    print(json.dumps(report))


def _reviewed(messages: Iterable[Message], review: str) -> Iterator[Row]:
    from discretion.cli._engine import review_all

    return review_all(messages, facts=(), intimate=True, cores=1, rules_only=review == "rules")


def main() -> int:
    """Write, read, report; exit 1 where the limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--format", choices=sorted(FORMATS), default="chatgpt")
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--zip", action="store_true", help="read it out of a zip archive")
    parser.add_argument("--review", choices=("rules", "model"), help="review it too")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.read, options.review)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("export.jsonl" if "lines" in options.format else "export.json")
        write(path, options.format, int(options.megabytes * MEGABYTE))
        size = path.stat().st_size
        if options.zip:
            packed = Path(folder) / "export.zip"
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.write(path, path.name)
            path.unlink()
            path = packed
        command = [sys.executable, "-m", "benchmarks.export_memory", "--read", str(path)]
        command += ["--review", options.review] if options.review else []
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
        report = json.loads(done.stdout) | {"megabytes": round(size / MEGABYTE, 1), "zip": options.zip}
        report["megabytes_per_second"] = round(report["megabytes"] / max(report["seconds"], 0.1), 1)
        print(json.dumps(report))
        return int(not options.review and report["peak_rss_megabytes"] > LIMIT_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
