"""``communique watch``: saved searches that tell what is new since they last looked."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec
from rich.text import Text

from archive import watches
from archive.database import Archive, open_archive, require_archive
from archive.errors import NamedError
from archive.query import Query
from archive.watches import Notice, Watch
from communique import webhook
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
        "communique watch run --to mailto://user:password@mail.example --to https://hook.example/releases",
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
    epilog=examples("communique watch run", "communique watch run budget --to https://hook.example/releases")
)
@click.argument("names", metavar="[NAME]", nargs=-1)
@click.option(
    "--to",
    "targets",
    multiple=True,
    metavar="URL",
    envvar="COMMUNIQUE_TO",
    help="Send there instead of printing: https:// for a signed webhook, or any address of apprise (may be repeated; or COMMUNIQUE_TO). It is never stored.",
)
@click.option(
    "--allow-private",
    is_flag=True,
    envvar="COMMUNIQUE_ALLOW_PRIVATE",
    help="Webhooks may lie in this machine or a private network.",
)
@json_option
@archive_option
def run(
    *,
    names: tuple[str, ...],
    targets: tuple[str, ...],
    allow_private: bool,
    as_json: bool,
    archive_path: Path,
) -> None:
    """Tell what is new for each watch since its last run, once.

    Without a network or when a channel refuses, what it should have told waits and comes with the next run.
    A webhook gets JSON; with COMMUNIQUE_WEBHOOK_SECRET set it is signed as Standard Webhooks says.
    """
    failures: list[str] = []
    require_archive(archive_path)
    with open_archive(archive_path, write=True, wait=WAIT) as archive:
        chosen = [watches.get(archive, name) for name in names] or watches.watches(archive)
        for watch in chosen:
            watches.look(archive, watch)
            if targets:
                sent = (_send(archive, watch, target, private=allow_private) for target in targets)
                failures += [failure for failure in sent if failure]
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


def _send(archive: Archive, watch: Watch, target: str, *, private: bool) -> str | None:
    """Sends what waits as one message; the failure as text where the channel refused."""
    channel = _channel(target)
    waiting = watches.waiting(archive, watch, channel)
    if not waiting:
        return None
    refusal = _notify(watch, waiting, target, private=private)
    watches.note(archive, waiting, channel, delivered=refusal is None, message=refusal or "")
    return (
        refusal
        and f"{watch.name}: {channel} refused ({refusal}); its {len(waiting)} events wait for the next run"
    )


def _notify(watch: Watch, waiting: list[Notice], target: str, *, private: bool) -> str | None:
    """None when the channel took it. Apprise, whose first use takes some seconds, knows the chat services' own addresses."""
    scheme = urlsplit(target).scheme.lower()
    sender = _apprise(target, needed=scheme not in ("http", "https"))
    if sender is None and scheme not in ("http", "https"):
        return "apprise does not understand its address"
    if sender is None:
        name, body = _payload(watch, waiting)
        return webhook.post(target, name, body, os.environ.get("COMMUNIQUE_WEBHOOK_SECRET"), private=private)
    if scheme in webhook.OPEN_SCHEMES:
        try:
            webhook.place(target, private=private)
        except OSError as error:
            return str(error)
    title = f"{watch.name}: {len(waiting)} new"
    took = sender.notify(body=_message(watch, waiting), title=title, body_format="text")
    return None if took else "no success reported"


def _apprise(target: str, *, needed: bool) -> Any:
    try:
        from apprise import Apprise
    except ImportError as missing:
        if not needed:
            return None
        raise click.UsageError("--to needs apprise: install communique[notify]") from missing
    sender = Apprise()
    return sender if sender.add(target) else None


def _payload(watch: Watch, waiting: list[Notice]) -> tuple[str, bytes]:
    """The message's id, the same whenever the same events are sent, and its JSON."""
    events = ",".join(str(notice.event) for notice in waiting)
    told = {
        "type": "watch.matched",
        "timestamp": waiting[-1].at,
        "data": {"watch": watch.name, "search": _told(watch.query), "events": waiting},
    }
    return f"msg_{hashlib.sha256(f'{watch.name} {events}'.encode()).hexdigest()[:32]}", msgspec.json.encode(
        told
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
