"""Score the reading against labelled pages: ``make accuracy``.

Reads every page of ``corpus/`` (real, labelled by hand) and ``forms/`` (synthetic in real forms; reported apart) in
the folder ``$COMMUNIQUE_SHARED`` or ``../shared``, scores it with that folder's ``tools/score_reading.py``, and fails
when a figure is lower than the pinned one in ``bench/accuracy.json``. ``--allow-regression`` lowers the floor.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

FLOORS = Path(__file__).with_name("accuracy.json")
#: the figures that are pinned; counts and the two halves of other figures are not
_PINNED = (
    "headline",
    "date",
    "no date",
    "byline",
    "type_label",
    "body F1",
    "contact",
    "no contact",
    "release accepted",
    "non-release",
)
Figures = dict[str, dict[str, float]]


def shared_folder() -> Path | None:
    """The folder with the labelled pages, or None where it is not there."""
    folder = Path(os.environ.get("COMMUNIQUE_SHARED") or Path(__file__).parents[2] / "shared")
    return folder if (folder / "tools" / "score_reading.py").exists() else None


def sets(shared: Path) -> dict[str, tuple[Path, Path]]:
    """Name → (truth file, folder of its pages) of the labelled sets that are there."""
    known = {
        "corpus": (shared / "corpus/truth.jsonl", shared / "corpus/pages"),
        "forms": (shared / "forms/truth.jsonl", shared / "forms/pages"),
        "forms as text": (shared / "forms/text_truth.jsonl", shared / "forms/text"),
    }
    return {name: paths for name, paths in known.items() if paths[0].exists()}


def read_set(
    truth: Path, pages: Path, *, generic: bool = False
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The labelled rows, and what was read from each row's page, by file."""
    from communique.pages import read_batch

    rows = [json.loads(line) for line in truth.read_text("utf-8").splitlines() if line.strip()]
    keys = ("file", "url", "timezone", "country")
    requests = [json.dumps({key: row[key] for key in keys} | {"languages": [row["lang"]]}) for row in rows]
    return rows, {record["file"]: record for record in read_batch(requests, pages, generic=generic)}


def scorer(shared: Path) -> Any:
    """The scoring module of the shared folder."""
    spec = importlib.util.spec_from_file_location("score_reading", shared / "tools/score_reading.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(
    shared: Path, misses: str | None = None, only: str | None = None, by: str | None = None
) -> Figures:
    """The figures of every set, with platforms and newsrooms and without (``… generic``)."""
    score = scorer(shared)
    figures: Figures = {}
    for name, (truth, pages) in sets(shared).items():
        if only and name != only:
            continue
        for generic in (False, True):
            rows, read = read_set(truth, pages, generic=generic)
            label = f"{name}, generic" if generic else name
            figures[label] = score.score(rows, read, None if generic else misses)
            if name == "corpus":
                figures[label] |= score.mean_of_hosts(rows, read)
            if by and not generic:
                figures |= _groups(score, rows, read, by, name)
    return figures


def _groups(score: Any, rows: list[dict[str, Any]], read: dict[str, Any], by: str, name: str) -> Figures:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(str(row.get(by)), []).append(row)
    return {f"{name}: {key}": score.score(group, read, None) for key, group in groups.items()}


def pinned(figures: Figures) -> Figures:
    """The figures that may not drop."""
    return {
        name: {
            label: value
            for label, value in row.items()
            if label.startswith(_PINNED) and not label.endswith("(n)")
        }
        for name, row in figures.items()
    }


def drops(figures: Figures, floors: Figures) -> list[str]:
    """What is lower than its floor, one line each."""
    return [
        f"{name}: {label} {figures[name].get(label)} is below the pinned {floor}"
        for name, row in floors.items()
        if name in figures
        for label, floor in row.items()
        if (figures[name].get(label) or 0) < floor - 1e-9
    ]


def show(figures: Figures) -> None:
    """One line a figure, one column a set."""
    labels = [
        label
        for label in dict.fromkeys(key for row in figures.values() for key in row)
        if not label.endswith("(n)")
    ]
    print(f"{'':46}" + "".join(f"{name[:22]:>24}" for name in figures))
    for label in labels:
        cells = (_cell(row, label) for row in figures.values())
        print(f"{label[:45]:46}" + "".join(f"{cell:>24}" for cell in cells))


def _cell(row: dict[str, float], label: str) -> str:
    if label not in row:
        return ""
    count = row.get(f"{label} (n)")
    return f"{row[label]}" + (f" /{count}" if count else "")


@click.command(help=__doc__)
@click.option("--allow-regression", is_flag=True, help="Pin the figures as they are, lower ones too.")
@click.option("--pin", is_flag=True, help="Raise the pinned floors to what was measured.")
@click.option("--misses", metavar="FIELD", help="Print every miss of one field (headline, body, contacts …).")
@click.option("--only", metavar="SET", help="One of: corpus, forms, forms as text.")
@click.option("--by", type=click.Choice(["host", "lang"]), help="The figures of each host or language, too.")
def main(allow_regression: bool, pin: bool, misses: str | None, only: str | None, by: str | None) -> None:
    shared = shared_folder()
    if shared is None:
        print(
            "accuracy: no labelled pages here (set COMMUNIQUE_SHARED to the folder with corpus/ and forms/): skipped"
        )
        return
    figures = measure(shared, misses, only, by)
    show(figures)
    floors: Figures = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    lower = drops(figures, floors)
    if lower and not allow_regression:
        print("\n".join(lower), file=sys.stderr)
        sys.exit(1)
    if pin or allow_regression:
        kept = {name: row for name, row in pinned(figures).items() if ":" not in name}
        FLOORS.write_text(
            json.dumps(floors | kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
