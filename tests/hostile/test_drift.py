"""What changes under a newsroom from one run to the next, through the real engine: case C6, a release that keeps
failing, and a source whose broken answer does not change.
"""

import hashlib
import sqlite3
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.owed import pause_after
from communique.cli import main
from crawler.registry import all_newsrooms
from tests.hostile.pages import listing, release, site
from tests.hostile.run import Newsroom, Told, run
from tests.replay import Page, Replay, replay

pytestmark = pytest.mark.slow
OLD = [f"n{number:02d}" for number in range(40)]
NEW = ["x1", "x2", "x3", "x4"]
TEMPLATES = {
    "same": (b"", b""),
    "contacts": (b"<p>Further information: Eeva Esimerkki, Senior Specialist, tel. +358 40 000 0001,\neeva.esimerkki@ministry.example</p>", b"<div id=contact-widget></div>"),
    "published": (b'<p class="publish-date">Published <time datetime="2026-10-20T10:00:00+03:00">20.10.2026 10.00</time></p>', b"<p class=publish-date></p>"),
}  # fmt: skip


def redesigned(kind: str) -> Newsroom:
    """Forty releases of one template."""
    host = f"c6-{kind}.example"
    pages = site(host, OLD)
    pages[f"{host}/news"] = Page(listing(host, OLD, days=False))
    return Newsroom(f"c6_{kind}", pages)


@pytest.fixture(scope="module")
def drifted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, Told]:
    """Two runs: before the second, four releases come; in two of the newsrooms they miss what the template lost."""
    rooms = [redesigned(kind) for kind in TEMPLATES]
    pages = {address: page for room in rooms for address, page in room.pages.items()}
    folder = tmp_path_factory.mktemp("c6")
    with replay(pages) as server:
        first = run(server, folder, rooms)
        for room, (old, new) in zip(rooms, TEMPLATES.values(), strict=True):
            pages[f"{room.host}/news"] = Page(listing(room.host, [*NEW, *OLD], days=False))
            for name in NEW:
                body = release(name)
                assert old in body
                pages[f"{room.host}/news/{name}"] = Page(body.replace(old, new) if old else body)
        return first, run(server, folder, rooms)


@pytest.mark.parametrize("field", ["contacts", "published"])
def test_c6_a_field_that_a_redesign_loses_is_told_in_the_same_run(
    drifted: tuple[Told, Told], field: str
) -> None:
    first, second = drifted
    slug = f"c6_{field}"
    assert first.rows[slug]["verdict"] == "ok"
    assert second.stored(slug) == {*OLD, *NEW}, "what is readable is kept"
    assert second.rows[slug]["verdict"] == "broken"
    assert second.returncode == 3
    ((kind, message, todo, example, capture),) = second.query(
        "select t.kind, t.message, t.todo, t.example, t.capture_id from troubles t join incidents i on i.id = t.incident_id"
        " where i.newsroom = ? and t.closed_at is null",
        slug,
    )
    assert kind == f"field {field}"
    assert "none of the newest 4 releases, usually in 100%" in message
    assert example.rsplit("/", 1)[-1] in NEW
    assert capture is not None
    assert f"select.{field}" in todo
    shown = CliRunner().invoke(main, ["health", "--archive", str(second.folder / "archive.db"), "--json"])
    assert shown.exit_code == 3
    assert f"field {field}" in shown.output


def test_c6_new_releases_of_the_same_template_are_no_alarm(drifted: tuple[Told, Told]) -> None:
    _, second = drifted
    assert second.stored("c6_same") == {*OLD, *NEW}
    assert second.rows["c6_same"]["verdict"] == "ok"
    assert second.query("select count(*) from incidents where newsroom = 'c6_same'") == [(0,)]


