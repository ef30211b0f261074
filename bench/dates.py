"""Scores ``parse_moment`` on the labelled date strings: right, wrong, not understood, by kind.

usage: python -m bench.dates [--misses]     (``$COMMUNIQUE_SHARED`` or ../shared holds ``corpus/dates.jsonl``)
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

from archive.model import Moment
from crawler.places import only_zone
from pipelines.dates import parse_moment

ROOT = Path(os.environ.get("COMMUNIQUE_SHARED") or Path(__file__).parents[2] / "shared")
#: countries of several zones whose ministries all sit in one
CAPITALS = {"RU": "Europe/Moscow", "CY": "Asia/Nicosia"}
LEAST_RIGHT, MOST_WRONG = 0.98, 0.002


def main() -> int:
    """Prints the figures; 1 if they are below the floor, 0 also where the labelled strings are not there."""
    path = ROOT / "corpus" / "dates.jsonl"
    if not path.exists():
        print(f"no {path}: nothing scored")
        return 0
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    tally: Counter[tuple[str, str]] = Counter()
    started = time.perf_counter()
    for row in rows:
        verdict, got = judge(row)
        tally[row["kind"], verdict] += 1
        if verdict != "right" and "--misses" in sys.argv:
            print(
                f"{verdict:5} {row['string']!r} ({row['lang']}, {row['country']}) want {row['iso']} got {got}"
            )
    return report(tally, len(rows), time.perf_counter() - started)


def judge(row: dict[str, str]) -> tuple[str, str]:
    """``right``, ``wrong`` or ``none``, and what was read. A printed time has to be right to the minute."""
    read = parse_moment(
        row["string"],
        languages=(row["lang"],),
        timezone=row["timezone"] or only_zone(row["country"]) or CAPITALS.get(row["country"]),
        country=row["country"] if row["country"] != "XX" else None,
        evidence="bench",
    )
    if not isinstance(read, Moment):
        return "none", read.reason
    got, want = read.isoformat(), row["iso"]
    exact = got[:16] == want[:16] and (len(want) < 20 or got[-6:] == want[-6:])
    return ("right" if (exact if "T" in want else got[:10] == want) else "wrong"), got


def report(tally: Counter[tuple[str, str]], total: int, seconds: float) -> int:
    """One line a kind and one for all; 1 if right or wrong miss their floor."""
    for kind in sorted({kind for kind, _ in tally}):
        print(kind, {verdict: tally[kind, verdict] for verdict in ("right", "wrong", "none")})
    right, wrong = (
        sum(n for (_, v), n in tally.items() if v == verdict) / total for verdict in ("right", "wrong")
    )
    print(f"right {right:.4f}  wrong {wrong:.4f}  n={total}  {seconds / total * 1e6:.0f} µs each")
    return int(right < LEAST_RIGHT or wrong > MOST_WRONG)


if __name__ == "__main__":
    sys.exit(main())
