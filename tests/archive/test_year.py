"""An invented newsroom lived through: everything that happened is told, and nothing else."""

from pathlib import Path

import pytest

from bench import translations
from bench.year import simulate


@pytest.mark.slow
def test_everything_that_happened_is_told_and_nothing_else(tmp_path: Path) -> None:
    score = simulate(tmp_path / "archive.db", days=25, seed=7)
    assert score.truth.total() > 40
    assert score.missing == {}
    assert score.invented == {}


@pytest.mark.slow
def test_every_translation_that_stays_behind_is_told_once_and_no_other(tmp_path: Path) -> None:
    truth, told, _ = translations.simulate(tmp_path / "archive.db", days=25, seed=3, families=12)
    assert truth.total() > 5
    assert told == truth
