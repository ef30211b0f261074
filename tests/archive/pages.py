"""Synthetic releases and exchanges for the tests of the archive: an invented ministry, example numbers, no crawler."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.model import (
    Contact,
    EmailState,
    Exchange,
    Identity,
    Moment,
    Newsroom,
    Precision,
    Release,
)

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ROOM = Newsroom("demo", "Ministry of Examples", "FI", "https://ministry.example", languages=("en",))
CONTACT = Contact(
    name="Aino Esimerkki",
    role="Director",
    phone="0295 000 000",
    phone_e164="+358295000000",
    email="aino.esimerkki@ministry.example",
    email_state=EmailState.PRINTED,
    raw="Aino Esimerkki, Director, tel. 0295 000 000",
)


def at(hours: float = 0) -> datetime:
    """So many hours after the first look."""
    return START + timedelta(hours=hours)


def moment(text: str) -> Moment:
    return Moment(datetime.fromisoformat(text), Precision.MINUTE, text, "time[datetime]")


def release(number: int = 1, **changes: Any) -> Release:
    """The release of that number, as the reader ``r1`` reads it."""
    url = f"https://ministry.example/-/release-{number}"
    base = Release(
        newsroom="demo",
        url=url,
        identity=Identity("url", f"ministry.example/-/release-{number}"),
        headline=f"Support for {number} municipalities",
        body=f"The ministry grants 1.5 million euros to {number} municipalities.\n\nThe decision was made on Monday.",
        language="en",
        published=moment(f"2026-02-{number % 27 + 1:02}T09:30:00+02:00"),
        contacts=(CONTACT,),
        reader_version="r1",
    )
    return replace(base, **changes)


def exchange(url: str, body: str = "", *, hours: float = 0, status: int = 200, **changes: Any) -> Exchange:
    """A look at a release's address, so many hours after the first."""
    base = Exchange(
        url=url,
        purpose="release",
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
        fetched_at=at(hours),
        newsroom="demo",
    )
    return replace(base, **changes)
