"""The body, its HTML and what is left out of it. All pages here are synthetic."""

from __future__ import annotations

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Refusal, ReleaseItem
from crawler.reading import read
from crawler.reading.page import Page, parse_page, text_page
from crawler.registry import unknown_newsroom

URL = "https://www.harbour.example/news/12"
NEWSROOM = unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE")
FIRST = (
    "The Minister opened a grant scheme for small harbours today, and applications are accepted until June."
)
SECOND = (
    "A first report on the scheme will be published next year, after the villages have been consulted again."
)


def item(inside: str, head: str = "") -> ReleaseItem:
    page = parse_page(
        f"<html lang=en><head><title>Grant scheme opens in April</title>{head}</head><body><ul><li><a href=/a>News</a><li><a href=/b>About</a></ul>{inside}<footer>Quay Street 12</footer></body>".encode(),
        URL,
    )
    assert isinstance(page, Page)
    found = read(page, NEWSROOM)
    assert isinstance(found, ReleaseItem), found
    return found


def test_paragraphs_headings_lists_quotes_and_rows_stay_in_order() -> None:
    found = item(
        f"<main><h1>Grant scheme opens in April</h1><p>12 March 2004</p><p>{FIRST}<h2>Terms</h2><ul><li>Two boats<li>One quay</ul>"
        f"<blockquote>“We listened,” she said.</blockquote><table><tr><td>North</td><td>12</td></tr></table><p>{SECOND}</main>"
    )
    assert found.body.split("\n\n") == [
        FIRST,
        "Terms",
        "Two boats",
        "One quay",
        "“We listened,” she said.",
        "North | 12",
        SECOND,
    ]
    assert "<h2>Terms</h2>" in found.body_html
    assert "<ul>\n<li>Two boats</li>\n<li>One quay</li>\n</ul>" in found.body_html


@pytest.mark.parametrize(
    "furniture",
    [
        "<p>Share this page X Facebook Print</p>",
        "<div class=cookie-banner>This site uses cookies to make it work better for you, and you can accept them all.</div>",
        "<h2>Related news</h2><ul><li><a href=/1>New lighthouse at Westpoint</a> 3 March 2004</ul>",
        "<p>Northport. Photo: Orla Example</p>",
        "<ul class=attachments><li><a href=/terms.pdf>Terms of the scheme (PDF, 120 kB)</a></ul>",
        "<nav><a href=/>Home</a></nav>",
        "<footer>Quay Street 12. Switchboard (01) 496 0999. Opening hours from nine to four on weekdays.</footer>",
    ],
)
def test_what_is_no_part_of_the_release_is_left_out(furniture: str) -> None:
    text = f"<h1>Grant scheme opens in April</h1><p>12 March 2004</p><p>{FIRST}<p>{SECOND}"
    assert item(f"<main>{text}{furniture}</main>").body == f"{FIRST}\n\n{SECOND}"


def test_the_first_heading_may_be_the_site() -> None:
    found = item(
        f"<h1 class=aural>Department of Harbours</h1><div><h1>Grant scheme opens in April</h1><p>12 March 2004</p><p>{FIRST}<p>{SECOND}</div>"
    )
    assert found.headline.text == "Grant scheme opens in April"
    assert found.headline.evidence == "h1, confirmed by title"


def test_a_title_that_names_the_site_only_confirms_nothing() -> None:
    page = parse_page(
        f"<title>Department of Harbours</title><p>Department of Harbours</p><font size=4><b>Small harbours get grants</b></font>"
        f"<br>12 March 2004<br><br>{FIRST}<br><br>{SECOND}<p>© 2004 Department of Harbours".encode(),
        URL,
    )
    assert isinstance(page, Page)
    found = read(page, NEWSROOM)
    assert isinstance(found, ReleaseItem)
    assert found.headline.text == "Small harbours get grants"


def test_links_and_attachments_are_absolute() -> None:
    found = item(
        f'<main><h1>Grant scheme opens in April</h1><p>12 March 2004</p><p>{FIRST} <a href="../terms">Terms</a><p>{SECOND} '
        f'<a href="/files/form.docx">Papers</a> <a href="javascript:x()">no</a></main>',
    )
    assert found.links == ("https://www.harbour.example/terms", "https://www.harbour.example/files/form.docx")
    assert [(a.url, a.title, a.media_type) for a in found.attachments] == [
        (
            "https://www.harbour.example/files/form.docx",
            "Papers",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        )
    ]


THIRD = "“We listened to the villages first and drew the map afterwards,” the Minister said in Westpoint."
TEXT = f"<p>{FIRST}<p>{SECOND}<p>{THIRD}"
TITLE = "Grant scheme for small harbours opens in April"
DAY = "<p>12 March 2004</p>"


