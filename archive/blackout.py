"""Finds a piece of personal data in every form it takes on a page, and blacks it out (pure).

A phone number is found however its digits are spaced, with or without its country code; an e-mail address also where
Cloudflare's protection, an address of a link or HTML writes it in code.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import quote

import phonenumbers

MARK = "[redacted]"
_PHONE = re.compile(r"\+?[\d\s()./\-\u00a0\u202f]{6,}")
_BETWEEN = r"(?:[\s()./\-\u00a0\u202f]|&nbsp;|&#160;|%20)*"
_CFEMAIL = re.compile(rb"(data-cfemail=[\"']|/cdn-cgi/l/email-protection#)([0-9a-fA-F]{4,})")


class Blackout:
    """Blacks out one text: a phone number, an e-mail address, a name. Case doesn't count. Raises ValueError if too short."""

    def __init__(self, text: str) -> None:
        text = " ".join(text.split())
        if len(text) < 5:
            raise ValueError("at least five characters, or too much else would be blacked out")
        self._text = text
        forms = {text, html.escape(text), quote(text), quote(text, safe="@")}
        patterns = (
            [_spaced_digits(number)] if (number := digits_of(text)) else [_spaced(form) for form in forms]
        )
        self._pattern = re.compile("|".join(sorted(patterns, key=len, reverse=True)), re.IGNORECASE)

    def text(self, text: str) -> str:
        """The text with every form blacked out."""
        return self._pattern.sub(MARK, text)

    def text_or_none(self, text: str | None) -> str | None:
        """As ``text``; None stays None."""
        return None if text is None else self.text(text)

    def payload(self, body: bytes) -> bytes:
        """A page's bytes with every form blacked out; the same bytes where there is none. Other bytes stay as they are."""
        body = _CFEMAIL.sub(self._decoded, body)
        for encoding in ("utf-8", "latin-1"):
            try:
                page = body.decode(encoding)
            except UnicodeDecodeError:
                continue
            return self.text(page).encode(encoding)
        return body

    def _decoded(self, found: re.Match[bytes]) -> bytes:
        if not self._pattern.search(_address(found[2])):
            return found[0]
        return found[1] + b"00" + MARK.encode().hex().encode()


def digits_of(text: str) -> str:
    """The digits by which a phone number is found: without its country code and leading zeros; empty for another text."""
    if not _PHONE.fullmatch(text):
        return ""
    try:
        return str(phonenumbers.parse(re.sub(r"^\s*00", "+", text)).national_number)
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", text).lstrip("0")


def coded_addresses(body: bytes) -> Iterator[str]:
    """The e-mail addresses that Cloudflare's protection hides in a page."""
    return (_address(found[2]) for found in _CFEMAIL.finditer(body))


def _address(code: bytes) -> str:
    data = bytes.fromhex(code[: len(code) // 2 * 2].decode())
    return bytes(byte ^ data[0] for byte in data[1:]).decode("utf-8", "replace")


def _spaced(form: str) -> str:
    return r"(?:\s|&nbsp;)+".join(re.escape(word) for word in form.split())


def _spaced_digits(digits: str) -> str:
    """The number from its first digit that isn't zero on: so a country code before it is found with it."""
    return rf"(?:\+|\b00)?[\d\s()]{{0,6}}?0?{_BETWEEN}" + _BETWEEN.join(digits) + r"(?!\d)"
