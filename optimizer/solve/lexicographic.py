"""Level by level: each level is optimised over the answers that are best for the levels before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor

import numpy as np
import numpy.typing as npt

from optimizer.solve.bound.dual import no_prices, nothing_known
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.first_answer import again, draft
from optimizer.solve.one_level import solve_level, with_ending
from optimizer.solve.problem.answer import Leeway, Level, LevelResult, LevelsAnswer, Status
from optimizer.solve.problem.arrays import FloatArray, IntArray, TicketArray, ValueArray
from optimizer.solve.problem.certificate import Certificate
from optimizer.solve.problem.checks import (
    checked_level,
    checked_lot,
    checked_search,
    checked_shape,
    checked_space,
)
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.lottery import LARGEST_DRAW, draw, lottery_value
from optimizer.solve.problem.space import Space, total
from optimizer.solve.problem.start import Prices, Start
from optimizer.solve.prove.certify import certify as certify_levels
from optimizer.solve.prove.keep import keep
from optimizer.solve.run.budget import Budget, Progress
from optimizer.solve.run.interrupt import ended_by_ctrl_c
from optimizer.solve.whole.state import Search, State

LOTTERY = "loting"
LEVEL_SHARE = 0.5  # of what is left, for each level but the last
LOTTERY_STEPS = 2_000  # of the lottery, or as many as its levels took
ENDING_S = 3.5e-8  # seconds per pair that the lottery and the last checks take, measured


@dataclass(frozen=True, eq=False)
class Chain:
    """Outcome of all levels, in the order of the rows that were given; ``turns`` is the answer after each level."""

    gemeente: IntArray
    solved: tuple[State, ...]
    turns: tuple[IntArray, ...]

    @property
    def ended(self) -> str:
        """What ended the first given level that is not proven."""
        return next((level.ended for level in self.solved[:-1] if level.ended != "proven"), "proven")


def solve_levels(
    levels: Sequence[Level],
    persons: npt.ArrayLike,
    opgave: npt.ArrayLike,
    admissible: npt.ArrayLike | None = None,
    resources: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    regions: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    *,
    counted: npt.ArrayLike | None = None,
    lot: npt.ArrayLike | None = None,
    seed: int = 0,
    workers: int = 1,
    gap: float = 0.0,
    certify: bool = False,
    start: Start | None = None,
    work_limit: int | None = None,
    time_limit_s: float | None = None,
    progress: Progress | None = None,
) -> LevelsAnswer:
    """Link households to gemeenten, level by level; equations (1) to (5) and (9).

    Parameters
    ----------
    levels
        The objective, most important level first. "Persons linked" is a level like any other.
    persons
        [households], persons per household, at least 1.
    opgave
        [gemeenten], persons that the gemeente can still take.
    admissible
        Booleans [households, gemeenten]; None allows every pair.
    resources
        (use [households, K], capacity [gemeenten, K]): further capacities, such as large dwellings.
    regions
        (region [gemeenten], ceiling [regions]): ceilings in persons; region -1 has none.
    counted
        [households], persons that count against a ceiling; None: all. Who does not count may go over it.
    lot
        [households], lottery tickets that decide between answers that are equal in all levels; None is the row number.
        Permuting the rows with their tickets permutes the answer.
    seed
        Seed of the search; it cannot change a proven answer.
    workers
        Threads; they cannot change the answer.
    gap
        Relative gap at which a level may stop.
    certify
        Also return a certificate of every level, from which anybody can compute its bound again (docs/bewijs.md);
        none where the clock ended the search.
    start
        The ``start`` of an earlier answer to nearly the same problem (a pair fixed or forbidden, other opgaven): the
        same levels, households and gemeenten in the same order; `Start.rows` leaves households out.
    work_limit
        Counted steps; None without a time limit: the default budget, `optimizer.solve.run.budget.DEFAULT_STEPS`.
    time_limit_s
        Emergency stop; the answer is then not reproducible.
    progress
        Called with (name, value, bound).

    Returns
    -------
    LevelsAnswer
        The lottery is its last level.

    Raises
    ------
    ValueError
        If shapes do not fit, numbers are not whole, or totals would not be exact.

    Examples
    --------
    >>> persons = np.array([2, 1])
    >>> linked = Level("personen", np.array([[2, 2], [1, 1]]))
    >>> work = Level("kans", np.array([[5, 9], [4, 3]]), unit=0.0001)
    >>> answer = solve_levels([linked, work], persons, opgave=[2, 2])
    >>> answer.gemeente.tolist(), [level.value for level in answer.levels[:2]], str(answer.status)
    ([1, 0], [3, 13], 'proven')
    """
    checked_search(workers, gap, levels)
    shape = checked_shape(f"level {levels[0].name!r}", levels[0].value)
    budget = Budget.of(work_limit, time_limit_s, progress)
    space = checked_space(shape, persons, opgave, admissible, resources, regions, counted)
    goals = goals_of(levels, [checked_level(level, shape) for level in levels])
    tickets = checked_lot(lot, shape[0])
    if start is not None and not start.fits(*shape, space.use.shape[1], len(goals)):
        msg = "start must come from an answer with the same households, gemeenten, resources and levels."
        raise ValueError(msg)
    with ended_by_ctrl_c(budget):
        chain = solve_chain(space, goals, tickets, budget, seed=seed, workers=workers, gap=gap, start=start)
    certificates: tuple[Certificate, ...] = ()
    if certify and not budget.late:
        with budget.phase("certificates"):
            certificates = certify_all(space, goals, chain, tickets, budget)
    results = results_of(goals, len(levels), chain)
    return LevelsAnswer(
        gemeente=chain.gemeente,
        levels=results,
        prices=last_prices(chain.solved[: len(levels)]),
        status=worst(
            [*(result.status for result in results[:-1]), *(again.status for again in chain.solved[len(levels) : -1])]
        ),
        seconds=budget.seconds,
        reproducible=not budget.stopped_by_clock,
        work=budget.work,
        ended=chain.ended,
        certificates=certificates,
        turns={goal.name: chain.turns[k] for k, goal in enumerate(goals) if goal.leeway is not None},
        start=start_from(chain, len(goals), np.argsort(tickets, kind="stable")),
    )


def goals_of(levels: Sequence[Level], values: Sequence[ValueArray]) -> list[Goal]:
    """Return the goals: the levels, and once more, last, each level of which something could be given up.

    So the lottery gives nothing up, and what was left to the later levels and not needed by them comes back. Of the
    last level there is nobody to give anything up for.
    """
    last = len(levels) - 1
    goals = [
        Goal(level.name, value, leeway=level.leeway if k < last and level.leeway != Leeway() else None)
        for k, (level, value) in enumerate(zip(levels, values, strict=True))
    ]
    # Another view, so that it is told apart from its first turn.
    return [*goals, *(Goal(goal.name, goal.value.view()) for goal in goals if goal.leeway is not None)]


def results_of(goals: Sequence[Goal], given: int, chain: Chain) -> tuple[LevelResult, ...]:
    """Return what became of the given levels and of the lottery; the second turn of a level tells its ceiling."""
    # What a level that stopped with a gap reached may be bettered by a later one: the answer itself is counted.
    reached = [int(total(goal.value, chain.gemeente)) for goal in goals]
    second = iter(range(given, len(goals)))
    out = []
    for k in range(given):
        result = level_result(goals[k].name, chain.solved[k], reached[k])
        if goals[k].leeway is not None:
            best = int(chain.solved[k].value)
            ceiling = min(result.bound, max(reached[k], floor(chain.solved[next(second)].bound)))
            result = with_leeway(result, best, best - goals[k].given_up(best), ceiling, chain.solved[k].status)
        out.append(result)
    return (*out, level_result(LOTTERY, chain.solved[-1], chain.solved[-1].value))


def with_leeway(result: LevelResult, best: int, kept: int, ceiling: int, status: Status) -> LevelResult:
    """Return the result of a level of which later ones gave something up: its own optimum is what is proven."""
    gap = (result.bound - best) / max(1, abs(best))
    proven = Status.PROVEN if result.bound == best else status
    return replace(result, gap=gap, status=proven, best=best, floor=kept, ceiling=ceiling)


def certify_all(
    space: Space, goals: Sequence[Goal], chain: Chain, lot: TicketArray, budget: Budget
) -> tuple[Certificate, ...]:
    """Return the certificates of the given levels, and of the lottery where it was drawn."""
    solved, every = chain.solved[:-1], list(goals)
    if decided(solved, 0.0):
        solved = chain.solved
        every.append(Goal(LOTTERY, lottery_value(lot, space.opgave.size)))
    return certify_levels(space, every, solved, chain.gemeente, np.argsort(lot, kind="stable"), budget)


def solve_chain(
    space: Space,
    goals: Sequence[Goal],
    lot: TicketArray,
    budget: Budget,
    *,
    seed: int,
    workers: int,
    gap: float,
    start: Start | None = None,
) -> Chain:
    """Solve the levels, then the lottery, with the households in the order of their tickets."""
    gemeenten = space.opgave.size
    order = np.argsort(lot, kind="stable")
    budget.reserve_s = space.allowed.size * ENDING_S
    space = reorder(space, order)
    ties: FloatArray = np.random.default_rng(0).random(size=(gemeenten,))
    goals = [replace(goal, value=in_order(goal.value, order)) for goal in goals]
    second = second_turns(goals)
    last = len(goals) - 1
    with budget.phase("draft"):
        first = Search(space, goals[0], ties, gap, workers, np.random.default_rng([seed, last + 2]), budget)
        if start is not None:
            start = start.rows(order)
        once = [goal for k, goal in enumerate(goals) if k not in second]
        gemeente = draft(first, once) if start is None else again(first, once, start.gemeente)
    earlier = () if start is None else start.levels
    solved: list[State] = []
    unkept: list[Goal] = []
    for k, goal in enumerate(goals):
        find = Search(space, goal, ties, gap, workers, np.random.default_rng([seed, k]), budget)
        with budget.phase(goal.name), budget.share(1.0 if k == last else LEVEL_SHARE):
            level = solve_level(find, gemeente, place_in(earlier, k), levels_kept(space, goals))
        level = no_worse(find, level, gemeente, unkept)
        solved.append(level)
        gemeente = level.gemeente
        # Without time the later levels are bounded over all answers, which is valid too; their answers are no worse.
        if budget.late:
            unkept.append(goal)
        elif k < last or decided(solved, gap):
            space = keep(find, level)
            if k in second:
                space = without_row(space, goals[second[k]])
    with budget.phase(LOTTERY):
        if decided(solved, gap):
            lots = Goal(LOTTERY, lottery_value(lot[order], gemeenten))
            rng = np.random.default_rng([seed, last + 1])
            with budget.at_most(max(LOTTERY_STEPS, budget.work)):
                find = Search(space, lots, ties, 0.0, workers, rng, budget)
                level = solve_level(find, gemeente, place_in(earlier, last + 1), levels_kept(space, goals))
                level = no_worse(find, level, gemeente, unkept)
        else:
            level = undecided(space, gemeente, lot[order])
    solved.append(level)
    gemeente = level.gemeente
    turns = tuple(in_rows(level.gemeente, order) for level in solved)
    return Chain(turns[-1], tuple(solved), turns)


def in_rows(gemeente: IntArray, order: IntArray) -> IntArray:
    """Return an answer in the order of the rows that were given."""
    out = np.empty_like(gemeente)
    out[order] = gemeente
    return out


def second_turns(goals: Sequence[Goal]) -> dict[int, int]:
    """Return the place of the first turn of each level that comes twice, by the place of its second."""
    roomed = [k for k, goal in enumerate(goals) if goal.leeway is not None]
    return dict(zip(range(len(goals) - len(roomed), len(goals)), roomed, strict=True))


def without_row(space: Space, goal: Goal) -> Space:
    """Return a space without the row of a level's first turn, which asks less than its second."""
    return space.replace(kept=tuple(kept for kept in space.kept if kept.value is not goal.value))


