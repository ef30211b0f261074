"""Phone numbers as printed, found in the text of a contact, with E.164 where the number is complete.

A number is kept exactly as printed. E.164 is given by the newsroom's country; a number that is a digit short, or
lacks its area code, has none: nothing is repaired, nothing completed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

import phonenumbers

_SEPARATORS = r"[ \u00a0\u2007\u2009\u202f\t().\-\u2010\u2011\u2012\u2013\u2212/]"
#: digits with little between them; what opens a number before its first digit is added by ``_opened``
_RUN = re.compile(rf"\d(?:{_SEPARATORS}{{0,3}}\d){{4,}}\)?")
#: of the native digits only those that ministries print; a set is searched for faster than ``\\d``
_SIX = re.compile(
    r"[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\uff10-\uff19][^\w\n]{0,3}(?:\d[^\w\n]{0,3}){4,18}\d"
)
#: two numbers side by side, however they are spaced; a longer run is a column of figures, and splitting it
#: everywhere took minutes (reliability.md C15). More runs in one line are looked at by nobody.
_LONGEST = 64
_MOST = 40
_OPENING = re.compile(r"(?:\(?\+{1,2} ?\(?|\()$")
_EXTENSION = re.compile(
    r"[ ,]{0,2}(?:ext|extension|x|poste|Durchwahl|DW|Kl|anknytning|w)\.? ?\d{1,5}(?!\w)", re.IGNORECASE
)
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])([.\-/ ]) ?(?:0?[1-9]|1[0-2])\1 ?(?:19|20)\d\d(?!\d)"  # 21.6.2022, 1-5-2015
    r"|(?:0?[1-9]|1[0-2])([.\-/])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)?\d\d$"  # 11.29.22
    r"|(?:19|20)\d\d([.\-/])(?:0?[1-9]|1[0-2])\3(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?:19|20)\d\d ?[\-\u2013/] ?(?:19|20)?\d\d$"  # 2017-2021
    r"|\d{1,6}/(?:19|20)\d\d$"  # a serial: 98/2020
)
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:([ \u00a0\u202f.])\d{3})(?:\1\d{3})*$")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){1,3}")
_POSTCODE = re.compile(r"\d{5}-\d{3,4}|\d{2}\.?\d{3}-\d{3}")
_GROUPS = re.compile(r"\d{3,5}[ \-]\d{3,4}|\d{8}|\d{2,4}(?:[ \-.]\d{2,4}){1,3}")
_MONEY_AFTER = re.compile(
    r"\s*(?:[€$£%‰¥₩₪₴₽฿]|euro|eiro|eur\b|kr\b|kr\.|kron|krón|korun|koron|sek\b|nok\b|dkk\b|chf\b|usd\b|isk\b|dollar|pound|pund|frank|franc|franken|mil[ji]|mrd|million|lei\b|zł|kč|ft\b|forint"
    r"|лев|грн|гривен|рубл|динар|денар|ευρώ|tonn|prosent|procent|percent|円|元|원|บาท|人|名|명|건)",
    re.IGNORECASE,
)
_NOT_A_PHONE_BEFORE = re.compile(
    r"(?:\borg(?:anisasjons|anisations|\.)?[ .-]?n(?:umme)?r?|\bY-tunnus|\bFO-nummer|\bCVR|\bIČO?|\bNIP|\bREGON|\bUID|\bVAT|\bISBN"
    r"|\bISSN|\bIBAN|\bDnr|\bdiarienummer|\bsaksn(?:umme)?r|\bJ\.?nr|\bref(?:erence)?|\bno|\bnr|\bn°|№|[€$£#]|\bP\.?O\.? ?Box|\bpostboks"
    r"|[A-Z]{2,}-(?<!TEL-)(?<!Tel-)|\bHR|\bH\.R|\bID|\bPIN|access code|passcode|promptpay\W{0,30}|บัญชี\w*|账号|帳號|口座\w*|계좌\w*|\baccount(?: no)?)[ .:]*\(?$",
    re.IGNORECASE,
)
_FAX_BEFORE = re.compile(
    r"(?:\btele)?\b(?:fax|faks|telefax|telefaks|факс|φαξ|télécopie\w*|telecopie\w*|faksi|팩스|传真|傳真)\w{0,3}[ .:/\-\u2013]*\(?$",
    re.IGNORECASE,
)
_DIGITS = {
    ord(c): str(v)
    for base in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10)
    for v, c in enumerate(map(chr, range(base, base + 10)))
}


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in a text: as printed, where it stands, by which country it is read, and whether it is a fax."""

    printed: str
    start: int
    end: int
    region: str | None = None
    fax: bool = False

    @property
    def e164(self) -> str | None:
        """The number in E.164, or None where it is not a complete, valid one of its country."""
        return e164(self.printed, self.region)


