"""The content digest: two readings are the same content if and only if their digests are the same (pure).

White space, invisible characters, markup and tracking parameters don't count; case, punctuation, digits and link
targets do ("1.5 billion" → "15 billion" is an edit). A date counts as what it says, not as how it is printed.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from archive.addresses import url_key
from archive.model import Contact, Moment, Release

#: raised whenever the same release would get another digest: stored beside every digest
NORM_VERSION = 1

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")


def content_sha256(release: Release) -> str:
    """SHA-256 of the canonical JSON of everything a publisher can edit, as hexadecimal."""
    content = {
        "headline": plain(release.headline),
        "subheadline": plain(release.subheadline),
        "body": plain(release.body),
        "links": link_targets(release),
        "published": _date(release.published, release.published_raw),
        "modified": _date(release.modified, release.modified_raw),
        "contacts": [contact_key(contact) for contact in release.contacts],
        "attachments": attachment_keys(release),
        "notices": [plain(notice) for notice in release.notices],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain(text: str | None) -> str:
    """The text as it counts: NFC, each run of white space one space, nothing invisible."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text or "")).split())


def link_targets(release: Release) -> list[str]:
    """The addresses that the body links, each once, without tracking parameters."""
    return sorted({_target(url) for url in release.links})


def attachment_keys(release: Release) -> list[list[str]]:
    """Address and title of each attachment, in the order of the page."""
    return [[_target(each.url), plain(each.title)] for each in release.attachments]


def contact_key(contact: Contact) -> list[str]:
    """What of a contact counts: who, and every way to reach them; spaces within a phone number don't."""
    phones = contact.phones or ((contact.phone,) if contact.phone else ())
    emails = contact.emails or ((contact.email,) if contact.email else ())
    return [
        plain(contact.name),
        plain(contact.role),
        plain(contact.org),
        "|".join("".join(phone.split()) for phone in phones),
        "|".join(emails),
        contact.email_pattern or "",
        plain(contact.raw),
    ]


def moment_key(moment: Moment | None) -> str:
    """The moment a date tells, to the precision it tells it; empty for none."""
    return moment.isoformat() if moment else ""


def _date(moment: Moment | None, raw: str | None) -> str:
    return moment_key(moment) or plain(raw)


def _target(url: str) -> str:
    try:
        return url_key(url)
    except ValueError:
        return url.strip()
