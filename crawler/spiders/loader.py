"""Lets ``scrapy list`` and ``scrapy crawl fi_om`` see one spider a newsroom."""

from __future__ import annotations

import builtins

from scrapy import Request
from scrapy.settings import BaseSettings

from crawler.registry import all_newsrooms
from crawler.spiders.newsroom import NewsroomSpider


class NewsroomSpiderLoader:
    """``SPIDER_LOADER_CLASS``: the registry in the form that Scrapy asks for."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> NewsroomSpiderLoader:
        """The loader; the registry is read when somebody asks for a name."""
        return cls()

    def list(self) -> list[str]:
        """All slugs, in alphabetical order."""
        return sorted(all_newsrooms())

    def load(self, spider_name: str) -> type[NewsroomSpider]:
        """The spider class of one newsroom. Raises ``KeyError``, as Scrapy expects, for an unknown one."""
        newsroom = all_newsrooms()[spider_name]
        return type(spider_name, (NewsroomSpider,), {"name": newsroom.slug, "newsroom": newsroom})

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """None: an address alone does not tell whose release it is (one release stands on several hosts)."""
        return []
