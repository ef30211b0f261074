"""Attached documents: each content once, searchable, and told where the file changes under its address."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import documents
from archive.documents import Document
from archive.model import Attachment, Exchange
from archive.redaction import redact
from archive.store import Writer
from archive.verify import verify
from archive.warc import sha256
from communique.cli import main
from crawler.spiders.attachments import read_document
from tests.archive.pages import ROOM, at, exchange, release

URL = "https://ministry.example/report.pdf"


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer.open(tmp_path / "archive.db") as writer:
        writer.begin_run("crawl", "0")
        writer.put_newsroom(ROOM)
        page = replace(release(), attachments=(Attachment(URL, "Report"),))
        writer.store(page, writer.keep(exchange(page.url, page.body)))
        yield writer


def fetch(writer: Writer, text: str, hours: float) -> None:
    body = f"%not a pdf: {text}".encode()
    headers = (("Content-Type", "application/pdf"),)
    capture = writer.keep(Exchange(URL, "attachment", 200, headers, body, at(hours), newsroom="demo"))
    digest = hashlib.sha256(body).hexdigest()
    writer.document(Document("demo", URL, digest, len(body), "application/pdf", text), capture)
    writer.commit_batch()


def test_a_document_is_stored_once_and_told_when_it_changes(writer: Writer) -> None:
    for hours, text in enumerate(["ferry timetable", "ferry timetable", "another timetable"]):
        fetch(writer, text, hours)
    found = writer.archive.connection.execute("select seq, text from documents order by seq").fetchall()
    assert [tuple(row) for row in found] == [(1, "ferry timetable"), (2, "another timetable")]
    kinds = [row[0] for row in writer.archive.connection.execute("select kind from events order by id")]
    assert kinds == ["new", "attachment changed"]
    [digest] = writer.archive.connection.execute("select sha256 from attachments").fetchone()
    assert digest == hashlib.sha256(b"%not a pdf: another timetable").hexdigest()
    assert verify(writer.archive).findings == []


def test_what_was_fetched_lately_is_not_asked_for(writer: Writer) -> None:
    assert documents.wanted(writer.archive, [URL], at(1)) == [URL]
    fetch(writer, "text", 1)
    assert documents.wanted(writer.archive, [URL], at(2)) == []
    assert documents.wanted(writer.archive, [URL], at(24 * 40)) == [URL]


@pytest.mark.parametrize("query", ["timetable", '"ferry timetable', "ferry AND (", "FERRY*"])
def test_any_text_is_a_search(writer: Writer, query: str) -> None:
    fetch(writer, "the ferry timetable of 2026 and more", 1)
    found = documents.search(writer.archive, query)
    assert [each.releases for each in found] == [(1,)]
    assert documents.search(writer.archive, "…") == []


def test_the_command_names_passage_and_release(writer: Writer) -> None:
    fetch(writer, "the ferry timetable of 2026", 1)
    path = str(writer.archive.path)
    result = CliRunner().invoke(main, ["documents", "timetable", "--archive", path])
    assert "[timetable]" in result.output
    assert URL in result.output.replace("\n", "").replace(" ", "") or "report.pdf" in result.output


def test_a_redacted_document_is_gone_whole(writer: Writer) -> None:
    fetch(writer, "call Etunimi Sukunimi", 1)
    redact(writer.archive, "Etunimi Sukunimi", reason="private", authority="test")
    assert documents.search(writer.archive, "Sukunimi") == []
    assert verify(writer.archive).findings == []
    stored = writer.archive.connection.execute("select text, sha256 from documents").fetchone()
    assert tuple(stored) == ("call [redacted]", sha256(b"[redacted]"))


def test_a_pdf_is_read_and_another_file_only_kept() -> None:
    assert read_document("demo", URL, b"PK\x03\x04", "application/zip").text == ""
    assert read_document("demo", URL, b"%PDF-1.4 broken", None).refused
