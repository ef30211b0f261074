"""Two texts on one page: a revision against the one before, a release beside its translation."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Request, Response
from markupsafe import Markup

from archive.database import Archive
from archive.diff import as_html, diff
from archive.dossier import Dossier, content_of
from archive.model import Release, Revision
from archive.versions import differing
from archive.web.answers import NotHere, ask, html, number, view
from archive.web.reading import find


@view
async def changes(datasette: Any, request: Request) -> Response:
    """``/release/ID/changes/SEQ``: what revision SEQ changed, word by word."""

    def answer(archive: Archive) -> tuple[Dossier, Revision, Release, Release]:
        found = find(archive, number(request))
        seq = number(request, "seq")
        if not 2 <= seq <= len(found.revisions):
            raise NotHere(f"release {found.id} has no revision {seq} with one before it")
        before, after = found.revisions[seq - 2], found.revisions[seq - 1]
        return found, after, content_of(archive, before.id), content_of(archive, after.id)

    found, revision, before, after = await ask(datasette, answer)
    parts = [(title, _compared(old, new)) for title, old, new in _texts(before, after) if old != new]
    return html("changes.html", found=found, revision=revision, release=after, parts=parts)


@view
async def beside(datasette: Any, request: Request) -> Response:
    """``/release/ID/beside/OTHER``: two language versions side by side."""

    def answer(archive: Archive) -> tuple[Dossier, Dossier]:
        return find(archive, number(request)), find(archive, number(request, "other"))

    left, right = await ask(datasette, answer)
    return html("beside.html", sides=(left, right), alone=differing(left.release, right.release))


def _compared(before: str, after: str) -> Markup:
    return Markup(as_html(diff(before, after)))  # noqa: S704 - as_html escapes every piece


def _texts(before: Release, after: Release) -> list[tuple[str, str, str]]:
    old, new = _parts(before), _parts(after)
    return [(title, old[title], new[title]) for title in old]


def _parts(release: Release) -> dict[str, str]:
    return {
        "Headline": release.headline,
        "Sub-headline": release.subheadline or "",
        "Text": release.body,
        "Dates": "\n".join(filter(None, (release.published_raw, release.modified_raw))),
        "Contacts": "\n".join(contact.raw or contact.name or "" for contact in release.contacts),
        "Attachments": "\n".join(f"{each.title} {each.url}" for each in release.attachments),
        "Links": "\n".join(sorted(release.links)),
    }
