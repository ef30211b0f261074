"""From a ReleaseItem, as printed, to a Release, normalised: the one place where strings get their meaning."""

from __future__ import annotations

from archive.model import Release, Translation
from crawler.items import Printed, ReleaseItem
from crawler.languages import pattern, words
from crawler.languages.folding import fold
from crawler.reading import READER_VERSION
from crawler.reading.kinds import kind_of
from crawler.registry import Newsroom
from pipelines.contacts import read_contacts
from pipelines.dates import choose
from pipelines.identity import identify
from pipelines.text import clean_line, clean_line_or_none, clean_text


def to_release(item: ReleaseItem, newsroom: Newsroom) -> Release:
    """The release an item tells. Pure: the same item gives the same release, whenever it is read.

    A date that cannot be decided is None with ``published_reason``; nothing is guessed or filled in.
    """
    language = _text(item.language)
    published, reason = choose(item.published, newsroom)
    modified, _ = choose(item.modified, newsroom)
    if published and modified and modified.at.date() < published.at.date():
        modified = None  # the day that the site's frame or another page was changed
    vocabulary = words(tuple(dict.fromkeys(filter(None, (language, *newsroom.languages)))))
    return Release(
        newsroom=newsroom.slug,
        url=item.url,
        identity=identify(item.url, cms_id=item.cms_id, canonical=item.canonical, language=language),
        headline=clean_line(item.headline.text),
        subheadline=_text(item.subheadline),
        body=clean_text(item.body),
        body_html=item.body_html,
        language=language,
        published=published,
        published_raw=published.raw if published else _raw(item.published),
        published_reason=reason,
        modified=modified,
        modified_raw=modified.raw if modified else _raw(item.modified),
        type_label=_text(item.type_label),
        type=_type(item),
        byline=_text(item.byline),
        number=_text(item.number),
        links=item.links,
        contacts=read_contacts(item.contact_blocks, vocabulary, newsroom.country),
        attachments=item.attachments,
        topics=tuple(dict.fromkeys(filter(None, map(clean_line, item.topics)))),
        translations=tuple(Translation(it.language.split("-")[0], it.url) for it in item.translations),
        notices=tuple(map(clean_line, item.notices)),
        withdrawn=any(pattern(vocabulary.notices.withdrawn).search(fold(notice)) for notice in item.notices),
        layout=item.layout,
        reader_version=READER_VERSION,
        evidence=_evidence(item),
    )


def _text(printed: Printed | None) -> str | None:
    return clean_line_or_none(printed.text) if printed else None


def _raw(candidates: tuple[Printed, ...]) -> str | None:
    return clean_line(candidates[0].text) if candidates else None


def _type(item: ReleaseItem) -> str | None:
    """The normalised type of a printed label: in the release's language, else in any (frames speak another one)."""
    if item.type_label is None:
        return None
    label, own = item.type_label.text, words((item.language.text,) if item.language else ())
    return kind_of(label, own) or kind_of(label, words(()))


def _evidence(item: ReleaseItem) -> tuple[tuple[str, str], ...]:
    named = {
        "headline": item.headline,
        "subheadline": item.subheadline,
        "type": item.type_label,
        "byline": item.byline,
        "number": item.number,
        "language": item.language,
    }
    return tuple((field, printed.evidence) for field, printed in named.items() if printed)
