"""Webhooks: signed as Standard Webhooks says, sent to public addresses only, never along a redirect."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from communique.webhook import place, signature
from tests.answers import shelf
from tests.answers.test_commands import ok, run

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Receiver(ThreadingHTTPServer):
    """Keeps what it gets and answers ``status``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Catch)
        self.status = 200
        self.got: list[tuple[dict[str, str], bytes]] = []


class Catch(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Receiver)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.status)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.ENGLISH])
    ok("watch", "add", "all", "bridge", "--from-start", "--archive", path)
    return path


def test_the_signature_is_that_of_the_standard() -> None:
    """The example of the Standard Webhooks specification, as its libraries test it."""
    made = signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_webhook_can_be_verified(
    watched: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_WEBHOOK_SECRET", SECRET)
    target = f"http://127.0.0.1:{receiver.server_port}/hook?a=b"
    ok("watch", "run", "--to", target, "--allow-private", "--archive", watched)
    ((headers, body),) = receiver.got
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    digest = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"
    told = json.loads(body)
    assert (told["type"], told["data"]["watch"]) == ("watch.matched", "all")
    assert [event["headline"] for event in told["data"]["events"]] == [shelf.ENGLISH.headline]
    ok("watch", "run", "--to", target, "--allow-private", "--archive", watched)
    assert len(receiver.got) == 1


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_refusal_is_told_and_sent_again_under_the_same_id(
    watched: Path, receiver: Receiver, status: int
) -> None:
    target = f"http://127.0.0.1:{receiver.server_port}/hook"
    receiver.status = status
    result = run("watch", "run", "--to", target, "--allow-private", "--archive", watched)
    assert result.exit_code == 3
    assert f"it answered {status}" in result.stderr
    assert len(receiver.got) == 1
    receiver.status = 204
    ok("watch", "run", "--to", target, "--allow-private", "--archive", watched)
    first, second = receiver.got
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    assert first[1] == second[1]
    assert "webhook-signature" not in first[0]


@pytest.mark.parametrize("scheme", ["http", "json", "form"])
def test_nothing_is_sent_into_private_networks(watched: Path, receiver: Receiver, scheme: str) -> None:
    target = f"{scheme}://localhost:{receiver.server_port}/hook"
    result = run("watch", "run", "--to", target, "--archive", watched)
    assert result.exit_code == 3
    assert "not a public address: --allow-private admits it" in result.stderr
    assert receiver.got == []


@pytest.mark.parametrize(
    "host", ["127.1", "[::1]", "0x7f000001", "169.254.169.254", "10.0.0.1", "[::ffff:10.0.0.1]"]
)
def test_no_spelling_of_a_private_address_passes(host: str) -> None:
    with pytest.raises(OSError, match="not a public address"):
        place(f"http://{host}/")


def test_a_secret_that_is_none_is_told(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_WEBHOOK_SECRET", "whsec_not base64")
    result = run("watch", "run", "--to", "http://127.0.0.1:9/", "--allow-private", "--archive", watched)
    assert result.exit_code == 2
    assert "is not base64" in result.stderr