def find_phones(text: str, region: str | None, labelled: re.Pattern[str] | None = None) -> list[Phone]:
    """The phone numbers of ``text`` in order, faxes marked; dates, amounts, serials and postcodes left out.

    ``region`` is an ISO 3166 code, by which national numbers are read; ``labelled`` matches the end of what stands
    before a number when that is a phone word: such a number may be short, or of no valid pattern.
    """
    found: list[Phone] = []
    for match in islice(_RUN.finditer(text), _MOST):
        first, last = _closed(text, *match.span())
        if last - first > _LONGEST or _DATE.match(text, first, last):
            continue
        first = _opened(text, first)
        if first and text[first - 1] in "@_":
            continue
        for start, end in _alternatives(text, first, last, region):
            phone = _judge(text, start, end, region, labelled)
            if phone is not None:
                found.append(phone)
    return found


def _closed(text: str, first: int, last: int) -> tuple[int, int]:
    """A run without a bracket that opens behind a whole number and doesn't close: "0170-3177207 (08.00 Uhr …"."""
    opened = text.find("(", first + 1, last)
    before = text[first:opened].rstrip() if opened > 0 else ""
    if len(digits(before)) < 6 or ")" in text[opened:last]:
        return first, last
    return first, first + len(before)


def may_dial(text: str) -> bool:
    """Whether a text is worth a search for phone numbers: six digits or more together that are no date. Cheap."""
    if text.isascii():
        data = text.encode()
        if len(data) - len(data.translate(None, b"0123456789")) < 6:  # a fifth of what a search costs
            return False
    match = _SIX.search(text)
    while match is not None and _DATE.match(text, match.start()):
        match = _SIX.search(text, match.end())
    return match is not None


