"""Sources: what each kind names, and that a wrong answer is never "nothing new". All inputs are synthetic."""

import gzip
import random
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from crawler.registry import Source, unknown_newsroom
from crawler.sources import Found, SourceBroken, SourcePage, read_source
from crawler.sources.found import absolute
from crawler.sources.listing import printed_day
from crawler.sources.walk import Walk
from tests.damage import damaged

NEWSROOM = unknown_newsroom(
    "https://press.example/", timezone="Europe/Helsinki", languages=("fi",), country="FI"
)
ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv">
<title>x</title><updated>2026-01-01T00:00:00Z</updated>
<entry><title>A &amp; B</title><link href="/-/a"/><published>2022-06-21T08:43:00Z</published></entry>
<entry><title>C</title><link href="https://u:secret@press.example/-/c#top"/><updated>2022-06-20T08:00:00Z</updated></entry>
<entry><title>Evil</title><link href="file:///etc/passwd"/></entry>
</feed>"""
RSS = "<rss version='2.0'><channel><title>x</title><language>en-GB</language><item><title>Ministers' R & D &nbsp;talk</title><link>https://press.example/r</link><pubDate>Tue, 21 Jun 2022 11:43:00 +0300</pubDate></item></channel></rss>"
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://press.example/"><title>x</title><link>https://press.example/</link></channel>
<item rdf:about="https://press.example/j"><title>J</title><link>https://press.example/j</link><dc:date>2022-06-21T10:00+09:00</dc:date></item></rdf:RDF>"""


def read(source: Source, body: bytes, url: str = "https://press.example/list", **more: str) -> SourcePage:
    return read_source(source, NEWSROOM, url, body, **more)


def urls(page: SourcePage) -> list[str]:
    return [it.url for it in page.found]


def test_an_atom_feed_gives_addresses_days_and_headlines() -> None:
    page = read(Source(feed="https://press.example/f"), ATOM)
    assert page.found[0] == Found(
        "https://press.example/-/a", date(2022, 6, 21), "2022-06-21T08:43:00Z", "A & B", "sv"
    )
    assert page.found[1].url == "https://press.example/-/c"  # neither password nor fragment
    assert page.found[1].published == date(2022, 6, 20)
    assert page.refused == ("file://etc/passwd",)  # as feedparser hands it on


@pytest.mark.parametrize(
    ("body", "found", "headline"),
    [
        (RSS.encode(), "https://press.example/r", "Ministers' R & D \xa0talk"),
        (RSS.replace("&nbsp;", "é").encode("latin-1"), "https://press.example/r", "Ministers' R & D étalk"),
        (RDF, "https://press.example/j", "J"),
    ],
    ids=["bare ampersand", "mislabelled latin-1", "rdf"],
)
def test_broken_and_old_feeds_keep_their_titles(body: bytes, found: str, headline: str) -> None:
    page = read(Source(feed="https://press.example/f"), body)
    assert [(it.url, it.headline) for it in page.found] == [(found, headline)]


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body><h1>Maintenance</h1></body></html>", b"/etc/passwd", b"\x00\x01\x02", ATOM[:150]],
)
def test_what_is_no_feed_is_broken_not_empty(body: bytes) -> None:
    with pytest.raises(SourceBroken):
        read(Source(feed="https://press.example/f"), body)


def test_a_valid_feed_without_entries_is_an_empty_page() -> None:
    assert (
        read(
            Source(feed="https://x.example/f"),
            b"<rss version='2.0'><channel><title>x</title></channel></rss>",
        ).found
        == ()
    )


LISTING = b"""<html><head><base href="https://press.example/fi/"></head><body><nav><a href="/fi/yhteystiedot-ja-muuta-tietoa">x</a></nav>
<main><ul><li><span>21.6.2022 11.43</span><a href="/-/uusi-laki-voimaan">Uusi laki voimaan</a></li>
<li><time datetime="2022-06-20T09:00">20.6.</time><a href="tiedotteet/toinen">Toinen</a></li>
<li><a href="/-/uusi-laki-voimaan">pinned again</a></li><li><a href="javascript:void(0)">x</a></li></ul>
<a class="pagination__next" href="/fi/tiedotteet?page=2">Seuraava</a></main></body></html>"""


