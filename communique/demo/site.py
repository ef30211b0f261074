"""Every answer of the demonstration newsroom's site on a day, made once before the first request."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import escape

from communique.demo import markup, pdf
from communique.demo.newsroom import (
    LANGUAGES,
    REPUBLISHED,
    Release,
    old_path,
    releases,
    removed,
    words,
)

__all__ = ["LANGUAGES", "PAGE_PARAMETER", "Answer", "Site", "build"]

PAGE_PARAMETER = "_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_sa4rIst0_cur"
_PER_PAGE = 20
_FEED_ENTRIES = 20
_CRAWL_DELAY = (
    0.05  # seconds: a real site would ask for more; the whole demonstration takes under half a minute
)
_HTML = "text/html;charset=UTF-8"
#: what the old template's server said; browsers, and w3lib with them, read it as Windows-1252
_OLD_HTML = "text/html;charset=ISO-8859-1"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. ``modified`` is aware; ``etag`` is quoted and strong."""

    status: int
    content_type: str = _HTML
    body: bytes = b""
    etag: str | None = None
    modified: datetime | None = None
    location: str | None = None

    def unchanged(self) -> Answer:
        """The 304 that stands for this answer."""
        return replace(self, status=304, body=b"")


@dataclass(frozen=True, slots=True)
class Site:
    """The whole site on a day. Keys of ``answers`` are paths; a listing's further pages are ``path?number``."""

    day: int
    base: str
    releases: tuple[Release, ...]
    answers: dict[str, Answer]
    missing: Answer = field(default=Answer(404))


def build(day: int, base: str) -> Site:
    """The site as on ``day`` 1 or 2; ``base`` is scheme and host for the addresses it prints whole."""
    if day not in (1, 2):
        raise ValueError(f"the demonstration has day 1 and day 2, not day {day}")
    all_releases = releases(day)
    answers = _release_answers(all_releases, base)
    for language in LANGUAGES:
        own = [release for release in reversed(all_releases) if release.language == language]
        answers |= _listing_answers(language, own)
        answers[words(language)["feed_path"]] = _feed(language, own, base)
        answers[f"/sitemap-{language}.xml"] = _sitemap(own, base)
        answers[markup.front(language)] = _front(language, own)
    answers["/sitemap.xml"] = _sitemap_index(all_releases, base)
    answers["/robots.txt"] = _robots(base)
    answers["/o/saaristo-theme/css/main.css"] = _tagged(
        Answer(200, "text/css;charset=UTF-8", markup.stylesheet())
    )
    if day == 2:
        answers |= {path: _removed(kind, path) for path, kind in removed().items()}
    return Site(day, base, all_releases, answers, _missing())


def _release_answers(all_releases: tuple[Release, ...], base: str) -> dict[str, Answer]:
    # The pages of a release that lost a translation keep pointing to it, as editors leave such links standing;
    # so day 2 changes exactly the pages that changes.toml names.
    every = {(release.number, release.language): release for release in (*releases(1), *all_releases)}
    answers = {}
    for release in all_releases:
        translations = {
            code: every[release.number, code].path for code in LANGUAGES if (release.number, code) in every
        }
        related = [every[number, release.language] for number in _same_topic(release.number)]
        html = markup.release_page(release, base, translations, related)
        answers[release.path] = _page(html, release)
        answers |= {path: _document(title, release) for path, title in release.attachments}
        if release.number == REPUBLISHED:
            answers[old_path(release)] = Answer(301, location=base + release.path)
    return answers


def _same_topic(number: int) -> list[int]:
    return [other for other in range(number % 16, 64, 16) if other != number][:3]


def _page(html: str, release: Release) -> Answer:
    old = release.layout == "old"
    body = html.encode("cp1252" if old else "utf-8")
    return _tagged(
        Answer(200, _OLD_HTML if old else _HTML, body, modified=release.last_modified.astimezone(UTC))
    )


def _document(title: str, release: Release) -> Answer:
    text = words(release.language)
    lines = next(document["lines"] for document in text["documents"] if document["title"] == title)
    body = pdf.one_page([text["ministry"], title, "", *lines])
    return _tagged(Answer(200, "application/pdf", body, modified=release.published.astimezone(UTC)))


def _tagged(answer: Answer) -> Answer:
    return replace(answer, etag='"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"')