def no_worse(find: Search, level: State, start: IntArray, unkept: Sequence[Goal]) -> State:
    """Return a level, with the answer it began from where its own reaches less on a level that no row keeps."""
    if all(total(goal.value, level.gemeente) >= total(goal.value, start) for goal in unkept):
        return level
    return with_ending(find, replace(level, gemeente=start, value=total(find.value, start)))


def place_in(earlier: Sequence[Prices], level: int) -> Prices | None:
    """Return the prices of a level of an earlier search, where it has them."""
    return earlier[level] if level < len(earlier) else None


def start_from(chain: Chain, given: int, order: IntArray) -> Start:
    """Return where another search may go on from."""
    levels = [prices_of(state, k, order) for k, state in enumerate(chain.solved)]
    return Start(chain.gemeente, tuple(levels if chain.solved[-1].ended else levels[:given]))


def prices_of(state: State, level: int, order: IntArray) -> Prices:
    """Return the prices of a solved level, its households in the order of the rows that were given."""
    contest, duals, weights = state.contest, state.relaxation.duals, [0.0] * level
    opgave, own = duals.opgave, state.relaxation.scan.best
    if contest is not None:
        # The prices of places tell who competes; what must be full may pay, and then its contest says how much.
        opgave = np.where(contest.duals.opgave < 0, contest.duals.opgave, opgave)
        duals, own = contest.duals, contest.price
    for k, weight in zip(state.kept, duals.weight.tolist(), strict=False):
        weights[k] = weight
    households = np.empty_like(own)
    households[order] = own
    return Prices(opgave, duals.region, duals.resource, tuple(weights), households, contest is not None)


