"""``python -m benchmarks [--full]``: writes benchmarks/RESULTS.md and its charts."""

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.instances import Case
from benchmarks.report import write

HELD_OUT = (11, 12)  # seeds 0 and 1 served for tuning
EVERYBODY = ("koppelwijzer", "highs", "cp_sat", "cbc", "slots", "greedy")
SIMPLE = ("koppelwijzer", "slots", "greedy")
ALONE = ("koppelwijzer",)
QUICK: tuple[tuple[Case, tuple[str, ...], float], ...] = (
    (Case("regional, 3 %", 300, 68, 1.03), EVERYBODY, 30.0),
    (Case("national, half a year's opgave", 1500, 342, 4.0), ("koppelwijzer", "highs", "slots", "greedy"), 30.0),
    (Case("national, 5 %", 1500, 342, 1.05), ("koppelwijzer", "highs", "slots", "greedy"), 60.0),
    (Case("national, 0.5 %", 1500, 342, 1.005), ALONE, 60.0),
    (Case("national, ceilings", 1500, 342, 1.3, "regions"), ALONE, 60.0),
    (Case("national, two resources", 1500, 342, 1.3, "resources"), ALONE, 60.0),
    (Case("national, identical", 1500, 342, 1.3, "identical"), ALONE, 60.0),
    (Case("15,000", 15_000, 342, 1.05), ("koppelwijzer", "greedy"), 120.0),
    (Case("100,000", 100_000, 342, 1.05), ALONE, 300.0),
)
FULL = ((Case("1,000,000", 1_000_000, 342, 1.05), ALONE, 1200.0),)


def measure(case: Case, solver: str, seed: int, seconds: float) -> dict[str, Any]:
    """Run one solver in its own process."""
    request = {"case": asdict(case), "solver": solver, "seed": seed, "seconds": seconds}
    command = [sys.executable, "-m", "benchmarks.measure", json.dumps(request)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=4 * seconds + 120)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        return {
            "case": case.name,
            "households": case.households,
            "solver": solver,
            "seed": seed,
            "failed": repr(error)[:60],
        }
    outcome: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return {"case": case.name, "households": case.households, "solver": solver, "seed": seed, **outcome}


def main() -> None:
    """Run all cases and write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--full", action="store_true", help="also a million households, and every held-out seed")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    rows = []
    for case, solvers, seconds in QUICK + (FULL if options.full else ()):
        for seed in HELD_OUT if options.full else HELD_OUT[:1]:
            for solver in solvers:
                rows.append(measure(case, solver, seed, seconds))
                sys.stderr.write(json.dumps(rows[-1]) + "\n")
    write(rows, options.out)


if __name__ == "__main__":
    main()
