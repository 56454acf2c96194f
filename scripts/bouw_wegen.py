"""Calibrate the detour of :mod:`geodata.road` and build the matrices ``road.npy`` and ``road_places.npy``.

    python scripts/bouw_wegen.py            # the matrices, with the detour in the code
    python scripts/bouw_wegen.py kalibreer  # a grid of detours, best first

The detour is chosen on the routes with role ``kalibratie`` in ``routes.csv`` by the mean absolute
error; those with role ``toets`` only tell how well it does elsewhere.
"""

import itertools
import sys
from pathlib import Path

import numpy as np

from geodata.detour import Detour
from geodata.road import all_km, all_places_km, fit

DATA = Path(__file__).parents[1] / "geodata" / "data"
SCALE_KM = 5.0


def calibrate() -> None:
    """Print every detour of a coarse grid with its errors, the best on the calibration first."""
    grid = itertools.product(np.arange(1.10, 1.41, 0.05), np.arange(1.00, 1.16, 0.05))
    found = []
    for short, long in grid:
        detour = Detour(round(float(short), 2), round(float(long), 2), SCALE_KM)
        found.append((fit("kalibratie", detour).mean_abs, detour, fit("toets", detour)))
    for mean_abs, detour, test in sorted(found, key=lambda row: row[0]):
        print(f"{mean_abs:.4f} {detour} {test}")


def main() -> None:
    """Write the matrices in whole metres."""
    np.save(DATA / "road.npy", np.round(all_km() * 1000).astype(np.uint32))
    np.save(DATA / "road_places.npy", np.round(all_places_km() * 1000).astype(np.uint32))


if __name__ == "__main__":
    calibrate() if sys.argv[1:] == ["kalibreer"] else main()
