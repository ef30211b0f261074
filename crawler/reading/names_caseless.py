"""Names in scripts without capitals: Hangul, Han, Arabic, Hebrew, Thai, Georgian, Devanagari."""

from __future__ import annotations

from crawler.languages.folding import fold
from crawler.reading.vocabulary import Kind, Token, Vocabulary, is_small

#: (name, the words before it, the words after it)
Found = tuple[str, str, str]


def find_caseless(segment: str, tokens: list[Token], vocab: Vocabulary) -> Found | None:
    """A Korean or Chinese name of two to four signs, or a segment of two to four words none of which is a title."""
    for token in tokens[:4]:
        if _east_asian(token.text, vocab):
            return token.text, segment[: token.start].strip(), segment[token.end :].strip()
        glued = _glued_east_asian(token, vocab)
        if glued:
            return glued, token.text[: -len(glued)], segment[token.end :].strip()
    if is_small(tokens[0].text[0]) or any(token.text[0] >= "\u1100" for token in tokens):
        return None
    words = [token for token in tokens if token.kind is not Kind.MARK]
    if not 2 <= len(words) <= 4 or any(token.kind is not Kind.NAME for token in words):
        return None
    return segment.strip(" .:"), "", ""


def _east_asian(text: str, vocab: Vocabulary) -> bool:
    """``박주홍``, ``선우민석``, ``岑晓岚``: a known surname and one or two more signs."""
    if not (_hangul(text) or _han(text)) or not 2 <= len(text) <= 4:
        return False
    if vocab.kind(text, fold(text)) in (Kind.ROLE, Kind.UNIT, Kind.ORG) and len(text) != 3:
        return False
    named = any(text.startswith(name) and 1 <= len(text) - len(name) <= 2 for name in vocab.surnames)
    return named and text[-1] not in "과팀실처司科处處室局部"


def _glued_east_asian(token: Token, vocab: Vocabulary) -> str | None:
    """The name at the end of ``홍보담당관선우민석``: title and name without a space."""
    if len(token.text) < 5 or not (_hangul(token.text) or _han(token.text)):
        return None
    for size in (4, 3, 2):
        head, tail = token.text[:-size], token.text[-size:]
        if vocab.roles.fullmatch(fold(head)) and _east_asian(tail, vocab):
            return tail
    return None


def _hangul(text: str) -> bool:
    return all("\uac00" <= char <= "\ud7a3" for char in text)


def _han(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)
