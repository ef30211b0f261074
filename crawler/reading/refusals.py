"""Pages that were read and are no release: listings, front pages, contact pages, biographies, guides, notices of other kinds.

A release is told by what ministries put around one: a publication date, a type label, an issuing body, a contact, a
place among news in the address. A page with none of these is no release, however well it reads.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

import msgspec

from crawler.items import Printed, Refusal, ReleaseItem
from crawler.languages import Words, words
from crawler.languages.folding import fold
from crawler.reading.blocks import Block, Zone, weight
from crawler.reading.documents import event_facts, gazette_parts, record_facts
from crawler.reading.kinds import kind_in, segments
from crawler.reading.labels import Labels
from crawler.reading.lazy import lazy
from crawler.reading.listings import Shape, has_date, lines_of_days, shape_of
from crawler.reading.metadata import Metadata
from crawler.reading.numbers import number_in
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running
from crawler.reading.walls import page_phrases, says

#: the words that news addresses hold, whatever the site's language; a year and month do as well
_NEWSY = re.compile(
    r"(?:^|[/._-])(?:news\w*|press\w*|media-?(?:releases?|statements?|centre|center|room)|releases?|announcements?|statements|speech\w*|remarks|"
    r"aktuel\w*|actueel|nieuws\w*|pers(?:bericht\w*)?|premsa\w*|notes?-premsa|preas\w*|newyddion|datganiad\w*|stqarrij\w*|meldung\w*|mitteilung\w*|nachrichten\w*|medien\w*|pm|reden?|artikel|articles?|articulos?|nyhet\w*|nyhed\w*|nyheder|"
    r"frett\w*|tiedot\w*|ajankoht\w*|uutis\w*|uudis\w*|actualit\w*|communiq\w*|comuni[cq]\w*|notici\w*|nota\w?|notizi\w*|stampa|prensa|imprensa|"
    r"wiadom\w*|aktualn\w*|zpravy|tiskov\w*|sprav[ay]|vijesti|vesti|novic\w*|novosti|noutati|stiri|hirek|kozlem\w*|preses?\w*|naujien\w*|jaunum\w*|"
    r"briefing\w*|houdou|hodo|press_?room|newsroom|blog|transcripts?|asset_publisher|publicserv|haber\w*|duyuru\w*|berita|siaran|zinas|raksts|lajme?|xinwen|xwfb\w*|xwzx|tzgg|gzdt)(?=$|[/._?=-]|\d)",
    re.IGNORECASE,
)
_DATED_PATH = re.compile(
    r"/(?:19|20)\d\d[/_-](?:0?[1-9]|1[0-2])(?=[/_-]|$)|/(?:19|20)\d\d(?:0[1-9]|1[0-2])(?=[/_-]|\d\d)|/(?:19|20)\d\d/[a-z]{3,10}/\d{1,2}(?=[/_-])|/-/|(?:^|[^\d])(?:19|20)\d{6}(?!\d)"
)
_NOT_NEWS = re.compile(
    r"(?:^|/)(?:[a-z-]*contact[a-z-]*|[a-z-]*kontakt[a-z-]*|yhteystiedot|contatti|contato|login|signin|sign-in|search|suche|about|biograph\w*|glossar\w*)(?=$|[/._?-])",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"^/?(?:[a-z]{2}(?:[-_][a-z]{2})?)?/?(?:(?:index|home|default|startseite|etusivu|main)(?:\.\w{2,5})?)?/?$",
    re.IGNORECASE,
)
_LISTING_KINDS = frozenset(("CollectionPage", "SearchResultsPage", "ItemList"))
#: Open Graph's types of things that are no text
_OTHER_TYPES = frozenset(("product", "profile", "book", "restaurant", "music"))
_OTHER_KINDS = frozenset(("ContactPage", "ProfilePage", "FAQPage", "JobPosting", "Event"))


#: evidence of bylines that may be the site's own name
_SITE_NAMES = (
    "label:name",
    "label:class",
    "meta:",
    "jsonld:",
    "class:office",
    "class:sender",
    "class:department",
    "class:ministry",
    "class:agency",
    "class:owner",
)
#: evidence of dates that the page's head, its address or the source tells
_UNPRINTED = ("meta:", "jsonld:", "itemprop:", "url", "feed:", "listing:", "api:", "layout:meta")
#: evidence of type labels that other pages bear as well
_WEAK = frozenset(("label:breadcrumb", "label:text", "label:end", "label:near the headline, of any language"))


#: the shortest releases that were seen have a sentence of this length
_SHORTEST = 120
#: an introduction to a list is shorter
_INTRODUCTION = 250
#: content types of Drupal, WordPress and others, and microformats
_EVENT = re.compile(
    r"(?:^|\s)((?:page-)?node-+type-+events?|(?:single|type)-(?:tribe_events|mec-events|events?)|event-node|node-event"
    r"|h-event|vevent|event-(?:details?|single))(?=\s|$)"
)
#: a template may say both: "single-article single-event"
_ARTICLE = re.compile(r"(?:^|\s)(?:single|type|node)-+(?:article|news\w*|post|press\w*)(?=\s|$)")
#: a line that heads a day of a programme is shorter
_DAY = 50
_HOURS = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|-|–|to\s)")
#: so many cells of tables, and less text than this beside them, make a file of facts
_CELLS, _BESIDE = 12, 250
#: elements from a line up to the page's root
_LEVELS = 40
#: so much text is no listing's, whatever is related to it
_TEXT = 600
_OUTSIDE = Zone.NAV | Zone.FOOTER | Zone.HIDDEN | Zone.NOSCRIPT | Zone.SHARE | Zone.COOKIE | Zone.BREADCRUMB


class Reading(msgspec.Struct, frozen=True, dict=True):
    """What the refusals weigh: one reading and the page it was made from."""

    page: Page
    place: Place
    item: ReleaseItem
    labels: Labels
    metadata: Metadata
    words: Words

    @property
    def headline(self) -> str:
        """The headline as printed."""
        return self.item.headline.text

    @lazy
    def inside(self) -> list[Block]:
        """The lines below the headline that are no menu, footer or form."""
        place = self.place
        lines = self.page.blocks[max(place.headline + 1, 0) : place.last]
        return [block for block in lines if not block.zones & ~place.zones & _OUTSIDE]

    @lazy
    def running(self) -> frozenset[int]:
        """The indexes of those lines that are running text."""
        return frozenset(block.index for block in self.inside if is_running(block, self.place.zones))

    @lazy
    def weight(self) -> int:
        """The weight of the body."""
        return weight(self.item.body)

    @lazy
    def dated(self) -> bool:
        """Whether a publication date is printed or stamped on the page itself; head and address do not count."""
        return any(not printed.evidence.startswith(_UNPRINTED) for printed in self.item.published)


def refuse(reading: Reading) -> Refusal | None:
    """Why what was read is no release, with the evidence, or None where it is one."""
    for check in (
        _other_kind,
        _listing,
        _calendar,
        _front_page,
        _contact_page,
        _biography,
        _guide,
        _no_text,
        _little_text,
        _tables,
        _no_sign,
    ):
        found = check(reading)
        if found:
            return Refusal(reading.page.url, *found)
    return None


Found = tuple[str, str]


def _other_kind(reading: Reading) -> Found | None:
    """A label near the headline, or structured data, that names another kind of document."""
    label = reading.labels.type_label
    if label and reading.labels.type == "no release" and label.evidence not in _WEAK:
        return "another kind of document", f"{label.evidence}: {label.text}"
    numbered = segments(reading.headline)[:1]
    if (
        numbered
        and number_in(numbered[0])
        and (kind := kind_in(numbered[0], reading.words))
        and kind.kind == "no release"
    ):
        return "another kind of document", f"headline {reading.headline[:60]!r}"
    kinds = _OTHER_KINDS.intersection(reading.metadata.kinds)
    if kinds and not reading.metadata.articles and (kinds != {"Event"} or label is None):
        return "another kind of document", f"schema.org {min(kinds)}"
    told = _untitled_kind(reading) if label is None or _names_part(label, reading) else None
    if told:
        return "another kind of document", told
    parts = gazette_parts(reading.inside)
    return ("another kind of document", f"parts of an official notice: {parts}") if parts else None


def _names_part(label: Printed, reading: Reading) -> bool:
    """Whether a label names a part of the page and not the page: its last line, or a link to the agenda."""
    return label.evidence == "label:end" or _is_named(label.text, "listing", reading.words)


def _untitled_kind(reading: Reading) -> str | None:
    """What tells another kind of document where no label does: Open Graph's type, the facts of a record or an event."""
    kind = reading.page.meta("og:type") or ""
    if kind.partition(".")[0] in _OTHER_TYPES:
        return f"og:type {kind}"
    if not reading.item.contact_blocks:
        record = record_facts(reading.inside, reading.running, reading.words)
        if record:
            return f"facts of a record: {record}"
    return _event(reading)


