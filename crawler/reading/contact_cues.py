"""What one line of a page says about contacts: a label, a number or address, a person, a desk, or none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.reading.blocks import Block
from crawler.reading.contact_marks import BULLETS, Marks
from crawler.reading.contact_names import is_bracketed, is_title, person_in
from crawler.reading.emails import find_emails
from crawler.reading.lazy import lazy
from crawler.reading.phones import find_phones, may_dial
from crawler.reading.press_words import speaks_of_press, speaks_of_registering
from crawler.reading.vocabulary import Kind, Vocabulary

#: a colon as it is printed, the full-width one of Chinese and Japanese pages too
COLONS = (":", "\uff1a")
#: longer lines are no label by themselves
LABEL_LINE = 120
#: how much of an overlong line is looked at, and how many addresses behind other words
_FIRST, _LAST = 1_000, 2_000
_MOST_HIDDEN = 20
_OTHER = re.compile(
    r"^\W*(?:©|\(c\)|copyright|###|# # #|\*\*\*|- ?30 ?-)|^\s*(?:-?\s?ends?\s?-?)\s*$", re.IGNORECASE
)
_DATELINE = re.compile(
    r"^\W*(?:\d{1,2}[./\-\s]{1,2}(?:\d{1,2}|[^\W\d]{3,10}\.?)[./\-\s,]{1,2}(?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})\b[\s\d.:|,]*$"
    r"|^[^\W\d_][^\W\d_'’-]+(?:[ -][^\W\d_'’-]+){0,2}, (?:[^\W\d_]{2,3} )?\d{1,2}(?:\.|er|º|ª|th|st|nd|rd)?(?: (?:de|d['’]))? ?[^\W\d_]{3,10}\.?(?: de)? (?:19|20)\d\d\.?$"
)
_STREET = re.compile(
    r"\b[A-Z]{2} ?\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}-\d{4,5}\b|^\d{4,5} [A-Z]|^\d{1,5}[a-z]? [A-Z][\w.]+ (?:St|Ave|Rd|Street|Avenue|Road|Blvd|Drive|Square)\b"
    r"|\b(?:Suite|P\.?O\.? Box|Postfach|Postboks|Postbus|BP) ?\d+",
)
_ADDRESS = re.compile(r"\S+@\S+")
_SENTENCE = re.compile(r"[^\W\d_]{4}(?<!Prof)[.!?]\s+[A-ZÀ-ÞΑ-ΩА-Я]|[^\W\d_]{5}[.!?]\s")


class Cues:
    """One line with what it says; everything costly is looked for only when it is asked, and only once."""

    def __init__(
        self, block: Block, marks: Marks, region: str | None, position: int = 0, hint: bool = True
    ) -> None:
        self.block = block
        self.marks = marks
        self.region = region
        self.position = position
        self.hint = hint  # whether it may hold a number, an address or a label at all

    @lazy
    def text(self) -> str:
        """The line as printed, with addresses behind other words written out after them."""
        text = self.block.text
        if len(text) > _FIRST + _LAST:
            text = (
                f"{text[:_FIRST]} {text[-_LAST:]}"  # a page without paragraphs: contacts stand first or last
            )
        if not self.block.anchors:
            return text
        return _written_out(text, self.block)

    @property
    def parts(self) -> tuple[str, ...]:
        """The lines of which this one was made: the inline parts of a card that stand without a space between them."""
        pieces = self.block.pieces
        if (
            len(pieces) > 1
            and len(self.block.text) <= 2 * LABEL_LINE
            and any(
                one[-1:].isalnum() and other[:1].isalnum() and one + other in self.block.text
                for one, other in pairwise(pieces)
            )
        ):
            return tuple(_with_addresses(pieces, self.block))
        return (self.text,)

    @property
    def decoded(self) -> frozenset[str]:
        """The addresses that the page protects or keeps behind other words."""
        return self.block.decoded | {
            mail.href for mail in self.block.mails if mail.href not in self.block.text
        }

    @property
    def folded(self) -> str:
        """The block's own text folded."""
        return self.block.folded

    @lazy
    def reaches(self) -> bool:
        """Whether it holds a phone number (no fax) or an e-mail address, hidden ones and rules included."""
        return self.hint and self._first_point is not None

    @lazy
    def _first_point(self) -> int | None:
        """Where the first number or address stands."""
        text = self.text
        if len(text) < 60 and self.marks.mail_to.match(self.folded):
            return 0
        starts = [each.start for each in find_emails(text)]
        if may_dial(text):
            phones = find_phones(text, self.region, self.marks.phone_before)
            starts += [each.start for each in phones if not each.fax]
        return min(starts, default=None)

    @lazy
    def compact(self) -> bool:
        """Whether hardly anything but a name and a title stands before the first number or address."""
        if not self.reaches:
            return False
        before = self.text[: self._first_point]
        return len(before) < 140 and not _SENTENCE.search(before)

    @property
    def bracketed(self) -> bool:
        """Whether the whole line is in brackets."""
        return is_bracketed(self.block.text)

    @lazy
    def label(self) -> str | None:
        """The contact label that is the whole line, or that the line begins with and a colon, number or name follows."""
        return self._labelled[0]

    @lazy
    def is_label(self) -> bool:
        """Whether the line is a label and nothing else."""
        return self._labelled[1]

    @lazy
    def _labelled(self) -> tuple[str | None, bool]:
        text = self.block.text
        if not self.hint or (len(text) > LABEL_LINE and not self.reaches):
            return None, False
        lead = len(text) - len(text.lstrip(BULLETS))
        if not self.marks.may_begin(text[lead : lead + 3]):
            return self._label_inside(), False
        match = self.marks.label.match(self.folded, lead)
        if match is None or text[match.end() : match.end() + 1] in ("@", "-", "/"):
            return self._label_inside(), False  # or the beginning of an address or of a longer word
        return self._label_first(match.end())

    def _label_first(self, end: int) -> tuple[str | None, bool]:
        """What a label is that stands first in the line and ends at ``end``."""
        text, rest = self.block.text, self.block.text[end:].strip()
        if not rest.strip(" :;.-\u2013&)]"):
            title = not self.block.heading and is_title(text[:end], rest, self._vocab)
            return (None, False) if title else (text[:end], True)
        if len(text) < 100 and re.match(r"[^:\uff1a\d@]{0,60}[:;\uff1a\uff1b]\s*$", rest):
            return text.rstrip(), True  # "Pressekontakt i Tromsø:", "Kontaktperson for minister X:"
        if (
            len(text) < 50
            and len(rest.split()) <= 4
            and self.about_press
            and not self.reaches
            and rest[0].islower()
        ):
            return text, True  # "Contacts for media"
        if (
            len(text) < 50
            and not self.reaches
            and rest[0].islower()
            and self.marks.label_at_end(self.folded[end:]) is not None
        ):
            return text, True  # "Kontakt für weitere Auskünfte"
        divided = (
            rest[0] in ":;\u2013-|\u055d\u1366\uff1a"
            or re.match(r"[^:.]{0,60}(?::\s|\uff1a)", rest) is not None
        )
        if divided or (self.compact and rest[0] not in ",."):
            return text[:end], False
        return None, False

    def _label_inside(self) -> str | None:
        """A label after other words of a short line (``For Immediate Release Contact: …``)."""
        if ":" not in self.folded or len(self.folded) > 200 or not self.reaches:
            return None
        for colon in re.finditer(":", self.folded):
            start = self.marks.label_at_end(self.folded[: colon.start()])
            if start is not None:
                return self.block.text[start : colon.start()]
        return None

    @lazy
    def ends_in_label(self) -> str | None:
        """The label with which a line of text ends, the contact being in the next line."""
        if not self.hint or self.block.text[-1:] not in COLONS or len(self.block.text) < 60:
            return None
        start = self.marks.label_at_end(self.folded)
        return self.block.text[start:].rstrip(" :\uff1a") if start is not None else None

    @lazy
    def _said(self) -> str:
        """The words, folded, without addresses: ``presse@…`` says nothing."""
        return _ADDRESS.sub(" ", self.folded) if "@" in self.folded else self.folded

    @lazy
    def about_press(self) -> bool:
        """Whether the press, journalists or media are spoken of."""
        return speaks_of_press(self._said)

    @lazy
    def registers(self) -> bool:
        """Whether it is about registering, accreditation, subscribing or giving."""
        return bool(
            speaks_of_registering(self.folded) or self.marks.registration.search(self.folded) is not None
        )

    @lazy
    def is_hotline(self) -> bool:
        """Whether it is a number for the public: a hotline, a switchboard."""
        bare = re.sub(r"\([^)]*\)", " ", self.folded)
        return self.marks.hotline.search(bare) is not None

    @lazy
    def is_credit(self) -> bool:
        """Whether it is the credit of a picture."""
        if len(self.block.text) > 2 * LABEL_LINE:
            return False
        match = self.marks.photo.match(self.folded)
        return match is not None and self.folded[match.end() : match.end() + 2].strip()[:1] in (":", "/", "©")

    @lazy
    def ends_release(self) -> bool:
        """Whether something else begins here: a copyright line, ``###``, a date, a list of other pages."""
        if _OTHER.search(self.block.text) or _DATELINE.match(self.block.text):
            return True
        return len(self.block.text) < 60 and self.folded.rstrip(": ") in self.marks.enders

    @lazy
    def has_desk(self) -> bool:
        """Whether a press office or the like is named."""
        return self._vocab.desks.search(self._said) is not None

    @lazy
    def person(self) -> float:
        """How sure it is that somebody is named: the best name's score, 0 without."""
        return person_in(self.text, self._vocab)

    @lazy
    def spelled(self) -> frozenset[str]:
        """What the addresses printed in it have before their @."""
        return frozenset(each.address.partition("@")[0] for each in find_emails(self.text) if each.address)

    @lazy
    def near_person(self) -> float:
        """How sure it is that somebody is named within the words right before a number or address."""
        end = self._first_point or 0
        return person_in(self.text[max(0, end - 160) :], self._vocab) if self.person else 0.0

    @lazy
    def is_led(self) -> bool:
        """Whether a phone word stands before the first number, or an address is printed."""
        before = self.text[: self._first_point or 0]
        return self.reaches and ("@" in self.text or self.marks.phone_before.search(before) is not None)

    @lazy
    def has_role(self) -> bool:
        """Whether a title or an honorific is named."""
        return self._vocab.has_title(self.block.text)

    @lazy
    def has_unit(self) -> bool:
        """Whether a part of an institution is named, in a script without capitals: a division, a section."""
        return any(
            token.kind is Kind.UNIT and token.text[0] >= "\u3040"
            for token in self._vocab.tokens(self.block.text)
        )

    @lazy
    def is_street(self) -> bool:
        """Whether it is a line of a postal address."""
        return bool(_STREET.search(self.block.text))

    @property
    def _vocab(self) -> Vocabulary:
        return self.marks.vocab


def _with_addresses(pieces: tuple[str, ...], block: Block) -> Iterator[str]:
    """The parts of a card, after each the address that its words hide ("Send e-post")."""
    for piece in pieces:
        yield piece
        for mail in block.mails:
            if mail.words.strip() == piece and mail.href not in block.text:
                yield mail.href


def _written_out(text: str, block: Block) -> str:
    """The text with addresses behind other words: in place of a name's second mention, after several links, else last."""
    printed = block.text.casefold()
    hidden = [mail for mail in block.mails if mail.href.casefold() not in printed][:_MOST_HIDDEN]
    for mail in hidden:
        words = mail.words.strip()
        at = text.rfind(words) if words else -1
        if at >= 0 and text.count(words) > 1:
            text = f"{text[:at]}{mail.href}{text[at + len(words) :]}"
        elif at >= 0 and len(hidden) > 1:
            text = f"{text[: at + len(words)]} {mail.href}{text[at + len(words) :]}"
        else:
            text = f"{text} {mail.href}"
    return text
