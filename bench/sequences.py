"""Random sequences of the commands that write, on the demonstration's archive; after each it verifies.

    python -m bench.sequences [--steps 30] [--seed 1]

Crawls of two days, rereads, redactions (standing, once, lifted), backups, restores of older ones, rebuilds, proofs and
WACZ exports in any order. Each must end with 0 (2 where there was nothing to do) and leave an archive that verifies.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: the commands in the order they are drawn from; a crawl and a backup twice as often as the others
DRAWN = "crawl crawl reread redact once lift backup backup restore rebuild prove export doctor"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        shelf = _Shelf(Path(folder), random.Random(options.seed))
        shelf.run("crawl", "demo", "--day", "1")
        for step in range(options.steps):
            words = shelf.drawn()
            failed = shelf.run(*words) or shelf.run("verify")
            wrong += bool(failed)
            print(f"{step:3} {' '.join(words)}{f': {failed}' if failed else ''}", flush=True)
    print(f"{options.steps} commands, {wrong} of them failed or left an archive that does not verify")
    return int(wrong > 0)


@dataclass
class _Shelf:
    """An archive in a folder, with what was backed up and taken out so far."""

    folder: Path
    chance: random.Random
    backups: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def drawn(self) -> tuple[str, ...]:
        """The next command, of those that can be given now."""
        command = self.chance.choice(DRAWN.split())
        match command:
            case "crawl":
                return ("crawl", "demo", "--day", self.chance.choice("12"))
            case "redact" | "once":
                self.taken.append(self._of_a_contact())
                ends = ("--reason", "a test", "--authority", "a test", "--yes")
                return ("redact", self.taken[-1], *ends, *(["--once"] if command == "once" else []))
            case "lift" if self.taken:
                return ("redact", self.chance.choice(self.taken), "--lift")
            case "backup":
                self.backups.append(self.chance.choice("ab"))
                return ("backup", self.backups[-1])
            case "restore" if self.backups:
                return ("restore", self.chance.choice(self.backups), "--replace")
            case "prove":
                return ("prove", str(self.chance.randint(1, 190)), "--to", "proof.zip")
            case "export":
                return ("export", "--format", "wacz", "--output", "all.wacz")
            case "reread" | "rebuild":
                return (command,)
        return ("doctor", "demo")

    def run(self, *words: str) -> str:
        """What went wrong with a command; empty where nothing did."""
        archive = {"COMMUNIQUE_ARCHIVE": str(self.folder / "archive.db"), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-m", "communique", *words],
            cwd=self.folder, env={**os.environ, **archive}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        allowed = {0} if words[0] in ("verify", "rebuild", "restore", "backup", "reread") else {0, 2, 3}
        if done.returncode in allowed and "Traceback" not in done.stderr:
            return ""
        return f"{words[0]} ended with {done.returncode}: {(done.stdout + done.stderr)[-600:]}"

    def _of_a_contact(self) -> str:
        column = self.chance.choice(("name", "email", "phone"))
        connection = sqlite3.connect(self.folder / "archive.db")
        rows = connection.execute(
            f"select distinct {column} from contacts where {column} is not null order by 1"
        ).fetchall()
        connection.close()
        return str(self.chance.choice(rows)[0])


if __name__ == "__main__":
    sys.exit(main())
