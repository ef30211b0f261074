"""``python -m bench.hostile``: every hostile newsroom of the tests in one crawl beside healthy ones."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.hostile.together import measure


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        found = measure(Path(scratch))
    print(f"hostile newsrooms                    {found.newsrooms:8d}")
    print(f"requests                             {found.requests:8d}")
    print(f"releases of healthy newsrooms        {found.arrived:8d} of {found.healthy}")
    print(f"longest wait of a healthy host, s    {found.stall:8.2f} beyond its pause")
    print(f"peak memory of the crawl, MB         {found.peak_mb:8.0f} (bound 512)")
    print(f"connections at the guarded address   {found.guarded:8d}")
    print(f"seconds, exit code                   {found.seconds:8.1f} {found.returncode}")


if __name__ == "__main__":
    main()
