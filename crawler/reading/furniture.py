"""Lines that stand beside a text on any site and are no part of it: share bars, counters, ages, reading times, pagers and picture captions."""

from __future__ import annotations

import re
from functools import cache

from crawler.languages import Words, pattern
from crawler.languages import words as words_of
from crawler.reading.blocks import Block, weight

#: names of networks and of share tools: the same in every language
_NAMES = tuple(
    "x twitter facebook messenger linkedin whatsapp instagram youtube rss telegram reddit pinterest xing mastodon bluesky threads addthis "
    "addtoany sharethis vk viber tumblr flickr tiktok kakaotalk kakaostory naver weibo wechat line print e-mail email pdf url qr a+ a-".split()
)  # fmt: skip
_NETWORKS = pattern(_NAMES)
#: more than one letter, or a sign of a script that writes words without spaces
_WORD = re.compile(r"[^\W\d_]{2}|[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7a3]")
_BRACKETS = " [(<"
#: "Editor: Anna Berg" is not longer
_EDITOR = 40
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
#: "3 Tagen", "2 hours, 5 minutes", "3 日"
_SPAN = re.compile(r"(?:\d+\s*[^\W\d_]+[,\s]*){1,2}")
#: "4", "4 minutes", "2-3 Minuten"
_TAKES = re.compile(r"\d+(?:\s?-\s?\d+)?(?:\s*[^\W\d_]+\.?)?")
_AGE = 40
_BACK, _ON = "«‹←⟨◀<", "»›→⟩▶>"
#: an arrow and a bar may stand outside the links
_LINKED = 0.8
#: "(Release ID: 2140001)" before a counter
_NUMBERED = re.compile(r"\([^()]*\d[^()]*\)")
#: "Number of views of this page: 1,204,733"
_COUNTER = 60
#: the sentence that the licence's own page asks to print beside its mark
_LICENCE = re.compile(
    r"공공누리.{0,60}조건에 따라 이용|^(?:this work|except where otherwise noted|all content).{0,60}creative commons|"
    r"^(?:sauf mention|ce contenu|cette oeuvre).{0,60}creative commons|^(?:este contenido|esta obra|este conteudo).{0,60}creative commons"
)
_LICENCE_LINE = 200
#: what a release says of its own release, as a line of its own
_RELEASED = re.compile(
    r"(?:for )?(?:immediate|general) release|(?:for|hold for) release(?: (?:at|on|after|until)\b.{0,40})?|"
    r"pour (?:diffusion|publication) immediate|a diffuser immediatement|para (?:su )?(?:publicacion|difusion) inmediata|"
    r"para divulgacao imediata|per (?:la )?(?:diffusione|pubblicazione) immediata"
)
#: captions and share bars are lines, no paragraphs
_LINE = 200


def is_beside_text(block: Block, words: Words) -> bool:
    """Whether a line is any of these."""
    if len(block.text) > _LINE and block.linked < _LINKED:
        return False
    return is_released(block) or (
        is_share_line(block, words)
        or is_counter(block, words)
        or is_age(block, words)
        or is_reading_time(block, words)
        or is_pager(block)
        or is_caption(block, words)
        or is_licence(block)
    )


def is_share_line(block: Block, words: Words) -> bool:
    """Whether a line says nothing but "share this page", names of networks, views counted, letter sizes, an editor."""
    if len(block.text) > 120:
        return False
    folded = block.folded
    if not _any_tool(words.languages).search(folded):
        return False
    if folded.rstrip(":.! ") in _shares(words.languages):
        return True
    known = _tools(words.languages)
    if (
        weight(folded) < _EDITOR
        and (label := known.match(folded.lstrip(_BRACKETS)))
        and _signs(folded, label)
    ):
        return True
    return not _WORD.search(known.sub(" ", _NETWORKS.sub(" ", folded)))


def without_tools(folded: str, words: Words) -> str:
    """A folded line with views counted and letter sizes blanked, as long as before."""
    return _tools(words.languages).sub(lambda found: " " * len(found[0]), folded)


def without_time(folded: str, words: Words) -> str:
    """A folded line with the page's age and the time to read it blanked, as long as before: "16 January 2012 – 32 days
    ago" is no span of days."""
    return _times(words.languages).sub(lambda found: " " * len(found[0]), folded)


def _signs(folded: str, label: re.Match[str]) -> bool:
    """Whether a colon follows a tool's name, and then hardly more than a person's."""
    return folded.lstrip(_BRACKETS)[label.end() :].lstrip(" ])")[:1] == ":"


@cache
def _shares(languages: tuple[str, ...]) -> frozenset[str]:
    """What a share bar is called, in English too: templates are translated by halves."""
    return frozenset(words_of((*languages, "en")).pages.share)


