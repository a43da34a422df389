"""What processes take of the processor and of memory, as /proc tells it."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def seconds_of(*roots: int | None) -> float:
    """Seconds of the processor that these processes and all below them have taken, those that have ended included."""
    below: dict[int, list[int]] = {}
    taken: dict[int, float] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        pid = int(file.parent.name)
        below.setdefault(int(fields[1]), []).append(pid)
        taken[pid] = sum(map(int, fields[11:15])) / TICK
    waiting, found = [each for each in roots if each], 0.0
    while waiting:
        pid = waiting.pop()
        found += taken.get(pid, 0.0)
        waiting += below.get(pid, [])
    return found


def memory_of(pid: int) -> float:
    """MB of memory that a process holds in RAM, shared libraries included."""
    return _megabytes(pid, "smaps_rollup", "Rss:")


def most_memory_of(pid: int) -> float:
    """MB of memory that a process has held in RAM at the most since it began."""
    return _megabytes(pid, "status", "VmHWM:")


def _megabytes(pid: int, file: str, name: str) -> float:
    """What stands there in kilobytes; 0.0 of a process that is ending."""
    for line in Path(f"/proc/{pid}/{file}").read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0
