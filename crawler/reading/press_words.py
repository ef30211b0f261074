"""Whether a sentence speaks of the press, or of registering: beginnings of words, since all languages bend them."""

from __future__ import annotations

import re

from crawler.languages import part_pattern

#: the press, journalists, media in the languages at hand, as beginnings of folded words
_PRESS = re.compile(
    r"(?:press(?!ur|ing|es\b|ed\b|iv|ion|upp)|presse|presa|prensa|imprensa|stampa|pers(?=\b|-|v|c|dienst|bericht|bureau|woord)|media\b|medi[ae]-|medien|medier|medias"
    r"|mediji|medija|medij|medii|mediju|mass-?media|journalist|jornalist|periodist|giornalist|dziennikar|toimittaj|lehdisto|tiedotusval|fjolmi|bladam|tidindaf|redaktion|redaksjon"
    r"|rzecznik|prasow|prasy|tisk|novinar|sajto|ujsagir|mluvci|hovorc|ajakirjan|pressi|zurnalist|plassazin|spaud|ziniasklaid|gazetari|shtyp|basin|gazeteci|medya"
    r"|wartawan|humas|jurucakap|прес|медиа|медій|медії|змі|сми\b|журналист|журналіст|новинар|τυπου|δημοσιογραφ|μμε|μεσα ενημερωσης)"
    r"|記者|记者|媒体|媒體|新闻|新聞|報道|広報|보도|기자|언론|홍보|공보|담당|สื่อ|ประชาสัมพันธ์|โฆษก|صحف|اعلام|إعلام|مطبوعات|עיתונ|תקשורת|דובר|मीडिया|प्रेस"
)
#: what every match of it holds: most sentences are without, and a look for these is cheap
_PRESS_STEMS = part_pattern((
    "press", "presa", "prensa", "stampa", "pers", "medi", "journal", "jornal", "periodist", "giornal", "dziennik", "toimittaj",
    "lehdist", "tiedotus", "fjolmi", "bladam", "tidindaf", "redak", "rzeczn", "prasow", "prasy", "tisk", "novinar", "sajto", "ujsagir",
    "mluvci", "hovorc", "ajakirjan", "zurnal", "plassazin", "spaud", "ziniask", "gazet", "shtyp", "basin", "wartawan", "humas", "jurucakap",
    "прес", "медиа", "медій", "медії", "змі", "сми", "журнал", "новинар", "τυπου", "δημοσιογραφ", "μμε", "μεσα",
    "記者", "记者", "媒体", "媒體", "新闻", "新聞", "報道", "広報", "보도", "기자", "언론", "홍보", "공보", "담당", "สื่อ", "ประชาสัมพันธ์", "โฆษก",
    "صحف", "اعلام", "إعلام", "مطبوعات", "עיתונ", "תקשורת", "דובר", "मीडिया", "प्रेस",
))  # fmt: skip
#: words of applying and registering: without a person, a mailbox for these is no contact
_REGISTER = re.compile(
    r"(?:ackredit|accredit|akkredit|akredit|akreditat|aanmeld|anmeld|register|registrat|registrier|rsvp|pameld|tilmeld|ilmoittaut|inscri|iscri|rejestr"
    r"|prihlas|prijav|regisztr|sign up|donat|subscri|prenumer|abonn|unsubscri|акредит|регистр|реєстр)"
)


def speaks_of_press(folded: str) -> bool:
    """Whether the press, journalists or media are named in a folded text."""
    return _PRESS_STEMS.search(folded) is not None and _begins_word(_PRESS, folded)


def speaks_of_registering(folded: str) -> bool:
    """Whether a folded text is about applying, registering, accreditation, subscribing or giving."""
    return _begins_word(_REGISTER, folded)


def _begins_word(pattern: re.Pattern[str], folded: str) -> bool:
    """Whether a match begins a word; in scripts without spaces, any match. Faster than a look behind at every letter."""
    for match in pattern.finditer(folded):
        before = folded[match.start() - 1 : match.start()]
        if not before.isalpha() or before >= "\u0e00":
            return True
    return False
