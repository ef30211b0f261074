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
#: a text of which more than this is lost was decoded wrongly; a letter or two were lost by the ministry itself
_LOST_LETTERS, _LOST_SHARE = 3, 1 / 500


def broken_rule(release: Release, newsroom: Newsroom, now: datetime) -> tuple[str, str] | None:
    """(reason, detail) of the first rule that the release breaks; None for one that can be stored."""
    if not release.headline:
        return "no headline", "the headline is empty"
    if not release.body and not release.attachments:
        return "no body", "neither text nor an attachment"
    text = f"{release.headline}\n{release.body}"
    lost = text.count(_REPLACEMENT)
    if lost > _LOST_LETTERS and lost > _LOST_SHARE * len(text):
        return "undecodable", f"{lost} of {len(text)} characters were lost in decoding"
    if release.published and release.published.at > now + AHEAD:
        return "date in the future", f"{release.published.raw!r} is more than {AHEAD.days} days ahead"
    if release.published and release.published.at.year < EARLIEST_YEAR:
        return "date too early", f"{release.published.raw!r} is before {EARLIEST_YEAR}"
    return _language(release, newsroom)


def _language(release: Release, newsroom: Newsroom) -> tuple[str, str] | None:
    known = {tag.split("-")[0] for tag in newsroom.languages}
    spoken = (release.language or "").split("-")[0]
    if spoken and known and spoken not in known:
        return "other language", f"{spoken} is none of {', '.join(sorted(known))}"
    return None
