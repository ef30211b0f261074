"""How strongly a line tells the day of publication, by its label, its place and its shape."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache

from crawler.languages import Words, pattern
from crawler.languages import words as words_of
from crawler.languages.folding import fold
from crawler.reading.blocks import Zone, weight
from crawler.reading.date_labels import Meaning
from crawler.reading.date_lines import Around, Line
from crawler.reading.date_shapes import weekday_near
from crawler.reading.running import is_running


class Rank(IntEnum):
    """Kinds of printed evidence, the strongest first."""

    LABEL = 0  # "Utgivningsdatum 21.6.2022 11.43" near the headline
    DATE_LINE = 1  # a <time>, or a line that its class names as a date's
    STAMP = 2  # a bare date near the headline
    DATELINE = 3  # "Bern, 8.2.2019 - …" opens the text
    HEADLINE = 4  # "… vom 31.10.2025"
    LABEL_AT_END = 5
    END = 6  # "Reykjavík, 24. maí 2007." closes the text
    LABEL_ELSEWHERE = 7
    ATTRIBUTE = 8  # what a <time> with other words tells machines
    ABOVE = 9  # a bare date above the release: many sites print the day of the visit in their header


#: evidence that the day of an event can look like
WEAK = (Rank.STAMP, Rank.HEADLINE, Rank.END)
#: what stands beside a bare stamp: a ministry, a type, a language switcher
_BESIDE = 34
#: what stands beside one that opens its line with a time, or that follows a type label: names of ministries
_BESIDE_NAMED = 130


def rank_of(line: Line, around: Around) -> tuple[Rank, str] | None:
    """The rank and evidence at which a line can tell the publication, or None."""
    block, place = line.block, around.place
    if block.index == place.headline:
        return (Rank.HEADLINE, "headline") if _of_headline(line) else None
    if line.shape.range:
        return None
    if (line.meaning is Meaning.UNLABELLED or line.label in _DAY_WORDS) and _announces(line, around):
        return None
    near = around.near(block.index) and not place.bits(block) & Zone.FOOTER
    return (_rank_near(line, around) if near else None) or _rank_below(line, around)


def _rank_near(line: Line, around: Around) -> tuple[Rank, str] | None:
    """The rank of a line near the headline: labelled, in a place for dates, or a bare stamp."""
    bits = around.place.bits(line.block)
    if line.meaning is Meaning.PUBLISHED and line.rest < 120:
        return Rank.LABEL, line.evidence
    if bits & Zone.META and line.rest < 120:
        return Rank.DATE_LINE, "shape:date line at the headline"
    if not _is_stamp(line, around):
        return None
    if line.block.index < around.place.first or bits & Zone.HEADER:
        return None if _is_today(line, around.words) else (Rank.ABOVE, "shape:stamp above the release")
    return Rank.STAMP, "shape:stamp at the headline"


def _is_stamp(line: Line, around: Around) -> bool:
    """Whether a line without a label is a date and little else, before the text or alone, and says nothing."""
    leads = around.leads(line.block)
    early = leads == 0 or (leads == 1 and line.shape.clock is not None)
    named = line.rest <= _BESIDE_NAMED and (_opens(line, around.words) or _closes(line, around.words))
    bare = line.rest <= _BESIDE or named
    short = not is_running(line.block, around.place.zones) or _names_type(line, around.words)
    if not bare or not (line.rest < 6 or (early and short)):
        return False
    if _is_sentence(line, around.words) or _is_unknown_label(line, around.words):
        return False
    return line.block.index > around.place.headline or not _is_clock(line, around.words)


def _after_year(line: Line) -> str:
    """What follows the date, without the word for "day" or "year" that belongs to it."""
    return _YEAR_WORD.sub("", line.folded[line.shape.end :]).strip(" |-•,")


def _names_type(line: Line, words: Words) -> bool:
    """Whether a type label follows the date that opens the line: "2024 m. kovo 26 d. pranešimas žiniasklaidai (…)"."""
    tail = _after_year(line)
    return not line.folded[: line.shape.start].strip() and tail.startswith(_types(words.languages))


def _is_today(line: Line, words: Words) -> bool:
    """Whether a date above the release looks like a site's clock: with its weekday or its seconds."""
    clock = line.shape.clock
    return weekday_near(line.folded, line.shape, words) is not None or (
        clock is not None and clock.second is not None
    )


def _is_clock(line: Line, words: Words) -> bool:
    """Whether the line is a site's clock: a weekday and seconds."""
    clock = line.shape.clock
    return (
        clock is not None
        and clock.second is not None
        and weekday_near(line.folded, line.shape, words) is not None
    )


def _announces(line: Line, around: Around) -> bool:
    """Whether the line below tells the hour of something that will happen: "Date: 12 May 2021", "Time: 10.00"."""
    below = around.page.blocks[line.block.index + 1 : line.block.index + 3]
    return any(_HOUR.search(one.folded[:60]) and _is_hour(one.folded[:60], around.words) for one in below)


