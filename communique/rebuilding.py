"""The archive made anew from its evidence alone: every record is taken up and read as in the crawl that fetched it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from archive import chain, evidence, known, merkle, sheets
from archive.addresses import url_key
from archive.carrying import carry
from archive.database import evidence_folder, take_lock
from archive.errors import ArchiveDamaged, UsageError
from archive.model import Absence, Capture
from archive.model import Newsroom as NewsroomRow
from archive.owed import Debt
from archive.store import Writer
from communique.rereading import Rereader, read_stored
from crawler.absences import absence_of_answer, absence_of_refusal
from crawler.failures import explain_status
from crawler.identity import VERSION
from crawler.items import Refusal
from crawler.reading import READER_VERSION
from crawler.recorder import newsroom_row
from crawler.registry import Newsroom, all_newsrooms
from crawler.spiders.attachments import read_document

BATCH = 200


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild made. ``days_proved`` of the ``days`` of the published chain came out the same, row by row;
    ``carried`` are rows by table that no evidence holds and that the database before had."""

    captures: int
    releases: int
    revisions: int
    events: int
    polls: int
    gaps: int
    days: int
    days_proved: int
    damage: tuple[str, ...]
    carried: dict[str, int]


def rebuild(path: Path) -> Rebuilt:
    """Makes the database at ``path`` anew from the evidence beside it; one that is there becomes ``….before-rebuild``.

    Raises UsageError where there is no evidence, ArchiveBusy while another run writes.
    """
    folder = evidence_folder(path)
    names = evidence.files_of(path, folder)
    if not names:
        raise UsageError(f"there is no evidence in {folder} to rebuild from")
    part = path.with_name(f"{path.name}.rebuilding")
    with take_lock(path):
        for leftover in _files(part):
            leftover.unlink(missing_ok=True)
        rebuilt = _rebuild(part, folder, names, path)
        for old, kept in zip(
            _files(path), _files(path.with_name(f"{path.name}.before-rebuild")), strict=True
        ):
            if old.exists():
                old.replace(kept)
        part.replace(path)
        Path(f"{part}.lock").unlink(missing_ok=True)
    return rebuilt


def _files(path: Path) -> tuple[Path, ...]:
    return (path, Path(f"{path}-wal"), Path(f"{path}-shm"))


def _rebuild(part: Path, folder: Path, names: list[str], before: Path) -> Rebuilt:
    reread = Rereader()
    with Writer.open(part, reread) as writer:
        reread.attach(writer.archive)
        with sheets.Newest() as newest:
            replay = _Replay(writer, newest)
            for name in names:
                replay.file(folder, name)
            replay.end()
        days, proved = _take_up_chain(writer, folder)
        carried, lost = carry(writer.archive, before)
        writer.archive.connection.execute("pragma wal_checkpoint(truncate)")
        counts = writer.archive.connection.execute(
            "select (select count(*) from captures), (select count(*) from releases), (select count(*) from revisions),"
            " (select count(*) from events), (select count(*) from polls), (select count(*) from gaps)"
        ).fetchone()
        captures, releases, revisions, events, polls, gaps = counts
        damage = (*replay.damage, *lost)
        return Rebuilt(captures, releases, revisions, events, polls, gaps, days, proved, damage, carried)