def _event(reading: Reading) -> str | None:
    """What tells that a page without a label announces an event, or None."""
    facts = event_facts(reading.inside, reading.running, reading.words)
    if facts:
        return f"facts of an event: {facts}"
    named = _event_class(reading)
    return f"class names of an event: {named}" if named else _programme(reading)


def _programme(reading: Reading) -> str | None:
    """How many days and hours head the lines, where hardly anything but a programme of meetings is there, or None."""
    lines = [block for block in reading.inside if block.weight > 1]
    days = sum(block.weight < _DAY and has_date(block, reading.words) for block in lines)
    hours = sum(_HOURS.match(block.folded) is not None for block in lines)
    told = days >= 3 and hours >= 3 and days + hours > 0.6 * len(lines)
    return f"a programme of {days} days, {hours} hours" if told else None


def _event_class(reading: Reading) -> str | None:
    """The class name with which a content management system marks what stands around the headline or the text as an
    event, or None."""
    first = next((block for block in reading.inside if block.index in reading.running), None)
    at = reading.place.headline
    around = [reading.page.blocks[at]] if at >= 0 else []
    for block in (*around, *filter(None, (first,))):
        marks = block.marks(_LEVELS)
        if (found := _EVENT.search(marks)) and not _ARTICLE.search(marks):
            return found[1]
    return None


