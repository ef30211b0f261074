"""Links, translations and rejects stand under no digest: verify asks each for its grounds."""

import sqlite3
from pathlib import Path

import pytest

from archive.database import open_archive
from archive.model import Identity, Newsroom, Translation
from archive.store import Writer
from archive.verify import verify
from tests.archive.looking import see
from tests.archive.pages import exchange, release

SWEDISH = "https://ministry.example/sv/-/meddelande-1"
DAMAGE = {
    "one way": ("delete from relations where from_release = 1 and to_release = 2", "no way back"),
    "another time": ("update relations set made_at = '2020' where from_release = 1 and to_release = 2", "no way back"),
    "no translation": ("delete from translations", "neither names the other"),
    "hreflang": ("update relations set to_release = 4 where to_release = 2; update relations set from_release = 4 where from_release = 2", "names the other"),
    "cms id": ("update release_identities set value = 'liferay:8@en' where release_id = 5", "number in the content management"),
    "contacts": ("update relations set evidence = 'contacts and time' where evidence = 'cms id'", "not of one minute"),
    "degree": ("update relations set score = 0.9", "not alike to that degree"),
    "kind": ("update relations set kind = 'same as' where kind = 'translation'", "no way back"),
    "address": ("update translations set url_key = 'a'", "another address's key"),
    "reject's address": ("update rejects set url = 'https://ministry.example/b'", "differs from its capture in url_key"),
    "reject's time": ("update rejects set at = '2020-01-01T00:00:00.000000+00:00'", "differs from its capture in at"),
    "reject's newsroom": ("update rejects set newsroom = 'other'", "differs from its capture in newsroom"),
}  # fmt: skip


@pytest.fixture
def linked(writer: Writer) -> Path:
    """Five releases linked in each way, and a reject."""
    writer.put_newsroom(Newsroom("other", "Ministry of Others"))
    see(writer, release(1, translations=(Translation("sv", SWEDISH),), contacts=()))
    see(
        writer,
        release(url=SWEDISH, identity=Identity("url", "sv/1"), language="sv", headline="Stöd", contacts=()),
    )
    copy = "https://other.example/copy"
    see(writer, release(newsroom="other", url=copy, identity=Identity("url", "copy"), contacts=()))
    see(
        writer,
        release(4, identity=Identity("cms", "liferay:9@sv"), headline="Annat", language="sv", contacts=()),
    )
    see(writer, release(5, identity=Identity("cms", "liferay:9@en"), headline="Other", contacts=()))
    see(writer, release(6, language="fi", headline="Tuki", body="Ministeriö myöntää tuen."))
    see(
        writer,
        release(6, url="https://ministry.example/-/six", identity=Identity("url", "six"), headline="Six"),
    )
    refused = "https://ministry.example/refused"
    capture = writer.keep(exchange(refused, "no release"))
    writer.reject("demo", refused, "listing", detail="12 links", capture=capture)
    writer.end_run(0)
    return writer.archive.path


def test_links_with_their_grounds_are_clean(linked: Path) -> None:
    with open_archive(linked) as archive:
        found = archive.connection.execute("select distinct evidence from relations order by 1").fetchall()
        assert [row[0] for row in found] == ["cms id", "contacts and time", "headline and text", "hreflang"]
        assert verify(archive).findings == []


@pytest.mark.parametrize(("damage", "told"), DAMAGE.values(), ids=DAMAGE)
def test_a_link_or_reject_without_grounds_is_found(linked: Path, damage: str, told: str) -> None:
    connection = sqlite3.connect(linked)
    connection.executescript(damage)
    connection.close()
    with open_archive(linked) as archive:
        found = [finding.what for finding in verify(archive).findings]
    assert any(told in what for what in found), found
