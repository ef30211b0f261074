"""Documents of other kinds, told by the parts that they have to have: events, notices of official journals."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, takewhile

from crawler.languages import Phrases, Words, pattern
from crawler.reading.blocks import Block
from crawler.reading.clock_times import SPAN
from crawler.reading.walls import page_phrases

#: a fact of an event is a label and a few words
_FACT = 100
#: a notice has more of its parts than a release that speaks of one
_PARTS = 3
#: a record has more facts than this that no release has, and no longer text
_FACTS, _RECORD = 3, 450


def event_facts(lines: Iterable[Block], running: frozenset[int], vocabulary: Words) -> str | None:
    """What tells an event, or None: the labels of a place and an hour that stand among the ``lines`` before any of the
    ``running`` ones, or a span of hours there and the label of a place anywhere."""
    lines = list(lines)
    before = list(takewhile(lambda block: block.index not in running, lines))
    hours = next((span[0] for block in before if (span := SPAN.search(block.folded))), None)
    facts = " \n ".join(block.folded for block in (lines if hours else before) if len(block.text) < _FACT)
    where = _label_in(f"{facts} \n ", vocabulary.pages.event_place)
    when = hours or _label_in(facts, vocabulary.pages.event_time)
    return f"{where}, {when}" if where and when else None


def record_facts(lines: Iterable[Block], running: frozenset[int], vocabulary: Words) -> str | None:
    """The labels of a record with hardly a text: a call for tenders, a data set. They stand in ``dt`` and ``th`` beside
    their values and are none that releases bear (day, issuer, type, contact, counters); None where that is not so."""
    lines = list(lines)
    if sum(block.weight for block in lines if block.index in running) > _RECORD:
        return None
    labels = [
        one for one, value in pairwise(lines) if one.tag + value.tag in ("dtdd", "thtd") and not one.heading
    ]
    unknown = [label for label in labels if not _is_known(label.folded.strip(" :"), vocabulary)]
    return ", ".join(label.text[:30] for label in unknown[:3]) if len(unknown) > _FACTS else None


def _is_known(label: str, vocabulary: Words) -> bool:
    """Whether a release's own facts bear the label."""
    dates, contacts, pages = vocabulary.dates, vocabulary.contacts, vocabulary.pages
    known = (dates.published, dates.updated, vocabulary.bylines, vocabulary.types, contacts.labels)
    tools = (
        contacts.phone,
        contacts.mobile,
        contacts.email,
        pages.tools,
        pages.views,
        pages.share,
        pages.beside,
    )
    return any(label in words for words in (*known, *tools, vocabulary.attachments))


def gazette_parts(lines: Iterable[Block]) -> str | None:
    """The parts of an official journal's notice (AGENCY, ACTION, SUMMARY, DATES) that begin ``lines``, or None."""
    heads = (block.folded.partition(":")[0] for block in lines if block.text[:6].isupper())
    told = page_phrases("gazette").spaced.intersection(heads)
    return ", ".join(sorted(told)) if len(told) > _PARTS else None


def _label_in(facts: str, phrases: Phrases) -> str | None:
    """The first of the phrases that is a line of its own or stands before a colon."""
    found = pattern(phrases).finditer(facts)
    ends = (":", "\n", "\uff1a")
    return next((one[0] for one in found if facts[one.end() :].lstrip(" ").startswith(ends)), None)
