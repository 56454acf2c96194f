"""Distance by road over a graph of places; water is crossed only where a listed crossing is.

Neighbouring places (Delaunay) are joined by an edge whose length is the straight distance times
a detour factor for edges of that length. An edge that meets one of the listed waters is
dropped; bridges, dams, tunnels and ferries come from a hand-made table instead. Towns in Belgium
and Germany take part, so that a route may pass through them. An island is reached by ferry alone.
"""

from functools import lru_cache

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from geodata.detour import DETOUR, Detour
from geodata.gemeenten import load_gemeenten
from geodata.places import centres, load_places
from geodata.tables import read_table

Float = NDArray[np.float64]
Node = tuple[str, str]  # (name of the place, code of its municipality or of its country)

# Longer neighbours are artefacts of the hull, across the sea or far abroad.
MAX_EDGE_KM = 30.0
# A hand-drawn shore is right to about half a kilometre: a shorter wade is no crossing.
SHORE_M = 500.0
# A centre is no place: it is joined to the nearest places of its own municipality.
CENTRE_PLACES = 3


def _nodes() -> tuple[list[Node], Float]:
    """Every place and junction with its coordinates [n, 2], metres in EPSG:28992."""
    places, extra = load_places(), read_table("knooppunten.csv")
    nodes = list(zip(places.naam.tolist(), places.gemeente.tolist(), strict=True))
    nodes += [(row["naam"], row["gemeente"]) for row in extra]
    xy = [(float(row["x_rd"]), float(row["y_rd"])) for row in extra]
    return nodes, np.vstack([places.xy(), xy])


def _neighbours(xy: Float) -> NDArray[np.int64]:
    """Delaunay neighbours nearer than :data:`MAX_EDGE_KM`, each pair once, shape [e, 2]."""
    corners = Delaunay(xy).simplices
    pairs = np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]), axis=1)
    pairs = np.unique(pairs, axis=0)
    km = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T) / 1000
    found: NDArray[np.int64] = pairs[km < MAX_EDGE_KM].astype(np.int64)
    return found


def _wet(start: Float, end: Float) -> NDArray[np.bool_]:
    """Which straight lines from ``start`` to ``end`` [e, 2] meet a listed water, shape [e]."""
    lines = shapely.linestrings(np.stack([start, end], axis=1))
    wet = np.zeros(len(lines), dtype=np.bool_)
    for row in read_table("water.csv"):
        water = shapely.from_wkt(row["wkt"])
        if water.geom_type == "Polygon":
            wet |= shapely.length(shapely.intersection(lines, water)) > SHORE_M
        else:
            wet |= shapely.intersects(lines, water)
    return wet


def _across_the_sea(nodes: list[Node], pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which pairs join an island to anything but itself, shape [e]."""
    islands = {row["gemeente"] for row in read_table("eilanden.csv")}
    island = np.array([code if code in islands else "" for _, code in nodes])
    apart: NDArray[np.bool_] = island[pairs[:, 0]] != island[pairs[:, 1]]
    return apart


def graph(detour: Detour = DETOUR) -> nx.Graph:
    """Build the graph of roads.

    Nodes are (name, code of municipality or country) for places and ``("", code)`` for the
    centre of a municipality. Edges carry ``km`` (road) and ``naam`` (of the crossing, or "").
    """
    return _graph(detour)


@lru_cache(maxsize=1)
def _graph(detour: Detour) -> nx.Graph:
    nodes, xy = _nodes()
    pairs = _neighbours(xy)
    dry = ~_wet(xy[pairs[:, 0]], xy[pairs[:, 1]])
    pairs = pairs[dry & ~_across_the_sea(nodes, pairs)]
    straight = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T) / 1000
    found = nx.Graph()
    found.add_nodes_from(nodes)
    for (a, b), km in zip(pairs.tolist(), straight.tolist(), strict=True):
        found.add_edge(nodes[a], nodes[b], km=detour(km), naam="")
    _add_crossings(found, dict(zip(nodes, xy, strict=True)), detour)
    _add_centres(found, nodes, xy, detour)
    return found


def _add_crossings(found: nx.Graph, where: dict[Node, Float], detour: Detour) -> None:
    for row in read_table("oversteken.csv"):
        a, b = (row["van"], row["van_gemeente"]), (row["naar"], row["naar_gemeente"])
        straight = float(np.hypot(*(where[a] - where[b]))) / 1000
        km = float(row["km"]) if row["km"] else detour(straight)
        found.add_edge(a, b, km=km + float(row["straf_km"] or 0), naam=row["naam"])


def _add_centres(found: nx.Graph, nodes: list[Node], xy: Float, detour: Detour) -> None:
    code_of = np.array([code for _, code in nodes])
    for code, centre in zip(load_gemeenten().code.tolist(), centres(), strict=True):
        _add_centre(
            found, ("", code), centre, [nodes[i] for i in np.flatnonzero(code_of == code)], xy[code_of == code], detour
        )


def _add_centre(found: nx.Graph, node: Node, centre: Float, own: list[Node], xy: Float, detour: Detour) -> None:
    """Join a centre to the nearest of its own places, and to others on the same bank."""
    km = np.hypot(*(xy - centre).T) / 1000
    near = np.argsort(km, kind="stable")[:CENTRE_PLACES]
    same_bank = ~_wet(np.broadcast_to(xy[near[0]], (len(near), 2)), xy[near])
    for i in near[same_bank].tolist():
        found.add_edge(node, own[i], km=detour(float(km[i])), naam="")


def with_merged(codes: frozenset[str], centre: Float, detour: Detour = DETOUR) -> tuple[nx.Graph, Node]:
    """Give the graph with the centre of several municipalities taken together, and the node of that centre."""
    nodes, xy = _nodes()
    own = [i for i, (_, code) in enumerate(nodes) if code in codes]
    found, node = graph(detour).copy(), ("", "+".join(sorted(codes)))
    _add_centre(found, node, centre, [nodes[i] for i in own], xy[own], detour)
    return found, node