@cache
def _any_tool(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Any word of a tool, a counter or sharing, and any network's name: most lines have none."""
    pages = words_of((*languages, "en")).pages
    return pattern((*_NAMES, *pages.share, *pages.tools, *pages.views))


@cache
def _tools(languages: tuple[str, ...]) -> re.Pattern[str]:
    """The words of tools, counters and sharing, with a number beside them that is no date's."""
    pages = words_of((*languages, "en")).pages
    said = pattern((*pages.share, *pages.tools, *pages.views)).pattern
    return re.compile(rf"(?:{said})(?:\s*[:(]?\s*\d[\d., ]*(?![-/.]?\d|\w)|:\s*[^\W\d_]{{2,4}}(?!\w))?")


def is_counter(block: Block, words: Words) -> bool:
    """Whether a line only tells how often the page was read ("Views: 1,204"): it changes with every look."""
    text = block.text
    if len(text) > _COUNTER or not _DIGIT.search(text):
        return False
    counted = (*words.pages.views, *words_of(("en",)).pages.views)
    rest, found = pattern(counted).subn(" ", block.folded)
    return found > 0 and not _LETTER.search(_NUMBERED.sub(" ", rest))


def is_age(block: Block, words: Words) -> bool:
    """Whether a line only tells how long ago the page was made ("3 days ago"): it changes from day to day."""
    text = block.text
    if len(text) > _AGE or not _DIGIT.search(text):
        return False
    rest, found = pattern((*words.dates.ago, "ago")).subn(" ", block.folded)
    return (
        found > 0 and _SPAN.fullmatch(_labels(words.languages).sub(" ", rest).strip(" ()·|,.:")) is not None
    )


def is_reading_time(block: Block, words: Words) -> bool:
    """Whether a line only tells how long it takes to read the page ("Reading time: 4 minutes", "4 min read")."""
    text = block.text
    if len(text) > _COUNTER or not _DIGIT.search(text):
        return False
    rest, found = pattern((*words.pages.reading, *words_of(("en",)).pages.reading)).subn(" ", block.folded)
    return found > 0 and _TAKES.fullmatch(rest.strip(" ()·|,.:~≈")) is not None


@cache
def _labels(languages: tuple[str, ...]) -> re.Pattern[str]:
    """What leads to an age: "Updated 5 minutes ago"."""
    dates, english = words_of(languages).dates, words_of(("en",)).dates
    return pattern((*dates.published, *dates.updated, *english.published, *english.updated))


@cache
def _times(languages: tuple[str, ...]) -> re.Pattern[str]:
    known = words_of((*languages, "en"))
    ago, reading = pattern((*known.dates.ago, "ago")).pattern, pattern(known.pages.reading).pattern
    span, takes = _SPAN.pattern, _TAKES.pattern
    return re.compile(
        rf"(?<!\d)(?:{span}\s*(?:{ago})|(?:{ago})\s*{span}|\d+\s*(?:{reading})|(?:{reading})\s*:?\s*{takes})"
    )


def is_pager(block: Block) -> bool:
    """Whether a line only links the releases before and after, by their arrows: "« Budget published | Harbour opened »";
    or another page: "More photos >>"."""
    text = block.text
    if block.linked < _LINKED or block.heading:
        return False
    return text[0] in _BACK or (text[-1] in _ON and (len(block.anchors) > 1 or text.endswith(">>")))


def is_licence(block: Block) -> bool:
    """Whether a line only tells the licence of the page: Korea's open government licence, Creative Commons."""
    text = block.text
    named = len(text) < _LICENCE_LINE and ("공공누리" in text or "reative " in text)
    return named and _LICENCE.search(block.folded) is not None


def is_released(block: Block) -> bool:
    """Whether a line only says that it may be published: "FOR IMMEDIATE RELEASE", "For release at 4:30 p.m. EDT"."""
    return len(block.text) < 70 and _RELEASED.fullmatch(block.folded.strip(" :.-–*")) is not None


def is_caption(block: Block, words: Words) -> bool:
    """Whether a line is a picture's caption by its credit: "Harbour. Photo: …", "… © Agency"."""
    text = block.text
    if len(text) > _LINE or not (":" in text or "\uff1a" in text or "©" in text or "/" in text):
        return False
    if "©" in text and len(text) < 160:
        return True
    folded = block.folded
    found = pattern(words.contacts.photo).search(folded)
    if found is None:
        return False
    after = folded[found.end() :].lstrip(" s)")
    return after[:1] in (":", "/") or (found.start() == 0 and after[:1] == "©")
