"""The schedule: a marked crontab line and a systemd timer, installed, shown and removed without touching others.

Synthetic: ``crontab`` and ``systemctl`` are small programs of the test that keep what the real ones would be told.
"""

import os
import shlex
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.timers import Job, cron_line, service
from crawler.registry import all_newsrooms
from tests.hostile.pages import listing, release
from tests.replay import ROOT, Page, replay

CONTACT = ("--contact", "mailto:desk@paper.example")
CRONTAB = """#!/bin/sh
if [ "$1" = "-l" ]; then cat "$CRON_FILE" 2>/dev/null || exit 1; else cat > "$CRON_FILE"; fi
"""
SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$SYSTEMCTL_LOG"
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {"crontab": CRONTAB, "systemctl": SYSTEMCTL}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("CRON_FILE", str(tmp_path / "crontab"))
    monkeypatch.setenv("SYSTEMCTL_LOG", str(tmp_path / "systemctl.log"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.delenv("COMMUNIQUE_CONTACT", raising=False)
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["schedule", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_crontab_line_is_installed_once_and_removed_alone(machine: Path) -> None:
    crontab = machine / "crontab"
    crontab.write_text("0 5 * * * somebody else's\n")
    archive = ["--archive", str(machine / "a.db")]
    run("install", "--cron", *CONTACT, *archive)
    run("install", "--cron", "--every", "5", *CONTACT, *archive)
    run("install", "--cron", *CONTACT, "--archive", str(machine / "b.db"))
    lines = crontab.read_text().splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("*/5 * * * * ")
    assert "crawl --due --archive" in run("show", *archive)
    assert "removed */5" in run("remove", *archive)
    assert [line.split()[0] for line in crontab.read_text().splitlines()] == ["0", "*"]
    assert "Nothing" in run("show", *archive)
    assert "Nothing" in run("remove", *archive)


def test_a_timer_is_written_started_and_removed(machine: Path) -> None:
    run("install", "--systemd", *CONTACT, "--archive", str(machine / "a.db"))
    folder = machine / "config" / "systemd" / "user"
    assert "--contact mailto:desk@paper.example" in (folder / "communique.service").read_text()
    assert "OnCalendar=*:0/1" in (folder / "communique.timer").read_text()
    run("remove", "--archive", str(machine / "a.db"))
    assert not list(folder.iterdir())
    assert (machine / "systemctl.log").read_text().splitlines() == [
        "--user daemon-reload",
        "--user enable --now communique.timer",
        "--user disable --now communique.timer",
        "--user daemon-reload",
    ]


def test_paths_with_spaces_and_percent_signs_reach_the_command_whole() -> None:
    job = Job(Path("/srv/a b/100%.db"))
    line = cron_line(job)
    shell = line.split(" ", 5)[5].replace(r"\%", "%").partition(" --log ")[0]
    assert shlex.split(shell) == job.command
    assert '"/srv/a b/100%%.db"' in service(job)


def test_without_systemd_and_cron_it_says_what_to_do(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(machine))
    result = CliRunner().invoke(main, ["schedule", "install", *CONTACT])
    assert result.exit_code == 2
    assert "every minute" in result.output


def test_a_schedule_that_could_ask_nobody_is_refused(machine: Path) -> None:
    """Without a contact every start would fail, a minute after everybody has gone home."""
    result = CliRunner().invoke(main, ["schedule", "install", "--cron"])
    assert result.exit_code == 2
    assert "COMMUNIQUE_CONTACT" in result.output
    assert not (machine / "crontab").exists()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_the_units_pass_systemds_own_check(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = machine / "own newsrooms, 100%"
    folder.mkdir()
    monkeypatch.setenv("COMMUNIQUE_NEWSROOMS", str(folder))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(machine))
    all_newsrooms.cache_clear()
    run("install", "--systemd", *CONTACT, "--archive", str(folder / "a b.db"))
    all_newsrooms.cache_clear()
    units = sorted((machine / "config" / "systemd" / "user").iterdir())
    checked = subprocess.run(
        ["systemd-analyze", "--user", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    broken = units[0].with_name("broken.service")
    broken.write_text(units[0].read_text().replace("ExecStart=/", "ExecStart=/not/here"))
    refused = subprocess.run(
        ["systemd-analyze", "--user", "verify", broken], capture_output=True, check=False
    )
    assert refused.returncode, "the check can fail"


def test_the_crontab_line_crawls_in_crons_own_environment(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real ``/bin/sh`` with the environment that cron gives: HOME, LOGNAME, SHELL and a short PATH."""
    pages = {"robots.txt": Page(b"", 404), "news": Page(b""), "news/one": Page(release("one"))}
    folder = machine / "own newsrooms, 100%"
    folder.mkdir()
    with replay(pages) as server:  # type: ignore[arg-type]
        host = f"127.0.0.1:{server.port}"
        pages["news"] = Page(listing(host, ["one"]).replace(b"https:", b"http:"))
        (folder / "xx.toml").write_text(
            f'[a]\nname = {{ en = "A" }}\nsite = "http://{host}"\ncountry = "FI"\ntimezone = "UTC"\nlanguages = ["en"]\n'
            'delay = 0.0\nsources = [{ listing = "/news", item = "main li" }]\n'
        )
        monkeypatch.setenv("COMMUNIQUE_NEWSROOMS", str(folder))
        all_newsrooms.cache_clear()
        run("install", "xx_a", "--cron", "--archive", str(machine / "a b.db"))
        all_newsrooms.cache_clear()
        line = (machine / "crontab").read_text()
        command = line.split(" ", 5)[5].replace(r"\%", "%")  # as cron hands it to the shell
        bare = {"HOME": str(machine), "LOGNAME": "desk", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
        started = [
            subprocess.run(
                ["/bin/sh", "-c", command], env=bare, cwd=ROOT, capture_output=True, text=True, check=False
            )
            for _ in range(2)
        ]
    assert [(done.returncode, done.stdout, done.stderr) for done in started] == [(0, "", "")] * 2
    (told,) = (machine / "a b.log").read_text().splitlines()
    assert "xx_a: ok, 1 new" in told
    with sqlite3.connect(machine / "a b.db") as connection:
        assert connection.execute("select count(*) from releases").fetchone() == (1,)
