"""Which groups are hidden, each case solved by hand: equation (36), a line of it at a time."""

from collections.abc import Iterable, Mapping

import numpy as np

from optimizer.measure.shield import Group, shield
from optimizer.model.facts import Bools

ADULTS = 24


def who(members: Iterable[int]) -> Bools:
    """The adults with these numbers."""
    found = np.zeros(ADULTS, dtype=np.bool_)
    found[list(members)] = True
    return found


def sized(kind: str, *sizes: int) -> dict[Group, Bools]:
    """Groups of one characteristic, a, b, c ..., that take the adults in turn."""
    ends = np.cumsum(sizes)
    return {(kind, chr(97 + i)): who(range(end - n, end)) for i, (end, n) in enumerate(zip(ends, sizes, strict=True))}


def names(groups: Mapping[Group, Bools] | set[Group]) -> str:
    return "".join(sorted(name for _, name in groups))


def test_a_group_is_hidden_below_the_least_number_and_not_at_it() -> None:
    assert shield(sized("k", 3, 4), 3) == set()
    assert shield(sized("k", 3, 4), 4) == {("k", "a"), ("k", "b")}


def test_two_hidden_groups_are_a_crowd_when_they_have_the_least_number_together() -> None:
    assert names(shield(sized("k", 1, 2, 5), 3)) == "ab"
    assert names(shield(sized("k", 1, 2, 5), 4)) == "abc"


def test_two_that_are_no_crowd_take_the_smallest_with_them() -> None:
    assert names(shield(sized("k", 1, 6, 1, 5), 3)) == "acd"


def test_one_hidden_group_takes_one_other_the_first_by_name_of_equals() -> None:
    found = {("k", "c"): who(range(5)), ("k", "b"): who(range(5, 10)), ("k", "a"): who([10, 11]), ("k", "z"): who([12])}
    assert shield({group: found[group] for group in found if group[1] != "z"}, 3) == {("k", "a"), ("k", "b")}
    # With another hidden one beside it there is a crowd of three, and nothing more is hidden.
    assert shield(found, 3) == {("k", "a"), ("k", "z")}


def test_one_hidden_group_is_no_crowd_however_many_it_has() -> None:
    # Ten are too few where eleven are asked for; alone they would be the total less what is shown.
    assert names(shield(sized("k", 1, 11, 12), 11)) == "ab"


def test_an_empty_group_gives_nobody_away() -> None:
    assert names(shield(sized("k", 0, 5, 6), 3)) == "a"
    assert names(shield(sized("k", 0, 2, 5, 6), 3)) == "abc"


def test_each_characteristic_is_hidden_by_itself() -> None:
    # Of k the pair and the five; l has no small group, and none of its groups nearly coincides with one of k.
    crossed = {("l", "x"): who([0, 2, 3, 7, 8, 9]), ("l", "y"): who([1, 4, 5, 6, 10, 11, 12])}
    assert shield({**sized("k", 2, 5, 6), **crossed}, 3) == {("k", "a"), ("k", "b")}


def test_a_sum_and_difference_of_three_groups_gives_a_small_one_away() -> None:
    # (m.p + n.p - k.c) / 2 are adults 0 and 1; no two groups nearly coincide.
    members = {
        ("k", "a"): who([0, 1]),
        ("k", "b"): who([2, 3]),
        ("k", "c"): who(range(4, 10)),
        ("m", "p"): who([0, 1, 4, 5, 6]),
        ("m", "q"): who([2, 3, 7, 8, 9]),
        ("n", "p"): who([0, 1, 7, 8, 9]),
        ("n", "q"): who([2, 3, 4, 5, 6]),
    }
    # The first by name of the smallest goes, and then the rest of its characteristic.
    assert shield(members, 3) == {("k", "a"), ("k", "b"), ("m", "p"), ("m", "q")}
    # Without n nothing follows.
    assert shield({g: w for g, w in members.items() if g[0] != "n"}, 3) == {("k", "a"), ("k", "b")}


def test_one_small_group_given_away_beside_one_that_is_not_is_enough() -> None:
    members = {("k", "a"): who([0]), ("k", "b"): who([2, 3]), ("k", "c"): who(range(4, 10))}
    shown = {("x", "p"): who([0, 4, 5, 6]), ("x", "q"): who([0, 7, 8, 9])}
    assert shield(members, 3) == {("k", "a"), ("k", "b")}
    assert shield(members, 3, shown) == {("k", "a"), ("k", "b"), ("k", "c")}


def test_a_hidden_group_that_is_large_enough_may_be_worked_out() -> None:
    members = sized("k", 2, 3, 6)
    assert shield(members, 3, {("x", "same"): who([2, 3, 4])}) == {("k", "a"), ("k", "b")}


def test_a_group_within_another_hides_when_fewer_than_the_least_number_stand_between() -> None:
    for apart, hidden in ((0, set()), (1, {("k", "a")}), (2, {("k", "a")}), (3, set())):
        members = {("k", "a"): who(range(5)), ("l", "a"): who(range(5 + apart))}
        assert shield(members, 3) == hidden, apart


def test_a_group_around_one_that_is_shown_already_hides_too() -> None:
    for apart, hidden in ((0, set()), (1, {("k", "a")}), (2, {("k", "a")}), (3, set())):
        assert shield({("k", "a"): who(range(5 + apart))}, 3, {("x", "a"): who(range(5))}) == hidden, apart


def test_groups_of_nearly_one_size_that_only_overlap_stay() -> None:
    for first, second in (([0, 1, 2, 3, 4], [4, 5, 6, 7, 8, 9]), ([3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4])):
        assert shield({("k", "a"): who(first)}, 3, {("x", "a"): who(second)}) == set()
        assert shield({("k", "a"): who(first), ("l", "a"): who(second)}, 3) == set()


def test_of_two_that_nearly_coincide_with_others_the_smallest_goes() -> None:
    members = {("k", "a"): who(range(8)), ("l", "a"): who(range(10, 15))}
    shown = {("x", "a"): who(range(9)), ("x", "b"): who(range(10, 16))}
    # First l, then k for the same reason: both at the end, and each alone with its own neighbour.
    assert shield(members, 3, shown) == set(members)
    assert shield(members, 3, {("x", "a"): shown["x", "a"]}) == {("k", "a")}
    assert shield(members, 3, {("x", "b"): shown["x", "b"]}) == {("l", "a")}


def test_the_smallest_goes_first_which_may_spare_the_larger() -> None:
    # a lies in b but for one, and c is neither: hiding a is enough.
    members = {("l", "b"): who(range(6)), ("k", "a"): who(range(5)), ("m", "c"): who(range(12, 18))}
    assert shield(members, 3) == {("k", "a")}
