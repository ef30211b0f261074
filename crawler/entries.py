"""From a table of a registry file to a checked ``Newsroom``: every error names file, table, key and expectation."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from cssselect import SelectorError
from parsel.csstranslator import HTMLTranslator

from crawler.newsroom import KINDS, Newsroom, RegistryError, Source
from crawler.places import is_country, is_language, is_zone

#: CMS families that are named as a fact; those with a module in ``crawler.platforms`` are also read in their own way
CMS_FAMILIES = frozenset(
    """liferay drupal wordpress gsb episerver sitecore typo3 aem sharepoint plone govuk sophora isomer joomla
    presscorner own""".split()
)
#: fields of a release that ``select`` may override
SELECTABLE = frozenset(
    """headline subheadline body published modified type byline number contacts attachments topics language
    remove""".split()
)
REQUIRED = ("name", "site", "country", "timezone", "languages")
Table = dict[str, Any]
_PLATFORMS = Path(__file__).parent / "platforms"


class Where(str):
    """``file [table]``, as errors name it."""

    __slots__ = ()

    def refuse(self, key: str, expected: str, got: object = None) -> RegistryError:
        """The error for one key of this table."""
        tail = "" if got is None else f", got {got!r}"
        return RegistryError(f"{self} {key}: expected {expected}{tail}")


def read_tables(path: Path) -> tuple[Table, dict[str, Table]]:
    """``[defaults]`` and the other tables of a file. Raises ``RegistryError``."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise RegistryError(f"{path.name}: expected a TOML file in UTF-8: {error}") from error
    defaults = document.pop("defaults", {})
    for table, entry in document.items():
        if not isinstance(entry, dict):
            raise Where(path.name).refuse(table, "a table of a newsroom, [defaults] or [slug]", entry)
        if not re.fullmatch(r"[a-z][a-z0-9_]*", table):
            raise RegistryError(f"{path.name} [{table}]: expected a table name of a-z, 0-9 and _")
    return defaults, document


def build(path: Path, table: str, entry: Table, defaults: Table) -> Newsroom:
    """The checked newsroom of one table. Raises ``RegistryError``."""
    where = Where(f"{path.name} [{table}]")
    merged = {**defaults, **entry, "slug": table if path.stem == table else f"{path.stem}_{table}"}
    for key in REQUIRED:
        if key not in merged:
            raise where.refuse(key, "a value here or in [defaults]")
    try:
        newsroom = msgspec.convert(merged, Newsroom)
    except msgspec.ValidationError as error:
        raise RegistryError(f"{where} {_explain(error)}") from error
    _check_place(where, newsroom)
    _check_reading(where, newsroom)
    sources = tuple(_check_source(where, newsroom, number, it) for number, it in enumerate(newsroom.sources))
    return msgspec.structs.replace(newsroom, sources=sources)


def _explain(error: msgspec.ValidationError) -> str:
    """msgspec's text with the key in front: ``sources[0].page: expected `str`, got `int```."""
    text, _, key = str(error).partition(" - at `$")
    if unknown := re.search(r"unknown field `(.+?)`", text):
        owner = key.strip("`.")
        known = Source.__struct_fields__ if owner.startswith("sources") else Newsroom.__struct_fields__
        place = f"{owner}.{unknown[1]}" if owner else unknown[1]
        return f"{place}: unknown key, expected one of {', '.join(sorted(set(known) - {'slug'}))}"
    return f"{key.strip('`.')}: {text[:1].lower()}{text[1:]}"


def _check_place(where: Where, newsroom: Newsroom) -> None:
    if not is_country(newsroom.country or ""):
        raise where.refuse("country", "an ISO 3166 code such as FI, EU or INT", newsroom.country)
    if not is_zone(newsroom.timezone or ""):
        raise where.refuse("timezone", "a zone of the tz database such as Europe/Helsinki", newsroom.timezone)
    if not newsroom.languages:
        raise where.refuse("languages", "at least one language")
    for key, tags in (("languages", newsroom.languages), ("name", newsroom.name)):
        for tag in tags:
            if not is_language(tag):
                raise where.refuse(key, "language tags such as fi, sv or zh-Hant", tag)
    _check_address(where, "site", newsroom.site)


def _check_reading(where: Where, newsroom: Newsroom) -> None:
    modules = {path.stem for path in _PLATFORMS.glob("[a-z]*.py")}
    if newsroom.platform and newsroom.platform not in modules | CMS_FAMILIES:
        raise where.refuse(
            "platform", f"one of {', '.join(sorted(modules | CMS_FAMILIES))}", newsroom.platform
        )
    for field, selector in newsroom.select.items():
        if field not in SELECTABLE:
            raise where.refuse(f"select.{field}", f"one of {', '.join(sorted(SELECTABLE))}")
        _check_css(where, f"select.{field}", selector)
    for field, share in newsroom.expects.filled.items():
        if not 0 <= share <= 1:
            raise where.refuse(f"expects.filled.{field}", "a share from 0 to 1", share)
    if not 0 < newsroom.attachment_mb <= 100:
        raise where.refuse("attachment_mb", "megabytes from 1 to 100", newsroom.attachment_mb)
    if (newsroom.tls == "unverified") != bool((newsroom.tls_reason or "").strip()):
        expected = 'why nobody vouches for the certificate, with tls = "unverified" and only with that'
        raise where.refuse("tls_reason", expected, newsroom.tls_reason)
    if not 0 <= newsroom.delay <= 3600:
        raise where.refuse("delay", "seconds from 0 to 3600", newsroom.delay)


def _check_source(where: Where, newsroom: Newsroom, number: int, source: Source) -> Source:
    """The source with its address made absolute."""
    key = f"sources[{number}]"
    kinds = [kind for kind in KINDS if getattr(source, kind) is not None]
    if len(kinds) != 1:
        raise where.refuse(key, f"exactly one of {', '.join(KINDS)}", " and ".join(kinds) or "none")
    if source.language and source.language not in newsroom.languages:
        raise where.refuse(f"{key}.language", f"one of {', '.join(newsroom.languages)}", source.language)
    if source.kind == "listing":
        for name in ("item", "link", "title", "date", "next"):
            if selector := getattr(source, name):
                _check_css(where, f"{key}.{name}", selector)
    if source.kind == "api" and not (source.item is not None and source.link):
        raise where.refuse(key, "item and link, the paths of the items and of their address in the JSON")
    if source.keep is not None:
        try:
            re.compile(source.keep)
        except re.error as error:
            raise where.refuse(f"{key}.keep", f"a regular expression ({error})", source.keep) from error
    try:
        address = urljoin(newsroom.site, source.address)
    except ValueError:
        address = source.address
    _check_address(where, f"{key}.{kinds[0]}", address)
    return msgspec.structs.replace(source, **{kinds[0]: address})


def _check_address(where: Where, key: str, address: str) -> None:
    if not _is_address(address):
        raise where.refuse(key, "an http(s) address with a host, without a password or spaces", address)


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        told = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return told and parts.scheme in {"http", "https"} and not parts.username and not re.search(r"\s", address)


def _check_css(where: Where, key: str, selector: str) -> None:
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise where.refuse(key, f"a CSS selector ({error})", selector) from error
