"""Which addresses may be connected to (reliability.md B11): every form of a private one is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.guard import is_public

PRIVATE = """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1
192.0.0.8 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 ::127.0.0.1
64:ff9b::a00:1 64:ff9b:1::1 2002:a00:1:: 2001::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
2130706433 0x7f000001 017700000001 127.1 localhost not-an-address""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_in_every_form_are_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "193.166.3.2", "2001:67c:2b0::4", "2606:4700::6810:84e5", "172.32.0.1"]
)
def test_public_addresses_are_admitted(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_is_refused(address: object) -> None:
    if address.is_private or address.is_multicast or address.is_reserved:  # type: ignore[attr-defined]
        known_public = str(address).startswith(("192.0.0.9", "192.0.0.10"))
        assert known_public or not is_public(str(address))
