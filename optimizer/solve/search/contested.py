"""One level beyond its relaxation: proof, annealing and parts, turn after turn; docs/method-solver.md, section 6."""

from dataclasses import replace
from itertools import count
from typing import NamedTuple

from optimizer.solve.bound.contest import Contest, lower_contest, open_contest
from optimizer.solve.bound.sharpen import sharpen
from optimizer.solve.problem.sizes import is_large, is_middle, is_small, is_thin
from optimizer.solve.problem.space import Space
from optimizer.solve.prove.core import Core, anneals_first, contested_gemeenten, make_core, tight
from optimizer.solve.prove.widening import THOROUGH, keep_strictly, prove, prove_by_cuts, prove_by_patterns
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


HASTY_TURN = Turn(6_000, 12.0, (), 0)
FIRST_TURN = HASTY_TURN._replace(sizes=(20, 30), nodes=150)
TURNS = (
    Turn(12_000, 12.0, (20, 30, 45), 150),
    Turn(12_000, 3.0, (30, 45, 65), 400),
    Turn(12_000, 3.0, (45, 65, 90), 1_000),
    Turn(12_000, 3.0, (45, 65, 90), 2_500),
)
LONG_TURN = Turn(24_000, 3.0, (65, 90, 130), 6_000)
MIDDLE_TURNS = (  # parts alone
    Turn(0, 0.0, (20, 30), 150),
    Turn(0, 0.0, (30, 45, 65), 400),
    Turn(0, 0.0, (45, 65, 90), 1_000),
)
SIDED_TURN = Turn(3_000, 6.0, (), 0)  # before the programs of a month with further capacities
LOOSE_SIZES, LOOSE_NODES = (8, 14, 22), 150  # of the parts of a loose month
CONTEST_S = 1e-6  # seconds per pair until the first prices of households stand, measured; under a time limit
DEEPER = 4  # growth of the programs of a loose month that is not proven, from round to round
DEEPEST = 6  # rounds of growth


def search_contest(find: Search, state: State) -> State:
    """Price the households (10), then prove on the core, anneal and search parts in turn."""
    if is_large(find.space) and not goes_on(find):
        return state
    contested = contested_gemeenten(find.space, state.relaxation.duals)
    contest = open_contest(find.space, find.value, state.relaxation.duals, state.relaxation.scan.best, contested)
    middle = is_middle(find.space)
    hasty = anneals_first(find.space, contested) or (middle and is_large(find.space))
    if hasty:
        contest = lower_contest(contest, float(state.value), find.budget, 1)
        state = adopt(find, state, contest)
        if not find.over(state):
            state = take_turn(find, state, make_core(find, contest), MIDDLE_TURNS[0] if middle else HASTY_TURN)
    contest = lower_contest(contest, float(state.value), find.budget)
    state = adopt(find, state, contest)
    if not find.over(state) and is_thin(find.space):
        contest = sharpen(find.space, find.value, contest, state.gemeente, find.budget, float(state.value))
        state = adopt(find, state, contest)
    if find.over(state):
        return state
    core = make_core(find, contest)
    if is_thin(find.space):
        return search_thin(find, state, core)
    if not tight(contested) or has_sides(find.space):
        return search_by_programs(find, state, core)
    if middle:
        return search_tight(find, state, core, MIDDLE_TURNS[1:] if hasty else MIDDLE_TURNS)
    return search_tight(find, state, core, TURNS if hasty else (FIRST_TURN, *TURNS))


def goes_on(find: Search) -> bool:
    """Tell whether a large month is searched beyond its rounding: somebody gave the time, and it is enough."""
    space = find.space
    if not find.budget.given or space.kept or not is_middle(space):
        return False
    return find.budget.affords(space.allowed.size, CONTEST_S)


def adopt(find: Search, state: State, contest: Contest) -> State:
    """Take over the bound of a contest."""
    state = find.lower(replace(state, contest=contest), contest.bound, "")
    find.report(state)
    return state


def search_tight(find: Search, state: State, core: Core, turns: tuple[Turn, ...]) -> State:
    """Most gemeenten are contested: branch on the core, anneal and search parts in turn."""
    strict = make_core(find, keep_strictly(find, state, core.contest)) if find.space.kept else core
    if find.space.kept or is_small(find.space):
        state = prove(find, state, strict, THOROUGH)
        state = prove_by_cuts(find, state, core)
    for turn in turns:
        if find.over(state):
            return state
        state = take_turn(find, state, core, turn)
    state = prove(find, state, strict, THOROUGH)
    for depth in count():
        if find.over(state):
            break
        state = take_turn(find, state, core, LONG_TURN)
        if is_small(find.space):
            state = prove_by_cuts(find, state, core, DEEPER ** min(depth, DEEPEST))
    return state


def take_turn(find: Search, state: State, core: Core, turn: Turn) -> State:
    """Anneal, then search parts."""
    if turn.draws > 0:
        state = cool(find, state, core, turn.draws, turn.hot)
    return search_parts(find, state, core, turn.sizes, turn.nodes)


def search_thin(find: Search, state: State, core: Core) -> State:
    """Nearly every gemeente takes few persons: programs with patterns prove the level, deeper from round to round."""
    for depth in count():
        if find.over(state):
            break
        if depth > 0:
            state = cool(find, state, core, SIDED_TURN.draws, SIDED_TURN.hot)
        state = prove_by_patterns(find, state, core, DEEPER ** min(depth, DEEPEST))
    return state


def has_sides(space: Space) -> bool:
    """Tell whether resources or ceilings bind beside the opgaven: the knapsacks (11) do not see them, programs do."""
    return space.use.shape[1] > 0 or space.ceiling.size > 0


def search_by_programs(find: Search, state: State, core: Core) -> State:
    """Prove with cutting planes, and search parts, deeper from round to round.

    For months in which most gemeenten have room or further capacities bind: branching on (10) is blunt there.
    """
    if has_sides(find.space):
        state = cool(find, state, core, SIDED_TURN.draws, SIDED_TURN.hot)
    elif not find.space.kept:
        state = prove(find, state, core, 0)
    for depth in count():
        if find.over(state):
            break
        growth = DEEPER ** min(depth, DEEPEST)
        if depth > 0:
            state = cool(find, state, core, SIDED_TURN.draws, SIDED_TURN.hot)
        state = prove_by_cuts(find, state, core, growth)
        state = search_parts(find, state, core, LOOSE_SIZES, LOOSE_NODES * growth)
    return state
