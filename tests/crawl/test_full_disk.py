"""The real crawl on a small tmpfs: it stops cleanly with exit 5 and one line; with space again, nothing is lost or doubled."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from communique.demo import serve
from tests.crawl.full_disk import SINCE
from tests.crawl.test_demo import ROOT, communique, crawl, environment, rows
from tests.crawl.test_kill import CONTENT


def on_a_disk_of(kilobytes: int, folder: Path, port: int) -> dict[str, object]:
    """In a user and mount namespace where that is allowed, else as we are: then a file-size limit stands for the disk."""
    command = [sys.executable, "-m", "tests.crawl.full_disk", str(folder), str(kilobytes)]
    alone = ["unshare", "--user", "--map-root-user", "--mount"]
    allowed = shutil.which("unshare") and subprocess.run([*alone, "true"], check=False).returncode == 0
    done = subprocess.run(
        [*(alone if allowed else []), *command],
        cwd=ROOT, env=environment(folder, port), capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_a_crawl_on_a_full_tmpfs_stops_cleanly_and_is_resumed(tmp_path: Path) -> None:
    with serve(1, 0) as site:
        quiet = tmp_path / "quiet"
        quiet.mkdir()
        crawl(quiet, site, *SINCE)
        for kilobytes in (300, 1500):
            folder = tmp_path / str(kilobytes)
            folder.mkdir()
            told = on_a_disk_of(kilobytes, folder, site.port)
            said = str(told["said"]).strip()
            assert told["code"] == 5, told
            assert "no space left to write" in said
            assert "free some and run again" in said
            assert len(said.splitlines()) == 1, said
            assert told["then"] == 0
            after = folder / "after"
            assert rows(after, CONTENT) == rows(quiet, CONTENT)
            assert rows(after, "select kind, count(*) from events group by 1") == [
                ("new", len(rows(quiet, "select id from releases")))
            ]
            done = communique(folder, site.port, "verify", "--archive", str(after / "archive.db"))
            assert done.returncode == 0, done.stdout
