"""Golden pages: page + expected reading. A missing expectation is written *and fails*, so that somebody reads it.

Each page says in its first line where it is from (``recorded``, ``adapted`` or ``synthetic``) and its newsroom or the
facts of its site. After a change that is meant: delete the ``.json``, run, read the new one, commit it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from communique.pages import Request, newsroom_for, read_body, record

PAGES = Path(__file__).parent / "pages"
FILES = sorted(path for path in PAGES.iterdir() if path.suffix in {".html", ".txt"})


def reading(path: Path) -> dict[str, Any]:
    first, rest = path.read_text("utf-8").split("\n", 1)
    origin, *facts = first.strip("<!-> ").split("; ")
    assert origin in {"recorded", "adapted", "synthetic"}, f"{path.name} does not say where it is from"
    known = dict(fact.split("=", 1) for fact in facts)
    request = Request(
        file=path.name,
        url=known["url"],
        newsroom=known.get("newsroom"),
        timezone=known.get("timezone"),
        languages=known.get("languages"),
        country=known.get("country"),
    )
    newsroom = newsroom_for(request.url, request)
    found = record(read_body(rest.encode(), request.url, newsroom, text=path.suffix == ".txt"))
    found.pop("evidence", None)  # words for people: they may change
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_golden_page_reads_as_expected(path: Path) -> None:
    found = reading(path)
    expected = path.with_suffix(".json")
    if not expected.exists():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{expected.name} was not there and has been written: read it, then commit it")
    assert found == json.loads(expected.read_text("utf-8"))


def test_golden_pages_hold_no_real_address() -> None:
    for path in FILES:
        for domain in re.findall(r"@([\w.-]+)", path.read_text("utf-8")):
            assert domain.endswith(".example") or domain in {"type", "protected"}, path.name
