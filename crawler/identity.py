"""Who asks: an honest User-Agent with the operator's contact, without which no real site is crawled."""

from __future__ import annotations

import ipaddress
import re
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from archive.errors import UsageError
from crawler.registry import Newsroom

#: where the operator can be reached: an e-mail address or a page, sent with every request
CONTACT = "COMMUNIQUE_CONTACT"
try:
    VERSION = version("communique")
except PackageNotFoundError:  # run from a checkout that was not installed
    VERSION = "0"
_USABLE = re.compile(r"(https?://\S+\.\S+|(?:mailto:)?[^\s@]+@[^\s@]+\.[^\s@]+)")


def user_agent(contact: str | None) -> str:
    """``Communique/0.1 (+https://press-archive.example/about)``. Raises ``UsageError`` for an unusable contact."""
    if not contact:
        return f"Communique/{VERSION}"
    if not _USABLE.fullmatch(contact.strip()):
        raise UsageError(f"the contact must be an e-mail address or a page's address, not {contact!r}")
    return f"Communique/{VERSION} (+{contact.strip()})"


def refuse_without_contact(newsrooms: list[Newsroom], contact: str | None) -> None:
    """A real site is asked only by somebody who can be reached. Raises ``UsageError`` with what to do."""
    real = [newsroom for newsroom in newsrooms if not is_loopback(newsroom.site)]
    if real and not contact:
        raise UsageError(
            f"{real[0].slug} is a real site ({real[0].site}): its operators must be able to reach you. Set "
            f"{CONTACT} or --contact to your e-mail address or page; it is sent with every request"
        )


def is_loopback(url: str) -> bool:
    """Whether the address names this machine by number or as localhost."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
