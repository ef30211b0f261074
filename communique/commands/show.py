"""``communique show``: one release with its contacts, attachments, translations, history and evidence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.text import Text

from archive import known
from archive.database import Archive, open_archive
from archive.diff import as_text, diff
from archive.dossier import Dossier, content_of, dossier
from archive.errors import ArchiveDamaged
from archive.model import Capture, Contact, Release
from archive.tls import Tls
from communique.options import NUMBER, archive_option, examples, json_option
from communique.tables import clean, console, local, print_json, table


@click.command(
    epilog=examples(
        "communique show 12",
        "communique show 12 --revision 1",
        "communique show 12 --diff",
        "communique show 12 --json",
    )
)
@click.argument("release_id", metavar="ID", type=NUMBER)
@click.option("--revision", type=NUMBER, help="As it stood then: the number of a revision.")
@click.option("--diff", "as_diff", is_flag=True, help="What each edit changed.")
@json_option
@archive_option
def command(release_id: int, revision: int | None, as_diff: bool, as_json: bool, archive_path: Path) -> None:
    """Show one release: text as printed, contacts, attachments, translations, history, evidence."""
    with open_archive(archive_path) as archive:
        found = dossier(archive, release_id)
        if revision is not None and revision > len(found.revisions):
            raise click.UsageError(f"release {release_id} has {len(found.revisions)} revisions")
        shown = found.release if revision is None else content_of(archive, found.revisions[revision - 1].id)
        contents = [content_of(archive, each.id) for each in found.revisions] if as_diff else []
        certificate = _certificate(archive, found.captures[found.current.capture_id])
    if as_json:
        print_json(_answer(found, shown) | {"certificate": certificate})
        return
    out = console()
    if as_diff:
        _print_diffs(out, found, contents)
        return
    _print_text(out, found, shown)
    _print_contacts(out, shown.contacts)
    _print_links(out, found, shown)
    _print_history(out, found)
    if certificate:
        out.print(Text(f"Certificate: {clean(str(certificate))}"))


def _certificate(archive: Archive, capture: Capture) -> Tls | None:
    """Of the page that the release shows now; None where the evidence can't be read: `communique verify` tells of that."""
    with suppress(ArchiveDamaged):
        return known.tls(archive, capture)
    return None


def _answer(found: Dossier, shown: Release) -> dict[str, object]:
    return {
        "id": found.id,
        "url": found.url,
        "state": found.state,
        "newsroom": found.newsroom,
        "first_seen_at": found.first_seen_at,
        "last_seen_at": found.last_seen_at,
        "release": msgspec.to_builtins(shown),
        "revisions": [
            msgspec.to_builtins(each) | {"capture": msgspec.to_builtins(found.captures[each.capture_id])}
            for each in found.revisions
        ],
        "events": found.events,
        "translations": found.siblings,
    }


def _print_text(out: Console, found: Dossier, shown: Release) -> None:
    out.print(Text(clean(shown.headline), style="bold"))
    if shown.subheadline:
        out.print(Text(clean(shown.subheadline), style="italic"))
    published = (
        shown.published.isoformat() if shown.published else shown.published_raw or "no date understood"
    )
    facts = [
        clean(found.newsroom.name),
        published,
        shown.type_label or shown.type,
        shown.number,
        shown.byline,
        shown.language,
    ]
    out.print(Text(" · ".join(clean(fact) for fact in facts if fact), style="dim"))
    out.print(Text(clean(found.url), style="blue"))
    if found.state != "present":
        out.print(Text(f"No longer as it was on its site: {found.state.replace('_', ' ')}", style="bold red"))
    out.print()
    out.print(Text(clean(shown.body)))
    out.print()


def _print_contacts(out: Console, contacts: tuple[Contact, ...]) -> None:
    if not contacts:
        return
    made = table("Contact", "Role", "Phone", "E-mail")
    for contact in contacts:
        email = contact.email or (
            contact.email_pattern or "hidden" if contact.email_state in ("hidden", "pattern") else ""
        )
        role = ", ".join(part for part in (contact.role, contact.org) if part)
        made.add_row(clean(contact.name or contact.org), clean(role), clean(contact.phone), clean(email))
    out.print(made)
    out.print()


def _print_links(out: Console, found: Dossier, shown: Release) -> None:
    for attachment in shown.attachments:
        out.print(Text(f"Attachment: {clean(attachment.title or 'untitled')}  {clean(attachment.url)}"))
    for sibling in found.siblings:
        place = f"communique show {sibling.id}" if sibling.id else f"not archived: {clean(sibling.url)}"
        out.print(Text(f"In {sibling.language}: {clean(sibling.headline)}  ({place})"))
        for facts, told, style in (
            (sibling.keeps, "which still says", "yellow"),
            (sibling.dropped, "which says no more", "yellow"),
            (sibling.only_here, "which does not say", "dim"),
            (sibling.only_there, "which alone says", "dim"),
        ):
            if facts:
                out.print(Text(f"   {told}: {clean(', '.join(facts))}", style=style))
    if shown.attachments or found.siblings:
        out.print()


def _print_history(out: Console, found: Dossier) -> None:
    made = table("!When (UTC)", "What", "Digest", "Evidence")
    for event in found.events:
        made.add_row(local(event.at), clean(f"{event.kind} {event.detail}"), "", "")
    for revision in found.revisions:
        capture = found.captures[revision.capture_id]
        made.add_row(
            local(revision.seen_at),
            f"revision {revision.seq}",
            f"{revision.content_sha256[:12]}",
            f"{capture.warc_file}:{capture.offset}",
        )
    out.print(made)


def _print_diffs(out: Console, found: Dossier, contents: list[Release]) -> None:
    if len(contents) == 1:
        out.print("Never edited since it was first seen.")
    for number in range(1, len(contents)):
        revision = found.revisions[number]
        kind = "edited in silence" if revision.silent else "edited"
        out.print(
            Text(
                f"Revision {revision.seq}, {local(revision.seen_at)} UTC, {kind}: {', '.join(revision.kinds)}",
                style="bold",
            )
        )
        for before, after in zip(_texts(contents[number - 1]), _texts(contents[number]), strict=True):
            if before != after:
                out.print(Text.from_ansi(as_text(diff(clean(before), clean(after)), color=out.is_terminal)))
        out.print()


def _texts(release: Release) -> tuple[str, str, str, str]:
    contacts = "\n".join(contact.raw for contact in release.contacts)
    return release.headline, release.subheadline or "", release.body, contacts
