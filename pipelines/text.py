"""Text: one form for what looks the same, nothing invisible, nothing that cannot be stored."""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

#: Control characters except tab and line feed, lone surrogates, noncharacters: they cannot be stored or searched.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Soft hyphen, zero-width space, word joiner, byte order mark. Joiners (U+200C, U+200D) stay: Persian needs them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
#: Embedding and override of writing direction can make a name read backwards; isolates and marks stay.
_OVERRIDES = re.compile("[\u202a-\u202e]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?")
#: what a plain text is made of, to take out of its bytes: a tenth of what asking each letter costs
_PLAIN = bytes((0x0A, *range(0x20, 0x7F)))
#: how letters from U+0300 on begin, and quotes and dashes: a text with none but the latter has nothing to compose
_HIGH = bytes(range(0xCC, 0x100))
_QUOTES = b"\xe2\x80"
_MARKS = re.compile(r"([\u0300-\u036f]{4})[\u0300-\u036f]+")


def clean_text(text: str) -> str:
    """Text of several lines: NFC, single spaces, at most one empty line between paragraphs, nothing invisible."""
    odd = "  " in text or " \n" in text or "\n " in text or "\n\n\n" in text
    if not odd and _is_clean(text):
        return text.strip()
    text = _bare(
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    )
    return re.sub(r"\n{3,}", "\n\n", _LINES.sub("\n", _SPACES.sub(" ", text))).strip()


def clean_line(text: str) -> str:
    """Text of one line: as ``clean_text``, with each run of white space a single space."""
    return " ".join(_bare(text).split())


def clean_line_or_none(text: str | None) -> str | None:
    """As ``clean_line``; None where nothing is left."""
    return clean_line(text or "") or None


def _is_clean(text: str) -> bool:
    """Whether lines hold nothing to take out or to compose: what is no plain space is printable, no mark, and NFC."""
    if text.isascii():
        return not text.encode().translate(None, _PLAIN)
    if not text.replace("\n", "").isprintable():
        return False
    data = text.encode()
    if len(data) - len(data.translate(None, _HIGH)) == data.count(_QUOTES):
        return True
    return b"\xcc" not in data and b"\xcd" not in data and is_normalized("NFC", text)


def _bare(text: str) -> str:
    if "\n" not in text and _is_clean(text):
        return text
    text = _INVISIBLE.sub("", _OVERRIDES.sub("", _UNSTORABLE.sub("", text)))
    return normalize("NFC", _MARKS.sub(r"\1", text))
