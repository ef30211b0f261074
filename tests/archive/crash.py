"""A run over an invented site's two days, in a process that can be killed. Used by test_crash.

python -m tests.archive.crash ARCHIVE
"""

import os
import resource
import signal
import sys
from pathlib import Path

from archive import failpoints
from archive.errors import NamedError
from archive.model import Absence, Look
from archive.store import Writer
from tests.archive.pages import ROOM, at, exchange, release

SOURCE = "https://ministry.example/feed"
RELEASES = 4


def run(path: Path) -> None:
    """Runs until the site's two days are crawled: what a killed run left undone is done by the next."""
    while days_done(path) < 2:
        crawl(path, days_done(path) + 1)


def days_done(path: Path) -> int:
    with Writer.open(path) as writer:
        return int(
            writer.archive.connection.execute("select count(*) from runs where state = 'done'").fetchone()[0]
        )


def crawl(path: Path, day: int) -> None:
    """One run over the site as it stands that day: on day 2 one page is edited and one is gone."""
    with Writer.open(path) as writer:
        writer.begin_run("crawl demo", "0")
        writer.put_newsroom(ROOM)
        poll = writer.begin_poll("demo", SOURCE, "feed")
        for number in range(RELEASES):
            look(writer, number, day)
            if number == 1:
                writer.commit_batch()
        writer.end_poll(poll, Look("ok", at(24 * day), reached_known=True))
        writer.end_run(0)


def look(writer: Writer, number: int, day: int) -> None:
    page = release(number)
    if (number, day) == (2, 2):
        gone = writer.keep(exchange(page.url, status=410, hours=24 * day))
        writer.absent("demo", page.url, Absence.GONE, gone)
        return
    if (number, day) == (1, 2):
        page = release(1, body=page.body.replace("1.5", "15"))
    writer.store(page, writer.keep(exchange(page.url, page.body * 20, hours=24 * day)))


def run_killed(path: Path, kill_at: int, size_limit: int = 0) -> tuple[int, str]:
    """A run in a forked process that SIGKILL ends at the n-th point (0: never); its return code and what it said."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.close(reading)
        os._exit(_child(path, kill_at, size_limit, writing))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        text = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text


def _child(path: Path, kill_at: int, size_limit: int, writing: int) -> int:
    reached = 0

    def hook(name: str) -> None:
        nonlocal reached
        reached += 1
        if reached == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    failpoints.install(hook)
    if size_limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size_limit, size_limit))
    try:
        run(path)
    except NamedError as error:
        os.write(writing, str(error).encode())
        return error.exit_code
    return 0


if __name__ == "__main__":
    run(Path(sys.argv[1]))
