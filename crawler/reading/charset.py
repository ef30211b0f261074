"""From the bytes of a page to its text: what the bytes say beats what header and ``<meta>`` say about them.

Ministries' servers say ``utf-8`` over windows-1252 bytes and the other way round (wbf.admin.ch, www.ag.state.mn.us);
what is valid UTF-8 with a non-ASCII letter in it is UTF-8, since other encodings give such bytes by chance hardly ever.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from w3lib.encoding import resolve_encoding

_CHARSET = re.compile(rb"""(?i:charset)\s*=\s*["']?\s*([\w.:-]{2,30})""")
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: what no reader sees; characters lost there are none of the text
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
#: so many lost characters are a slip of the ministry's, no wrong decoding
_FEW = 3
_LOST = "\ufffd".encode()
_ACCENTED = re.compile(rb"\xc3[\x80-\xbf]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def decode(body: bytes, content_type: str | None) -> tuple[bytes | None, tuple[str, ...]]:
    """The text in UTF-8, and what had to be mended (``utf-8 against meta``, ``windows-1252``, ``mojibake``, ``NUL`` …).

    The text is None where no encoding gives readable text; the last note then says why. Most pages are UTF-8 that
    needs no mending: those are looked through as bytes and come back as they are."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _of_text(body.decode(name, "replace"), (f"BOM {name}",))
    if _looks_utf16(body):
        return _of_text(
            body.decode("utf-16-le" if body[1:2] == b"\x00" else "utf-16-be", "replace"),
            ("utf-16 without BOM",),
        )
    declared = _declared(body, content_type)
    if body.isascii():
        name = declared if declared and _escapes(body, declared) else "ascii"
        notes = () if name == "ascii" else (name,)
        return _of_text(body.decode(name, "replace"), notes) if notes or b"\x00" in body else (body, ())
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(body, declared, error)
    notes = () if declared in (None, "utf-8") else (f"utf-8 against {declared}",)
    return _cleaned(body, notes) if _needs_mending(body) else (body, notes)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without NUL and lone surrogates, with certain double encoding undone, and the notes of what was
    mended. Other control characters go with the white space of the lines (``blocks.tidy``)."""
    if text.isascii() and "\x00" not in text:
        return text, ()
    data, notes = _mended(text.encode("utf-8", "surrogatepass"))
    return data.decode("utf-8"), notes


def _mended(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """As ``clean``, of a text in UTF-8: to search bytes that begin alike costs a fraction of a search among letters."""
    notes: tuple[str, ...] = ()
    if b"\x00" in data:
        data, notes = data.replace(b"\x00", b""), ("NUL",)
    if data.isascii():
        return data, notes
    if b"\xed" in data and _SURROGATE.search(data):
        data, notes = _SURROGATE.sub(b"", data), (*notes, "lone surrogates")
    if _LEAD.search(data):
        mended = _undo_double(data)
        if mended != data:
            data, notes = mended, (*notes, "mojibake")
    if _C1_BYTES.search(data):
        data = _C1_BYTES.sub(lambda match: c1_letter(match[0][1]).encode(), data)
        notes = (*notes, "C1 as windows-1252")
    return data, notes


def c1_letter(code: int) -> str:
    """What HTML makes of a character reference from U+0080 to U+009F: the windows-1252 letter, or nothing."""
    return _C1_LETTERS.get(code, "")


def _needs_mending(body: bytes) -> bool:
    """Whether anything in valid UTF-8 hints at what ``clean`` mends or at lost characters."""
    if b"\x00" in body or _LEAD.search(body) or _C1_BYTES.search(body):
        return True
    return b"\xef" in body and _LOST in body


def _of_text(text: str, notes: tuple[str, ...]) -> tuple[bytes | None, tuple[str, ...]]:
    return _cleaned(text.encode("utf-8", "surrogatepass"), notes)


def _cleaned(data: bytes, notes: tuple[str, ...]) -> tuple[bytes | None, tuple[str, ...]]:
    """A text in UTF-8, mended; None where too much of it was lost."""
    lost = data.count(_LOST)
    if lost:
        seen = _UNSEEN.sub(" ", data.decode("utf-8", "surrogatepass"))
        lost = seen.count("\ufffd")
        if lost > _FEW and lost * 1_000 > len(seen):
            return None, (*notes, f"{lost} characters that can't be decoded")
        notes = (*notes, f"{lost} lost characters" if lost else "lost characters in scripts")
    mended, more = _mended(data)
    return mended, (*notes, *more)


def _declared(body: bytes, content_type: str | None) -> str | None:
    """What the header says, else the page's own meta; None where neither names a known encoding."""
    from_header = _HEADER.search(content_type or "")
    for name in (from_header and from_header.group(1), _meta(body[:4096])):
        known = name and resolve_encoding(name)
        if known:
            return known
    return None


def _meta(head: bytes) -> str | None:
    """The encoding that a ``<meta>`` names: the word is looked for first, since pages have many meta elements."""
    lower, at = head.lower(), -1
    while (at := lower.find(b"charset", at + 1)) >= 0:
        start = lower.rfind(b"<", max(0, at - 206), at)
        named = (
            lower[start : start + 5] == b"<meta" and b">" not in lower[start:at] and _CHARSET.match(head, at)
        )
        if named:
            return named.group(1).decode("ascii")
    return None


def _legacy(
    body: bytes, declared: str | None, error: UnicodeDecodeError
) -> tuple[bytes | None, tuple[str, ...]]:
    """Bytes that are no UTF-8: a few damaged ones in UTF-8, or another encoding."""
    damaged = body.decode("utf-8", "replace")
    if damaged.count("\ufffd") <= 3 and any(ord(c) > 127 and c != "\ufffd" for c in damaged):
        return _of_text(
            damaged.replace("\ufffd", "") if error.end >= len(body) - 3 else damaged, ("damaged utf-8",)
        )
    for name in (declared if declared != "utf-8" else None, *_guesses(body)):
        if name:
            try:
                return _of_text(body.decode(name), (name,))
            except (UnicodeDecodeError, LookupError):
                continue
    return _of_text(body.decode("cp1252", "replace"), ("windows-1252",))


def _guesses(body: bytes) -> tuple[str, ...]:
    """Encodings to try for bytes without a usable declaration: East Asian ones only where pairs of high bytes
    prevail, since windows-1252 admits nearly everything."""
    high = sum(byte > 127 for byte in body[:20_000])
    pairs = len(re.findall(rb"[\x81-\xfe][\x80-\xfe]", body[:20_000]))
    if high and pairs * 2 > high * 0.9:
        return ("cp949", "gb18030", "big5", "shift_jis", "cp1251")
    return ("cp1252",)


def _looks_utf16(body: bytes) -> bool:
    head = body[:200]
    return len(head) > 20 and head.count(0) * 3 > len(head)


def _escapes(body: bytes, declared: str | None) -> bool:
    """Whether the declared encoding writes its letters as 7-bit escapes, so that its bytes look like ASCII."""
    return declared in ("iso2022_jp", "iso-2022-jp", "hz", "utf-7") and b"\x1b" in body


def _undo_double(data: bytes) -> bytes:
    """Undo UTF-8 that was read as Latin-1 or windows-1252, where it is certain.

    A run with a C1 control character is: nobody prints those. Without one, the page has to have several runs that
    decode and hardly an accented letter outside them.
    """
    runs = _RUN.findall(data)
    if not any(_C1_BYTES.search(run) for run in runs):
        decoded = [run for run in runs if _redecode(run) != run]
        if len(decoded) < 2 or len(_ACCENTED.findall(data)) > 2 * len(decoded):
            return data
    return _RUN.sub(lambda match: _redecode(match[0]), data)


#: U+0080 to U+00BF, or what windows-1252 has in their place, each in UTF-8
_CONTINUED = rb"\xc2[\x80-\xbf]|\xe2\x80[\x93-\xba]|\xe2\x82\xac|\xe2\x84\xa2|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]"
#: bytes 0x80 to 0xBF as windows-1252 or Latin-1 letters, after a letter that begins a sequence of UTF-8
_RUN = re.compile(rb"\xc3[\x82-\xb4](?:%b){1,3}" % _CONTINUED)
_LEAD = re.compile(rb"\xc3[\x82-\xb4](?:%b)" % _CONTINUED)
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_TO_BYTES = {code: bytes([code]) for code in range(0x80, 0x100)}
_TO_BYTES |= {
    ord(bytes([b]).decode("cp1252")): bytes([b])
    for b in range(0x80, 0xA0)
    if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


@lru_cache(maxsize=1024)
def _redecode(run: bytes) -> bytes:
    try:
        single = b"".join(_TO_BYTES[ord(char)] for char in run.decode("utf-8"))
        single.decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return run
    return single


#: as HTML tells browsers to read them: nobody prints C1 control characters
_C1_LETTERS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
