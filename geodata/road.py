"""Distances and routes by road between municipalities and places, and how good they are.

The graph gives the shortest route that its places allow; people drive the fastest, which is
longer. On 17 published routes under 100 km the graph is 1 % short on average with a mean error of
7 %; on 11 that had no part in the calibration 5 % short with a mean error of 9 % (see
:func:`fit` for all). Where that matters, bring a matrix of a route planner.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from geodata.detour import DETOUR, Detour
from geodata.errors import PlaatsOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.places import load_places
from geodata.roadgraph import Node, graph
from geodata.tables import read_table

Float = NDArray[np.float64]


def km_from(start: Node, targets: Iterable[Node], detour: Detour = DETOUR) -> Float:
    """Give the distance by road from one node to each target, km.

    Parameters
    ----------
    start, targets
        Places as (name, code of municipality); ``("", code)`` is the centre of a municipality.
    detour
        The detour factors.

    Raises
    ------
    PlaatsOnbekend
        Where a node is not in the graph.
    """
    net = graph(detour)
    targets = list(targets)
    for node in [start, *targets]:
        if node not in net:
            raise PlaatsOnbekend(*node)
    km = nx.single_source_dijkstra_path_length(net, start, weight="km")
    return np.array([km[target] for target in targets])


def all_places_km(detour: Detour = DETOUR) -> Float:
    """Compute the distance from every municipality centre to every place; takes a minute, so it is shipped.

    For jobs of which the place is known (``werk_plaats``); see :func:`geodata.workplace.km_to`.

    Returns
    -------
    float64, shape [342, places], km; rows in order of ``Gemeenten.code``, columns in that of ``load_places``
    """
    places = load_places()
    nodes = list(zip(places.naam.tolist(), places.gemeente.tolist(), strict=True))
    return np.vstack([km_from(("", code), nodes, detour) for code in load_gemeenten().code.tolist()])


def route(start: Node, end: Node) -> list[str]:
    """Name the crossings (bridge, dam, tunnel, ferry) on the shortest route, in their order.

    Raises
    ------
    PlaatsOnbekend
        Where a node is not in the graph.

    Examples
    --------
    >>> route(("Vlissingen", "GM0718"), ("Breskens", "GM1714"))
    ['Westerscheldetunnel']
    """
    net = graph()
    for node in (start, end):
        if node not in net:
            raise PlaatsOnbekend(*node)
    path = nx.dijkstra_path(net, start, end, weight="km")
    names = [net.edges[a, b]["naam"] for a, b in itertools.pairwise(path)]
    return [naam for naam in names if naam]


def all_km(detour: Detour = DETOUR) -> Float:
    """Compute the whole matrix between municipality centres; takes seconds, so it is shipped.

    Returns
    -------
    float64, shape [342, 342], km, symmetric, zero on the diagonal
    """
    centre = [("", code) for code in load_gemeenten().code.tolist()]
    km = np.vstack([km_from(start, centre, detour) for start in centre])
    return np.minimum(km, km.T)  # the same sum in another order may differ in the last bit


@dataclass(frozen=True)
class Fit:
    """How the graph compares with published route lengths: relative errors, 0.1 = 10 % too far."""

    mean: float
    mean_abs: float
    worst: float
    routes: int


def fit(rol: str, detour: Detour = DETOUR) -> Fit:
    """Compare the graph with the published route lengths of one role.

    Parameters
    ----------
    rol
        ``kalibratie`` (the detour was fitted on these) or ``toets`` (kept apart for the test).
    detour
        The detour factors to judge.
    """
    rows = [row for row in read_table("routes.csv") if row["rol"] == rol]
    errors = []
    for row in rows:
        start, end = (row["van"], row["van_gemeente"]), (row["naar"], row["naar_gemeente"])
        errors.append(float(km_from(start, [end], detour)[0]) / float(row["km"]) - 1)
    error = np.array(errors)
    absolute = np.abs(error)
    return Fit(float(error.mean()), float(absolute.mean()), float(absolute.max()), len(rows))
