"""Build ``border_gepland.npy``, ``road_gepland.npy`` and ``road_places_gepland.npy`` in ``geodata/data``.

    python scripts/bouw_herindelingen.py

One row for each merger of ``herindelingen_gepland.csv``: from the centre of the merged municipality to every
municipality and every place, in whole metres. Run it after ``bouw_gebieden.py`` and ``bouw_wegen.py``, and for each
new merger.
"""

from pathlib import Path

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.areas import thiessen
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import opvolgers, planned
from geodata.places import centres, load_places
from geodata.roadgraph import with_merged

DATA = Path(__file__).parents[1] / "geodata" / "data"
Metres = NDArray[np.uint32]


def distances(number: int) -> tuple[Metres, Metres, Metres]:
    """Measure from the centre of one merged municipality: by border and by road [342], and by road to places."""
    day, _, new_code = planned()[number]
    merged = opvolgers(day)
    new = load_gemeenten().index[new_code]
    parts = [new, *(o for o, n in merged if n == new)]
    centre = centres(day)[new]
    areas = np.asarray(thiessen().geometry.array)
    border = np.round(shapely.distance(shapely.Point(centre), areas)).astype(np.uint32)
    codes = load_gemeenten().code.tolist()
    net, node = with_merged(frozenset(codes[part] for part in parts), centre)
    km = nx.single_source_dijkstra_path_length(net, node, weight="km")
    road = np.round(np.array([km["", code] for code in codes]) * 1000).astype(np.uint32)
    border[parts] = road[parts] = 0
    places = load_places()
    named = zip(places.naam.tolist(), places.gemeente.tolist(), strict=True)
    return border, road, np.round(np.array([km[place] for place in named]) * 1000).astype(np.uint32)


def main() -> None:
    """Write the tables."""
    rows = [distances(number) for number in range(len(planned()))]
    for name, values in zip(("border", "road", "road_places"), zip(*rows, strict=True), strict=True):
        np.save(DATA / f"{name}_gepland.npy", np.vstack(values))


if __name__ == "__main__":
    main()