def levels_kept(space: Space, goals: Sequence[Goal]) -> tuple[int, ...]:
    """Return the places of the levels that a space keeps by a row."""
    return tuple(next(k for k, goal in enumerate(goals) if goal.value is kept.value) for kept in space.kept)


def decided(solved: Sequence[State], gap: float) -> bool:
    """Tell whether every level is proven outright: lots among answers that may not be the best decide nothing."""
    return gap == 0 and all(level.status is Status.PROVEN for level in solved)


def undecided(space: Space, gemeente: IntArray, lot: TicketArray) -> State:
    """Count the draws of an answer, against the largest draw for every household."""
    linked = np.flatnonzero(gemeente >= 0)
    zero, known = no_prices(space), nothing_known(space, LARGEST_DRAW)
    value = int(draw(lot[linked], gemeente[linked]).sum(dtype=np.int64))
    return State(gemeente, value, known.bound, Relaxation(zero, known, None, np.zeros(0)))


def in_order(value: ValueArray, order: IntArray) -> ValueArray:
    """Return the rows in another order, without a copy when the order is the same."""
    return value if (order[1:] > order[:-1]).all() else value[order]


def reorder(space: Space, order: IntArray) -> Space:
    """Return the space with the households in another order, without a copy when the order is the same."""
    if (order[1:] > order[:-1]).all():
        return space
    return space.replace(
        persons=space.persons[order],
        allowed=space.allowed[order],
        use=space.use[order],
        counted=space.counted[order],
        must_link=space.must_link[order],
    )


def level_result(name: str, solved: State, reached: float) -> LevelResult:
    """Read the result of a level of whole units, with what the answer of the last level reaches on it."""
    value = int(reached)
    bound = max(value, floor(solved.bound))
    status = Status.PROVEN if bound == value else solved.status
    gap = (bound - value) / max(1, abs(value))
    return LevelResult(name, value, bound, gap, status, best=value, floor=value, ceiling=bound)


def last_prices(solved: Sequence[State]) -> FloatArray:
    """Prices per person of the last level in which an opgave costs anything."""
    prices = [np.maximum(level.relaxation.duals.per_person, 0.0) for level in solved]
    return next((price for price in reversed(prices) if price.any()), prices[-1])


def worst(statuses: Sequence[Status]) -> Status:
    """Return the status of the whole: proven only when every level is."""
    for status in (Status.LIMIT, Status.GAP):
        if status in statuses:
            return status
    return Status.PROVEN
