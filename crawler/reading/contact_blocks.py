"""Where a page tells whom to ask: blocks with a label, blocks without one, and sentences inside the text.

A contact belongs to the release and not to the site: footers, menus, switchboards and hotlines are left alone. Which
persons a block names is for ``pipelines.contacts`` to say; here it is only found, and taken out of the body.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.items import ContactBlock
from crawler.languages import Words
from crawler.reading.blocks import Block, Zone
from crawler.reading.contact_cues import COLONS, Cues
from crawler.reading.contact_lines import BOX, Lines
from crawler.reading.contact_sentences import find_sentences
from crawler.reading.furniture import is_released
from crawler.reading.lazy import lazy
from crawler.reading.names import spells
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running

#: lines that may stand between two numbers of one block: name, title, unit, institution, street, city, country
_GAP = 7
#: a row with more cells, or a longer one, is no row of names and numbers
_CELLS, _CELL = 8, 80
#: no block has more lines; a longer one is a directory
_MOST = 80
#: a line of a block is a line, not a paragraph
_LINE = 240
#: a line with fewer words is no sentence
_WORDS = 8
#: so many lines may stand between the release and a box below it that tells whom to ask
_AFTER = 4
#: from here on a name is one
SURE = 2.5
#: the score of a name with nothing beside it
_ALONE = 4.0


@dataclass(frozen=True, slots=True)
class FoundContacts:
    """The contact blocks of a page, and the indexes of the lines that they have used whole."""

    blocks: tuple[ContactBlock, ...] = ()
    used: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Section:
    """Lines ``first`` to ``last`` (positions), the position of their label's own line, the label."""

    first: int
    last: int
    label_line: int | None
    label: str | None


def find_contact_blocks(page: Page, place: Place, words: Words, region: str | None) -> FoundContacts:
    """The contact blocks of the release at ``place``. ``region`` is the newsroom's country (ISO 3166)."""
    lines = Lines(page, place, words, region)
    return _Finder(lines, place, page.is_text).find() if lines.hints else FoundContacts()


