"""A simulation in a process of its own: a reactor runs once a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


def simulated(module: str, folder: Path, *numbers: int, seconds: int) -> dict[str, Any]:
    """What ``python -m tests.simulation.MODULE FOLDER NUMBERS…`` prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.simulation.{module}", str(folder), *map(str, numbers)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found
