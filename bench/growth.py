"""How the time of reading grows with a page that is made to be slow: four times the text, about four times the time.

    python -m bench.growth [--shapes 200] [--seed 1] [--most 8]

A shape is one to three splinters (numbers, names, addresses, labels, tags) repeated, or in random order, in the headline or the
text. Says which shapes grow most, and ends with 1 where one grows beyond ``--most`` times and takes a second.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from communique.pages import read_body
from crawler.registry import unknown_newsroom

URL = "https://ministry.example/news/1"
SMALL, LARGE = 60_000, 240_000
SPLINTERS = [
    *("1|1 |12.|1.1.2020 |+358 |0295 |(|a|A |Aa |Aa, |Aa Bb, |Aa-|a@|a@b.c | at |[at] |.|, |; |:|Tel: |Contact: |Contact: Aa Bb, |“Aa” ".split("|")),
    *("http://a|www.|/|\n|<br>|<br>Aa Bb<br>|<b>|<span>|<a href=x>a</a>|<li>|<td>|<td>a@b.c |<h2>Aa</h2>|&nbsp;|&#1;|1/><b>|12.<td>".split("|")),
    *("年|2024年|第|電話|Minister |Ministry of |the |No 1/|10:00 |January |2024-01-01T|%20|Ã¤|\u200b|e\u0301|א|แ|Published |ext. |*|[|<|&".split("|")),
]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shapes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=float, default=8)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    grown = sorted((_grown(chance) for _ in range(options.shapes)), reverse=True)
    for ratio, seconds, shape in grown[:8]:
        print(f"{ratio:5.1f} times for four times the text, {seconds:.2f} s for {LARGE // 1000} kB: {shape}")
    print(f"slowest: {max(seconds for _, seconds, _ in grown):.2f} s of {len(grown)} shapes")
    return int(any(ratio > options.most and seconds > 1 for ratio, seconds, _ in grown))


def _grown(chance: random.Random) -> tuple[float, float, str]:
    """(times longer, seconds of the large page, the shape) of one shape."""
    splinters = [chance.choice(SPLINTERS) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
    mixed, heading = chance.random() < 0.3, chance.random() < 0.2
    order = [chance.randrange(len(splinters)) for _ in range(10_000)] if mixed else range(len(splinters))
    unit = "".join(splinters[at] for at in order)
    small, large = (
        _seconds((unit * (size // len(unit) + 1))[:size], heading=heading) for size in (SMALL, LARGE)
    )
    return large / small, large, f"{splinters}{' mixed' * mixed}{' in the headline' * heading}"


def _seconds(text: str, *, heading: bool) -> float:
    sentence = (
        "<p>This is a sentence of a release that says something of the harbour, for everyone in town.</p>"
    )
    head = f"<h1>{text}</h1>" if heading else f"<h1>The harbour opens</h1><p>{text}</p>"
    page = f"<html lang=en><body><main>{head}{sentence * 6}".encode("utf-8", "surrogatepass")
    newsroom = unknown_newsroom(URL, "Europe/Helsinki", ("fi", "en"), "FI")
    begun = time.process_time()
    read_body(page, URL, newsroom)
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
