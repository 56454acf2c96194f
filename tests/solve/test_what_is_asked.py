"""What the solver is asked and what it says of its answer: refusals, whole units, lots, statuses, by hand."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.solve import Leeway, Level, Status, assign, solve_levels
from optimizer.solve.assign import bound_of, without_forbidden
from optimizer.solve.assign import goals_of as goals_of_values
from optimizer.solve.bound.dual import no_prices, nothing_known, scan
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.lexicographic import (
    decided,
    goals_of,
    last_prices,
    level_result,
    no_worse,
    reorder,
    second_turns,
    undecided,
    with_leeway,
    worst,
)
from optimizer.solve.problem.certificate import Certificate, Split, View
from optimizer.solve.problem.checks import checked_level, checked_lot, checked_space, whole_numbers
from optimizer.solve.problem.goal import Goal, dominates, in_whole_units
from optimizer.solve.problem.lottery import lottery_value
from optimizer.solve.run.budget import Budget
from optimizer.solve.whole.state import Search, State

Ints = npt.NDArray[np.int64]
MASK = 2**64 - 1


def split_mix(z: int) -> int:
    """Finalise a number as SplitMix64 does (Steele, Lea and Flood 2014), in whole numbers without end."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def test_lots_are_the_first_twenty_bits_of_a_mixed_ticket_and_column() -> None:
    tickets = [0, 1, 2**63 + 5, MASK]
    drawn = lottery_value(np.array(tickets, dtype=np.uint64), 5)
    for row, ticket in enumerate(tickets):
        for g in range(5):
            column = ((g + 1) * 0x9E3779B97F4A7C15) & MASK
            assert drawn[row, g] == split_mix(split_mix(ticket) ^ column) >> 44


