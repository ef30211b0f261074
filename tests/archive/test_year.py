"""An invented newsroom lived through: everything that happened is told, and nothing else."""

from pathlib import Path

import pytest

from bench.year import simulate


@pytest.mark.slow
def test_everything_that_happened_is_told_and_nothing_else(tmp_path: Path) -> None:
    score = simulate(tmp_path / "archive.db", days=25, seed=7)
    assert score.truth.total() > 40
    assert score.missing == {}
    assert score.invented == {}
