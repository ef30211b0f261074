"""Who a server said it was: the certificates it sent, as the evidence keeps them."""

from __future__ import annotations

import msgspec


class Tls(msgspec.Struct, frozen=True, omit_defaults=True):
    """The chain that came with a response.

    ``chain_sha256`` is the SHA-256 of the certificates in DER as they were sent, the server's own first, one after the
    other. ``not_after`` is the day on which the server's own ends. ``exception`` says why nobody vouched for the chain,
    where the newsroom's entry admits that; None for a verified one.
    """

    chain_sha256: str
    subject: str
    issuer: str
    not_after: str
    exception: str | None = None

    def __str__(self) -> str:
        vouched = f"not verified ({self.exception})" if self.exception else f"issued by {self.issuer}"
        return f"{self.subject}, {vouched}, until {self.not_after}, chain sha256:{self.chain_sha256[:16]}"
