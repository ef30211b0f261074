"""No connection leaves for an address that is not public: checked at the socket, on every hop, for every name.

A name is checked when it is connected, not when it is read, so a DNS answer that changes in between gains nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from crawler.refusals import AddressRefused

#: Not public, or a way round to what is not. Python's is_private misses CGNAT, NAT64 and 6to4, and its is_global
#: takes NAT64, 6to4 and multicast for public (measured with 3.11): hence the list (reliability.md B11).
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in """0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    ::/128 ::1/128 ::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16
    3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8""".split()
)
_allowed: set[tuple[str, int]] = set()


def is_public(address: str) -> bool:
    """Whether an IP address (as text, a scope is ignored) may be connected to; anything else is not."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return not any(parsed in network for network in _REFUSED if network.version == parsed.version)


def allow(address: str, port: int) -> None:
    """Admits one address and port beside the public ones: a newsroom whose entry names this machine (demo)."""
    _allowed.add((address, port))


def check(address: str, port: int) -> None:
    """Raises ``AddressRefused`` for an address that may not be connected to."""
    if not is_public(address) and (address, port) not in _allowed:
        raise AddressRefused(f"{address} is not a public address: nothing was sent")


def install() -> None:
    """Puts the check in front of every TCP connection that this process's reactor makes. Once is enough."""
    from twisted.internet import reactor

    target: Any = reactor
    if not hasattr(target.connectTCP, "guarded"):
        target.connectTCP = _guarded(target.connectTCP)


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded_connect(host: str, port: int, *more: Any, **named: Any) -> Any:
        check(host, port)
        return connect(host, port, *more, **named)

    guarded_connect.guarded = True  # type: ignore[attr-defined]
    return guarded_connect