@lru_cache(maxsize=4096)
def e164(printed: str, region: str | None) -> str | None:
    """The number in E.164 (``+358295150011``), or None where it is not a complete, valid one of its country."""
    number = _plain(printed)
    if not number:
        return None
    try:
        parsed = phonenumbers.parse(number, None if number.startswith("+") else region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def digits(text: str) -> str:
    """The digits of a text, native ones as ASCII."""
    return "".join(filter(str.isdecimal, text if text.isascii() else text.translate(_DIGITS)))


def _plain(printed: str) -> str:
    """The dialled string: ASCII digits, one leading plus; the first of slash alternatives."""
    number = printed.translate(_DIGITS).strip(" ()")
    number = _EXTENSION.sub("", number)
    head, slash, tail = number.partition("/")
    if slash and len(digits(head)) >= 6:
        number = head  # 22400 2818/2119/2476: alternatives for the last group
    elif slash:
        number = head + tail  # 02/541 15 709: an area code
    international = bool(re.match(r"[\s(]*\+", number))
    plain = re.sub(
        r"\D", "", number.replace("(0)", "", 1) if international or number.startswith("00") else number
    )
    if international:
        return "+" + plain
    return "+" + plain[2:] if plain.startswith("00") else plain


def _opened(text: str, start: int) -> int:
    """Where the number begins whose first digit is at ``start``: ``(``, ``+``, ``(++`` belong to it."""
    if not start or text[start - 1] not in "(+ ":
        return start
    opening = _OPENING.search(text, max(0, start - 4), start)
    return opening.start() if opening else start


def _alternatives(text: str, start: int, end: int, region: str | None) -> list[tuple[int, int]]:
    """A candidate may hold several numbers: ``67000062/29256956``, ``+32 2 … +32 477 …``, two run together."""
    parts = [(start, end)]
    chunk = text[start:end]
    plus = [m.start() for m in re.finditer(r"(?<=\d)[\s(]*\+", chunk)]
    if plus:
        cuts = [0, *plus, len(chunk)]
        parts = [(start + a, start + b) for a, b in pairwise(cuts)]
    result: list[tuple[int, int]] = []
    for a, b in parts:
        result.extend(_split_slash(text, a, b, region))
    return [_trimmed(text, a, b) for a, b in result]


def _split_slash(text: str, start: int, end: int, region: str | None) -> list[tuple[int, int]]:
    chunk = text[start:end]
    sides = chunk.split("/")
    if len(sides) > 1 and all(len(digits(side)) >= 6 for side in sides):
        spans, at = [], start
        for side in sides:
            spans.append((at, at + len(side)))
            at += len(side) + 1
        return spans
    if len(sides) == 2 and len(digits(sides[0])) >= 6 and e164(sides[0], region):
        return [
            (start, start + len(sides[0]))
        ]  # "91 555 93 63 / 94 08": the second line is told by its end only
    if len(digits(chunk)) > 13 and "/" not in chunk:
        return _split_space(text, start, end, region)
    return [(start, end)]


def _split_space(text: str, start: int, end: int, region: str | None) -> list[tuple[int, int]]:
    """Two numbers with only a space between them are cut where both halves are valid numbers."""
    for gap in re.finditer(r"\s+", text[start:end]):
        left, right = (start, start + gap.start()), (start + gap.end(), end)
        if e164(text[slice(*left)], region) and e164(text[slice(*right)], region):
            return [left, right]
    return [(start, end)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without outer white space, hyphens, and brackets that open or close nothing in the number."""
    while start < end and (text[start].isspace() or text[start] in ")-.\u2013/"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "(-.\u2013/"):
        end -= 1
    chunk = text[start:end]
    if chunk.startswith("(") and chunk.endswith(")") and chunk.find(")") == len(chunk) - 1:
        return start + 1, end - 1
    if chunk.startswith("(") and ")" not in chunk:
        return start + 1, end
    if chunk.endswith(")") and "(" not in chunk:
        return start, end - 1
    return start, end


def _judge(
    text: str, start: int, end: int, region: str | None, labelled: re.Pattern[str] | None
) -> Phone | None:
    printed = text[start:end]
    count = len(digits(printed))
    if not 5 <= count <= 22 or _DATE.match(printed) or _MONEY_AFTER.match(text, end):
        return None
    before = text[max(0, start - 40) : start]
    if not _plausible(printed, count, region) and not (labelled and labelled.search(before)):
        return None
    if _NOT_A_PHONE_BEFORE.search(before):
        return None
    extension = _EXTENSION.match(text, end)
    stop = extension.end() if extension else end
    return Phone(text[start:stop], start, stop, region, fax=bool(_FAX_BEFORE.search(before)))


def _plausible(printed: str, count: int, region: str | None) -> bool:
    """Without a phone word before it, a run of digits must look like a number that is dialled, or be one."""
    if _THOUSANDS.fullmatch(printed):
        return False  # 5.750.000
    dialled = 7 <= count <= 20 and not _AMOUNT.match(printed) and not _POSTCODE.fullmatch(printed)
    if dialled and (printed[0] in "+(0" or _GROUPS.fullmatch(printed)):
        return True
    return e164(printed, region) is not None
