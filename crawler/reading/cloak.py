"""Addresses that a page protects from harvesters, in forms that the page itself carries whole."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

#: a longer script does other things
MAX_SCRIPT = 4_000
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_TYPO3 = re.compile(r"UnCryptMailto\(\s*['\"]([^'\"]{8,})['\"]", re.IGNORECASE)
#: the ranges that TYPO3 moves signs in (``+`` to ``:``, ``@`` to ``Z``, ``a`` to ``z``), and how far
_RANGES = ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A))
_PLACES = 13
_LONGEST = 400
_STRING = re.compile(r"'((?:[^'\\\n]|\\.){0,400})'|\"((?:[^\"\\\n]|\\.){0,400})\"")


def decode_cloudflare(code: str) -> str | None:
    """The address in a ``data-cfemail`` attribute or behind ``/cdn-cgi/l/email-protection#``: hexadecimal bytes,
    each xor-ed with the first one. None where the code is damaged or holds no address."""
    try:
        key, *rest = bytes.fromhex(code.split("?", maxsplit=1)[0].strip())
        text = bytes(byte ^ key for byte in rest).decode("utf-8")
    except (ValueError, UnicodeDecodeError):
        return None
    address = text.split("?")[0].strip()
    return address if "@" in address else None


def decode_typo3(href: str) -> str | None:
    """The address behind TYPO3's ``javascript:linkTo_UnCryptMailto('nbjmup+…')``: ``mailto:`` and the address, each
    sign moved by the same number of places within its range. None where no number of places gives an address."""
    found = _TYPO3.search(unquote(href[:_LONGEST]))
    return decode_typo3_token(found[1]) if found else None


def decode_typo3_token(token: str) -> str | None:
    """The address in a ``data-mailto-token`` (TYPO3 11 and later), or in the call that older versions write."""
    for places in range(-_PLACES, _PLACES + 1):
        told = "".join(_moved(sign, places) for sign in token[:_LONGEST])
        if told.startswith("mailto:") and (mail := _MAIL.match(told[7:])):
            return mail.group()
    return None


def _moved(sign: str, places: int) -> str:
    """A sign moved by some places within its range, around its end."""
    for first, last in _RANGES:
        if first <= ord(sign) <= last:
            return chr(first + (ord(sign) - first + places) % (last - first + 1))
    return sign


def decode_script(script: str) -> str | None:
    """The address that a Joomla "e-mail cloaking" script or a ``document.write`` puts together from entity-coded
    pieces (``var addy12 = 'name' + '&#64;'; addy12 = addy12 + 'ministry' + '&#46;' + 'example';``), or None."""
    if len(script) > MAX_SCRIPT or not ("document.write" in script or "addy" in script or "cloak" in script):
        return None
    pieces = [unescape(single or double) for single, double in _STRING.findall(script)]
    found = _MAIL.search("".join(piece for piece in pieces if "<" not in piece and "mailto:" not in piece))
    return found.group() if found else None
