"""``kill -9`` of a crawl after a random number of requests, then a normal run: the same releases, nothing twice, evidence whole."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.database import open_archive
from archive.evidence import Place, read_record
from communique.demo import serve
from tests.crawl.test_demo import ROOT, crawl, environment, rows

#: kills in a test run; the issue's 20 and more are run by COMMUNIQUE_KILLS=20
KILLS = int(os.environ.get("COMMUNIQUE_KILLS", "2"))
#: 126 of the demonstration's 192 releases: the recorder commits more than one batch of 200 steps
SINCE = ("--since", "2022-01-01")
CONTENT = (
    "select r.url, r.headline, r.body, r.published_at, v.seq, v.content_sha256 from releases r"
    " join revisions v on v.release_id = r.id order by 1, 5"
)


def start(folder: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "communique", "crawl", "isle", "--json", *SINCE],
        cwd=ROOT, env=environment(folder, port), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(110 + 15 * KILLS)
def test_killed_at_random_moments_a_normal_run_equals_an_undisturbed_one(tmp_path: Path) -> None:
    moments = random.Random(20221)
    quiet, killed = tmp_path / "quiet", tmp_path / "killed"
    quiet.mkdir()
    killed.mkdir()
    with serve(1, 0) as site:
        asked = int(str(crawl(quiet, site, *SINCE)["asked"]))
        for _ in range(KILLS):
            enough = site.count + moments.randrange(1, asked)
            process = start(killed, site.port)
            while site.count < enough and process.poll() is None:
                time.sleep(0.01)
            time.sleep(moments.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        crawl(killed, site, *SINCE)
    assert len(rows(quiet, CONTENT)) == 126
    assert rows(killed, CONTENT) == rows(quiet, CONTENT)
    assert ("died",) in rows(killed, "select state from runs")
    assert rows(killed, "select count(*) from events where kind != 'new'") == [(0,)]
    assert rows(killed, "pragma integrity_check") == [("ok",)]
    with open_archive(killed / "archive.db") as archive:
        for row in archive.connection.execute("select * from captures").fetchall():
            place = Place(row["warc_file"], row["warc_offset"], row["warc_length"])
            record = read_record(archive.evidence, place)
            assert record.payload_sha256 == row["payload_sha256"]
