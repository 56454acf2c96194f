"""A part of a problem has exactly the answers that the whole has, with the others where they are."""

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.reopen import free_part, put_back
from optimizer.solve.problem.space import Kept, Space, total
from optimizer.solve.prove.resume import what_fits
from optimizer.solve.whole.programs import search_free, settle

Ints = npt.NDArray[np.int64]


def tiny(seed: int) -> tuple[Space, Ints]:
    """Draw five households and three gemeenten with every kind of limit, and a level that an answer keeps."""
    rng = np.random.default_rng(seed)
    shape = (5, 3)
    space = checked_space(
        shape,
        rng.integers(1, 4, 5),
        rng.integers(2, 7, 3),
        rng.random(shape) < 0.7,
        (rng.integers(0, 3, (5, 2)), rng.integers(1, 5, (3, 2))),
        (rng.integers(-1, 2, 3), rng.integers(2, 7, 2)),
    )
    level = rng.integers(0, 4, shape)
    one = next(a for a in rng.permutation(np.array(answers(5))) if (a >= 0).any() and space.contains(a))
    kept = Kept(level, total(level, one) - float(rng.integers(0, 2)), rng.random(5), 1.0)
    return space.replace(kept=(kept,), must_link=(one >= 0) & (rng.random(5) < 0.3)), one


def answers(households: int, gemeenten: int = 3) -> list[Ints]:
    return [np.array(choice, dtype=np.int64) for choice in product(range(-1, gemeenten), repeat=households)]


@pytest.mark.parametrize("seed", range(8))
def test_a_part_holds_the_answers_of_the_whole_in_which_the_others_stay(seed: int) -> None:
    space, one = tiny(seed)
    rng = np.random.default_rng(seed + 1000)
    free = np.array([True, True, True, False, False])[rng.permutation(5)]
    held = 0
    for before in [one, *rng.permutation(np.array(answers(5)))[:20]]:
        others = np.flatnonzero(~free & (before >= 0))
        linked_well = space.allowed[others, before[others]].all() and (before[~free & space.must_link] >= 0).all()
        part = free_part(space, before, free)
        for choice in answers(3):
            whole = put_back(before, free, choice)
            assert whole[~free].tolist() == before[~free].tolist()
            assert whole[free].tolist() == choice.tolist()
            assert (part.contains(choice) and bool(linked_well)) == space.contains(whole)
            held += space.contains(whole)
    assert held


def test_who_is_larger_than_what_the_others_leave_may_not_come_at_all() -> None:
    # The opgave of 5 has 2 left beside a household of 3: the couple may come, the household of 3 may not.
    space = checked_space((3, 1), [3, 2, 3], [5], None, None, None)
    part = free_part(space, np.array([0, -1, -1]), np.array([False, True, True]))
    assert part.opgave.tolist() == [2]
    assert part.allowed.tolist() == [[True], [False]]
    # A pair that is forbidden stays forbidden, however much room there is.
    closed = space.replace(allowed=np.zeros((3, 1), dtype=np.bool_))
    assert not free_part(closed, np.full(3, -1), np.ones(3, dtype=np.bool_)).allowed.any()


@pytest.mark.parametrize("seed", range(6))
def test_the_free_households_get_the_best_of_what_is_left(seed: int) -> None:
    space, _ = tiny(seed)
    space = space.replace(kept=(), must_link=np.zeros(5, dtype=np.bool_))
    rng = np.random.default_rng(seed)
    value = rng.integers(-2, 9, (5, 3))
    free = np.array([True, False, True, True, False])
    before = next(a for a in rng.permutation(np.array(answers(5))) if space.contains(a))
    h, g = np.nonzero(space.allowed)
    found = search_free(space, value, (h, g), np.zeros(0), before, free, node_limit=1_000)
    assert found.gemeente is not None
    assert found.gemeente[~free].tolist() == before[~free].tolist()
    worth = {
        tuple(choice): int(value[free][choice >= 0, choice[choice >= 0]].sum())
        for choice in answers(3)
        if space.contains(put_back(before, free, choice))
    }
    best = max(worth.values())
    assert worth[tuple(found.gemeente[free].tolist())] == best
    assert best <= found.bound <= best + 1e-3


@pytest.mark.parametrize("seed", range(8))
def test_what_fits_of_an_earlier_answer_can_be_and_only_who_had_no_room_is_sent_away(seed: int) -> None:
    space, _ = tiny(seed)
    space = space.replace(kept=(), must_link=np.zeros(5, dtype=np.bool_))
    for earlier in np.random.default_rng(seed).permutation(np.array(answers(5)))[:60]:
        left = what_fits(space, earlier)
        assert space.contains(left)
        assert ((left == earlier) | (left == -1)).all()
        if space.contains(earlier):
            assert left.tolist() == earlier.tolist()


def test_the_smallest_household_leaves_first_where_an_earlier_answer_asks_too_much() -> None:
    space = checked_space((4, 2), [3, 1, 2, 4], [5, 4], None, None, None)
    # Six persons for five places: the one of 1 leaves. The other gemeente is exactly full.
    assert what_fits(space, np.array([0, 0, 0, 1])).tolist() == [0, -1, 0, 1]


def test_who_came_last_moves_out_of_an_overfull_gemeente_to_where_it_is_worth_most() -> None:
    space = checked_space((4, 4), [2, 1, 2, 1], [3, 1, 2, 0], None, None, None)
    value = np.array([[9, 0, 0, 0], [9, 5, 4, 9], [9, 1, 7, 0], [9, 3, 8, 9]])
    before, now = np.array([0, -1, -1, 0]), np.array([0, 0, 0, 0])
    # Six persons for three places. The single who came goes to 1 (5 above 4; 3 has no room), then the couple to 2;
    # then three persons are left, and those who were there stay.
    assert settle(space, value, now, before).tolist() == [0, 1, 2, 0]
    assert now.tolist() == [0, 0, 0, 0]
    # Nobody has to leave where it just fits, and nobody who was there before.
    assert settle(space, value, np.array([0, 0, 2, 1]), np.full(4, -1)).tolist() == [0, 0, 2, 1]
    assert settle(space, value, now, now).tolist() == [0, 0, 0, 0]
