"""The programs that are handed to solvers, on months with every kind of limit: what they say and what they find."""

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import linprog

from optimizer.solve.bound.dual import scan
from optimizer.solve.bound.flow import relax_by_flow
from optimizer.solve.bound.highs import relax, solve_whole
from optimizer.solve.bound.layers import is_layered, relax_by_layers
from optimizer.solve.bound.market import Market, clear, prices
from optimizer.solve.bound.patterns import below_patterns, broken_rows, maximal_patterns, more_rows, with_patterns
from optimizer.solve.bound.program import LARGEST_WHOLE, Program, build, penalised
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.space import Kept, Space, total
from optimizer.solve.prove.cuts import solve_by_cuts
from optimizer.solve.prove.kinds import hand_out, kinds_of
from optimizer.solve.whole.programs import search
from tests.solve.test_contest import month

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def everything(space: Space) -> list[Ints]:
    households, gemeenten = space.allowed.shape
    return [np.array(one, dtype=np.int64) for one in product(range(-1, gemeenten), repeat=households)]


def columns(program: Program, gemeente: Ints) -> Floats:
    chosen: Floats = (gemeente[program.pair_h] == program.pair_g).astype(np.float64)
    return chosen


def satisfies(program: Program, point: Floats) -> bool:
    rows = program.matrix @ point
    return bool((rows >= program.low - 1e-9).all() and (rows <= program.high + 1e-9).all())


