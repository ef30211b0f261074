"""One spelling for comparison: ``fold`` changes letters, never their number, so that offsets stay true."""

from __future__ import annotations

import unicodedata

_PLAIN = {
    "ı": "i", "İ": "i", "ς": "σ", "ё": "е", "’": "'", "ʼ": "'", "‘": "'", "´": "'", "`": "'", "ʻ": "'",
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "。": ".", "、": ",",
    "ی": "ي", "ى": "ي", "ک": "ك", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ۀ": "ه", "ە": "ه",
}  # fmt: skip


def _marks() -> str:
    """The vowel signs and accents that Indic, Thai, Arabic and Hebrew letters carry, as ranges of an expression."""
    codes = [code for code in range(0x300, 0x1C00) if unicodedata.category(chr(code)) in ("Mn", "Mc")]
    ends = [code for code in codes if code + 1 not in codes]
    starts = [code for code in codes if code - 1 not in codes]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True)) + "\u200c\u200d"


#: for use inside a class of an expression: letters are followed by these, which ``\\w`` does not match
MARKS = _marks()
#: the letters of one word, vowel signs included
LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*"


class _Table(dict[int, int]):
    """Code point → folded code point, worked out when first met."""

    def __missing__(self, code: int) -> int:
        self[code] = result = ord(_folded(chr(code)))
        return result


def fold(text: str) -> str:
    """``text`` in small letters, without accents on Latin and Greek letters, digits of all scripts as 0-9,
    full-width letters, dashes, quotes and spaces as plain ones. As long as ``text``: offsets stay true.
    """
    if text.isascii() and text.isprintable():
        return text.lower().replace("`", "'")
    small = text.lower()
    if len(text) < _SHORT or len(small) != len(text):  # "İ" has two small letters
        return text.translate(_TABLE)
    for char in set(small):
        if char > "z" or char < " " or char == "`":
            folded = _CHARS[char]
            if folded != char:
                small = small.replace(char, folded)
    return small


def _folded(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isspace():
        return "\n" if char == "\n" else " "
    wide = unicodedata.normalize("NFKC", char)
    small = (wide if len(wide) == 1 else char).lower()
    small = small if len(small) == 1 else char
    if small in _PLAIN:
        return _PLAIN[small]
    parts = unicodedata.normalize("NFD", small)
    bare = len(parts) > 1 and (parts[0] < "\u0400")
    return parts[0] if bare else small


class _Chars(dict[str, str]):
    """As ``_Table``, by character."""

    def __missing__(self, char: str) -> str:
        self[char] = result = _folded(char)
        return result


#: from here on it is faster to replace each letter that a text has than to look every one up
_SHORT = 24
_TABLE = _Table()
_CHARS = _Chars()
