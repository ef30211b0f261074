"""The demonstration newsroom's pages as HTML: two templates, as the sites of Finland's ministries had."""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from communique.demo.newsroom import LANGUAGES, Block, Release, words

_TEMPLATES = Path(__file__).parent / "templates"
_LOCALE = {"fi": "fi-FI", "sv": "sv-SE", "en": "en-US"}
_OWN_NAME = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def release_page(release: Release, base: str, translations: dict[str, str], related: list[Release]) -> str:
    """The page of one release. ``translations`` maps a language to a path; ``base`` is scheme and host."""
    text = words(release.language)
    return _template(release.layout).substitute(
        _chrome(text, release.language, translations),
        head=_metadata(release, base, translations) if release.layout == "liferay" else "",
        headline=escape(release.headline),
        stamp=_stamp(text, release),
        type=text["labels"]["type"],
        lead=escape(release.lead),
        body="\n".join(_block(block) for block in release.blocks),
        contacts=_contacts(text, release),
        attachments=_attachments(text, release),
        related=_teasers(related, release.layout),
    )


def listing_page(language: str, entries: list[Release], links: list[str], pager: str) -> str:
    """One page of the listing; ``links`` are the addresses of the entries, which need not be the newest ones."""
    text = words(language)
    items = "\n".join(
        f'<li class="list-item"><span class="type">{text["labels"]["type"]}</span> '
        f'<a href="{link}">{escape(entry.headline)}</a> '
        f'<span class="date">{_dotted(entry)}</span><p>{escape(entry.lead)}</p></li>'
        for entry, link in zip(entries, links, strict=True)
    )
    return _template("listing").substitute(
        _chrome(text, language, {code: front(code) for code in LANGUAGES}),
        headline=text["labels"]["listing"],
        items=items or f"<li>{text['labels']['empty']}</li>",
        pager=pager,
    )


def plain_page(language: str, headline: str, paragraphs: list[str]) -> str:
    """A page of the site that is no release: a front page, an error page."""
    text = words(language)
    return _template("plain").substitute(
        _chrome(text, language, {code: front(code) for code in LANGUAGES}),
        headline=escape(headline),
        body="\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs),
    )


def stylesheet() -> bytes:
    """The site's own style, so that the show-window is pleasant to look through."""
    return (_TEMPLATES / "site.css").read_bytes()


def front(language: str) -> str:
    """The path of the front page in a language."""
    return "/" if language == "fi" else f"/{language}/"


def protect(html: str) -> str:
    """Hide the addresses marked ``⟦…⟧`` as Cloudflare does: XOR with a key byte, written in hexadecimal."""

    def hide(match: re.Match[str]) -> str:
        address = match[1].encode()
        key = 0x20 + len(address)
        code = bytes([key, *(byte ^ key for byte in address)]).hex()
        return (
            f'<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="{code}">'
            "[email&#160;protected]</a>"
        )

    return re.sub("⟦([^⟧]+)⟧", hide, html)


def _chrome(text: dict[str, Any], language: str, translations: dict[str, str]) -> dict[str, str]:
    """What every page carries: names, labels, the language switcher, the footer."""
    switcher = " ".join(
        f'<li><a hreflang="{_LOCALE[code]}" lang="{code}" href="{path}">{_OWN_NAME[code]}</a></li>'
        for code, path in translations.items()
    )
    labels = {key: escape(value) for key, value in text["labels"].items()}
    return labels | {
        "lang": _LOCALE[language],
        "ministry": text["ministry"],
        "front": front(language),
        "listing_path": text["listing_path"],
        "feed_path": text["feed_path"],
        "switcher": switcher,
    }


def _stamp(text: dict[str, Any], release: Release) -> str:
    """The printed date: a colon time in the old template; later a label, a dot time, perhaps a second stamp."""
    if release.layout == "old":
        return release.published.strftime("%d.%m.%Y %H:%M")
    labels, own = text["labels"], _dotted(release)
    if release.original:
        day, time = own.split(" ")
        own = f"{_dot(release.original)} | {labels['translated'].format(day=day, time=time)}"
    stamp = f'<span class="publish-date">{labels["published"]} {own}</span>'
    if release.updated:
        stamp += f' <span class="modified-date">{labels["updated"]} {_dot(release.updated)}</span>'
    return stamp


def _dotted(release: Release) -> str:
    return _dot(release.published)


def _dot(when: Any) -> str:
    return f"{when.day}.{when.month}.{when.year} {when.hour}.{when.minute:02}"


def _metadata(release: Release, base: str, translations: dict[str, str]) -> str:
    """Links to the translations; Open Graph from 2023 on; JSON-LD from 2024 on, as such sites grew them."""
    lines = [f'<link rel="canonical" href="{base}{release.path}">']
    lines += [
        f'<link rel="alternate" hreflang="{_LOCALE[code]}" href="{base}{path}">'
        for code, path in translations.items()
    ]
    if release.published.year >= 2023:
        lines += [
            '<meta property="og:type" content="article">',
            f'<meta property="og:title" content="{escape(release.headline)}">',
            f'<meta property="og:description" content="{escape(release.lead)}">',
            f'<meta property="og:url" content="{base}{release.path}">',
        ]
    if release.published.year >= 2024:
        lines.append(f'<script type="application/ld+json">{_json_ld(release)}</script>')
    return "\n".join(lines)


def _json_ld(release: Release) -> str:
    value = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": release.headline,
        "inLanguage": release.language,
        "datePublished": (release.original or release.published).isoformat(),
        "publisher": {"@type": "GovernmentOrganization", "name": words(release.language)["ministry"]},
    }
    if release.updated:
        value["dateModified"] = release.updated.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def _block(block: Block) -> str:
    match block.kind:
        case "ul":
            return "<ul>" + "".join(f"<li>{escape(row[0])}</li>" for row in block.rows) + "</ul>"
        case "table":
            head, *rows = block.rows
            lines = ["<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"]
            lines += ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
            return "<table>" + "\n".join(lines) + "</table>"
        case kind:
            return f"<{kind}>{escape(block.rows[0][0])}</{kind}>"


def _contacts(text: dict[str, Any], release: Release) -> str:
    """The contact block. A sentence needs no label; stanzas are paragraphs of their own."""
    stanzas = [escape(stanza).replace("\n", "<br>\n") for stanza in release.contact_lines.split("\n\n")]
    label = text["contacts"]["label"]
    if not release.contact_lines.startswith(text["contacts"]["sentence"]):
        stanzas[0] = f"<strong>{label}</strong><br>\n{stanzas[0]}"
    return protect("\n".join(f"<p>{stanza}</p>" for stanza in stanzas))


def _attachments(text: dict[str, Any], release: Release) -> str:
    if not release.attachments:
        return ""
    items = "".join(
        f'<li><a href="{path}">{escape(title)} (pdf)</a></li>' for path, title in release.attachments
    )
    return f'<div class="attachments"><h3>{text["labels"]["attachments"]}</h3><ul>{items}</ul></div>'


def _teasers(related: list[Release], layout: str) -> str:
    return "\n".join(
        f'<li><a href="{other.path}">{escape(other.headline)}</a> '
        f"<span>{_dotted(other) if layout == 'liferay' else other.published.strftime('%d.%m.%Y')}</span></li>"
        for other in related
    )


@cache
def _template(name: str) -> Template:
    return Template((_TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))
