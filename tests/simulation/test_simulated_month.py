"""Many newsrooms with faults: nothing missed or doubled, each trouble told in its run and by one incident, hosts paced."""

from pathlib import Path

import pytest

from tests.simulation.apart import simulated


@pytest.mark.slow
def test_ten_days_of_eight_newsrooms(tmp_path: Path) -> None:
    """The short form of ``python -m tests.simulation.month FOLDER 1 200 30``, which takes minutes."""
    found = simulated("month", tmp_path, 1, 8, 10, seconds=110)
    assert found["releases"] >= 25
    for wrong in ("missed", "doubled", "untold", "alarms", "incidents beyond one a trouble"):
        assert not found[wrong], wrong
    assert found["least pause of a host"] >= found["asked pause"]
