"""Many newsrooms with faults: nothing missed or doubled, each trouble told in its run and by one incident, hosts paced."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.slow
def test_ten_days_of_eight_newsrooms(tmp_path: Path) -> None:
    """The short form of ``python -m tests.simulation.month FOLDER 1 200 30``, which takes minutes."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulation.month", str(tmp_path), "1", "8", "10"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["releases"] >= 25
    for wrong in ("missed", "doubled", "untold", "alarms", "incidents beyond one a trouble"):
        assert not found[wrong], wrong
    assert found["least pause of a host"] >= found["asked pause"]
