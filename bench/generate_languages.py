"""Writes the months and weekdays of every language file anew from CLDR (Babel, of the development tools).

``make languages`` runs it. What stands above the marker in a file is kept by hand and stays as it is.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from babel import Locale, localedata

MARKER = (
    "# From CLDR by `make languages`; other spellings go into [month_aliases] and [weekday_aliases] above."
)
WIDTHS = ("wide", "abbreviated")
FOLDER = Path(__file__).parents[1] / "crawler" / "languages"


def main() -> None:
    """Rewrites every ``crawler/languages/*.toml``, below its marker."""
    for path in sorted(FOLDER.glob("*.toml")):
        by_hand = path.read_text(encoding="utf-8").split(MARKER)[0].rstrip()
        path.write_text(f"{by_hand}\n\n{MARKER}\n{_generated(path.stem, by_hand)}", encoding="utf-8")


def _generated(code: str, by_hand: str) -> str:
    locales = tomllib.loads(by_hand).get("cldr", [code])
    months: dict[int, list[str]] = {}
    weekdays: dict[int, list[str]] = {}
    for name in locales:
        # Babel 2.18 writes resolved aliases of one locale into the data that all share: read each one afresh.
        localedata._cache.clear()
        locale = Locale.parse(name)
        _collect(months, locale.months)
        _collect(weekdays, locale.days)
    return "[months]\n" + _lines(months) + "\n[weekdays]\n" + _lines(weekdays)


def _collect(into: dict[int, list[str]], names: object) -> None:
    for context in ("format", "stand-alone"):
        for width in WIDTHS:
            for number, name in names[context][width].items():  # type: ignore[index]
                if not name.strip(".").isdigit() and name not in into.setdefault(number, []):
                    into[number].append(name)


def _lines(table: dict[int, list[str]]) -> str:
    rows = (
        f"{number} = [{', '.join(_quoted(name) for name in names)}]"
        for number, names in sorted(table.items())
    )
    return "\n".join(rows) + "\n"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
