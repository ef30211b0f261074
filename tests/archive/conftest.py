"""An archive that is written to in the middle of a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import Writer
from tests.archive.pages import ROOM


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    with Writer.open(path) as writer:
        writer.begin_run("crawl demo", "0")
        writer.put_newsroom(ROOM)
        yield writer
