"""A small archive made by the real writer: invented ministries, releases in several languages, edits and a takedown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from archive.model import (
    Absence,
    Attachment,
    Contact,
    EmailState,
    Exchange,
    Identity,
    Moment,
    Newsroom,
    Precision,
    Release,
    Translation,
)
from archive.store import Writer

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
JUSTICE = Newsroom(
    "fi_demo", "Ministry of Examples", "FI", "https://ministry.example", languages=("fi", "sv", "en")
)
FINANCE = Newsroom(
    "se_demo", "Finansdepartementet (exempel)", "SE", "https://finans.example", languages=("sv",)
)
PRESS = Contact(
    name="Aino Esimerkki",
    role="Director",
    phone="0295 000 000",
    phone_e164="+358295000000",
    email="aino.esimerkki@ministry.example",
    email_state=EmailState.PRINTED,
    raw="Aino Esimerkki, Director, tel. 0295 000 000",
)


def release(slug: str, headline: str, body: str, language: str, day: str, **changes: Any) -> Release:
    """A release of the justice newsroom unless ``newsroom`` says otherwise; ``day`` may carry a time with its offset."""
    host = "finans.example" if changes.get("newsroom") == FINANCE.slug else "ministry.example"
    url = f"https://{host}/{language}/{slug}"
    precise = Precision.MINUTE if "T" in day else Precision.DAY
    at = datetime.fromisoformat(day)
    base = Release(
        newsroom=JUSTICE.slug,
        url=url,
        identity=Identity("url", f"{host}/{language}/{slug}"),
        headline=headline,
        body=body,
        language=language,
        published=Moment(at if at.tzinfo else at.replace(tzinfo=UTC), precise, day, "time[datetime]"),
        published_raw=day,
        type="press release",
        type_label="Press release",
        body_html="".join(f"<p>{part}</p>" for part in body.split("\n\n")),
        contacts=(PRESS,),
        reader_version="r1",
    )
    return replace(base, **changes)


TRAFFICKING_SV = release(
    "manniskohandel",
    "Nordiska ministrar möttes om människohandel",
    "De nordiska justitieministrarna vill bekämpa människohandeln tillsammans.\n\nArbetet fortsätter till hösten 2022.",
    "sv",
    "2022-06-21T11:43:00+03:00",
    translations=(Translation("fi", "https://ministry.example/fi/ihmiskauppa"),),
)
TRAFFICKING_FI = release(
    "ihmiskauppa",
    "Pohjoismaiset ministerit tapasivat",
    "Oikeusministeri puhui ihmiskaupan torjunnasta. Ministeriön mukaan 1,5 miljoonaa euroa riittää.",
    "fi",
    "2022-06-21T11:40:00+03:00",
    translations=(Translation("sv", "https://ministry.example/sv/manniskohandel"),),
    attachments=(Attachment("https://ministry.example/report.pdf", "Report (PDF)", "application/pdf"),),
)
BUDGET = release(
    "budget", "Budgeten för 2023", "Regeringen föreslår satsningar mot människohandel och på skolan.", "sv",
    "2023-09-20", newsroom=FINANCE.slug, contacts=(), type="speech", type_label="Tal",
)  # fmt: skip
CHINESE = release("zhengce", "新政策公布", "政府今天公布了关于打击人口贩卖的新政策。", "zh", "2024-01-05")
ENGLISH = release(
    "sums",
    "=1+1 is a formula",
    'The ministry\'s C++ "bridge" costs 1.5 billion.',
    "en",
    "2024-02-29T09:00:00+02:00",
)
ALL = (TRAFFICKING_SV, TRAFFICKING_FI, BUDGET, CHINESE, ENGLISH)


def at(hours: float = 0) -> datetime:
    """So many hours after the first look."""
    return START + timedelta(hours=hours)


def look(
    url: str, text: str, *, hours: float = 0, newsroom: str = JUSTICE.slug, status: int = 200
) -> Exchange:
    """What the site answered, so many hours after the first look."""
    return Exchange(
        url=url, purpose="release", status=status, headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=text.encode("utf-8", "replace"), fetched_at=at(hours), newsroom=newsroom,
    )  # fmt: skip


def fill(path: Path, releases: Iterable[Release] = ALL, *, hours: float = 0) -> None:
    """One run of a crawl that finds these releases."""
    with Writer.open(path) as writer:
        writer.begin_run("communique crawl demo", "0")
        writer.put_newsroom(JUSTICE)
        writer.put_newsroom(FINANCE)
        for item in releases:
            capture = writer.keep(
                look(quote(item.url, safe=":/?&="), repr(item), hours=hours, newsroom=item.newsroom)
            )
            writer.store(item, capture)
        writer.end_run(0)


def take_down(path: Path, item: Release, *, hours: float = 48) -> None:
    """The release's address answers 410, while its newsroom's other pages are there: no fault of the site."""
    others = [
        replace(
            CHINESE,
            newsroom=item.newsroom,
            url=f"{item.url}-{number}",
            identity=Identity("url", f"other-{number}"),
        )
        for number in range(5)
    ]
    with Writer.open(path) as writer:
        writer.begin_run("communique crawl demo", "0")
        for other in others:
            writer.store(
                other, writer.keep(look(other.url, repr(other), hours=hours, newsroom=item.newsroom))
            )
        capture = writer.keep(look(item.url, "gone", hours=hours, status=410))
        writer.absent(item.newsroom, item.url, Absence.GONE, capture)
        writer.end_run(0)
