"""When a newsroom's time has come, and how long a host is left alone. Pure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.due import LONGEST, SHORTEST, Cadence, interval, is_due
from crawler.middlewares.patience import retry_after

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def every(gap: timedelta, count: int = 20, age: timedelta = timedelta(days=30)) -> tuple[datetime, ...]:
    return tuple(NOW - age - gap * n for n in range(count))


def minutes(cadence: Cadence) -> float:
    return interval("fi_om", cadence).total_seconds() / 60


def test_a_newsroom_never_looked_at_is_due() -> None:
    assert is_due("fi_om", Cadence(None), NOW)


@pytest.mark.parametrize(
    ("gap", "least", "most"),
    [
        (timedelta(hours=8), 4.5, 5.5),
        (timedelta(days=7), 94, 116),
        (timedelta(days=365), 1296, 1584),
    ],
    ids=["three a day", "weekly", "yearly"],
)
def test_the_pause_follows_how_often_it_publishes(gap: timedelta, least: float, most: float) -> None:
    assert least <= minutes(Cadence(NOW, every(gap))) <= most


def test_a_young_release_is_looked_at_more_often() -> None:
    yearly = every(timedelta(days=365), age=timedelta(hours=3))
    assert minutes(Cadence(NOW, yearly)) <= 66


def test_failures_make_the_pause_longer_up_to_a_day() -> None:
    often = every(timedelta(hours=8))
    pauses = [minutes(Cadence(NOW, often, failures=n)) for n in (0, 2, 5, 30)]
    assert pauses == sorted(pauses)
    assert pauses[-1] <= 1.1 * 24 * 60


@given(st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)), max_size=40), st.integers(0, 50))
def test_the_pause_stays_between_five_minutes_and_a_day(moments: list[datetime], failures: int) -> None:
    published = tuple(moment.replace(tzinfo=UTC) for moment in moments)
    pause = interval("x", Cadence(NOW, published, failures))
    assert SHORTEST * 0.9 <= pause <= LONGEST * 1.1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30),
        (" 0 ", 0),
        ("Mon, 23 Nov 2026 12:02:00 GMT", 120),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0),
        ("1000000000", 1_000_000_000),
        ("9" * 400, 10**10),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
    ],
)
def test_retry_after_as_printed(header: str, seconds: int | None) -> None:
    wait = retry_after(header, NOW)
    assert (None if wait is None else wait.total_seconds()) == seconds
