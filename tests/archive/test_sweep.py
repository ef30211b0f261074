"""A sweep compares what a source names with the archive: what is neither stored nor refused is named."""

from pathlib import Path

from archive.model import Exchange, Look
from archive.store import Writer
from communique.demo.site import build
from communique.sweeping import compare, gaps
from crawler.reading import READER_VERSION
from tests.archive.demo_crawl import BASE, DEMO, crawl
from tests.archive.pages import at


def test_what_a_source_names_is_stored_refused_or_missing(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    crawl(path, 1, every=16)
    listing = next(source for source in DEMO.sources if source.kind == "listing")
    answer = build(1, BASE).answers["/tiedotteet"]
    with Writer.open(path) as writer:
        run = writer.begin_run("sweep", "0")
        writer.open_gap("demo", listing.address, "run died")
        poll = writer.begin_poll("demo", listing.address, "listing")
        headers = (("Content-Type", answer.content_type),)
        writer.keep(Exchange(listing.address, "listing", 200, headers, answer.body, at(60), newsroom="demo"))
        writer.commit_batch()
        before = next(each for each in compare(writer.archive, DEMO, run) if each.source == listing.address)
        writer.reject("demo", before.missing[0], "no headline", reader_version=READER_VERSION)
        writer.end_poll(poll, Look("ok", at(61), reached_known=True))
        writer.end_run(0)
        after = next(each for each in compare(writer.archive, DEMO, run) if each.source == listing.address)
        told = gaps(writer.archive, DEMO, run)
    assert before.named == 20
    assert before.stored + len(before.missing) == 20
    assert 0 < before.stored < 20
    assert (after.refused, len(after.missing)) == (1, len(before.missing) - 1)
    assert after.outcome == "ok"
    assert sum(named for named, _ in after.months.values()) in {0, 20}
    assert (told.closed, told.open) == (1, 0)