def test_a_listing_nobody_described_gives_releases_days_and_the_next_page() -> None:
    newsroom = replace(NEWSROOM, day_order="dmy")
    page = read_source(Source(listing="x"), newsroom, "https://press.example/fi/tiedotteet", LISTING)
    assert [(it.url, it.published) for it in page.found] == [
        ("https://press.example/-/uusi-laki-voimaan", date(2022, 6, 21)),
        ("https://press.example/fi/tiedotteet/toinen", date(2022, 6, 20)),
    ]
    assert page.next == ("https://press.example/fi/tiedotteet?page=2",)


def test_selectors_of_the_entry_decide() -> None:
    body = b"<div class=r><a class=more href=/1>more</a><h3>T</h3><p class=d>2022-06-21</p></div><a rel=n href='?p=2'>n</a>"
    source = Source(listing="x", item="div.r", link="a.more", title="h3", date="p.d", next="a[rel=n]")
    page = read(source, body)
    assert page.found == (Found("https://press.example/1", date(2022, 6, 21), "2022-06-21", "T"),)
    assert page.next == ("https://press.example/list?p=2",)


def test_a_page_parameter_counts_on() -> None:
    source = Source(listing="x", item="li", page="start", first=0, step=20)
    page = read(source, b"<li><a href=/1>x</a></li>", "https://press.example/list?start=20&a=b")
    assert page.next == ("https://press.example/list?a=b&start=40",)


def test_a_listing_without_any_link_is_broken() -> None:
    with pytest.raises(SourceBroken, match="no link"):
        read(Source(listing="x"), b"<html><body>Please wait ...</body></html>")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("Julkaistu 21.6.2022 11.43", "dmy", date(2022, 6, 21)),
        ("6/21/2022", "mdy", date(2022, 6, 21)),
        ("2022/06/21", None, date(2022, 6, 21)),
        ("5/6/2022", None, None),  # no order told: not guessed
        ("puh. 0295 150 011", "dmy", None),
        ("31.2.2022", "dmy", None),
        ("21.06.22", "dmy", date(2022, 6, 21)),
    ],
)
def test_days_of_listings_are_read_only_in_the_newsrooms_order(
    text: str, order: str | None, day: date | None
) -> None:
    newsroom = replace(NEWSROOM, country="CA", day_order=order)
    assert printed_day(text, newsroom) == day


MAP = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://press.example/a</loc><lastmod>2022-06-21</lastmod></url></urlset>'
INDEX = b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://press.example/s.xml.gz</loc></sitemap></sitemapindex>'


def test_sitemaps_also_nested_and_packed() -> None:
    source = Source(sitemap="https://press.example/sitemap.xml")
    assert read(source, INDEX).next == ("https://press.example/s.xml.gz",)
    assert urls(read(source, gzip.compress(MAP))) == ["https://press.example/a"]
    assert read(source, MAP).found[0].published == date(2022, 6, 21)


@pytest.mark.parametrize("body", [b"", b"<html/>", gzip.compress(MAP)[:-20], MAP[:-30], b"\x1f\x8bnot gzip"])
def test_what_is_no_whole_sitemap_is_broken(body: bytes) -> None:
    with pytest.raises(SourceBroken):
        read(Source(sitemap="https://press.example/s"), body)


API = Source(api="https://press.example/api", item="data.docs", link="url", title="t", date="d", page="page")
DOCS = b'{"data": {"docs": [{"url": "/a", "t": "A", "d": "2022-06-21T08:00Z"}]}}'


def test_an_api_as_the_registry_describes_it() -> None:
    page = read(API, DOCS, "https://press.example/api?page=3")
    assert page.found == (Found("https://press.example/a", date(2022, 6, 21), "2022-06-21T08:00Z", "A"),)
    assert page.next == ("https://press.example/api?page=4",)


def test_the_end_of_an_api_has_no_next_page() -> None:
    page = read(API, b'{"data": {"docs": []}}')
    assert (page.found, page.next) == ((), ())


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{}", b'{"data": null}', b'{"data": {"docs": [{"x": 1}]}}']
)
def test_an_api_that_answers_something_else_is_broken(body: bytes) -> None:
    with pytest.raises(SourceBroken):
        read(API, body)


def test_keep_leaves_other_pages_out() -> None:
    page = read(Source(feed="https://press.example/f", keep="/-/a$"), ATOM)
    assert urls(page) == ["https://press.example/-/a"]


