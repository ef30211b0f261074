"""What every test gets: loopback only, hypothesis profiles, and no silent skips where CI decides."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

settings.register_profile(
    "default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

_connect = socket.socket.connect


def _connect_to_loopback(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
        raise AssertionError(f"a test talks to loopback only, not to {address[0]}")
    _connect(self, address)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """No test reaches a live site, not even by mistake."""
    socket.socket.connect = _connect_to_loopback  # type: ignore[method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of captured pages and forms beside the project; tests over it say so where it is absent."""
    for place in (os.environ.get("COMMUNIQUE_SHARED"), ROOT.parent / "shared"):
        if place and Path(place, "corpus").is_dir():
            return Path(place)
    pytest.skip("no folder of captured pages beside the project (COMMUNIQUE_SHARED)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that crawl or drive a browser come first: the short ones then even the workers out at the end."""
    heavy = {
        item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")
    }
    items.sort(key=lambda item: item.path not in heavy)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where CI decides, a test skipped because a part is missing has failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but CI must have every part: {report.longrepr}"


@pytest.fixture(scope="module")
def demo_port() -> Iterator[int]:
    """The demonstration newsroom's fixed port, kept from this machine's other test processes until the module ends."""
    from communique.demo import PORT, served_day

    with (Path(tempfile.gettempdir()) / "communique-demo-port.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        patience = time.monotonic() + 90  # somebody may be trying the demonstration on this machine
        while (served := served_day(PORT)) is not None and time.monotonic() < patience:
            time.sleep(0.5)
        assert served is None, "the demonstration newsroom is being served: stop it before the tests"
        yield PORT
