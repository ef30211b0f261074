"""Makes an archive of any size for measuring: seeded, eight languages, words as frequent as Zipf says.

    python -m bench.make_archive /tmp/million/archive.db --releases 1000000

Nothing in it was ever published. Each release has a revision, a reading, a contact, an event and a capture's row (without
evidence behind it). Sentences are made once and combined, so that common words stand in most releases and rare ones in few.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import msgspec

from archive import schema
from archive.model import Contact, EmailState, Identity, Moment, Precision, Release
from archive.positions import position_of
from archive.stems import index_terms

LANGUAGES = {"fi": "FI", "sv": "SE", "nb": "NO", "de": "DE", "en": "IE", "fr": "FR", "es": "ES", "zh": "TW"}
SYLLABLES = {
    "fi": "ka la mi nen tus kau ppa vi ran omai set mä ärä yk sik kö oi keu hal li tuk sen",
    "sv": "för sam hand el män nisk o rätt skap ning rege ring en ar be slut på stöd kom mun",
    "nb": "re gje ring en for hand ling er dep arte ment stat bud sjett ut valg sik ker het",
    "de": "mi ni ster ium bun des amt ge setz ver ord nung för der ung haus halt über schul ung",
    "en": "gov ern ment pol icy min ist er fund ing dis trict coun cil re port pub lic work ers",
    "fr": "gou ver ne ment loi pré fet con seil pu blic é tat tra vail san té dé cret mi nis tre",
    "es": "go bier no mi nis te rio ley con se jo pre su pues to sa lud tra ba jo pla ción",
}
HAN = "政府部長會議法案預算公告人民經濟教育衛生安全國際合作計畫發展環境能源交通勞動文化司法行政院地方"
WORDS, SENTENCES, BATCH = 20_000, 6_000, 1_000
TYPES = ("press release",) * 8 + ("speech", "news")
START = datetime(2010, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what the index keeps of it."""

    text: str
    terms: tuple[str, ...]


def make(path: Path, releases: int, seed: int = 1, *, newsrooms_each: int = 15) -> None:
    """Writes a new archive of so many releases. The full-text index is built at the end, in one go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    schema.migrate(connection)
    for pragma in ("journal_mode = wal", "synchronous = off", "cache_size = -500000", "temp_store = memory"):
        connection.execute(f"pragma {pragma}")
    dice = random.Random(seed)
    rooms = _newsrooms(connection, newsrooms_each)
    triggers = _without_full_text_triggers(connection)
    for start in range(0, releases, BATCH):
        size = min(BATCH, releases - start)
        connection.execute("begin")
        _insert(connection, _batch(dice, rooms, start, size, releases))
        connection.execute("commit")
    connection.execute("insert into releases_fts (releases_fts, rank) values ('hashsize', 268435456)")
    connection.execute("insert into releases_fts (releases_fts) values ('rebuild')")
    connection.execute("insert into releases_fts (releases_fts) values ('optimize')")
    connection.execute(
        "insert into contacts_fts (rowid, text) select position, text from contacted where text is not null order by position"
    )
    for sql in triggers:
        connection.execute(sql)
    connection.execute("analyze")
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


def vocabulary(language: str, seed: int = 1) -> list[str]:
    """The language's words, the most frequent first; for Chinese, words of one to three characters."""
    dice = random.Random(f"{language}{seed}")
    parts = list(HAN) if language == "zh" else SYLLABLES[language].split()
    longest = 3 if language == "zh" else 5
    words: dict[str, None] = {}
    while len(words) < WORDS:
        words["".join(dice.choices(parts, k=dice.randint(2, longest)))] = None
    return list(words)


def _sentences(language: str) -> list[Sentence]:
    dice = random.Random(f"sentences {language}")
    words = vocabulary(language)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    made = []
    for _ in range(SENTENCES):
        chosen = dice.choices(words, cum_weights=weights, k=dice.randint(9, 22))
        text = "".join(chosen) + "。" if language == "zh" else " ".join(chosen).capitalize() + "."
        made.append(Sentence(text, tuple(index_terms(language, text).split())))
    return made


def _newsrooms(connection: sqlite3.Connection, each: int) -> list[tuple[str, str, list[Sentence]]]:
    rooms = []
    for language, country in LANGUAGES.items():
        sentences = _sentences(language)
        for number in range(each):
            slug = f"{country.lower()}_{number:02}"
            connection.execute(
                "insert into newsrooms (slug, name, country, site, languages, timezone, grade, first_seen_at)"
                " values (?, ?, ?, ?, ?, 'UTC', 'synthetic', '2026-01-01T00:00:00+00:00')",
                (slug, f"Ministry {number} of {country} (invented)", country, f"https://{slug}.example", f'["{language}"]'),
            )  # fmt: skip
            rooms.append((slug, language, sentences))
    connection.execute(
        "insert into warc_files (name, bytes_committed, opened_at) values ('invented.warc.gz', 0, '2026-01-01')"
    )
    return rooms


def _without_full_text_triggers(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "select name, sql from sqlite_master where type = 'trigger' and name like '%\\_fts\\_%' escape '\\'"
    ).fetchall()
    for name, _ in found:
        connection.execute(f"drop trigger {name}")
    return [sql for _, sql in found]


