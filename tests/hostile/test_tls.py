"""Certificates: case B14. Nobody is trusted who isn't vouched for; what was sent is evidence, and so is an exception."""

import hashlib
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from archive import known
from archive.database import open_archive
from communique.cli import main
from crawler.registry import RegistryError, all_newsrooms
from tests.hostile.pages import listing, release
from tests.hostile.run import Newsroom, Told, run, write_entries
from tests.replay import replay

pytestmark = pytest.mark.slow
NOW = datetime.now(UTC)
REASON = "its chain lacks the intermediate certificate; looked at on 2026-11-20"


class Authority:
    """One that signs certificates for this machine, and can be trusted or not."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.own = self._sign(self._key, "Test Authority", "Test Authority", authority=True)

    def certificate(self, folder: Path, *, address: str = "127.0.0.1", ends: int = 30) -> tuple[Path, bytes]:
        """The PEM of key and chain for an address, ending so many days from now, and the chain's digest."""
        key = ec.generate_private_key(ec.SECP256R1())
        own = self._sign(key, "ministry.example", "Test Authority", address=address, ends=ends)
        chain = [own.public_bytes(Encoding.DER), self.own.public_bytes(Encoding.DER)]
        pem = folder / f"{address}-{ends}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        pem.write_bytes(secret + own.public_bytes(Encoding.PEM) + self.own.public_bytes(Encoding.PEM))
        return pem, hashlib.sha256(b"".join(chain)).hexdigest().encode()

    def _sign(
        self,
        key: ec.EllipticCurvePrivateKey,
        subject: str,
        issuer: str,
        *,
        address: str = "",
        ends: int = 300,
        authority: bool = False,
    ) -> x509.Certificate:
        built = (
            x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name(issuer)).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(NOW - timedelta(days=60))
            .not_valid_after(NOW + timedelta(days=ends))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )  # fmt: skip
        if address:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
            built = built.add_extension(names, critical=False)
        return built.sign(self._key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@contextmanager
def ministry(pem: Path) -> Iterator[tuple[int, list[str]]]:
    """A site over TLS with one release: its port, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            host = f"127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
            body = {"/news": listing(host, ["ok"]), "/news/ok": release("ok")}.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args: object) -> None:
            """``asked`` is the log."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that doesn't trust us hangs up."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


def crawl(folder: Path, port: int, more: str = "") -> Told:
    room = Newsroom("b14", {})
    entry = room.table().replace("https://b14.example", f"https://127.0.0.1:{port}") + more
    room.table = lambda: entry  # type: ignore[method-assign]
    with replay({}) as nobody:
        return run(nobody, folder, [room])


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """One that the crawling process trusts."""
    found = Authority()
    (tmp_path / "trusted.pem").write_bytes(found.own.public_bytes(Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    return found


def test_b14_a_chain_that_is_vouched_for_is_kept_with_each_capture(
    tmp_path: Path, authority: Authority
) -> None:
    pem, digest = authority.certificate(tmp_path)
    with ministry(pem) as (port, _):
        told = crawl(tmp_path, port)
    assert told.stored("b14") == {"ok"}
    with open_archive(tmp_path / "archive.db") as archive:
        found = [
            known.tls(archive, capture)
            for purpose in ("listing", "release")
            for capture in known.captures(archive, purpose=purpose)
        ]
    assert len(found) == 2
    for tls in found:
        assert tls is not None
        assert (tls.chain_sha256, tls.exception) == (digest.decode(), None)
        assert tls.issuer == "CN=Test Authority"
    shown = CliRunner().invoke(main, ["show", "1", "--archive", str(tmp_path / "archive.db")])
    assert digest.decode()[:16] in shown.output.replace("\n", "")
    machine = CliRunner().invoke(main, ["show", "1", "--json", "--archive", str(tmp_path / "archive.db")])
    assert json.loads(machine.output)["certificate"]["chain_sha256"] == digest.decode()


@pytest.mark.parametrize("what", ["expired", "wrong name", "nobody's"])
def test_b14_a_certificate_nobody_vouches_for_is_refused(
    tmp_path: Path, authority: Authority, what: str
) -> None:
    pem, _ = {
        "expired": lambda: authority.certificate(tmp_path, ends=-1),
        "wrong name": lambda: authority.certificate(tmp_path, address="127.0.0.9"),
        "nobody's": lambda: Authority().certificate(tmp_path),
    }[what]()
    with ministry(pem) as (port, asked):
        told = crawl(tmp_path, port)
        assert asked == [], "not one byte of a request was sent"
        excepted = crawl(tmp_path, port, f'tls = "unverified"\ntls_reason = "{REASON}"\n')
    assert told.rows["b14"]["verdict"] == "unreachable"
    assert "certificate" in told.trouble("b14")
    assert told.query("select count(*) from incidents") == [(1,)]
    assert excepted.stored("b14") == {"ok"}
    with open_archive(tmp_path / "archive.db") as archive:
        captures = list(known.captures(archive))
        assert [tls.exception for it in captures if (tls := known.tls(archive, it))] == [REASON]
    shown = CliRunner().invoke(
        main, ["show", "1", "--archive", str(tmp_path / "archive.db")], terminal_width=400
    )
    assert REASON in " ".join(shown.output.split())


def test_b14_the_doctor_tells_the_exception(
    tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem, _ = authority.certificate(tmp_path, ends=-1)
    with ministry(pem) as (port, _):
        crawl(tmp_path, port, f'tls = "unverified"\ntls_reason = "{REASON}"\n')
    monkeypatch.setenv("COMMUNIQUE_NEWSROOMS", str(tmp_path / "newsrooms"))
    all_newsrooms.cache_clear()
    archive = str(tmp_path / "archive.db")
    told = json.loads(CliRunner().invoke(main, ["doctor", "b14", "--json", "--archive", archive]).output)
    all_newsrooms.cache_clear()
    (finding,) = [it for it in told if it["subject"] == "certificate"]
    assert finding["level"] == "look"
    assert REASON in finding["message"]


@pytest.mark.parametrize("entry", ['tls = "unverified"\n', f'tls_reason = "{REASON}"\n'])
def test_b14_an_exception_needs_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    room = Newsroom("b14", {})
    table = room.table() + entry
    room.table = lambda: table  # type: ignore[method-assign]
    write_entries(tmp_path, [room])
    monkeypatch.setenv("COMMUNIQUE_NEWSROOMS", str(tmp_path / "newsrooms"))
    all_newsrooms.cache_clear()
    with pytest.raises(RegistryError, match="tls_reason"):
        all_newsrooms()
    all_newsrooms.cache_clear()
