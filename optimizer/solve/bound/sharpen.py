"""The contest at its best prices, by a linear program with patterns; docs/method-solver.md, section 4."""

import numpy as np

from optimizer.solve.bound.contest import Contest, open_contest, pair_losses, promising
from optimizer.solve.bound.highs import Relaxed, relax
from optimizer.solve.bound.patterns import broken_rows, more_rows, with_patterns
from optimizer.solve.bound.program import build
from optimizer.solve.problem.arrays import IntArray, ValueArray
from optimizer.solve.problem.space import Space, magnitude
from optimizer.solve.run.budget import Budget

MOST_ROUNDS = 12  # of pairs that pay
CUT_ROUNDS = 12  # of rows that are broken, in each of them
ADDED = 3.0  # pairs per household that the first round may add
ENOUGH = 0.02  # of what the bound lies above the answer: how near to its program's optimum a bound is good enough


def sharpen(
    space: Space, value: ValueArray, contest: Contest, gemeente: IntArray, budget: Budget, enough: float
) -> Contest:
    """Return the contest at the prices and the weights of its relaxation with patterns, where these are better.

    Pairs that pay are added until the bound over all pairs is that of the program. ``gemeente`` [households] is an
    answer, so that the program has one; at a bound of ``enough`` it is proven.
    """
    places = promising(contest)
    pairs = contest.pairs
    chosen = np.zeros(pairs.household.size, dtype=np.bool_)
    chosen[places] = True
    chosen |= gemeente[pairs.household] == pairs.gemeente
    scale = magnitude(value) / 1e3
    best, here = contest, contest
    for turn in range(MOST_ROUNDS):
        place = np.flatnonzero(chosen)
        if place.size == 0:
            break
        relaxed = relax_with_patterns(space, value, pairs.household[place], pairs.gemeente[place], scale, budget)
        if relaxed is None:
            break
        here = open_contest(space, value, relaxed.duals, relaxed.household_price, contest.contested)
        if here.bound < best.bound:
            best = here
        above = here.bound - relaxed.objective
        if best.bound <= enough or above <= ENOUGH * max(0.0, relaxed.objective - enough) or budget.exhausted:
            break
        lost = pair_losses(here)
        lost[chosen] = np.inf
        # Twice as many each time: where a level is full of ties, pairs that pay are found one price at a time.
        count = int(ADDED * space.persons.size) * 2**turn
        pays = np.flatnonzero(lost <= above)
        if pays.size > count:
            pays = pays[np.argsort(lost[pays], kind="stable")[:count]]
        if pays.size == 0:
            break
        chosen[pays] = True
    return best


def relax_with_patterns(
    space: Space, value: ValueArray, h: IntArray, g: IntArray, scale: float, budget: Budget
) -> Relaxed | None:
    """Solve the relaxation with patterns over some pairs."""
    program, lines = with_patterns(space, build(space, value, (h, g)))
    relaxed = None
    for _ in range(CUT_ROUNDS):
        budget.spend(program.matrix.shape[1])
        found = relax(space, program, scale, budget.left_s)
        if found is None:
            return relaxed
        relaxed = found
        rows = broken_rows(lines, found.pair_value)
        if not rows or budget.exhausted:
            break
        program = more_rows(program, rows, [0.0] * len(rows))
    return relaxed
