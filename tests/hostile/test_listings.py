"""Listings and feeds over several runs: the cases C1 to C5, C10 and B15, by id."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.pages import WORDS, listing, release, site
from tests.hostile.run import Newsroom, Told, run
from tests.replay import Page, Pages, replay

pytestmark = pytest.mark.slow
XML = "application/xml"


def names(start: int, stop: int) -> list[str]:
    """Newest first, as listings are."""
    return [f"n{number:02d}" for number in range(stop - 1, start - 1, -1)]


def dated(host: str, numbers: list[str], page: int = 1, size: int = 5, pinned: str = "") -> bytes:
    """One page of a listing whose item nNN is of NN days after 1 October 2026; a pinned item stands on every page."""
    part = numbers[(page - 1) * size : page * size]
    shown = [pinned, *part] if pinned else part
    rows = "".join(
        f'<li><a href="https://{host}/news/{it}">{it}</a> {int(it[1:]) + 1}.10.2026</li>' for it in shown
    )
    more = f'<a rel="next" href="https://{host}/news?page={page + 1}">next</a>' if part else ""
    return f"<html><body><main><ul>{rows}</ul>{more}</main></body></html>".encode()


def paged(host: str, numbers: list[str], pinned: str = "", size: int = 5) -> Pages:
    """The whole listing in pages, with an empty one behind the last, and its releases."""
    pages: Pages = {f"{host}/robots.txt": Page(b"", 404)}
    for page in range(1, len(numbers) // size + 3):
        address = f"{host}/news" if page == 1 else f"{host}/news?page={page}"
        pages[address] = Page(dated(host, numbers, page, size, pinned))
    return pages | {f"{host}/news/{it}": Page(release(it, day=int(it[1:]) + 1)) for it in numbers}


def atom(host: str, numbers: list[str]) -> Page:
    entries = "".join(
        f"<entry><title>{it}</title><link href='https://{host}/news/{it}'/><updated>2026-10-{int(it[1:]) + 1:02d}T08:00:00Z</updated></entry>"
        for it in numbers
    )
    return Page(
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{entries}</feed>".encode(),
        content_type="application/atom+xml",
    )


FEED_AND_LISTING = 'sources = [{ feed = "/feed" }, { listing = "/news", item = "main li" }]'
HOSTILE_XML = {
    "xxe": b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><urlset><url><loc>https://c10-xxe.example/news/&x;</loc></url></urlset>",
    "laughs": b"<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%s;" % (str(n - 1).encode() if n else b"") * 10) for n in range(9)) + b"]><urlset><url><loc>https://c10-laughs.example/news/&a8;</loc></url></urlset>",
    "dtd": b"<!DOCTYPE r SYSTEM 'http://127.0.0.2:9/x.dtd'><urlset><url><loc>https://c10-dtd.example/news/ok</loc></url></urlset>",
    "huge": b"<urlset>" + b"<url><loc>https://c10-huge.example/news/ok</loc></url>" * 180_000 + b"</urlset>",
}  # fmt: skip


def first_day() -> list[Newsroom]:
    """The newsrooms as the first run finds them."""
    rooms = [
        Newsroom("c1", paged("c1.example", names(0, 12), pinned="n03")),
        Newsroom("c2", paged("c2.example", names(0, 5)) | {"c2.example/feed": atom("c2.example", names(0, 5))}, FEED_AND_LISTING),
        Newsroom("c2_walk", paged("c2-walk.example", names(0, 5))),
        Newsroom("c3", calendar(), 'sources = [{ listing = "/news", item = "main li", max_pages = 6 }]'),
        Newsroom("c3_session", sessions()),
        Newsroom("c4", paged("c4.example", names(0, 5))),
        Newsroom("c4_feed", paged("c4-feed.example", names(0, 5)) | {"c4-feed.example/feed": atom("c4-feed.example", names(0, 5))}, 'sources = [{ feed = "/feed" }]'),
        Newsroom("c5", paged("c5.example", names(0, 5)), 'reread = "always"\nsources = [{ listing = "/news", item = "main li" }]'),
        Newsroom("failed_page", paged("failed-page.example", names(0, 15))),
    ]  # fmt: skip
    rooms[-1].pages["failed-page.example/news?page=2"] = Page(b"busy", 500)
    for kind, body in HOSTILE_XML.items():
        pages = site(f"c10-{kind}.example", ["ok"]) | {
            f"c10-{kind}.example/map.xml": Page(body, content_type=XML)
        }
        rooms.append(
            Newsroom(
                f"c10_{kind}",
                pages,
                'sources = [{ sitemap = "/map.xml" }, { listing = "/news", item = "main li" }]',
            )
        )
    loop = b"<sitemapindex><sitemap><loc>https://c10-loop.example/map.xml</loc></sitemap><sitemap><loc>https://c10-loop.example/m2.xml</loc></sitemap></sitemapindex>"
    pages = site("c10-loop.example", ["ok"]) | {
        "c10-loop.example/map.xml": Page(loop, content_type=XML),
        "c10-loop.example/m2.xml": Page(loop, content_type=XML),
    }
    rooms.append(
        Newsroom(
            "c10_loop", pages, 'sources = [{ sitemap = "/map.xml" }, { listing = "/news", item = "main li" }]'
        )
    )
    return rooms


def calendar() -> Pages:
    """A listing that goes on for ever, each page with new names."""
    host = "c3.example"
    pages: Pages = {f"{host}/robots.txt": Page(b"", 404)}
    for page in range(1, 60):
        names = [f"p{page}-{n}" for n in range(3)]
        more = f'<a rel=next href="?page={page + 1}">n</a>'
        pages[f"{host}/news" if page == 1 else f"{host}/news?page={page}"] = Page(
            listing(host, names, more=more)
        )
        pages |= {f"{host}/news/{name}": Page(release(name)) for name in names}
    return pages


def sessions() -> Pages:
    """A next link that grows by the same part for ever."""
    pages: Pages = {"c3-session.example/robots.txt": Page(b"", 404)}
    for depth in range(40):
        path = "c3-session.example/news" + "/older" * depth
        pages[path] = Page(
            listing("c3-session.example", ["ok"], more=f'<a rel=next href="https://{path}/older">n</a>')
        )
    return pages | {"c3-session.example/news/ok": Page(release("ok"))}


def second_day(pages: Pages) -> None:
    """What the sites changed before the second run."""
    reordered = ["n05", "n11", "n05", "n10", "n09"]
    pages["c1.example/news"] = Page(dated("c1.example", reordered, pinned="n03"))
    pages |= paged("c2.example", names(0, 17)) | {"c2.example/feed": atom("c2.example", names(12, 17))}
    pages |= paged("c2-walk.example", names(0, 17))
    pages["c4.example/news"] = Page(
        b"<html><body><main><p>No items</p><a href='/x'>x</a></main></body></html>"
    )
    pages["c4-feed.example/feed"] = Page(b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>")
    for name in names(0, 5):
        shell = "<html lang=en><head><title>App</title></head><body><div id=root></div><script>render()</script></body></html>"
        pages[f"c5.example/news/{name}"] = Page(shell.encode())
    pages["failed-page.example/news?page=2"] = Page(dated("failed-page.example", names(0, 15), 2))


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Told, Told, list[str], list[str]]]:
    """Both runs, and the addresses that each asked for."""
    rooms = first_day()
    pages = {address: page for room in rooms for address, page in room.pages.items()}
    folder = tmp_path_factory.mktemp("listings")
    with replay(pages) as server:
        first = run(server, folder, rooms)
        mark = len(server.asked)
        second_day(pages)
        second = run(server, folder, rooms)
        asked = [address for _, address in server.asked]
        yield first, second, asked[:mark], asked[mark:]


Days = tuple[Told, Told, list[str], list[str]]


def events(told: Told, slug: str) -> list[tuple[object, ...]]:
    return told.query(
        "select kind, count(*) from events where newsroom = ? and kind != 'new' group by 1", slug
    )


def test_c1_a_reordered_listing_with_pinned_and_repeated_items_is_no_news(days: Days) -> None:
    first, second, _, _ = days
    assert first.rows["c1"]["new"] == 12
    assert (second.rows["c1"]["new"], second.rows["c1"]["changed"]) == (0, 0)
    assert events(second, "c1") == []
    assert second.query("select count(*) from releases where newsroom = 'c1'") == [(12,)]


@pytest.mark.parametrize("slug", ["c2", "c2_walk"])
def test_c2_more_news_than_a_page_shows_is_paged_back_to_what_is_known(days: Days, slug: str) -> None:
    assert days[0].rows[slug]["new"] == 5
    assert days[1].stored(slug) == set(names(0, 17))


def test_c3_pagination_without_end_stops_at_the_cap_and_leaves_a_gap(days: Days) -> None:
    told, _, asked, _ = days
    assert sum(address.startswith("c3.example/news?") for address in asked) <= 6
    assert told.rows["c3"]["new"] == 18
    assert told.query("select count(*) from gaps where newsroom = 'c3' and closed_at is null") == [(1,)]
    assert told.rows["c3"]["gaps"]


def test_c3_addresses_that_repeat_themselves_are_not_followed(days: Days) -> None:
    assert sum(address.startswith("c3-session.example/news/older") for address in days[2]) <= 2


@pytest.mark.parametrize("slug", ["c4", "c4_feed"])
def test_c4_an_empty_listing_is_an_alarm_and_no_takedown(days: Days, slug: str) -> None:
    _, second, _, _ = days
    assert second.rows[slug]["verdict"] == "broken"
    assert events(second, slug) == []
    opened = second.query("select count(*) from incidents where newsroom = ? and closed_at is null", slug)
    assert opened == [(1,)]


def test_c5_a_redesign_is_rejects_with_captures_and_the_last_good_text_stays(days: Days) -> None:
    _, second, _, _ = days
    assert second.rows["c5"]["rejected"] == 5
    assert events(second, "c5") == []
    assert all(
        WORDS.split(".")[0] in body
        for (body,) in second.query("select body from releases where newsroom = 'c5'")
    )
    refused = second.query(
        "select count(*) from rejects where newsroom = 'c5' and capture_id is not null and reason != ''"
    )
    assert refused == [(5,)]
    assert second.rows["c5"]["verdict"] == "broken"
    (incident,) = second.query(
        "select kind, message from incidents where newsroom = 'c5' and closed_at is null"
    )
    assert incident[0] == "broken", "one incident for one trouble"


def test_a_failed_page_is_never_the_end_of_the_list(days: Days) -> None:
    first, second, _, _ = days
    assert first.rows["failed_page"]["verdict"] == "unreachable"
    assert (
        first.rows["failed_page"]["new"] == 5
    )  # of its first page; what lies behind the second is not "the end"
    assert second.stored("failed_page") == set(names(0, 15))


@pytest.mark.parametrize("kind", ["xxe", "laughs", "dtd", "huge", "loop"])
def test_c10_hostile_xml_gives_nothing_away_and_the_newsroom_goes_on(days: Days, kind: str) -> None:
    first, _, asked, _ = days
    assert "ok" in first.stored(f"c10_{kind}")
    hostname = Path("/etc/hostname").read_text().strip()
    assert not any(hostname in address for address in asked if address.startswith("c10-xxe"))
    assert sum(address.startswith("c10-loop.example/m") for address in asked) <= 2
    assert first.peak_mb() < 512


def test_b15_a_source_that_says_304_for_ever_is_read_in_full_now_and_then(tmp_path: Path) -> None:
    """The feed's ETag never changes though it has news."""
    host, tag = "b15.example", (("ETag", '"same"'),)

    def sticky(handler: object) -> None:
        told = handler.headers.get("If-None-Match")  # type: ignore[attr-defined]
        body = feed_now[0].body
        handler.send_response(304 if told else 200)  # type: ignore[attr-defined]
        handler.send_header("ETag", '"same"')  # type: ignore[attr-defined]
        handler.send_header("Content-Length", "0" if told else str(len(body)))  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        handler.wfile.write(b"" if told else body)  # type: ignore[attr-defined]

    feed_now = [atom(host, names(0, 5))]
    pages = paged(host, names(0, 6)) | {f"{host}/feed": sticky}
    room = Newsroom("b15", pages, 'sources = [{ feed = "/feed" }]')
    assert tag
    with replay(pages) as server:
        run(server, tmp_path, [room])
        feed_now[0] = atom(host, names(0, 6))
        hidden = run(server, tmp_path, [room])
        assert hidden.rows["b15"]["new"] == 0  # the server says 304
        hidden_looks(tmp_path, 9)
        found = run(server, tmp_path, [room])
    assert found.rows["b15"]["new"] == 1


def hidden_looks(folder: Path, count: int) -> None:
    """So many more looks that were answered 304, as if the crawl had run so often."""
    import sqlite3

    connection = sqlite3.connect(folder / "archive.db")
    with connection:
        for _ in range(count):
            connection.execute(
                "insert into polls (run_id, newsroom, source, source_kind, started_at, ended_at, outcome)"
                " select run_id, newsroom, source, source_kind, started_at, ended_at, 'unchanged' from polls order by id desc limit 1"
            )
    connection.close()
