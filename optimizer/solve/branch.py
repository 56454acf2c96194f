"""Branch and bound on the contest: proof for a small problem, the best answer for a part of a large one.

Each node is bounded by (10), with prices that go on from those of its parent; pairs that lose more than the node can
afford (13) are dropped, and households with one pair left are linked. What remains is split on one pair: in it, or not.
docs/method-solver.md, section 5.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optimizer.solve.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.budget import Budget
from optimizer.solve.duals import EPS
from optimizer.solve.knapsack import WIDE, Filling, Pairs, empty_filling, fill_all, some
from optimizer.solve.native import compiled
from optimizer.solve.prices import lower
from optimizer.solve.space import Space

Array = np.ndarray[tuple[int], np.dtype[np.generic]]
DEPTH = 600  # splits that may wait
ROOT_STEPS, STEPS, PATIENCE = 100, 15, 6
AT_ONCE = 20  # nodes between two looks at the clock
SIZE_BONUS = 0.3  # per person: large households are split first


class Sides(NamedTuple):
    """What an answer must satisfy beside the opgaven, and what it is worth at the present level.

    Attributes
    ----------
    own
        [pairs], value at the present level.
    use, capacity
        [households, K] and [gemeenten, K].
    region, ceiling
        [gemeenten] and [regions].
    kept, floor
        [levels, pairs] and [levels]: earlier levels and what must be reached of them.
    first, place
        [households + 1] and [pairs]: where the pairs of each household are.
    """

    own: FloatArray
    use: IntArray
    capacity: IntArray
    region: IntArray
    ceiling: IntArray
    kept: FloatArray
    floor: FloatArray
    first: IntArray
    place: IntArray


class Stack(NamedTuple):
    """Nodes that wait; the first axis is the depth."""

    price: FloatArray
    opgave: IntArray
    capacity: IntArray
    ceiling: IntArray
    alive: BoolArray
    free: BoolArray
    link: IntArray
    constant: FloatArray
    bound: FloatArray


class Tree(NamedTuple):
    """Where the search stands.

    ``height`` [1] nodes wait; ``best`` [1] is the value to beat; ``link`` [households] the pair of each household in
    the best answer found, -1 unlinked, -2 while nothing is found; ``seen`` holds nodes and steps; ``open`` [1] is the
    largest bound that was dropped for want of room.
    """

    height: IntArray
    best: FloatArray
    link: IntArray
    seen: IntArray
    open: FloatArray


@dataclass(frozen=True, eq=False)
class Branched:
    """Outcome: the best answer above the value asked, or None; and what any answer on the pairs is worth at most."""

    gemeente: IntArray | None
    bound: float
    complete: bool
    nodes: int


def branch(
    space: Space,
    pairs: Pairs,
    sides: Sides,
    price: FloatArray,
    constant: float,
    *,
    beat: float,
    unit: float,
    nodes: int,
    budget: Budget,
) -> Branched:
    """Search the answers that use ``pairs`` only and are worth more than ``beat``.

    Parameters
    ----------
    price
        [households], where the prices start.
    constant
        As in `Contest`.
    unit
        What a better answer is better by, at least: just below 1 for whole units.
    nodes
        Counted limit, in nodes that visit every pair.
    """
    everybody, amount = space.persons.size, pairs.household.size
    floor = np.where(space.must_link, -np.inf, 0.0)
    stack = Stack(
        price=np.empty((DEPTH, everybody)),
        opgave=np.empty((DEPTH, pairs.opgave.size), dtype=np.int64),
        capacity=np.empty((DEPTH, *sides.capacity.shape), dtype=np.int64),
        ceiling=np.empty((DEPTH, sides.ceiling.size), dtype=np.int64),
        alive=np.empty((DEPTH, amount), dtype=np.bool_),
        free=np.empty((DEPTH, everybody), dtype=np.bool_),
        link=np.empty((DEPTH, everybody), dtype=np.int64),
        constant=np.empty(DEPTH),
        bound=np.empty(DEPTH),
    )
    stack.price[0] = np.maximum(price, floor)
    stack.opgave[0], stack.capacity[0], stack.ceiling[0] = pairs.opgave, sides.capacity, sides.ceiling
    stack.alive[0], stack.free[0], stack.link[0] = True, True, -1
    stack.constant[0], stack.bound[0] = constant, np.inf
    tree = Tree(
        height=np.ones(1, dtype=np.int64),
        best=np.array([beat]),
        link=np.full(everybody, -2),
        seen=np.zeros(2, dtype=np.int64),
        open=np.array([-np.inf]),
    )
    rounding = 64 * EPS * (float(np.abs(price).sum()) + abs(constant) + float(np.abs(pairs.worth).max(initial=0.0)))
    filling, share = empty_filling(pairs), np.zeros(amount)
    effort = nodes * amount
    batch = 1  # the root drops most pairs
    while tree.height[0] > 0 and effort > 0 and not budget.exhausted:
        before = tree.seen.copy()
        explore(pairs, sides, floor, stack, tree, filling, share, unit - rounding, batch)
        budget.spend_pairs(int(tree.seen[1] - before[1]) * (pairs.household.size + pairs.opgave.size))
        effort -= batch * pairs.household.size
        batch = AT_ONCE
        needed = in_use(stack, tree)
        if 2 * needed.size < pairs.household.size:
            pairs, sides, stack = compress(pairs, sides, stack, tree, needed)
            filling, share = empty_filling(pairs), np.zeros(needed.size)
    left = stack.bound[: tree.height[0]]
    # A branch is dropped only when its bound, rounding included, is below the best by the unit.
    waiting = max(float(left.max(initial=-np.inf)), float(tree.open[0])) + rounding
    bound = max(float(tree.best[0]) + unit, waiting)
    complete = tree.height[0] == 0 and not np.isfinite(tree.open[0])
    if tree.link[0:1].tolist() == [-2]:
        return Branched(None, bound, bool(complete), int(tree.seen[0]))
    gemeente = np.full(everybody, -1, dtype=np.int64)
    linked = tree.link >= 0
    gemeente[linked] = pairs.gemeente[tree.link[linked]]
    return Branched(gemeente, bound, bool(complete), int(tree.seen[0]))


def by_household(household: IntArray, households: int) -> tuple[IntArray, IntArray]:
    """Return [households + 1] and [pairs]: where the pairs of each household begin in a list of their places."""
    place = np.argsort(household, kind="stable")
    return np.searchsorted(household[place], np.arange(households + 1)).astype(np.int64), place


def some_sides(sides: Sides, pairs: Pairs, chosen: IntArray) -> Sides:
    """Return the sides of ``pairs``, which are those at the places ``chosen``."""
    first, place = by_household(pairs.household, sides.first.size - 1)
    return sides._replace(own=sides.own[chosen], kept=sides.kept[:, chosen], first=first, place=place)


def in_use(stack: Stack, tree: Tree) -> IntArray:
    """Return the places of the pairs that a waiting node may still use, or that an answer uses."""
    height = int(tree.height[0])
    needed = np.zeros(stack.alive.shape[1], dtype=np.bool_)
    needed |= stack.alive[:height].any(axis=0)
    for link in (*stack.link[:height], tree.link):
        needed[link[link >= 0]] = True
    return np.flatnonzero(needed)


def compress(pairs: Pairs, sides: Sides, stack: Stack, tree: Tree, needed: IntArray) -> tuple[Pairs, Sides, Stack]:
    """Forget the pairs that are no longer needed; the links in the tree and its nodes are renumbered."""
    height = int(tree.height[0])
    number = np.full(pairs.household.size + 2, -1)
    number[needed] = np.arange(needed.size)
    number[-2] = -2  # nothing found
    stack.link[:height] = number[stack.link[:height]]
    tree.link[:] = number[tree.link]
    alive = np.empty((stack.constant.size, needed.size), dtype=np.bool_)
    alive[:height] = stack.alive[:height, needed]
    few = some(pairs, needed)
    return few, some_sides(sides, few, needed), stack._replace(alive=alive)


@compiled
def explore(
    pairs: Pairs,
    sides: Sides,
    floor: FloatArray,
    stack: Stack,
    tree: Tree,
    filling: Filling,
    share: FloatArray,
    unit: float,
    nodes: int,
) -> None:
    """Look at some nodes, the last one pushed first."""
    seen = 0
    while tree.height[0] > 0 and seen < nodes:
        tree.height[0] -= 1
        seen += 1
        top = tree.height[0]
        if stack.bound[top] <= tree.best[0] + unit:
            continue
        tree.seen[0] += 1
        price, opgave = stack.price[top].copy(), stack.opgave[top].copy()
        capacity, ceiling = stack.capacity[top].copy(), stack.ceiling[top].copy()
        alive, free, link = stack.alive[top].copy(), stack.free[top].copy(), stack.link[top].copy()
        constant = stack.constant[top]
        here = Pairs(
            opgave, pairs.full, pairs.first, pairs.household, pairs.gemeente, pairs.persons, pairs.worth, pairs.kinds
        )
        steps = ROOT_STEPS if tree.seen[0] == 1 else STEPS
        target = tree.best[0] + unit
        bound, used = lower(here, price, floor, alive, free, constant, target, 0.0, steps, PATIENCE, filling, share)
        tree.seen[1] += used + 1
        slack = bound - target
        bound = min(bound, stack.bound[top])
        if bound <= target:
            continue
        # Losses belong to the bound at these prices, which may lie above that of the parent.
        fill_all(here, price, alive, filling)
        if (
            settled(here, sides, price, floor, free, link, filling, capacity, ceiling, tree)
            and bound <= tree.best[0] + unit
        ):
            continue
        if not drop(here, sides, price, alive, filling, capacity, ceiling, slack):
            continue
        constant = follow(here, sides, price, floor, alive, free, link, capacity, ceiling, constant, slack)
        if constant == -np.inf:
            continue
        split = choose(here, sides, alive, free, capacity, ceiling, share)
        if split < 0:
            record(here, sides, link, tree)
            continue
        for side in range(2):
            top = tree.height[0]
            if top >= stack.constant.size:
                tree.open[0] = max(tree.open[0], bound)
                break
            copy(price, stack.price[top])
            copy(opgave, stack.opgave[top])
            for g in range(capacity.shape[0]):
                copy(capacity[g], stack.capacity[top, g])
            copy(ceiling, stack.ceiling[top])
            copy(alive, stack.alive[top])
            copy(free, stack.free[top])
            copy(link, stack.link[top])
            stack.constant[top], stack.bound[top] = constant, bound
            if side == 0:
                stack.alive[top, split] = False
            else:
                stack.constant[top] += take(
                    here,
                    sides,
                    split,
                    stack.alive[top],
                    stack.free[top],
                    stack.link[top],
                    stack.opgave[top],
                    stack.capacity[top],
                    stack.ceiling[top],
                )
            tree.height[0] += 1


@compiled
def copy(source: Array, target: Array) -> None:
    """Copy an array into another; an assignment of slices compiles far longer."""
    for i in range(source.size):
        target[i] = source[i]


@compiled
def take(
    pairs: Pairs,
    sides: Sides,
    k: int,
    alive: BoolArray,
    free: BoolArray,
    link: IntArray,
    opgave: IntArray,
    capacity: IntArray,
    ceiling: IntArray,
) -> float:
    """Link a household along a pair: take its persons and what it uses; return what the pair is worth."""
    h, g = pairs.household[k], pairs.gemeente[k]
    free[h] = False
    for i in range(sides.first[h], sides.first[h + 1]):
        alive[sides.place[i]] = False
    link[h] = k
    opgave[g] -= pairs.persons[k]
    for i in range(capacity.shape[1]):
        capacity[g, i] -= sides.use[h, i]
    if sides.ceiling.size > 0 and sides.region[g] >= 0:
        ceiling[sides.region[g]] -= pairs.persons[k]
    worth: float = pairs.worth[k]
    return worth


@compiled
def fits(pairs: Pairs, sides: Sides, k: int, capacity: IntArray, ceiling: IntArray) -> bool:
    """Tell whether every capacity still has room for a pair."""
    h, g = pairs.household[k], pairs.gemeente[k]
    if pairs.persons[k] > pairs.opgave[g]:
        return False
    for i in range(capacity.shape[1]):
        if sides.use[h, i] > capacity[g, i]:
            return False
    r = sides.region[g]
    return ceiling.size == 0 or r < 0 or pairs.persons[k] <= ceiling[r]


@compiled
def drop(
    pairs: Pairs,
    sides: Sides,
    price: FloatArray,
    alive: BoolArray,
    filling: Filling,
    capacity: IntArray,
    ceiling: IntArray,
    slack: float,
) -> bool:
    """Drop the pairs that do not fit or lose more than the slack; (13), the rest of the table kept as it is.

    False when a gemeente that must be full cannot be.
    """
    for g in range(pairs.opgave.size):
        rest = pairs.opgave[g]
        if filling.profit[g] == -np.inf:
            return False
        for k in range(pairs.first[g], pairs.first[g + 1]):
            if not alive[k]:
                continue
            h = pairs.household[k]
            if not fits(pairs, sides, k, capacity, ceiling):
                alive[k] = False
                continue
            gain = pairs.worth[k] - price[h]
            if rest > WIDE:
                lost = filling.density[g] * pairs.persons[k] - gain
            else:
                lost = filling.profit[g] - gain - filling.table[g, rest - pairs.persons[k]]
            if lost > slack:
                alive[k] = False
    return True


@compiled
def follow(
    pairs: Pairs,
    sides: Sides,
    price: FloatArray,
    floor: FloatArray,
    alive: BoolArray,
    free: BoolArray,
    link: IntArray,
    capacity: IntArray,
    ceiling: IntArray,
    constant: float,
    slack: float,
) -> float:
    """Link households with one pair left, leave those with none; return the new constant, -inf when that cannot be."""
    again = True
    while again:
        again = False
        for h in range(price.size):
            if not free[h]:
                continue
            count, last = 0, -1
            for i in range(sides.first[h], sides.first[h + 1]):
                k = sides.place[i]
                if alive[k] and fits(pairs, sides, k, capacity, ceiling):
                    count += 1
                    last = k
            lost = price[h] - floor[h]
            if count == 0:
                if lost > slack:
                    return -np.inf
                free[h] = False
                link[h] = -1
            elif count == 1 and lost > slack:
                constant += take(pairs, sides, last, alive, free, link, pairs.opgave, capacity, ceiling)
                again = True
    return constant


@compiled
def choose(
    pairs: Pairs,
    sides: Sides,
    alive: BoolArray,
    free: BoolArray,
    capacity: IntArray,
    ceiling: IntArray,
    share: FloatArray,
) -> int:
    """Choose the pair to split on: the likeliest of the least certain household; -1 when everybody is settled."""
    best, pair = -1.0, -1
    for h in range(free.size):
        if not free[h]:
            continue
        largest, likeliest = -1.0, -1
        for i in range(sides.first[h], sides.first[h + 1]):
            k = sides.place[i]
            if alive[k] and share[k] > largest and fits(pairs, sides, k, capacity, ceiling):
                largest, likeliest = share[k], k
        if likeliest < 0:
            continue
        score = min(largest, 1.02 - largest) * (1.0 + SIZE_BONUS * pairs.persons[likeliest])
        if score > best:
            best, pair = score, likeliest
    return pair


@compiled
def settled(
    pairs: Pairs,
    sides: Sides,
    price: FloatArray,
    floor: FloatArray,
    free: BoolArray,
    link: IntArray,
    filling: Filling,
    capacity: IntArray,
    ceiling: IntArray,
    tree: Tree,
) -> bool:
    """Record the filling itself when every household is in it at most once, and those outside may stay unlinked."""
    whole = link.copy()
    for k in range(pairs.household.size):
        if filling.chosen[k]:
            h = pairs.household[k]
            if whole[h] >= 0 and free[h]:
                return False
            whole[h] = k
    for h in range(price.size):
        if free[h] and whole[h] < 0 and floor[h] == -np.inf:
            return False
    left, rest = capacity.copy(), ceiling.copy()
    for h in range(price.size):
        if free[h] and whole[h] >= 0:
            g = pairs.gemeente[whole[h]]
            for i in range(left.shape[1]):
                left[g, i] -= sides.use[h, i]
                if left[g, i] < 0:
                    return False
            if rest.size > 0 and sides.region[g] >= 0:
                rest[sides.region[g]] -= pairs.persons[whole[h]]
                if rest[sides.region[g]] < 0:
                    return False
    opgave = pairs.opgave.copy()
    for h in range(price.size):
        if free[h] and whole[h] >= 0:
            opgave[pairs.gemeente[whole[h]]] -= pairs.persons[whole[h]]
    after = Pairs(
        opgave, pairs.full, pairs.first, pairs.household, pairs.gemeente, pairs.persons, pairs.worth, pairs.kinds
    )
    return record(after, sides, whole, tree)


@compiled
def record(pairs: Pairs, sides: Sides, link: IntArray, tree: Tree) -> bool:
    """Keep an answer when it keeps the earlier levels, fills what must be full, and is the best so far."""
    for g in range(pairs.opgave.size):
        if pairs.opgave[g] < 0 or (pairs.full[g] and pairs.opgave[g] > 0):
            return False
    for level in range(sides.floor.size):
        reached = 0.0
        for h in range(link.size):
            if link[h] >= 0:
                reached += sides.kept[level, link[h]]
        if reached < sides.floor[level]:
            return False
    value = 0.0
    for h in range(link.size):
        if link[h] >= 0:
            value += sides.own[link[h]]
    if value > tree.best[0]:
        tree.best[0] = value
        copy(link, tree.link)
    return True
