"""From a page to a ReleaseItem: the default reading.

``read`` is the assembly; each field is found by a module of its own, in the order of evidence of DESIGN §6. A line
of the page that one field has used whole is no longer text of the body.
"""

from __future__ import annotations

import msgspec

from crawler.items import Refusal, ReleaseItem
from crawler.languages import Words, words
from crawler.platforms import layout_for
from crawler.platforms.answers import answer_page
from crawler.reading.attachments import find_attachments
from crawler.reading.body import find_body
from crawler.reading.contact_blocks import find_contact_blocks
from crawler.reading.dates import find_dates
from crawler.reading.headline import find_headline, refine
from crawler.reading.headline_text import Headline
from crawler.reading.labels import Labels, find_labels
from crawler.reading.language import find_language
from crawler.reading.metadata import Metadata, collect_metadata
from crawler.reading.notices import find_notices
from crawler.reading.page import Page, parse_page
from crawler.reading.place import Place, find_place
from crawler.reading.placed import Placed
from crawler.reading.refusals import refuse
from crawler.reading.signs import Reading
from crawler.reading.subheadline import find_subheadline
from crawler.reading.walls import find_wall
from crawler.registry import Newsroom

#: changes whenever the same page can give another item: stored with each revision, so that a reading can be repeated
READER_VERSION = "3"


def read(
    page: Page, newsroom: Newsroom, *, generic: bool = False, losers: bool = False
) -> ReleaseItem | Refusal:
    """The release that ``page`` holds, as printed, or the reason why it is none. Never raises.

    ``generic`` switches the platforms and the newsroom's own selectors off; ``losers`` asks for every candidate that
    was decided against (``ReleaseItem.lost``), for those who want to know why.
    """
    wall = find_wall(page)
    if wall:
        return wall
    metadata = collect_metadata(page)
    vocabulary = words_of(page, newsroom)
    placed = Placed(page, None if generic else layout_for(page, newsroom))
    known = placed.headline()
    headline = refine(page, metadata, known) if known else find_headline(page, metadata, vocabulary)
    if headline is None:
        return Refusal(page.url, "no headline", "neither a heading nor a title")
    place = find_place(page, headline.block, vocabulary)
    labels = find_labels(page, place, metadata, vocabulary, placed.layout, losers=losers)
    item = _item(_Scene(page, newsroom, metadata, vocabulary, placed), headline, place, labels)
    return refuse(Reading(page, place, item, labels, metadata, vocabulary)) or item


class _Scene(msgspec.Struct, frozen=True):
    """What every field of one page is looked for in."""

    page: Page
    newsroom: Newsroom
    metadata: Metadata
    words: Words
    placed: Placed


def _item(scene: _Scene, headline: Headline, place: Place, labels: Labels) -> ReleaseItem:
    """The item of a page whose headline, place and labels are found: the other fields, and the body that is left."""
    page, newsroom, metadata, placed = scene.page, scene.newsroom, scene.metadata, scene.placed
    contacts = find_contact_blocks(page, place, scene.words, newsroom.country)
    dates = find_dates(
        page,
        place,
        scene.words,
        metadata,
        placed=placed.printed("published"),
        placed_modified=placed.printed("modified"),
    )
    notices = find_notices(page, place, scene.words)
    subheadline, below = find_subheadline(page, place, placed, scene.words)
    used = (
        below | notices.used | headline.used | labels.used | dates.used | contacts.used | placed.lines("drop")
    )
    body = find_body(page, place, used, scene.words, placed.lines("body"))
    return ReleaseItem(
        url=page.url,
        newsroom=newsroom.slug,
        layout=placed.name,
        headline=headline.printed,
        subheadline=subheadline,
        body=body.text,
        body_html=body.html,
        published=dates.published,
        modified=dates.modified,
        type_label=labels.type_label,
        byline=labels.byline,
        number=labels.number,
        language=find_language(page, f"{headline.printed.text}\n{body.text}", newsroom.languages),
        contact_blocks=contacts.blocks,
        attachments=find_attachments(page, place),
        links=body.links,
        topics=metadata.topics,
        translations=metadata.translations,
        notices=notices.quotes,
        cms_id=metadata.cms_id,
        canonical=metadata.canonical,
        lost=(*(("headline", printed) for printed in headline.lost), *labels.lost),
    )


def open_page(body: bytes, url: str, content_type: str | None = None) -> Page | Refusal:
    """The page of a response: of HTML as it is, of a known content API's JSON as the page it stands for."""
    answer = answer_page(body, url)
    return parse_page(body, url, content_type) if answer is None else answer


def words_of(page: Page, newsroom: Newsroom) -> Words:
    """The words to read ``page`` with: its own language's and the newsroom's; of all languages where none is known."""
    named = (page.lang, page.meta("dcterms.language", "content-language", "og:locale"), *newsroom.languages)
    return words(tuple(dict.fromkeys(tag.replace("_", "-") for tag in named if tag)))
