"""What the walk over a page's tree collects."""

from __future__ import annotations

from crawler.reading.blocks import Block, Link, Marked, Stamp


class Found:
    """What the walk collects."""

    __slots__ = (
        "base",
        "blocks",
        "body_class",
        "jsonld",
        "lang",
        "links",
        "marked",
        "metas",
        "names",
        "scripts",
        "stamps",
        "title",
        "too_deep",
    )

    def __init__(self) -> None:
        self.base: str = ""
        self.blocks: list[Block] = []
        self.body_class = ""
        self.jsonld: list[str] = []
        self.lang: str | None = None
        self.links: list[Link] = []
        self.marked: list[Marked] = []
        self.names: set[str] = set()
        self.metas: dict[str, list[str]] = {}
        self.scripts: list[str] = []
        self.stamps: list[Stamp] = []
        self.title: str | None = None
        self.too_deep = False
