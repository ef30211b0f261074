"""A release's page: as printed, with contacts, attachments, translations, history, evidence and how to cite it."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Request, Response

from archive import cite
from archive.database import Archive
from archive.dossier import Dossier, content_of, dossier
from archive.errors import UsageError
from archive.model import Release, Revision
from archive.web.answers import NotHere, ask, html, number, view


@view
async def release(datasette: Any, request: Request) -> Response:
    """``/release/ID``: what it says now."""
    found = await ask(datasette, lambda archive: find(archive, number(request)))
    return _page(found, found.release, found.current)


@view
async def revision(datasette: Any, request: Request) -> Response:
    """``/release/ID/revision/SEQ``: what it said then."""
    return _page(*await ask(datasette, lambda archive: _revision(archive, request)))


@view
async def cited(datasette: Any, request: Request) -> Response:
    """``/release/ID/revision/SEQ/cite.FORM``: the citation of a revision for reference managers."""
    found, shown, wanted = await ask(datasette, lambda archive: _revision(archive, request))
    write, media_type = cite.FORMS[request.url_vars["form"]]
    return Response(write(cite.citation(found, shown, wanted)), content_type=f"{media_type}; charset=utf-8")


def _revision(archive: Archive, request: Request) -> tuple[Dossier, Release, Revision]:
    found = find(archive, number(request))
    seq = number(request, "seq")
    if not 1 <= seq <= len(found.revisions):
        raise NotHere(f"release {found.id} has no revision {seq}")
    wanted = found.revisions[seq - 1]
    return found, content_of(archive, wanted.id), wanted


def find(archive: Archive, release_id: int) -> Dossier:
    """The dossier of a release. Raises NotHere where there is none."""
    try:
        return dossier(archive, release_id)
    except UsageError:
        raise NotHere(f"there is no release {release_id} in this archive") from None


def _page(found: Dossier, shown: Release, current: Revision) -> Response:
    return html(
        "release.html",
        found=found,
        release=shown,
        revision=current,
        capture=found.captures[current.capture_id],
        citation=cite.plain(cite.citation(found, shown, current)),
        newest=current.seq == len(found.revisions),
    )
