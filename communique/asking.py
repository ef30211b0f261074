"""The options of a question, shared by every command that asks one: they make an ``archive.query.Query``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from archive.query import Query, Sort, first_day, last_day

FILTERS = (
    click.option("--country", "countries", multiple=True, metavar="CODE", help="Only this country: fi, se … (may be repeated)."),
    click.option("--newsroom", "newsrooms", multiple=True, metavar="SLUG", help="Only this newsroom: fi_om … (may be repeated)."),
    click.option("--ministry", "ministries", multiple=True, metavar="NAME", help="Only newsrooms whose name holds this."),
    click.option("--language", "languages", multiple=True, metavar="CODE", help="Only this language: fi, sv, en …"),
    click.option("--type", "types", multiple=True, metavar="TYPE", help="Only this type: press release, speech …, or as printed."),
    click.option("--state", "states", multiple=True, metavar="STATE", help="Only this state: present, gone, missing_confirmed …"),
    click.option("--contact", "contacts", multiple=True, metavar="NAME", help="Only releases that name this person, desk, address or number."),
    click.option("--since", metavar="DATE", help="Published on this day or later: 2022, 2022-06 or 2022-06-21."),
    click.option("--until", metavar="DATE", help="Published on this day or earlier."),
    click.option("--ever", is_flag=True, help="Also what earlier revisions said before they were edited."),
    click.option("--as-of", metavar="DATE", help="What was said at the end of that day (UTC)."),
    click.option("--exact", is_flag=True, help="Only the words as typed, not their inflected forms."),
)  # fmt: skip
SORT = click.option(
    "--sort", type=click.Choice([sort.value for sort in Sort]), default="date", show_default=True,
    help="Newest first, or best first.",
)  # fmt: skip


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the filters; the command gets them, with its argument ``text``, as one ``query``."""

    @wraps(command)
    def asked(
        *args: Any,
        text: str = "",
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
        **options: Any,
    ) -> Any:
        names = (
            "countries",
            "newsrooms",
            "ministries",
            "languages",
            "types",
            "states",
            "contacts",
            "exact",
            "ever",
        )
        kept = {name: options.pop(name) for name in names}
        query = Query(
            text,
            **kept,
            since=first_day(since) if since else None,
            until=last_day(until) if until else None,
            as_of=last_day(as_of) if as_of else None,
            sort=Sort(options.pop("sort", "date")),
        )
        return command(*args, query=query, **options)

    for option in reversed(FILTERS):
        asked = option(asked)
    return asked


def text_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """``[QUERY]…``: words typed without quotation marks are one question."""
    return click.argument("text", nargs=-1, metavar="[QUERY]", callback=_joined)(command)


def _joined(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> str:
    return " ".join(words)