@pytest.mark.parametrize(
    "page",
    [
        f"<title>{TITLE} | Harbours</title><header><p>Press release</p><h1>{TITLE}</h1>{DAY}</header><main>{TEXT}</main>",
        f"<title>Harbours</title><main><h1>Grant scheme for small harbours<br>opens in April</h1>{DAY}{TEXT}</main>",
        f"<title>{TITLE} - Harbours</title><div><img src=h.gif>{DAY}{TEXT}</div>",
        f"<title>Press releases</title><div><p><strong>{TITLE}</strong></p>{DAY}{TEXT}</div>",
        f"<title>Release 12</title><div><h1>Press releases</h1><h2>{TITLE}</h2>{DAY}{TEXT}</div>",
        f"<title>Site</title><div><span>{TITLE}</span></div>{DAY}<div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div>",
        f"<title>{TITLE}</title><div><h1>{TITLE}</h1>12 March 2004<br><br>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div>",
        f"<title>{TITLE}</title><main><h1>{TITLE}</h1><dl><dt>Published:</dt><dd>12 March 2004</dd></dl><div>{TEXT}</div></main>",
        f"<title>{TITLE} | Harbours</title><h1><a href=/>Harbours</a></h1><h2>{TITLE}</h2>{DAY}{TEXT}",
        (
            f"<title>{TITLE}</title><main><h1>{TITLE}</h1>{DAY}{TEXT}<h2>More</h2><h3><a href=/1>New lighthouse</a></h3><p>{SECOND.upper()}"
            f"<h3><a href=/2>New buoys at Eastpoint</a></h3><p>{FIRST.upper()}</main>"
        ),
    ],
)
def test_headline_and_text_on_pages_that_differ_in_all_else(page: str) -> None:
    menu = "<ul><li><a href=/a>News</a><li><a href=/b>About us</a></ul>"
    found = parse_page(f"{menu}{page}<p>© 2004 Department of Harbours".encode(), URL)
    assert isinstance(found, Page)
    release = read(found, NEWSROOM)
    assert isinstance(release, ReleaseItem), release
    assert release.headline.text == TITLE
    assert release.body.split("\n\n") == [FIRST, SECOND, THIRD]


TAGS = {"p", "h2", "h3", "h4", "ul", "li", "blockquote", "table", "tr", "td", "a", "br"}
HOSTILE = st.sampled_from(
    [
        "<script>x</script>",
        "<img src=x onerror=y>",
        '<a href="javascript:x">l</a>',
        "<a href='//h.example/\"><b'>m</a>",
        "&lt;b&gt;",
        '"',
        "'>",
        "<svg>",
    ]
)


@given(st.lists(st.one_of(HOSTILE, st.text(max_size=30)), max_size=6))
def test_nothing_of_the_pages_markup_reaches_a_reader(parts: list[str]) -> None:
    body = "".join(f"<p>{FIRST} {part}" for part in ["", *parts])
    page = parse_page(f"<main><h1>Grant scheme opens</h1>{body}</main>".encode("utf-8", "replace"), URL)
    assert isinstance(page, Page)
    found = read(page, NEWSROOM)
    if isinstance(found, ReleaseItem):
        cleaned = nh3.clean(
            found.body_html,
            tags=TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto", "tel"},
        )
        for mark in ("<", "javascript:", "onerror="):
            assert found.body_html.count(mark) - cleaned.count(mark) <= cleaned.count("<tbody") * 2


FRAGMENTS = st.sampled_from(
    [
        "<h1>", "</h1>", "<p>", "<table><tr><td>", "<br><br>", "<main>", "<li>", "<a href='mailto:x@y.example'>", "</a>", "<time datetime='2020-02-30'>",
        '<script type="application/ld+json">{"datePublished": ["x', "</script>", "Press release 12/2020", "21.6.2022 11.43", "For further information:",
        "tel. +358 295 000 000", "Ida Ek, Director", "[email protected]", "<div class='contact'>", "© 2020", "平成30年12月12日", "\u202e", "\x00", "&#0;", "&shy;",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=20)), max_size=25),
    st.sampled_from(["fi", "en", "ja", "ar", "xx"]),
)
def test_no_page_raises(fragments: list[str], language: str) -> None:
    newsroom = unknown_newsroom(URL, "Europe/Helsinki", (language,), "FI")
    page = parse_page("".join(fragments).encode("utf-8", "replace"), URL)
    if isinstance(page, Page):
        assert isinstance(read(page, newsroom), ReleaseItem | Refusal)
        assert isinstance(read(page, newsroom, generic=True), ReleaseItem | Refusal)
    copied = read(text_page("\n".join(fragments), URL), newsroom)
    assert isinstance(copied, ReleaseItem | Refusal)
