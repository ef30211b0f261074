"""Countries, time zones and languages as the registry knows them, from the tz database that ``tzdata`` ships."""

from __future__ import annotations

import re
import zoneinfo
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import resources

#: ISO 639-1 codes that occur on government sites or may occur there, and the longer codes that some of them use
LANGUAGES = frozenset(
    """aa ab af ak am ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cv cy da de dv dz ee el en eo es et
    eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy ia id ig ii ik is it iu ja jv ka kg ki kj kk kl
    km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv
    ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu fil smn sms sma smj rom prs kmr
    ckb tet haw crh mni sat kok mai doi brx cnr fkv""".split()
)
#: codes beside ISO 3166 that publishers have: the European Union and organisations between states
BESIDE_ISO = frozenset({"EU", "INT"})
#: last labels of hosts that do not spell their country: RFC 1591 exceptions and the United States' own
TLD_COUNTRY = {"uk": "GB", "eu": "EU", "gov": "US", "mil": "US", "int": "INT", "scot": "GB", "wales": "GB"}


@lru_cache(maxsize=1)
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """ISO country code → its zones, the most populous first (``zone.tab``)."""
    zones: defaultdict[str, list[str]] = defaultdict(list)
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            zones[country].append(zone)
    return {country: tuple(names) for country, names in zones.items()}


@lru_cache(maxsize=512)
def only_zone(country: str) -> str | None:
    """The country's zone, where all its clocks have agreed since 2000; else None: a zone is never guessed."""
    names = zones_by_country().get(country, ("Europe/Brussels",) if country == "EU" else ())
    if not names:
        return None
    return names[0] if all(_clock(name) == _clock(names[0]) for name in names[1:]) else None


def country_of(host: str) -> str | None:
    """The country that a host's last label names: ``stm.fi`` → ``FI``; None for ``.com`` and the like."""
    last = host.rstrip(".").rsplit(".", 1)[-1].lower()
    code = TLD_COUNTRY.get(last, last.upper())
    return code if is_country(code) else None


def is_country(code: str) -> bool:
    """Whether it is an ISO 3166 code with a clock of its own, ``EU`` or ``INT``."""
    return code in zones_by_country() or code in BESIDE_ISO


def is_language(tag: str) -> bool:
    """Whether the tag is BCP 47 with a primary language that is known: ``sv``, ``zh-Hant``, ``pt-BR``."""
    primary, *rest = tag.split("-")
    return primary in LANGUAGES and all(re.fullmatch(r"[A-Za-z0-9]{2,8}", part) for part in rest)


def is_zone(name: str) -> bool:
    """Whether the tz database knows the zone."""
    return name in _all_zones()


@lru_cache(maxsize=1)
def _all_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


@lru_cache(maxsize=512)
def _clock(name: str) -> tuple[timedelta | None, ...]:
    zone = zoneinfo.ZoneInfo(name)
    months = (datetime(year, month, 1, tzinfo=UTC) for year in range(2000, 2028) for month in (1, 4, 7, 11))
    return tuple(moment.astimezone(zone).utcoffset() for moment in months)