def tagged(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """Answers with an ETag of the body, and 304 to who has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
    known = handler.headers.get("If-None-Match") == tag
    handler.send_response(304 if known else 200)
    handler.send_header("ETag", tag)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Content-Length", "0" if known else str(len(body)))
    handler.end_headers()
    handler.wfile.write(b"" if known else body)


def asked(server: Replay, since: int) -> list[tuple[str, bool]]:
    """What was asked for from a request on, but robots.txt, and whether conditionally."""
    log = zip(server.asked[since:], server.headers[since:], strict=True)
    return [
        (address.partition("/")[2], "If-None-Match" in headers)
        for (_, address), headers in log
        if not address.endswith("robots.txt")
    ]


def make_due(folder: Path) -> None:
    """As if the pause of everything owed were over."""
    connection = sqlite3.connect(folder / "archive.db")
    with connection:
        connection.execute("update owed set due_at = '2000-01-01T00:00:00+00:00'")
    connection.close()


def doctor(folder: Path, slug: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the doctor says of a newsroom of this folder."""
    monkeypatch.setenv("COMMUNIQUE_NEWSROOMS", str(folder / "newsrooms"))
    all_newsrooms.cache_clear()
    told = CliRunner().invoke(main, ["doctor", slug, "--json", "--archive", str(folder / "archive.db")])
    all_newsrooms.cache_clear()
    return told.output


FAILURES = {
    "500": Page(b"error", 500),
    "loop": Page(b"", 302, headers=(("Location", "/news/late"),)),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_release_that_keeps_failing_is_asked_for_alone_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    host = "owed.example"
    pages = site(host, ["ok"], late=FAILURES[kind])
    pages[f"{host}/news"] = lambda handler: tagged(handler, listing(host, ["ok", "late"]))
    room = Newsroom("owed", pages)
    with replay(pages) as server:
        first = run(server, tmp_path, [room], RETRY_TIMES=0)
        assert first.stored("owed") == {"ok"}
        assert first.returncode == 3
        mark = len(server.asked)
        second = run(server, tmp_path, [room], RETRY_TIMES=0)
        assert asked(server, mark) == [("news", True)], "its source answers 304; its own turn has not come"
        for _ in range(3):
            make_due(tmp_path)
            mark = len(server.asked)
            third = run(server, tmp_path, [room], RETRY_TIMES=0)
            assert {path for path, _ in asked(server, mark)} == {"news", "news/late"}
        assert third.returncode == 3
        told = doctor(tmp_path, "owed", monkeypatch)
        assert "release owed" in told
        assert "HTTP 500" in told or "redirect" in told
        ((message, tries),) = third.query(
            "select i.message, o.tries from incidents i join owed o using (newsroom) where closed_at is null"
        )
        assert f"https://{host}/news/late was asked for 4 times" in message
        assert tries == 4
        pages[f"{host}/news/late"] = Page(release("late"))
        make_due(tmp_path)
        healed = run(server, tmp_path, [room], RETRY_TIMES=0)
    assert healed.stored("owed") == {"ok", "late"}
    assert healed.returncode == 0
    assert healed.query("select count(*), count(closed_at) from incidents") == [(1, 1)]
    assert healed.query("select count(*) from owed") == [(0,)]
    assert second.query("select distinct outcome from polls") == [("ok",), ("unchanged",)]


def test_what_is_owed_is_asked_for_a_bounded_number_of_times_a_day() -> None:
    moments, at = [], 0.0
    for tries in range(1, 200):
        moments.append(at)
        at += pause_after(tries).total_seconds()
    days = [sum(1 for it in moments if day <= it / 86_400 < day + 1) for day in range(10)]
    assert days[0] == 7
    assert max(days[1:]) <= 2
    assert days[6:] == [1, 1, 1, 1]


def test_a_broken_source_that_does_not_change_is_never_taken_for_nothing_new(tmp_path: Path) -> None:
    """Its broken page has an ETag of its own: a 304 to that would say "unchanged" and close the incident."""
    host = "stuck.example"
    now = [listing(host, ["ok"])]
    pages = site(host, ["ok"])
    pages[f"{host}/news"] = lambda handler: tagged(handler, now[0])
    room = Newsroom("stuck", pages)
    with replay(pages) as server:
        run(server, tmp_path, [room])
        now[0] = b"<html><body><main><div id=app></div></main></body></html>"
        for _ in range(3):
            told = run(server, tmp_path, [room])
            assert told.rows["stuck"]["verdict"] == "broken"
        now[0] = listing(host, ["ok", "ok2"])
        pages[f"{host}/news/ok2"] = Page(release("ok2"))
        told = run(server, tmp_path, [room])
    assert told.stored("stuck") == {"ok", "ok2"}
    assert told.query("select count(*), count(closed_at) from incidents") == [(1, 1)]
