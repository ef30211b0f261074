"""Whatever is typed or put into an address: no server error, nothing changed, an answer in time."""

from __future__ import annotations

import hashlib
import os
import random
import time
from pathlib import Path
from urllib.parse import urlencode

import httpx

FUZZED = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 600
PIECES = (
    *"'\"()*^:-+{}[]<>&|~\\/;,.%#@!?=\0\t\n\u202e\ufeff", "AND", "OR", "NOT", "NEAR(", "NEAR(a b, 3)", "headline:", "date:", "date:2022", "lang:",
    "contact:", "ministry:", "' or 1=1 --", "'; drop table releases; --", "union select * from watches", "sqlite_master", "människohandel",
    "ihmiskauppa", "政策", "政", "ไทย", "עברית", "a*", "a", "\U0001f600", "x" * 300, "{stems}:", "stems:xfi", "rowid", "-a", "--", "/*", "%00", "1e999",
)  # fmt: skip
FIELDS = (
    "q",
    "country",
    "newsroom",
    "ministry",
    "lang",
    "type",
    "state",
    "contact",
    "since",
    "until",
    "year",
    "sort",
    "exact",
    "after",
    "ever",
    "asof",
    "counts",
    "limit",
    "by",
)
PATHS = (
    "/search",
    "/search",
    "/search",
    "/feed",
    "/plots",
    "/person",
    "/release/{}",
    "/newsroom/{}",
    "/release/1/revision/{}",
    "/release/{}/beside/1",
    "/release/1/changes/{}",
    "/export.csv",
    "/export.jsonl",
    "/api/search",
    "/api/count",
    "/api/release/{}",
    "/archive/releases",
)


def _address(dice: random.Random) -> str:
    path = dice.choice(PATHS).format(
        dice.choice(("1", "0", "-1", "999999999999999999", "x", "%27", "9" * 30))
    )
    names = dice.sample(FIELDS, dice.randint(0, 3)) + (["name"] if path == "/person" else ["q"])
    return f"{path}?{urlencode([(name, ''.join(dice.choices(PIECES, k=dice.randint(0, 6))) if dice.random() < 0.7 else ' '.join(dice.choices(PIECES, k=4))) for name in names])}"


def test_no_address_breaks_the_reading_room(visit: httpx.Client, room_path: Path) -> None:
    dice = random.Random(20221)
    before = hashlib.sha256(room_path.read_bytes()).hexdigest()
    slowest = 0.0
    for _ in range(FUZZED):
        address = _address(dice)
        began = time.monotonic()
        answer = visit.get(address)
        slowest = max(slowest, time.monotonic() - began)
        assert answer.status_code < 500, address
    assert hashlib.sha256(room_path.read_bytes()).hexdigest() == before
    assert slowest < 4, slowest
