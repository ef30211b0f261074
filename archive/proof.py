"""A bundle that proves a release to somebody who has neither the archive nor Communiqué."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from archive import chain, check_bundle, merkle
from archive.database import Archive, open_archive
from archive.errors import UsageError

README = """Proof of release {id}: {headline}
{url}

proof.json       what the archive wrote down of it, each row with its way up to a digest of the chain, and the chain
record.warc.gz   the pages as received (WARC 1.1; any WARC player shows them)
check.py         checks all of it: python check.py   (Python 3.11 or newer, nothing else needed)

The last digest of the chain is
{digest}  ({day})
Compare it, or any earlier one, with a copy that somebody else kept: python check.py --digest DIGEST
"""


def prove(path: Path, release_id: int, target: Path) -> int:
    """Writes the bundle of a release to ``target`` (a zip file); how many rows it proves.

    Rows that no day's digest covers yet are closed into the chain first, so this writes to the archive.
    Raises UsageError for a release that isn't there or was redacted, ArchiveBusy while a crawl runs and rows are open.
    """
    _close(path)
    with open_archive(path) as archive:
        release = archive.connection.execute(
            "select id, url, headline, newsroom, state from releases where id = ?", (release_id,)
        ).fetchone()
        if release is None:
            raise UsageError(f"there is no release {release_id} in {path}: `communique search` shows the ids")
        if release["state"] == "redacted_by_us":
            raise UsageError(f"release {release_id} was redacted: its content is gone, and can't be shown")
        leaves = list(_leaves(archive, release_id))
        entries = chain.entries(archive.connection)
        proof = {
            "release": {name: release[name] for name in ("id", "newsroom", "url", "headline")},
            "leaves": leaves,
            "chain": [asdict(entry) for entry in entries],
        }
        text = README.format(
            id=release["id"], headline=release["headline"], url=release["url"], digest=entries[-1].digest,
            day=entries[-1].day,
        )  # fmt: skip
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("README.txt", text)
            bundle.writestr("proof.json", json.dumps(proof, ensure_ascii=False, indent=1))
            bundle.writestr("record.warc.gz", b"".join(_records(archive, release_id)))
            bundle.write(check_bundle.__file__, "check.py")
    return len(leaves)


def _close(path: Path) -> None:
    now = datetime.now(UTC)
    with open_archive(path) as archive:
        entries = chain.entries(archive.connection)
        last = archive.connection.execute("select max(id) from events").fetchone()[0]
        if entries and entries[-1].last_event == last:
            return
    with open_archive(path, write=True) as archive:
        with archive.transaction() as connection:
            chain.close_days(connection, now, today=True)
        chain.write_file(archive.connection, archive.evidence)


def _leaves(archive: Archive, release_id: int) -> Iterator[dict[str, object]]:
    """Every capture, revision and event of a release, with the way from its leaf to the root of its entry."""
    wanted = _wanted(archive, release_id)
    ends = chain.NOTHING
    for entry in chain.entries(archive.connection):
        leaves = list(chain.leaves_between(archive.connection, ends, entry.ends))
        digests = [leaf.digest for leaf in leaves]
        for index, leaf in enumerate(leaves):
            if leaf.row_id in wanted.get(leaf.kind, ()) and leaf.values is not None:
                path = merkle.path(digests, index)
                yield {"values": leaf.values, "digest": leaf.digest, "entry": entry.seq, "path": path}
        ends = entry.ends


def _wanted(archive: Archive, release_id: int) -> dict[str, set[int]]:
    queries = {
        "capture": _CAPTURES,
        "revision": "select id from revisions where release_id = ?1",
        "event": "select id from events where release_id = ?1",
    }
    return {
        kind: {row[0] for row in archive.connection.execute(query, (release_id,))}
        for kind, query in queries.items()
    }


#: the captures of its revisions and events, and the whole pages that those of them repeat
_CAPTURES = (
    "with own (id) as (select capture_id from revisions where release_id = ?1 union"
    " select capture_id from events where release_id = ?1 and capture_id is not null)"
    " select id from own union select revisit_of from captures where id in own and revisit_of is not null"
)


def _records(archive: Archive, release_id: int) -> Iterator[bytes]:
    found = archive.connection.execute(
        f"select warc_file, warc_offset, warc_length from captures where id in ({_CAPTURES}) order by id",
        (release_id,),
    )
    for row in found:
        with (archive.evidence / row["warc_file"]).open("rb") as file:
            file.seek(row["warc_offset"])
            yield file.read(row["warc_length"])