@pytest.mark.parametrize("seed", range(10))
def test_a_program_allows_exactly_the_answers_of_the_space_and_counts_what_they_are_worth(seed: int) -> None:
    space, value, _ = month(seed)
    program = build(space, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    for one in everything(space)[:: 1 + seed % 3]:
        linked = np.flatnonzero(one >= 0)
        if not space.allowed[linked, one[linked]].all():
            continue
        point = columns(program, one)
        assert satisfies(program, point) == space.contains(one)
        assert program.objective @ point == total(value, one)


@pytest.mark.parametrize("seed", range(6))
def test_a_kept_level_with_large_or_broken_values_is_scaled_and_keeps_the_same_answers(seed: int) -> None:
    space, value, _ = month(seed)
    (kept,) = space.kept
    for times in (10 * LARGEST_WHOLE, 0.37):
        wider = space.replace(kept=(Kept(kept.value * times, kept.floor * times, kept.price, 1.0),))
        program = build(wider, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
        last = program.matrix[[-1]].toarray()
        assert np.abs(last).max(initial=0.0) <= 1.0
        for one in everything(space)[::5]:
            linked = np.flatnonzero(one >= 0)
            if space.allowed[linked, one[linked]].all():
                assert satisfies(program, columns(program, one)) == space.contains(one)


@pytest.mark.parametrize("seed", range(8))
def test_a_weighed_level_bounds_every_answer_that_keeps_it(seed: int) -> None:
    space, value, answers = month(seed)
    h, g = np.nonzero(space.allowed)
    free, objective, floors = penalised(space, value, np.array([2.5]), (h, g))
    assert free.kept == ()
    for one in answers:
        weighed = total(value, one) + 2.5 * total(space.kept[0].value, one)
        assert objective[one[h] == g].sum() == pytest.approx(weighed)
        assert weighed - floors >= total(value, one)
    assert floors == 2.5 * space.kept[0].floor


@pytest.mark.parametrize("seed", range(12))
def test_every_solver_finds_the_best_of_all_answers_and_bounds_it(seed: int) -> None:
    space, value, answers = month(seed)
    best = max(total(value, one) for one in answers)
    h, g = np.nonzero(space.allowed)
    program = build(space, value, (h, g))
    found = solve_whole(space, program, 1.0)
    assert found.gemeente is not None
    assert found.complete
    assert space.contains(found.gemeente)
    assert total(value, found.gemeente) == best
    assert best <= found.bound <= best + 1e-3
    mine = answers[0][h] == g
    cut = solve_by_cuts(space, program, 1.0, mine, 10_000, None)
    assert cut.gemeente is not None
    assert (cut.word, cut.complete, total(value, cut.gemeente)) == ("SCIP", True, best)
    assert space.contains(cut.gemeente)
    assert best <= cut.bound <= best + 1e-3
    kept = search(space, value, (h, g), np.array([1.0]), node_limit=10_000)
    assert kept.gemeente is not None
    assert total(value, kept.gemeente) == best
    patterned = with_patterns(space, program)[0]
    again = solve_whole(space, patterned, 1.0)
    assert again.gemeente is not None
    assert total(value, again.gemeente) == best
    assert best <= again.bound <= best + 1e-3


def test_a_program_without_an_answer_says_so() -> None:
    space = checked_space((2, 1), [2, 2], [3], None, None, None).replace(must_link=np.ones(2, dtype=np.bool_))
    program = build(space, np.ones((2, 1)), np.nonzero(space.allowed))  # type: ignore[arg-type]
    for found in (
        solve_whole(space, program, 1.0),
        solve_by_cuts(space, program, 1.0, np.zeros(2, dtype=np.bool_), 100, None),
    ):
        assert found.gemeente is None
        assert found.bound == -np.inf
        assert found.complete
    assert relax(space, program, 1.0) is None
    empty = build(space, np.ones((2, 1)), (np.zeros(0, np.int64), np.zeros(0, np.int64)))
    nothing = solve_whole(space, empty, 1.0)
    assert nothing.gemeente is not None
    assert nothing.gemeente.tolist() == [-1, -1]
    assert (nothing.bound, nothing.complete) == (0.0, True)


def reference(program: Program) -> float:
    """Solve the linear program by SciPy, row by row as it is written."""
    matrix = program.matrix.toarray()
    below, above = np.isfinite(program.high), np.isfinite(program.low)
    found = linprog(
        -program.objective,
        A_ub=np.concatenate([matrix[below], -matrix[above]]),
        b_ub=np.concatenate([program.high[below], -program.low[above]]),
        bounds=(0, None),
    )
    assert found.fun is not None
    return -float(found.fun)


@pytest.mark.parametrize("seed", range(15))
def test_the_prices_of_a_relaxation_prove_its_optimum_with_every_kind_of_limit(seed: int) -> None:
    space, value, _ = month(seed)
    program = build(space, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    expected = reference(program)
    for scale in (1.0, 40.0):
        relaxed = relax(space, program, scale)
        assert relaxed is not None
        assert relaxed.objective == pytest.approx(expected, abs=1e-6)
        assert scan(space, value, relaxed.duals).bound == pytest.approx(expected, abs=1e-5)
        assert satisfies(program, relaxed.pair_value)
        assert program.objective @ relaxed.pair_value == pytest.approx(expected, abs=1e-6)
        # What a household is worth at the prices is what the program says that it is worth.
        best = scan(space, value, relaxed.duals).best
        assert relaxed.household_price == pytest.approx(best, abs=1e-5)


def flowing(seed: int, kind: str) -> tuple[Space, Ints]:
    """Draw a month whose relaxation is a flow, with households that must be linked and gemeenten that must be full."""
    rng = np.random.default_rng(seed)
    persons = rng.integers(1, 5, 14)
    opgave = rng.multinomial(int(persons.sum() * 0.9), np.full(5, 0.2))
    value = rng.integers(-50, 100, (14, 5)) * (1 if seed % 2 else 0.25)
    use = np.where(rng.random(14) < 0.6, persons, 0)[:, None]
    part = np.floor(opgave * 0.7).astype(np.int64)[:, None]
    region = rng.integers(-1, 2, 5)
    ceiling = np.array([int(opgave[region == r].sum() * 0.9) for r in range(2)])
    sides = {"plain": (None, None), "nested": ((use, part), None), "regions": (None, (region, ceiling))}[kind]
    space = checked_space((14, 5), persons, opgave, rng.random((14, 5)) < 0.8, *sides)
    program = build(space, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    # Whoever and whatever the best relaxed answer links or fills entirely may be asked for.
    found = relax(space, program, 1.0)
    assert found is not None
    linked = np.bincount(program.pair_h, weights=found.pair_value, minlength=14)
    load = np.bincount(program.pair_g, weights=found.pair_value * persons[program.pair_h], minlength=5)
    must, full = (linked > 1 - 1e-9) & (rng.random(14) < 0.4), (load > opgave - 1e-9) & (rng.random(5) < 0.5)
    # Among these are some that the next values would rather not have.
    return space.replace(must_link=must, full=full), rng.permutation(value.ravel()).reshape(14, 5)


@pytest.mark.parametrize("kind", ["plain", "nested", "regions"])
@pytest.mark.parametrize("seed", range(12))
def test_a_flow_is_the_relaxation_also_where_some_must_be_linked_and_some_must_be_full(kind: str, seed: int) -> None:
    space, value = flowing(seed, kind)
    program = build(space, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    expected = reference(program)
    assert is_layered(space)
    relaxed = relax_by_flow(space, program) if kind == "plain" else relax_by_layers(space, program)
    assert relaxed is not None
    assert relaxed.objective == pytest.approx(expected, abs=1e-5)
    assert satisfies(program, relaxed.pair_value)
    assert scan(space, value, relaxed.duals).bound == pytest.approx(expected, abs=1e-3)
    assert relaxed.household_price == pytest.approx(scan(space, value, relaxed.duals).best, abs=1e-3)
    assert (relaxed.duals.opgave[~space.full] >= 0).all()


@pytest.mark.parametrize("kind", ["plain", "nested", "regions"])
def test_a_flow_that_does_not_fit_is_no_answer(kind: str) -> None:
    space, value = flowing(1, kind)
    everybody = space.replace(must_link=np.ones(14, dtype=np.bool_))
    program = build(everybody, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    relaxed = relax_by_flow(everybody, program) if kind == "plain" else relax_by_layers(everybody, program)
    assert relaxed is None


def market(seed: int) -> Market:
    """Draw a market of eight households, four gemeenten and two regions, with two steps of charges."""
    rng = np.random.default_rng(seed)
    h, g = np.nonzero(rng.random((8, 4)) < 0.8)
    regions = rng.integers(-1, 2, 4)
    return Market(
        supply=rng.integers(1, 4, 8),
        pair_h=h,
        pair_g=g,
        cost=rng.integers(-60, 20, h.size),
        alone=rng.choice([0, 0, 7], 8),
        room=rng.integers(0, 4, (2, 4)),
        charge=np.sort(rng.integers(-5, 20, (2, 4)), axis=0),
        region=regions,
        region_room=rng.integers(1, 5, (2, 2)),
        region_charge=np.sort(rng.integers(0, 20, (2, 2)), axis=0),
    )


def least_cost(market: Market, more: Ints) -> float:
    """Return the least cost of a market by linear programming; ``more`` [gemeenten + regions] come from outside."""
    households, pairs = market.supply.size, market.pair_h.size
    steps, gemeenten = market.room.shape
    regions = market.region_room.shape[1]
    count = pairs + households + steps * (gemeenten + regions)
    cost = np.concatenate([market.cost, market.alone, market.charge.ravel(), market.region_charge.ravel()])
    high = np.concatenate(
        [market.supply[market.pair_h], market.supply, market.room.ravel(), market.region_room.ravel()]
    )
    rows = np.zeros((households + gemeenten + regions, count))
    right = np.concatenate([market.supply, -more[:gemeenten], -more[gemeenten:]]).astype(np.float64)
    rows[market.pair_h, np.arange(pairs)] = 1
    rows[np.arange(households), pairs + np.arange(households)] = 1
    rows[households + market.pair_g, np.arange(pairs)] = 1
    for step, place in product(range(steps), range(gemeenten)):
        up = pairs + households + step * gemeenten + place
        rows[households + place, up] = -1
        if market.region[place] >= 0:
            rows[households + gemeenten + market.region[place], up] = 1
    for step, place in product(range(steps), range(regions)):
        rows[households + gemeenten + place, pairs + households + steps * gemeenten + step * regions + place] = -1
    found = linprog(cost, A_eq=rows, b_eq=right, bounds=list(zip(np.zeros(count), high, strict=True)))
    return float(found.fun) if found.fun is not None else np.inf


@pytest.mark.parametrize("seed", range(15))
def test_a_market_is_cleared_at_least_cost_and_its_prices_are_those_of_one_person_more_and_less(seed: int) -> None:
    one = market(seed)
    moved = clear(one)
    assert moved is not None
    nothing = np.zeros(6, dtype=np.int64)
    least = least_cost(one, nothing)
    assert moved.min() >= 0
    lowest, highest = prices(one, moved)
    for place in range(6):
        extra = np.eye(6, dtype=np.int64)[place]
        dearer, cheaper = least_cost(one, extra) - least, least - least_cost(one, -extra)
        if np.isfinite(dearer):
            assert highest[place] == pytest.approx(dearer, abs=1e-6)
        if np.isfinite(cheaper):
            assert lowest[place] == pytest.approx(cheaper, abs=1e-6)
        if not np.isfinite(dearer) and np.isfinite(cheaper):
            assert highest[place] == lowest[place]
        assert lowest[place] <= highest[place] + 1e-9


@pytest.mark.parametrize(
    ("places", "sizes", "number"),
    [(4, (1, 2, 3), (9, 9, 9)), (7, (2, 3), (1, 2)), (6, (1, 4), (3, 1)), (3, (4,), (0,))],
)
def test_patterns_are_all_that_fit_beside_which_nothing_fits(
    places: int, sizes: tuple[int, ...], number: tuple[int, ...]
) -> None:
    fit = [
        counts
        for counts in product(*(range(most + 1) for most in number))
        if sum(n * size for n, size in zip(counts, sizes, strict=True)) <= places
    ]
    maximal = [
        one for one in fit if not any(two != one and all(a <= b for a, b in zip(one, two, strict=True)) for two in fit)
    ]
    assert sorted(map(tuple, maximal_patterns(places, sizes, number).tolist())) == sorted(maximal)


@pytest.mark.parametrize("seed", range(8))
def test_rows_of_patterns_cut_no_whole_answer_off_and_some_split_ones(seed: int) -> None:
    rng = np.random.default_rng(seed)
    persons, opgave = rng.integers(1, 4, 6), rng.integers(2, 6, 2)
    space = checked_space((6, 2), persons, opgave, rng.random((6, 2)) < 0.9, None, None)
    value = rng.integers(1, 50, (6, 2))
    program = build(space, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    wider, lines = with_patterns(space, program)
    size = persons[program.pair_h]
    for one in everything(space):
        linked = np.flatnonzero(one >= 0)
        if not space.allowed[linked, one[linked]].all():
            continue
        # An answer is allowed exactly where the patterns can be chosen so that it is.
        own = columns(program, one)
        rest = wider.matrix.shape[1] - own.size
        below = wider.high - wider.matrix[:, : own.size] @ own
        tail = wider.matrix[:, own.size :].toarray()
        low = wider.low - wider.matrix[:, : own.size] @ own
        possible = any(
            (tail @ np.array(point) <= below + 1e-9).all() and (tail @ np.array(point) >= low - 1e-9).all()
            for point in product((0.0, 1.0), repeat=rest)
        )
        assert possible == space.contains(one)
    relaxed, tight = relax(space, program, 1.0), relax(space, wider, 1.0)
    assert relaxed is not None
    assert tight is not None
    best = max(total(value, one) for one in everything(space) if space.contains(one))
    assert best - 1e-6 <= tight.objective <= relaxed.objective + 1e-6
    for row, point in broken_rows(lines, tight.pair_value):
        assert point @ tight.pair_value[row] > 1e-6
    # With the rows that it breaks the program still holds the best whole answer.
    further = relax(
        space,
        more_rows(wider, broken_rows(lines, tight.pair_value), [0.0] * len(broken_rows(lines, tight.pair_value))),
        1.0,
    )
    assert further is not None
    assert best - 1e-6 <= further.objective <= tight.objective + 1e-6
    for line in lines:
        assert (size[line.pairs] == size[line.pairs][0]).all()
        row, point = below_patterns(line, line.pairs, line.pairs.size)
        assert row.size == point.size


@pytest.mark.parametrize("seed", range(8))
def test_households_of_a_kind_can_change_places_and_no_others_can(seed: int) -> None:
    rng = np.random.default_rng(seed)
    space = checked_space(
        (9, 2), rng.integers(1, 3, 9), [6, 6], rng.random((9, 2)) < 0.8, (rng.integers(0, 2, (9, 1)), [[3], [3]]), None
    ).replace(must_link=rng.random(9) < 0.3)
    value = rng.integers(0, 2, (9, 2))
    first, kind, count = kinds_of(space, value)
    assert count.tolist() == np.bincount(kind).tolist()
    assert kind[first].tolist() == list(range(first.size))
    for a, b in product(range(9), repeat=2):
        same = (
            space.persons[a] == space.persons[b]
            and (space.use[a] == space.use[b]).all()
            and space.must_link[a] == space.must_link[b]
            and (space.allowed[a] == space.allowed[b]).all()
            and (value[a] == value[b])[space.allowed[a]].all()
        )
        assert (kind[a] == kind[b]) == bool(same)


def test_the_places_of_a_kind_are_handed_out_to_its_households_in_order() -> None:
    kind = np.array([0, 1, 0, 1, 0, 2])
    handed = hand_out(kind, np.array([0, 0, 1]), np.array([3, 1, 2]), np.array([1, 1, 1]))
    assert handed.tolist() == [3, 2, 1, -1, -1, -1]
