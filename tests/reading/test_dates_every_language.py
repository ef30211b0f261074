"""Pages in every language: a labelled stamp is found, an update and an event are told apart from it."""

from __future__ import annotations

import pytest

from crawler.languages import known, table, words
from crawler.reading.dates import find_dates
from crawler.reading.headline import find_headline
from crawler.reading.metadata import collect_metadata
from crawler.reading.page import parse_page
from crawler.reading.place import find_place
from crawler.registry import Newsroom
from pipelines.dates import choose

TEXT = "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.</p>"


def read(code, body):
    vocabulary = words((code,))
    page = parse_page(
        f"<html lang='{code}'><title>Lorem ipsum dolor</title><body><h1>Lorem ipsum dolor</h1>{body}</body></html>".encode(),
        "https://m.example/x",
    )
    metadata = collect_metadata(page)
    headline = find_headline(page, metadata, vocabulary)
    found = find_dates(page, find_place(page, headline.block, vocabulary), vocabulary, metadata)
    newsroom = Newsroom(
        slug="x",
        name={},
        site="https://m.example",
        country="FI",
        timezone="Europe/Helsinki",
        languages=(code,),
    )
    published, modified = choose(found.published, newsroom)[0], choose(found.modified, newsroom)[0]
    return published and published.isoformat(), modified and modified.isoformat()


@pytest.mark.parametrize("code", known())
def test_every_published_label(code):
    for label in table(code)["dates"]["published"]:
        assert read(code, f"<p>{label}: 21.6.2022 11.43</p>{TEXT}{TEXT}")[0] == "2022-06-21T11:43:00+03:00", (
            label
        )


@pytest.mark.parametrize("code", known())
def test_every_updated_label(code):
    for label in table(code)["dates"]["updated"]:
        assert read(code, f"{TEXT}{TEXT}<p>{label}: 21.6.2022</p>") == (None, "2022-06-21"), label


@pytest.mark.parametrize("code", known())
def test_every_event_label(code):
    published = {label.casefold() for label in table(code)["dates"]["published"]}
    for label in table(code)["dates"]["event"]:
        if label.casefold() not in published:
            assert read(code, f"<p>{label}: 21.6.2022</p>{TEXT}{TEXT}") == (None, None), label
