"""Households that are alike are counted, not named: one whole-number program over kinds of household.

Identical households can change places without any change in value, and a search that names them visits every such
answer. Where a level has few kinds, `x_kg` counts the households of kind k in gemeente g; equations (1) to (5).
"""

import numpy as np

from optimizer.solve.bound.highs import solve_counts
from optimizer.solve.bound.program import build
from optimizer.solve.problem.arrays import IntArray, ValueArray
from optimizer.solve.problem.space import Space
from optimizer.solve.whole.programs import solver_scale
from optimizer.solve.whole.state import Search, State

ALIKE = 1.5  # households of a kind, on average
MOST_KIND_PAIRS = 30_000  # pairs of kinds and gemeenten
KIND_NODES = 300


def solve_kinds(find: Search, state: State) -> State:
    """Solve a level over the kinds of household, where these are few."""
    space, value = find.space, find.value
    if space.kept or not seem_few(space, value):
        return state
    first, kind, count = kinds_of(space, value)
    if ALIKE * first.size > kind.size:
        return state
    part = space.replace(
        persons=space.persons[first],
        allowed=space.allowed[first],
        use=space.use[first],
        counted=space.counted[first],
        must_link=space.must_link[first],
    )
    k, g = np.nonzero(part.allowed)
    if k.size > MOST_KIND_PAIRS:
        return state
    own = value[first]
    program = build(part, own, (k, g))
    program.high[: count.size] = count
    program.low[: count.size][part.must_link] = count[part.must_link]
    most = np.minimum(count[k], space.opgave[g] // part.persons[k]).astype(np.float64)
    found = solve_counts(program, most, solver_scale(value), KIND_NODES, find.budget.left_s)
    find.budget.spend(k.size, found.nodes)
    state = find.lower(state, max(found.bound, float(state.value)), "HiGHS")
    if found.counts is None:
        return state
    return find.accept(state, hand_out(kind, k, g, found.counts))


def seem_few(space: Space, value: ValueArray) -> bool:
    """Tell, at a glance, whether there may be few kinds: households of a kind have the same size and total value."""
    glance = np.stack([space.persons.astype(np.float64), value.sum(axis=1, dtype=np.float64)])
    return bool(ALIKE * np.unique(glance, axis=1).shape[1] <= space.persons.size)


def kinds_of(space: Space, value: ValueArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return a household of each kind, the kind of each household, and how many there are of each kind."""
    values = np.where(space.allowed, value, 0)
    alike = np.concatenate(
        [values, space.allowed, space.use, space.persons[:, None], space.counted[:, None], space.must_link[:, None]],
        axis=1,
    )
    _, first, kind, count = np.unique(alike, axis=0, return_index=True, return_inverse=True, return_counts=True)
    return first, kind.ravel(), count


def hand_out(kind: IntArray, k: IntArray, g: IntArray, counts: IntArray) -> IntArray:
    """Give the places of each kind to its households, in order."""
    gemeente = np.full(kind.size, -1, dtype=np.int64)
    for one in np.unique(k).tolist():
        mine = k == one
        places = np.repeat(g[mine], counts[mine])
        gemeente[np.flatnonzero(kind == one)[: places.size]] = places
    return gemeente
