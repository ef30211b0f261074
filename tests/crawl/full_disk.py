"""A crawl on a disk that fills up, then on one with space: in a process that may mount a tmpfs of its own.

    unshare -Urm python -m tests.crawl.full_disk FOLDER KILOBYTES

Where nothing can be mounted, a limit of the size of files stands for the disk. Prints one JSON object.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

SINCE = ("--since", "2024-06-01")


def main(folder: Path, kilobytes: int) -> None:
    disk = folder / "disk"
    disk.mkdir()
    mounted = mount(disk, f"size={kilobytes}k")
    full = crawl(disk, 0 if mounted else kilobytes * 1024)
    told = {"how": "tmpfs" if mounted else "limit", "code": full.returncode, "said": full.stderr}
    told["left"] = shutil.disk_usage(disk).free if mounted else 0
    if mounted:
        mount(disk, "remount,size=200m")
    told["then"] = crawl(disk, 0).returncode
    shutil.copytree(disk, folder / "after")
    sys.stdout.write(json.dumps(told))


def mount(disk: Path, options: str) -> bool:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", disk], capture_output=True, check=False
    )
    return done.returncode == 0


def crawl(disk: Path, limit: int) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "communique", "crawl", "isle", *SINCE],
        env={**os.environ, "COMMUNIQUE_ARCHIVE": str(disk / "archive.db")}, preexec_fn=limited,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
