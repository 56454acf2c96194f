"""A box of prices by hand: its sides, its edge, where it moves to, and the bound of what it holds."""

import numpy as np
import pytest

from optimizer.solve.bound.dual import no_prices, scan
from optimizer.solve.large.boxes import Box, bound_of, duals_of, per_gemeente, spread
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.start import Prices, Start


def box(price: list[float], reach: list[float], free: list[bool]) -> Box:
    return Box(np.array(price), np.array(reach), np.array(free))


def test_prices_do_not_fall_below_nothing_but_where_a_gemeente_must_be_full() -> None:
    one = box([3.0, 1.0, 1.0], [2.0, 2.0, 2.0], [False, False, True])
    assert one.low.tolist() == [1.0, 0.0, -1.0]
    assert one.high.tolist() == [5.0, 3.0, 3.0]


@pytest.mark.parametrize(
    ("price", "edge"),
    [
        ([3.0, 1.0, 1.0, 4.0], [False, False, False, False]),
        ([5.0, 3.0, 3.0, 4.0], [True, True, True, False]),  # the last cannot move, and has no edge
        ([1.0, 0.0, -1.0, 4.0], [True, False, True, False]),  # a price of nothing cannot fall
        ([1.1, 0.1, -0.9, 4.0], [False, False, False, False]),
    ],
)
def test_a_price_lies_on_the_edge_where_a_wider_box_might_move_it_further(price: list[float], edge: list[bool]) -> None:
    one = box([3.0, 1.0, 1.0, 4.0], [2.0, 2.0, 2.0, 0.0], [False, False, True, False])
    assert one.on_edge(np.array(price)).tolist() == edge


def test_a_box_moves_to_the_new_prices_wider_on_its_edge_and_else_as_wide_as_the_move() -> None:
    one = box([10.0] * 8, [4.0] * 8, [False] * 8)
    price = np.array([14.0, 12.5, 9.0, 10.0, 7.0, 10.0, 10.0, 10.0])
    moved = one.moved(price)
    assert moved.price.tolist() == price.tolist()
    # On the edge twice as wide; moved by 2.5, 1 and 3; never narrower than a quarter of what it was.
    assert moved.reach.tolist() == [8.0, 2.5, 1.0, 1.0, 3.0, 1.0, 1.0, 1.0]
    # Where three in ten or more run off, the prices were far from right: four times.
    far = one.moved(np.array([14.0, 14.0, 6.0, 10.0, 7.0, 10.0, 10.0, 10.0]))
    assert far.reach.tolist() == [16.0, 16.0, 16.0, 1.0, 3.0, 1.0, 1.0, 1.0]


def test_a_ceiling_costs_each_gemeente_of_its_region_and_its_places_are_worth_their_price() -> None:
    space = checked_space((2, 3), [1, 2], [3, 1, 2], None, None, ([1, -1, 1], [5, 2]))
    assert spread(space, np.array([7.0, 4.0])).tolist() == [4.0, 0.0, 4.0]
    assert per_gemeente(space, np.array([1.0, 2.0, 3.0, 7.0, 4.0])).tolist() == [5.0, 2.0, 7.0]
    price = np.array([1.0, 0.5, 0.0, 2.0, 3.0])
    # Three places at 1, one at a half, and ceilings of five (no more than the three persons) and two.
    ceilings = float(price[3:] @ space.ceiling)
    assert bound_of(space, price, 10.0) == 10.0 + 3.0 + 0.5 + ceilings
    duals = duals_of(space, Box(price, np.zeros(5), np.zeros(5, dtype=np.bool_)))
    assert duals.opgave.tolist() == [1.0, 0.5, 0.0]
    assert duals.region.tolist() == [3.0, 0.0, 3.0]
    value = np.array([[9.0, 1.0, 4.0], [9.0, 0.0, 20.0]])
    seen = scan(space, value, duals)
    # The first gains 9 - 4 in 0; the second 20 - 2 * 3 in 2.
    assert seen.best.tolist() == [5.0, 14.0]
    assert seen.bound == pytest.approx(bound_of(space, price, 19.0))
    assert scan(space, value, no_prices(space)).bound == pytest.approx(29.0)


def test_a_start_for_some_households_is_as_sharp_as_it_was() -> None:
    for sharp in (True, False):
        prices = Prices(np.zeros(2), np.ones(2), np.zeros((2, 0)), (), np.array([1.0, 2.0, 3.0]), sharp)
        (few,) = Start(np.array([0, 1, -1]), (prices,)).rows(np.array([2, 0])).levels
        assert few.sharp is sharp
        assert few.households.tolist() == [3.0, 1.0]
        assert few.region.tolist() == [1.0, 1.0]
