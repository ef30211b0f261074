"""``python -m bench.measured MODULE ARGUMENT…``: runs a module and tells its CPU seconds and peak memory on stderr."""

from __future__ import annotations

import resource
import runpy
import sys
from contextlib import suppress
from pathlib import Path


def main(module: str) -> None:
    sys.argv = [module, *sys.argv[2:]]
    with suppress(SystemExit):
        runpy.run_module(module, run_name="__main__")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    # Not ru_maxrss, which starts with what the parent held when it forked.
    peak = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    sys.stderr.write(f"MEASURED {usage.ru_utime + usage.ru_stime:.2f} {int(peak.split()[1]) // 1024}\n")


if __name__ == "__main__":
    main(sys.argv[1])
