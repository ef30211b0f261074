"""``kill -9`` of a real ``communique crawl`` of the demonstration at random moments, then a run to the end.

    python -m bench.kills [--kills 20] [--seed 1]

The same releases, events and contacts as in an undisturbed crawl, none twice; evidence intact; ``communique verify`` clean.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from communique.demo import DemoServer, serve
from crawler.registry import BUILT_IN


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder, serve(1, 0) as site:
        base = Path(folder)
        _newsroom(base, site)
        _crawl(base, base / "undisturbed").wait()
        for _ in range(options.kills):
            _kill(
                _crawl(base, base / "killed"),
                site,
                site.count + chance.randint(1, 150),
                chance.uniform(0, 0.1),
            )
        last = _crawl(base, base / "killed")
        last.wait()
        again = _crawl(base, base / "killed")
        again.wait()
        same = _told(base / "killed") == _told(base / "undisturbed")
        verified = subprocess.run(
            [sys.executable, "-m", "communique", "verify", "--archive", base / "killed" / "archive.db"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        runs = _rows(base / "killed", "select state, count(*) from runs group by 1")
    print(f"{options.kills} kills; runs: {runs}")
    print(f"last run exits {last.returncode}, the one after it {again.returncode}")
    print(f"same releases, revisions, contacts and events as undisturbed: {'yes' if same else 'NO'}")
    print(f"verify exits {verified.returncode}: {verified.stdout.splitlines()[0]}")
    return int(not same or bool(verified.returncode))


def _kill(process: subprocess.Popen[bytes], site: DemoServer, requests: int, later: float) -> None:
    """SIGKILL some moments after the site was asked so often, or after the crawl ended by itself."""
    while site.count < requests and process.poll() is None:
        time.sleep(0.002)
    time.sleep(later)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _newsroom(folder: Path, site: DemoServer) -> None:
    """The demonstration as the newsroom ``isle`` on a port of its own."""
    (folder / "newsrooms").mkdir()
    text = (BUILT_IN / "demo.toml").read_text(encoding="utf-8").replace("[demo]", "[isle]")
    (folder / "newsrooms" / "isle.toml").write_text(text.replace(":8765", f":{site.port}"), encoding="utf-8")


def _crawl(base: Path, folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "COMMUNIQUE_NEWSROOMS": str(base / "newsrooms")}
    command = [sys.executable, "-m", "communique", "crawl", "isle", "--archive", str(folder / "archive.db")]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _told(folder: Path) -> list[tuple[object, ...]]:
    """Everything but ids and times of ours."""
    return _rows(
        folder,
        "select r.url, r.headline, r.published_at, r.body, r.state, r.revisions, e.kind, c.name, c.phone_e164, c.email"
        " from releases r left join events e on e.release_id = r.id"
        " left join contacts c on c.revision_id = r.current_revision order by 1, 7, 8, 9, 10",
    )


def _rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "archive.db")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
