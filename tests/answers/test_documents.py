"""What the documentation of the answers shows is so: the dictionary, every SQL, every cell."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from archive.dictionary import as_markdown

DOCS = Path(__file__).parents[2] / "docs"
QUESTIONS = re.findall(
    r"## (\d+)\. [^\n]*\n.*?```sql\n(.*?)```", (DOCS / "questions.md").read_text(encoding="utf-8"), re.DOTALL
)


def test_the_dictionary_is_as_the_schema_is() -> None:
    written = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == as_markdown(), "the dictionary changed: run `make docs`"


def test_there_are_ten_questions() -> None:
    assert [number for number, _ in QUESTIONS] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(("number", "sql"), QUESTIONS, ids=[number for number, _ in QUESTIONS])
def test_every_question_runs(shelf_path: Path, number: str, sql: str) -> None:
    with sqlite3.connect(f"file:{shelf_path}?mode=ro", uri=True) as connection:
        rows = connection.execute(sql).fetchall()
    assert rows or number in ("2", "3", "4", "5", "9")  # this archive has no edits, takedowns or polls


def test_every_cell_of_the_notebook_runs(shelf_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_ARCHIVE", str(shelf_path))
    cells = json.loads((DOCS / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)


def test_python_in_the_reading_room_page_runs(shelf_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shelf_path.parent)
    page = (DOCS / "reading-room.md").read_text(encoding="utf-8")
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(code, {})
