"""Looks at releases by hand, and what the archive made of them."""

from archive.model import Capture, Release
from archive.store import Writer
from tests.archive.pages import exchange


def see(
    writer: Writer, page: Release, *, hours: float = 0, body: str | None = None, url: str | None = None
) -> Capture:
    """A look at a release: kept, then stored."""
    capture = writer.keep(exchange(url or page.url, page.body if body is None else body, hours=hours))
    writer.store(page, capture)
    return capture


def events(writer: Writer) -> list[str]:
    return [row[0] for row in writer.archive.connection.execute("select kind from events order by id")]


def value(writer: Writer, sql: str) -> object:
    return writer.archive.connection.execute(sql).fetchone()[0]


def run_again(writer: Writer, listing: int = 200) -> None:
    """The run ends, after a look at the listing that the newsroom answered so."""
    writer.keep(
        exchange("https://ministry.example/list", f"{writer.run_id}", status=listing, purpose="listing")
    )
    writer.end_run(0)
    writer.begin_run("crawl demo", "0")
