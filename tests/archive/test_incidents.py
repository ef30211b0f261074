"""Incidents: one while a newsroom is not well, whatever changes about it, with the history of what was wrong."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import schema
from archive.batch import Batch
from archive.health import Contract
from archive.histories import settle
from archive.incidents import Incident, note, open_incidents
from archive.incidents import settle as settle_troubles
from archive.model import Look, Newsroom
from archive.store import Writer
from archive.trouble import Example, Trouble

FEED, LISTING = "https://a.example/feed", "https://a.example/news"


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer.open(tmp_path / "archive.db") as opened:
        opened.begin_run("test", "0")
        opened.put_newsroom(Newsroom("xx_a", "A"))
        yield opened


def look(writer: Writer, seen: int = 20, **outcomes: str) -> None:
    """One look at each source, judged as at the end of a run."""
    for source, outcome in outcomes.items():
        address = {"feed": FEED, "listing": LISTING}[source]
        number = writer.begin_poll("xx_a", address, source)
        writer.end_poll(number, Look(outcome, datetime.now(UTC), items_seen=seen))
    writer.commit_batch()
    settle(writer, "xx_a", Contract())
    writer.commit_batch()


def incidents(writer: Writer) -> list[tuple[str, bool, list[str]]]:
    """Every incident: its present kind, whether it is over, and the kinds of what was wrong in order."""
    rows = writer.archive.connection.execute(
        "select id, kind, closed_at from incidents order by id"
    ).fetchall()
    return [
        (
            row["kind"],
            row["closed_at"] is not None,
            [
                kind
                for (kind,) in writer.archive.connection.execute(
                    "select kind from troubles where incident_id = ? order by id", (row["id"],)
                )
            ],
        )
        for row in rows
    ]


def only(writer: Writer) -> Incident:
    (found,) = open_incidents(writer.archive)
    return found


def test_a_fault_that_changes_its_kind_is_one_incident(writer: Writer) -> None:
    for outcome in ("unreachable", "unreachable", "blocked", "broken"):
        look(writer, listing=outcome)
    assert incidents(writer) == [("broken", False, ["unreachable", "blocked", "broken"])]
    assert (only(writer).count, only(writer).kind) == (4, "broken")
    assert [it.closed_at is None for it in only(writer).troubles] == [False, False, True]
    look(writer, listing="ok")
    assert incidents(writer) == [("broken", True, ["unreachable", "blocked", "broken"])]
    look(writer, listing="unreachable")
    assert len(incidents(writer)) == 2, "what comes after it was well is another one"


def test_two_sources_side_by_side_share_the_incident_until_both_are_well(writer: Writer) -> None:
    look(writer, feed="ok", listing="broken")
    look(writer, feed="blocked", listing="broken")
    assert incidents(writer) == [("blocked", False, ["broken", "blocked"])]
    assert FEED in only(writer).message
    look(writer, feed="blocked", listing="ok")
    assert only(writer).kind == "blocked"
    look(writer, feed="ok", listing="ok")
    assert [over for _, over, _ in incidents(writer)] == [True]


def test_an_interrupted_look_says_nothing_of_the_site(writer: Writer) -> None:
    look(writer, listing="blocked")
    look(writer, listing="interrupted")
    assert only(writer).kind == "blocked"
    look(writer, listing="unchanged")
    assert not open_incidents(writer.archive)


def test_nothing_changed_after_a_listing_shrank_mends_nothing(writer: Writer) -> None:
    for _ in range(6):
        look(writer, listing="ok")
    look(writer, seen=2, listing="ok")
    assert only(writer).kind == "count down"
    look(writer, seen=0, listing="unchanged")
    assert only(writer).kind == "count down"
    look(writer, listing="ok")
    assert not open_incidents(writer.archive)


def test_a_lost_field_outlasts_an_outage_in_the_same_incident(writer: Writer) -> None:
    lost = Trouble(
        "field contacts", "contacts is filled in 0%", "mend it", Example("https://a.example/news/9")
    )
    down = Trouble("unreachable", "no answer", "wait")
    now = datetime.now(UTC)
    for hours, troubles in enumerate(([lost], [down, lost], [lost])):
        with writer.archive.transaction() as connection:
            batch = Batch(connection, writer.run_id, None)
            settle_troubles(batch, "xx_a", troubles, (), now + timedelta(hours=hours))
    assert incidents(writer) == [("field contacts", False, ["field contacts", "unreachable"])]
    assert only(writer).troubles[0].count == 3
    assert only(writer).troubles[0].trouble.example == Example("https://a.example/news/9")
    assert only(writer).newest == now


def test_silence_is_told_apart_and_keeps_no_incident_open(writer: Writer) -> None:
    quiet, broken = Trouble("quiet", "no release", "look"), Trouble("broken", "no item", "mend")
    for troubles in ([broken, quiet], [quiet]):
        with writer.archive.transaction() as connection:
            settle_troubles(Batch(connection, writer.run_id, None), "xx_a", troubles, (), datetime.now(UTC))
    assert incidents(writer) == [("broken", True, ["broken"]), ("quiet", False, ["quiet"])]


def test_what_another_judge_noted_stays_until_that_one_ends_it(writer: Writer) -> None:
    """The judge of takedowns comes after the judge of sources, in another transaction."""
    with writer.archive.transaction() as connection:
        batch = Batch(connection, writer.run_id, None)
        note(batch, "xx_a", Trouble("mass absence", "many", "wait"), datetime.now(UTC))
    look(writer, listing="broken")
    assert incidents(writer) == [("broken", False, ["mass absence", "broken"])]
    look(writer, listing="ok")
    assert only(writer).kind == "mass absence"


def test_open_incidents_of_an_older_archive_become_one_a_newsroom(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "old.db")
    before = [script for name, script in schema.MIGRATIONS[: _number("troubled")]]
    connection.executescript("".join(before))
    for kind in ("unreachable", "mass absence", "quiet"):
        connection.execute(
            "insert into incidents (newsroom, kind, opened_at, last_seen_at, message) values ('a', ?, '1', '2', 'm')",
            (kind,),
        )
    connection.executescript(schema.MIGRATIONS[_number("troubled")][1])
    left = connection.execute("select kind from incidents where closed_at is null").fetchall()
    assert left == [("unreachable",), ("quiet",)]
    kept = connection.execute("select kind, closed_at is null from troubles order by id").fetchall()
    assert kept == [("unreachable", 1), ("mass absence", 0), ("quiet", 1)]


def _number(name: str) -> int:
    return [each for each, _ in schema.MIGRATIONS].index(name)


def test_nothing_wrong_opens_nothing(writer: Writer) -> None:
    look(writer, listing="ok")
    assert incidents(writer) == []
