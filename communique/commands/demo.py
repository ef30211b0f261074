"""``communique demo``: serve the demonstration newsroom until it is interrupted."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click

from communique.demo import PORT, serve
from communique.options import examples


@click.command(name="demo", epilog=examples("communique demo --day 2"))
@click.option(
    "--day", type=click.IntRange(1, 2), default=1, show_default=True, help="The site as on this day."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Port on 127.0.0.1; 0 takes any free one. The registry's newsroom `demo` expects the default.",
)
def command(day: int, port: int) -> None:
    """Serve the demonstration newsroom on this machine until Ctrl-C.

    An invented ministry's site in Finnish, Swedish and English. Day 2 is the same site a day later: two new releases,
    three changed ones and two that are no longer there.
    """
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    with serve(day, port) as site:
        click.echo(f"The demonstration newsroom (day {day}) is at {site.url}/ . Ctrl-C stops it.")
        stopped.wait()
        click.echo(f"Stopped after {site.count} requests.")
