"""Processes: overlapping starts, signals and scarce resources. The cases A7, A8 and A9, by id."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from communique.demo import serve
from tests.crawl.test_demo import ROOT, crawl, environment, rows
from tests.hostile.pages import listing, release, site
from tests.hostile.run import Newsroom, write_entries
from tests.replay import Page, Pages, replay

pytestmark = pytest.mark.slow
#: overlapping starts in a test run; the fifty of the issue are run with COMMUNIQUE_STARTS=50
STARTS = int(os.environ.get("COMMUNIQUE_STARTS", "5"))


def limited(limit: str, *command: str) -> list[str]:
    """The command under a limit of the shell's ``ulimit``."""
    return ["sh", "-c", f'ulimit {limit}; exec "$@"', "sh", *command]


def start(folder: Path, port: int, *more: str, limit: str = "-n 1024") -> subprocess.Popen[str]:
    return subprocess.Popen(
        limited(limit, sys.executable, "-m", "communique", "crawl", "isle", *more),
        cwd=ROOT, env=environment(folder, port), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.timeout(120 + 3 * STARTS)
def test_a7_of_overlapping_starts_exactly_one_crawls_and_a_kill_leaves_no_lock(tmp_path: Path) -> None:
    with serve(1, 0) as served:
        first = start(tmp_path, served.port)
        while served.count < 2 and first.poll() is None:
            time.sleep(0.05)
        others = [start(tmp_path, served.port, "--due") for _ in range(STARTS)]
        answers = [(process.communicate()[1], process.returncode) for process in others]
        assert first.poll() is None
        first.send_signal(signal.SIGKILL)
        first.communicate()
        after = start(tmp_path, served.port, "--since", "2025-01-01")
        assert after.communicate()[0]
    assert {code for _, code in answers} == {4}
    assert all("another run is writing" in said and "Traceback" not in said for said, _ in answers)
    assert after.returncode == 0
    assert rows(tmp_path, "select state from runs order by id") == [("died",), ("done",)]
    assert rows(tmp_path, "select count(*) - count(distinct url) from releases") == [(0,)]


def test_a8_a_signal_ends_the_run_soon_and_the_next_one_goes_on(tmp_path: Path) -> None:
    since = ("--since", "2022-01-01")  # 126 of the 192 releases
    with serve(1, 0) as served:
        process = start(tmp_path, served.port, *since)
        while served.count < 60 and process.poll() is None:
            time.sleep(0.05)
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=20)[0]
        assert time.monotonic() - asked < 10
        assert "Interrupted" in said
        assert rows(tmp_path, "select state from runs") == [("done",)]
        stored = rows(tmp_path, "select count(*) from releases")[0][0]
        assert 0 < int(str(stored)) < 126  # what was fetched is kept
        again = crawl(tmp_path, served, *since)
    assert int(str(again["new"])) + int(str(stored)) == 126
    assert rows(tmp_path, "select count(*) - count(distinct url) from releases") == [(0,)]


def replayed(folder: Path, pages: Pages, limit: str) -> subprocess.CompletedProcess[str]:
    """A crawl of one hostile newsroom ``x`` under a limit."""
    write_entries(folder, [Newsroom("x", pages)])
    with replay(pages) as server:
        settings = json.dumps({"REPLAY_PORT": server.port, "REPLAY_DELAY": 0.0})
        return subprocess.run(
            limited(limit, sys.executable, "-m", "tests.replay_crawl", str(folder), "", settings, "x"),
            cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
        )  # fmt: skip


def test_a9_with_few_files_open_a_crawl_works(tmp_path: Path) -> None:
    done = replayed(tmp_path, site("x.example", [f"n{n}" for n in range(60)]), "-n 64")
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path, "select count(*) from releases") == [(60,)]


def test_a9_in_little_memory_a_large_page_is_refused_or_the_run_fails_loudly(tmp_path: Path) -> None:
    """600 MB of address space, pages of nine megabytes with many elements."""
    large = release("large", text="<p>word <b>bold</b> more words</p>" * 130_000)
    assert 8_500_000 < len(large) < 10_000_000
    pages = site("x.example", ["ok", "ok2"], large=Page(large), large2=Page(large))
    done = replayed(tmp_path, pages, "-v 600000")
    connection = sqlite3.connect(tmp_path / "archive.db")
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    stored = {url.rsplit("/", 1)[-1] for (url,) in connection.execute("select url from releases")}
    connection.close()
    assert {"ok", "ok2"} <= stored
    missing = {"large", "large2"} - stored
    assert not missing or '"rejected":0' not in done.stdout or done.returncode == 3


def test_a4_a_full_disk_is_one_line_and_what_was_committed_stays(tmp_path: Path) -> None:
    noise = random.Random(4)
    pages = site("x.example", [])
    names = [f"n{n}" for n in range(30)]
    for name in names:
        script = " ".join(
            f"{noise.getrandbits(60):x}" for _ in range(6_000)
        )  # hardly compresses: the evidence grows
        pages[f"x.example/news/{name}"] = Page(release(name, head=f"<script>/* {script} */</script>"))
    pages["x.example/news"] = Page(listing("x.example", names))
    full = replayed(tmp_path, pages, "-f 2000")  # blocks of the shell: about a megabyte a file
    assert full.returncode == 5, full.stdout
    assert "no space left" in full.stderr
    assert "Traceback" not in full.stderr
    assert rows(tmp_path, "pragma integrity_check") == [("ok",)]
    again = replayed(tmp_path, pages, "-n 1024")
    assert again.returncode == 0, again.stderr
    assert rows(tmp_path, "select count(*) from releases") == [(30,)]


def committed(folder: Path) -> bool:
    """Whether a first batch of releases is in the archive."""
    try:
        return rows(folder, "select count(*) from releases") != [(0,)]
    except sqlite3.OperationalError:
        return False


def test_a_back_fill_that_was_interrupted_goes_on_where_it_was(tmp_path: Path) -> None:
    with serve(1, 0) as served:
        process = start(tmp_path, served.port, "--since", "2022-01-01")
        while not committed(tmp_path) and process.poll() is None:
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        before = served.count
        again = crawl(tmp_path, served, "--since", "2022-01-01")
        fetched = [request.target for request in served.requests[before:]]
    stored = int(str(rows(tmp_path, "select count(*) from releases")[0][0]))
    days = rows(tmp_path, "select min(published_at) from releases")[0][0]
    assert int(str(again["new"])) < stored  # what the first one had committed was not fetched again
    assert len(fetched) < stored + 40
    assert str(days) >= "2022-01-01"
    assert stored > 100
    assert rows(tmp_path, "select count(*) - count(distinct url) from releases") == [(0,)]
