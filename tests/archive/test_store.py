"""The writer: what a crawl gives it, what stands in the archive after."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive import known
from archive.database import open_archive
from archive.errors import ArchiveBusy
from archive.health import Contract
from archive.histories import settle
from archive.incidents import open_incidents
from archive.model import Absence, Capture, EventKind, Identity, Look, Release, Translation
from archive.store import Writer
from tests.archive.looking import events, run_again, see, value
from tests.archive.pages import ROOM, at, exchange, moment, release


def test_a_new_release_stands_with_its_revision_contacts_and_evidence(writer: Writer) -> None:
    page = release()
    capture = see(writer, page)
    [stored] = writer.commit_batch()
    assert (stored.result, stored.events) == ("new", (EventKind.NEW,))
    row = writer.archive.connection.execute("select * from releases").fetchone()
    assert (row["headline"], row["published_at"], row["state"]) == (
        page.headline,
        "2026-02-02T09:30:00+02:00",
        "present",
    )
    assert value(writer, "select name from contacts") == "Aino Esimerkki"
    assert known.page(writer.archive, capture).body == page.body.encode()


def test_storing_twice_is_storing_once(writer: Writer) -> None:
    see(writer, release())
    see(writer, release(), hours=1)
    results = [stored.result for stored in writer.commit_batch()]
    assert results == ["new", "unchanged"]
    assert value(writer, "select count(*) from revisions") == 1
    assert events(writer) == ["new"]


def test_the_same_payload_becomes_a_revisit_and_reads_back(writer: Writer) -> None:
    see(writer, release())
    writer.commit_batch()
    again = see(writer, release(), hours=1)
    writer.commit_batch()
    assert value(writer, "select count(*) from captures where revisit_of is not null") == 1
    assert known.page(writer.archive, again).body == release().body.encode()


def test_a_304_refers_to_the_last_whole_page(writer: Writer) -> None:
    see(writer, release())
    writer.commit_batch()
    capture = writer.keep(exchange(release().url, hours=2, status=304))
    writer.not_modified("demo", release().url, capture)
    [stored] = writer.commit_batch()
    assert stored.result == "unchanged"
    assert known.page(writer.archive, capture).body == release().body.encode()
    assert value(writer, "select looks_since_read from sightings") == 1


EDITS = {
    "silent edit": {"body": release().body.replace("1.5 million", "15 million")},
    "edited": {
        "body": release().body.replace("grants", "has granted"),
        "modified": moment("2026-03-02T12:00:00+02:00"),
    },
    "contact changed": {"contacts": (replace(release().contacts[0], phone="0295 000 001"),)},
    "re-dated": {"published": moment("2026-02-03T09:30:00+02:00")},
    "link changed": {"links": ("https://ministry.example/other",)},
    "notice": {"notices": ("This release has been withdrawn.",)},
}


@pytest.mark.parametrize("kind", EDITS)
def test_each_kind_of_edit_is_one_event(writer: Writer, kind: str) -> None:
    see(writer, release())
    writer.commit_batch()
    see(writer, release(**EDITS[kind]), hours=24, body="other bytes")
    [stored] = writer.commit_batch()
    assert (stored.result, stored.events) == ("changed", (EventKind(kind),))
    assert events(writer) == ["new", kind]
    assert value(writer, "select revisions from releases") == 2


@pytest.mark.parametrize(
    "body", [release().body.replace(" ", "  "), release().body.replace("million", "mil\u00adlion\u200b")]
)
def test_white_space_and_invisible_characters_make_no_revision(writer: Writer, body: str) -> None:
    see(writer, release())
    see(writer, release(body=body), hours=1, body="other bytes")
    writer.commit_batch()
    assert events(writer) == ["new"]


def test_an_unchanged_row_is_not_written_again(writer: Writer) -> None:
    see(writer, release())
    writer.commit_batch()
    writer.archive.connection.execute(
        "create temp trigger no_rewrite before update on releases begin select raise(abort, 'rewritten'); end"
    )
    see(writer, release(), hours=1)
    [stored] = writer.commit_batch()
    assert stored.result == "unchanged"


def test_another_reader_makes_a_reading_and_no_event(writer: Writer) -> None:
    see(writer, release(body="The ministry grants"))
    see(
        writer,
        release(body="The ministry grants more", reader_version="r2"),
        body="The ministry grants",
        hours=1,
    )
    results = [stored.result for stored in writer.commit_batch()]
    assert results == ["new", "reread"]
    assert events(writer) == ["new"]
    assert value(writer, "select body from releases") == "The ministry grants more"


def test_where_page_and_reader_changed_the_old_page_is_read_anew(path: Path) -> None:
    """r2 reads a subheadline that r1 missed; the new page also has boilerplate that nobody reads."""

    def reread(capture: Capture) -> Release:
        return release(subheadline="More money", reader_version="r2")

    with Writer.open(path, reread) as writer:
        writer.begin_run("crawl", "0")
        writer.put_newsroom(ROOM)
        see(writer, release())
        see(writer, release(subheadline="More money", reader_version="r2"), hours=5, body="other boilerplate")
        see(writer, release(subheadline="Less money", reader_version="r2"), hours=6, body="an edit")
        results = [stored.result for stored in writer.commit_batch()]
        assert results == ["new", "unchanged", "changed"]
        assert events(writer) == ["new", "silent edit"]


def test_a_page_that_goes_to_and_fro_is_told_twice_at_most(writer: Writer) -> None:
    for hour in range(10):
        text = release().body if hour % 2 == 0 else release().body.replace("1.5", "1.6")
        see(writer, release(body=text), hours=hour, body=f"{text}{hour}")
    writer.commit_batch()
    assert events(writer) == ["new", "silent edit", "silent edit", "unstable page"]
    assert value(writer, "select count(*) from revisions where reverts_to is not null") == 8


def test_a_large_removal_is_told_after_a_second_read(writer: Writer) -> None:
    see(writer, release())
    see(writer, release(body="The ministry grants."), hours=1, body="short")
    assert [stored.confirm for stored in writer.commit_batch()] == [False, True]
    assert events(writer) == ["new"]
    see(writer, release(body="The ministry grants."), hours=1.5, body="short again")
    writer.commit_batch()
    assert events(writer) == ["new", "silent edit"]


def test_a_large_removal_that_was_a_slip_is_never_told(writer: Writer) -> None:
    see(writer, release())
    see(writer, release(contacts=()), hours=1, body="short")
    see(writer, release(), hours=1.5, body="whole again")
    writer.commit_batch()
    assert events(writer) == ["new"]
    assert value(writer, "select count(*) from revisions") == 3


def miss(writer: Writer, page: Release, how: Absence, hours: float) -> None:
    status = {Absence.GONE: 410, Absence.NOT_FOUND: 404}.get(how, 302)
    writer.absent("demo", page.url, how, writer.keep(exchange(page.url, status=status, hours=hours)))


def test_the_ladder_of_a_takedown(writer: Writer) -> None:
    see(writer, release())
    run_again(writer)
    states = []
    for hours in (1, 2, 30, 24 * 20):
        miss(writer, release(), Absence.NOT_FOUND, hours)
        run_again(writer)
        states.append(value(writer, "select state from releases"))
    assert states == ["present", "missing_suspected", "missing_confirmed", "missing_permanent"]
    see(writer, release(), hours=24 * 21)
    run_again(writer)
    assert events(writer) == ["new", "taken down", "takedown confirmed", "takedown permanent", "restored"]
    assert value(writer, "select state from releases") == "present"


def test_gone_and_front_page_are_told_at_once(writer: Writer) -> None:
    see(writer, release(1))
    see(writer, release(2))
    run_again(writer)
    miss(writer, release(1), Absence.GONE, 24)
    miss(writer, release(2), Absence.FRONT_PAGE, 24)
    run_again(writer)
    assert events(writer)[2:] == ["taken down", "redirected to the front page"]


def test_a_fault_of_the_site_takes_nothing_down(writer: Writer) -> None:
    for number in range(12):
        see(writer, release(number))
    run_again(writer)
    for number in range(12):
        miss(writer, release(number), Absence.GONE, 24)
    run_again(writer)
    assert set(events(writer)) == {"new"}
    assert value(writer, "select kind from incidents where closed_at is null") == "mass absence"
    see(writer, release(0), hours=25)
    run_again(writer)
    miss(writer, release(1), Absence.GONE, 30)
    run_again(writer)
    assert events(writer)[12:] == ["taken down"]
    assert value(writer, "select count(*) from incidents where closed_at is null") == 0


def test_many_that_stay_away_while_the_site_works_are_gone(writer: Writer) -> None:
    for number in range(12):
        see(writer, release(number))
    run_again(writer)
    for hours in (24, 36, 50):
        for number in range(6):
            miss(writer, release(number), Absence.NOT_FOUND, hours)
        see(writer, release(11), hours=hours)
        run_again(writer)
    assert events(writer)[12:] == ["takedown confirmed"] * 6


def test_where_nothing_is_answered_properly_no_look_counts(writer: Writer) -> None:
    see(writer, release())
    run_again(writer)
    for hours in (1, 2, 30):
        miss(writer, release(), Absence.NOT_FOUND, hours)
        run_again(writer, listing=503)
    assert events(writer) == ["new"]
    assert value(writer, "select state from releases") == "present"


def test_a_moved_release_is_the_same_one(writer: Writer) -> None:
    cms = Identity("cms", "liferay:1")
    old, new = release(identity=cms), release(identity=cms, url="https://ministry.example/-/new-slug")
    see(writer, old)
    see(writer, new, hours=1)
    see(writer, old, hours=2)
    see(writer, new, hours=3)
    writer.commit_batch()
    assert events(writer) == ["new", "moved"]
    assert value(writer, "select count(*) from release_urls") == 2


def test_an_address_that_redirects_to_a_new_slug_is_the_same_release(writer: Writer) -> None:
    """Without an id of the CMS: the old address is all that links the two."""
    slug = "https://ministry.example/-/new-slug"
    see(writer, release())
    new = release(
        url=slug, identity=Identity("canonical", "ministry.example/-/new-slug"), headline="A new headline"
    )
    see(writer, new, hours=5, url=release().url, body="moved")
    see(writer, new, hours=6, body="moved")
    writer.commit_batch()
    assert events(writer) == ["new", "moved", "silent edit"]
    assert value(writer, "select url from releases") == slug


def test_an_address_that_leads_to_another_release_replaces_its_own(writer: Writer) -> None:
    other = release(
        2, headline="Fishing quotas agreed", body="Herring catches in northern waters stay as they were."
    )
    see(writer, release(1))
    see(writer, other)
    see(writer, other, hours=5, url=release(1).url)
    run_again(writer)
    assert events(writer) == ["new", "new", "replaced"]
    assert known.due_pages(writer.archive, "demo", at(24 * 90))[0].url == other.url
    assert len(known.due_pages(writer.archive, "demo", at(24 * 90))) == 1


def test_a_reused_address_is_a_new_release(writer: Writer) -> None:
    other = release(
        headline="Fishing quotas agreed",
        body="Herring catches in northern waters stay as before, says a statement.",
        published=moment("2026-03-05T10:00:00+02:00"),
    )
    see(writer, release())
    see(writer, other, hours=80)
    see(writer, other, hours=81)
    writer.commit_batch()
    assert events(writer) == ["new", "replaced", "new"]
    assert value(writer, "select count(*) from releases where state = 'replaced'") == 1


def test_a_stronger_identity_takes_over_at_the_same_address(writer: Writer) -> None:
    see(writer, release())
    see(writer, release(identity=Identity("cms", "liferay:7")), hours=1)
    writer.commit_batch()
    assert events(writer) == ["new"]
    assert value(writer, "select identity from releases") == "liferay:7"


def test_translations_are_linked_whichever_came_first(writer: Writer) -> None:
    english = release(1, translations=(Translation("sv", release(2).url),))
    see(writer, english)
    see(writer, release(2, language="sv"))
    writer.commit_batch()
    assert value(writer, "select count(*) from relations where kind = 'translation'") == 2


def test_an_unstorable_release_is_refused_and_the_rest_kept(writer: Writer) -> None:
    see(writer, release(1, headline="broken \ud800 surrogate"))
    see(writer, release(2))
    results = [stored.result for stored in writer.commit_batch()]
    assert results == ["unstorable", "new"]
    assert value(writer, "select reason from rejects") == "unstorable"


def test_the_same_refusal_is_one_row_and_ends_when_the_page_is_stored(writer: Writer) -> None:
    for hour in range(3):
        capture = writer.keep(exchange(release().url, "empty", hours=hour))
        writer.reject("demo", release().url, "no headline", capture=capture, reader_version="r1")
    writer.commit_batch()
    assert value(writer, "select count(*) from rejects where resolved_at is null") == 1
    see(writer, release(), hours=4)
    writer.commit_batch()
    assert value(writer, "select count(*) from rejects where resolved_at is null") == 0


def test_one_writer_at_a_time_and_readers_beside_it(writer: Writer, path: Path) -> None:
    with pytest.raises(ArchiveBusy, match="another run"):
        Writer.open(path)
    see(writer, release())
    with open_archive(path) as reader:
        assert reader.connection.execute("select count(*) from releases").fetchone()[0] == 0
        writer.commit_batch()
        assert reader.connection.execute("select count(*) from releases").fetchone()[0] == 1


def test_a_dead_run_leaves_a_gap_and_a_good_poll_closes_it(path: Path) -> None:
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        writer.put_newsroom(ROOM)
        writer.begin_poll("demo", "https://ministry.example/feed", "feed")
    with Writer.open(path) as writer:
        assert value(writer, "select state from runs") == "died"
        assert value(writer, "select reason from gaps where closed_at is null") == "run died"
        writer.begin_run("crawl", "0")
        poll = writer.begin_poll("demo", "https://ministry.example/feed", "feed")
        writer.end_poll(poll, Look("ok", at(5), reached_known=True))
        writer.end_run(0)
        assert value(writer, "select count(*) from gaps where closed_at is null") == 0


def test_what_the_crawl_asks(writer: Writer) -> None:
    see(writer, release())
    capture = writer.keep(exchange(release(3).url, "x", headers=(("ETag", '"a"'),)))
    writer.store(release(3), capture)
    writer.hold_host("ministry.example", at(5), "Retry-After")
    writer.commit_batch()
    pages = known.known_pages(writer.archive, "demo")
    assert pages["ministry.example/-/release-1"].published_at == "2026-02-02T09:30:00+02:00"
    assert known.validators(writer.archive, release(3).url) == known.Validators('"a"', None)
    assert known.validators(writer.archive, release(1).url) is None
    assert [page.conditional for page in known.due_pages(writer.archive, "demo", at(40))] == [True, True]
    assert known.due_pages(writer.archive, "demo", at(1)) == []
    assert known.host_on_hold(writer.archive, "ministry.example", at(1)) == at(5)
    assert known.host_on_hold(writer.archive, "ministry.example", at(6)) is None


def test_a_page_that_can_not_be_had_or_read_waits_for_its_next_turn(writer: Writer) -> None:
    see(writer, release(1))
    see(writer, release(2))
    writer.commit_batch()
    assert len(known.due_pages(writer.archive, "demo", at(48))) == 2
    capture = writer.keep(exchange(release(1).url, "a wall", hours=48))
    writer.reject("demo", release(1).url, "challenge", capture=capture)
    writer.looked_in_vain("demo", release(2).url, "HTTP 500")
    writer.commit_batch()
    assert known.due_pages(writer.archive, "demo", at(48)) == []
    assert value(writer, "select count(*) from releases where state = 'present'") == 2


def test_a_known_release_that_keeps_failing_opens_an_incident_that_its_next_reading_closes(
    writer: Writer,
) -> None:
    def settled() -> list[tuple[str, str]]:
        writer.commit_batch()
        settle(writer, "demo", Contract())
        writer.commit_batch()
        return [(it.kind, it.message) for it in open_incidents(writer.archive) if it.kind == "release unread"]

    see(writer, release(1))
    for hours in (10, 16, 35):
        failed = writer.keep(exchange(release(1).url, "error", hours=hours, status=500))
        writer.looked_in_vain("demo", release(1).url, "HTTP 500", failed)
        told = settled()
        assert not told if hours < 35 else "can't be read since" in told[0][1]
    seen = writer.keep(exchange(release(1).url, release(1).body, hours=40))
    writer.not_modified("demo", release(1).url, seen)
    assert settled() == []


def test_a_banner_over_an_unchanged_text_is_a_withdrawal_and_no_edit(writer: Writer) -> None:
    see(writer, release())
    banner = release(notices=("This press release has been withdrawn.",), withdrawn=True)
    see(writer, banner, hours=5, body="banner")
    run_again(writer)
    assert value(writer, "select state from releases") == "withdrawn"
    assert events(writer) == ["new", "notice"]
    see(writer, release(), hours=9, body="no banner")
    run_again(writer)
    assert value(writer, "select state from releases") == "present"