def _is_hour(folded: str, words: Words) -> bool:
    label, colon, rest = folded.partition(":")
    hour = _HOUR.search(rest)
    return bool(colon and hour and hour.start() < 12 and label.strip() in words.dates.event)


def _rank_below(line: Line, around: Around) -> tuple[Rank, str] | None:
    """The rank of a dateline, of a line after the text, or of a labelled line elsewhere."""
    block, place = line.block, around.place
    plain, labelled = not place.bits(block) & Zone.LIST, line.meaning is Meaning.PUBLISHED
    leads = around.leads(block)
    if block.index > place.headline and leads <= 1 and _is_dateline(line, around.words):
        return Rank.DATELINE, "dateline"
    signed = labelled and block.index > around.text_end and line.rest < _BESIDE  # "Submitted by press on …"
    if place.holds(block) and plain and leads and (signed or _at_end(line, around)):
        return (Rank.LABEL_AT_END, line.evidence) if labelled else (Rank.END, "shape:end of the text")
    if labelled and line.rest < 6 and (weight(line.label) > 5 if plain else _is_fact(line, around)):
        return Rank.LABEL_ELSEWHERE, line.evidence
    return None


def _is_fact(line: Line, around: Around) -> bool:
    """Whether an entry of a list below the headline is a label and its day, and no link to another page stands
    beside it: "Published: 12 March 2020" above "Department: Harbours"."""
    block, blocks = line.block, around.page.blocks
    beside = blocks[max(block.index - 1, 0) : block.index + 2]
    apart = bool(block.pieces) and fold(block.pieces[0]).strip(" :") == line.label
    return (
        line.folded.startswith(line.label)
        and (apart or weight(line.label) > 5)
        and block.index > around.place.headline
        and not any(one.linked > _LINKS for one in beside)
    )


def _of_headline(line: Line) -> bool:
    """Whether the date closes the headline ("… vom 31.10.2025", "… (25.06.2019)") or opens it; one inside is an event's."""
    shape = line.shape
    tail, before = line.folded[shape.end :], line.folded[: shape.start].rstrip()
    closes = len(tail) < 8 and not _LETTER.search(tail)
    if closes and (before.endswith(("(", "-", "|", ",")) or _OF_DAY.search(before)):
        return not shape.range
    return shape.start < 12 and not _FOUR_LETTERS.search(before) and not shape.range


def _is_dateline(line: Line, words: Words) -> bool:
    """``OTTAWA, le 9 sept. 2019 /CNW/ -``, ``Bern, 8.2.2019 -``, ``February 21, 2019 (SAINT PAUL) —``, "today, 14 May 2007"."""
    shape = line.shape
    lead, tail = line.folded[: shape.start], line.folded[shape.end : shape.end + 24]
    if shape.range or len(lead) > 60:
        return False
    today = [match.end() for match in pattern(words.dates.today).finditer(lead)]
    if today and len(lead) - today[-1] < 18:
        return True
    if len(lead) > 48 or not _DATELINE_TAIL.match(tail):
        return False
    place = lead[:1] != line.block.text[:1] and _PLACE.match(lead) and tail.lstrip()[:1] in {"-", "(", ":"}
    return not lead.strip() or bool(place or DATELINE_LEAD.search(lead))


def _at_end(line: Line, around: Around) -> bool:
    """Whether the line is a place and a day after the text: ``Reykjavík, 24. maí 2007.``"""
    shape = line.shape
    return (
        not line.several
        and shape.clock is None
        and line.block.index > around.text_end
        and (line.rest < 4 or (len(line.folded) - shape.end < 4 and "(" not in line.folded))
        and not line.block.anchors
        and (
            line.rest < 4
            or (line.rest < 44 and not (_small_words(line, around.words) or _is_sentence(line, around.words)))
        )
    )


def _is_sentence(line: Line, words: Words) -> bool:
    """Whether a line says something and closes with a full stop: "The group was set up on 1 January 2008."; in
    scripts without capitals, whether the date runs on into a word or closes a sentence of words."""
    after = line.folded[line.shape.end : line.shape.end + 1]
    if after >= "\u3040" and after.isalpha() and not line.apart:
        return True
    lead, tail = line.folded[: line.shape.start].rstrip(), line.folded[line.shape.end :]
    if not _STOP.search(tail):
        return tail.endswith((".", "।", "۔")) and bool(_LETTER.search(lead) and _FOUR_LETTERS.search(tail))
    return _small_words(line, words) or (len(lead.split()) > 2 and not lead.endswith((",", "،")))


