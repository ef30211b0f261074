"""``communique schedule``: have the crawl started by a systemd timer or by cron."""

from __future__ import annotations

from pathlib import Path

import click

from archive.errors import UsageError
from communique import timers
from communique.commands.crawl import chosen
from communique.options import archive_option, examples
from crawler.identity import refuse_without_contact, user_agent

_method = click.option(
    "--systemd/--cron",
    "systemd",
    default=None,
    help="A timer of your systemd, or a line of your crontab; unless told, systemd where you have one.",
)


@click.group(
    epilog=examples(
        "communique schedule install --contact mailto:you@newsroom.example",
        "communique schedule show",
        "communique schedule remove",
    )
)
def command() -> None:
    """Have `communique crawl --due` started every minute; it looks only at newsrooms whose time has come."""


@command.command(
    epilog=examples(
        "communique schedule install --contact mailto:you@newsroom.example",
        "communique schedule install fi se_regeringen --cron --every 5",
    )
)
@click.argument("names", nargs=-1, metavar="[SLUG|COUNTRY]...")
@_method
@click.option(
    "--every", default=1, show_default=True, type=click.IntRange(1, 59), help="Minutes between two starts."
)
@click.option("--contact", envvar="COMMUNIQUE_CONTACT", help="Your address or page, sent with every request.")
@archive_option
def install(
    names: tuple[str, ...], systemd: bool | None, every: int, contact: str | None, archive_path: Path
) -> None:
    """Install the timer or the crontab line, in place of an older one for the same archive.

    NAMES are newsrooms or countries; without any, all of the registry.
    """
    user_agent(contact)
    refuse_without_contact(chosen(names), contact)
    job = timers.Job(archive_path, contact, every, names, timers.handed_on())
    if _systemd(systemd):
        for path in timers.install_systemd(job):
            click.echo(f"wrote {path}")
        click.echo("It runs while you are logged in; for ever after: loginctl enable-linger")
    else:
        click.echo(f"crontab: {timers.install_cron(job)}")


@command.command(epilog=examples("communique schedule show"))
@archive_option
def show(archive_path: Path) -> None:
    """Show what is installed for this archive."""
    units = [path for path in timers.systemd_units() if path.exists()]
    lines = timers.cron_lines(archive_path)
    for path in units:
        click.echo(f"# {path}\n{path.read_text(encoding='utf-8')}")
    for line in lines:
        click.echo(f"crontab: {line}")
    if not units and not lines:
        click.echo("Nothing is installed. communique schedule install does it.")


@command.command(epilog=examples("communique schedule remove"))
@archive_option
def remove(archive_path: Path) -> None:
    """Remove the timer and the crontab lines of this archive; everything else stays as it is."""
    removed = [str(path) for path in timers.remove_systemd()] + timers.remove_cron(archive_path)
    for what in removed:
        click.echo(f"removed {what}")
    if not removed:
        click.echo("Nothing was installed.")


def _systemd(asked: bool | None) -> bool:
    if asked is not None:
        return asked
    if timers.has_systemd():
        return True
    if timers.has_cron():
        return False
    raise UsageError(
        "neither systemd nor cron is here: start `communique crawl --due` every minute by other means"
    )
