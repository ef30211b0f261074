"""The demonstration newsroom: an invented ministry's site, served on loopback.

The Ministry for the Archipelago does not exist, nor does anybody it names. Its site has the form of Finland's
government sites and their habits, good and bad; ``docs/demonstration.md`` lists them. Day 2 is the same site a
day later, with the seven changes of ``texts/changes.toml`` and no others.
"""

from communique.demo.server import PORT, DemoServer, PortTakenError, reach, serve, served_day
from communique.demo.site import LANGUAGES, Site, build

__all__ = [
    "LANGUAGES",
    "PORT",
    "DemoServer",
    "PortTakenError",
    "Site",
    "build",
    "reach",
    "serve",
    "served_day",
]
