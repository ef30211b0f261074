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
    from archive.store import Writer
    from communique.crawling import Order, crawl
    from communique.logs import log_to
    from communique.outcomes import show
    from communique.rereading import Rereader
    from crawler.registry import all_newsrooms

    order = Order(
        newsrooms=[all_newsrooms()[slug] for slug in slugs],
        since=date.fromisoformat(since) if since else None,
        contact="https://operator.example/about",
        settings={
            "DOWNLOAD_HANDLERS": {
                "http": "tests.replay.ReplayHandler",
                "https": "tests.replay.ReplayHandler",
                "file": None, "ftp": None, "data": None, "s3": None,
            },
            **json.loads(settings),
        },
    )  # fmt: skip
    log_to(None, "text", os.environ.get("REPLAY_LOG"))
    reread = Rereader()
    try:
        with Writer.open(folder / "archive.db", reread) as writer:
            reread.attach(writer.archive)
            outcome = crawl(order, writer)
    except NamedError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    # Not ru_maxrss, which starts with what the parent held when it forked.
    peak = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    (folder / "peak_kb").write_text(peak.split()[1])
    show(outcome, folder / "archive.db", as_json=True, suggest=False)
    return outcome.exit_code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
