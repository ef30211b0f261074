"""At the end of a run: what its looks that found nothing mean for the releases they looked for.

A look counts only in a run in which the newsroom answered something else properly. Where many releases that were there
vanish together, the site has a fault until a day has passed: then they are gone.
"""

from __future__ import annotations

from datetime import UTC, datetime

from archive import absence, incidents, rows
from archive.batch import Batch
from archive.model import Absence, EventKind, State, Stored
from archive.trouble import Example, Trouble

MASS_ABSENCE = "mass absence"


def judge_absences(batch: Batch) -> tuple[Stored, ...]:
    """Every release that was looked for in vain in this run gets the state that its looks show; the changed ones."""
    missed = batch.connection.execute(
        "select distinct r.newsroom from absences a join releases r on r.id = a.release_id where a.run_id = ?",
        (batch.run_id,),
    ).fetchall()
    changed: list[Stored] = []
    for row in missed:
        _discount_faults(batch, row["newsroom"])
        changed += _judge(batch, row["newsroom"])
    _end_incidents(batch)
    return tuple(changed)


def _discount_faults(batch: Batch, newsroom: str) -> None:
    fresh = _fresh(batch, newsroom)
    looks = _fresh_looks(batch, newsroom)
    if not _site_works(batch, newsroom):
        doubtful = _missed(batch, newsroom)
    else:
        lasting = {each for each in fresh if _lasts(batch, each)}
        _set_discounted(batch, lasting, 0, run_only=False)
        doubtful = fresh - lasting if absence.is_fault_of_site(looks, len(fresh - lasting)) else set()
        if not doubtful:
            incidents.end(batch, newsroom, MASS_ABSENCE, datetime.now(UTC))
    _set_discounted(batch, doubtful, 1, run_only=True)
    if absence.is_fault_of_site(looks, len(doubtful & fresh)):
        _open_incident(batch, newsroom, len(doubtful))


def _site_works(batch: Batch, newsroom: str) -> bool:
    """Whether anything but robots.txt was answered properly in this run."""
    found = batch.connection.execute(
        "select 1 from captures where run_id = ? and newsroom = ? and status in (200, 304) and purpose != 'robots'"
        " and id not in (select capture_id from absences where run_id = ?1 and capture_id is not null) limit 1",
        (batch.run_id, newsroom),
    )
    return found.fetchone() is not None


def _missed(batch: Batch, newsroom: str) -> set[int]:
    found = batch.connection.execute(
        "select distinct a.release_id from absences a join releases r on r.id = a.release_id"
        " where a.run_id = ? and r.newsroom = ?",
        (batch.run_id, newsroom),
    )
    return {row["release_id"] for row in found}


def _fresh(batch: Batch, newsroom: str) -> set[int]:
    """The releases of this run's misses that were not known to be missing: no earlier look that counted missed them."""
    found = batch.connection.execute(
        "select distinct a.release_id, r.state from absences a join releases r on r.id = a.release_id"
        " join sightings s on s.release_id = r.id where a.run_id = ?1 and r.newsroom = ?2 and not exists"
        " (select 1 from absences e where e.release_id = a.release_id and e.run_id is not ?1 and e.at > s.last_seen_at"
        " and not e.discounted)",
        (batch.run_id, newsroom),
    )
    return {row["release_id"] for row in found if State(row["state"]) not in absence.MISSING}


def _fresh_looks(batch: Batch, newsroom: str) -> int:
    """How many releases were looked at in this run that weren't known to be missing."""
    seen = batch.connection.execute(
        "select count(distinct url_key) from captures where run_id = ? and newsroom = ? and purpose = 'release'"
        " and status in (200, 304)",
        (batch.run_id, newsroom),
    ).fetchone()[0]
    return int(seen) + len(_fresh(batch, newsroom))


def _lasts(batch: Batch, release_id: int) -> bool:
    """Whether it has been missed, discounted or not, for as long as it takes to confirm a takedown."""
    first, last = batch.connection.execute(
        "select min(a.at), max(a.at) from absences a join sightings s on s.release_id = a.release_id"
        " where a.release_id = ? and a.at > s.last_seen_at",
        (release_id,),
    ).fetchone()
    return rows.instant(last) - rows.instant(first) >= absence.CONFIRMED_AFTER


def _set_discounted(batch: Batch, releases: set[int], discounted: int, *, run_only: bool) -> None:
    batch.connection.executemany(
        "update absences set discounted = ? where release_id = ? and (? = 0 or run_id = ?)",
        [(discounted, release_id, run_only, batch.run_id) for release_id in releases],
    )


def _open_incident(batch: Batch, newsroom: str, number: int) -> None:
    message = f"{number} releases were not found in one run: taken for a fault of the site, no state changed"
    todo = "look at the site; what is still missing after a day while the rest is there will be told as taken down"
    row = batch.connection.execute(
        "select r.url, a.capture_id from absences a join releases r on r.id = a.release_id"
        " where a.run_id = ? and r.newsroom = ? order by a.id limit 1",
        (batch.run_id, newsroom),
    ).fetchone()
    trouble = Trouble(MASS_ABSENCE, message, todo, Example(row["url"], row["capture_id"]))
    incidents.note(batch, newsroom, trouble, datetime.now(UTC))


def _end_incidents(batch: Batch) -> None:
    """A mass absence is over where every release that was doubted has been seen since."""
    over = batch.connection.execute(
        "select i.newsroom from troubles t join incidents i on i.id = t.incident_id where t.kind = ?"
        " and t.closed_at is null and not exists (select 1 from absences a join sightings s on s.release_id ="
        " a.release_id where s.newsroom = i.newsroom and a.discounted and a.at > s.last_seen_at)",
        (MASS_ABSENCE,),
    ).fetchall()
    for row in over:
        incidents.end(batch, row["newsroom"], MASS_ABSENCE, datetime.now(UTC))


def _judge(batch: Batch, newsroom: str) -> list[Stored]:
    changed = []
    found = batch.connection.execute(
        "select distinct r.id, r.state, r.url, s.last_seen_at from absences a join releases r on r.id = a.release_id"
        " join sightings s on s.release_id = r.id where a.run_id = ? and r.newsroom = ? order by r.id",
        (batch.run_id, newsroom),
    ).fetchall()
    for row in found:
        misses = batch.connection.execute(
            "select at, how, capture_id from absences where release_id = ? and at > ? and not discounted order by at",
            (row["id"], row["last_seen_at"]),
        ).fetchall()
        before = State(row["state"])
        after = absence.state_after(
            before, [absence.Miss(rows.instant(miss["at"]), Absence(miss["how"])) for miss in misses]
        )
        kind = absence.event_of(before, after)
        if kind is not None:
            batch.connection.execute("update releases set state = ? where id = ?", (after.value, row["id"]))
            last = misses[-1]
            batch.add_event(row["id"], kind, last["at"], capture_id=last["capture_id"], detail=last["how"])
            changed.append(Stored(row["id"], row["url"], newsroom, "changed", (EventKind(kind),)))
    return changed
