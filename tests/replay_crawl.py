"""``python -m tests.replay_crawl FOLDER SINCE SETTINGS SLUG…``: a crawl whose connections go to the replay server."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path


def main(folder: Path, since: str, settings: str, *slugs: str) -> int:
    os.environ["COMMUNIQUE_NEWSROOMS"] = str(folder / "newsrooms")
    from archive.errors import NamedError
    from communique.commands.crawl import show
    from communique.crawling import Order, crawl
    from crawler.registry import all_newsrooms

    order = Order(
        newsrooms=[all_newsrooms()[slug] for slug in slugs],
        archive=folder / "archive.db",
        since=date.fromisoformat(since) if since else None,
        contact="https://operator.example/about",
        log_level=os.environ.get("REPLAY_LOG"),
        settings={
            "DOWNLOAD_HANDLERS": {
                "http": "tests.replay.ReplayHandler",
                "https": "tests.replay.ReplayHandler",
                "file": None, "ftp": None, "data": None, "s3": None,
            },
            **json.loads(settings),
        },
    )  # fmt: skip
    try:
        outcome = crawl(order)
    except NamedError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    show(outcome.tallies, order.archive, as_json=True)
    return outcome.exit_code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
