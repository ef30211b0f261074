"""Whether links between releases, translations named by pages, and rejects are what releases and captures give grounds for.

They stand under no digest: they follow from what does, and ``communique rebuild`` makes them anew. So each row is asked for
its grounds. A row that was taken away is not missed here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import product

from archive import rows
from archive.batch import key_or_url
from archive.database import Archive
from archive.findings import Finding, Report
from archive.model import Precision, Release
from archive.relations import similarity

_HREFLANG = (
    "exists (select 1 from translations t join release_urls u on u.url_key = t.url_key"
    " where (t.release_id, u.release_id) in ((l.from_release, l.to_release), (l.to_release, l.from_release)))"
)
_CMS_ID = (
    "exists (select 1 from release_identities a join release_identities b on a.newsroom = b.newsroom"
    " and substr(a.value, 1, instr(a.value, '@')) = substr(b.value, 1, instr(b.value, '@'))"
    " where a.release_id = l.from_release and b.release_id = l.to_release and a.kind = 'cms' and b.kind = 'cms'"
    " and instr(a.value, '@') > 1)"
)
_UNFOUNDED = {
    "names the other as its translation": ("hreflang", _HREFLANG),
    "has the other's number in the content management": ("cms id", _CMS_ID),
}


def check_links(archive: Archive, report: Report) -> Iterator[Finding]:
    """Every link with its way back and its grounds, every translation with its address, every reject with its capture."""
    connection = archive.connection
    report.count("links", connection.execute("select count(*) from relations").fetchone()[0])
    report.count("rejects", connection.execute("select count(*) from rejects").fetchone()[0])
    yield from _one_way(archive)
    for what, (evidence, grounds) in _UNFOUNDED.items():
        query = f"select l.* from relations l where l.evidence = ? and l.from_release < l.to_release and not {grounds}"
        yield from (
            _finding(archive, row, f"neither {what}") for row in connection.execute(query, (evidence,))
        )
    yield from _alike(
        archive, "contacts and time", _published_together, "are not of one minute with a contact in common"
    )
    yield from _alike(archive, "headline and text", None, "are not alike to that degree")
    yield from _translations(archive)
    yield from _rejects(archive)


def _finding(archive: Archive, row: sqlite3.Row, what: str) -> Finding:
    pair = (row["from_release"], row["to_release"])
    return Finding(f"{archive.path}, table relations, {pair[0]} to {pair[1]}", what, pair)


def _one_way(archive: Archive) -> Iterator[Finding]:
    found = archive.connection.execute(
        "select l.* from relations l where not exists (select 1 from relations b where b.from_release = l.to_release"
        " and b.to_release = l.from_release and (b.kind, b.evidence, b.made_at) = (l.kind, l.evidence, l.made_at)"
        " and b.score is l.score) or l.kind is not iif(l.evidence = 'headline and text', 'same as', 'translation')"
    )
    for row in found:
        yield _finding(archive, row, "has no way back that says the same")


def _alike(
    archive: Archive, evidence: str, grounds: Callable[[Release, Release], bool] | None, what: str
) -> Iterator[Finding]:
    """Links that some reading of each of the two gives grounds for; a redaction may have taken those away."""
    if archive.connection.execute("select 1 from redactions limit 1").fetchone():
        return
    found = archive.connection.execute(
        "select * from relations where evidence = ? and from_release < to_release", (evidence,)
    )
    for row in found.fetchall():
        ours, theirs = _readings(archive, row["from_release"]), _readings(archive, row["to_release"])
        score = row["score"]
        if not any(
            grounds(one, other) if grounds else _is_copy(one, other, score)
            for one, other in product(ours, theirs)
        ):
            yield _finding(archive, row, f"the two {what}")


def _readings(archive: Archive, release_id: int) -> list[Release]:
    found = archive.connection.execute(
        "select d.content from readings d join revisions v on v.id = d.revision_id where v.release_id = ?",
        (release_id,),
    )
    return [rows.content(row["content"]) for row in found]


def _published_together(one: Release, other: Release) -> bool:
    moments = [release.published for release in (one, other)]
    if any(moment is None or moment.precision is Precision.DAY for moment in moments):
        return False
    minutes = {moment.isoformat()[:16] for moment in moments if moment}
    reached = [
        {way for contact in release.contacts for way in (contact.phone_e164, contact.email)} - {None}
        for release in (one, other)
    ]
    return len(minutes) == 1 and one.newsroom == other.newsroom and bool(reached[0] & reached[1])


def _is_copy(one: Release, other: Release, score: float | None) -> bool:
    alike = one.headline == other.headline and one.newsroom != other.newsroom
    return alike and score is not None and abs(similarity(one.body, other.body) - score) < 1e-9


def _translations(archive: Archive) -> Iterator[Finding]:
    for row in archive.connection.execute("select release_id, url, url_key from translations"):
        if row["url_key"] != key_or_url(row["url"]):
            where = f"{archive.path}, table translations, {row['url']}"
            yield Finding(where, "has another address's key", (row["release_id"],))


def _rejects(archive: Archive) -> Iterator[Finding]:
    for row in archive.connection.execute(
        "select j.*, c.captured_at, c.run_id as in_run, c.newsroom as seen_of from rejects j left join captures c on c.id = j.capture_id"
    ):
        wrong = {
            "url_key": row["url_key"] != key_or_url(row["url"]),
            "at": row["captured_at"] is not None and row["at"] != row["captured_at"],
            "run_id": row["in_run"] is not None and row["run_id"] != row["in_run"],
            "newsroom": row["seen_of"] is not None and row["newsroom"] != row["seen_of"],
            "resolved_at": row["resolved_at"] is not None and row["resolved_at"] < row["at"],
        }
        if names := [name for name, is_wrong in wrong.items() if is_wrong]:
            where = f"{archive.path}, table rejects, row {row['id']}"
            yield Finding(where, f"differs from its capture in {', '.join(names)}")
