"""The language of a release: what its page declares, unless the text itself plainly says another one.

Sites declare the language of their frame: Swedish releases stand in Finnish frames, and whole sites say "en". Which
neighbouring language a text is in (bokmål or Danish, Croatian or Serbian) is the page's word; that a text is not in
the declared language at all is the text's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

from crawler.items import Printed
from crawler.languages import known, table
from crawler.reading.page import Page

#: the beginning of a text tells its language; quotations and lists of names below don't
_LENGTH = 4000
#: where so much of it speaks for the declared language before all others, the rest need not be asked
_GLANCE = 900
#: shares of a text's words (or letters, for a script) from which on it speaks for a language
_SHARE, _ENOUGH = 0.08, 5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTER = re.compile(r"[^\W\d_]")
#: letters that are neither Latin nor Cyrillic: most texts have none, and need no further look
_OTHER_SCRIPTS = re.compile("[\u0370-\u03ff\u0530-\u1dff\u3040-\ud7af]")
#: scripts that one language among those we read is written in; Hiragana and Katakana before Han
_SCRIPTS = {
    "ko": "[\uac00-\ud7af]",
    "ja": "[\u3040-\u30ff]",
    "zh": "[\u4e00-\u9fff]",
    "th": "[\u0e00-\u0e7f]",
    "he": "[\u0590-\u05ff]",
    "el": "[\u0370-\u03ff]",
    "hy": "[\u0530-\u058f]",
    "ka": "[\u10a0-\u10ff]",
    "bn": "[\u0980-\u09ff]",
    "ta": "[\u0b80-\u0bff]",
    "am": "[\u1200-\u137f]",
}
#: scripts of several languages: the letters that tell, most telling first; the last one has none
_SHARED_SCRIPTS = (
    ("[\u0600-\u06ff]", (("ur", "[ٹڈڑےں]"), ("fa", "[پچژگ]"), ("ar", ""))),
    ("[\u0900-\u097f]", (("ne", "छ"), ("hi", ""))),
)


def find_language(page: Page, text: str, usual: tuple[str, ...] = ()) -> Printed | None:
    """The language's code (ISO 639-1, Norwegian as nb or nn) with what told it, or None where nothing tells.

    ``text`` is the release's headline and body; ``usual`` are the newsroom's languages, for neighbours that a text
    alone does not tell apart.
    """
    declared = _declared(page)
    if declared is not None and _leads(text, declared.text):
        return declared
    shares = spoken(text)
    best = max(shares, key=lambda code: shares[code], default=None)
    if declared is None:
        told = next((code for code in usual if best and shares.get(code, 0.0) >= shares[best] / 2), best)
        return Printed(told, "text:frequent words") if told else None
    code = _norwegian(shares) if declared.text == "no" else declared.text
    if best is not None and shares.get(code, 0.0) < shares[best] / 2:
        return Printed(best, "text:frequent words")
    return Printed(code, declared.evidence)


def spoken(text: str) -> dict[str, float]:
    """Language → share of the text's words that are frequent in it; only languages the text speaks for."""
    beginning = text[:_LENGTH]
    script = _script(beginning)
    if script is not None:
        return {script: 1.0}
    return _shares(_WORD.findall(beginning.lower()))


def _shares(words: list[str]) -> dict[str, float]:
    """Language → share of the words that are frequent in it, where it is a share worth telling."""
    total, frequent = len(words), _frequent()
    hits: defaultdict[str, int] = defaultdict(int)
    for word, count in Counter(filter(frequent.__contains__, words)).items():
        for code in frequent[word]:
            hits[code] += count
    return {
        code: count / total for code, count in hits.items() if count >= _ENOUGH and count / total >= _SHARE
    }


def _leads(text: str, code: str) -> bool:
    """Whether the beginning of a text speaks for a language before all others; words with a comma are left aside."""
    shares = _shares(text[:_GLANCE].lower().split())
    return code in shares and shares[code] == max(shares.values())


def _declared(page: Page) -> Printed | None:
    """The language subtag of ``<html lang>`` or, failing that, of a meta element."""
    meta = page.meta("dcterms.language", "dc.language", "content-language", "og:locale")
    for tag, evidence in ((page.lang, "html[lang]"), (meta, "meta:language")):
        match = re.match(r"([a-z]{2,3})(?:[-_]|$)", (tag or "").strip().lower())
        if match:
            return Printed(match[1], evidence)
    return None


def _norwegian(shares: Mapping[str, float]) -> str:
    return "nn" if shares.get("nn", 0.0) > shares.get("nb", 0.0) else "nb"


def _script(text: str) -> str | None:
    """The language of a text in a script that only few languages use, or None for Latin and Cyrillic."""
    if len(_OTHER_SCRIPTS.findall(text)) < _ENOUGH:
        return None
    letters = len(_LETTER.findall(text))
    if letters < 2 * _ENOUGH:
        return None
    for code, script in _SCRIPTS.items():
        if len(re.findall(script, text)) > letters * (0.15 if code == "ja" else 0.4):
            return code
    for script, languages in _SHARED_SCRIPTS:
        if len(re.findall(script, text)) > letters * 0.4:
            return next(
                code for code, telling in languages if not telling or len(re.findall(telling, text)) >= 3
            )
    return None


@cache
def _frequent() -> dict[str, tuple[str, ...]]:
    """Frequent word → the languages it is frequent in; a script of its own needs none."""
    found: dict[str, list[str]] = {}
    for code in known():
        for word in table(code).get("frequent", ()):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}
