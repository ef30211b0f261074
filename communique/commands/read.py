"""``communique read``: what is read from one page, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from archive.database import open_archive, require_archive
from archive.known import last_capture
from archive.known import page as stored_page
from communique.exits import USAGE
from communique.options import archive_option, web_address
from communique.pages import Reading, newsroom_for, read_batch, read_body, read_file, record
from crawler.items import Refusal
from crawler.reading.explain import explain
from crawler.registry import Newsroom

_EPILOG = """\b
Examples:
  communique read page.html --newsroom fi_om
  communique read https://oikeusministerio.fi/-/1410853/tiedote --explain
  communique read page.html --url https://www.ministry.example/news/1 --explain
  communique read --batch --root pages < requests.jsonl > records.jsonl"""


@click.command(epilog=_EPILOG)
@click.argument("page", default="", metavar="[PAGE]", callback=web_address)
@click.option(
    "--newsroom", "slug", help="Read it as a page of this newsroom (communique newsrooms lists them)."
)
@click.option("--url", default="", callback=web_address, help="The address that the page was taken from.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@click.option(
    "--explain", "why", is_flag=True, help="For each field the evidence that decided, and what lost."
)
@click.option("--generic", is_flag=True, help="Without platforms and the newsroom's own selectors.")
@click.option(
    "--batch",
    is_flag=True,
    help="JSON lines in (file, url, newsroom, timezone, languages, country), JSON lines out.",
)
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder that the files of --batch are in.",
)
@archive_option
def command(
    *,
    page: str,
    slug: str | None,
    url: str,
    as_json: bool,
    why: bool,
    generic: bool,
    batch: bool,
    root: Path,
    archive_path: Path,
) -> None:
    """Show what is read from PAGE: an HTML file, a page copied as plain text (.txt), or an address in the archive.

    Headline, date, issuing body, type, body, contacts and attachments, normalised; or the reason why the page is no
    release. Nothing is stored.
    """
    if batch:
        _batch(root, generic)
        return
    if not page:
        raise click.UsageError("name a page, or use --batch")
    reading = _read(page, url, slug, generic, archive_path)
    if as_json:
        click.echo(json.dumps({"file": page, **record(reading)}, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(explain(reading.item, reading.release) if why else _lines(reading)))


def _batch(root: Path, generic: bool) -> None:
    for found in read_batch(sys.stdin.buffer, root, generic=generic):
        click.echo(json.dumps(found, ensure_ascii=False))


def _read(page: str, url: str, slug: str | None, generic: bool, archive_path: Path) -> Reading:
    archived = page.startswith(("http://", "https://"))
    try:
        newsroom = newsroom_for(page if archived else url, slug=slug)
    except KeyError as error:
        raise click.BadParameter(
            f"no newsroom {error}; `communique newsrooms` lists them", param_hint="--newsroom"
        ) from None
    try:
        if archived:
            return _read_archived(page, archive_path, newsroom, generic)
        return read_file(Path(page), url, newsroom, generic=generic)
    except OSError as error:
        click.echo(
            f"communique: {page} can't be read: {error.strerror}; name an HTML file, a plain-text copy or an address in the archive",
            err=True,
        )
        sys.exit(USAGE)


def _read_archived(url: str, path: Path, newsroom: Newsroom, generic: bool) -> Reading:
    """The newest whole capture of an address, as the present reader reads it. Nothing is fetched."""
    require_archive(path)
    with open_archive(path) as archive:
        capture = last_capture(archive, url)
        if capture is None:
            raise click.BadParameter(f"{url} is not in {path}; crawl it first", param_hint="PAGE")
        stored = stored_page(archive, capture)
    kind = next((value for name, value in stored.headers if name.lower() == "content-type"), None)
    return read_body(stored.body, stored.url, newsroom, generic=generic, losers=True, content_type=kind)


def _lines(reading: Reading) -> Iterator[str]:
    """The fields of a reading for people, one a line, the body last."""
    item = reading.item
    if isinstance(item, Refusal):
        yield f"no release: {item.reason} ({item.evidence})"
        return
    found = record(reading)
    for field in (
        "headline",
        "subheadline",
        "date_published",
        "date_modified",
        "byline",
        "type_label",
        "type",
        "number",
        "language",
        "layout",
    ):
        if found[field]:
            yield f"{field.replace('_', ' '):15}{found[field]}"
    for contact in found["contacts"]:
        parts = [contact[key] for key in ("name", "role", "org", "phone", "email") if contact[key]]
        state = "" if contact["email_state"] in ("printed", "none") else f" (e-mail {contact['email_state']})"
        yield f"{'contact':15}{', '.join(parts)}{state}"
    for url in found["attachments"]:
        yield f"{'attachment':15}{url}"
    yield ""
    yield found["body"]
