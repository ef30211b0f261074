"""The demonstration's site crawled without an engine: the same pages, the same writer, in a second instead of twelve."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

from archive.model import Absence, Exchange, Look
from archive.store import Writer
from archive.trouble import Trouble
from communique.demo.site import Answer, build
from communique.rereading import Rereader, read_stored
from crawler.absences import is_front_page
from crawler.items import Refusal
from crawler.recorder import newsroom_row
from crawler.registry import all_newsrooms
from tests.archive.pages import START

BASE = "http://127.0.0.1:8765"
DEMO = all_newsrooms()["demo"]


def crawl(path: Path, day: int, *, every: int = 4, rotate_at: int = 1 << 30) -> None:
    """One run over every fourth release address of day 1, as the site stands that day."""
    from archive import known
    from archive.evidence import Place, read_record

    reread = Rereader()
    with Writer.open(path, reread, rotate_at=rotate_at) as writer:
        reread.attach(writer.archive)
        writer.begin_run("crawl demo", "0")
        writer.put_newsroom(newsroom_row(DEMO))
        at = START + timedelta(days=day)
        _look_at_sources(writer, at)
        site = build(day, BASE)
        for number, address in enumerate(_addresses(every)):
            answer = site.answers.get(address, site.missing)
            url = urljoin(BASE, answer.location or address)
            capture = writer.keep(
                _exchange(answer, BASE + address, BASE + address, at + timedelta(seconds=number))
            )
            if answer.status in {404, 410}:
                writer.absent("demo", BASE + address, Absence.GONE, capture)
                continue
            if answer.location:
                answer = site.answers[url.removeprefix(BASE)]
                capture = writer.keep(_exchange(answer, url, BASE + address, at + timedelta(seconds=number)))
            place = Place(capture.warc_file, capture.offset, capture.length)
            record = read_record(writer.archive.evidence, place)
            writer.commit_batch()
            found = read_stored(known.page(writer.archive, capture), DEMO)
            if url != BASE + address and is_front_page(url, DEMO):
                writer.absent("demo", BASE + address, Absence.FRONT_PAGE, capture)
            elif not isinstance(found, Refusal):
                writer.store(found, replace(capture, url=record.asked or record.url))
        writer.end_run(0)


def _look_at_sources(writer: Writer, at: datetime) -> None:
    """What every run notes of its own doing: looks, a gap that is closed, a trouble, a host on hold."""
    feed, listing = f"{BASE}/feed", f"{BASE}/archive"
    looks = writer.begin_polls([("demo", feed, "feed"), ("demo", listing, "listing")])
    writer.open_gap("demo", feed, "overflow")
    writer.end_poll(looks[0], Look("ok", at, 200, pages=1, items_seen=20, items_new=3, reached_known=True))
    writer.end_poll(looks[1], Look("broken", at, 200, message="no link matches «main a»"))
    writer.settle("demo", [Trouble("broken source", "no link matches", "look at the listing")])
    writer.hold_host("busy.example", at + timedelta(days=30), "429 with Retry-After")


def _addresses(every: int) -> list[str]:
    """Each n-th release of day 1, and all whose answer is another on day 2."""
    first, second = build(1, BASE).answers, build(2, BASE).answers
    own = [release.path for release in build(1, BASE).releases]
    changed = {path for path in own if first[path].body != getattr(second.get(path), "body", None)}
    return [path for number, path in enumerate(own) if number % every == 0 or path in changed]


def _exchange(answer: Answer, url: str, asked: str, at: datetime) -> Exchange:
    headers = [("Content-Type", answer.content_type)]
    if answer.location:
        headers.append(("Location", answer.location))
    return Exchange(
        url, "release", answer.status, tuple(headers), answer.body, at, newsroom="demo", asked=asked
    )  # fmt: skip
