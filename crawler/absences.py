"""When an answer says that a release isn't at its address any more. The crawl and a rebuild judge by the same rule."""

from __future__ import annotations

from urllib.parse import urlsplit

from archive.addresses import url_key
from archive.model import Absence
from crawler.registry import Newsroom

#: refusals that say "this is another page": where an address leads there, its release is gone. A wall says nothing.
_OTHER_PAGES = frozenset({"listing", "not a release", "empty", "no headline", "not html"})


def absence_of_answer(asked: str, url: str, status: int, newsroom: Newsroom) -> Absence | None:
    """What an answer says before its page is read: ``url`` is where redirects led to. None where it must be read."""
    if status == 410:
        return Absence.GONE
    if status == 404:
        return Absence.NOT_FOUND
    if status == 200 and asked != url and is_front_page(url, newsroom):
        return Absence.FRONT_PAGE
    return None


def absence_of_refusal(asked: str, url: str, reason: str) -> Absence | None:
    """What a page says that was read and refused as a release."""
    if reason == "soft 404":
        return Absence.SOFT_404
    if reason in _OTHER_PAGES and url_key(asked) != url_key(url):
        return Absence.SINK
    return None


def is_front_page(url: str, newsroom: Newsroom) -> bool:
    """The site's root or a language's: ``/``, ``/sv``, ``/en/index.html``."""
    parts = [part for part in urlsplit(url).path.split("/") if part and not part.startswith("index.")]
    languages = {tag.split("-")[0] for tag in newsroom.languages} | {"etusivu", "home", "frontpage"}
    return all(part.lower() in languages for part in parts)
