"""One level beyond its relaxation: proof, annealing and parts, turn after turn; docs/method-solver.md, section 6."""

from dataclasses import replace
from typing import NamedTuple

from optimizer.solve.bound.contest import Contest, lower_contest, open_contest
from optimizer.solve.problem.sizes import is_large, is_small
from optimizer.solve.prove.core import Core, anneals_first, contested_gemeenten, make_core, tight
from optimizer.solve.prove.widening import THOROUGH, keep_strictly, prove, prove_by_cuts
from optimizer.solve.search.chains import cool
from optimizer.solve.search.groups import search_parts
from optimizer.solve.whole.state import Search, State


class Turn(NamedTuple):
    """One turn of the search.

    ``draws`` per household from the temperature ``hot`` (in widths of the near pairs); then parts of these ``sizes``,
    in gemeenten, of so many ``nodes``.
    """

    draws: int
    hot: float
    sizes: tuple[int, ...]
    nodes: int


FIRST_TURN = Turn(6_000, 12.0, (20, 30), 150)
TURNS = (
    Turn(12_000, 12.0, (20, 30, 45), 150),
    Turn(12_000, 3.0, (30, 45, 65), 400),
    Turn(12_000, 3.0, (45, 65, 90), 1_000),
    Turn(12_000, 3.0, (45, 65, 90), 2_500),
)
LONG = Turn(24_000, 3.0, (65, 90, 130), 6_000)
IDLE = 3  # long turns in a row that bring nothing end the search
LOOSE_SIZES, LOOSE_NODES = (8, 14, 22), 150  # of the parts of a loose month


def search_contest(find: Search, state: State) -> State:
    """Price the households (10), then prove on the core, anneal and search parts in turn."""
    if is_large(find.space):
        return state
    contested = contested_gemeenten(find.space, state.relaxation.duals)
    contest = open_contest(find.space, find.value, state.relaxation.duals, state.relaxation.scan.best, contested)
    hasty = anneals_first(find.space, contested)
    if hasty:
        contest = lower_contest(contest, float(state.value), find.budget, 1)
        state = adopt(find, state, contest)
        if not find.over(state):
            state = cool(find, state, make_core(find, contest), FIRST_TURN.draws, FIRST_TURN.hot)
    contest = lower_contest(contest, float(state.value), find.budget)
    state = adopt(find, state, contest)
    if find.over(state):
        return state
    core = make_core(find, contest)
    if tight(contested):
        return search_tight(find, state, core, TURNS if hasty else (FIRST_TURN, *TURNS))
    return search_loose(find, state, core)


def adopt(find: Search, state: State, contest: Contest) -> State:
    """Take over the bound of a contest."""
    state = replace(state, contest=contest, bound=min(state.bound, contest.bound))
    find.report(state)
    return state


def search_tight(find: Search, state: State, core: Core, turns: tuple[Turn, ...]) -> State:
    """Most gemeenten are contested: branch on the core, anneal and search parts in turn."""
    strict = make_core(find, keep_strictly(find, state, core.contest)) if find.space.kept else core
    if find.space.kept or is_small(find.space):
        state = prove(find, state, strict, THOROUGH)
    for turn in turns:
        if find.over(state):
            return state
        state = cool(find, state, core, turn.draws, turn.hot)
        state = search_parts(find, state, core, turn.sizes, turn.nodes)
    state = prove(find, state, strict, THOROUGH)
    idle = 0
    while find.budget.limited and idle < IDLE and not find.over(state):
        before = state.value
        state = cool(find, state, core, LONG.draws, LONG.hot)
        state = search_parts(find, state, core, LONG.sizes, LONG.nodes)
        idle = idle + 1 if state.value == before else 0
    return state


def search_loose(find: Search, state: State, core: Core) -> State:
    """Most gemeenten have room: what branching does not prove at once is left to cutting planes."""
    if not find.space.kept:
        state = prove(find, state, core, 0)
    state = prove_by_cuts(find, state, core)
    before = state.value
    state = search_parts(find, state, core, LOOSE_SIZES, LOOSE_NODES)
    return prove_by_cuts(find, state, core) if state.value > before else state