def _is_unknown_label(line: Line, words: Words) -> bool:
    """Whether words that are no known label lead to the date: "Sista ansökningsdag 3 mars", "Termin składania wniosków:"."""
    lead = line.block.text[: line.shape.start].rstrip()
    if line.meaning is not Meaning.UNLABELLED or line.shape.clock is not None or len(lead.split()) < 2:
        return False
    last = _THREE_LETTERS.findall(lead)[-1:]
    small = bool(last) and lead.endswith(last[0]) and last[0][0].islower() and _small_words(line, words)
    return small or (lead.endswith(":") and len(lead.split()) > 2)


def _small_words(line: Line, words: Words) -> bool:
    """Whether words stand before the date that no name, label, weekday or preposition is."""
    lead = line.block.text[: line.shape.start]
    if pattern(words.dates.today).search(line.folded, 0, line.shape.start):
        return False
    known = (words.weekdays, words.types, words.dates.published, words.dates.today, words.dates.clock, _SMALL)
    found = (fold(word) for word in _THREE_LETTERS.findall(lead) if word[0].islower())
    return any(not any(word in each for each in known) for word in found)


def _opens(line: Line, words: Words) -> bool:
    """Whether the line begins as a stamp does: ``28/03/2023 Press release Ministry of …``, ``- 26.09.2025, 07:00:35
    Bundesministerium …``, ``Press release 58/2017 29.3.2017 11:30 …``; a weekday would announce an event."""
    shape = line.shape
    lead, tail = line.folded[: shape.start].strip(" |-•,"), _after_year(line)
    if _BAR_AFTER.match(line.folded, shape.end) and (
        not lead or _BAR_BEFORE.search(line.folded, 0, shape.start)
    ):
        return True
    types = _types(words.languages)
    if lead:
        label = next((one for one in types if lead.startswith(one)), None)
        return label is not None and not _FOUR_LETTERS.search(lead[len(label) :])
    return tail.startswith(types) or (
        shape.clock is not None and weekday_near(line.folded, shape, words) is None
    )


def _closes(line: Line, words: Words) -> bool:
    """Whether names and places lead to a day with its hour and zone that end the line: "Orla Quay / Niall Pier
    Westpoint 27 OCT 2012 - 12:14 CET"; small words, and mostly an hour without a zone, would tell of an event."""
    lead = line.block.text[: line.shape.start]
    clock = line.shape.clock
    ends = clock is not None and clock.zone is not None and not line.folded[line.shape.end :].strip(" |)")
    return ends and ":" not in lead and not _small_words(line, words)


@cache
def _types(languages: tuple[str, ...]) -> tuple[str, ...]:
    labels = (label for label in words_of(languages).types if len(label) > 4)
    return tuple(sorted(labels, key=len, reverse=True))


#: labels that an event's day has as well as a release's
_DAY_WORDS = frozenset(
    "date datum dato data fecha paivamaara pvm paivays kuupaev datums dia dags dagsetning dagfesting data дата датум tarih tarikh tanggal "
    "ημερομηνια 日期 일자 التاريخ تاريخ תאריך วันที่ petsa tarehe beaivi dyddiad ngay".split()
)
_HOUR = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d|\.\d)")
#: "Nr. 45 | 12.05.2025 | Bundesministerium für Verkehr"
_BAR_BEFORE, _BAR_AFTER = re.compile(r"[|•·]\s*$"), re.compile(r"\s*[|•·]")
#: more of a line in links, and it is the title of another page
_LINKS = 0.5
_YEAR_WORD = re.compile(r"^\s?(?:d|г|р|r|года|року|roku|godine|године)\.?(?=\s)")
_LETTER = re.compile(r"[^\W\d_]")
_FOUR_LETTERS = re.compile(r"[^\W\d_]{4}")
_OF_DAY = re.compile(
    r"(?:^|\s)(?:vom|of|du|de|del|di|den|from|dated|frá|från|fra|van|z|ze|dne|zo dna|от|od|az|den)$"
)
DATELINE_LEAD = re.compile(
    r"(?:[,،(\-|]|\s-)\s*(?:[^\W\d_]{2,12}[,،.]?\s)?(?:le|den|el|il|am|al|li|d\.|on|the|a|'t|في|em|de|dne|dnia)?\s*$|^(?:le|den|el|am|in reykjavik|i reykjavik)\s$"
)
#: "London 12 May 2021 - …"
_PLACE = re.compile(r"[^\W\d_]{3,20}(?:[ -][^\W\d_]{3,20})? $")
_DATELINE_TAIL = re.compile(r"\s*(?:[.)،,]?\s?[-/(|:]|[.)](?:\s|$)|$|r\.|г\.|\s?\u2013|\s?\()")
_STOP = re.compile(r"^\s?[^\W\d_]{0,2}[.。।۔]\s*$")
_THREE_LETTERS = re.compile(r"[^\W\d_]{3,}")
#: words between a place and a day
_SMALL = frozenset(
    "vom den der das des van von del from fran fra the for sur zum dnia dne dna per och and und ja sekä".split()
)
