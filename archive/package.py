"""A Frictionless Data Package (v2) of a question's answers: data, schema, description of every column, checksums, citation."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from archive.database import Archive
from archive.dictionary import TABLES
from archive.export import COLUMNS, Record, json_lines, records, write_csv
from archive.query import Query
from archive.questions import Digests

#: columns of an export that stand in other tables than releases, or nowhere
ELSEWHERE = {
    "ministry": "The newsroom's name.",
    "country": TABLES["newsrooms"].columns["country"],
    "topics": "Subject words that the page itself gives.",
    "contacts": "Persons and desks to turn to: name, role, organisation, telephone, e-mail.",
    "attachments": "Addresses of the documents that it links.",
    "revision": "Which content state this is: 1 for the first one seen.",
    "last_seen_at": TABLES["sightings"].columns["last_seen_at"],
    "captured_at": "When the response was captured that shows this revision.",
    "content_sha256": TABLES["revisions"].columns["content_sha256"],
    "payload_sha256": TABLES["captures"].columns["payload_sha256"],
    "escaped": "The columns of this row whose text got an apostrophe before it, so that no spreadsheet takes it for a formula.",
}


def write_package(
    archive: Archive, query: Query, folder: Path, progress: Callable[[int], None] = lambda _: None
) -> int:
    """Writes ``releases.csv``, ``releases.jsonl``, ``datapackage.json`` and ``CITATION.cff`` into a folder; how many releases."""
    folder.mkdir(parents=True, exist_ok=True)
    table, lines = folder / "releases.csv", folder / "releases.jsonl"
    sources = archive.connection.execute(
        "select distinct n.name, n.site from newsrooms n order by 1"
    ).fetchall()
    with (
        table.open("w", encoding="utf-8", newline="") as rows,
        lines.open("w", encoding="utf-8", newline="") as objects,
        Digests() as seen,
    ):
        write_csv(_noted(records(archive, query, progress), objects, seen), rows)
        described = _package(query, seen, [(row["name"], row["site"]) for row in sources])
    described["resources"] = [
        _resource("releases", table, _fields(escaped=True)),
        _resource("releases-lines", lines, _fields(escaped=False)),
    ]
    (folder / "datapackage.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
    )
    (folder / "CITATION.cff").write_text(_citation(described), encoding="utf-8")
    return int(described["releases"])


def field_type(name: str) -> str:
    """The column's type in Table Schema."""
    return "integer" if name in ("id", "revision") else "string"


def describe(name: str) -> str:
    """What a column of an export means."""
    return ELSEWHERE.get(name) or TABLES["releases"].columns[name]


def _noted(found: Iterator[Record], objects: IO[str], seen: Digests) -> Iterator[Record]:
    """The records, each written as a line of JSON and noted on its way."""
    for record in found:
        objects.writelines(json_lines((record,)))
        seen.add(record.id, record.content_sha256)
        yield record


def _package(query: Query, seen: Digests, sources: list[tuple[str, str | None]]) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    asked = {
        name: value
        for name, value in asdict(query).items()
        if value and name not in ("limit", "after", "sort")
    }
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "government-releases",
        "title": f"Government releases: {query.text or 'all'}",
        "description": "Releases of government newsrooms as archived by Communiqué. Texts are their ministries'.",
        "created": now,
        "version": now[:10],
        "contributors": [{"title": "Communiqué", "roles": ["wrangler"]}],
        "licenses": [
            {"name": "other-closed", "title": "Texts: terms of each ministry; the compilation is free to use"}
        ],
        "sources": [
            {"title": name, **({"path": site} if (site or "").startswith("http") else {})}
            for name, site in sources
        ],
        "query": asked,
        "releases": len(seen),
        "resultDigest": f"sha256:{seen.result()}",
    }


def _resource(name: str, path: Path, fields: list[dict[str, str]]) -> dict[str, Any]:
    form = path.suffix.lstrip(".")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    media = {"csv": "text/csv", "jsonl": "application/jsonl"}[form]
    made: dict[str, Any] = {
        "name": name, "path": path.name, "format": form, "mediatype": media, "encoding": "utf-8",
        "bytes": path.stat().st_size, "hash": f"sha256:{digest}",
    }  # fmt: skip
    made["type"] = "file"
    if form == "csv":
        made |= {
            "type": "table",
            "dialect": {"lineTerminator": "\r\n"},
            "schema": {"fields": fields, "primaryKey": ["id"]},
        }
    return made


def _fields(*, escaped: bool) -> list[dict[str, str]]:
    names = (*COLUMNS, "escaped") if escaped else COLUMNS
    return [{"name": name, "type": field_type(name), "description": describe(name)} for name in names]


def _citation(described: dict[str, Any]) -> str:
    title = msgspec.json.encode(described["title"]).decode()
    return (
        "cff-version: 1.2.0\nmessage: Cite this data set and the ministries' releases in it.\ntype: dataset\n"
        f"title: {title}\nauthors:\n  - name: Communiqué\ndate-released: {described['version']}\n"
        f"version: {described['resultDigest']}\n"
    )