@pytest.mark.parametrize(
    "href",
    ["javascript:x", "mailto:a@b.example", "file:///etc/passwd", "ftp://x.example/", "data:text/html,x", "gopher://x/",
     "http://", "http://a\\@b.example/", "https://[::1", "", " "],
)  # fmt: skip
def test_addresses_that_are_never_fetched(href: str) -> None:
    assert absolute("https://press.example/", href) is None


@given(st.text(max_size=80))
def test_any_text_as_an_address_is_http_or_nothing(href: str) -> None:
    found = absolute("https://press.example/x/", href)
    assert found is None or (found.startswith(("http://", "https://")) and "@" not in found.split("/")[2])


SINCE = Walk(since=date(2022, 1, 1))
AGAIN = Walk(seen_until=date(2022, 6, 20))


def page_of(*days: int, month: int = 6) -> tuple[Found, ...]:
    return tuple(
        Found(f"https://press.example/{month}/{day}/{n}", date(2022, month, day))
        for n, day in enumerate(days)
    )


def all_known(page: tuple[Found, ...]) -> dict[str, date | None]:
    return {it.url: it.published for it in page}


def test_a_first_look_without_a_day_takes_the_first_page_only() -> None:
    assert Walk().ends(page_of(1, 2), {})


def test_a_walk_goes_back_to_its_day_whatever_is_known() -> None:
    page = page_of(1, 2)
    assert not SINCE.ends(page, all_known(page))
    assert SINCE.ends((Found("https://x.example/1", date(2021, 12, 31)),), {})


def test_known_items_alone_end_no_walk() -> None:
    page = page_of(21, 20, 19)
    assert not AGAIN.ends(page, all_known(page))  # known, but not yet older than the last whole look


def test_an_older_date_alone_ends_no_walk() -> None:
    page = page_of(1, 2, 3)
    known = all_known(page[:-1])  # one of the old ones is new to us
    assert not AGAIN.ends(page, known)


def test_known_and_older_ends_the_walk() -> None:
    page = page_of(1, 2, 3)
    assert AGAIN.ends(page, all_known(page))


def test_one_pinned_item_ends_no_walk() -> None:
    page = page_of(21, 20, 19, 18) + page_of(1, month=1)
    assert not AGAIN.ends(page, all_known(page))


def test_days_that_a_listing_does_not_print_come_from_the_archive() -> None:
    page = tuple(Found(f"https://press.example/{n}") for n in range(4))
    assert not AGAIN.ends(page, dict.fromkeys((it.url for it in page), None))
    assert AGAIN.ends(page, {it.url: date(2022, 6, 1) for it in page})


@pytest.mark.parametrize("seed", range(120))
def test_a_source_damaged_at_random_is_read_or_broken(seed: int) -> None:
    chance = random.Random(seed)
    kinds = {"feed": [ATOM, RSS.encode(), RDF], "listing": [LISTING], "sitemap": [MAP, INDEX], "api": [DOCS]}
    kind = chance.choice(sorted(kinds))
    source = API if kind == "api" else Source(**{kind: "https://press.example/list"})
    body = damaged(
        chance.choice(kinds[chance.choice((kind, kind, kind, chance.choice(sorted(kinds))))]), chance
    )
    with suppress(SourceBroken):
        page = read(source, body, content_type=chance.choice(("", "text/xml; charset=utf-16")))
        assert all(it.url.startswith("http") for it in page.found)


@pytest.mark.parametrize(
    "body",
    [b'{"data": "\xa5"}', b"[" * 200_000, b'{"data": {"docs": [' + b"[" * 5_000],
    ids=["latin", "deep", "cut"],
)
def test_an_api_that_answers_what_no_parser_takes_is_broken(body: bytes) -> None:
    with pytest.raises(SourceBroken, match="no JSON"):
        read(API, body)


def test_a_listing_that_answers_json_is_broken() -> None:
    with pytest.raises(SourceBroken, match="no link"):
        read(Source(listing="https://press.example/list"), DOCS)


def test_an_entry_of_the_day_that_a_cms_writes_for_none_keeps_its_address_and_loses_its_day() -> None:
    [found] = read(Source(feed="https://press.example/f"), ATOM.replace(b"2022-06-21", b"0000-00-00")).found[
        :1
    ]
    assert found.published is None
    assert found.published_raw
