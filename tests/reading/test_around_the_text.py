"""What a text leads to, and lines around it that change with every look. The pages are synthetic."""

import pytest

from archive.digest import content_sha256
from archive.model import Release
from communique.pages import read_body
from crawler.registry import unknown_newsroom

PAGE = """<!doctype html><html lang="{lang}"><head><title>Harbour opened</title></head><body><main><article>
<h1>Harbour opened</h1><p>12 May 2025</p>{above}
<p>The ministry opened the new harbour on Monday, and forty boats were already moored at its quays.</p>
<p>Ferries to the outer islands leave from it three times a day until the end of September.</p>{below}
</article></main></body></html>"""


def read(lang: str, *, above: str = "", below: str = "") -> Release:
    newsroom = unknown_newsroom("https://ministry.example/n/1", "Europe/London", (lang,), "GB")
    page = PAGE.format(lang=lang, above=above, below=below)
    release = read_body(page.encode(), "https://ministry.example/n/1", newsroom).release
    assert release is not None
    return release


def body(lang: str, *, above: str = "", below: str = "") -> str:
    return read(lang, above=above, below=below).body


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
        ("en", "Updated 5 minutes ago"),
        ("de", "Aktualisiert: vor 3 Stunden"),
        ("en", "Reading time: 4 minutes"),
        ("en", "4 min read"),
        ("de", "Lesezeit: 2-3 Minuten"),
        ("fi", "Reading time: 4 minutes"),
        ("pl", "Czas czytania: 4 min"),
        ("en", "A- A+"),
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


ENTRIES = '<li><a href="/n/7">Lighthouse to be mended</a> 3 May 2025</li><li><a href="/n/8">Ferry fares stay</a></li>'
LISTS = [
    f"<div class=related><h2>Related news</h2><ul>{ENTRIES}</ul></div>",
    f"<h2>Related news</h2><ul>{ENTRIES}</ul>",
    f"<section><h3>See also</h3><ul>{ENTRIES}</ul></section>",
]


@pytest.mark.parametrize("others", LISTS)
def test_documents_and_contacts_behind_a_list_of_other_releases_are_read(others: str) -> None:
    tail = (
        "<ul class=attachments><li><a href=/f/plan.pdf>Plan of the quays (PDF, 120 kB)</a></ul>"
        "<p>Inquiries: Ann Example, Harbour Master, tel. 01632 960123</p>"
    )
    alone, behind = read("en", below=tail), read("en", below=others + tail)
    assert [each.url for each in behind.attachments] == ["https://ministry.example/f/plan.pdf"]
    assert [each.name for each in behind.contacts] == ["Ann Example"]
    assert content_sha256(alone) == content_sha256(behind)


@pytest.mark.parametrize("others", LISTS)
def test_a_footer_behind_a_list_of_other_releases_gives_no_contact(others: str) -> None:
    footer = "</article></main><footer><p>Quay Street 12</p><p>Ann Example, Director, tel. 01632 960123</p><a href=/f/map.pdf>Map (PDF)</a></footer>"
    found = read("en", below=others + footer)
    assert (found.contacts, found.attachments) == ((), ())


MORE = "<p>The Minister thanked the crews, who had kept the old harbour open through four winters of ice.</p>"


@pytest.mark.parametrize("others", [LISTS[0], LISTS[2]])
def test_a_list_of_other_releases_amid_a_text_is_left_out_and_ends_nothing(others: str) -> None:
    assert body("en", below=others + MORE) == body("en", below=MORE)


def test_icons_of_a_bar_are_no_links_of_the_text_below_it() -> None:
    bar = "<ul><li><a href=https://social.example/share><img src=a.gif></a><li><a href=/print><img src=b.gif></a></ul>"
    assert read("en", above=bar, below=MORE).links == ()


def test_a_session_number_is_no_part_of_a_link() -> None:
    link = "<p>Read the <a href='/n/rules;jsessionid=0A1B2C?p=1'>rules</a> and the <a href='/f/map.pdf;jsessionid=0A1B2C'>map</a> of the harbour.</p>"
    found = read("en", below=link)
    assert found.links == ("https://ministry.example/n/rules?p=1", "https://ministry.example/f/map.pdf")
    assert [each.url for each in found.attachments] == ["https://ministry.example/f/map.pdf"]


def test_how_old_a_page_is_leaves_its_date_alone() -> None:
    page = PAGE.replace("<p>12 May 2025</p>", "<p>12 May 2025 – 32 days ago</p>").format(
        lang="en", above="", below=MORE
    )
    newsroom = unknown_newsroom("https://ministry.example/n/1", "Europe/London", ("en",), "GB")
    release = read_body(page.encode(), "https://ministry.example/n/1", newsroom).release
    assert release is not None
    assert release.published is not None
    assert release.published.isoformat() == "2025-05-12"
