"""WACZ 1.1.1: a selection of captures as one file that the usual players replay.

The gzip members of the evidence are copied as they lie, so the records in a WACZ are the archive's own bytes.
Specification: https://specs.webrecorder.net/wacz/1.1.1/ (read 2026-11).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import urlsplit

from archive.errors import ArchiveDamaged
from archive.evidence import Place, Record, parse_member

WARC_NAME = "data.warc.gz"
#: a zip file without time stamps of its own: the same selection gives the same bytes
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Selected:
    """A record to export. With a ``title`` it is a page that a player lists; without, only what pages need."""

    place: Place
    title: str | None = None


@dataclass(frozen=True, slots=True)
class _Resource:
    path: str
    sha256: str
    size: int


def write_wacz(
    target: Path, folder: Path, selection: Iterable[Selected], *, title: str, created: datetime
) -> int:
    """Writes the selected records of the evidence ``folder`` to ``target``; returns how many.

    Raises ArchiveDamaged, naming file and offset, for a record that isn't there whole; ``target`` is then absent.
    """
    part = target.with_name(target.name + ".part")
    index: list[str] = []
    pages = [json.dumps({"format": "json-pages-1.0", "id": "pages", "title": title})]
    try:
        with (
            zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as package,
            TemporaryFile(dir=target.parent) as data,
        ):
            resources = [_copy(data, folder, selection, index, pages)]
            _append(package, resources[0], data)
            resources.append(_add(package, "indexes/index.cdx", "".join(sorted(index))))
            resources.append(_add(package, "pages/pages.jsonl", "\n".join(pages) + "\n"))
            _describe(package, resources, title, created)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return len(index)


def surt(url: str) -> str:
    """The sort-friendly form of an address: ``fi,om)/-/slug?a=1`` for ``https://www.om.fi/-/slug?a=1``."""
    parts = urlsplit(url)
    host = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower().rstrip("."))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{query}".lower()


def _append(package: zipfile.ZipFile, resource: _Resource, data: IO[bytes]) -> None:
    """Puts the records into the package, their size known beforehand.

    An entry of unknown size gets a ZIP64 field in its local header alone. ReplayWeb.page 2.4.6 takes that header to be
    as long as the central one and read every record 20 bytes too early (seen 2026-11-24; pywb did not mind).
    """
    info = _info(resource.path)
    info.file_size = resource.size
    data.seek(0)
    with package.open(info, "w") as file:
        shutil.copyfileobj(data, file)


def _copy(
    file: IO[bytes], folder: Path, selection: Iterable[Selected], index: list[str], pages: list[str]
) -> _Resource:
    digest, offset = hashlib.sha256(), 0
    for selected, data, record in _records(folder, selection):
        file.write(data)
        digest.update(data)
        index.append(_index_line(record, offset, len(data)))
        if selected.title is not None:
            pages.append(_page_line(record, selected.title))
        offset += len(data)
    return _Resource(f"archive/{WARC_NAME}", digest.hexdigest(), offset)


def _records(folder: Path, selection: Iterable[Selected]) -> Iterator[tuple[Selected, bytes, Record]]:
    for selected in selection:
        place = selected.place
        path = folder / place.file
        with path.open("rb") as file:
            file.seek(place.offset)
            data = file.read(place.length)
        record = parse_member(data, place, path)
        if not isinstance(record, Record):
            raise ArchiveDamaged(f"{path} holds no whole response at offset {place.offset}")
        yield selected, data, record


def _index_line(record: Record, offset: int, length: int) -> str:
    mime = "warc/revisit" if record.kind == "revisit" else _media_type(record)
    fields = {
        "url": record.url,
        "mime": mime,
        "status": str(record.status),
        "digest": f"sha256:{record.payload_sha256}",
        "length": str(length),
        "offset": str(offset),
        "filename": WARC_NAME,
    }
    return f"{surt(record.url)} {record.at.astimezone(UTC):%Y%m%d%H%M%S} {json.dumps(fields)}\n"


def _page_line(record: Record, title: str) -> str:
    page = {
        "id": record.record_id.removeprefix("<urn:uuid:").removesuffix(">"),
        "url": record.url,
        "ts": f"{record.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "title": title,
    }
    return json.dumps(page, ensure_ascii=False)


def _media_type(record: Record) -> str:
    return (record.header("content-type") or "unk").partition(";")[0].strip().lower()


def _describe(package: zipfile.ZipFile, resources: list[_Resource], title: str, created: datetime) -> None:
    description = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "created": f"{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "software": "communique",
        "resources": [
            {
                "name": Path(resource.path).name,
                "path": resource.path,
                "hash": f"sha256:{resource.sha256}",
                "bytes": resource.size,
            }
            for resource in resources
        ],
    }
    made = _add(package, "datapackage.json", json.dumps(description, ensure_ascii=False, indent=2))
    digest = {"path": made.path, "hash": f"sha256:{made.sha256}"}
    _add(package, "datapackage-digest.json", json.dumps(digest, indent=2))


def _add(package: zipfile.ZipFile, path: str, text: str) -> _Resource:
    data = text.encode()
    package.writestr(_info(path), data)
    return _Resource(path, hashlib.sha256(data).hexdigest(), len(data))


def _info(path: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(path, date_time=_EPOCH)
