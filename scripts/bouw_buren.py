"""Make ``geodata/data/buren.csv``: which municipalities lie next to each other.

    .venv/bin/python -m scripts.bouw_buren

Two municipalities are neighbours when their Thiessen areas (`geodata.areas.thiessen`) share a boundary: an
approximation of the official one, good enough to look for somebody to swap with.
"""

from pathlib import Path

import shapely

from geodata.areas import thiessen

OUT = Path(__file__).parents[1] / "geodata" / "data" / "buren.csv"
#: Metres of boundary below which two areas only meet in a corner.
LEAST_M = 100.0


def pairs() -> list[tuple[str, str]]:
    """Return the codes of every two neighbours, the lower code first, in order."""
    frame = thiessen()
    code, area = frame["gemeente"].tolist(), frame.geometry.to_numpy()
    tree = shapely.STRtree(area)
    near = tree.query(area, predicate="intersects").T.tolist()
    found = []
    for a, b in near:
        if a < b and shapely.length(shapely.intersection(area[a], area[b])) >= LEAST_M:
            found.append((code[a], code[b]))
    return sorted(found)


if __name__ == "__main__":
    rows = [f"{a},{b}" for a, b in pairs()]
    OUT.write_text("\n".join(["gemeente,buur", *rows, ""]), encoding="utf-8")
