"""The certificates that servers sent: Scrapy hands on the server's own, and the chain is evidence too."""

from __future__ import annotations

import hashlib
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from archive.tls import Tls

#: the chain that last came with a server's own certificate, by the SHA-256 of that one
_chains: dict[bytes, Tls] = {}
#: so many servers are remembered: more than a run has hosts
_MOST = 5_000


def remember(transport: Any) -> None:
    """Takes the chain off a connection; one without TLS has none."""
    handle: Any = transport.getHandle()
    sent = handle.get_peer_cert_chain() if hasattr(handle, "get_peer_cert_chain") else None
    if sent:
        while len(_chains) >= _MOST:
            del _chains[next(iter(_chains))]
        chain = [each.to_cryptography() for each in sent]
        _chains[_digest(chain[0])] = tls_of(chain)


def of_response(certificate: Any, exception: str | None) -> Tls | None:
    """What came with the certificate that Scrapy hands on; None for plain HTTP and for what a browser fetched.

    ``exception`` is why the newsroom's entry admits a chain that nobody vouches for.
    """
    if certificate is None:
        return None
    own = certificate.original.to_cryptography()
    found = _chains.get(_digest(own)) or tls_of([own])
    return Tls(found.chain_sha256, found.subject, found.issuer, found.not_after, exception)


def tls_of(chain: list[Certificate]) -> Tls:
    """What the evidence keeps of a chain, the server's own certificate first."""
    own = chain[0]
    return Tls(
        hashlib.sha256(b"".join(each.public_bytes(Encoding.DER) for each in chain)).hexdigest(),
        own.subject.rfc4514_string(),
        own.issuer.rfc4514_string(),
        own.not_valid_after_utc.date().isoformat(),
    )


def _digest(certificate: Certificate) -> bytes:
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()
