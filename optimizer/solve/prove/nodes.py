"""The nodes of branch and bound, in machine code: bound, drop, follow, split; docs/method-solver.md, section 4."""

from typing import NamedTuple

import numpy as np

from optimizer.solve.bound.household_prices import Descent, Priced, lower
from optimizer.solve.bound.knapsack import WIDE, Filling, fill_all
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.problem.pairs import Pairs
from optimizer.solve.problem.room import fits, overdrawn, take
from optimizer.solve.problem.sides import Sides
from optimizer.solve.run.compiled import compiled

Array = np.ndarray[tuple[int], np.dtype[np.generic]]
ROOT_STEPS, NODE_STEPS, NODE_MISSES = 100, 15, 6  # of the prices
SIZE_BONUS = 0.3  # per person: large households are split first


class Node(NamedTuple):
    """What is decided at a node.

    Attributes
    ----------
    price
        [households], where the prices go on.
    room
        [1 + K, gemeenten + regions], what the links leave.
    alive
        [pairs], True for those that may still be used.
    free, link
        [households], True for those not decided, and the pair of the others; -1 for those that stay unlinked.
    """

    price: FloatArray
    room: IntArray
    alive: BoolArray
    free: BoolArray
    link: IntArray


class Stack(NamedTuple):
    """Nodes that wait: the first axis of every array is the depth.

    Attributes
    ----------
    node
        What is decided at each.
    constant
        [depth], worth of what is decided, as in `Contest`.
    bound
        [depth], the bound of the parent.
    """

    node: Node
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
        node, constant = taken_off(stack, top), stack.constant[top]
        here = with_room(pairs, node.room)
        steps = ROOT_STEPS if tree.seen[0] == 1 else NODE_STEPS
        target = tree.best[0] + unit
        priced = Priced(node.price, floor, node.free, node.alive)
        bound, used = lower(here, priced, constant, Descent(target, 0.0, steps, NODE_MISSES), filling, share)
        tree.seen[1] += used + 1
        slack = bound - target
        bound = min(bound, stack.bound[top])
        if bound <= target:
            continue
        # Losses belong to the bound at these prices, which may lie above that of the parent.
        fill_all(here, node.price, node.alive, filling)
        if settled(here, sides, node, floor, filling, tree) and bound <= tree.best[0] + unit:
            continue
        if not drop(here, sides, node, filling, slack):
            continue
        constant = follow(here, sides, node, floor, constant, slack)
        if constant == -np.inf:
            continue
        split = choose(here, sides, node, share)
        if split < 0:
            record(here, sides, node.link, tree)
            continue
        for side in range(2):
            top = tree.height[0]
            if top >= stack.constant.size:
                tree.open[0] = max(tree.open[0], bound)
                break
            child = put_on(stack, top, node)
            stack.constant[top], stack.bound[top] = constant, bound
            if side == 0:
                child.alive[split] = False
            else:
                stack.constant[top] += link_along(here, sides, child, split)
            tree.height[0] += 1


@compiled
def at(stack: Stack, top: int) -> Node:
    """Return the node at a depth: its arrays are those of the stack."""
    many = stack.node
    return Node(many.price[top], many.room[top], many.alive[top], many.free[top], many.link[top])


@compiled
def taken_off(stack: Stack, top: int) -> Node:
    """Return a copy of the node at a depth."""
    node = at(stack, top)
    return Node(node.price.copy(), node.room.copy(), node.alive.copy(), node.free.copy(), node.link.copy())


@compiled
def put_on(stack: Stack, top: int, node: Node) -> Node:
    """Copy a node to a depth, and return it there."""
    child = at(stack, top)
    copy(node.price, child.price)
    for i in range(node.room.shape[0]):
        copy(node.room[i], child.room[i])
    copy(node.alive, child.alive)
    copy(node.free, child.free)
    copy(node.link, child.link)
    return child


@compiled
def copy(source: Array, target: Array) -> None:
    """Copy an array into another; an assignment of slices compiles far longer."""
    for i in range(source.size):
        target[i] = source[i]


@compiled
def with_room(pairs: Pairs, room: IntArray) -> Pairs:
    """Return the pairs with the places of a node as opgaven."""
    place = room[0, : pairs.opgave.size]
    return Pairs(
        place, pairs.full, pairs.first, pairs.household, pairs.gemeente, pairs.persons, pairs.worth, pairs.kinds
    )


