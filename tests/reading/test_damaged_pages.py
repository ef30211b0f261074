"""Pages of real form, damaged at random: whatever comes in, an answer or a reason, and never an exception."""

import json
import random
from pathlib import Path

import pytest

from communique.pages import read_body, record
from crawler.registry import unknown_newsroom
from tests.damage import damaged

PAGES = sorted(Path(__file__).with_name("pages").rglob("*.html"))
ROOMS = [
    ("Europe/Helsinki", ("fi",), "FI"),
    ("Asia/Tokyo", ("ja",), "JP"),
    ("Asia/Tehran", ("fa",), "IR"),
    (),
]


@pytest.mark.parametrize("seed", range(150))
def test_a_page_damaged_at_random_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    page = damaged(chance.choice(PAGES).read_bytes(), chance)
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
