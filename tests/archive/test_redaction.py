"""A redacted number, address or name is in no file, table, index or output, in no form; and the archive verifies."""

import gzip
import sqlite3
import zlib
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from archive import chain
from archive.backup import backup
from archive.blackout import MARK, Blackout
from archive.database import open_archive
from archive.documents import Document
from archive.errors import ArchiveDamaged
from archive.redaction_key import FILE, key_file
from archive.restoring import restore
from archive.standing import order_for, texts_found
from archive.store import Writer
from archive.verify import verify
from archive.warc import sha256
from communique.cli import main
from tests.archive.pages import CONTACT, ROOM, at, exchange, release

NUMBER, MAIL, NAME = "040 000 1234", "etu.suku@ministry.example", "Etunimi Sukunimi"
CODED = "5a" + "".join(f"{ord(char) ^ 0x5A:02x}" for char in MAIL)
PRIVATE = replace(
    CONTACT,
    name=NAME,
    phone="+358 40 000 1234",
    phone_e164="+358400001234",
    phones=("+358 40 000 1234",),
    email=MAIL,
    raw=f"{NAME}, {NUMBER}, {MAIL}",
)
PAGE = (
    f"<p>{NAME}, tel. 040&nbsp;000&nbsp;1234 or +358 40 0001234</p>"
    f'<a href="/cdn-cgi/l/email-protection#{CODED}" data-cfemail="{CODED}">mail</a> <a href="mailto:{MAIL}">mail</a>'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two releases that hold it (one in two revisions, seen again unchanged) and one that doesn't; chained."""
    path = tmp_path / "archive.db"
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        writer.put_newsroom(ROOM)
        held = release(1, contacts=(PRIVATE,), body=f"Ask {NAME}. " + release().body)
        for hours, page in enumerate([held, held, replace(held, headline=f"{NAME} appointed")]):
            writer.store(page, writer.keep(exchange(page.url, f"{PAGE}{page.headline}", hours=hours)))
            writer.commit_batch()
        other = release(2, contacts=(PRIVATE,))
        writer.store(other, writer.keep(exchange(other.url, PAGE + "2", hours=5)))
        writer.store(release(3), writer.keep(exchange(release(3).url, "nothing here", hours=6)))
        writer.end_run(0)
    with open_archive(path, write=True) as archive:
        with archive.transaction() as connection:
            chain.close_days(connection, at(24 * 30))
        chain.write_file(archive.connection, archive.evidence)
    return path


def everything(path: Path) -> bytes:
    """All bytes of the archive's files but the key of its orders, those of the evidence decompressed too."""
    data = b""
    for file in path.parent.rglob("*"):
        if file.is_file() and file.name != FILE:
            data += file.read_bytes()
            if file.name.endswith(".gz"):
                rest = file.read_bytes()
                while rest:
                    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
                    data += inflate.decompress(rest)
                    rest = inflate.unused_data
    return data.lower()


@pytest.mark.parametrize("cut", [0, 1])
def test_it_is_found_under_every_compression_and_in_what_came_of_a_body_cut_off(
    tmp_path: Path, cut: int
) -> None:
    path = tmp_path / "archive.db"
    packed = {"br": brotli.compress(PAGE.encode() * 50), "gzip": gzip.compress(PAGE.encode() * 50)}
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        writer.put_newsroom(ROOM)
        for number, (encoding, body) in enumerate(packed.items()):
            page = exchange(release(number).url, headers=(("Content-Encoding", encoding),))
            came = body[: len(body) - cut]
            writer.keep(replace(page, body=came, truncated="length" if cut else None))
        writer.end_run(0)
    assert redacted(path, NUMBER).exit_code == 0
    with open_archive(path) as archive:
        assert verify(archive).findings == []
    assert not [form for form in FORMS[NUMBER] if form in everything(path)]


FORMS = {
    NUMBER: [b"0000 1234", b"000 1234", b"400001234", b"000&nbsp;1234", b"400001234"],
    MAIL: [MAIL.encode(), CODED.encode()],
    NAME: [b"sukunimi", b"etunimi"],
}


def redacted(path: Path, text: str, *more: str) -> Result:
    """The command, as an operator gives it."""
    order = ["redact", text, "--reason", "private", "--authority", "test", "--yes", *more]
    return CliRunner().invoke(main, [*order, "--archive", str(path)])


@pytest.mark.parametrize("text", FORMS)
def test_nothing_of_it_is_left_and_the_archive_verifies(path: Path, text: str) -> None:
    before = everything(path)
    assert all(form in before for form in FORMS[text][-1:])
    result = redacted(path, text)
    assert result.exit_code == 0, result.output
    assert "4 captures and 2 releases" in result.output
    left = everything(path)
    assert [form for form in FORMS[text] if form in left] == []
    with open_archive(path) as archive:
        assert verify(archive).findings == []
        assert archive.connection.execute("select count(*) from redactions").fetchone()[0] >= 7
        body = archive.connection.execute("select body from releases where id = 3").fetchone()[0]
    assert body == release(3).body


def test_a_redacted_page_still_reads_and_repeats(path: Path) -> None:
    redacted(path, NUMBER)
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        page = release(3)
        writer.store(page, writer.keep(exchange(page.url, "nothing here", hours=99)))
        [stored] = writer.end_run(0)
    assert stored.result == "unchanged"
    with open_archive(path) as archive:
        assert verify(archive).findings == []


def test_a_text_too_short_is_refused(path: Path) -> None:
    result = redacted(path, "of")
    assert result.exit_code == 2
    assert "at least five characters" in result.output


@given(st.text(), st.text())
def test_a_name_is_blacked_out_wherever_it_stands(before: str, after: str) -> None:
    blacked = Blackout(NAME).text(f"{before} {NAME.upper()} {after}")
    assert NAME.casefold() not in blacked.casefold()
    assert MARK in blacked


@given(st.binary())
def test_other_bytes_stay_as_they_are(data: bytes) -> None:
    assert Blackout("nobody@nowhere.example").payload(data) == data


STILL_SHOWN = {
    NUMBER: f"<p>Ask {NAME}, tel. +358&nbsp;40&nbsp;000&nbsp;1234</p>",
    MAIL: f'<a data-cfemail="{CODED}">mail</a> or <a href="mailto:etu.suku%40ministry.example">mail</a>',
    NAME: f"<p>Director <b>{NAME}</b> says so.</p>",
}


@pytest.mark.parametrize("text", STILL_SHOWN)
def test_a_page_that_still_shows_it_is_redacted_on_arrival(path: Path, text: str) -> None:
    redacted(path, text)
    given = exchange(release(9).url, STILL_SHOWN[text], hours=200)
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        capture, kept = writer.receive(given)
        writer.end_run(0)
    assert kept.body != given.body
    assert MARK.encode() in kept.body or MARK.encode().hex().encode() in kept.body
    assert capture.payload_sha256 == sha256(kept.body)
    left = everything(path)
    assert [form for form in FORMS[text] if form in left] == []
    with open_archive(path) as archive:
        assert verify(archive).findings == []


@pytest.mark.parametrize("text", ["+358 40 000 1234", "00358400001234", "0400001234"])
def test_a_number_is_known_again_however_it_was_given(path: Path, text: str) -> None:
    redacted(path, text)
    assert not [form for form in FORMS[NUMBER] if form in everything(path)]
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        for shown in ("040 000 1234", "+358 40 000 1234", "tel:+358400001234", "0400001234"):
            assert b"1234" not in writer.receive(exchange(release(9).url, f"Call {shown} now"))[1].body
        for other in ("040 000 12345", "050 000 1234", "0400 00123"):
            assert other.encode() in writer.receive(exchange(release(9).url, f"Call {other} now"))[1].body


def test_nothing_else_is_touched_on_arrival_and_an_order_can_be_lifted(path: Path) -> None:
    for text in (NUMBER, MAIL, NAME):
        redacted(path, text)
    other = exchange(release(9).url, "<p>Etunimi Muu, Sukunimi Muu, 040 000 9999, etu@ministry.example</p>")
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        assert writer.receive(other)[1] is other
    assert "left where it stands" in redacted(path, NAME, "--lift").output
    assert "no standing order" in redacted(path, NAME, "--lift").output
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        shown = exchange(release(9).url, STILL_SHOWN[NAME])
        assert writer.receive(shown)[1] is shown
        assert writer.receive(exchange(release(9).url, STILL_SHOWN[MAIL]))[1].body != b""
    with open_archive(path) as archive:
        assert verify(archive).findings == []


def test_who_has_only_the_archive_can_not_try_texts_against_its_orders(path: Path) -> None:
    redacted(path, NUMBER)
    key = key_file(path).read_text()
    assert key_file(path).stat().st_mode & 0o777 == 0o600
    assert key.encode() not in everything(path)
    with sqlite3.connect(path) as connection:
        ((salt, digest),) = connection.execute("select salt, digest from standing").fetchall()
    assert order_for(NUMBER, key).digest == digest
    assert salt.startswith("key:")
    assert key not in salt


@pytest.mark.parametrize("key", [None, "ab" * 32])
def test_without_its_key_an_archive_is_not_written(path: Path, key: str | None) -> None:
    redacted(path, NUMBER)
    key_file(path).unlink()
    if key:
        key_file(path).write_text(key)
    with pytest.raises(ArchiveDamaged, match=r"redactions\.key is (missing|another one).*put it back"):
        Writer.open(path)
    assert redacted(path, NAME).exit_code == 5
    assert key_file(path).exists() is bool(key), "no other key is made in its place"
    with open_archive(path) as archive:
        assert verify(archive).findings == []


def test_a_backup_brings_the_key_and_an_older_order_its_own_salt(path: Path, tmp_path: Path) -> None:
    redacted(path, NUMBER)
    with open_archive(path, write=True) as archive:
        older = order_for(NAME, "00" * 16)
        with archive.transaction() as connection:
            connection.execute(
                "insert into standing (kind, size, salt, digest, reason, authority, at) values (?, ?, ?, ?, '', '', '')",
                (older.kind, older.size, older.salt, older.digest),
            )
        backup(archive, tmp_path / "copy")
    restored = tmp_path / "elsewhere" / "archive.db"
    restore(tmp_path / "copy", restored)
    with Writer.open(restored) as writer:
        writer.begin_run("crawl", "0")
        shown = writer.receive(exchange(release(9).url, f"{NAME}, {NUMBER}"))[1].body
    assert NAME.encode() not in shown
    assert NUMBER.encode() not in shown
    assert "left where it stands" in redacted(restored, NAME, "--lift").output


def test_what_repeats_a_repetition_of_it_is_redacted_and_rebuilt_too(path: Path) -> None:
    """A 304 stands for the newest capture, and that may itself say only "as before": found by random commands."""
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        for hours in (50, 51):
            writer.store(release(4), writer.keep(exchange(release(4).url, PAGE + "4", hours=hours)))
            writer.commit_batch()
        unchanged = exchange(release(4).url, status=304, hours=52)
        writer.not_modified(ROOM.slug, release(4).url, writer.keep(unchanged))
        writer.end_run(0)
    with sqlite3.connect(path) as connection:
        ((first, old),) = connection.execute(
            "select min(id), payload_sha256 from captures where url like '%release-4'"
        ).fetchall()
        chained = connection.execute("select id, revisit_of from captures where id > ?", (first,)).fetchall()
    assert chained == [(first + 1, first), (first + 2, first + 1)]
    redacted(path, NUMBER)
    assert old.encode() not in everything(path)
    assert CliRunner().invoke(main, ["rebuild", "--archive", str(path)]).exit_code == 0
    with open_archive(path) as archive:
        assert verify(archive).findings == []


def test_once_keeps_no_order(path: Path) -> None:
    redacted(path, NAME, "--once")
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        shown = exchange(release(9).url, STILL_SHOWN[NAME])
        assert writer.receive(shown)[1] is shown


def test_a_document_that_was_redacted_is_known_by_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    bytes_of_it = b"%PDF-1.7 its text is packed"
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        writer.put_newsroom(ROOM)
        url = "https://ministry.example/list.pdf"
        document = Document(
            "demo", url, sha256(bytes_of_it), len(bytes_of_it), "application/pdf", text=f"by {NAME}"
        )
        given = replace(exchange(url), purpose="attachment", body=bytes_of_it)
        writer.document(document, writer.keep(given))
        writer.end_run(0)
    redacted(path, NAME)
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        capture, kept = writer.receive(replace(given, fetched_at=at(900)))
        assert kept.body == MARK.encode()
        writer.document(replace(document, sha256=sha256(kept.body), text=""), capture)
        writer.end_run(0)
        assert writer.archive.connection.execute("select count(*) from documents").fetchone()[0] == 1


@given(st.text(), st.text())
def test_a_text_is_found_by_its_digest_wherever_a_blackout_would_find_it(before: str, after: str) -> None:
    orders = [order_for(text, "5a" * 16) for text in (NAME, MAIL, NUMBER)]
    for text in (NAME, MAIL, NUMBER):
        page = f"{before} {text} {after}".encode("utf-8", "replace")
        assert len(texts_found(page, orders)) >= 1
