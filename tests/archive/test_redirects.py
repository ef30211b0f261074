"""Redirects of release addresses: one leads to its successor, many to one page lead to a sink."""

import pytest

from archive.model import Identity, Release
from archive.redirects import SINK_FROM
from archive.store import Writer
from tests.archive.looking import events, run_again, see, value
from tests.archive.pages import moment, release

NEW_SITE = release(
    99,
    url="https://ministry.example/about-our-new-site",
    identity=Identity("canonical", "ministry.example/about-our-new-site"),
    headline="Welcome to our new site",
    body="Everything moved, and most of it went away. Older publications are kept by the national archives.",
    published=moment("2026-03-05T10:00:00+02:00"),
)
#: old pages that are still there: beside them, what is missing is no fault of the site
STILL_THERE = 60


def crawl(writer: Writer, hours: float, led_away: range) -> None:
    """A run in which these releases' addresses lead to the new site, and the others are as they were."""
    for number in range(STILL_THERE):
        if number in led_away:
            see(writer, NEW_SITE, hours=hours, url=page(number).url)
        else:
            see(writer, page(number), hours=hours)
    run_again(writer)


def page(number: int) -> Release:
    words = " ".join(f"word{number}x{place}" for place in range(12))
    return release(number, headline=f"Decision {number}", body=f"The ministry decided: {words}.")


@pytest.mark.parametrize("number", [1, SINK_FROM - 1])
def test_addresses_that_lead_to_another_release_are_replaced(writer: Writer, number: int) -> None:
    crawl(writer, 0, range(0))
    crawl(writer, 80, range(number))
    assert events(writer).count("replaced") == number
    assert value(writer, "select count(*) from releases where state = 'replaced'") == number
    assert value(writer, "select count(*) from releases") == STILL_THERE + 1


def test_ten_addresses_that_lead_to_one_page_make_it_a_sink(writer: Writer) -> None:
    crawl(writer, 0, range(0))
    crawl(writer, 80, range(SINK_FROM))
    assert set(events(writer)) == {"new"}, "told after a second look"
    crawl(writer, 81, range(SINK_FROM))
    assert events(writer).count("redirected to another page") == SINK_FROM
    assert value(writer, "select count(*) from releases where state = 'redirected_sink'") == SINK_FROM
    assert value(writer, "select count(*) from releases") == STILL_THERE, "the sink is no release"
    crawl(writer, 90, range(0))
    assert events(writer).count("restored") == SINK_FROM


def test_a_sink_that_grows_over_days_mends_what_was_called_replaced(writer: Writer) -> None:
    crawl(writer, 0, range(0))
    crawl(writer, 80, range(4))
    crawl(writer, 90, range(8))
    assert value(writer, "select count(*) from releases where state = 'replaced'") == 8
    crawl(writer, 100, range(12))
    crawl(writer, 101, range(12))
    assert value(writer, "select count(*) from releases where state = 'redirected_sink'") == 12
    assert value(writer, "select count(*) from releases where state = 'replaced'") == 0
