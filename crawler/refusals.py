"""Requests that we refuse ourselves, each condition by its name."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class RobotsForbidden(IgnoreRequest):
    """robots.txt does not admit the request."""


class RobotsUnreachable(IgnoreRequest):
    """robots.txt answered with a server error or not at all: RFC 9309 §2.3.1.4 assumes complete disallow."""


class BodyIncomplete(IgnoreRequest):
    """The body came cut off, damaged or too large, every time it was asked for."""


class AddressRefused(IgnoreRequest):
    """The address is private, local, reserved or a tunnel to such: nothing was sent."""


class HostOnHold(IgnoreRequest):
    """The host asked to be left alone until later (Retry-After), in this or an earlier run."""
