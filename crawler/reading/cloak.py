"""Addresses that a page protects from harvesters, in forms that the page itself carries whole."""

from __future__ import annotations

import re
from html import unescape

#: a longer script does other things
MAX_SCRIPT = 4_000
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
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


def decode_script(script: str) -> str | None:
    """The address that a Joomla "e-mail cloaking" script or a ``document.write`` puts together from entity-coded
    pieces (``var addy12 = 'name' + '&#64;'; addy12 = addy12 + 'ministry' + '&#46;' + 'example';``), or None."""
    if len(script) > MAX_SCRIPT or not ("document.write" in script or "addy" in script or "cloak" in script):
        return None
    pieces = [unescape(single or double) for single, double in _STRING.findall(script)]
    found = _MAIL.search("".join(piece for piece in pieces if "<" not in piece and "mailto:" not in piece))
    return found.group() if found else None
