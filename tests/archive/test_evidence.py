"""WARC files: what is appended is read back whole, and a reader of other programs agrees."""

import gzip
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from archive import evidence, known, warc
from archive.errors import ArchiveDamaged
from archive.integrity import zstd
from archive.model import Exchange

AT = datetime(2026, 11, 23, 8, 30, 15, 123456, tzinfo=UTC)
PAGE = Exchange(
    url="https://ministry.example/sv/-/meddelande?a=1",
    purpose="release",
    status=200,
    headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"a1"')),
    body="<h1>Regeringen föreslår</h1>".encode(),
    fetched_at=AT,
    newsroom="fi_demo",
)


def write(folder: Path, *exchanges: Exchange) -> list[evidence.Place]:
    file = evidence.EvidenceFile(folder, "a.warc.gz", 0)
    places = [file.append(warc.pack(each, warc.new_record_id(), None)) for each in exchanges]
    file.sync()
    file.close()
    return places


def test_a_record_is_read_back_as_it_was(tmp_path: Path) -> None:
    [place] = write(tmp_path, PAGE)
    record = evidence.read_record(tmp_path, place)
    assert (record.url, record.status, record.payload, record.at) == (PAGE.url, 200, PAGE.body, AT)
    assert record.header("etag") == '"a1"'
    assert (record.newsroom, record.purpose) == ("fi_demo", "release")
    assert record.payload_sha256 == warc.sha256(PAGE.body)


def test_every_response_is_found_by_walking_the_file(tmp_path: Path) -> None:
    places = write(tmp_path, PAGE, PAGE, PAGE)
    assert [record.place for record in evidence.records(tmp_path, "a.warc.gz")] == places


def test_warcio_checks_the_file(tmp_path: Path) -> None:
    write(tmp_path, PAGE)
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(tmp_path / "a.warc.gz")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert "digest pass" in result.stdout


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_cut_tail_is_named_with_its_offset(tmp_path: Path, cut: int) -> None:
    places = write(tmp_path, PAGE, PAGE)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(ArchiveDamaged, match=r"a\.warc\.gz is cut off: the record at offset"):
        list(evidence.members(path))
    assert evidence.read_record(tmp_path, places[0]).payload == PAGE.body


def test_a_flipped_bit_is_named(tmp_path: Path) -> None:
    [place] = write(tmp_path, PAGE)
    path = tmp_path / "a.warc.gz"
    data = bytearray(path.read_bytes())
    data[place.offset + place.length // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ArchiveDamaged, match=f"offset {place.offset}"):
        evidence.read_record(tmp_path, place)


def test_letters_beyond_ascii_in_address_and_headers_are_read_back_as_they_were(tmp_path: Path) -> None:
    page = replace(
        PAGE,
        url="https://ministeriö.example/päätös?haku=työ",
        headers=(("Content-Type", "text/html; title=työ"),),
    )
    [place] = write(tmp_path, page)
    record = evidence.read_record(tmp_path, place)
    assert (record.url, record.header("content-type")) == (page.url, "text/html; title=työ")
    request = [data for _, data in evidence.members(tmp_path / "a.warc.gz")][2]
    assert b"GET /p%C3%A4%C3%A4t%C3%B6s?haku=ty%C3%B6 HTTP/1.1" in gzip.decompress(request)


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": bare_deflate,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "deflate, br": lambda data: brotli.compress(zlib.compress(data)),
}


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_stored_page_is_unpacked_from_every_encoding_that_the_crawl_takes(
    tmp_path: Path, encoding: str
) -> None:
    packed = PACKERS[encoding](PAGE.body)
    [place] = write(tmp_path, replace(PAGE, headers=(("Content-Encoding", encoding),), body=packed))
    record = evidence.read_record(tmp_path, place)
    assert record.payload == packed, "kept as received"
    assert known.decoded(record) == PAGE.body
    cut = replace(record, payload=packed[:-1])
    with pytest.raises(ArchiveDamaged, match="can't be unpacked"):
        known.decoded(cut)