def _batch(
    dice: random.Random, rooms: list[tuple[str, str, list[Sentence]]], start: int, size: int, releases: int
) -> Iterator[tuple[int, Release, str]]:
    step = timedelta(days=16 * 365) / releases
    for number in range(start + 1, start + size + 1):
        slug, language, sentences = dice.choice(rooms)
        chosen = dice.choices(sentences, k=dice.randint(8, 18))
        joint = "" if language == "zh" else " "
        paragraphs = [
            joint.join(each.text for each in chosen[at : at + 4]) for at in range(1, len(chosen), 4)
        ]
        url = f"https://{slug}.example/release/{number}"
        at = (START + step * number).replace(microsecond=0)
        release = Release(
            newsroom=slug, url=url, identity=Identity("url", url[8:]), headline=chosen[0].text.rstrip(".。"),
            body="\n\n".join(paragraphs), language=language, published=Moment(at, Precision.MINUTE, at.isoformat(), "invented"),
            published_raw=at.isoformat(), type=dice.choice(TYPES), contacts=(_contact(dice, slug),), reader_version="invented",
        )  # fmt: skip
        terms = chain.from_iterable(each.terms for each in chosen)
        yield number, release, " ".join(terms if language == "zh" else dict.fromkeys(terms))


def _contact(dice: random.Random, slug: str) -> Contact:
    name = f"Person {dice.randint(1, 9)}{slug[:2].upper()} Example{dice.randint(1, 400)}"
    return Contact(
        name=name,
        role="Press officer",
        phone="0295 000 000",
        phone_e164="+358295000000",
        email=f"press{dice.randint(1, 400)}@{slug}.example",
        email_state=EmailState.PRINTED,
    )


def _insert(connection: sqlite3.Connection, batch: Iterator[tuple[int, Release, str]]) -> None:
    encoder = msgspec.json.Encoder()
    tables: dict[str, list[dict[str, Any]]] = {}
    for number, release, stems in batch:
        for table, row in _rows(number, release, stems, encoder.encode(release).decode()):
            tables.setdefault(table, []).append(row)
    for table in (
        "captures",
        "releases",
        "revisions",
        "readings",
        "contacts",
        "sightings",
        "release_urls",
        "events",
    ):
        rows = tables[table]
        names = ", ".join(rows[0])
        marks = ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f"insert into {table} ({names}) values ({marks})", rows)


SEEN = "2026-01-01T00:00:00+00:00"


def _rows(number: int, release: Release, stems: str, content: str) -> Iterator[tuple[str, dict[str, Any]]]:
    digest = hashlib.sha256(content.encode()).hexdigest()
    yield "releases", _release_row(number, release, stems)
    yield from _evidence_rows(number, release, digest, content)
    contact = release.contacts[0]
    yield "contacts", {
        "revision_id": number, "position": 1, "name": contact.name, "role": contact.role, "phone": contact.phone,
        "phone_e164": contact.phone_e164, "email": contact.email, "email_state": contact.email_state.value,
    }  # fmt: skip
    yield from _sight_rows(number, release)


def _release_row(number: int, release: Release, stems: str) -> dict[str, Any]:
    assert release.published is not None
    published = release.published.at.isoformat()
    return {
        "id": number, "newsroom": release.newsroom, "identity_kind": "url", "identity": release.url[8:], "url": release.url,
        "language": release.language, "headline": release.headline, "published_at": published, "published_raw": published,
        "published_precision": "minute", "type": release.type, "body": release.body, "current_revision": number,
        "capture_id": number, "first_seen_at": SEEN, "position": position_of(published, SEEN), "stems": stems,
    }  # fmt: skip


def _evidence_rows(
    number: int, release: Release, digest: str, content: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "captures", {
        "id": number, "newsroom": release.newsroom, "url": release.url, "url_key": release.url[8:], "purpose": "release",
        "status": 200, "captured_at": SEEN, "payload_sha256": digest, "warc_file": "invented.warc.gz",
        "warc_offset": number, "warc_length": 1,
    }  # fmt: skip
    revision = {
        "id": number, "release_id": number, "seq": 1, "capture_id": number, "seen_at": SEEN, "content_sha256": digest,
        "norm_version": 1,
    }  # fmt: skip
    yield "revisions", revision
    yield "readings", {
        "id": number, "revision_id": number, "reader_version": "invented", "norm_version": 1, "capture_id": number,
        "read_at": SEEN, "content_sha256": digest, "content": content,
    }  # fmt: skip


def _sight_rows(number: int, release: Release) -> Iterator[tuple[str, dict[str, Any]]]:
    of = {"release_id": number}
    seen = dict.fromkeys(("last_seen_at", "last_read_at", "last_look_at"), SEEN)
    yield "sightings", of | {"newsroom": release.newsroom} | seen
    yield (
        "release_urls",
        of | {"url": release.url, "url_key": release.url[8:], "role": "first", "from_at": SEEN},
    )
    yield "events", of | {"newsroom": release.newsroom, "kind": "new", "at": SEEN, "revision_id": number}


def main() -> None:
    """The command line: where to, and how many."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--releases", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    began = time.monotonic()
    make(chosen.path, chosen.releases, chosen.seed)
    print(
        f"{chosen.releases:,} releases in {time.monotonic() - began:.0f} s, {chosen.path.stat().st_size / 1e9:.2f} GB"
    )


if __name__ == "__main__":
    main()