def _listing(reading: Reading) -> Found | None:
    """Many links of one kind, most with a date beside them, and hardly any text of the page's own."""
    named = _named_heading(reading, "listing") is not None
    kinds = _LISTING_KINDS.intersection(reading.metadata.kinds)
    shape = shape_of(_unrelated(reading), reading.running, reading.words)
    if named:
        alone = _is_named(reading.headline, "listing", reading.words) and reading.labels.type_label is None
        if alone or not _strong(reading) or ((shape.links >= 4 or shape.dated >= 3) and shape.own < 1500):
            return "listing", f"heading of a listing, {shape}"
        days = [block.text for block in reading.page.visible if has_date(block, reading.words)]
        if len(days) >= 3 and sum(weight(b.text) for b in reading.inside if b.index in reading.running) < 300:
            return "listing", f"heading of a listing, {len(days)} lines with days"
    if shape.is_listing or (not reading.running and shape.links >= 3 and shape.dated >= 3):
        return "listing", str(shape)
    if below := _list_below(reading):
        return "listing", f"hardly a text above a list, {below}"
    if kinds and shape.links >= 4 and not reading.metadata.articles:
        return "listing", f"schema.org {min(kinds)}, {shape}"
    return None


def _list_below(reading: Reading) -> Shape | None:
    """The shape of what stands below a line or two of introduction, where that is a list and no day stands
    on the page but those of its entries."""
    if reading.weight >= _INTRODUCTION or _typed(reading):
        return None
    lines = [block for block in reading.page.visible if block.index > reading.place.headline]
    lines = [block for block in lines if not block.zones & ~reading.place.zones & _OUTSIDE]
    if reading.dated and not _dated_by_entry(lines, reading.item.published[0].text):
        return None
    shape = shape_of(lines, frozenset(block.index for block in lines if is_running(block)), reading.words)
    return shape if shape.is_listing else None


