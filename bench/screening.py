"""Measures screening on real posts and letters: how often it stops them, what it catches, how fast it reads.

Needs the folder of real data, ../shared/data beside the checkout or HIREHALL_SHARED_DATA; says so and ends
when it is absent. Run `python -m bench.screening`; it prints what was stopped and writes bench/out/screening.json.
Labelled windows come from the same posts; "ambiguous" ones and links to forms count on neither side.
"""

import csv
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from hirehall.people.screening.rules import find_contacts

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "bench" / "out" / "screening.json"
MOST_FLAGGED_PERCENT = 0.5
MOST_MS = 20


def find_data() -> Path | None:
    folder = Path(os.environ.get("HIREHALL_SHARED_DATA", ROOT.parent / "shared" / "data"))
    return folder if (folder / "upwork_job_posts.csv").exists() else None


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def measure_alarms(texts: list[str]) -> tuple[list[str], float]:
    """What was stopped, one line a text, and the percentage of texts."""
    found = [(text, find_contacts(text)) for text in texts]
    lines = [" | ".join(f"{f.kind}: {f.text}" for f in pieces) for _, pieces in found if pieces]
    return lines, 100 * len(lines) / len(texts)


def measure_labels(rows: list[dict[str, str]]) -> dict[str, int]:
    counts = {"caught": 0, "missed": 0, "false": 0, "left": 0}
    for row in rows:
        stopped = bool(find_contacts(row["snippet"]))
        if row["label"] == "solicit":
            counts["caught" if stopped else "missed"] += 1
        elif row["label"] in {"product_mention", "policy_stay"}:
            counts["false" if stopped else "left"] += 1
    return counts


def measure_speed(texts: list[str]) -> float:
    """Median milliseconds of processor time for 10,000 characters of real posts."""
    whole = "\n\n".join(texts)
    pieces = [whole[i : i + 10_000] for i in range(0, min(len(whole), 600_000), 10_000)]
    spent = []
    for piece in pieces:
        begun = time.process_time()
        find_contacts(piece)
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent)


def main() -> int:
    data = find_data()
    if data is None:
        print("Skipped: no real data here. Set HIREHALL_SHARED_DATA to its folder.")
        return 0
    posts = [f"{row['title']}\n{row['description']}" for row in read_rows(data / "upwork_job_posts.csv")]
    letters = [row["text"] for row in read_rows(data / "upwork_proposals.csv")]
    counts = measure_labels(list(read_rows(data / "offplatform_contact_labels.csv")))
    rows = []
    for name, texts in (("posts", posts), ("letters", letters)):
        lines, percent = measure_alarms(texts)
        print(f"{name}: {len(lines)} of {len(texts)} stopped", *lines, sep="\n  ")
        rows.append(
            row_of(f"{name} stopped", "%", len(texts), percent, MOST_FLAGGED_PERCENT if name == "posts" else None)
        )
    solicited = counts["caught"] + counts["missed"]
    stopped = counts["caught"] + counts["false"]
    rows.append(row_of("recall on labelled windows", "%", solicited, 100 * counts["caught"] / solicited, None))
    rows.append(row_of("precision on labelled windows", "%", stopped, 100 * counts["caught"] / max(1, stopped), None))
    rows.append(row_of("10,000 characters", "ms", 60, measure_speed(posts), MOST_MS))
    for row in rows:
        print(f"{row['measure']}: {row['ours']} {row['unit']} (size {row['size']}, aim {row['aim']})")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=1) + "\n")
    return 0


def row_of(measure: str, unit: str, size: int, ours: float, most: float | None) -> dict[str, object]:
    met = None if most is None else ours < most
    return {
        "measure": measure, "unit": unit, "size": size, "ours": round(ours, 2),
        "peer": None, "peer_name": None, "ratio": None, "aim": most and f"< {most}", "met": met,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
