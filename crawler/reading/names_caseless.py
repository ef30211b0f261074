"""Names in scripts without capitals: Hangul, Han, Arabic, Hebrew, Thai, Georgian, Devanagari."""

from __future__ import annotations

from crawler.languages.folding import fold
from crawler.reading.vocabulary import Kind, Token, Vocabulary, is_small

#: (name, the words before it, the words after it)
Found = tuple[str, str, str]


def find_caseless(segment: str, tokens: list[Token], vocab: Vocabulary) -> Found | None:
    """A Korean, Chinese or Japanese name, or a segment of two to four words none of which is a title."""
    for at, token in enumerate(tokens[:4]):
        found = _spaced(segment, tokens, at, vocab) or _unspaced(segment, token, vocab)
        if found:
            return found
    words = [token for token in tokens if token.kind not in (Kind.MARK, Kind.HONORIFIC)]
    if len(words) > 1 and _without_honorific(words[0].text) != words[0].text:
        words = words[:2]
    elif _is_something_else(segment, tokens, vocab):
        return None
    if len(words) > 2:
        words = _beside_title(segment, words, vocab)
    if not 2 <= len(words) <= 4 or any(token.kind is not Kind.NAME for token in words):
        return None
    name = segment[words[0].start : words[-1].end].strip(" .:")
    return _without_honorific(name), "", segment[words[-1].end :].strip(" .:")


def _is_something_else(segment: str, tokens: list[Token], vocab: Vocabulary) -> bool:
    """Whether a segment names a desk or a channel, or is in a script with capitals or of East Asia."""
    if vocab.is_desk(segment) or fold(segment).strip(" .:") in vocab.channels:
        return True
    firsts = [token.text[0] for token in tokens]
    return is_small(firsts[0]) or any("\u1100" <= char < "\u1200" or char >= "\u2e80" for char in firsts)


def _beside_title(segment: str, words: list[Token], vocab: Vocabulary) -> list[Token]:
    """Of words that begin or end with a title of the languages, the two that are left: ``सूचना अधिकारी सरिता पिपल``."""
    folded = fold(segment)
    title = next((size for size in range(len(words) - 2, 0, -1) if _is_title(words[:size], folded, vocab)), 0)
    if title and len(words) - title == 2:
        return words[title:]
    return words[:2] if _is_title(words[2:], folded, vocab) else words


def _is_title(words: list[Token], folded: str, vocab: Vocabulary) -> bool:
    return bool(vocab.roles.fullmatch(folded[words[0].start : words[-1].end].rstrip(".")))


#: "Mr", "Mrs", "Miss" in Thai are written to the name without a space
_THAI_HONORIFICS = ("นางสาว", "นาง", "นาย")


def _without_honorific(name: str) -> str:
    if name.startswith("นายก"):  # the prime minister's title
        return name
    found = next((title for title in _THAI_HONORIFICS if name.startswith(title)), "")
    return name.removeprefix(found).strip()


def _spaced(segment: str, tokens: list[Token], at: int, vocab: Vocabulary) -> Found | None:
    """``山田 太郎``: a known surname, a space and a given name; or a surname of two signs alone, beside a title."""
    first = tokens[at]
    if first.text not in vocab.surnames or not _japanese(first.text):
        return None
    second = tokens[at + 1] if at + 1 < len(tokens) else None
    end = first.end
    if second is not None and _is_given(first, second):
        end = second.end
    elif len(first.text) < 2 or not any(
        one is not None and one.kind is Kind.ROLE for one in (second, tokens[at - 1] if at else None)
    ):
        return None
    return segment[first.start : end], segment[: first.start].strip(), segment[end:].strip()


def _is_given(surname: Token, other: Token) -> bool:
    """Whether a word behind a surname and a space is a given name by its look."""
    apart = other.start - surname.end == 1 and len(surname.text + other.text) > 2
    return apart and other.kind is Kind.NAME and len(other.text) <= 3 and _japanese(other.text)


def _unspaced(segment: str, token: Token, vocab: Vocabulary) -> Found | None:
    """``박주홍``, ``홍보담당관선우민석``, ``陳怡君科長``: a word that is a name, or a name and a title."""
    before, after = segment[: token.start].strip(), segment[token.end :].strip()
    if _east_asian(token.text, vocab):
        return token.text, before, after
    glued = _glued_east_asian(token, vocab)
    if glued:
        return glued, token.text[: -len(glued)], after
    titled = _titled(token, vocab)
    return (titled, before, f"{token.text[len(titled) :]} {after}".strip()) if titled else None


def _titled(token: Token, vocab: Vocabulary) -> str | None:
    """The name at the beginning of ``陳怡君科長``."""
    if not _han(token.text) or len(token.text) < 4:
        return None
    sizes = (size for size in (4, 3, 2) if vocab.roles.fullmatch(fold(token.text[size:])))
    return next((token.text[:size] for size in sizes if _east_asian(token.text[:size], vocab)), None)


def _japanese(text: str) -> bool:
    return all("\u3040" <= char <= "\u9fff" or char == "々" for char in text)


def _east_asian(text: str, vocab: Vocabulary) -> bool:
    """``박주홍``, ``선우민석``, ``岑晓岚``: a known surname and one or two more signs."""
    if not (_hangul(text) or _han(text)) or not 2 <= len(text) <= 4:
        return False
    if text in vocab.surnames or vocab.roles.fullmatch(fold(text)):
        return False  # 森田 is a surname, and 森 is one; 주무관 is a title, and 주 is one
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
