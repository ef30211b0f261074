"""Notices: a banner over an unchanged text is told and left out of the body; what is printed is quoted and stays."""

import pytest

from crawler.items import ReleaseItem
from crawler.reading import read
from crawler.reading.page import parse_page
from crawler.registry import unknown_newsroom

TEXT = (
    "The harbour office keeps the winter timetable of the ferries until the ice has gone from the inner fairways of the"
    " archipelago. Three lighthouses were given to the municipality, which rents them to visitors in summer."
)
#: synthetic
PAGE = """<html lang="{lang}"><head><title>Ferries in winter</title></head><body><main><h1>Ferries in winter</h1>
<p class="date">3 March 2025</p>{notice}<p>{text}</p><p>{text}</p></main></body></html>"""


def item(notice: str, lang: str = "en", text: str = TEXT) -> ReleaseItem:
    url = "https://ministry.example/news/1"
    page = parse_page(
        PAGE.format(lang=lang, notice=notice, text=text).encode(), url, "text/html; charset=utf-8"
    )
    found = read(page, unknown_newsroom(url, "Europe/London", (lang,), "GB"))
    assert isinstance(found, ReleaseItem)
    return found


@pytest.mark.parametrize(
    "notice",
    [
        "<p>This press release was withdrawn on 5 May 2025.</p>",
        f'<div class="govuk-notice">This news story was withdrawn on 5 May 2025. It is out of date, and the rules that it tells of have been replaced by those of the harbour office. {"Read on. " * 8}</div>',
        "<p>This was published under the 2019 to 2022 government</p>",
    ],
)
def test_a_banner_is_a_notice_and_no_text(notice: str) -> None:
    plain, with_banner = item(""), item(notice)
    assert len(with_banner.notices) == 1
    assert with_banner.body == plain.body
    assert not plain.notices


def test_an_embargo_is_quoted_and_stays() -> None:
    found = item("<p>Embargoed until 3 March 2025, 10.00</p>")
    assert found.notices == ("Embargoed until 3 March 2025, 10.00",)


def test_a_text_about_a_withdrawal_is_text() -> None:
    found = item(
        "", text=TEXT + " The bill was withdrawn on 3 March by the government, which has no majority."
    )
    assert not found.notices
    assert "withdrawn on 3 March" in found.body
