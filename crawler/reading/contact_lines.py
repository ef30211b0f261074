"""The lines of a page that may hold contacts, looked at closely only where something hints at one."""

from __future__ import annotations

from crawler.languages import Words
from crawler.reading.blocks import Block, Zone
from crawler.reading.contact_cues import COLONS, LABEL_LINE, Cues
from crawler.reading.contact_marks import BULLETS, Marks, marks_of
from crawler.reading.emails import may_hold
from crawler.reading.footer import footer_start
from crawler.reading.page import Page
from crawler.reading.phones import may_dial
from crawler.reading.place import Place

_CHROME = (
    Zone.NAV
    | Zone.FOOTER
    | Zone.SHARE
    | Zone.RELATED
    | Zone.COOKIE
    | Zone.TAGS
    | Zone.BREADCRUMB
    | Zone.CAPTION
)
#: boxes of contacts by their class names, and postal addresses
BOX = Zone.CONTACT | Zone.ADDRESS


class Lines:
    """The lines outside menus, footers and the like. ``hints`` are the positions worth a closer look."""

    def __init__(self, page: Page, place: Place, words: Words, region: str | None) -> None:
        end, zones = footer_start(page), ~place.zones
        chrome, header = _CHROME & zones, Zone.HEADER & zones
        self._blocks = [
            block
            for block in page.visible
            if not block.zones & chrome
            and block.index < end
            and (not block.zones & header or block.zones & BOX)
        ]
        self._marks = marks_of(words)
        self._region = region
        self._known: dict[int, Cues] = {}
        self.hints = _hints(self._blocks, self._marks)
        self._hinted = frozenset(self.hints)

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, at: int) -> Cues:
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = Cues(
                self._blocks[at], self._marks, self._region, at, at in self._hinted
            )
        return known

    def between(self, first: int, last: int) -> list[Cues]:
        """The lines from ``first`` to ``last``, that one included."""
        return [self[at] for at in range(first, min(last + 1, len(self)))]


def _hints(blocks: list[Block], marks: Marks) -> list[int]:
    """The positions of the lines that may hold a number, an address or a label: one loop, since every line is asked."""
    found = []
    begins = marks.begins
    for at, block in enumerate(blocks):
        text = block.text
        if len(text) <= LABEL_LINE:
            head = text[:3] if text[0] not in BULLETS else text.lstrip(BULLETS)[:3]
            label = begins.get(head)
            if label is None:
                label = marks.may_begin(head)
            if label and marks.begins_label(block.folded):
                found.append(at)
                continue
        if (
            may_dial(text)
            or may_hold(text)
            or (text[-1] in COLONS and marks.label_at_end(block.folded) is not None)
            or (block.anchors and block.mails)
        ):
            found.append(at)
    return found
