"""The linear relaxation by column generation: prices from few pairs, certified on all of them."""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.bound.dual import Duals, Scan, best_pairs, scan
from optimizer.solve.bound.flow import relax_by_flow
from optimizer.solve.bound.highs import relax
from optimizer.solve.bound.layers import is_layered, relax_by_layers
from optimizer.solve.bound.program import Program, build
from optimizer.solve.problem.arrays import FloatArray, IntArray, ValueArray
from optimizer.solve.problem.space import Space, magnitude
from optimizer.solve.run.budget import Budget

PRICINGS = 40
COARSE = 1e-4  # of the value: how near the relaxation is solved where a program with further rows is needed
ADDED_PAIRS = 4  # pairs a household may gain in one round


@dataclass(frozen=True, eq=False)
class Relaxation:
    """The best dual point found, its certificate, and the last relaxed answer."""

    duals: Duals
    scan: Scan
    program: Program | None
    pair_value: FloatArray

    @property
    def bound(self) -> float:
        """Upper bound on the level, valid in float64; equation (7)."""
        return self.scan.bound


def merge_pairs(gemeenten: int, *pairs: tuple[IntArray, IntArray]) -> tuple[IntArray, IntArray]:
    """Union of sets of pairs, in order of household, then gemeente."""
    keys = np.unique(np.concatenate([h * gemeenten + g for h, g in pairs]))
    return keys // gemeenten, keys % gemeenten


def price_out(
    space: Space,
    value: ValueArray,
    pairs: tuple[IntArray, IntArray],
    start: Relaxation,
    budget: Budget,
    *,
    ties: FloatArray,
    enough: float = -np.inf,
) -> Relaxation:
    """Solve the relaxation (6) over all pairs by adding the pairs that pay.

    Stops when no pair pays, or when the bound is at most ``enough`` (the incumbent is then proven).
    """
    gemeenten = space.opgave.size
    scale = magnitude(value)
    best = start
    for _ in range(PRICINGS):
        if (space.plain or is_layered(space)) and not budget.affords(pairs[0].size):
            return best
        program = build(space, value, pairs)
        budget.spend(program.matrix.shape[1])
        if space.plain:
            relaxed = relax_by_flow(space, program)
        elif is_layered(space):
            relaxed = relax_by_layers(space, program)
        else:
            relaxed = relax(space, program, scale / 1e3, budget.left_s)
        if relaxed is None:
            return best
        found = scan(space, value, relaxed.duals)
        if found.bound <= best.bound:
            best = Relaxation(relaxed.duals, found, program, relaxed.pair_value)
        closed = found.bound - relaxed.objective <= near_enough(space, value, relaxed.objective)
        if closed or best.bound <= enough or budget.exhausted:
            return best
        h, g, gain = best_pairs(space, value, relaxed.duals, ties, ADDED_PAIRS)
        pays = gain > relaxed.household_price[h] + 1e-9 * scale
        grown = merge_pairs(gemeenten, pairs, (h[pays], g[pays]))
        if grown[0].size == pairs[0].size:
            return best
        pairs = grown
    return best


def opgaven_only(space: Space) -> Space:
    """Return the space without its ceilings and further capacities."""
    nothing = np.zeros(0, dtype=np.int64)
    return space.replace(
        use=space.use[:, :0],
        capacity=space.capacity[:, :0],
        region=np.full(space.opgave.size, -1, dtype=np.int64),
        ceiling=nothing,
    )


def near_enough(space: Space, value: ValueArray, objective: float) -> float:
    """Return how far the bound may stay above the relaxation: rounding only, where a flow solves it.

    With further rows every round takes seconds, and prices (10) sharpen the bound afterwards by more than this.
    """
    rounding = 1e-10 * magnitude(value) * max(1, space.persons.size)
    if space.plain or is_layered(space):
        return rounding
    coarse = COARSE * abs(objective)
    return max(rounding, min(coarse, 0.5) if np.issubdtype(value.dtype, np.integer) else coarse)
