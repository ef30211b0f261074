"""A redacted number, address or name is in no file, table, index or output, in no form; and the archive verifies."""

import gzip
import zlib
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from archive import chain
from archive.blackout import MARK, Blackout
from archive.database import open_archive
from archive.store import Writer
from archive.verify import verify
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
    """All bytes of the archive's files, those of the evidence decompressed too."""
    data = b""
    for file in path.parent.rglob("*"):
        if file.is_file():
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
