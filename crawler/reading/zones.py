"""What element names, roles and class names say about a part of the page.

The words are those of the content management systems and themes at large (Bootstrap, Drupal, WordPress, Liferay,
GSB, Optimizely, TYPO3, SharePoint, Plone), not of single sites. They are hints: see ``blocks.Zone``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.reading.blocks import Zone

_ELEMENTS = {
    "nav": Zone.NAV,
    "aside": Zone.ASIDE,
    "main": Zone.MAIN,
    "article": Zone.ARTICLE,
    "figcaption": Zone.CAPTION,
    "caption": 0,
    "li": Zone.LIST,
    "blockquote": Zone.QUOTE,
    "td": Zone.CELL,
    "th": Zone.CELL,
    "noscript": Zone.NOSCRIPT,
    "form": Zone.FORM,
    "address": Zone.ADDRESS,
    "dialog": Zone.COOKIE,
}
_INNER = Zone.MAIN | Zone.ARTICLE

#: whole tokens that themes use for "only for screen readers" or "not shown"
_HIDDEN = frozenset(
    [
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "visually_hidden",
        "hide-accessible",
        "hidden-accessible",
        "aural",
        "element-invisible",
        "screen-reader-text",
        "screenreader",
        "screen-reader",
        "screen-reader-only",
        "offscreen",
        "off-screen",
        "show-for-sr",
        "assistive-text",
        "u-visually-hidden",
        "u-sr-only",
        "visuallyhide",
        "a11y-hidden",
        "accessibility-hidden",
        "is-hidden",
        "hidden",
        "invisible",
        "unsichtbar",
        "hidden-text",
        "text-hidden",
        "hideme",
        "noprint-only",
        "print-only",
        "printonly",
        "only-print",
        "visible-print-block",
        "ms-hide",
        "govuk-visually-hidden",
        "usa-sr-only",
        "wb-inv",
        "wb-invisible",
        "sronly",
        "blind",
        "skip-link",
        "skiplink",
        "skip-to-content",
        "blindtext",
        "ir-text",
        "accessible-text",
        "js-hidden",
        "d-none",
    ]
)
_WORDS: tuple[tuple[int, str], ...] = (
    (
        Zone.BREADCRUMB | Zone.NAV,
        (
            r"breadcrumbs?|bread-crumb|brotkrumen|crumbs?|you-are-here|youarehere|murupolku|location-?bar|kruimel(?:pad|spoor)|br(?:o|\u00f8|oe)d(?:krumme|smule)r?|"
            r"br(?:o|\u00f6)dsmul(?:or|a)|migas|fil-?d?-?ariane|ariane|briciole|rastro|trilha|murupolut"
        ),
    ),
    (
        Zone.NAV,
        (
            r"nav|navi|navbar|navigation|navskip|(?:main|sub|site|top|left|side|mega|meta|service|global|footer)-?_?(?:nav|menu)|menu|menus|pager|pagination|"
            r"paging|prev-next|next-prev|post-navigation|toolbar|toc|table-of-contents|languages?-?(?:switcher|selector|menu)|lang-?switch\w*|lnb|gnb|quick-?links?|"
            r"skip-?(?:nav|links?)|sitemap"
        ),
    ),
    (
        Zone.FOOTER,
        r"(?:site|page|global|main|region)?-?_?footer|foot|contentinfo|colophon|copyright|impressum|ftr|fusszeile|fussbereich|fuss|pied(?:-de)?-?page|pied|pie(?:-?(?:de-?)?pagina)?|rodape|sidfot|bunntekst|alatunniste|voettekst",
    ),
    # no "page-header": there the title stands in Bootstrap, Joomla and Drupal
    (Zone.HEADER, r"(?:site|global|main|region)-?_?header|masthead|banner|topbar|top-bar"),
    (
        Zone.ASIDE,
        r"aside|side-?bar(?:-\w+)?|side-?col(?:umn)?|right-?(?:col(?:umn)?|rail|bar)|rail|complementary|marginal\w*|region-sidebar-\w+",
    ),
    (
        Zone.SHARE,
        (
            r"shr|share|sharing|shares|partag\w*|compart\w*|condivi\w*|delen|deling|dela-?sida\w*|share-?\w+|social|social-?(?:media|share|links?|icons?|bar|buttons?)|socials|addtoany\w*|addthis\w*|a2a_\w+|sharethis|"
            r"sns|follow-us|print(?:-?(?:page|link|button|icon))?|page-?(?:tools|functions|actions)|teilen|article-?tools|utility-?bar|feedback"
        ),
    ),
    (
        Zone.RELATED,
        (
            r"related\w*|related-(?:news|content|links?|posts?|articles?|stories|pages?|items?|releases?|topics?)|relaterade?|aiheeseen|see-?also|read-?more|more-?(?:news|articles|stories|links|releases)|latest(?:-?(?:news|posts|releases))?|recent(?:-?(?:news|posts))?|"
            r"recommended|recommendations|also-?(?:read|like)|teasers?|further-?reading|similar|other-?(?:news|releases|articles)|popular|trending|news-?list|"
            r"up-?next|most-?(?:read|viewed)|view-(?:related|latest|more)\w*|carousel|slider|promo\w*|upcoming\w*"
        ),
    ),
    (
        Zone.COOKIE,
        r"(?:\w+-){0,3}cookies?(?:-?\w+){0,3}|consent\w*|gdpr|ccm-\w+|didomi\w*|onetrust\w*|cybot\w*|privacy-?(?:banner|notice)|alertdialog",
    ),
    (
        Zone.FORM,
        r"newsletter\w*|newsletter-(?:sign-?up|form|box|block|subscription)|subscri\w+|sign-?up|search|search-?(?:form|box|bar|block)|login|comments?(?:[-_]\w+|list)*|respond|disqus\w*|rating|poll|survey|satisfaction",
    ),
    (
        Zone.CAPTION,
        r"captions?|(?:wp|image|img|media|photo|picture|figure)-?_?caption(?:-?\w+)?|caption-?text|(?:photo|image|picture)-?_?(?:credits?|copyright)|credits?|bildunterschrift|bildnachweis|bildtext|legende?|pie-?de-?foto|didascalia|(?:foto)?onderschrift|bill?edtekst|bildetekst|kuvateksti|legenda",
    ),
    (
        Zone.META,
        (
            r"date|dates|datum|pubdate|pub-?date|published|publish-?date|posted|posted-on|date-?line|datetime|timestamp|time|meta|meta-?(?:data|date|byline|info|line)|metainfo|byline|by-line|author|submitted|"
            r"article-?(?:info|meta|date)|post-?(?:meta|date|info)|entry-?(?:meta|date)|news-?(?:date|meta|info)|release-?(?:date|info|meta)|document-?byline|date-and-type|"
            r"created|modified|updated|last-?(?:mod|modified|updated?)|lastmod|kicker|eyebrow|type|category|hitcount|views?-?count|hits"
        ),
    ),
    (
        Zone.CONTACT,
        r"(?:press-?|media-?|box--?)?contacts?(?:-?\w+)?|press-?kontakte?|pressekontakt\w*|kontakt\w*|ansprechpartner\w*|yhteystiedot|lisatiedot|contacto|contatti|vcard|h-card|inquir(?:y|ies)|enquir(?:y|ies)",
    ),
    (
        Zone.TAGS,
        r"tags?|tag-?(?:list|cloud|links)|tags-?links|keywords?|topics?|categories|cat-links|taxonomy|schlagwort\w*",
    ),
    (
        Zone.ATTACHMENTS,
        r"attachments?|attached-?files?|downloads?|download-?list|documents?-?list|files?-?list|file|files|liitteet|bilagor|bijlagen|anhang|publication-external",
    ),
    (
        Zone.TITLE,
        r"tit|(?:\w+-|\w+_)?(?:title|headline|heading|subject)|(?:news|press|artikel|article)tit(?:le|el)|titel|titre|titulo|titolo|otsikko|rubrik|nadpis|tytul",
    ),
    (Zone.MAIN, r"main|main-?content|content-?main|maincontent"),
)
_PATTERN = re.compile("|".join(f"(?P<z{index}>{words})" for index, (_, words) in enumerate(_WORDS)))
#: design systems put their own short name before such words: "fr-breadcrumb", "lcds-social-links", "ds_site-footer"
_PREFIX = re.compile(r"[a-z][a-z\d]{0,4}[-_]+(?=[a-z])")
#: no design system, but a part of a page: its foot is no footer of the site
_PARTS = frozenset(
    ("title", "entry", "post", "card", "news", "item", "list", "text", "panel", "modal", "table", "story")
)
_PREFIXED = Zone.BREADCRUMB | Zone.FOOTER | Zone.SHARE | Zone.COOKIE | Zone.CAPTION | Zone.TAGS
#: words that say the same behind any prefix: "fig-comments", "rp4wp-related-posts"
_ANYWHERE = ("comment", "related")
_NEGATED = re.compile(r"(?:has|no|with|without|not|is|js|hide|show|enable|disable)[-_]")
_SPLIT = re.compile(r"__|--|[\s]+")
_CONTAINER = frozenset(("div", "section", "main", "article", "td", "table", "tr", "form"))


def element_zones(tag: str, around: int) -> int:
    """The bits that an element's name adds inside ``around``."""
    if tag == "header":
        return 0 if around & _INNER else Zone.HEADER
    if tag == "footer":
        return 0 if around & Zone.ARTICLE else Zone.FOOTER
    return _ELEMENTS.get(tag, 0)


@lru_cache(maxsize=8192)
def name_zones(name: str) -> int:
    """The bits that class names, id and role add. A token counts as a whole or by its ``__``/``--`` parts."""
    zones = 0
    for token in name.lower().split()[:40]:
        if token in _HIDDEN:
            zones |= Zone.HIDDEN
        if _NEGATED.match(token):
            continue
        for part in {token, *_SPLIT.split(token)}:
            zones |= _word_zones(part)
    return zones


@lru_cache(maxsize=8192)
def _word_zones(word: str) -> int:
    if len(word) > 60:
        return 0
    known = _PATTERN.fullmatch(word)
    prefix = None if known else _PREFIX.match(word)
    if prefix and prefix[0].rstrip("-_") in _PARTS:
        prefix = None
    found = _PATTERN.fullmatch(word, prefix.end()) if prefix else known
    if found is None or found.lastgroup is None:
        return 0
    bits = _WORDS[int(found.lastgroup[1:])][0]
    certain = bits & _PREFIXED or word.startswith(_ANYWHERE, prefix.end() if prefix else 0)
    return bits if known or certain else 0
