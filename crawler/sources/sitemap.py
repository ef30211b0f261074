"""Sitemaps: url sets, nested indexes, gzip. Loops are the walk's business: it asks for each address once."""

from __future__ import annotations

import zlib

from lxml import etree

from crawler.sources.found import Found, SourceBroken, SourcePage, absolute, iso_day, unique

#: sitemaps.org: at most 50 MB uncompressed and 50,000 addresses
MAX_BYTES = 52_428_800
MAX_ADDRESSES = 50_000


def read_sitemap(url: str, body: bytes) -> SourcePage:
    """The addresses of a sitemap, or the sitemaps of an index in ``next``.

    ``lastmod`` only tells how far back to go: it may be the day of a migration, never a day of publication.
    Raises ``SourceBroken`` for what is no sitemap, is cut off, or is larger than a sitemap may be.
    """
    root = _root(_unpacked(body))
    kind = etree.QName(root).localname
    if kind not in {"urlset", "sitemapindex"}:
        raise SourceBroken(f"no sitemap: the answer starts with <{kind}>")
    found: list[Found] = []
    refused: list[str] = []
    for entry in root.iterchildren(tag=etree.Element):
        values = {
            etree.QName(it).localname: (it.text or "").strip() for it in entry.iterchildren(tag=etree.Element)
        }
        address = absolute(url, values.get("loc", ""))
        if address is None:
            refused.append(values.get("loc", ""))
        elif len(found) < MAX_ADDRESSES:
            found.append(Found(address, iso_day(values.get("lastmod"))))
    if kind == "sitemapindex":
        return SourcePage((), tuple(it.url for it in unique(found)), tuple(refused))
    return SourcePage(unique(found), (), tuple(refused))


def _root(body: bytes) -> etree._Element:
    # No entities, no DTD, no network: a sitemap needs none of them (reliability.md C10).
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise SourceBroken(f"no sitemap: {error}") from error


def _unpacked(body: bytes) -> bytes:
    """A ``.xml.gz`` is a gzip file as such, not a content encoding."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise SourceBroken(f"no sitemap: damaged gzip ({error})") from error
    if len(data) > MAX_BYTES:
        raise SourceBroken(f"no sitemap: larger than {MAX_BYTES} bytes")
    if not unpacker.eof:
        raise SourceBroken("no sitemap: the gzip file is cut off")
    return data
