"""JSON APIs, as the registry describes them: dotted paths to the items and to each item's address, title, date."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from crawler.registry import Source
from crawler.sources.found import Found, SourceBroken, SourcePage, absolute, iso_day, unique


def read_api(source: Source, url: str, body: bytes) -> SourcePage:
    """The items of one answer, and the address of the next page where this one held any.

    Raises ``SourceBroken`` where the answer is no JSON or has no list at ``source.item``: an API that fails may
    answer 200 with nothing, and that was once read as "end of results" (newsrooms.md, Press Corner: 3,700 lost).
    """
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceBroken(f"no JSON: {error}") from error
    items = value_at(answer, source.item or "")
    if not isinstance(items, list):
        raise SourceBroken(f"the JSON has no list at {source.item!r}")
    found: list[Found] = []
    refused: list[str] = []
    for item in items:
        link = value_at(item, source.link or "")
        address = absolute(url, link) if isinstance(link, str) else None
        if address is None:
            refused.append(str(link))
        else:
            found.append(_found(source, item, address))
    if items and not found:
        raise SourceBroken(f"no item of the JSON has an address at {source.link!r}")
    return SourcePage(
        unique(found), (next_page(source, url),) if items and source.page else (), tuple(refused)
    )


def _found(source: Source, item: Any, address: str) -> Found:
    printed = value_at(item, source.date) if source.date else None
    title = value_at(item, source.title) if source.title else None
    return Found(
        url=address,
        published=iso_day(printed) if isinstance(printed, str) else None,
        published_raw=printed if isinstance(printed, str) else None,
        headline=title if isinstance(title, str) else None,
        language=source.language,
    )


def value_at(value: Any, path: str) -> Any:
    """What stands at a dotted path (``docs.0.url``); an empty path is the value itself; None where nothing is."""
    for part in filter(None, path.split(".")):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def next_page(source: Source, url: str) -> str:
    """The address with the page parameter one step further."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    now = next((value for name, value in pairs if name == source.page), str(source.first))
    turned = int(now) + source.step if now.lstrip("-").isdigit() else source.first + source.step
    kept = [pair for pair in pairs if pair[0] != source.page]
    return urlunsplit(parts._replace(query=urlencode([*kept, (str(source.page), str(turned))])))
