"""What a page says to machines: meta elements, JSON-LD, microdata, RDFa, link elements, and what a source handed in.

Values stay as printed and in order of evidence; nothing is understood here. Machine-readable values are hints of
their own kind: a migration stamps a whole archive with its day, and a publisher is often the site and not the
ministry. The readings weigh them against what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from archive.model import Translation
from crawler.items import Printed
from crawler.reading.jsonld import parse_scripts, text_of, types_of
from crawler.reading.page import Page

_PUBLISHED = (
    "article:published_time", "datepublished", "dcterms.issued", "dc.date.issued", "dcterms.date.issued", "dcterms.available",
    "govuk:first-published-at", "published_time", "article:published", "og:published_time", "og:article:published_time",
    "publish-date", "publish_date", "publishdate", "publication-date", "publication_date", "publicationdate", "pubdate",
    "date.issued", "date.published", "release_date", "releasedate", "release-date", "news_date", "published_at",
    "published-date", "published_date", "published", "article.published", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "citation_publication_date", "bt:pubdate", "dcterms.created", "dc.date.created",
    "dcterms.date", "dc.date", "dc:date", "dcterms:issued", "schema:datepublished", "date", "date-created", "datecreated",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "datemodified", "dcterms.modified", "dc.date.modified", "dcterms:modified", "dc.date.updated",
    "og:updated_time", "govuk:public-updated-at", "modified_time", "date.modified", "schema:datemodified", "lastmod",
    "last-modified", "last_modified", "last-updated", "revised", "updated", "date-revision", "govuk:updated-at",
)  # fmt: skip
_HEADLINE = ("og:title", "dcterms.title", "dc.title", "twitter:title", "headline", "title", "parsely-title")
_PUBLISHER = (
    "dcterms.publisher", "dc.publisher", "dcterms.creator", "dc.creator", "dcterms.rightsholder", "sourceorganization", "publisher",
    "article:author", "author", "creator", "agency", "department", "organisation", "organization", "ministry",
)  # fmt: skip
_LANGUAGE = ("dcterms.language", "dc.language", "inlanguage", "content-language", "language", "og:locale")
_KIND = (
    "dcterms.type",
    "dc.type",
    "article:section",
    "genre",
    "articlesection",
    "govuk:format",
    "documenttype",
    "content-type-label",
)
_TOPICS = ("article:tag", "dcterms.subject", "dc.subject", "keywords", "news_keywords", "parsely-tags")
_ARTICLES = frozenset((
    "NewsArticle", "Article", "PressRelease", "Report", "ReportageNewsArticle", "BlogPosting", "BackgroundNewsArticle", "AnalysisNewsArticle",
    "SpecialAnnouncement", "GovernmentAnnouncement", "DigitalDocument", "TechArticle", "LiveBlogPosting", "OpinionNewsArticle",
))  # fmt: skip
_PAGES = frozenset(("WebPage", "ItemPage", "CreativeWork", "AboutPage"))
_NO_RELEASE = frozenset((
    "CollectionPage", "SearchResultsPage", "ItemList", "ContactPage", "ProfilePage", "FAQPage", "QAPage", "Person", "JobPosting", "Event", "Course",
    "Dataset", "DataCatalog", "Recipe",
))  # fmt: skip
#: more candidates of one field than this come from a listing's markup
_MAX = 12


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """What a source said of this address before it was fetched: ``source`` is ``feed``, ``listing`` or ``api``."""

    source: str
    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    byline: str | None = None
    kind: str | None = None
    language: str | None = None
    id: str | None = None


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """Machine-readable values of a page, each with its evidence, the strongest first.

    ``articles`` counts the articles that structured data describes: more than one is a listing's. ``kinds`` are the
    schema.org types that no release has (``CollectionPage`` …). ``canonical`` is an address of the same host.
    ``damage`` says what was broken.
    """

    headlines: tuple[Printed, ...] = ()
    published: tuple[Printed, ...] = ()
    modified: tuple[Printed, ...] = ()
    publishers: tuple[Printed, ...] = ()
    types: tuple[Printed, ...] = ()
    languages: tuple[Printed, ...] = ()
    site_name: str | None = None
    description: str | None = None
    generator: str | None = None
    topics: tuple[str, ...] = ()
    canonical: str | None = None
    translations: tuple[Translation, ...] = ()
    cms_id: str | None = None
    articles: int = 0
    kinds: tuple[str, ...] = ()
    damage: tuple[str, ...] = ()


def collect_metadata(page: Page, handed: Handed | None = None) -> Metadata:
    """Everything ``page`` says to machines, with what a source ``handed`` in. Never raises."""
    nodes, damage = parse_scripts(page.jsonld)
    articles = [node for node in nodes if _ARTICLES.intersection(types_of(node)) or not types_of(node)]
    described = articles[:1] or [node for node in nodes if _PAGES.intersection(types_of(node))][:1]
    return Metadata(
        headlines=_gather(page, handed, "headline", _HEADLINE, _jsonld(described, "headline", "name")),
        published=_gather(
            page, handed, "published", _PUBLISHED, _jsonld(described, "datePublished", "dateCreated")
        ),
        modified=_gather(page, handed, "modified", _MODIFIED, _jsonld(described, "dateModified")),
        publishers=_gather(
            page,
            handed,
            "byline",
            _PUBLISHER,
            _jsonld(described, "sourceOrganization", "publisher", "author", "creator"),
        ),
        types=_gather(page, handed, "kind", _KIND, _jsonld(described, "articleSection", "genre")),
        languages=_gather(page, handed, "language", _LANGUAGE, _jsonld(described, "inLanguage")),
        site_name=page.meta("og:site_name", "application-name"),
        description=page.meta("og:description", "description", "dcterms.description", "twitter:description"),
        generator=page.meta("generator"),
        topics=_topics(page, described),
        canonical=_canonical(page),
        translations=tuple(_translations(page)),
        cms_id=(handed.id if handed else None) or _cms_id(page),
        articles=len(articles),
        kinds=tuple(kind for node in nodes for kind in types_of(node) if kind in _NO_RELEASE)[:_MAX],
        damage=damage,
    )


def _gather(
    page: Page, handed: Handed | None, field: str, names: tuple[str, ...], structured: Iterable[Printed]
) -> tuple[Printed, ...]:
    """Candidates of one field: JSON-LD, microdata, meta elements, what the source said. Equal texts count once."""
    candidates = [*structured, *_marked(page, names), *_metas(page, names)]
    said = getattr(handed, field) if handed else None
    if handed and said:
        candidates.append(Printed(said, f"{handed.source}:{field}"))
    first: dict[str, Printed] = {}
    for candidate in candidates:
        first.setdefault(candidate.text, candidate)
    return tuple(first.values())[:_MAX]


def _metas(page: Page, names: tuple[str, ...]) -> Iterator[Printed]:
    metas = page.metas
    for name in names:
        if name in metas:
            yield from (Printed(content, f"meta:{name}") for content in metas[name][:_MAX] if content)


def _marked(page: Page, names: tuple[str, ...]) -> Iterator[Printed]:
    """Microdata and RDFa of the body. A value per card of a listing is no value of the page: then none counts."""
    if not page.marked:
        return
    wanted = {name.replace("dcterms.", "dcterms:").replace("dc.", "dc:") for name in names} - {
        "title",
        "author",
    }
    found = [mark for mark in page.marked if mark.name in wanted]
    if len({mark.block for mark in found}) > 4:
        return
    for mark in found:
        text = mark.text
        if text and len(text) < 500:
            yield Printed(text, f"itemprop:{mark.name}")


def _jsonld(nodes: list[dict[str, Any]], *keys: str) -> Iterator[Printed]:
    for node in nodes:
        for key in keys:
            text = text_of(node.get(key))
            if text:
                yield Printed(text, f"jsonld:{key}")


def _topics(page: Page, nodes: list[dict[str, Any]]) -> tuple[str, ...]:
    given = [*(p.text for p in _metas(page, _TOPICS)), *(p.text for p in _jsonld(nodes, "keywords"))]
    parts = (part.strip() for text in given for part in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if 1 < len(part) < 80))[:40]


def _canonical(page: Page) -> str | None:
    """The page's own address for itself, where it is an address of the same host and no front page.

    Several embassies' sites name one another's page as canonical (finlandabroad.fi), migrated sites their front page.
    """
    for link in page.links:
        if "canonical" in link.rel.split():
            address = page.absolute(link.href)
            if address and _host(address) == _host(page.url) and _path(address).strip("/"):
                return address
    return None


def _translations(page: Page) -> Iterator[Translation]:
    """Other languages of this page (``hreflang``): not itself, and no link to a site's front page."""
    seen: set[str] = set()
    for link in page.links:
        tag = (link.hreflang or "").strip().lower()
        if not tag or tag == "x-default" or tag in seen or "stylesheet" in link.rel:
            continue
        address = page.absolute(link.href)
        if address and address != page.url and _path(address).strip("/").count("/") >= 1:
            seen.add(tag)
            yield Translation(tag, address)


def _cms_id(page: Page) -> str | None:
    """The id that a content management system gives a page, with the system's name before it."""
    content_id = page.meta("govuk:content-id")
    if content_id:
        return f"govuk:{content_id}"
    for link in page.links:
        if link.rel == "shortlink" and (found := _shortlink(link.href)):
            return found
    for name in page.body_class.split():
        for prefix, system in (("postid-", "wordpress"), ("page-node-", "drupal")):
            if name.startswith(prefix) and name.removeprefix(prefix).isdigit():
                return f"{system}:{name.removeprefix(prefix)}"
    return None


def _shortlink(href: str) -> str | None:
    if "?p=" in href and (number := href.rsplit("?p=", 1)[1]).isdigit():
        return f"wordpress:{number}"
    if "/node/" in href and (number := href.rsplit("/node/", 1)[1].strip("/")).isdigit():
        return f"drupal:{number}"
    return None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
