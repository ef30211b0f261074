"""Alerts go out at least once, whatever is killed, with the same event id (reliability.md F1)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive import watches
from archive.database import open_archive
from archive.query import Query
from tests.answers import shelf
from tests.answers.test_commands import ok


class Hook(ThreadingHTTPServer):
    """A webhook that keeps what it gets; the first call it keeps waiting."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Catch)
        self.got: list[str] = []
        self.called = threading.Event()
        self.answering = threading.Event()


class Catch(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Hook)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(json.loads(body)["message"])
        self.server.called.set()
        self.server.answering.wait(20)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[Hook]:
    server = Hook()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.answering.set()
    server.shutdown()


@pytest.mark.slow
def test_a_kill_while_sending_repeats_and_loses_nothing(tmp_path: Path, hook: Hook) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.CHINESE])
    ok("watch", "add", "all", "bridge", "--archive", path)
    shelf.fill(path, [shelf.ENGLISH], hours=1)
    target = f"json://127.0.0.1:{hook.server_port}/hook"
    command = [
        sys.executable,
        "-m",
        "communique",
        "watch",
        "run",
        "--to",
        target,
        "--allow-private",
        "--archive",
        str(path),
    ]
    process = subprocess.Popen(command)
    assert hook.called.wait(60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    hook.answering.set()
    assert subprocess.run(command, check=False).returncode == 0
    assert subprocess.run(command, check=False).returncode == 0
    first, second = hook.got
    assert first == second
    assert "event 2" in second
    with open_archive(path) as archive:
        told = archive.connection.execute("select channel, result from deliveries").fetchall()
    assert [tuple(row) for row in told] == [(told[0]["channel"], "delivered")]
    assert target not in told[0]["channel"]


@pytest.mark.parametrize(
    ("text", "told"), [("contact:aino", 1), ("contact:nobody", 0), ("contact:aino bri*", 1)]
)
def test_a_watch_for_a_person(tmp_path: Path, text: str, told: int) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path, [replace(shelf.CHINESE, contacts=())])
    with open_archive(path, write=True) as archive:
        watch = watches.add(archive, "person", Query(text))
    shelf.fill(path, [shelf.ENGLISH, shelf.BUDGET], hours=3)
    with open_archive(path, write=True) as archive:
        assert watches.look(archive, watch) == told
