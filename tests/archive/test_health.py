"""Health: each verdict by numbers from a newsroom's own history, and incidents that open and close once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families

from archive.filling import Filled
from archive.health import Contract, Health, History, SourceLook, Verdict, judge, usual_gap
from archive.histories import settle
from archive.incidents import open_incidents
from archive.missed import Refusals, Unread
from archive.model import Look, Newsroom
from archive.store import Writer
from communique.cli import main
from communique.prometheus import exposition

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
NOTHING = Contract()
ALL = frozenset({"published", "contacts"})


def looks(
    *outcomes: str, seen: int = 20, source: str = "https://a.example/", hours: int = 1
) -> tuple[SourceLook, ...]:
    start = NOW - timedelta(hours=hours * len(outcomes))
    return tuple(
        SourceLook(source, start + timedelta(hours=hours * n), outcome, seen, 0)
        for n, outcome in enumerate(outcomes)
    )


def releases(
    count: int, *, every: int = 1, silent: int = 0, fields: frozenset[str] = ALL
) -> tuple[Filled, ...]:
    return tuple(Filled(NOW - timedelta(days=silent + every * n), fields) for n in range(count))


def verdict(history: History, contract: Contract = NOTHING) -> Verdict:
    return judge(history, contract, NOW).verdict


def test_looks_that_ended_well_are_ok_or_unchanged() -> None:
    new = (*looks("ok")[:-1], SourceLook("https://a.example/", NOW, "ok", 20, 2))
    assert verdict(History("a", new, releases(30))) is Verdict.OK
    assert verdict(History("a", looks("ok", "unchanged"), releases(30))) is Verdict.UNCHANGED
    assert verdict(History("a")) is Verdict.NEVER


@pytest.mark.parametrize("outcome", ["blocked", "broken", "unreachable"])
def test_the_last_look_decides(outcome: str) -> None:
    assert verdict(History("a", looks("ok", outcome), releases(30))) == outcome
    assert verdict(History("a", looks(outcome, "ok"), releases(30))) is Verdict.UNCHANGED


def test_one_of_two_sources_blocked_is_told() -> None:
    both = looks("ok") + looks("blocked", source="https://a.example/feed")
    health = judge(History("a", both, releases(30)), NOTHING, NOW)
    assert health.verdict is Verdict.BLOCKED
    assert "https://a.example/feed" in health.troubles[0].message


def test_nothing_found_is_broken_never_empty() -> None:
    assert verdict(History("a", looks("ok", "empty"), releases(30))) is Verdict.BROKEN


def test_a_count_that_falls_by_four_fifths_is_broken() -> None:
    before = looks(*["ok"] * 6)
    assert verdict(History("a", before + looks("ok", seen=3), releases(30))) is Verdict.BROKEN
    assert verdict(History("a", before + looks("ok", seen=5), releases(30))) is Verdict.UNCHANGED


def test_a_field_that_is_lost_is_told_with_its_name() -> None:
    lost = releases(20, fields=frozenset({"published"})) + releases(100)
    health = judge(History("a", looks("ok"), lost), NOTHING, NOW)
    assert health.verdict is Verdict.BROKEN
    assert "contacts is filled in 0%" in health.troubles[0].message
    rare = releases(20, fields=frozenset({"published"})) + releases(100, fields=frozenset({"published"}))
    assert verdict(History("a", looks("ok"), rare)) is Verdict.UNCHANGED
    assert verdict(History("a", looks("ok"), rare), Contract(filled=(("contacts", 0.5),))) is Verdict.BROKEN


def test_not_modified_for_ever_is_frozen() -> None:
    daily = releases(60)
    assert verdict(History("a", looks(*["unchanged"] * 40, hours=24), daily)) is Verdict.FROZEN
    assert verdict(History("a", looks(*["unchanged"] * 40, hours=1), daily)) is Verdict.UNCHANGED


def test_silence_is_measured_in_the_newsrooms_own_gaps() -> None:
    assert verdict(History("a", looks("ok"), releases(30, every=1, silent=5))) is Verdict.QUIET
    assert verdict(History("a", looks("ok"), releases(30, every=7, silent=15))) is Verdict.UNCHANGED
    few = releases(3, silent=100)
    assert verdict(History("a", looks("ok"), few)) is Verdict.UNCHANGED
    assert verdict(History("a", looks("ok"), few), Contract(per_month=(4, 40))) is Verdict.QUIET


def test_a_run_that_refuses_most_pages_is_broken() -> None:
    history = History("a", looks("ok"), releases(30), Refusals((("no headline", 4),), 5))
    assert verdict(history) is Verdict.BROKEN


def unread(since: float, last: float) -> tuple[Unread, ...]:
    """A release whose looks are in vain, in hours before now."""
    return (
        Unread("https://a.example/1", "HTTP 500", NOW - timedelta(hours=since), NOW - timedelta(hours=last)),
    )


def test_a_known_release_that_fails_for_a_day_while_its_source_answers_is_told() -> None:
    def of(*outcomes: str, since: float, last: float) -> list[str]:
        history = History("a", looks(*outcomes), releases(30), unread=unread(since, last))
        return [trouble.kind for trouble in judge(history, NOTHING, NOW).troubles]

    assert of("ok", since=30, last=1) == ["release unread"]
    assert of("ok", since=20, last=1) == []
    assert of("unreachable", "ok", since=30, last=1) == [], "an outage that is just over is no second trouble"
    assert of(*["ok"] * 40, "unreachable", "ok", since=30, last=1) == []
    assert of("unreachable", *["ok"] * 40, since=60, last=1) == ["release unread"], (
        "it lasts beyond the outage"
    )


def test_holidays_do_not_shorten_the_usual_gap() -> None:
    days = [NOW - timedelta(days=n) for n in range(60) if n % 7 not in (5, 6)]
    assert usual_gap(days) == timedelta(days=3)
    assert usual_gap(days[:5]) is None


def poll(path: Path, outcome: str) -> Health:
    writer = Writer.open(path)
    try:
        writer.begin_run("test", "0")
        writer.put_newsroom(Newsroom("xx_a", "A"))
        number = writer.begin_poll("xx_a", "https://a.example/", "listing")
        writer.end_poll(number, Look(outcome, datetime.now(UTC), items_seen=3))
        writer.commit_batch()
        health = settle(writer, "xx_a", Contract())
        writer.end_run(0)
        return health
    finally:
        writer.close()


def test_an_incident_opens_once_and_closes_once(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    arguments = ["health", "--archive", str(path)]
    for expected in (1, 2):
        assert poll(path, "blocked").wrong
        with Writer.open(path) as writer:
            (incident,) = open_incidents(writer.archive)
        assert (incident.kind, incident.count) == ("blocked", expected)
    shown = CliRunner().invoke(main, arguments)
    assert shown.exit_code == 3
    assert "blocked" in shown.output
    assert not poll(path, "ok").wrong
    with Writer.open(path) as writer:
        assert not open_incidents(writer.archive)
        assert writer.archive.connection.execute("select count(*) from incidents").fetchone()[0] == 1
    assert CliRunner().invoke(main, arguments).exit_code == 0


def test_the_report_for_machines(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    poll(path, "unreachable")
    data = CliRunner().invoke(main, ["health", "--archive", str(path), "--json"])
    assert '"verdict":"unreachable"' in data.output


def test_prometheus_own_parser_takes_the_text(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    poll(path, "unreachable")
    text = CliRunner().invoke(main, ["health", "--archive", str(path), "--format", "prometheus"]).output
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert all(family.type == "gauge" and family.documentation for family in families.values())
    (state,) = families["communique_newsroom_state"].samples
    assert (state.labels, state.value) == ({"newsroom": "xx_a", "state": "unreachable"}, 1)
    (since,) = families["communique_trouble_since_timestamp_seconds"].samples
    assert since.labels == {"newsroom": "xx_a", "kind": "unreachable"}
    assert 0 <= datetime.now(UTC).timestamp() - since.value < 60
    assert families["communique_open_incidents"].samples[0].value == 1
    assert families["communique_last_run_exit_code"].samples[0].value == 0


def test_what_a_label_holds_is_escaped() -> None:
    """Slugs can't hold such characters; the format must not depend on that."""
    odd = 'a"b\\c\nd'
    (family, *_) = text_string_to_metric_families(exposition([Health(odd, Verdict.OK)], [], None))
    assert family.samples[0].labels["newsroom"] == odd
