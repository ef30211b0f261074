"""Hosts: what they ask of us and what they try on us. Cases B7, B8, B11, B13, B15 to B18, by id."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from tests.hostile.pages import first_then, listing, redirect, release, reset, silence, site
from tests.hostile.run import Newsroom, Told, run
from tests.replay import Page, Replay, replay

pytestmark = pytest.mark.slow
ROBOTS = "text/plain"


class Listener:
    """A service that nobody may reach: it counts the connections that come anyway."""

    def __init__(self, address: str = "127.0.0.2") -> None:
        self.hits = 0
        self._socket = socket.create_server((address, 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


def robots(slug: str, answer: object) -> Newsroom:
    pages = site(f"{slug.replace('_', '-')}.example", ["ok"])
    pages[f"{slug.replace('_', '-')}.example/robots.txt"] = answer  # type: ignore[assignment]
    return Newsroom(slug, pages)


def asking(slug: str, value: str, times: int = 99) -> Newsroom:
    """Case B7: a release behind 503 with this Retry-After."""
    busy = first_then(times, Page(b"busy", 503, headers=(("Retry-After", value),)), Page(release("late")))
    return Newsroom(slug, site(f"{slug.replace('_', '-')}.example", [], late=busy))


def newsrooms(guarded: Listener) -> list[Newsroom]:
    far = "User-agent: *\n" + "# filler\n" * 70_000
    rooms = [
        asking("b7_short", "1", times=1),
        asking("b7_long", "3600"),
        asking("b7_date", (datetime.now(UTC) + timedelta(hours=2)).strftime("%a, %d %b %Y %H:%M:%S GMT")),
        asking("b7_absurd", "1000000000"),
        asking("b7_garbage", "soon", times=1),
        robots("b8_503", Page(b"down", 503)),
        robots("b8_reset", reset),
        robots("b8_hang", silence()),
        robots("b8_404", Page(b"none", 404)),
        robots("b8_big", Page(far.encode() + b"Disallow: /news\n", content_type=ROBOTS)),
        robots("b8_forbids", Page(b"User-agent: *\nDisallow: /news\n", content_type=ROBOTS)),
        robots("b8_redirect", redirect("/r1")),
        Newsroom("b16", site("b16.example", ["a", "b"])),
        Newsroom("b17_403", site("b17-403.example", ["ok"], wall=Page(CHALLENGE, 403))),
        Newsroom("b17_503", site("b17-503.example", ["ok"], wall=Page(CHALLENGE, 503))),
        Newsroom("b17_200", site("b17-200.example", ["ok"], wall=Page(CHALLENGE))),
    ]
    hops = {f"b8-redirect.example/r{n}": redirect(f"/r{n + 1}") for n in range(1, 5)}
    by_id = {room.slug: room for room in rooms}
    by_id["b8_redirect"].pages |= hops
    by_id["b8_redirect"].pages["b8-redirect.example/r5"] = Page(
        b"User-agent: *\nDisallow: /news\n", content_type=ROBOTS
    )
    cookie = (("Set-Cookie", "session=abc; Domain=b16.example"),)
    by_id["b16"].pages["b16.example/news"] = Page(listing("b16.example", ["a", "b"]), headers=cookie)
    return [*rooms, ssrf(guarded), ssrf_feed(guarded)]


CHALLENGE = b"""<html lang=en><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing
the site</h1><p>Please enable JavaScript and cookies to continue</p><div class=cf-challenge></div></body></html>"""


def private(port: int) -> list[str]:
    """Addresses of the listener and its neighbours in every form of case B11, and the differentials of B13."""
    hosts = ["127.0.0.2", "2130706434", "0x7f.0.0.2", "0177.0.0.2", "127.2", "localhost.", "localhost", "[::1]", "[::ffff:127.0.0.2]",
             "[64:ff9b::7f00:2]", "[2002:7f00:2::]", "0.0.0.0", "10.0.0.1", "169.254.169.254", "100.64.0.1"]  # fmt: skip
    plain = [f"http://{host}:{port}/news/to-the-inside" for host in hosts]
    return [*plain, f"http://b11.example\\@127.0.0.2:{port}/news/x-y-z", f"http://b11.example@127.0.0.2:{port}/news/x-y-z",
            f"http:/\t/127.0.0.2:{port}/news/x-y-z", f"//127.0.0.2:{port}/news/x-y-z"]  # fmt: skip


def ssrf(guarded: Listener) -> Newsroom:
    """Links and redirects into private networks."""
    targets = private(guarded.port)
    links = "<ul>" + "".join(f'<li><a href="{url}">x</a></li>' for url in targets) + "</ul>"
    pages = site("b11.example", ["ok"])
    for number, url in enumerate(targets):
        pages[f"b11.example/news/hop-{number}"] = redirect(url)
    hops = [f"hop-{number}" for number in range(len(targets))]
    pages["b11.example/news"] = Page(listing("b11.example", ["ok", *hops], more=links))
    return Newsroom("b11", pages)


def ssrf_feed(guarded: Listener) -> Newsroom:
    """The same from a feed, and a sitemap index that leads there."""
    port = guarded.port
    items = "".join(f"<item><title>x</title><link>{url}</link></item>" for url in private(port)[:6])
    feed = f"<rss version='2.0'><channel><title>x</title>{items}<item><link>https://b11-feed.example/news/ok</link></item></channel></rss>"
    index = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>http://127.0.0.2:{port}/s.xml</loc></sitemap></sitemapindex>"
    pages = site("b11-feed.example", ["ok"])
    pages["b11-feed.example/feed"] = Page(feed.encode(), content_type="application/rss+xml")
    pages["b11-feed.example/sitemap.xml"] = Page(index.encode(), content_type="application/xml")
    return Newsroom("b11_feed", pages, 'sources = [{ feed = "/feed" }, { sitemap = "/sitemap.xml" }]')


@pytest.fixture(scope="module")
def guarded() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def runs(
    tmp_path_factory: pytest.TempPathFactory, guarded: Listener
) -> Iterator[tuple[Told, Told, Replay, int]]:
    """Two runs, and how many requests the first one made."""
    rooms = newsrooms(guarded)
    pages = {address: page for room in rooms for address, page in room.pages.items()}
    folder = tmp_path_factory.mktemp("hosts")
    with replay(pages) as server:
        first = run(server, folder, rooms, DOWNLOAD_TIMEOUT=1.5)
        asked = len(server.asked)
        yield first, run(server, folder, rooms, DOWNLOAD_TIMEOUT=1.5), server, asked


def hits(runs: tuple[Told, Told, Replay, int], address: str, second: bool = False) -> list[float]:
    _, _, server, asked = runs
    log = server.asked[asked:] if second else server.asked[:asked]
    return [at for at, what in log if what.startswith(address)]


def test_b7_a_short_retry_after_is_waited_for(runs: tuple[Told, Told, Replay, int]) -> None:
    assert runs[0].stored("b7_short") == {"late"}
    first, second = hits(runs, "b7-short.example/news/late")
    assert second - first >= 1.0


@pytest.mark.parametrize("slug", ["b7_long", "b7_date", "b7_absurd"])
def test_b7_a_long_retry_after_holds_across_runs(runs: tuple[Told, Told, Replay, int], slug: str) -> None:
    host = f"{slug.replace('_', '-')}.example"
    assert len(hits(runs, f"{host}/news/late")) == 1
    assert hits(runs, host, second=True) == []
    assert runs[1].rows[slug]["verdict"] == "blocked"


def test_b7_an_absurd_retry_after_is_capped_and_said(runs: tuple[Told, Told, Replay, int]) -> None:
    ((until, reason),) = runs[0].query(
        "select not_before, reason from hosts where host = 'b7-absurd.example'"
    )
    assert datetime.fromisoformat(until) <= datetime.now(UTC) + timedelta(hours=24, seconds=5)
    assert "capped" in reason


def test_b7_garbage_is_backed_off_from(runs: tuple[Told, Told, Replay, int]) -> None:
    assert runs[0].stored("b7_garbage") == {"late"}


@pytest.mark.parametrize("slug", ["b8_503", "b8_reset", "b8_hang"])
def test_b8_an_unreachable_robots_txt_means_no(runs: tuple[Told, Told, Replay, int], slug: str) -> None:
    assert hits(runs, f"{slug.replace('_', '-')}.example/news") == []
    assert runs[0].rows[slug]["verdict"] == "unreachable"
    assert "robots.txt can't be reached" in runs[0].trouble(slug)


def test_b8_a_missing_robots_txt_means_yes(runs: tuple[Told, Told, Replay, int]) -> None:
    assert runs[0].stored("b8_404") == {"ok"}


@pytest.mark.parametrize("slug", ["b8_forbids", "b8_redirect"])
def test_b8_what_robots_txt_forbids_is_not_fetched(runs: tuple[Told, Told, Replay, int], slug: str) -> None:
    assert hits(runs, f"{slug.replace('_', '-')}.example/news") == []
    assert runs[0].rows[slug]["verdict"] == "blocked"


def test_b8_at_least_500_kib_are_parsed_and_more_is_no_trouble(runs: tuple[Told, Told, Replay, int]) -> None:
    assert runs[0].stored("b8_big") == {"ok"}  # the rule stands behind 600 KiB of filler


def test_b8_the_answer_is_evidence_and_stands_for_a_day(runs: tuple[Told, Told, Replay, int]) -> None:
    kept = runs[0].query(
        "select count(*) from captures where purpose = 'robots' and url like 'https://b8-forbids%'"
    )
    assert kept == [(1,)]
    assert hits(runs, "b8-forbids.example/robots.txt", second=True) == []
    assert len(hits(runs, "b8-503.example/robots.txt", second=True)) >= 1  # no answer stands for nothing


def test_b11_b13_nothing_reaches_a_private_address(
    runs: tuple[Told, Told, Replay, int], guarded: Listener
) -> None:
    assert runs[0].stored("b11") == {"ok"}
    assert runs[0].stored("b11_feed") == {"ok"}
    assert guarded.hits == 0
    assert "not a public address" in runs[0].trouble("b11")


def test_b16_no_cookie_and_no_referer_are_sent(runs: tuple[Told, Told, Replay, int]) -> None:
    assert runs[0].stored("b16") == {"a", "b"}
    for sent in runs[2].headers:
        assert not {name.lower() for name in sent} & {"cookie", "referer", "authorization"}


@pytest.mark.parametrize("status", ["200", "403", "503"])
def test_b17_a_challenge_is_no_release_and_no_takedown(
    runs: tuple[Told, Told, Replay, int], status: str
) -> None:
    slug = f"b17_{status}"
    assert runs[0].stored(slug) == {"ok"}
    assert runs[1].query("select count(*) from events where newsroom = ? and kind != 'new'", slug) == [(0,)]


def test_b18_every_request_says_who_asks(runs: tuple[Told, Told, Replay, int]) -> None:
    agents = {sent.get("User-Agent", "") for sent in runs[2].headers}
    assert len(agents) == 1
    assert agents.pop().endswith("(+https://operator.example/about)")


def test_b18_two_newsrooms_of_one_host_share_its_pause(tmp_path: Path) -> None:
    pages = site("b18.example", [f"n{n}" for n in range(4)])
    pages |= {"b18.example/other": Page(listing("b18.example", ["n0", "n3"]))}
    same = 'site = "https://b18.example"'
    rooms = [
        Newsroom("b18", pages),
        Newsroom("b18_other", {}, 'sources = [{ listing = "/other", item = "main li" }]'),
    ]
    with replay(pages) as server:
        for room in rooms:
            table = room.table().replace(f'site = "https://{room.host}"', same)
            room.table = partial(str, table)  # type: ignore[method-assign]
        told = run(server, tmp_path, rooms, REPLAY_DELAY=0.3)
    assert told.stored("b18") == {"n0", "n1", "n2", "n3"}
    moments = [at for at, _ in server.asked]
    assert len(moments) >= 8
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.3


def test_b18_a_connection_that_ends_without_an_answer_shortens_no_pause(tmp_path: Path) -> None:
    """Twisted asks again at once on a kept connection: the pause is the server's to see."""
    pages = site("b18.example", ["a", "b"], c=first_then(1, reset, Page(release("c"))))
    with replay(pages) as server:
        told = run(server, tmp_path, [Newsroom("b18", pages)], REPLAY_DELAY=0.5)
    assert told.stored("b18") == {"a", "b", "c"}
    moments = [at for at, _ in server.asked]
    assert len(moments) == 6  # robots.txt, the listing, a, b, and c twice
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.5
