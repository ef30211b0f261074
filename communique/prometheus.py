"""How the newsrooms are, as text that Prometheus scrapes (exposition format 0.0.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.health import Health
from archive.incidents import Incident
from archive.looks import LastRun

Sample = tuple[dict[str, str], float]


@dataclass(frozen=True, slots=True)
class Metric:
    """One family: all are gauges. ``samples`` are labels and values."""

    name: str
    about: str
    samples: tuple[Sample, ...]


def exposition(newsrooms: Iterable[Health], incidents: Iterable[Incident], run: LastRun | None) -> str:
    """The text, with a line break at its end."""
    return "".join(
        f"{line}\n" for it in _metrics(list(newsrooms), list(incidents), run) for line in _lines(it)
    )


def _metrics(newsrooms: list[Health], incidents: list[Incident], run: LastRun | None) -> Iterator[Metric]:
    states: list[Sample] = [({"newsroom": it.newsroom, "state": it.verdict}, 1) for it in newsrooms]
    yield Metric("newsroom_state", "1 for the state the newsroom is in.", tuple(states))
    looks = _times([(it.newsroom, it.last_look) for it in newsrooms])
    yield Metric("last_look_timestamp_seconds", "When a source was last looked at.", looks)
    releases = _times([(it.newsroom, it.last_release) for it in newsrooms])
    yield Metric("last_release_timestamp_seconds", "When the newest release was published.", releases)
    lasting: list[Sample] = [
        ({"newsroom": it.newsroom, "kind": seen.trouble.kind}, seen.opened_at.timestamp())
        for it in incidents
        for seen in it.troubles
        if seen.closed_at is None
    ]
    yield Metric(
        "trouble_since_timestamp_seconds", "Since when something is wrong, by its kind.", tuple(lasting)
    )
    yield Metric("open_incidents", "Incidents that are open.", (({}, len(incidents)),))
    if run is not None:
        yield Metric(
            "last_run_timestamp_seconds", "When the last run ended.", (({}, run.ended_at.timestamp()),)
        )
        yield Metric("last_run_exit_code", "With which code.", (({}, run.exit_code),))


def _times(moments: list[tuple[str, datetime | None]]) -> tuple[Sample, ...]:
    return tuple(({"newsroom": slug}, at.timestamp()) for slug, at in moments if at is not None)


def _lines(metric: Metric) -> Iterator[str]:
    name = f"communique_{metric.name}"
    yield f"# HELP {name} {metric.about}"
    yield f"# TYPE {name} gauge"
    for labels, value in metric.samples:
        told = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{{{told}}} {int(value)}" if told else f"{name} {int(value)}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
