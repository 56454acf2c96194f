"""Proof by widening: search all answers near the bound, from the nearest outward; docs/method-solver.md, section 4."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np

from optimizer.solve.bound.contest import Contest, lower_contest, open_contest
from optimizer.solve.bound.highs import Rounded, solve_whole
from optimizer.solve.bound.patterns import with_patterns
from optimizer.solve.bound.program import Program, build
from optimizer.solve.problem.arrays import BoolArray, IntArray
from optimizer.solve.problem.pairs import some
from optimizer.solve.problem.room import room_table
from optimizer.solve.problem.sides import some_sides
from optimizer.solve.problem.sizes import is_small
from optimizer.solve.problem.space import Space
from optimizer.solve.prove.branch import Branched, branch
from optimizer.solve.prove.core import Core, thin, unit_of
from optimizer.solve.prove.cuts import solve_by_cuts
from optimizer.solve.whole.programs import settle, solver_scale
from optimizer.solve.whole.state import Search, State

STRICT = 4.0  # what the gap of an earlier level costs, in times what this level may gain
THOROUGH = 2_500_000  # pairs times nodes of the longest proof
FEWEST = 20  # nodes
WIDTHS = 64  # parts of the gap: the first width
WIDER = 2.0  # growth of the width
MUCH_WIDER = 4.0  # growth of a program with patterns, in pairs
WIDENINGS = 12
REOPENED = 4  # searches after which every capacity counts: too many gemeenten were overfilled
NARROW = 1.6  # pairs per household of the program that finds an answer
MOST_NARROW, MOST_WIDE = 6_000, 15_000  # pairs
NARROW_NODES, WIDE_NODES = 60, 200
UNSOLVED = Rounded(None, np.inf, complete=False, nodes=0)


class Near(NamedTuple):
    """The answers near the bound that are searched.

    ``space`` holds the capacities of the ``contested`` gemeenten [gemeenten] only; ``chosen`` are the places of the
    pairs that may be used; only answers worth more than ``beat`` matter.
    """

    state: State
    space: Space
    contested: BoolArray
    chosen: IntArray
    beat: float


Solve = Callable[[Near], Branched | Rounded]


def keep_strictly(find: Search, state: State, contest: Contest) -> Contest:
    """Weigh the earlier levels so much that a branch that cannot keep them is seen at once; (14).

    What separates the bound of an earlier level from its value then costs `STRICT` times what this level may gain.
    """
    space, duals = find.space, contest.duals
    gap = contest.bound - state.value
    more = np.array([max(0.0, STRICT * gap / kept.slack - w) for kept, w in zip(space.kept, duals.weight, strict=True)])
    floors = float(sum(m * kept.floor for m, kept in zip(more, space.kept, strict=True)))
    heavy = replace(duals, weight=duals.weight + more, constant=duals.constant - floors)
    price = contest.price + np.sum([m * kept.price for m, kept in zip(more, space.kept, strict=True)], axis=0)
    strict = open_contest(space, find.value, heavy, price, contest.contested)
    return lower_contest(strict, float(state.value), find.budget)


def prove(find: Search, state: State, core: Core, effort: int) -> State:
    """Branch on all answers near the bound, from the nearest outward.

    Any answer that uses a pair that loses more than the width is worth at most the bound minus the width. So an answer
    found above that is the best of all, and when there is none, the bound falls by the width.
    """
    contested = core.contest.contested
    width = max((core.contest.bound - state.value) / WIDTHS, unit_of(find, state))
    solve = partial(by_branching, find, core, effort)
    for _ in range(WIDENINGS):
        if find.over(state):
            break
        gap = core.contest.bound - state.value
        state, contested, complete = widen(find, state, core, contested, min(width, gap), solve)
        if not complete or width >= gap:
            break
        width *= WIDER
    return state


def prove_by_cuts(find: Search, state: State, core: Core, growth: int = 1) -> State:
    """Solve a narrow core for a good answer, then everything that could beat it, by programs with cutting planes.

    For months in which most gemeenten have room, further capacities, and levels that are kept by a row: branching is
    blunt there. ``growth`` times as many pairs and nodes are allowed as at first.
    """
    contested, gap = core.contest.contested, core.contest.bound - state.value
    lost = core.lost[thin(core, core.within(gap, state.gemeente), contested, state.gemeente)]
    narrow_pairs = int(NARROW * growth * state.gemeente.size)
    if narrow_pairs < lost.size and not find.over(state):
        narrow = float(np.partition(lost, narrow_pairs)[narrow_pairs])
        # A small month with resources has a good answer already: SCIP makes more of it than HiGHS does of none.
        known = is_small(find.space) and find.space.use.shape[1] > 0
        solve = partial(by_cuts if known else by_program, find, core, growth)
        state, contested, _ = widen(find, state, core, contested, narrow, solve)
    if not find.over(state):
        gap = core.contest.bound - state.value
        state, _, _ = widen(find, state, core, contested, gap, partial(by_cuts, find, core, growth))
    return state


def prove_by_patterns(find: Search, state: State, core: Core, growth: int = 1) -> State:
    """Solve programs with patterns on more and more pairs, until they hold everything that could beat the answer."""
    contested = core.contest.contested
    wanted = NARROW * state.gemeente.size
    solve = partial(by_patterns, find, core, growth)
    while not find.over(state):
        gap = core.contest.bound - state.value
        lost = core.lost[thin(core, core.within(gap, state.gemeente), contested, state.gemeente)]
        if 2 * wanted >= lost.size:
            state, _, _ = widen(find, state, core, contested, gap, solve)
            break
        narrow = float(np.partition(lost, int(wanted))[int(wanted)])
        state, contested, complete = widen(find, state, core, contested, narrow, solve)
        if not complete:
            break
        wanted *= MUCH_WIDER
    return state


def widen(
    find: Search, state: State, core: Core, contested: BoolArray, width: float, solve: Solve
) -> tuple[State, BoolArray, bool]:
    """Search the answers on the pairs that lose at most ``width``; gemeenten that they overfill become contested.

    Return the state, the gemeenten [gemeenten] that are contested now, and whether the search came to its end.
    """
    turn = 0
    while True:
        if turn == REOPENED:
            contested = np.ones_like(contested)
        turn += 1
        space = relaxed(find.space, contested)
        chosen = thin(core, core.within(width, state.gemeente), contested, state.gemeente)
        beat = max(float(state.value), core.contest.bound - width)
        found = solve(Near(state, space, contested, chosen, beat))
        bound = max(found.bound, core.contest.bound - width, float(state.value))
        state = find.lower(state, bound, found.word)
        overfull = np.zeros_like(contested)
        if found.gemeente is not None:
            overfull = find.space.overfilled(found.gemeente)
            state = find.accept(state, settle(find.space, find.value, found.gemeente, state.gemeente))
        find.report(state)
        if find.over(state) or not (overfull & ~contested).any():
            return state, contested, found.complete
        contested = contested | overfull


def by_branching(find: Search, core: Core, effort: int, near: Near) -> Branched:
    """Solve a core by branch and bound."""
    space, chosen = near.space, near.chosen
    here = some(core.contest.pairs, chosen)._replace(opgave=space.opgave, full=space.full)
    sides = some_sides(core.sides, here, chosen)._replace(room=room_table(space.room))
    return branch(
        space,
        here,
        sides,
        core.contest.price,
        core.contest.constant,
        beat=near.beat,
        unit=unit_of(find, near.state),
        nodes=max(FEWEST, effort // max(1, chosen.size)),
        budget=find.budget,
    )


def by_program(find: Search, core: Core, growth: int, near: Near) -> Rounded:
    """Solve a core by HiGHS, which needs no answer to start from."""
    if near.chosen.size > growth * MOST_NARROW:
        return UNSOLVED
    program = program_of(find, core, near)
    found = solve_whole(near.space, program, solver_scale(find.value), growth * NARROW_NODES, find.budget.left_s)
    find.budget.spend_program(near.chosen.size, found.nodes)
    return found


def by_patterns(find: Search, core: Core, growth: int, near: Near) -> Rounded:
    """Solve a core with patterns by HiGHS."""
    if not find.budget.leaves_patterns(near.chosen.size):
        return UNSOLVED
    program, _ = with_patterns(near.space, program_of(find, core, near))
    found = solve_whole(near.space, program, solver_scale(find.value), growth * NARROW_NODES, find.budget.left_s)
    find.budget.spend_patterns(near.chosen.size, found.nodes)
    return found


def by_cuts(find: Search, core: Core, growth: int, near: Near) -> Rounded:
    """Solve a core by SCIP, from the present answer."""
    if near.chosen.size > growth * MOST_WIDE:
        return UNSOLVED
    program = program_of(find, core, near)
    mine = present(near.space, near.contested, program.pair_h, program.pair_g, near.state.gemeente)
    found = solve_by_cuts(near.space, program, solver_scale(find.value), mine, growth * WIDE_NODES, find.budget.left_s)
    find.budget.spend_iterations(found.nodes)
    return found


def program_of(find: Search, core: Core, near: Near) -> Program:
    """Write a core as a whole-number program."""
    pairs = core.contest.pairs
    return build(near.space, find.value, (pairs.household[near.chosen], pairs.gemeente[near.chosen]))


def present(space: Space, contested: BoolArray, h: IntArray, g: IntArray, gemeente: IntArray) -> BoolArray:
    """[pairs], True for the pairs of an answer; where its own pair is missing, the one that took its place.

    `thin` keeps one pair per household and per value of the earlier levels outside the contested gemeenten.
    """
    mine: BoolArray = gemeente[h] == g
    stays = np.zeros(gemeente.size, dtype=np.bool_)
    stays[h[mine]] = True
    like = ~stays[h] & (gemeente[h] >= 0) & ~contested[g]
    for kept in space.kept:
        like &= kept.value[h, g] == kept.value[h, gemeente[h]]
    place = np.flatnonzero(like)
    first = np.unique(h[place], return_index=True)[1]
    mine[place[first]] = True
    return mine


def relaxed(space: Space, contested: BoolArray) -> Space:
    """Drop every capacity that is not contested: what is left bounds the level."""
    everybody, plenty = int(space.persons.sum()), np.maximum(space.capacity, int(space.use.sum()))
    open_region = np.zeros(space.ceiling.size, dtype=np.bool_)
    open_region[space.region[~contested & (space.region >= 0)]] = True
    return space.replace(
        opgave=np.where(contested, space.opgave, everybody),
        capacity=np.where(contested[:, None], space.capacity, plenty),
        ceiling=np.where(open_region, everybody, space.ceiling),
    )
