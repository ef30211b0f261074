"""``communique cite``: the citation of what a release said."""

from __future__ import annotations

from pathlib import Path

import click

from archive import cite
from archive.database import Archive, open_archive
from archive.dossier import Dossier, content_of, dossier
from archive.errors import UsageError
from communique.options import NUMBER, archive_option, examples
from communique.tables import clean


@click.command(
    epilog=examples(
        "communique cite 12",
        "communique cite 12 --revision 1 --format bibtex",
        "communique cite urn:communique:fi_om:20220621T084300Z:… --format ris",
    )
)
@click.argument("what", metavar="ID|NAME")
@click.option("--revision", type=NUMBER, help="The revision; the present one if not given.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *cite.FORMS]),
    default="text",
    show_default=True,
    help="How it is written.",
)
@archive_option
def command(what: str, revision: int | None, form: str, archive_path: Path) -> None:
    """Cite a release, by its id or by the permanent name of a revision.

    The permanent name tells newsroom, time of capture and digest: `communique verify` can check it.
    """
    with open_archive(archive_path) as archive:
        found, seq = _wanted(archive, what, revision)
        wanted = found.revisions[seq - 1]
        cited = cite.citation(found, content_of(archive, wanted.id), wanted)
    click.echo(clean(cite.plain(cited)) if form == "text" else cite.FORMS[form][0](cited).rstrip("\n"))


def _wanted(archive: Archive, what: str, revision: int | None) -> tuple[Dossier, int]:
    if what.isdigit() and what.isascii():
        found = dossier(archive, min(int(what), 2**62))
        if revision is not None and revision > len(found.revisions):
            raise UsageError(f"release {what} has {len(found.revisions)} revisions")
        return found, revision or len(found.revisions)
    row = archive.connection.execute(
        "select v.release_id, v.seq from readings d join revisions v on v.id = d.revision_id where d.content_sha256 = ?"
        " order by v.id limit 1",
        (cite.digest_in(what),),
    ).fetchone()
    if row is None:
        raise UsageError(f"no revision of {archive.path} has this name: is it from another archive?")
    return dossier(archive, row["release_id"]), row["seq"]
