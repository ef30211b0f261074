"""A simulated time through the real engine: every event told, none invented, every state right, outages take nothing down."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_seven_weeks_of_a_ministry(tmp_path: Path) -> None:
    """The short form of ``python -m tests.simulation.run FOLDER 2 365 90``, which takes minutes."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulation.run", str(tmp_path), "5", "50", "24"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["events"] >= 30
    assert found["missed"] == []
    assert found["invented"] == []
    assert found["wrong states"] == {}