def _listing_answers(language: str, own: list[Release]) -> dict[str, Answer]:
    """Pages of twenty, newest first. A page past the end is an empty listing with status 200, as Liferay serves it."""
    path, pages = words(language)["listing_path"], -(-len(own) // _PER_PAGE)
    answers = {}
    for page in range(1, pages + 2):
        entries = own[(page - 1) * _PER_PAGE : page * _PER_PAGE]
        links = [old_path(entry) if entry.number == REPUBLISHED else entry.path for entry in entries]
        html = markup.listing_page(language, entries, links, _pager(language, page, pages))
        answers[path if page == 1 else f"{path}?{page}"] = _tagged(Answer(200, body=html.encode()))
    return answers


def _pager(language: str, page: int, pages: int) -> str:
    text = words(language)

    def link(number: int, shown: str, rel: str = "") -> str:
        href = f"{text['listing_path']}?{PAGE_PARAMETER}={number}" if number > 1 else text["listing_path"]
        return f'<li><a{rel} href="{href}">{shown}</a></li>'

    items = [link(number, str(number)) for number in range(1, pages + 1)]
    if page < pages:
        items.append(link(page + 1, text["labels"]["next"], ' rel="next"'))
    return "\n".join(items)


def _feed(language: str, own: list[Release], base: str) -> Answer:
    text, entries = words(language), own[:_FEED_ENTRIES]
    newest = max(entry.updated or entry.published for entry in entries).astimezone(UTC)
    items = "\n".join(_entry(entry, base, text["ministry"]) for entry in entries)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"<title>{escape(text['labels']['listing'])} – {escape(text['ministry'])}</title>\n"
        f'<id>{base}{text["feed_path"]}</id>\n<link rel="self" href="{base}{text["feed_path"]}"/>\n'
        f"<updated>{_utc(newest)}</updated>\n{items}\n</feed>\n"
    )
    return _tagged(Answer(200, "application/atom+xml;charset=UTF-8", body.encode(), modified=newest))


def _entry(release: Release, base: str, author: str) -> str:
    return (
        f"<entry><title>{escape(release.headline)}</title>"
        f'<link rel="alternate" href="{base}{release.path}"/><id>{base}{release.path}</id>'
        f"<published>{_utc(release.published)}</published>"
        f"<updated>{_utc(release.updated or release.published)}</updated>"
        f"<author><name>{escape(author)}</name></author><summary>{escape(release.lead)}</summary></entry>"
    )


def _sitemap(own: list[Release], base: str) -> Answer:
    urls = "\n".join(
        f"<url><loc>{base}{release.path}</loc><lastmod>{_utc(release.updated or release.published)}</lastmod></url>"
        for release in own
    )
    return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>')


def _sitemap_index(all_releases: tuple[Release, ...], base: str) -> Answer:
    newest = {release.language: _utc(release.updated or release.published) for release in all_releases}
    maps = "\n".join(
        f"<sitemap><loc>{base}/sitemap-{language}.xml</loc><lastmod>{newest[language]}</lastmod></sitemap>"
        for language in LANGUAGES
    )
    return _xml(
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{maps}\n</sitemapindex>'
    )


def _xml(text: str) -> Answer:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
    return _tagged(Answer(200, "application/xml;charset=UTF-8", body))


def _front(language: str, own: list[Release]) -> Answer:
    text = words(language)
    paragraphs = [*text["front"], *(release.headline for release in own[:5])]
    return _tagged(Answer(200, body=markup.plain_page(language, text["ministry"], paragraphs).encode()))


def _robots(base: str) -> Answer:
    lines = [
        "User-agent: *",
        f"Crawl-delay: {_CRAWL_DELAY}",
        "Disallow: /haku",
        f"Sitemap: {base}/sitemap.xml",
    ]
    return _tagged(Answer(200, "text/plain;charset=UTF-8", "\n".join([*lines, ""]).encode()))


def _removed(kind: str, path: str) -> Answer:
    language = next((code for code in ("sv", "en") if path.startswith(f"/{code}/")), "fi")
    if kind == "front":
        return Answer(302, location=markup.front(language))
    text = words(language)
    return Answer(410, body=markup.plain_page(language, text["gone"][0], text["gone"][1:]).encode())


def _missing() -> Answer:
    text = words("fi")
    return Answer(404, body=markup.plain_page("fi", text["missing"][0], text["missing"][1:]).encode())


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
