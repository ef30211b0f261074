"""What a release must hold to become a revision. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from archive.model import Release
from crawler.registry import Newsroom

#: releases are announced some days ahead, not weeks (the rule of courts' collectors: 7 days)
AHEAD = timedelta(days=7)
#: the oldest web archives of governments start in the nineties; texts put on line later reach further back
EARLIEST_YEAR = 1900
_REPLACEMENT = "\ufffd"


def broken_rule(release: Release, newsroom: Newsroom, now: datetime) -> tuple[str, str] | None:
    """(reason, detail) of the first rule that the release breaks; None for one that can be stored."""
    if not release.headline:
        return "no headline", "the headline is empty"
    if not release.body and not release.attachments:
        return "no body", "neither text nor an attachment"
    for field, text in _texts(release):
        if _REPLACEMENT in text:
            # no record keeps one (reliability.md C7), also where the ministry itself lost the letter: its page is kept
            return (
                "undecodable",
                f"{field} holds characters that were lost in decoding, here or at the ministry",
            )
    if release.published and release.published.at > now + AHEAD:
        return "date in the future", f"{release.published.raw!r} is more than {AHEAD.days} days ahead"
    if release.published and release.published.at.year < EARLIEST_YEAR:
        return "date too early", f"{release.published.raw!r} is before {EARLIEST_YEAR}"
    return _language(release, newsroom)


def _texts(release: Release) -> tuple[tuple[str, str], ...]:
    """Every field that is stored as printed."""
    return (
        ("headline", release.headline),
        ("subheadline", release.subheadline or ""),
        ("byline", release.byline or ""),
        ("body", release.body),
        *(("contact", contact.raw) for contact in release.contacts),
    )


def _language(release: Release, newsroom: Newsroom) -> tuple[str, str] | None:
    known = {tag.split("-")[0] for tag in newsroom.languages}
    spoken = (release.language or "").split("-")[0]
    if spoken and known and spoken not in known:
        return "other language", f"{spoken} is none of {', '.join(sorted(known))}"
    return None
