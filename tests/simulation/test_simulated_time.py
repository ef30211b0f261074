"""A simulated time through the real engine: every event told, none invented, every state right, outages take nothing down."""

from pathlib import Path

import pytest

from tests.simulation.apart import simulated


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_seven_weeks_of_a_ministry(tmp_path: Path) -> None:
    """The short form of ``python -m tests.simulation.run FOLDER 2 365 90``, which takes minutes."""
    found = simulated("run", tmp_path, 5, 50, 24, seconds=280)
    assert found["events"] >= 30
    assert found["missed"] == []
    assert found["invented"] == []
    assert found["wrong states"] == {}
