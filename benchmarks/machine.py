"""On what the figures were made: without them a second means nothing."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numpy", "scipy", "ortools", "pulp")


def machine() -> str:
    """Processor, cores, memory, system and Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{processor()}, {cores} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def processor() -> str:
    """Name of the processor where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"


def versions() -> str:
    """Versions of everything that solves."""
    return ", ".join(f"{name} {version(name)}" for name in PACKAGES)


def commit() -> tuple[str, str]:
    """Short name and date of the commit; empty outside a checkout."""
    ask = ["git", "log", "-1", "--format=%h %cs"]
    done = subprocess.run(ask, capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    name, _, day = done.stdout.strip().partition(" ")
    return name, day


def load() -> float:
    """Processes that wanted a core in the last minute: above 2 at the start, something else was running."""
    return os.getloadavg()[0]
