"""Pages of real form, damaged at random: whatever comes in, an answer or a reason, and never an exception."""

import json
import random
import re
from pathlib import Path

import pytest

from communique.pages import read_body, record
from crawler.registry import unknown_newsroom

PAGES = sorted(Path(__file__).with_name("pages").rglob("*.html"))
#: what breaks readers: ends without a start, values that are no value, addresses, dates and letters that can't be
SPLINTERS = [
    it.encode()
    for line in (
        '<div>|</div>|</p>|<br>|<table><tr><td>|</table>|<ul><li>|</ul>|<h1>|</h1>|<a href="">|<a href="mailto:">|<a href="tel:">|<time>',
        ' class=""| class| datetime=""| itemprop=""| hidden| datetime="0000-00-00"| href="javascript:"| href="//"| href="http://["',
        '<script type="application/ld+json">|<script type="application/ld+json">{"@type":[]}</script>|{"@graph":[null,1,"x"]}|[|}',
        '&#0;|&#xD800;|&nbsp;|<meta name="" content="">|<meta property="og:title">|<base href="http://[">|<link rel=canonical href="//[">',
        "<article>|<template>|<svg>|<select><option>|<iframe>|<!--|-->|<![CDATA[|1.1.0001|31.2.2020|99.99.9999 99:99|+358|tel: |@|a@b|Contact:",
    )
    for it in line.split("|")
] + [b"\x00", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xff\xfe"]
ROOMS = [
    ("Europe/Helsinki", ("fi",), "FI"),
    ("Asia/Tokyo", ("ja",), "JP"),
    ("Asia/Tehran", ("fa",), "IR"),
    (),
]


@pytest.mark.parametrize("seed", range(150))
def test_a_page_damaged_at_random_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    page = chance.choice(PAGES).read_bytes()
    for _ in range(chance.choice((1, 3, 10, 40))):
        page = chance.choice((cut, repeated, splintered, splintered, without_a_tag, revalued))(page, chance)
    newsroom = unknown_newsroom("https://x.example/news/1", *chance.choice(ROOMS))
    for generic in (False, True):
        read = record(read_body(page, "https://x.example/news/1", newsroom, generic=generic))
        assert read.get("headline") or read.get("rejected")
        json.dumps(read, ensure_ascii=False).encode()


@pytest.mark.parametrize("base", ["http://[", "http://[::1/", "//[", "x:", "javascript:alert(1)", "//"])
def test_a_base_that_is_no_address_counts_for_nothing(base: str) -> None:
    page = PAGES[0].read_bytes().replace(b"<head>", f'<head><base href="{base}">'.encode(), 1)
    assert b"<base" in page
    newsroom = unknown_newsroom("https://x.example/news/1")
    told, plain = (
        record(read_body(it, "https://x.example/news/1", newsroom)) for it in (page, PAGES[0].read_bytes())
    )
    assert told["headline"] == plain["headline"]
    assert all(url.startswith("http") for url in told["attachments"])


def cut(page: bytes, chance: random.Random) -> bytes:
    start, end = _span(page, chance)
    return page[:start] + page[end:]


def repeated(page: bytes, chance: random.Random) -> bytes:
    start, end = _span(page, chance)
    return page[:start] + page[start:end] * chance.choice((2, 20)) + page[end:]


def splintered(page: bytes, chance: random.Random) -> bytes:
    start, _ = _span(page, chance)
    return page[:start] + chance.choice(SPLINTERS) + page[start:]


def without_a_tag(page: bytes, chance: random.Random) -> bytes:
    tags = list(re.finditer(rb"<[^<>]*>", page))
    gone = chance.choice(tags) if tags else None
    return page[: gone.start()] + page[gone.end() :] if gone else page


def revalued(page: bytes, chance: random.Random) -> bytes:
    values = list(re.finditer(rb'"[^"<>]{0,80}"', page))
    old = chance.choice(values) if values else None
    return page[: old.start()] + b'"' + chance.choice(SPLINTERS) + b'"' + page[old.end() :] if old else page


def _span(page: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(page) + 1)
    return start, start + chance.choice((1, 5, 50, 500))
