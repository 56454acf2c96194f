"""Better answers: whole-number programs on parts of the problem (docs/method-solver.md, section 6)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from optimizer.solve.arrays import BoolArray, IntArray, ValueArray
from optimizer.solve.duals import Duals, pairs_within, scan
from optimizer.solve.master import NODES, build, solve_whole
from optimizer.solve.part import free_part, put_back
from optimizer.solve.patterns import list_patterns
from optimizer.solve.relax import merge_pairs
from optimizer.solve.space import Space, magnitude, total

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Searched:
    """Outcome of one whole-number program on a part."""

    gemeente: IntArray | None
    bound: float
    complete: bool
    columns: int
    nodes: int


def search(
    space: Space,
    value: ValueArray,
    duals: Duals,
    width: float,
    incumbent: IntArray | None = None,
    *,
    node_limit: int = NODES,
    time_limit_s: float | None = None,
) -> Searched:
    """Solve a problem in whole numbers on its core (8): pairs within ``width``, and the incumbent's own."""
    pairs = pairs_within(space, value, duals, scan(space, value, duals), width)
    if incumbent is not None:
        linked = np.flatnonzero(incumbent >= 0)
        pairs = merge_pairs(space.opgave.size, pairs, (linked, incumbent[linked]))
    master = build(space, value, pairs, list_patterns(space))
    scale = magnitude(value) / 1e5
    whole = solve_whole(space, master, scale, node_limit, time_limit_s)
    columns = master.matrix.shape[1]
    return Searched(whole.gemeente, whole.bound, whole.complete, columns, whole.nodes)


def search_free(
    space: Space,
    value: ValueArray,
    duals: Duals,
    width: float,
    gemeente: IntArray,
    free: BoolArray,
    *,
    within: BoolArray | None = None,
    keep: bool = True,
    node_limit: int,
    time_limit_s: float | None = None,
) -> tuple[IntArray | None, Searched]:
    """Search the part in which ``free`` households may move, to the gemeenten ``within`` only.

    With ``keep`` the present gemeente of a free household stays a candidate.
    """
    part = free_part(space, gemeente, free)
    if within is not None:
        part = part.replace(allowed=part.allowed & within)
    found = search(
        part,
        value[free],
        duals,
        width,
        gemeente[free] if keep else None,
        node_limit=node_limit,
        time_limit_s=time_limit_s,
    )
    whole = None if found.gemeente is None else put_back(gemeente, free, found.gemeente)
    return whole, found


def better(space: Space, value: ValueArray, old: IntArray, new: IntArray | None) -> bool:
    """Tell whether an answer is feasible, keeps the earlier levels and has a higher exact value."""
    return new is not None and space.contains(new) and total(value, new) > total(value, old)


def side_by_side(tasks: list[Callable[[], T]], workers: int) -> list[T]:
    """Run independent tasks; the results come in the order of the tasks, whatever the number of workers."""
    if workers == 1 or len(tasks) < 2:
        return [task() for task in tasks]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda task: task(), tasks))
