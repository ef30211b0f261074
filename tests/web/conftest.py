"""A reading room on loopback, over an archive made by the real writer."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn

from archive.web.server import application
from tests.answers import shelf

Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves an archive for the session; gives its address."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(path: Path) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(application(path), host="127.0.0.1", port=port, log_level="error")
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        servers.append((server, thread))
        return f"http://127.0.0.1:{port}"

    yield start
    for server, thread in servers:
        server.should_exit = True
        thread.join(5)


@pytest.fixture(scope="session")
def room_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("room") / "archive.db"
    shelf.fill(path)
    edited = replace(shelf.ENGLISH, body=shelf.ENGLISH.body.replace("1.5", "15"))
    shelf.fill(path, [edited], hours=3)
    shelf.take_down(path, shelf.BUDGET)
    return path


@pytest.fixture(scope="session")
def room(serve: Serve, room_path: Path) -> str:
    return serve(room_path)


@pytest.fixture(scope="session")
def visit(room: str) -> Iterator[httpx.Client]:
    """A client without scripts."""
    with httpx.Client(base_url=room, timeout=10) as client:
        yield client