def _dated_by_entry(lines: list[Block], day: str) -> bool:
    """Whether the line that tells the day is a link, or stands right beside one."""
    for at, line in enumerate(lines):
        if day in line.text:
            return any(one.linked > 0.7 for one in lines[max(at - 1, 0) : at + 2])
    return False


def _unrelated(reading: Reading) -> list[Block]:
    """The lines below the headline; without those of related pages beside a text of some length."""
    text = sum(block.weight for block in reading.inside if block.index in reading.running)
    if text < _TEXT:
        return reading.inside
    return [block for block in reading.inside if not reading.place.bits(block) & Zone.RELATED]


def _calendar(reading: Reading) -> Found | None:
    """Days and what they are the days of, and hardly a sentence: hearings, acts, meetings."""
    lines = reading.page.visible if reading.page.is_text else reading.inside
    if sum(block.weight for block in lines if is_running(block, reading.place.zones)) > _SHORTEST:
        return None
    days = lines_of_days(lines, reading.words)
    return ("listing", f"{days} lines with different days and no text") if days else None


def _front_page(reading: Reading) -> Found | None:
    """The site's front page: an address without a path, or a headline that is the site's name among news."""
    parts = urlsplit(reading.page.url)
    if (
        parts.scheme in {"http", "https"}
        and _FRONT.match(parts.path)
        and not parts.query
        and not (_strong(reading) and (_typed(reading) or not _is_guess(reading)))
    ):
        return "front page", f"the address has no path: {reading.page.url[:100]}"
    return None


def _contact_page(reading: Reading) -> Found | None:
    named = _named_heading(reading, "contact")
    own = sum(b.weight for b in reading.inside if b.index in reading.running)
    if named and (own < 300 or not _strong(reading)):
        return "contact page", f"heading {named[:60]!r}, {own} characters of text"
    mails = sum(1 for block in reading.inside if block.mails)
    if mails >= 3 and own < 150 and not reading.dated:
        return "contact page", f"{mails} addresses and {own} characters of text"
    return None


def _biography(reading: Reading) -> Found | None:
    inside = [block.text for block in reading.inside if block.heading][:6]
    named = next(
        (text for text in (reading.headline, *inside) if _is_named(text, "biography", reading.words)), None
    )
    return ("biography", f"heading {named[:60]!r}") if named and not reading.dated else None


def _guide(reading: Reading) -> Found | None:
    """How-to, legal and reference pages, by their headline."""
    if _is_named(reading.headline, "guide", reading.words):
        return "guide", f"headline {reading.headline[:80]!r}"
    said = says(reading.headline, page_phrases("guide"))
    clear = said and (len(said) >= 15 or len(said) >= 0.6 * len(reading.headline))
    if clear and reading.labels.type in {None, "no release", "news", "announcement", "report", "article"}:
        return "guide", f"headline {reading.headline[:80]!r}"
    return None


def _no_text(reading: Reading) -> Found | None:
    if reading.weight >= 40 or reading.item.attachments or (reading.dated and weight(reading.headline) > 30):
        return None
    return "no text", f"{len(reading.item.body)} characters below the headline"


def _little_text(reading: Reading) -> Found | None:
    """A few words and nothing that a release has: a notice, a question, a button."""
    if reading.weight >= _SHORTEST and reading.item.published and _newsy(reading.page.url):
        return None  # a sentence or two, a day, a place among news
    bare = len(reading.page.visible) <= 4 and not reading.page.is_text and reading.labels.type_label is None
    if bare and reading.weight < 250:
        return (
            "little text",
            f"{len(reading.item.body)} characters on a page of {len(reading.page.visible)} lines",
        )
    if (
        reading.weight >= 250
        or _strong(reading)
        or _issued(reading)
        or reading.item.contact_blocks
        or reading.item.attachments
    ):
        return None
    return "little text", f"{len(reading.item.body)} characters, no date, type, issuer or contact"


