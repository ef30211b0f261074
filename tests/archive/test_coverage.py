"""Coverage: a day counts as seen only where a look ended well, and every gap is told."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.coverage import DayState, coverage
from archive.database import open_archive
from archive.errors import UsageError
from communique.cli import main

POLLS = [
    ("2026-03-02", "ok"),
    ("2026-03-02", "unchanged"),
    ("2026-03-03", "unreachable"),
    ("2026-03-05", "ok"),
    ("2026-03-07", "blocked"),
    ("2026-03-08", "broken"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with open_archive(path, write=True) as archive, archive.transaction() as connection:
        connection.execute(
            "insert into newsrooms (slug, name, first_seen_at) values ('xx_a', 'A', '2026-03-01T00:00:00Z')"
        )
        connection.execute("insert into runs (id, started_at) values (1, '2026-03-02T00:00:00Z')")
        connection.executemany(
            "insert into polls (run_id, newsroom, source, source_kind, started_at, outcome)"
            " values (1, 'xx_a', 'https://a.example/', 'listing', ? || 'T10:00:00Z', ?)",
            POLLS,
        )
    return path


def states(path: Path) -> list[DayState]:
    with open_archive(path) as archive:
        return [day.state for day in coverage(archive, "xx_a", date(2026, 3, 1), date(2026, 3, 9)).days]


def test_each_day_says_what_we_know(path: Path) -> None:
    assert states(path) == [
        DayState.NOT_LOOKED,
        DayState.SEEN,
        DayState.CAUGHT_UP,  # unreachable, but the look of the 5th reached back
        DayState.CAUGHT_UP,
        DayState.SEEN,
        DayState.NOT_LOOKED,
        DayState.BLOCKED,
        DayState.FAILED,
        DayState.NOT_LOOKED,
    ]


def test_an_open_gap_lies_on_its_days_until_a_sweep_closes_it(path: Path) -> None:
    with open_archive(path, write=True) as archive, archive.transaction() as connection:
        connection.execute(
            "insert into gaps (newsroom, source, from_at, to_at, reason) values"
            " ('xx_a', 's', '2026-03-02T10:00:00Z', '2026-03-05T10:00:00Z', 'the listing shows 20, all new')"
        )
    assert states(path)[1:5] == [DayState.GAP] * 4
    with open_archive(path, write=True) as archive, archive.transaction() as connection:
        connection.execute("update gaps set closed_at = '2026-03-09T00:00:00Z'")
    assert DayState.GAP not in states(path)


def test_a_newsroom_that_was_never_crawled_is_an_error(path: Path) -> None:
    with open_archive(path) as archive, pytest.raises(UsageError, match="xx_b"):
        coverage(archive, "xx_b", date(2026, 1, 1), datetime.now(UTC).date())


def test_the_command_draws_a_calendar_and_gives_data(path: Path) -> None:
    arguments = ["coverage", "xx_a", "--archive", str(path), "--since", "2026-03-01", "--until", "2026-03-09"]
    drawn = CliRunner().invoke(main, arguments)
    assert drawn.exit_code == 0
    assert "Mar" in drawn.output
    assert "■ seen 2" in drawn.output
    data = CliRunner().invoke(main, [*arguments, "--json"])
    assert '"state":"caught up"' in data.output
    unknown = CliRunner().invoke(main, ["coverage", "xx_b", "--archive", str(path)])
    assert unknown.exit_code == 2
    assert len(unknown.output.splitlines()) == 1
