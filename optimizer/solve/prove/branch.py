"""Branch and bound on the contest: proof for a small problem, the best answer for a part of a large one.

Each node is bounded by (10), with prices that go on from those of its parent; pairs that lose more than the node can
afford (13) are dropped, and households with one pair left are linked. What remains is split on one pair: in it, or not.
docs/method-solver.md, section 5.
"""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.bound.dual import EPS
from optimizer.solve.bound.knapsack import empty_filling
from optimizer.solve.problem.arrays import FloatArray, IntArray
from optimizer.solve.problem.pairs import Pairs, some
from optimizer.solve.problem.sides import Sides, some_sides
from optimizer.solve.problem.space import Space
from optimizer.solve.prove.nodes import Node, Stack, Tree, explore
from optimizer.solve.run.budget import Budget

DEPTH = 600  # splits that may wait
AT_ONCE = 20  # nodes between two looks at the clock


@dataclass(frozen=True, eq=False)
class Branched:
    """Outcome: the best answer above the value asked, or None; and what any answer on the pairs is worth at most."""

    gemeente: IntArray | None
    bound: float
    complete: bool
    nodes: int
    word: str = "branch"


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
    stack = rooted(pairs, sides, np.maximum(price, floor), constant)
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


def rooted(pairs: Pairs, sides: Sides, price: FloatArray, constant: float) -> Stack:
    """Return a stack that holds the root: nothing is decided, every pair may be used."""
    everybody = price.size
    stack = Stack(
        node=Node(
            price=np.empty((DEPTH, everybody)),
            room=np.empty((DEPTH, *sides.room.shape), dtype=np.int64),
            alive=np.empty((DEPTH, pairs.household.size), dtype=np.bool_),
            free=np.empty((DEPTH, everybody), dtype=np.bool_),
            link=np.empty((DEPTH, everybody), dtype=np.int64),
        ),
        constant=np.empty(DEPTH),
        bound=np.empty(DEPTH),
    )
    root = stack.node
    root.price[0], root.alive[0], root.free[0], root.link[0] = price, True, True, -1
    root.room[0] = sides.room
    stack.constant[0], stack.bound[0] = constant, np.inf
    return stack


def in_use(stack: Stack, tree: Tree) -> IntArray:
    """Return the places of the pairs that a waiting node may still use, or that an answer uses."""
    height = int(tree.height[0])
    needed = np.zeros(stack.node.alive.shape[1], dtype=np.bool_)
    needed |= stack.node.alive[:height].any(axis=0)
    for link in (*stack.node.link[:height], tree.link):
        needed[link[link >= 0]] = True
    return np.flatnonzero(needed)


def compress(pairs: Pairs, sides: Sides, stack: Stack, tree: Tree, needed: IntArray) -> tuple[Pairs, Sides, Stack]:
    """Forget the pairs that are no longer needed; the links in the tree and its nodes are renumbered."""
    height = int(tree.height[0])
    number = np.full(pairs.household.size + 2, -1)
    number[needed] = np.arange(needed.size)
    number[-2] = -2  # nothing found
    stack.node.link[:height] = number[stack.node.link[:height]]
    tree.link[:] = number[tree.link]
    alive = np.empty((stack.constant.size, needed.size), dtype=np.bool_)
    alive[:height] = stack.node.alive[:height, needed]
    few = some(pairs, needed)
    return few, some_sides(sides, few, needed), stack._replace(node=stack.node._replace(alive=alive))
