"""What the refusals weigh: one reading with the signs of a release around its text.

A release is told by what ministries put around one: a publication date, a type label, an issuing body, a contact, a
place among news in the address.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

import msgspec

from crawler.items import ReleaseItem
from crawler.languages import Words, words
from crawler.languages.folding import fold
from crawler.reading.blocks import Block, Zone, weight
from crawler.reading.labels import Labels
from crawler.reading.lazy import lazy
from crawler.reading.metadata import Metadata
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running

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
WEAK = frozenset(("label:breadcrumb", "label:text", "label:end", "label:near the headline, of any language"))
#: so much text is no listing's, whatever is related to it
TEXT = 600
#: what is no line of the release, wherever it stands
OUTSIDE = Zone.NAV | Zone.FOOTER | Zone.HIDDEN | Zone.NOSCRIPT | Zone.SHARE | Zone.COOKIE | Zone.BREADCRUMB

#: the reason of a refusal, and what told it
Found = tuple[str, str]


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
        return [block for block in lines if not block.zones & ~place.zones & OUTSIDE]

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


def is_strong(reading: Reading) -> bool:
    """A printed publication date, or a type label that a release's own lines bear."""
    return reading.dated or is_typed(reading) or (reading.page.is_text and reading.labels.byline is not None)


def is_typed(reading: Reading) -> bool:
    """Whether a release's own lines bear a type label."""
    label = reading.labels.type_label
    return label is not None and label.evidence not in WEAK


def is_issued(reading: Reading) -> bool:
    """An issuing body that a label, a byline's class name or the layout tells; a name near the headline is no proof."""
    byline = reading.labels.byline
    return byline is not None and not byline.evidence.startswith(_SITE_NAMES)


def is_guess(reading: Reading) -> bool:
    """Whether the headline only looks like one, no title of the page knows it, and little stands below it."""
    shaped = reading.item.headline.evidence.startswith("shape:")
    return shaped and reading.weight < TEXT and not reading.page.is_text


def is_newsy(url: str) -> bool:
    """Whether the address lies among news, by its words or by a year and month."""
    try:
        path = unquote(urlsplit(url).path)[:1000]
    except ValueError:
        return False
    return not _NOT_NEWS.search(path) and bool(_NEWSY.search(path) or _DATED_PATH.search(path))


def named_heading(reading: Reading, name: str) -> str | None:
    """The headline, or a first-order heading that a reader sees, that is a phrase of ``[pages]`` and nothing else."""
    first = [b.text for b in reading.page.headings() if b.heading == 1 and not b.zones & Zone.HIDDEN][:3]
    return next((text for text in (reading.headline, *first) if is_named(text, name, reading.words)), None)


def is_named(text: str, name: str, vocabulary: Words) -> bool:
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
