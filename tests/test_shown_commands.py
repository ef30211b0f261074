"""Every command line that the documentation shows can be typed, and the README's are run in its order."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import click
import pytest

from communique.cli import main
from communique.demo import build

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def shown() -> list[tuple[str, str]]:
    """Every command line that the documentation shows: (page, line from ``communique`` on)."""
    found = []
    for page in PAGES:
        if page.name == "commands.md":
            continue
        for line in page.read_text(encoding="utf-8").splitlines():
            command = re.match(r"(?: {4}|\*/15.*&& )(?:\w+=\S+ )*(?:\.venv/bin/)?(communique [^→]*)$", line)
            if command:
                found.append((page.name, re.split(r" >>? | # ", command[1])[0]))
    return found


@pytest.mark.parametrize(("page", "line"), shown(), ids=lambda value: value)
def test_command_lines_that_are_shown_can_be_typed(
    page: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parsed as the command line parses them, down to the subcommand; nothing is run."""
    monkeypatch.chdir(tmp_path)
    for name in ("page.html", "archive.db"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "backup" / "communique").mkdir(parents=True)
    arguments = [re.sub(r"^/", f"{tmp_path}/", argument) for argument in shlex.split(line)[1:]]
    parse(main, click.Context(main, info_name="communique"), arguments)


def parse(command: click.Command, parent: click.Context, arguments: list[str]) -> None:
    if isinstance(command, click.Group):
        name, child, rest = command.resolve_command(parent, arguments)
        assert child is not None
        context = (
            click.Context(child, info_name=name, parent=parent) if isinstance(child, click.Group) else parent
        )
        parse(child, context, rest)
    else:
        command.make_context(command.name, arguments, parent=parent)


#: not run here: needs the network, or changes the machine of whoever runs the tests
ELSEWHERE = ("communique crawl fi", "communique schedule")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_commands_of_the_readme_are_run_in_its_order(tmp_path: Path, demo_port: int) -> None:
    run("communique crawl demo", tmp_path)
    page = next(release for release in build(1, "https://ministry.example").releases if release.number == 60)
    site = build(1, "https://ministry.example")
    (tmp_path / "page.html").write_bytes(site.answers[page.path].body)
    for name, line in shown():
        if name == "README.md" and not line.startswith(ELSEWHERE):
            (serve if line == "communique serve" else run)(line, tmp_path)
    assert (tmp_path / "majakka.xml").read_text(encoding="utf-8").startswith("<?xml")


def run(line: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(line)],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{line}: {done.stderr}"
    assert "Traceback" not in done.stderr, line


def serve(line: str, folder: Path) -> None:
    """A server is run until it answers, and stopped as its user would stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [sys.executable, "-m", *shlex.split(line), "--port", str(port)]
    with subprocess.Popen(arguments, cwd=folder, env=environment(), stderr=subprocess.PIPE) as process:
        try:
            assert answers(port), f"{line} does not answer on port {port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def answers(port: int) -> bool:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("COMMUNIQUE_")}
    return own | {"PYTHONPATH": str(ROOT)}
