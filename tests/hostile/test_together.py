"""Every hostile case at once: memory stays bounded, the neighbours' releases keep arriving, nobody gets in."""

from pathlib import Path

import pytest

from tests.hostile.together import measure


@pytest.mark.slow
def test_all_cases_at_once_beside_healthy_newsrooms(tmp_path: Path) -> None:
    """``python -m bench.hostile`` tells the figures."""
    found = measure(tmp_path)
    assert found.newsrooms >= 50
    assert found.returncode == 3, "something is wrong, and it is said"
    assert "Traceback" not in found.told.stderr
    assert found.arrived == found.healthy
    assert all(row["verdict"] == "ok" for slug, row in found.told.rows.items() if slug.startswith("well"))
    assert found.peak_mb < 512
    assert found.guarded == 0
    assert found.stall < 10, "seconds beyond its own pause, on a machine that other work may share"
