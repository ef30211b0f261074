"""The connection: headers are bounded, so that a server that sends them without end is left; certificates are kept."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.web._newclient import ParseError

from crawler import certificates

#: browsers and servers take 8 to 256 KB; 200,000 small headers block Scrapy for six seconds (measured 2026-11)
MAX_BYTES = 65_536


class BoundedParser(_LenientHTTPClientParser):
    """Scrapy's parser, which gives up on headers that are larger than a page may need."""

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 (Twisted's name)
        """One line of the head. Raises ``ParseError`` beyond the limit."""
        self.__dict__["_seen"] = self.__dict__.get("_seen", 0) + len(line) + 2
        if self.__dict__["_seen"] > MAX_BYTES:
            raise ParseError(f"more than {MAX_BYTES} bytes of headers", line[:80])  # type: ignore[no-untyped-call]
        super().lineReceived(line)


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's protocol with the bounded parser."""

    def request(self, request: Any) -> Any:
        """The response to come."""
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = BoundedParser
        if not self.__dict__.get("_known"):
            answer.addCallback(self._remember)
        return answer

    def _remember(self, response: Any) -> Any:
        """Once a connection: by the time of its first answer the certificates are there."""
        self.__dict__["_known"] = True
        certificates.remember(self.transport)
        return response


class BoundedFactory(_LenientHTTP11ClientFactory):
    """What the connection pool builds its protocols with."""

    def buildProtocol(self, addr: Any) -> BoundedProtocol:  # noqa: N802 (Twisted's name)
        """One protocol a connection."""
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
