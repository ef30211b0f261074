"""How to cite what a release said: a permanent name, and BibTeX, RIS and CSL-JSON (pure).

The name holds the newsroom, when it was captured and the digest of what it said: it means the same in every copy of the
archive, and whoever has the evidence can check it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import msgspec

from archive.dossier import Dossier
from archive.errors import UsageError
from archive.model import Release, Revision


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation tells. ``published`` is None where no date was understood: it is never filled from the capture."""

    name: str
    author: str
    headline: str
    url: str
    published: date | None
    captured: datetime
    type: str
    language: str | None
    seq: int
    content_sha256: str
    payload_sha256: str


def citation(found: Dossier, release: Release, revision: Revision) -> Citation:
    """The citation of one revision of a release."""
    capture = found.captures[revision.capture_id]
    return Citation(
        name=permanent_name(found.newsroom.slug, capture.captured_at, revision.content_sha256),
        author=found.newsroom.name,
        headline=release.headline,
        url=found.url,
        published=release.published.at.date() if release.published else None,
        captured=capture.captured_at,
        type=release.type_label or release.type or "Release",
        language=release.language,
        seq=revision.seq,
        content_sha256=revision.content_sha256,
        payload_sha256=capture.payload_sha256,
    )


def permanent_name(newsroom: str, captured: datetime, content_sha256: str) -> str:
    """``urn:communique:fi_om:20260302T080000Z:`` and the digest of the content."""
    return f"urn:communique:{newsroom}:{captured.astimezone(UTC):%Y%m%dT%H%M%SZ}:{content_sha256}"


def digest_in(name: str) -> str:
    """The content's digest in a permanent name. Raises UsageError for what is none."""
    match = re.fullmatch(r"urn:communique:[\w-]+:\d{8}T\d{6}Z:([0-9a-f]{64})", name.strip())
    if match is None:
        raise UsageError(
            f"“{name}” is no permanent name: it looks like urn:communique:fi_om:20260302T080000Z:…"
        )
    return match[1]


def plain(cited: Citation) -> str:
    """The citation as a sentence."""
    day = f"{cited.published:%d %B %Y}".lstrip("0") if cited.published else "no date"
    seen = f"{cited.captured.astimezone(UTC):%d %B %Y, %H:%M} UTC".lstrip("0")
    return f"{cited.author} ({day}). {cited.headline} [{cited.type}]. {cited.url}. Archived {seen}, revision {cited.seq}, {cited.name}"


def bibtex(cited: Citation) -> str:
    """One ``@misc`` entry for BibTeX or biblatex (UTF-8)."""
    fields = {
        "author": f"{{{_tex(cited.author)}}}",
        "title": f"{{{_tex(cited.headline)}}}",
        "year": f"{cited.published:%Y}" if cited.published else None,
        "month": str(cited.published.month) if cited.published else None,
        "day": str(cited.published.day) if cited.published else None,
        "howpublished": _tex(cited.type),
        "url": cited.url,
        "urldate": f"{cited.captured:%Y-%m-%d}",
        "language": cited.language,
        "note": f"Archived copy, revision {cited.seq}: {cited.name}",
    }
    lines = [f"  {name} = {{{_line(value)}}}" for name, value in fields.items() if value]
    return "@misc{communique" + cited.content_sha256[:12] + ",\n" + ",\n".join(lines) + "\n}\n"


def ris(cited: Citation) -> str:
    """One RIS record of type ``PRESS``."""
    lines = [
        ("TY", "PRESS"), ("AU", cited.author), ("TI", cited.headline),
        ("DA", f"{cited.published:%Y/%m/%d}" if cited.published else None),
        ("PY", f"{cited.published:%Y}" if cited.published else None), ("M3", cited.type), ("UR", cited.url),
        ("Y2", f"{cited.captured:%Y/%m/%d}"), ("LA", cited.language), ("AN", cited.name), ("ER", ""),
    ]  # fmt: skip
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines if value is not None)


def csl(cited: Citation) -> str:
    """One CSL-JSON item, as reference managers read it."""
    item: dict[str, object] = {
        "id": f"communique-{cited.content_sha256[:12]}", "type": "document", "genre": cited.type, "title": cited.headline,
        "author": [{"literal": cited.author}], "URL": cited.url, "accessed": _parts(cited.captured.date()),
        "archive": "Communiqué", "archive_location": cited.name,
    }  # fmt: skip
    if cited.published:
        item["issued"] = _parts(cited.published)
    if cited.language:
        item["language"] = cited.language
    return msgspec.json.format(msgspec.json.encode([item]), indent=2).decode() + "\n"


#: what citations can be written as → how, and the media type
FORMS = {
    "bibtex": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
    "csl": (csl, "application/vnd.citationstyles.csl+json"),
}


def _parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _tex(text: str) -> str:
    escaped = re.sub(r"([&%$#_{}])", r"\\\1", text.replace("\\", r"\textbackslash "))
    return escaped.replace("~", r"\textasciitilde ").replace("^", r"\textasciicircum ")


def _line(text: str) -> str:
    """On one line: a return would begin another field."""
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", text).strip()
