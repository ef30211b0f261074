"""An archive to ask, made once; who writes to one makes his own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Archive, open_archive
from tests.answers import shelf


@pytest.fixture(scope="session")
def shelf_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shelf") / "archive.db"
    shelf.fill(path)
    return path


@pytest.fixture
def asked(shelf_path: Path) -> Iterator[Archive]:
    with open_archive(shelf_path) as archive:
        yield archive


@pytest.fixture(scope="session")
def asked_once(shelf_path: Path) -> Iterator[Archive]:
    with open_archive(shelf_path) as archive:
        yield archive
