"""Turns a process group into the processor time and the memory it uses, as Linux tells it."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# Part of one processor below which a group counts as calm, and seconds between two looks.
CALM = 0.25
LOOK = 0.05


def members(group: int) -> list[int]:
    """The processes that are in the group now."""
    everyone = [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]
    return [process for process in everyone if stat_fields(process)[2:3] == [str(group)]]


def ticks(processes: list[int]) -> int:
    return sum(int(ticks) for process in processes for ticks in stat_fields(process)[11:13])


def stat_fields(process: int) -> list[str]:
    """The fields after the name, which may hold spaces; none if the process has ended."""
    return read(process, "stat").rpartition(")")[2].split()


def memory_mib(processes: list[int], key: str) -> float:
    """The sum of `VmRSS` (now) or `VmHWM` (peak)."""
    found = [re.search(rf"{key}:\s+(\d+)", read(process, "status")) for process in processes]
    return sum(int(match[1]) for match in found if match) / 1024


def read(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text()
    except OSError:
        return ""


def calm_since(processes: list[int], quiet: float, limit: float) -> float | None:
    """Waits for `quiet` calm seconds and gives the moment they began; none after `limit`."""
    before, spent = time.perf_counter(), ticks(processes)
    since, deadline = before, before + limit
    while before < deadline:
        time.sleep(LOOK)
        now, spent_now = time.perf_counter(), ticks(processes)
        if (spent_now - spent) / TICKS_PER_SECOND > CALM * (now - before):
            since = now
        elif now - since >= quiet:
            return since
        before, spent = now, spent_now
    return None
