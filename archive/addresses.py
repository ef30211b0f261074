"""Addresses: one key for the many spellings of one page. Pure: no network, no database."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

#: Parameters that say how a reader came, which session it is or how the page is drawn, never which page it is.
IGNORED_PARAMETERS = re.compile(
    r"utm_\w+|fbclid|gclid|msclkid|mc_cid|mc_eid|_ga|at_medium|at_campaign|wt_\w+|"
    r"phpsessid|jsessionid|sessionid|sid|aspxautodetectcookiesupport|"
    r"print|printable|printview|p_p_state|p_r_p_resetcur|redirect|_redirect|pk_\w+|cmpid|ref|referrer",
    re.IGNORECASE,
)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_DOUBLE_ESCAPE = re.compile(r"%25(?=[0-9A-Fa-f]{2})")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_PRINT_VIEW = re.compile(r"/(?:print|tulosta)/?$", re.IGNORECASE)
#: Liferay writes the language of a Finnish government page as a path or as a parameter (2015-2026).
_LIFERAY_LANGUAGE = re.compile(r"^([a-z]{2})_[A-Z]{2}$")


def url_key(url: str) -> str:
    """The key under which every spelling of an address is the same: ``host/path?query``.

    Scheme, ``www.``, credentials, default port, fragment, session ids, tracking and print parameters, doubled
    slashes and escapes, index pages and a trailing slash are set aside; letters of the path keep their case.
    Raises ValueError for an address without a host.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    if not host:
        raise ValueError(f"not an address with a host: {url!r}")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path, query = _liferay_language(_path_key(parts.path), parts.query)
    return f"{host}{port}{path}{_query_key(query)}"


def without_session(url: str) -> str:
    """The address without the ``;jsessionid=`` that some servers write into every link."""
    return _SESSION.sub("", url) if ";" in url else url


def without_credentials(url: str) -> str:
    """The address without ``user:password@``: neither is stored, shown or sent (reliability.md B12)."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _path_key(path: str) -> str:
    path = _SESSION.sub("", _DOUBLE_ESCAPE.sub("%", path))
    path = re.sub(r"/{2,}", "/", path)
    path = _PRINT_VIEW.sub("", _INDEX.sub("/", path)).rstrip("/")
    return quote(unquote(path), safe="/-._~!$&'()*+,;=:@")


def _liferay_language(path: str, query: str) -> tuple[str, str]:
    """``/-/slug?languageId=sv_SE`` is ``/sv/-/slug``; ``fi_FI`` is the address without a language."""
    pairs = parse_qsl(query, keep_blank_values=True)
    for name, value in pairs:
        language = _LIFERAY_LANGUAGE.match(value) if name == "languageId" else None
        if language and path.startswith("/-/"):
            rest = urlencode([pair for pair in pairs if pair[0] != "languageId"])
            return (path if language[1] == "fi" else f"/{language[1]}{path}"), rest
    return path, query


def _query_key(query: str) -> str:
    kept = sorted(
        pair for pair in parse_qsl(query, keep_blank_values=True) if not IGNORED_PARAMETERS.fullmatch(pair[0])
    )
    return f"?{urlencode(kept)}" if kept else ""
