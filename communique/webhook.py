"""A message to a web address of the reader's: signed as Standard Webhooks 1.0 says, and sent only to public addresses.

The name is resolved here and that very address is connected to, so that no second DNS answer leads elsewhere; a redirect is
a refusal. The receiver proves the message with the secret: base64 of HMAC-SHA-256 over ``id.timestamp.body``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import http.client
import socket
import ssl
import time
from urllib.parse import SplitResult, urlsplit

from archive.errors import UsageError

TIMEOUT = 15.0
#: schemes of apprise's that send to any host, so that the host is looked at first
OPEN_SCHEMES = {
    "json": 80,
    "jsons": 443,
    "xml": 80,
    "xmls": 443,
    "form": 80,
    "forms": 443,
    "http": 80,
    "https": 443,
}


def post(url: str, message_id: str, body: bytes, secret: str | None, *, private: bool = False) -> str | None:
    """Sends JSON; None where the receiver answered 2xx, else why not, without the address's secrets.

    With ``private`` the address may lie in this machine or a private network. Raises UsageError for a secret that is none.
    """
    parts = urlsplit(url)
    headers = {"Content-Type": "application/json", "User-Agent": "communique"}
    headers |= signature(secret, message_id, int(time.time()), body) if secret else {"webhook-id": message_id}
    try:
        connection = _connection(parts, place(url, private=private))
        try:
            connection.request("POST", _path(parts), body, headers)
            answer = connection.getresponse()
            return (
                None if 200 <= answer.status < 300 else f"it answered {answer.status} {answer.reason}".strip()
            )
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of Standard Webhooks. ``secret`` is ``whsec_`` and base64, or any text."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def place(url: str, *, private: bool = False) -> str:
    """The IP address to connect to for an address of ``OPEN_SCHEMES``. Raises OSError where it is none that may be."""
    from crawler.guard import is_public

    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or OPEN_SCHEMES[parts.scheme]
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    open_to_us = [address for address in found if private or is_public(address)]
    if not open_to_us:
        raise OSError(f"{host} is at {found[0]}, which is not a public address: --allow-private admits it")
    return open_to_us[0]


class _PinnedHTTP(http.client.HTTPConnection):
    """Connects to an address that was looked at, whatever the name says next."""

    address = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _PinnedHTTPS(http.client.HTTPSConnection):
    """The same, with the certificate checked against the name."""

    address = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _connection(parts: SplitResult, address: str) -> _PinnedHTTP | _PinnedHTTPS:
    kind = _PinnedHTTPS if parts.scheme == "https" else _PinnedHTTP
    made = kind(parts.hostname or "", parts.port or OPEN_SCHEMES[parts.scheme], timeout=TIMEOUT)
    made.address = address
    return made


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _key(secret: str) -> bytes:
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise UsageError("COMMUNIQUE_WEBHOOK_SECRET begins with whsec_ but is not base64 after it") from None
