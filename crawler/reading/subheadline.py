"""The sub-headline: a line of its own right below the headline, named so by its class or a heading of lower rank.

A lead paragraph is text of the release and stays in the body; only what calls itself a sub-title leaves it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.items import Printed
from crawler.languages import Words
from crawler.reading.blocks import Block, Zone
from crawler.reading.furniture import is_beside_text
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.placed import Placed
from crawler.reading.running import is_running

_MARKS = re.compile(
    r"(?:^|[\s_-])(?:sub-?_?(?:title|titel|headline|heading|head|line|titulo)|headline-subtitle|undertitel|alaotsikko|unterzeile|unterueberschrift|"
    r"unterüberschrift|sottotitolo|subtitulo|subtítulo|soustitre|sous-titre|podtytul|podnadpis|deck|strapline|linha-?fina|bajada|copete|catenaccio|sumari?o|__sub|release__sub)(?:$|[\s_-])"
)
#: leads are text, but one without a full stop is a sub-headline
_LEADS = re.compile(
    r"(?:^|[\s_-])(?:lede|lead|teaser|abstract|intro(?:duction)?|ingress|standfirst|summary|vorspann|chapeau|chapo)(?:$|[\s_-])"
)
#: it stands among the few lines between headline and text
_NEAR = 8
_LONGEST = 300


def find_subheadline(
    page: Page, place: Place, placed: Placed, words: Words
) -> tuple[Printed | None, frozenset[int]]:
    """The sub-headline, if there is one, and the lines it has used."""
    if place.headline < 0:
        return None, frozenset()
    lines = page.blocks[place.headline + 1 : place.headline + 1 + _NEAR]
    named = placed.lines("subheadline")
    for block in lines:
        if place.bits(block) & Zone.CHROME or len(block.text) > _LONGEST or is_beside_text(block, words):
            continue
        evidence = _evidence(page, place, block, named)
        if evidence:
            whole = [one for one in lines if one.index >= block.index and _goes_on(block, one, evidence)]
            return Printed(" ".join(one.text for one in whole), evidence), frozenset(
                one.index for one in whole
            )
        if is_running(block, place.zones):
            break
    return None, frozenset()


def _goes_on(block: Block, other: Block, evidence: str) -> bool:
    """Whether a line belongs to the sub-headline that begins in ``block``: one paragraph, or lines of one class."""
    if other.paragraph == block.paragraph:
        return True
    if not evidence.startswith("class:") or other.tag != block.tag:
        return False
    return bool(_names(block)) and _names(other) == _names(block)


def _names(block: Block) -> set[str]:
    """The class names of a line that call it a sub-headline or a lead; other ones may be a build's own."""
    return {name for name in block.marks(1).split() if _MARKS.search(name) or _LEADS.search(name)}


def _evidence(page: Page, place: Place, block: Block, named: frozenset[int]) -> str | None:
    marks = block.marks(1)
    found = _MARKS.search(marks)
    if found:
        return f"class:{found.group().strip()}"
    lead = _LEADS.search(marks) or (_LEADS.search(block.marks(2)) if _is_alone(page, block) else None)
    if lead and block.text[-1:] not in ".!?。…:":
        return f"class:{lead.group().strip()}"
    first = block.index == place.headline + 1
    above = page.blocks[place.headline].heading
    if block.index in named and not is_running(block, place.zones):
        return "layout:subheadline"
    if (
        first
        and above
        and block.heading == above + 1
        and len(block.text) > 25
        and _heads_no_section(page, place, block)
    ):
        return f"shape:{block.tag} below {page.blocks[place.headline].tag}"
    return None


def _is_alone(page: Page, block: Block) -> bool:
    """Whether the line is all that its parent holds: what the parent is called is then the line's name, too."""
    parent = block.element.getparent() if block.element is not None else None
    beside = page.blocks[max(block.index - 1, 0) : block.index + 2]
    return parent is not None and all(
        one is block or one.element is None or one.element.getparent() is not parent for one in beside
    )


def _heads_no_section(page: Page, place: Place, block: Block) -> bool:
    """Whether no other heading of the same rank stands above text of the release: one of several heads a section."""
    later = page.blocks[block.index + 1 : min(block.index + 40, place.last)]
    return not any(
        other.heading == block.heading and is_running(below, place.zones) for other, below in pairwise(later)
    )
