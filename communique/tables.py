"""What commands print for people: tables that fit the terminal, colour only on one, nothing that could steer it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import datetime

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.snippets import Part

#: control characters and those that turn the direction of a line: archived text must not steer a terminal
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
#: a pipe has no width: what a page of text has
_PIPED = 120


def console() -> Console:
    """Standard output: the terminal's width and colours, or plain text ``_PIPED`` wide where it is none."""
    terminal = sys.stdout.isatty()
    return Console(
        highlight=False, soft_wrap=False, width=None if terminal else _PIPED, emoji=False, markup=False
    )


def table(*columns: str, title: str | None = None) -> Table:
    """An empty table with these headings. A heading that begins with ``>`` is set flush right; ``!`` never wraps."""
    made = Table(
        title=title, title_justify="left", box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0)
    )
    for heading in columns:
        name = heading.lstrip(">!")
        made.add_column(
            name,
            justify="right" if ">" in heading else "left",
            no_wrap="!" in heading,
            overflow="ellipsis" if "!" in heading else "fold",
        )
    return made


def clean(text: str | None) -> str:
    """Archived text that a terminal can only show."""
    return _STEERING.sub("�", text or "")


def marked(parts: Iterable[Part], style: str = "bold yellow") -> Text:
    """A passage with what was found in colour; lines run on."""
    text = Text()
    for part in parts:
        text.append(re.sub(r"\s+", " ", clean(part.text)), style if part.found else "")
    return text


def day(told: str | None) -> str:
    """The day of a date as the archive keeps it; a dash where the page tells none that could be understood."""
    return told[:10] if told else "–"


def local(at: datetime) -> str:
    """A time of ours, to the minute, in UTC as it is kept."""
    return at.strftime("%Y-%m-%d %H:%M")


def print_json(value: object) -> None:
    """JSON for machines, readable for people."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