class _Replay:
    """The records of the evidence in order, each treated as the crawl treated it."""

    def __init__(self, writer: Writer, newest: sheets.Newest) -> None:
        self.damage: list[str] = []
        self._writer = writer
        self._newest = newest
        self._newsrooms: dict[str, Newsroom | None] = {}
        self._run: int | None = None
        self._owing: dict[
            str, Debt
        ] = {}  # of this run: a retry may still have it; which source named it is not known

    def file(self, folder: Path, name: str) -> None:
        records = list(self._places(folder, name))
        end = max((place.offset + place.length for place in records), default=0)
        self._writer.adopt_file(name, end)
        for place in records:
            record = self._record(folder, place)
            if isinstance(record, evidence.Sheet):
                self._writer.adopt_sheet(record)
                self._newest.add(record.payload)
            elif record is not None:
                self._take(record)

    def end(self) -> None:
        """The last run is judged; then what we did is put back as the sheets of the ledger have it."""
        self._end_run()
        with self._writer.archive.transaction() as connection:
            self.damage += sheets.restore(connection, self._newest, whole=not self.damage)

    def _end_run(self) -> None:
        for debt in self._owing.values():
            self._writer.owe(debt)
        self._owing.clear()
        if self._run is not None:
            self._writer.end_run(0)
        self._writer.commit_batch()

    def _places(self, folder: Path, name: str) -> Iterator[evidence.Place]:
        """Up to the first damage: behind a record cut off by a death there is nothing to know."""
        try:
            for place, _ in evidence.members(folder / name):
                yield place
        except ArchiveDamaged as error:
            self.damage.append(str(error))

    def _record(self, folder: Path, place: evidence.Place) -> evidence.Record | evidence.Sheet | None:
        with (folder / place.file).open("rb") as file:
            file.seek(place.offset)
            try:
                return evidence.parse_member(file.read(place.length), place, folder / place.file)
            except ArchiveDamaged as error:
                self.damage.append(str(error))
                return None

    def _take(self, record: evidence.Record) -> None:
        if record.run != self._run:
            self._end_run()
            self._run = record.run
            self._writer.begin_run("rebuild", VERSION, record.run)
        newsroom = self._newsroom(record.newsroom)
        capture = self._writer.adopt(record)
        if record.purpose == "release" and newsroom is not None and record.truncated is None:
            self._release(record, capture, newsroom)
        if (
            record.purpose == "attachment"
            and record.status == 200
            and newsroom is not None
            and not record.truncated
        ):
            stored = self._stored(record, capture)
            kind = (record.header("Content-Type") or "").partition(";")[0].strip()
            self._writer.document(read_document(newsroom.slug, record.url, stored.body, kind), capture)
        if self._writer.waiting >= BATCH:
            self._writer.commit_batch()

    def _newsroom(self, slug: str | None) -> Newsroom | None:
        if slug is None:
            return None
        if slug not in self._newsrooms:
            newsroom = all_newsrooms().get(slug)
            self._newsrooms[slug] = newsroom
            self._writer.put_newsroom(newsroom_row(newsroom) if newsroom else NewsroomRow(slug, slug))
        return self._newsrooms[slug]

    def _release(self, record: evidence.Record, capture: Capture, newsroom: Newsroom) -> None:
        asked = record.asked or record.url
        self._owing.pop(asked, None)
        if record.status == 304:
            self._writer.not_modified(newsroom.slug, asked, capture)
        elif how := absence_of_answer(asked, record.url, record.status, newsroom):
            self._missing(newsroom, asked, capture, how)
        elif record.status == 200:
            self._page(record, capture, newsroom, asked)
        elif record.status >= 400 and self._is_known(newsroom, asked):
            self._writer.looked_in_vain(newsroom.slug, asked, explain_status(record.status)[1], capture)
        elif record.status >= 400:
            told, hints = explain_status(record.status), dict(record.hints)
            self._owing[asked] = Debt(
                newsroom.slug, asked, "", *told, hints.get("published_raw"), hints.get("language"), capture
            )

    def _page(self, record: evidence.Record, capture: Capture, newsroom: Newsroom, asked: str) -> None:
        found = read_stored(self._stored(record, capture), newsroom)
        if not isinstance(found, Refusal):
            self._writer.store(found, replace(capture, url=asked))
        elif (how := absence_of_refusal(asked, record.url, found.reason)) and self._is_known(newsroom, asked):
            self._writer.absent(newsroom.slug, asked, how, capture)
        else:
            self._writer.reject(
                newsroom.slug, asked, found.reason, detail=found.evidence, capture=capture, reader_version=READER_VERSION
            )  # fmt: skip

    def _stored(self, record: evidence.Record, capture: Capture) -> known.Page:
        """A page that repeats an earlier one has that one's body: it must be committed to be found."""
        if record.kind == "revisit":
            self._writer.commit_batch()
            return known.page(self._writer.archive, capture)
        return known.page_of(record)

    def _missing(self, newsroom: Newsroom, asked: str, capture: Capture, how: Absence) -> None:
        if self._is_known(newsroom, asked):
            self._writer.absent(newsroom.slug, asked, how, capture)
        else:
            self._writer.reject(
                newsroom.slug, asked, str(how), detail="named by a source, and not there", capture=capture,
                reader_version=READER_VERSION,
            )  # fmt: skip

    def _is_known(self, newsroom: Newsroom, url: str) -> bool:
        self._writer.commit_batch()
        found = self._writer.archive.connection.execute(
            "select 1 from release_urls u join releases r on r.id = u.release_id where u.url_key = ? and r.newsroom = ?",
            (url_key(url), newsroom.slug),
        )
        return found.fetchone() is not None


def _take_up_chain(writer: Writer, folder: Path) -> tuple[int, int]:
    """The published chain goes on as far as the rebuilt rows give its digests; (its entries, those that they give)."""
    published = chain.read_file(folder)
    proved = 0
    ends = chain.NOTHING
    with writer.archive.transaction() as connection:
        for entry in published:
            leaves = [leaf.digest for leaf in chain.leaves_between(connection, ends, entry.ends)]
            if merkle.root(leaves) != entry.root:
                break
            chain.insert(connection, entry)
            proved, ends = proved + 1, entry.ends
    if proved < len(published):
        (folder / chain.FILE).replace(folder / f"{chain.FILE}.before-rebuild")
    return len(published), proved
