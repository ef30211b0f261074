"""A person who was redacted does not come back with the next crawl, and the redaction itself is no edit of the ministry."""

import zlib
from pathlib import Path

import pytest

from communique.demo import serve
from tests.crawl.test_demo import communique, crawl, rows

SINCE = ("--since", "2024-06-01")


def bytes_of(path: Path) -> bytes:
    """Everything in the archive's files, those of the evidence unpacked."""
    data = b""
    for file in path.rglob("*"):
        if file.is_file() and file.name.endswith(".gz"):
            rest = file.read_bytes()
            while rest:
                inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
                data += inflate.decompress(rest)
                rest = inflate.unused_data
        elif file.is_file():
            data += file.read_bytes()
    return data


@pytest.mark.slow
def test_a_redacted_person_stays_away_while_the_site_still_names_them(tmp_path: Path) -> None:
    with serve(1, 0) as site:
        port = site.port
        crawl(tmp_path, site, *SINCE)
        [(name, mail)] = rows(
            tmp_path,
            "select name, email from contacts where name is not null and email is not null group by 1, 2"
            " order by count(*) desc, 1 limit 1",
        )
        assert str(name).encode() in bytes_of(tmp_path)
        for text in (str(name), str(mail)):
            order = ("--reason", "private", "--authority", "test", "--yes")
            done = communique(tmp_path, port, "redact", text, *order)
            assert done.returncode == 0, done.stderr
        assert str(name).encode() not in bytes_of(tmp_path)
        crawl(tmp_path, site)
    with serve(2, port) as site:
        crawl(tmp_path, site)
    left = bytes_of(tmp_path)
    assert str(name).encode() not in left
    assert str(mail).encode() not in left
    kinds = [kind for (kind,) in rows(tmp_path, "select kind from events where kind <> 'new' order by 1")]
    assert len(kinds) == len(set(kinds)), f"the redaction is told as an edit: {kinds}"
    done = communique(tmp_path, port, "verify")
    assert done.returncode == 0, done.stdout
