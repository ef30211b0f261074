"""The data dictionary: what every table and column means, from ``dictionary.toml``."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Described:
    """A table: what a row of it is, and what each column means, in the schema's order."""

    about: str
    columns: dict[str, str]


def _load() -> dict[str, Described]:
    text = files("archive").joinpath("dictionary.toml").read_text(encoding="utf-8")
    return {name: Described(columns.pop("about"), columns) for name, columns in tomllib.loads(text).items()}


#: table → its description
TABLES = _load()


def as_markdown() -> str:
    """The dictionary as a page of the documentation."""
    parts = [
        "# Data dictionary",
        "",
        "Every table and column of `archive.db`, made from `archive/dictionary.toml`.",
    ]
    for name, table in TABLES.items():
        parts += ["", f"## {name}", "", table.about, "", "| column | meaning |", "|---|---|"]
        parts += [f"| `{column}` | {meaning} |" for column, meaning in table.columns.items()]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
