"""``communique watch``: saved searches that tell what is new since they last looked."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.text import Text

from archive import watches
from archive.database import Archive, open_archive, require_archive
from archive.errors import NamedError
from archive.query import Query
from archive.watches import Notice, Watch
from communique.asking import filter_options
from communique.options import archive_option, examples, json_option
from communique.tables import clean, console, day, local, print_json, table

WAIT = 60.0  # seconds; a crawl that is writing is waited for


class Undelivered(NamedError):
    """A channel refused: what it should have told waits for the next run."""

    exit_code = 3


@click.group(
    epilog=examples(
        "communique watch add trafficking 'människohandel OR ihmiskauppa' --country fi",
        "communique watch run",
        "communique watch run --to mailto://user:password@mail.example --to json://hook.example/releases",
    )
)
def command() -> None:
    """Save searches and be told what is new, edited or taken down, once."""


@command.command(epilog=examples("communique watch add budget 'budget OR budjetti' --ministry finance"))
@click.argument("name")
@click.argument("text", metavar="QUERY", default="")
@filter_options
@click.option("--from-start", is_flag=True, help="Tell also what is in the archive already.")
@archive_option
def add(name: str, query: Query, from_start: bool, archive_path: Path) -> None:
    """Save a search as NAME. It tells what happens from now on."""
    with open_archive(archive_path, write=True, wait=WAIT) as archive:
        watches.add(archive, name, query, from_start=from_start)
    click.echo(f"Watching “{clean(query.text)}” as {name}. What is new: communique watch run {name}")


@command.command(name="list", epilog=examples("communique watch list"))
@json_option
@archive_option
def list_(as_json: bool, archive_path: Path) -> None:
    """The saved searches."""
    with open_archive(archive_path) as archive:
        found = watches.watches(archive)
    if as_json:
        print_json(found)
        return
    made = table("Name", "Search", "!Since")
    for watch in found:
        made.add_row(watch.name, clean(_told(watch.query)), local(watch.created_at))
    console().print(made if found else "No watches yet: communique watch add NAME QUERY")


@command.command(epilog=examples("communique watch remove budget"))
@click.argument("name")
@archive_option
def remove(name: str, archive_path: Path) -> None:
    """Forget a saved search."""
    require_archive(archive_path)
    with open_archive(archive_path, write=True, wait=WAIT) as archive:
        watches.remove(archive, name)
    click.echo(f"{name} is forgotten.")


@command.command(
    epilog=examples("communique watch run", "communique watch run budget --to json://127.0.0.1:8000/hook")
)
@click.argument("names", metavar="[NAME]", nargs=-1)
@click.option(
    "--to",
    "targets",
    multiple=True,
    metavar="URL",
    envvar="COMMUNIQUE_TO",
    help="Send through apprise instead of printing (may be repeated; or COMMUNIQUE_TO). It is never stored.",
)
@json_option
@archive_option
def run(names: tuple[str, ...], targets: tuple[str, ...], as_json: bool, archive_path: Path) -> None:
    """Tell what is new for each watch since its last run, once.

    Without a network or when a channel refuses, what it should have told waits and comes with the next run.
    """
    failures: list[str] = []
    require_archive(archive_path)
    with open_archive(archive_path, write=True, wait=WAIT) as archive:
        chosen = [watches.get(archive, name) for name in names] or watches.watches(archive)
        for watch in chosen:
            watches.look(archive, watch)
            if targets:
                failures += [failure for target in targets if (failure := _send(archive, watch, target))]
            else:
                _print(archive, watch, as_json)
    if not chosen:
        click.echo("No watches yet: communique watch add NAME QUERY")
    if failures:
        raise Undelivered("; ".join(failures))


def _print(archive: Archive, watch: Watch, as_json: bool) -> None:
    waiting = watches.waiting(archive, watch, "print")
    if as_json:
        for notice in waiting:
            print_json({"watch": watch.name, "notice": notice})
    elif waiting:
        _print_notices(watch, waiting)
    else:
        click.echo(f"{watch.name}: nothing new")
    sys.stdout.flush()
    watches.note(archive, waiting, "print", delivered=True)


def _print_notices(watch: Watch, waiting: list[Notice]) -> None:
    out = console()
    out.print(Text(f"{watch.name}: {len(waiting)} new  (search: {clean(_told(watch.query))})", style="bold"))
    made = table(">!ID", "!What", "!Published", "Headline")
    for notice in waiting:
        headline = f"{clean(notice.headline)}\n{clean(notice.ministry)} · {clean(notice.detail)}".rstrip(" ·")
        made.add_row(str(notice.release), notice.kind, day(notice.published_at), headline)
    out.print(made)


def _send(archive: Archive, watch: Watch, target: str) -> str | None:
    """Sends what waits as one message; the failure as text where the channel refused."""
    channel = _channel(target)
    waiting = watches.waiting(archive, watch, channel)
    if not waiting:
        return None
    refusal = _notify(target, f"{watch.name}: {len(waiting)} new", _message(watch, waiting))
    watches.note(archive, waiting, channel, delivered=refusal is None, message=refusal or "")
    return (
        refusal
        and f"{watch.name}: {channel} refused ({refusal}); its {len(waiting)} events wait for the next run"
    )


def _notify(target: str, title: str, body: str) -> str | None:
    """Sends through apprise; None when the channel took it. Its first use takes some seconds."""
    try:
        from apprise import Apprise, NotifyFormat
    except ImportError as missing:
        raise click.UsageError("--to needs apprise: install communique[notify]") from missing
    sender = Apprise()
    if not sender.add(target):
        return "apprise does not understand its address"
    return (
        None
        if sender.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
        else "no success reported"
    )


def _message(watch: Watch, waiting: list[Notice]) -> str:
    lines = [f"Search: {_told(watch.query)}", ""]
    for notice in waiting:
        lines += [
            f"{notice.kind}: {clean(notice.headline)}",
            f"{clean(notice.ministry)}, published {day(notice.published_at)}, seen {local(notice.at)} UTC",
        ]
        lines += [f"changed: {clean(notice.detail)}"] if notice.detail else []
        lines += [clean(notice.url), f"event {notice.event} · communique show {notice.release}", ""]
    return "\n".join(lines)


def _channel(target: str) -> str:
    """A name for the channel that holds none of its secrets."""
    digest = hashlib.sha256(target.encode()).hexdigest()[:12]
    return f"{urlsplit(target).scheme or 'unknown'}-{digest}"


def _told(query: Query) -> str:
    filters = [
        f"{name} {', '.join(values)}"
        for name, values in (
            ("country", query.countries), ("newsroom", query.newsrooms), ("ministry", query.ministries),
            ("language", query.languages), ("type", query.types), ("state", query.states), ("contact", query.contacts),
        )
        if values
    ]  # fmt: skip
    filters += [f"since {query.since}"] if query.since else []
    filters += [f"until {query.until}"] if query.until else []
    return " · ".join(part for part in (query.text, *filters) if part) or "everything"
