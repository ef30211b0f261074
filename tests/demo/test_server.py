"""The demonstration newsroom over a real socket: conditional answers, kept connections, its marker and its log."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from http.client import HTTPConnection

import pytest

from archive.errors import UsageError
from communique.demo import PortTakenError, reach, serve, served_day
from communique.demo.newsroom import words

FEED = words("fi")["feed_path"]


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, dict(response.headers), body


def test_conditional_requests_get_304_and_no_body() -> None:
    with serve(1, 0) as demo:
        status, headers, body = ask(demo.port, FEED)
        assert (status, body[:5]) == (200, b"<?xml")
        for condition in (
            {"If_None_Match": headers["ETag"]},
            {"If_None_Match": f'"other", W/{headers["ETag"]}'},
            {"If_Modified_Since": headers["Last-Modified"]},
        ):
            assert ask(demo.port, FEED, **condition)[0::2] == (304, b""), condition
        other = {"If_None_Match": '"other"', "If_Modified_Since": headers["Last-Modified"]}
        assert ask(demo.port, FEED, **other)[0] == 200
        assert ask(demo.port, FEED, If_Modified_Since="yesterday")[0] == 200
        assert [request.status for request in demo.requests] == [200, 304, 304, 304, 200, 200]


def test_one_connection_serves_many_requests() -> None:
    with serve(1, 0) as demo:
        connection = HTTPConnection("127.0.0.1", demo.port, timeout=5)
        for path, status in (("/", 200), ("/robots.txt", 200), ("/nothing", 404), ("/sv/", 200)):
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            assert response.status == status
            assert connection.sock is not None, "the server closed the connection"
        connection.close()
        assert demo.count == 4
        times = [request.at for request in demo.requests]
        assert times == sorted(times)


def test_the_marker_tells_the_day_and_is_not_counted() -> None:
    with serve(2, 0) as demo:
        assert served_day(demo.port) == 2
        assert demo.count == 0
        port = demo.port
    assert served_day(port) is None


def test_a_taken_port_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError, match=str(port)), serve(1, port):
            pass


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="day 3"), serve(3, 0):
        pass


def test_the_command_serves_until_it_is_interrupted() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "communique", "demo", "--day", "2", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        line = process.stdout.readline()
        port = int(re.search(r"127\.0\.0\.1:(\d+)", line)[1])
        assert ask(port, "/robots.txt")[0] == 200
        process.send_signal(signal.SIGINT)
        assert "Stopped after 1 requests." in process.communicate(timeout=10)[0]
        assert process.returncode == 0
    finally:
        process.kill()


def test_the_command_names_a_taken_port_in_one_line() -> None:
    with serve(1, 0) as demo:
        done = subprocess.run(
            [sys.executable, "-m", "communique", "demo", "--port", str(demo.port)],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(demo.port) in done.stderr


def test_a_site_that_another_process_uses_is_served_on() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started, finish, ended = threading.Event(), threading.Event(), threading.Event()

    def first_crawl() -> None:
        with reach(2, port) as day:
            assert day == 2
            started.set()
            finish.wait(10)
        ended.set()

    thread = threading.Thread(target=first_crawl)
    thread.start()
    assert started.wait(10)
    with reach(None, port) as day:
        assert day == 2
        finish.set()
        assert not ended.wait(0.5), "the site went while somebody used it"
        assert ask(port, "/robots.txt")[0] == 200
    assert ended.wait(10)
    thread.join()
    assert served_day(port) is None


def test_another_day_than_the_served_one_is_refused() -> None:
    with serve(1, 0) as demo, pytest.raises(UsageError, match="as on day 1"), reach(2, demo.port):
        pass
