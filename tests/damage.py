"""Damage at random, seeded: what the tests do to pages and to the answers of sources."""

import random
import re

#: what breaks readers: ends without a start, values that are no value, addresses, dates and letters that can't be
SPLINTERS = [
    it.encode()
    for line in (
        '<div>|</div>|</p>|<br>|<table><tr><td>|</table>|<ul><li>|</ul>|<h1>|</h1>|<a href="">|<a href="mailto:">|<a href="tel:">|<time>',
        ' class=""| class| datetime=""| itemprop=""| hidden| datetime="0000-00-00"| href="javascript:"| href="//"| href="http://["',
        '<script type="application/ld+json">|<script type="application/ld+json">{"@type":[]}</script>|{"@graph":[null,1,"x"]}|[|}',
        '&#0;|&#xD800;|&nbsp;|<meta name="" content="">|<meta property="og:title">|<base href="http://[">|<link rel=canonical href="//[">',
        '<pubDate>31 Feb 99999</pubDate>|<updated>-0001-00-00T00:00:00Z</updated>|<link>http://[</link>|<gml:pos></gml:pos>|<media:x/>|"\\ud800"|1e999|null',
        "<article>|<template>|<svg>|<select><option>|<iframe>|<!--|-->|<![CDATA[|1.1.0001|31.2.2020|99.99.9999 99:99|+358|tel: |@|a@b|Contact:",
    )
    for it in line.split("|")
] + [b"\x00", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xff\xfe"]


def damaged(page: bytes, chance: random.Random) -> bytes:
    """The page cut, repeated and splintered in one to forty places."""
    for _ in range(chance.choice((1, 3, 10, 40))):
        page = chance.choice((_cut, _repeated, _splintered, _splintered, _without_a_tag, _revalued))(
            page, chance
        )
    return page


def _cut(page: bytes, chance: random.Random) -> bytes:
    start, end = _span(page, chance)
    return page[:start] + page[end:]


def _repeated(page: bytes, chance: random.Random) -> bytes:
    start, end = _span(page, chance)
    return page[:start] + page[start:end] * chance.choice((2, 20)) + page[end:]


def _splintered(page: bytes, chance: random.Random) -> bytes:
    start, _ = _span(page, chance)
    return page[:start] + chance.choice(SPLINTERS) + page[start:]


def _without_a_tag(page: bytes, chance: random.Random) -> bytes:
    tags = list(re.finditer(rb"<[^<>]*>", page))
    gone = chance.choice(tags) if tags else None
    return page[: gone.start()] + page[gone.end() :] if gone else page


def _revalued(page: bytes, chance: random.Random) -> bytes:
    values = list(re.finditer(rb'"[^"<>]{0,80}"', page))
    old = chance.choice(values) if values else None
    return page[: old.start()] + b'"' + chance.choice(SPLINTERS) + b'"' + page[old.end() :] if old else page


def _span(page: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(page) + 1)
    return start, start + chance.choice((1, 5, 50, 500))