@pytest.mark.parametrize(
    ("given", "shape", "least", "sentence"),
    [
        ([[1]], (1,), None, r"x must have shape \(1\); its shape is \(1, 1\)"),
        ([[1, 2]], (None, 3), None, r"x must have shape \(any, 3\)"),
        (["a"], (1,), None, "x must hold whole numbers"),
        ([np.inf], (1,), None, "x must hold whole numbers"),
        ([0], (1,), 1, "x must be at least 1; its smallest value is 0"),
        ([3, -2], (2,), -1, "x must be at least -1; its smallest value is -2"),
    ],
)
def test_what_is_no_whole_number_of_the_shape_is_refused(
    given: object, shape: tuple[int | None, ...], least: int | None, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        whole_numbers("x", given, shape, least)  # type: ignore[arg-type]


def test_whole_numbers_may_be_written_as_floats_and_nothing_may_be_an_empty_list() -> None:
    assert whole_numbers("x", [2.0, -1.0], (2,), -1).tolist() == [2, -1]
    assert whole_numbers("x", [], (0,), 1).dtype == np.int64
    assert whole_numbers("x", [[1, 2]], (None, None), 1).tolist() == [[1, 2]]


def test_a_pair_is_allowed_where_every_capacity_has_room_for_the_household_alone() -> None:
    space = checked_space(
        (3, 3),
        [2, 3, 1],
        [2, 9, 3],
        np.array([[True, True, True], [True, True, True], [True, True, False]]),
        ([[1, 0], [0, 2], [1, 2]], [[1, 1], [0, 2], [1, 2]]),
        ([-1, 0, 1], [1, 3]),
        [2, 0, 1],
    )
    assert space.opgave.tolist() == [2, 6, 3]  # nine binds no more than all six persons
    # H0 finds no unit of the first resource in 1; to H1 gemeente 0 is too small; H2 finds two units nowhere it may go.
    assert space.allowed.tolist() == [[True, False, True], [False, True, True], [False, False, False]]
    two = checked_space((2, 1), [2, 2], [4], None, None, ([0], [1]), [2, 1])
    assert two.allowed.tolist() == [[False], [True]]
    assert two.sizes.tolist() == [2]
    assert not two.must_link.any()
    assert not two.full.any()


def test_a_mask_that_is_given_is_never_written_into() -> None:
    mask = np.ones((2, 2), dtype=np.bool_)
    for persons in ([1, 1], [1, 3]):
        checked_space((2, 2), persons, [1, 2], mask, ([[1], [2]], [[1], [1]]), None)
        checked_space((2, 2), persons, [1, 2], mask, None, ([0, 0], [1]))
    assert mask.all()
    assert checked_space((2, 2), [1, 1], [1, 1], mask, None, None).allowed is mask


@pytest.mark.parametrize(
    ("counted", "sentence"), [([3], "no more persons"), ([-1], "at least 0"), ([1, 1], "must have shape")]
)
def test_who_counts_is_a_part_of_the_household(counted: list[int], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        checked_space((1, 1), [2], [2], None, None, None, counted)


def test_levels_are_whole_and_add_up() -> None:
    assert checked_level(Level("a", np.array([[2.0]])), (1, 1)).tolist() == [[2]]
    with pytest.raises(ValueError, match=r"level 'a' must have shape \(1, 2\)"):
        checked_level(Level("a", np.array([[1]])), (1, 2))
    with pytest.raises(ValueError, match="whole numbers"):
        checked_level(Level("a", np.array([[0.5]])), (1, 1))
    for value in (2**61, -(2**61)):
        with pytest.raises(ValueError, match="too large"):
            checked_level(Level("a", np.array([[value], [0]])), (2, 1))
        assert checked_level(Level("a", np.array([[value]])), (1, 1)).tolist() == [[value]]
    assert checked_lot(None, 3).tolist() == [0, 1, 2]
    assert checked_lot([5, 4], 2).dtype == np.uint64
    with pytest.raises(ValueError, match="2 whole numbers"):
        checked_lot([0.5, 1.0], 2)


def test_values_with_a_fixed_number_of_decimals_become_whole_units() -> None:
    every = np.ones((1, 2), dtype=np.bool_)
    found = in_whole_units(np.array([[0.125, -2.0]]), 0.5, every)
    assert found is not None
    assert (found[0].tolist(), found[1]) == ([[-375, -2500]], 1000)
    assert in_whole_units(np.array([[1.0, 3.0]]), 0.0, every) is not None
    assert in_whole_units(np.array([[1 / 3, 0.5]]), 0.0, every) is None
    assert in_whole_units(np.array([[1.0, 3.0]]), 1 / 3, every) is None
    # What is forbidden does not count, and sums stay exact.
    only = np.array([[True, False]])
    whole = in_whole_units(np.array([[0.5, 1 / 3]]), 0.0, only)
    assert whole is None or whole[0][0, 0] * 2 == whole[1]
    assert in_whole_units(np.array([[2.0**51, 1.0]]), 0.0, every) is None
    assert in_whole_units(np.array([[2.0**49, 1.0]]), 0.0, every) is not None
    assert in_whole_units(np.array([[1.0, 1.0]]), -(2.0**51), every) is None


def test_a_penalty_dominates_where_one_household_more_outweighs_all_that_links_differ_by() -> None:
    value, every = np.array([[3.0, 1.0], [-2.0, 0.0]]), np.ones((2, 2), dtype=np.bool_)
    # The first can differ by 3 (unlinked counts 0), the second by 2.
    assert dominates(-5.1, value, every)
    assert not dominates(-5.0, value, every)
    assert not dominates(5.1, value, every)
    assert dominates(-1.1, value, np.array([[False, True], [False, True]]))
    assert not dominates(-5.0, np.zeros((0, 2)), np.zeros((0, 2), dtype=np.bool_))


def test_the_levels_of_a_value_are_persons_first_or_households_first_or_the_value_alone() -> None:
    space = checked_space((2, 2), [1, 3], [3, 3], None, None, None)
    value = np.array([[0.5, 1.0], [2.0, 0.25]])
    persons, own = goals_of_values(value, space, None)
    assert (persons[0].name, persons[1], persons[0].value.tolist()) == ("persons", 1, [[1, 1], [3, 3]])
    assert (own[0].value.tolist(), own[1]) == ([[50, 100], [200, 25]], 100)
    households, own = goals_of_values(value, space, -10.0)
    assert (households[0].name, households[0].value.tolist()) == ("households", [[1, 1], [1, 1]])
    assert own[0].value.tolist() == [[50, 100], [200, 25]]
    (own,) = goals_of_values(value, space, 0.5)
    assert own[0].value.tolist() == [[0, 50], [150, -25]]
    (broken,) = goals_of_values(value / 3, space, 0.5)
    assert broken[0].value == pytest.approx(value / 3 - 0.5)
    assert (broken[1], broken[0].offset, broken[0].largest) == (1, 1.0, 2.0 / 3)
    # Rounding is measured on what was given.
    assert broken[0].tolerance(7.0) == pytest.approx(5e-9 * 8.0)
    assert broken[0].tolerance(-1.0) == pytest.approx(5e-9 * 2.0 / 3)


def state(value: float, bound: float, households: int = 2) -> State:
    space = checked_space((households, 2), [1] * households, [1, 1], None, None, None)
    known = nothing_known(space, 1.0)
    return State(np.zeros(households, np.int64), value, bound, Relaxation(no_prices(space), known, None, np.zeros(0)))


def test_the_bound_of_a_penalty_holds_for_every_number_that_may_still_be_linked() -> None:
    space = checked_space((3, 1), [1, 1, 1], [3], None, None, None)
    benefit = np.array([[4.0], [2.0], [-1.0]])
    assert bound_of([state(7, 7.9)], 10, 2.0, 3, benefit, space) == 0.7 + 6.0
    assert bound_of([state(7.5, 7.9)], 1, 0.0, 3, benefit, space) == 7.9
    # Two households linked, proven: the third costs ten.
    assert bound_of([state(2, 2.5), state(6, 6.0)], 1, -10.0, 3, benefit, space) == 6.0 - 10.0
    # A third might still be linked: all that links give at best, and no penalty.
    assert bound_of([state(2, 3.5), state(6, 6.0)], 1, -10.0, 3, benefit, space) == 6.0
    assert bound_of([state(2, 3.5), state(60, 60.0)], 10, 0.0, 3, benefit, space) == 6.0


def test_forbidden_pairs_with_the_largest_numbers_set_no_tolerance() -> None:
    space = checked_space((1, 2), [1], [1, 1], np.array([[True, False]]), None, None)
    assert without_forbidden(np.array([[2.0, -9.0]]), space).tolist() == [[2.0, 0.0]]
    small = np.array([[2.0, 1.0]])
    assert without_forbidden(small, space) is small


def test_a_level_is_proven_where_its_bound_in_whole_units_is_what_the_answer_reaches() -> None:
    proven = level_result("a", state(7, 7.9), 7)
    assert (proven.value, proven.bound, proven.gap, proven.status) == (7, 7, 0.0, Status.PROVEN)
    open_ = level_result("a", state(7, 9.9), 8)
    assert (open_.value, open_.bound, open_.gap, open_.status) == (8, 9, 1 / 8, Status.GAP)
    assert (open_.best, open_.floor, open_.ceiling) == (8, 8, 9)
    nothing = level_result("a", state(0, 1.5), 0)
    assert nothing.gap == 1.0
    below = level_result("a", state(-4, -2.0), -4)
    assert (below.bound, below.gap) == (-2, 0.5)
    # What was reached is never above the bound.
    assert level_result("a", state(3, 3.0), 5).bound == 5


def test_a_level_with_room_is_proven_for_what_it_reached_in_its_turn() -> None:
    result = level_result("a", state(10, 10.2), 8)
    given = with_leeway(result, 10, 7, 9, Status.PROVEN)
    assert (given.best, given.floor, given.ceiling, given.gap, given.status) == (10, 7, 9, 0.0, Status.PROVEN)
    assert with_leeway(result, 9, 7, 9, Status.LIMIT).status is Status.LIMIT
    assert with_leeway(result, 9, 7, 9, Status.LIMIT).gap == 1 / 9


@pytest.mark.parametrize(
    ("statuses", "whole"),
    [
        ([], Status.PROVEN),
        ([Status.PROVEN, Status.PROVEN], Status.PROVEN),
        ([Status.PROVEN, Status.GAP], Status.GAP),
        ([Status.GAP, Status.LIMIT, Status.PROVEN], Status.LIMIT),
    ],
)
def test_the_whole_is_proven_where_every_level_is(statuses: list[Status], whole: Status) -> None:
    assert worst(statuses) is whole


def test_lots_decide_only_where_every_level_is_proven_outright() -> None:
    proven, gap = replace(state(1, 1), status=Status.PROVEN), state(1, 3)
    assert decided([proven, proven], 0.0)
    assert not decided([proven, gap], 0.0)
    assert not decided([proven], 0.01)
    space = checked_space((3, 2), [1, 1, 1], [1, 1], None, None, None)
    lot = np.array([4, 5, 6], dtype=np.uint64)
    told = undecided(space, np.array([1, -1, 0]), lot)
    drawn = lottery_value(lot, 2)
    assert told.value == drawn[0, 1] + drawn[2, 0]
    assert told.bound >= 3 * (2**20 - 1)
    assert told.status is Status.GAP


def test_a_level_of_which_something_may_be_given_up_comes_twice_but_for_the_last() -> None:
    values = [np.array([[1]]), np.array([[2]]), np.array([[3]])]
    room = Leeway(units=1)
    levels = [
        Level("a", values[0], leeway=room),
        Level("b", values[1], leeway=Leeway()),
        Level("c", values[2], leeway=room),
    ]
    goals = goals_of(levels, values)
    assert [(goal.name, goal.leeway) for goal in goals] == [("a", room), ("b", None), ("c", None), ("a", None)]
    assert goals[3].value is not goals[0].value
    assert second_turns(goals) == {3: 0}
    assert second_turns(goals[:1]) == {0: 0}
    assert (goals[0].given_up(9), goals[1].given_up(9)) == (1, 0)


def test_an_answer_that_reaches_less_on_a_level_that_nothing_keeps_is_not_taken() -> None:
    space = checked_space((2, 2), [1, 1], [2, 2], None, None, None)
    first, own = Goal("a", np.array([[5, 0], [0, 0]])), Goal("b", np.array([[0, 9], [1, 1]]))
    find = Search(space, own, np.zeros(2), 0.0, 1, np.random.default_rng(0), Budget())
    start, new = np.array([0, 0]), np.array([1, 0])
    bound = scan(space, own.value, no_prices(space))
    better = State(new, 10, 10.0, Relaxation(no_prices(space), bound, None, np.zeros(0)), status=Status.PROVEN)
    assert no_worse(find, better, start, []) is better
    assert no_worse(find, better, start, [Goal("c", np.zeros((2, 2), np.int64))]) is better
    kept = no_worse(find, better, start, [first])
    assert (kept.gemeente.tolist(), kept.value, kept.status) == ([0, 0], 1, Status.GAP)


def test_the_prices_told_are_those_of_the_last_level_in_which_a_place_costs_anything() -> None:
    def priced(opgave: list[float]) -> State:
        one = state(1, 1)
        duals = replace(one.relaxation.duals, opgave=np.array(opgave))
        return replace(one, relaxation=replace(one.relaxation, duals=duals))

    levels = [priced([1.0, 2.0]), priced([3.0, -1.0]), priced([0.0, -2.0])]
    assert last_prices(levels).tolist() == [3.0, 0.0]
    assert last_prices(levels[2:]).tolist() == [0.0, 0.0]


def test_households_in_another_order_are_the_same_households() -> None:
    space = checked_space((3, 1), [1, 2, 3], [6], None, ([[1], [0], [2]], [[3]]), ([0], [6]), [0, 2, 1])
    assert reorder(space, np.arange(3)) is space
    turned = reorder(space, np.array([2, 0, 1]))
    assert turned.persons.tolist() == [3, 1, 2]
    assert turned.use.tolist() == [[2], [1], [0]]
    assert turned.counted.tolist() == [1, 0, 2]
    assert turned.allowed.shape == (3, 1)


def test_a_certificate_is_written_as_plain_numbers_under_the_names_of_the_documentation() -> None:
    view = View(4, np.array([1, 2]), np.array([3]), np.array([[5], [6]]), (7,), np.array([8]))
    tree = (Split(np.array([9]), 0, 1), Split(np.array([9]), -1, -1))
    certificate = Certificate("a", 10, 11, "tree", (view, replace(view, households=None)), tree)
    prices = {"schaal": 4, "plaats": [1, 2], "regio": [3], "middel": [[5], [6]], "gewichten": [7]}
    assert certificate.as_dict() == {
        "niveau": "a",
        "waarde": 10,
        "grens": 11,
        "soort": "tree",
        "prijzen": [{**prices, "huishoudens": [8]}, {**prices, "huishoudens": None}],
        "boom": [{"huishoudens": [9], "paar": [0, 1]}, {"huishoudens": [9], "paar": [-1, -1]}],
    }
    assert certificate.certified
    assert not replace(certificate, kind="HiGHS").certified


def test_a_run_says_what_it_was_asked_found_and_did() -> None:
    seen: list[tuple[str, float, float]] = []
    levels = [Level("a", np.array([[2], [2], [3]])), Level("b", np.array([[1], [4], [9]]))]
    answer = solve_levels(levels, [2, 2, 3], [5], lot=[7, 8, 9], certify=True, progress=lambda *told: seen.append(told))
    # Five places: the household of 3 and one of 2; of these the second is worth more.
    assert answer.gemeente.tolist() == [-1, 0, 0]
    assert [(one.name, one.value, one.bound) for one in answer.levels[:2]] == [("a", 5, 5), ("b", 13, 13)]
    assert answer.levels[2].name == "loting"
    assert (answer.status, answer.ended, answer.reproducible) == (Status.PROVEN, "proven", True)
    assert [one.name for one in answer.certificates] == ["a", "b", "loting"]
    assert answer.work > 0
    assert {"draft", "a", "b", "loting", "certificates"} <= set(answer.seconds)
    assert all(bound >= value for _, value, bound in seen)
    assert answer.start is not None
    assert len(answer.start.levels) == 3
    again = solve_levels(levels, [2, 2, 3], [5], lot=[7, 8, 9], start=answer.start)
    assert again.gemeente.tolist() == answer.gemeente.tolist()
    assert again.status is Status.PROVEN
    assert not again.certificates
    with pytest.raises(ValueError, match="same households"):
        solve_levels([Level("a", np.ones((3, 2), dtype=np.int64))], [2, 2, 3], [5, 5], start=answer.start)


def test_the_value_of_an_answer_counts_who_stays_unlinked_and_prices_are_those_of_a_place() -> None:
    answer = assign([[9.0], [4.0], [1.0]], [1, 1, 1], [2], unlinked_value=0.5)
    assert answer.gemeente.tolist() == [0, 0, -1]
    assert (answer.value, answer.bound, answer.gap) == (13.5, 13.5, 0.0)
    # A third place would bring one more, instead of the half.
    assert 0.5 <= answer.prices[0] <= 3.5
    assert (answer.ended, answer.reproducible) == ("proven", True)
