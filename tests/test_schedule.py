"""The schedule: a marked crontab line and a systemd timer, installed, shown and removed without touching others.

Synthetic: ``crontab`` and ``systemctl`` are small programs of the test that keep what the real ones would be told.
"""

import os
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli import main
from communique.timers import Job, cron_line, service

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
    run("install", "--cron", *archive)
    run("install", "--cron", "--every", "5", *archive)
    run("install", "--cron", "--archive", str(machine / "b.db"))
    lines = crontab.read_text().splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("*/5 * * * * ")
    assert "crawl --due --archive" in run("show", *archive)
    assert "removed */5" in run("remove", *archive)
    assert [line.split()[0] for line in crontab.read_text().splitlines()] == ["0", "*"]
    assert "Nothing" in run("show", *archive)
    assert "Nothing" in run("remove", *archive)


def test_a_timer_is_written_started_and_removed(machine: Path) -> None:
    run("install", "--systemd", "--contact", "mailto:desk@paper.example", "--archive", str(machine / "a.db"))
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
    shell = line.split(" ", 5)[5].replace(r"\%", "%").partition(" >> ")[0]
    assert shlex.split(shell) == job.command
    assert '"/srv/a b/100%%.db"' in service(job)


def test_without_systemd_and_cron_it_says_what_to_do(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(machine))
    result = CliRunner().invoke(main, ["schedule", "install"])
    assert result.exit_code == 2
    assert "every minute" in result.output
