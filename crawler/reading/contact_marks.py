"""The words around contacts of some languages as expressions over folded text, made once."""

from __future__ import annotations

import re
from functools import cache

from crawler.languages import Words, pattern
from crawler.languages import words as all_words
from crawler.languages.folding import fold
from crawler.reading.vocabulary import vocabulary

#: what may stand before a label in its line
BULLETS = " \t>*#\u2022-(["


class Marks:
    """Labels, what leads to a number or address, and what tells that it is none of a contact."""

    def __init__(self, words: Words) -> None:
        contacts = words.contacts
        phones = tuple(word for word in (*contacts.phone, *contacts.mobile) if len(word) > 1)
        self.vocab = vocabulary(words)
        self.label = pattern(contacts.labels)
        self._labels = contacts.labels
        self._heads = frozenset(label[:3] for label in (*contacts.labels, *contacts.email, "sen", "ski"))
        #: first three characters → whether a label may begin so, filled as they are met
        self.begins: dict[str, bool] = {}
        self.registration = pattern(contacts.registration)
        self.hotline = pattern(contacts.hotline)
        self.photo = pattern(contacts.photo)
        self.enders = frozenset((*words.pages.related, *words.pages.share))
        self.phone_before = re.compile(
            rf"(?:(?<![^\W\d_])(?:{any_of(phones)})|\u260e)[\w]{{0,2}}[\s.:()/\-\u055d\u1366\uff1a\uff08\uff09]*(?:[(\uff08][^)\uff09]*[)\uff09])?[\s:\uff1a]*[(\uff08]?$",
            re.IGNORECASE,
        )
        self.mail_to = re.compile(
            rf"^(?:skicka |send |sende )?(?:an )?(?:{any_of(contacts.email)})\s(?:till|til|to|an|a|do|k|voor|al|alla|para)\s+(?P<name>\S.*)$"
        )

    def label_at_end(self, folded: str) -> int | None:
        """Where the label begins with which a folded text ends, or None: cheaper than a search for all labels."""
        tail = folded.rstrip(" :;")
        if not tail.endswith(self._labels):
            return None
        for label in self._labels:
            if tail.endswith(label):
                start = len(tail) - len(label)
                if not start or not tail[start - 1].isalpha():
                    return start
        return None

    def begins_label(self, folded: str) -> bool:
        """Whether a folded line begins with a label, or is the link text of an address."""
        lead = len(folded) - len(folded.lstrip(BULLETS))
        return self.label.match(folded, lead) is not None or self.mail_to.match(folded, lead) is not None

    def may_begin(self, three: str) -> bool:
        """Whether a label, or the link text of an address, may begin with these three characters."""
        known = self.begins.get(three)
        if known is None:
            head = fold(three)
            known = self.begins[three] = not self._heads.isdisjoint((head, head[:2], head[:1]))
        return known


def marks_of(words: Words) -> Marks:
    """The marks of ``words``, made once for a set of languages."""
    return _made(words.languages)


@cache
def _made(languages: tuple[str, ...]) -> Marks:
    return Marks(all_words(languages))


def any_of(phrases: tuple[str, ...]) -> str:
    """The phrases as alternatives of an expression, longest first; one that matches nothing where there are none."""
    return "|".join(re.escape(word) for word in sorted(phrases, key=len, reverse=True)) or "(?!)"
