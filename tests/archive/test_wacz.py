"""A WACZ holds the archive's own records, an index that finds them, and digests that verify."""

import gzip
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.errors import ArchiveDamaged
from archive.evidence import EvidenceFile, Place
from archive.model import Exchange
from archive.wacz import Selected, surt, write_wacz
from archive.warc import new_record_id, pack

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def keep(folder: Path, *urls: str) -> list[Place]:
    file = EvidenceFile(folder, "one.warc.gz", 0)
    places = [
        file.append(
            pack(
                Exchange(
                    url,
                    "release",
                    200,
                    (("Content-Type", "text/html; charset=utf-8"),),
                    f"<h1>{url}</h1>".encode(),
                    AT,
                ),
                new_record_id(),
                None,
            )
        )
        for url in urls
    ]
    file.sync()
    file.close()
    return places


def test_every_record_is_found_by_its_index_line_and_every_digest_verifies(tmp_path: Path) -> None:
    places = keep(tmp_path / "evidence", "https://www.om.example/-/a", "https://om.example/-/b?x=1")
    target = tmp_path / "some.wacz"
    count = write_wacz(
        target,
        tmp_path / "evidence",
        [Selected(places[1], "B, ä"), Selected(places[0])],
        title="Two",
        created=AT,
    )
    assert count == 2
    with zipfile.ZipFile(target) as package:
        description = json.loads(package.read("datapackage.json"))
        for resource in description["resources"]:
            data = package.read(resource["path"])
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            assert resource["bytes"] == len(data)
        digest = json.loads(package.read("datapackage-digest.json"))
        assert digest["hash"] == f"sha256:{hashlib.sha256(package.read('datapackage.json')).hexdigest()}"
        warc = package.read("archive/data.warc.gz")
        lines = package.read("indexes/index.cdx").decode().splitlines()
        assert lines == sorted(lines)
        for line in lines:
            fields = json.loads(line.split(" ", 2)[2])
            member = warc[int(fields["offset"]) : int(fields["offset"]) + int(fields["length"])]
            record = next(iter(ArchiveIterator(io.BytesIO(gzip.decompress(member)))))
            assert record.rec_headers.get_header("WARC-Target-URI") == fields["url"]
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").decode().splitlines()]
        assert [page.get("title") for page in pages] == ["Two", "B, ä"]


def test_players_that_read_by_the_central_directory_find_every_entry(tmp_path: Path) -> None:
    """ReplayWeb.page takes the local header of an entry to be as long as the central directory says."""
    (place,) = keep(tmp_path / "evidence", "https://om.example/-/a")
    target = tmp_path / "one.wacz"
    write_wacz(target, tmp_path / "evidence", [Selected(place, "A")], title="", created=AT)
    with zipfile.ZipFile(target) as package:
        for entry in package.infolist():
            begins = entry.header_offset + 30 + len(entry.filename.encode()) + len(entry.extra)
            assert target.read_bytes()[begins:].startswith(package.read(entry))


def test_a_damaged_record_leaves_no_file_behind(tmp_path: Path) -> None:
    (place,) = keep(tmp_path / "evidence", "https://om.example/-/a")
    path = tmp_path / "evidence" / place.file
    data = bytearray(path.read_bytes())
    data[place.offset + place.length // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ArchiveDamaged, match=r"one\.warc\.gz"):
        write_wacz(tmp_path / "x.wacz", tmp_path / "evidence", [Selected(place, "A")], title="", created=AT)
    assert [each.name for each in tmp_path.iterdir()] == ["evidence"]


def test_the_sort_friendly_form() -> None:
    assert surt("https://www.om.fi/-/slug?a=1") == "fi,om)/-/slug?a=1"
    assert surt("http://om.fi:8080") == "fi,om:8080)/"