@compiled
def link_along(pairs: Pairs, sides: Sides, node: Node, k: int) -> float:
    """Link a household along a pair: take what it needs; return what the pair is worth."""
    h, g = pairs.household[k], pairs.gemeente[k]
    node.free[h] = False
    for i in range(sides.first[h], sides.first[h + 1]):
        node.alive[sides.place[i]] = False
    node.link[h] = k
    take(node.room, sides.needs, sides.above, h, g)
    worth: float = pairs.worth[k]
    return worth


@compiled
def drop(pairs: Pairs, sides: Sides, node: Node, filling: Filling, slack: float) -> bool:
    """Drop the pairs that do not fit or lose more than the slack; (13), the rest of the table kept as it is.

    False when a gemeente that must be full cannot be.
    """
    alive = node.alive
    for g in range(pairs.opgave.size):
        rest = pairs.opgave[g]
        if filling.profit[g] == -np.inf:
            return False
        for k in range(pairs.first[g], pairs.first[g + 1]):
            if not alive[k]:
                continue
            h = pairs.household[k]
            if not fits(node.room, sides.needs, sides.above, h, g):
                alive[k] = False
                continue
            gain = pairs.worth[k] - node.price[h]
            if rest > WIDE:
                lost = filling.density[g] * pairs.persons[k] - gain
            else:
                lost = filling.profit[g] - gain - filling.table[g, rest - pairs.persons[k]]
            if lost > slack:
                alive[k] = False
    return True


@compiled
def follow(pairs: Pairs, sides: Sides, node: Node, floor: FloatArray, constant: float, slack: float) -> float:
    """Link households with one pair left, leave those with none; return the new constant, -inf when that cannot be."""
    again = True
    while again:
        again = False
        for h in range(node.price.size):
            if not node.free[h]:
                continue
            count, last = 0, -1
            for i in range(sides.first[h], sides.first[h + 1]):
                k = sides.place[i]
                if node.alive[k] and fits(node.room, sides.needs, sides.above, h, pairs.gemeente[k]):
                    count += 1
                    last = k
            lost = node.price[h] - floor[h]
            if count == 0:
                if lost > slack:
                    return -np.inf
                node.free[h] = False
                node.link[h] = -1
            elif count == 1 and lost > slack:
                constant += link_along(pairs, sides, node, last)
                again = True
    return constant


@compiled
def choose(pairs: Pairs, sides: Sides, node: Node, share: FloatArray) -> int:
    """Choose the pair to split on: the likeliest of the least certain household; -1 when everybody is settled."""
    best, pair = -1.0, -1
    for h in range(node.free.size):
        if not node.free[h]:
            continue
        largest, likeliest = -1.0, -1
        for i in range(sides.first[h], sides.first[h + 1]):
            k = sides.place[i]
            if node.alive[k] and share[k] > largest and fits(node.room, sides.needs, sides.above, h, pairs.gemeente[k]):
                largest, likeliest = share[k], k
        if likeliest < 0:
            continue
        score = min(largest, 1.02 - largest) * (1.0 + SIZE_BONUS * pairs.persons[likeliest])
        if score > best:
            best, pair = score, likeliest
    return pair


@compiled
def settled(pairs: Pairs, sides: Sides, node: Node, floor: FloatArray, filling: Filling, tree: Tree) -> bool:
    """Record the filling itself when every household is in it at most once, and those outside may stay unlinked."""
    free, whole = node.free, node.link.copy()
    for k in range(pairs.household.size):
        if filling.chosen[k]:
            h = pairs.household[k]
            if whole[h] >= 0 and free[h]:
                return False
            whole[h] = k
    for h in range(free.size):
        if free[h] and whole[h] < 0 and floor[h] == -np.inf:
            return False
    rest = node.room.copy()
    for h in range(free.size):
        if free[h] and whole[h] >= 0:
            g = pairs.gemeente[whole[h]]
            take(rest, sides.needs, sides.above, h, g)
            if overdrawn(rest, sides.above, g):
                return False
    return record(with_room(pairs, rest), sides, whole, tree)


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
