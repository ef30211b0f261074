"""Identity: what makes a release the same one tomorrow. Never the title or the date (DESIGN §7)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.addresses import url_key
from archive.model import Identity

#: An id of the CMS inside an address. The first group is the id; each family names where it was seen.
_ADDRESS_IDS = (
    ("europarl", re.compile(r"^https?://www\.europarl\.europa\.eu/.*?/(\d{8}IPR\d{4,6})\b")),
    ("episerver", re.compile(r"^https?://www\.regjeringen\.no/.*/id(\d+)/?(?:[?#]|$)")),
    ("wordpress", re.compile(r"[?&]p=(\d+)(?:&|$)")),
    ("drupal", re.compile(r"/node/(\d+)/?(?:[?#]|$)")),
)


def identify(
    url: str, *, cms_id: str | None = None, canonical: str | None = None, language: str | None = None
) -> Identity:
    """The first that applies: the CMS's own id, the canonical address of the same host, the normalised address.

    A CMS id counts in one language only, since a CMS gives translations the same id. A canonical address of
    another host is somebody else's page, and a front page is nobody's: neither names a release.
    """
    found = cms_id or _id_in_address(url)
    if found:
        return Identity("cms", f"{found}@{language}" if language else found)
    if canonical and _same_site(canonical, url) and urlsplit(canonical).path.strip("/"):
        return Identity("canonical", url_key(canonical))
    return Identity("url", url_key(url))


def _id_in_address(url: str) -> str | None:
    for family, pattern in _ADDRESS_IDS:
        if found := pattern.search(url):
            return f"{family}:{found[1]}"
    return None


def _same_site(one: str, other: str) -> bool:
    hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (one, other)]
    return bool(hosts[0]) and hosts[0] == hosts[1]
