"""Cut the crisis and emergency lines out of the shared table.

Usage: `python tools/help_lines.py SOURCE.csv TARGET.csv`.

Only rows that name a date are taken, of grade A or B; the quote is the record's own wording of the number.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

FIELDS = ("country", "service", "purpose", "reach", "web", "hours", "source", "quote", "as_of", "confidence")


def main(source: Path, target: Path) -> None:
    with (
        source.open(encoding="utf-8", newline="") as rows,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        writer.writeheader()
        for row in csv.DictReader(rows):
            reach = "; ".join(filter(None, (row["phone"] and f"call {row['phone']}", row["text_or_chat"])))
            address = re.match(r"https?://\S+", row["source"])
            if (
                row["purpose"] not in {"suicide_crisis", "emergency"}
                or row["grade"] not in {"A", "B"}
                or not re.fullmatch(r"(19|20)\d\d(-\d\d){0,2}", row["source_date"])
                or not address
                or not reach
            ):
                continue
            writer.writerow(
                {
                    "country": row["country"],
                    "service": row["service"],
                    "purpose": row["purpose"],
                    "reach": reach,
                    "web": row["web"],
                    "hours": row["hours"],
                    "source": address[0],
                    "quote": f"{row['service']}: {row['phone'] or row['text_or_chat']}",
                    "as_of": row["source_date"],
                    "confidence": row["grade"],
                }
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