def _tables(reading: Reading) -> Found | None:
    """A file of facts: tables with hardly a text beside them, on no page of news."""
    if _typed(reading) or _newsy(reading.page.url) or reading.weight > 2 * _BESIDE:
        return None
    first, most = reading.place.headline, _BESIDE
    if first >= 0 and reading.page.blocks[first].row:
        first, most = -1, 1  # a page of one table, and nothing above it; a board's page has text in its table
    lines = [block for block in reading.page.visible if block.index > first]
    cells = [block for block in lines if block.row and block.zones & Zone.CELL]
    beside = sum(block.weight for block in lines if is_running(block, reading.place.zones))
    heads = len({block.row for block in cells if block.tag == "th"})
    if len(cells) < _CELLS or beside >= most or not heads:
        return None
    return "another kind of document", f"{len(cells)} cells of tables, {beside} characters of text"


def _issued(reading: Reading) -> bool:
    """An issuing body that a label, a byline's class name or the layout tells; a name near the headline is no proof."""
    byline = reading.labels.byline
    return byline is not None and not byline.evidence.startswith(_SITE_NAMES)


def _no_sign(reading: Reading) -> Found | None:
    """Nothing around the text that a release has."""
    if _strong(reading) or _issued(reading) or _newsy(reading.page.url):
        return None
    running = len(reading.running)
    labels = [block.label for block in reading.item.contact_blocks if block.label]
    if running > 2 and any(not _is_named(label, "contact", reading.words) for label in labels):
        return None
    label = reading.labels.type_label
    by_path = (
        label is not None and label.evidence == "label:breadcrumb" and reading.labels.type == "press release"
    )
    if reading.labels.section or by_path:  # the page's path leads through news
        return None
    return "no sign of a release", "no date, type, issuer or contact, and no news in the address"


def _strong(reading: Reading) -> bool:
    """A printed publication date, or a type label that a release's own lines bear."""
    return reading.dated or _typed(reading) or (reading.page.is_text and reading.labels.byline is not None)


def _typed(reading: Reading) -> bool:
    """Whether a release's own lines bear a type label."""
    label = reading.labels.type_label
    return label is not None and label.evidence not in _WEAK


def _is_guess(reading: Reading) -> bool:
    """Whether the headline only looks like one, no title of the page knows it, and little stands below it."""
    shaped = reading.item.headline.evidence.startswith("shape:")
    return shaped and reading.weight < _TEXT and not reading.page.is_text


def _newsy(url: str) -> bool:
    """Whether the address lies among news, by its words or by a year and month."""
    try:
        path = unquote(urlsplit(url).path)[:1000]
    except ValueError:
        return False
    return not _NOT_NEWS.search(path) and bool(_NEWSY.search(path) or _DATED_PATH.search(path))


def _named_heading(reading: Reading, name: str) -> str | None:
    """The headline, or a first-order heading that a reader sees, that is a phrase of ``[pages]`` and nothing else."""
    first = [b.text for b in reading.page.headings() if b.heading == 1 and not b.zones & Zone.HIDDEN][:3]
    return next((text for text in (reading.headline, *first) if _is_named(text, name, reading.words)), None)


def _is_named(text: str, name: str, vocabulary: Words) -> bool:
    """Whether a heading is one of the phrases of a table of ``[pages]``, and nothing else but a name or a year."""
    folded = _without_name(text)
    return folded in _named_set(name, vocabulary.languages) or (
        len(folded) > 4 and folded in _named_set(name, ())
    )


@lru_cache(maxsize=1024)
def _without_name(text: str) -> str:
    """A heading folded, without a name, a count or a year behind it: several tables are asked for the same one."""
    return re.sub(r"\s*(?:[|:–—-].*|\(\d+\)|(?:19|20)\d\d)\s*$", "", fold(text)).strip(" .:")


@cache
def _named_set(name: str, languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(getattr(words(languages).pages, name))