class _Finder:
    """One search over the lines of a page."""

    def __init__(self, lines: Lines, place: Place, is_text: bool = False) -> None:
        self.lines = lines
        self.is_text = is_text
        self.place = place
        self.taken: set[int] = set()  # positions

    @lazy
    def _last_running(self) -> int:
        """The position of the last line of running text of the release."""
        for at in range(len(self.lines) - 1, -1, -1):
            if self._runs(self.lines[at]) and self.place.has(self.lines[at].block):
                return at
        return -1

    def find(self) -> FoundContacts:
        """The labelled blocks, the sentences among the rest, the blocks without a label among what is left."""
        sections = self._labelled()
        found = find_sentences([self.lines[at] for at in self.lines.hints if self._is_sentence(at)])
        self.taken.update(at for at in self.lines.hints if self.lines[at].block.index in found.used)
        told = bool(sections or found.blocks)
        sections += [section for section in self._unlabelled() if not told or self._below(section)]
        blocks = [*found.blocks, *((self._index(section), self._block(section)) for section in sections)]
        used = {self.lines[at].block.index for section in sections for at in self._positions(section)}
        rows = {
            line.row
            for line in (self.lines[at].block for at in self.lines.hints)
            if line.row and line.index in used
        }
        used |= {line.index for line in self._cells(rows)}
        ordered = sorted(blocks, key=lambda each: each[0])
        return FoundContacts(tuple(block for _, block in ordered), frozenset(used) | found.used)

    def _cells(self, rows: set[int]) -> list[Block]:
        """The cells of the table rows of which a cell tells a number; no rows of layout tables, which hold text."""
        cells: dict[int, list[Block]] = {row: [] for row in rows}
        for at in range(len(self.lines) if rows else 0):
            block = self.lines[at].block
            if block.row in cells:
                cells[block.row].append(block)
        return [
            block
            for row in cells.values()
            if len(row) <= _CELLS and all(len(each.text) < _CELL for each in row)
            for block in row
        ]

    def _index(self, section: _Section) -> int:
        return self.lines[section.first].block.index

    def _is_sentence(self, at: int) -> bool:
        """Whether a line not used yet says something, and more than a name and a number."""
        line = self.lines[at]
        return (
            at not in self.taken
            and self.place.has(line.block)
            and (self._runs(line) or len(line.block.text.split()) >= _WORDS)
        )

    def _labelled(self) -> list[_Section]:
        sections = []
        for at in self.lines.hints:
            line = self.lines[at]
            if at in self.taken or not (line.label or line.ends_in_label) or line.is_credit:
                continue
            if (
                (line.block.heading or line.reaches)
                and line.is_hotline
                and not (line.person or line.about_press)
            ):
                continue  # "Contact for consumers"
            section = self._from_label(at, line)
            if section is not None and self._belongs(section):
                sections.append(section)
                self.taken.update(self._positions(section))
        return sections

    def _from_label(self, at: int, line: Cues) -> _Section | None:
        if line.is_label or line.ends_in_label:
            last = self._extend(at + 1)
            if last is None:
                last = self._desk_alone(at, line)
            if last is None:
                return None
            own = at if line.is_label else None
            return _Section(at + 1, last, own, line.label or line.ends_in_label)
        if line.label is None or (self._runs(line) and not line.compact and not line.person):
            return None
        if line.reaches:
            return _Section(at, self._extend(at) or at, None, line.label)
        last = self._extend(at + 1)
        return _Section(at, last, None, line.label) if last is not None else None

    def _extend(self, start: int) -> int | None:
        """The position of the last line with a number or address that belongs to a block from ``start`` on."""
        last: int | None = None
        gap = 0
        boxed = start < len(self.lines) and bool(self.place.bits(self.lines[start].block) & BOX)
        rank = self.lines[start - 1].block.heading if start else 0
        for at in range(start, min(start + _MOST, len(self.lines))):
            line = self.lines[at]
            if at in self.taken or gap > _GAP or self._stops(line, at > start, rank):
                break
            if boxed and not self.place.bits(line.block) & BOX and not (line.reaches and at - 1 == last):
                break
            if line.reaches:
                last, gap = at, 0
            elif not line.block.text.endswith(COLONS):
                gap += 1
        return last

    def _stops(self, line: Cues, inside: bool, rank: int = 0) -> bool:
        """Whether a block ends before this line; ``rank`` is that of the heading that labels the block."""
        block = line.block
        if line.ends_release or line.is_credit or (line.is_hotline and not line.person):
            return True
        if (
            block.heading
            and inside
            and not (line.label or line.reaches or line.person >= SURE)
            and not 0 < rank < block.heading  # "Telefon" as a heading below "Kontakt"
        ):
            return True
        if block.index == self.place.headline:
            return True
        if line.is_label and inside and not self._leads(line) and not self._below_person(line):
            return True
        if self._runs(line):
            return not line.label and not (
                line.compact and (line.person >= SURE or line.has_desk or len(block.text) < 100)
            )
        return len(block.text) > _LINE and not line.label and not line.person

    def _leads(self, line: Cues) -> bool:
        """Whether a label inside a block only leads to the number in the next line (``Contact:``)."""
        at = line.position + 1
        return at < len(self.lines) and self.lines[at].reaches and not self.lines[at].person

    def _below_person(self, line: Cues) -> bool:
        """Whether a label stands right below somebody's name: there it is a title ("Presskontakt")."""
        above = self.lines[line.position - 1] if line.position else None
        return above is not None and above.person >= SURE and not above.reaches

    def _desk_alone(self, at: int, line: Cues) -> int | None:
        """A label for the press with a desk or person under it and nothing to reach them by."""
        below = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if below is None or not line.about_press or self._runs(below) or below.is_label or below.ends_release:
            return None
        return (
            at + 1 if len(below.block.text) < 80 and (below.has_desk or below.person > _ALONE + 1) else None
        )

    def _unlabelled(self) -> list[_Section]:
        """Runs of short lines with a number or address and a person named in them."""
        sections = []
        for at in self.lines.hints:
            line = self.lines[at]
            if at in self.taken or not line.reaches or (self._runs(line) and not self._names(line)):
                continue
            if (line.is_hotline and not line.person) or line.ends_release:
                continue
            first = self._back(at)
            section = _Section(first, self._within(at, self._extend(at) or at), None, None)
            if self._somebody(section) and self._belongs(section):
                sections.append(section)
                self.taken.update(self._positions(section))
        return sections

    def _within(self, at: int, last: int) -> int:
        """Up to the last line inside the release's part of the page, for a block that begins there."""
        has = self.place.has
        if not has(self.lines[at].block):
            return last
        return max(one for one in range(at, last + 1) if has(self.lines[one].block))

    def _back(self, at: int) -> int:
        """Up to the first line of a block without a label: name, title, institution above the number."""
        first, streets = at, 0
        boxed = self.place.bits(self.lines[at].block) & BOX
        while first and at - first - streets < 3:
            above = self.lines[first - 1]
            if boxed and not self.place.bits(above.block) & BOX:
                break  # the last line of the text, above a box of contacts
            if self.place.has(self.lines[at].block) and not self.place.has(above.block):
                break  # a menu above the release
            if (
                first - 1 in self.taken
                or above.reaches
                or self._stops(above, inside=True)
                or self._runs(above)
            ):
                break
            if above.block.heading or self.place.bits(above.block) & Zone.META or len(above.block.text) > 120:
                break
            if above.block.text.rstrip().endswith((".", "!", "?")) and not (above.person and above.has_role):
                break
            first -= 1
            streets += above.is_street or above.block.text[-1:].isdigit()
        return first

    def _somebody(self, section: _Section) -> bool:
        """Whether a block without a label names a person, with a title or an address that spells the name."""
        lines = self.lines.between(section.first, section.last)
        boxed = any(line.block.zones & BOX for line in lines)
        named = [line for line in lines if line.person >= SURE]
        locals_ = {local for line in lines for local in line.spelled} if named else set()
        spelled = any(spells(line.block.text, local) >= 0.9 for line in named for local in locals_)
        if not boxed and not spelled and any(line.is_street for line in lines):
            return False  # a letterhead
        if not named:
            below = section.last >= self._last_running
            return (boxed or below) and any(line.has_desk for line in lines)
        known = boxed or spelled or any(line.has_role for line in lines)
        return known or self._last_alone(section) or self._heads_release(section)

    def _heads_release(self, section: _Section) -> bool:
        """Whether a name and its number stand right beside "FOR RELEASE": the head of a release as it was faxed."""
        beside = self.lines.between(max(section.first - 4, 0), section.last + 4)
        return any(is_released(line.block) for line in beside)

    def _last_alone(self, section: _Section) -> bool:
        """Whether nothing but a name and its numbers is left below the text: a signature with a phone word."""
        lines = self.lines.between(section.first, section.last)
        below = section.last < self._last_running
        words = sum(len(line.block.text.split()) for line in lines)
        led = any(line.is_led for line in lines) or lines[0].person > _ALONE + 1
        return not below and words < 16 and lines[0].person >= _ALONE and led

    def _names(self, line: Cues) -> bool:
        sure = SURE if line.bracketed else _ALONE
        return line.compact and len(line.block.text) < _LINE and line.person >= sure and line.has_role

    def _belongs(self, section: _Section) -> bool:
        """Inside the release's part of the page; beside it only what a label for the press or a contact box tells."""
        lines = self.lines.between(section.first, section.last)
        if all(self.place.has(line.block) for line in lines):
            return True
        named = any(line.person >= SURE or line.block.text.endswith(COLONS) for line in lines)
        if section.label and any(line.has_desk or line.person >= _ALONE for line in lines):
            return True
        if section.label and named and (self.is_text or any(line.about_press for line in lines)):
            return True
        label = self.lines[section.label_line] if section.label_line is not None else lines[0]
        if section.label and self._follows(section) and any(line.has_unit for line in lines):
            return True
        boxed = all(line.block.zones & BOX for line in lines)
        return (label.about_press and bool(section.label)) or (boxed and named)

    def _follows(self, section: _Section) -> bool:
        """Whether a section with a label of its own comes right after the release's part of the page."""
        own = section.label_line is not None
        return own and 0 <= self._index(section) - self.place.last <= _AFTER

    def _below(self, section: _Section) -> bool:
        """Beside other blocks, one without a label counts only below the headline: letterheads stand above it."""
        return self._index(section) > self.place.headline

    def _runs(self, line: Cues) -> bool:
        return is_running(line.block, self.place.zones)

    def _positions(self, section: _Section) -> range:
        return range(section.first if section.label_line is None else section.label_line, section.last + 1)

    def _block(self, section: _Section) -> ContactBlock:
        lines = self.lines.between(section.first, section.last)
        return ContactBlock(
            lines=tuple(part for line in lines for part in line.parts),
            evidence=f"label:{section.label}" if section.label else "shape:lines with a name and a number",
            label=section.label,
            decoded=frozenset().union(*(line.decoded for line in lines)),
        )
