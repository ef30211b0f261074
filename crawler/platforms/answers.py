"""JSON answers of content APIs, told as a page of their own layout: one way of reading for pages and answers.

GOV.UK's Content API: 64 example documents of alphagov/publishing-api. European Commission's Press Corner: the field
names of its authors' notes of 2026-07; ``contactsResource`` was never seen, so its keys are matched by what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape, unescape
from typing import TYPE_CHECKING, Any

import msgspec

from crawler.items import Refusal
from crawler.platforms.layout import Layout, Marker

if TYPE_CHECKING:
    from crawler.reading.page import Page

LAYOUTS = (
    Layout(
        name="answers/content-api",
        platform="answers",
        since=2015,
        marker=Marker(generator="communique: answer"),
        places={
            "headline": ("h1.answer-title",),
            "subheadline": ("p.answer-lead",),
            "published": ("time.answer-published::attr(datetime)",),
            "modified": ("time.answer-modified::attr(datetime)",),
            "type_label": (".answer-type",),
            "byline": (".answer-byline",),
            "number": (".answer-number",),
            "body": (".answer-body",),
            "contacts": (".answer-contacts",),
            "topics": (".answer-topic",),
        },
    ),
)

#: document types of the Content API that are releases (``schema_name`` news_article, speech, fatality_notice)
_GOVUK_RELEASES = frozenset((
    "press_release", "news_story", "world_news_story", "government_response", "news_article", "fatality_notice", "speech", "transcript",
    "oral_statement", "written_statement", "authored_article", "draft_text", "speaking_notes", "world_location_news_article",
))  # fmt: skip


_TAG = re.compile(r"<[^>]*>")
#: a longer explanation would be read as the text of the release
_SHORT = 240


def answer_page(body: bytes, url: str) -> Page | Refusal | None:
    """The page that a JSON answer stands for; a refusal where it is no release; None where it is no known answer."""
    if body.lstrip()[:1] != b"{":
        return None
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if "docuLanguageResource" in answer:
        return _press_corner(answer, url)
    if "schema_name" in answer and "base_path" in answer:
        return _content_api(answer, url)
    return None


def _content_api(answer: dict[str, Any], url: str) -> Page | Refusal:
    kind = _word(answer.get("document_type"))
    if kind not in _GOVUK_RELEASES:
        reason = {"gone": "gone", "redirect": "redirect"}.get(kind, "not a release")
        return Refusal(url, reason, f"document_type {kind or 'missing'}")
    details, links = _table(answer.get("details")), _table(answer.get("links"))
    issuing = _list(links.get("organisations")) or _list(links.get("worldwide_organisations"))
    organisations = [_word(_table(each).get("title")) for each in issuing]
    parts = [
        _element("p", "answer-type", kind.replace("_", " ").capitalize()),
        _element("h1", "answer-title", _word(answer.get("title"))),
        _withdrawal(_table(answer.get("withdrawn_notice")), kind.replace("_", " ")),
        _element("p", "answer-lead", _word(answer.get("description"))),
        _time("answer-published", _word(answer.get("first_published_at") or details.get("first_public_at"))),
        _time("answer-modified", _word(answer.get("public_updated_at"))),
        _element("p", "answer-byline", ", ".join(filter(None, organisations))),
        f'<div class="answer-body">{_govspeak(details.get("body"))}</div>',
    ]
    head = _meta("govuk:content-id", _word(answer.get("content_id")))
    return _page(parts, head, _word(answer.get("locale")), url)


def _withdrawal(notice: dict[str, Any], kind: str) -> str:
    """The banner as GOV.UK's own page prints it: the explanation need not say that anything was withdrawn."""
    try:
        day = datetime.fromisoformat(_word(notice.get("withdrawn_at")))
    except ValueError:
        when = ""
    else:
        when = f" {day.day} {day:%B %Y}"
    explanation = _word(notice.get("explanation"))
    if not when and not explanation:
        return ""
    said = f"This {kind} was withdrawn{' on' + when if when else ''}"
    why = " ".join(unescape(_TAG.sub(" ", explanation)).split())
    return _element("p", "answer-notice", f"{said}. {why}" if 0 < len(why) < _SHORT else said)


def _press_corner(answer: dict[str, Any], url: str) -> Page | Refusal:
    document = _table(answer.get("docuLanguageResource"))
    content = _word(document.get("htmlContent"))
    if not content or not _word(document.get("title")):
        return Refusal(url, "empty", "docuLanguageResource without title or htmlContent")
    parts = [
        _element("p", "answer-type", _word(_table(answer.get("docutypeResource")).get("description"))),
        _element("p", "answer-number", _word(answer.get("refCode") or answer.get("reference"))),
        _element("h1", "answer-title", _word(document.get("title"))),
        _element("p", "answer-lead", _word(document.get("subtitle"))),
        _time("answer-published", _word(answer.get("publishDate") or answer.get("eventDate"))),
        _element("p", "answer-byline", "European Commission"),
        f'<div class="answer-body">{content}</div>',
        _contacts(_list(answer.get("contactsResource"))),
    ]
    return _page(
        parts, "", _word(_table(document.get("language")).get("code") or document.get("languageCode")), url
    )


def _contacts(contacts: list[Any]) -> str:
    """Spokespersons as lines: names, then what looks like a number, then what looks like an address."""
    blocks = [
        "<br>".join(escape(line) for line in _contact_lines(_table(contact))) for contact in contacts[:40]
    ]
    lines = "".join(f"<p>{block}</p>" for block in blocks if block)
    return f'<address class="answer-contacts"><h2>Press contacts:</h2>{lines}</address>' if lines else ""


def _contact_lines(contact: dict[str, Any]) -> Iterator[str]:
    values = {key.lower(): _word(value) for key, value in contact.items()}
    name = " ".join(value for key, value in values.items() if value and "name" in key and "user" not in key)
    if name:
        yield name
    groups: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("", lambda key: "role" in key or "function" in key or "title" in key),
        ("Tel: ", lambda key: "phone" in key or "mobile" in key),
        ("", lambda key: "mail" in key),
    )
    for prefix, wanted in groups:
        yield from (prefix + value for key, value in values.items() if value and wanted(key))


def _page(parts: list[str], head: str, language: str, url: str) -> Page | Refusal:
    lang = f' lang="{escape(language, quote=True)}"' if language else ""
    text = (
        f"<!DOCTYPE html><html{lang}><head>{_meta('generator', 'communique: answer')}{head}</head>"
        f"<body><article>{''.join(parts)}</article></body></html>"
    )
    from crawler.reading.page import parse_page  # reading imports this module

    return parse_page(text.encode("utf-8", "surrogatepass"), url, "text/html; charset=utf-8")


def _govspeak(body: Any) -> str:
    """The body as HTML: a string, or one of several renderings of the same text."""
    if isinstance(body, list):
        renderings = [_table(each) for each in body]
        return next(
            (_word(each.get("content")) for each in renderings if each.get("content_type") == "text/html"), ""
        )
    return _word(body)


def _element(tag: str, name: str, text: str) -> str:
    return f'<{tag} class="{name}">{escape(text)}</{tag}>' if text else ""


def _time(name: str, stamp: str) -> str:
    return f'<time class="{name}" datetime="{escape(stamp, quote=True)}"></time>' if stamp else ""


def _meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content, quote=True)}">' if content else ""


def _word(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
