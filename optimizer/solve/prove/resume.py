"""A level goes on from the prices of an earlier search: a bound at once, and the core that goes with it."""

from dataclasses import replace

import numpy as np

from optimizer.solve.bound.contest import lower_contest, open_contest
from optimizer.solve.bound.dual import Duals, scan
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.problem.arrays import IntArray
from optimizer.solve.problem.sizes import is_large, is_thin
from optimizer.solve.problem.space import Space
from optimizer.solve.problem.start import Prices
from optimizer.solve.prove.core import contested_gemeenten, make_core, tight
from optimizer.solve.prove.widening import keep_strictly, prove, prove_by_cuts, prove_by_patterns
from optimizer.solve.whole.state import Search, State

QUICK = 200_000  # pairs times nodes of the proof near the earlier bound


def resume(find: Search, state: State, prices: Prices, kept: tuple[int, ...]) -> State:
    """Bound a level by earlier prices, then search what is left near that bound.

    ``kept`` names the levels that rows keep, for the weights.
    """
    space = find.space
    duals = as_duals(space, prices, kept)
    seen = scan(space, find.value, duals)
    if seen.bound <= state.bound:
        state = find.lower(replace(state, relaxation=Relaxation(duals, seen, None, np.zeros(0))), seen.bound, "")
    elif not prices.sharp:
        return state
    if find.over(state) or is_large(space) or not prices.sharp:
        return state
    contested = contested_gemeenten(space, duals)
    contest = open_contest(space, find.value, duals, prices.households, contested)
    contest = lower_contest(contest, float(state.value), find.budget, 1)
    state = find.lower(replace(state, contest=contest), contest.bound, "")
    if find.over(state):
        return state
    core = make_core(find, contest)
    if is_thin(space):
        return prove_by_patterns(find, state, core)
    if tight(contested) and space.use.shape[1] == 0 and space.ceiling.size == 0:
        strict = make_core(find, keep_strictly(find, state, contest)) if space.kept else core
        return prove(find, state, strict, QUICK)
    return prove_by_cuts(find, state, core)


def as_duals(space: Space, prices: Prices, kept: tuple[int, ...]) -> Duals:
    """Return earlier prices as a point of the dual function (7), with the signs that it asks for."""
    weight = np.array([max(0.0, prices.weights[level]) for level in kept])
    ceiling = np.zeros(space.ceiling.size)
    inside = space.region >= 0
    ceiling[space.region[inside]] = np.maximum(prices.region[inside], 0.0)
    region = np.where(inside, np.append(ceiling, 0.0)[space.region], 0.0)
    resource = np.maximum(prices.resource, 0.0)
    floors = float(sum(one * level.floor for one, level in zip(weight, space.kept, strict=True)))
    constant = float(ceiling @ space.ceiling) + float((resource * space.capacity).sum()) - floors
    own = np.where(space.full, prices.opgave, np.maximum(prices.opgave, 0.0))
    return Duals(own, region, resource, weight, constant)


def what_fits(space: Space, gemeente: IntArray) -> IntArray:
    """Return an earlier answer without the links that cannot be, and without households for which there is no room."""
    out = gemeente.copy()
    linked = np.flatnonzero(out >= 0)
    out[linked[~space.allowed[linked, out[linked]]]] = -1
    # The smallest households leave first where there is not enough room for all.
    while (over := space.overfilled(out)).any():
        here = np.flatnonzero((out >= 0) & over[out])
        smallest = np.lexsort((here, space.persons[here], out[here]))
        first = np.unique(out[here][smallest], return_index=True)[1]
        out[here[smallest][first]] = -1
    return out
