"""What a text leads to, and lines around it that change with every look. The pages are synthetic."""

import pytest

from communique.pages import read_body
from crawler.registry import unknown_newsroom

PAGE = """<!doctype html><html lang="{lang}"><head><title>Harbour opened</title></head><body><main><article>
<h1>Harbour opened</h1><p>12 May 2025</p>{above}
<p>The ministry opened the new harbour on Monday, and forty boats were already moored at its quays.</p>
<p>Ferries to the outer islands leave from it three times a day until the end of September.</p>{below}
</article></main></body></html>"""


def body(lang: str, *, above: str = "", below: str = "") -> str:
    newsroom = unknown_newsroom("https://ministry.example/n/1", "Europe/London", (lang,), "GB")
    page = PAGE.format(lang=lang, above=above, below=below)
    release = read_body(page.encode(), "https://ministry.example/n/1", newsroom).release
    assert release is not None
    return release.body


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Views: 1,204"),
        ("en", "Viewed 12 times read"),
        ("de", "Aufrufe: 96"),
        ("ru", "Просмотров: 733"),
        ("zh", "浏览次数：1204 次"),
        ("ko", "조회수 311"),
        ("ar", "عدد المشاهدات: 42"),
        ("fi", "Hits: 7"),
        ("en", "3 days ago"),
        ("de", "vor 3 Tagen"),
        ("fr", "il y a 2 heures"),
        ("ja", "5日前"),
    ],
)
def test_counters_and_ages_are_no_text(lang: str, line: str) -> None:
    assert line not in body(lang, above=f"<p>{line}</p>")
    assert line not in body(lang, below=f"<p>{line}</p>")


def test_a_pager_is_no_text() -> None:
    pager = '<p><a href="/n/0">« Budget published</a> | <a href="/n/2">Roads mended »</a></p>'
    assert "Budget" not in body("en", below=pager)


@pytest.mark.parametrize(
    "line",
    [
        "The site had 1,204 views on its first day.",
        "Visits to the 12 islands begin in June.",
        "Three days ago the last boat left.",
        '<a href="/n/2">The whole report »</a>',
    ],
)
def test_sentences_and_single_links_stay(line: str) -> None:
    said = line.removeprefix('<a href="/n/2">').removesuffix("</a>")
    assert said in body("en", below=f"<p>{line}</p><p>That is how the ministry sees it on this day.</p>")


def test_a_mailbox_behind_words_is_a_link_of_the_text() -> None:
    newsroom = unknown_newsroom("https://ministry.example/n/1", "Europe/London", ("en",), "GB")
    line = (
        '<p>Anybody may <a href="mailto:harbours@ministry.example?subject=Harbours">write to us</a> about it, or '
        '<a href="mailto:?subject=Harbour opened">tell a friend</a> of the <a href="/harbours">other harbours</a>.</p>'
    )
    page = PAGE.format(lang="en", above="", below=line)
    release = read_body(page.encode(), "https://ministry.example/n/1", newsroom).release
    assert release is not None
    assert release.links == ("mailto:harbours@ministry.example", "https://ministry.example/harbours")
