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
NORM_VERSION = 2

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")


def content_sha256(release: Release) -> str:
    """SHA-256 of the canonical JSON of everything a publisher can edit, as hexadecimal."""
    content = {
        "headline": plain(release.headline),
        "subheadline": plain(release.subheadline),
        "body": plain(release.body),
        "links": link_targets(release),
        "published": date_key(release.published, release.published_raw),
        "modified": printed_update(release),
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
    """Address and first title of each attached document, in the order of the page."""
    titles: dict[str, str] = {}
    for each in release.attachments:
        titles.setdefault(_target(each.url), plain(each.title))
    return [list(pair) for pair in titles.items()]


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


def date_key(moment: Moment | None, raw: str | None) -> str:
    """The moment a date tells, to the precision it tells it; as printed where it tells none."""
    return moment.isoformat() if moment else plain(raw)


def printed_update(release: Release) -> str:
    """When the page says it was updated, where a reader sees that.

    What only the head tells moves whenever an editor or a build touches a page whose text stays as it was.
    """
    modified = release.modified
    return "" if modified and not modified.is_printed else date_key(modified, release.modified_raw)


def _target(url: str) -> str:
    try:
        return url_key(url)
    except ValueError:
        return url.strip()
