"""Links to documents: what a reader downloads, not what a browser opens as a page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.addresses import without_session
from crawler.reading.blocks import Anchor, Block

#: extensions and what they mean
TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "zip": "application/zip",
    "hwp": "application/x-hwp",
    "hwpx": "application/hwp+zip",
    "epub": "application/epub+zip",
}
_EXTENSION = re.compile(rf"\.({'|'.join(TYPES)})$", re.IGNORECASE)
#: Government Site Builder and others serve documents from addresses without an extension
_DOWNLOAD = re.compile(
    r"__blob=publicationfile|/file_?down|/download\.(?:jsp|do|php|aspx?)|[?&](?:download|file_?id|atchFileId)=",
    re.IGNORECASE,
)
#: what no address of an ordinary page holds: most links need no closer look
_MAY_BE = re.compile(rf"\.(?:{'|'.join(TYPES)})|{_DOWNLOAD.pattern}", re.IGNORECASE)
#: "(120 kB)", "[PDF, 1,2 MB]", "512.0 KB"
_SIZE = re.compile(
    rf"\d[\d.,\s]*(?:[kmg]i?b|bytes?|[кмг]б|[kmg]o)\b|\b(?:{'|'.join(TYPES)}|size|format|file)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"[^\W\d_]{2,}")
#: so many words beside links make a sentence of a line
_SENTENCE = 4
_NAMED = re.compile(rf"\(\s*({'|'.join(TYPES)})\b", re.IGNORECASE)


def document_type(anchor: Anchor, block: Block) -> str | None:
    """The kind of document behind a link (``pdf``; ``file`` where it is not told), None for an ordinary page."""
    href = anchor.href
    if href[:1] == "#" or href[:7].lower() in ("mailto:", "javascr"):
        return None
    if not _MAY_BE.search(href):
        return None
    try:
        parts = urlsplit(without_session(href))
    except ValueError:
        return None
    extension = _EXTENSION.search(parts.path.rstrip("/")) or _EXTENSION.search(parts.query)
    if extension:
        return extension.group(1).lower()
    if _DOWNLOAD.search(href):
        named = _EXTENSION.search(anchor.words.rstrip()) or _NAMED.search(anchor.words or block.text)
        return named.group(1).lower() if named else "file"
    return None


def is_document_line(block: Block) -> bool:
    """Whether a line is nothing but a link to a document (with its size, say)."""
    if len(block.text) > 150 and block.linked < 0.9:
        return False
    if block.linked < 0.5 and not _tells_size(block):
        return False
    kinds = [document_type(anchor, block) for anchor in block.anchors]
    if any(kinds) and not all(kinds) and len(_WORDS.findall(_beside(block))) >= _SENTENCE:
        return False  # "For more information, please visit … or …"
    return any(kinds)


def _beside(block: Block) -> str:
    """What stands beside the links of a line."""
    rest = block.text
    for anchor in block.anchors:
        rest = rest.replace(anchor.words, " ", 1)
    return rest


def _tells_size(block: Block) -> bool:
    """Whether nothing but sizes and kinds of files stands beside the links of a line."""
    return bool(block.anchors) and not _WORD.search(_SIZE.sub(" ", _beside(block)))
