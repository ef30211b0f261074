"""What starts the crawl every minute: a systemd timer of the user, or a line of the user's crontab.

Both only start ``communique crawl --due``, which is safe to start at any time: it looks at the newsrooms whose time
has come, and ends at once (exit 4) where another run is going on.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UsageError
from crawler.registry import OWN_NEWSROOMS

NAME = "communique"
#: where Chromium is, for newsrooms that only a browser shows
CHROMIUM = "COMMUNIQUE_CHROMIUM"


@dataclass(frozen=True, slots=True)
class Job:
    """One scheduled crawl: which archive, who answers for it, how many minutes lie between two starts, which newsrooms.

    ``environment`` is what the command needs and neither cron nor systemd would hand on. Without ``names``: all newsrooms.
    """

    archive: Path
    contact: str | None = None
    minutes: int = 1
    names: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def command(self) -> list[str]:
        """The command that is started, with absolute paths: a timer has no working directory of yours."""
        contact = ["--contact", self.contact] if self.contact else []
        return [
            sys.executable,
            "-m",
            "communique",
            "crawl",
            *self.names,
            "--due",
            "--archive",
            str(self.archive.absolute()),
            *contact,
        ]

    @property
    def log(self) -> Path:
        """Where a crontab line writes, one line a newsroom; systemd keeps its own journal."""
        return self.archive.absolute().with_suffix(".log")


def handed_on() -> tuple[tuple[str, str], ...]:
    """What of this environment a scheduled crawl needs: the operator's own newsrooms, and the browser's place."""
    own = os.environ.get(OWN_NEWSROOMS)
    named = [(OWN_NEWSROOMS, str(Path(own).absolute()))] if own else []
    return (*named, *((name, os.environ[name]) for name in (CHROMIUM,) if name in os.environ))


def service(job: Job) -> str:
    """The unit that systemd starts. Exit 3 (a newsroom needs a look) and 4 (still running) are no failures of it."""
    handed = "".join(f"Environment={_unit(f'{name}={value}')}\n" for name, value in job.environment)
    return (
        "[Unit]\nDescription=Communiqué: look at the newsrooms whose time has come\n\n"
        "[Service]\nType=oneshot\n"
        f"WorkingDirectory={str(job.archive.absolute().parent).replace('%', '%%')}\n"
        f"{handed}"
        f"ExecStart={' '.join(map(_unit, job.command))}\n"
        "SuccessExitStatus=3 4\nNice=10\nMemoryMax=512M\n"
    )


def timer(job: Job) -> str:
    """The unit that says when; a start missed while the machine was off is made up for."""
    return (
        f"[Unit]\nDescription=Communiqué, every {job.minutes} min\n\n"
        f"[Timer]\nOnCalendar=*:0/{job.minutes}\nPersistent=true\nRandomizedDelaySec=10\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def cron_line(job: Job) -> str:
    """The line of a crontab, marked so that it can be found again. ``%`` means a new line to cron, so it is escaped."""
    every = "*" if job.minutes == 1 else f"*/{job.minutes}"
    log = shlex.quote(str(job.log))
    # Its rotating log tells each newsroom; the table is for people, and what can't be logged goes to the same file.
    words = [*(f"{name}={shlex.quote(value)}" for name, value in job.environment), shlex.join(job.command)]
    command = f"{' '.join(words)} --log {log} > /dev/null 2>> {log}".replace("%", r"\%")
    return f"{every} * * * * {command} # {_mark(job.archive)}"


def install_systemd(job: Job) -> list[Path]:
    """Writes both units and starts the timer; the files written. Raises UsageError where systemd refuses."""
    folder = unit_folder()
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / f"{NAME}.service": service(job), folder / f"{NAME}.timer": timer(job)}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    _run(["systemctl", "--user", "daemon-reload"])
    _run(["systemctl", "--user", "enable", "--now", f"{NAME}.timer"])
    return list(files)


def remove_systemd() -> list[Path]:
    """Stops the timer and removes its units; the files removed, none where there were none."""
    found = [path for path in systemd_units() if path.exists()]
    if found:
        _run(["systemctl", "--user", "disable", "--now", f"{NAME}.timer"])
        for path in found:
            path.unlink()
        _run(["systemctl", "--user", "daemon-reload"])
    return found


def systemd_units() -> list[Path]:
    """Where the units of this user lie, whether they are there or not."""
    return [unit_folder() / f"{NAME}.service", unit_folder() / f"{NAME}.timer"]


def unit_folder() -> Path:
    """The folder of the user's own units (systemd.unit(5))."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config", "systemd", "user")


def install_cron(job: Job) -> str:
    """Puts the line into the user's crontab, in place of an older one for the same archive; the line."""
    line = cron_line(job)
    _write_crontab([*_others(job.archive), line])
    return line


def remove_cron(archive: Path) -> list[str]:
    """Takes the lines of this archive out of the user's crontab; the lines removed. Other lines stay as they are."""
    found = cron_lines(archive)
    if found:
        _write_crontab(_others(archive))
    return found


def cron_lines(archive: Path) -> list[str]:
    """The lines of the user's crontab that start a crawl into this archive."""
    return [line for line in _crontab() if line.endswith(f"# {_mark(archive)}")]


def has_systemd() -> bool:
    """Whether this user has a systemd of their own to ask."""
    return shutil.which("systemctl") is not None and bool(os.environ.get("XDG_RUNTIME_DIR"))


def has_cron() -> bool:
    """Whether there is a crontab command."""
    return shutil.which("crontab") is not None


def _others(archive: Path) -> list[str]:
    ours = set(cron_lines(archive))
    return [line for line in _crontab() if line not in ours]


def _crontab() -> list[str]:
    if not has_cron():
        return []
    done = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)  # noqa: S607 - the user's own
    return done.stdout.splitlines() if done.returncode == 0 else []  # 1: no crontab yet


def _write_crontab(lines: list[str]) -> None:
    _run(["crontab", "-"], "".join(f"{line}\n" for line in lines))


def _run(command: list[str], text: str = "") -> None:
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise UsageError(
            f"there is no {command[0]} on this machine; choose the other of --systemd and --cron"
        ) from error
    if done.returncode:
        raise UsageError(f"{shlex.join(command)} failed: {done.stderr.strip() or done.returncode}")


def _mark(archive: Path) -> str:
    return f"{NAME}: {archive.absolute()}"


def _unit(word: str) -> str:
    """A word of a unit file: quoted where it holds spaces, ``%`` doubled (systemd.service(5))."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{word}"' if any(char.isspace() for char in word) else word
