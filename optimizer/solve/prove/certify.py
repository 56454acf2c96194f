"""From the prices of a solved level to a certificate in whole numbers; docs/bewijs.md.

Everything is computed again on whole numbers, level after level, on a face of its own: what a certificate does not
prove, later certificates do not use. Whole numbers below 2**53 are exact in float64, so that the compiled loops serve.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import floor

import numpy as np

from optimizer.solve.bound.dual import Duals
from optimizer.solve.bound.household_prices import Descent, Priced, lower
from optimizer.solve.bound.knapsack import WIDE, Filling, empty_filling, fill, fill_all
from optimizer.solve.bound.losses import losses
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.problem.certificate import Certificate, Split, View
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.pairs import Pairs, by_household, some, sort_pairs
from optimizer.solve.problem.room import column_above, needs_table, room_table
from optimizer.solve.problem.sides import Sides
from optimizer.solve.problem.space import Space, magnitude, total
from optimizer.solve.prove.nodes import NODE_MISSES, NODE_STEPS, ROOT_STEPS, Node, choose, drop, follow, link_along
from optimizer.solve.prove.widening import STRICT
from optimizer.solve.run.budget import Budget
from optimizer.solve.whole.state import State

MOST_PAIRS = 6_000_000  # above it nothing is certified
LARGEST_SCALE = 2**20
EXACT = 2.0**47  # of every sum; weights of earlier levels may grow, and below 2**53 floats are whole
WHOLE = 2.0**52
TREE_NODES = 3_000
VIEW_STEPS, VIEW_MISSES = 300, 20  # of the prices of (10) before they are rounded


@dataclass(eq=False)
class Face:
    """The answers that earlier certificates leave: pairs, who must be linked, which gemeenten must be full."""

    allowed: BoolArray
    must: BoolArray
    full: BoolArray


@dataclass(frozen=True, eq=False)
class Earlier:
    """An earlier level: what must be reached of it, its household prices, and how far its bound lies above that."""

    value: ValueArray
    reached: int
    price: FloatArray
    gap: float


@dataclass(frozen=True, eq=False)
class Priced10:
    """The bound (10) in scaled units: all pairs with their worth, the prices, the loss of each pair, the total."""

    pairs: Pairs
    price: FloatArray
    lost: FloatArray
    total: float
    constant: float


def certify(
    space: Space, goals: Sequence[Goal], solved: Sequence[State], gemeente: IntArray, order: IntArray, budget: Budget
) -> tuple[Certificate, ...]:
    """Return a certificate for every level, in the order of the rows that were given.

    Parameters
    ----------
    space, goals
        As they were given; ``solved`` has its households in ``order``.
    gemeente
        [households], the answer.
    """
    if space.allowed.size > MOST_PAIRS:
        return tuple(
            Certificate(goal.name, int(one.value), bound_of(one), one.word or "none")
            for goal, one in zip(goals, solved, strict=True)
        )
    face = Face(space.allowed.copy(), np.zeros(space.persons.size, np.bool_), np.zeros(space.opgave.size, np.bool_))
    earlier: list[Earlier] = []
    out = []
    for goal, one in zip(goals, solved, strict=True):
        certificate, passed = certify_level(space, goal, one, face, earlier, order, gemeente, budget)
        out.append(certificate)
        earlier.append(passed)
    return tuple(out)


def bound_of(state: State) -> int:
    """Return the bound of a level in whole units."""
    return max(int(state.value), floor(state.bound))


def certify_level(
    space: Space,
    goal: Goal,
    state: State,
    face: Face,
    earlier: Sequence[Earlier],
    order: IntArray,
    gemeente: IntArray,
    budget: Budget,
) -> tuple[Certificate, Earlier]:
    """Return the certificate of one level, and what later ones need of it; narrow the face down."""
    # A level that later ones may cost something is proven for what it reached in its turn, and kept down to its floor.
    value = int(total(goal.value, gemeente) if goal.leeway is None else state.value)
    duals, bound, kept = state.relaxation.duals, bound_of(state), value - goal.given_up(value)
    scale = scale_for(space, goal, state, earlier)
    if scale < 1:
        nothing = Earlier(goal.value, kept, np.zeros(space.persons.size), np.inf)
        return Certificate(goal.name, value, bound, state.word or "none"), nothing
    view = whole_prices(space, duals, face, scale, weights_of(state, duals, earlier, scale))
    worth, constant = worth_of(space, goal, view, face, earlier)
    by_places = seven(space, face, worth, constant, view)
    price, gap = best_of(space, face, worth, view), by_places / scale - kept
    if by_places // scale <= bound:
        narrow_by_places(space, face, worth, view, by_places - scale * kept)
        return Certificate(goal.name, value, bound, "prices", (view,)), Earlier(goal.value, kept, price / scale, gap)
    target = scale * (value + 1) - 1
    first, start = view, price
    if state.contest is not None:
        # The contest may weigh the earlier levels otherwise than the relaxation.
        weights = weights_of(state, state.contest.duals, earlier, scale)
        view = whole_prices(space, state.contest.duals, face, scale, weights)
        worth, constant = worth_of(space, goal, view, face, earlier)
        start = in_rows(state.contest.price, order) * scale
    ten = tenth(space, face, worth, constant, start, target, budget)
    views, kind = [first, by_households(view, ten)], "knapsacks"
    tree: tuple[Split, ...] = ()
    last = ten
    if ten.total // scale > bound:
        kind = state.word or "branch"
        if bound == value:
            heavy = heavier(view, state, earlier, ten.total / scale - value)
            if heavy.weights != view.weights and adds_up(space, heavy, earlier):
                more = [(new - old) / scale for new, old in zip(heavy.weights, view.weights, strict=True)]
                start = ten.price + scale * sum(m * one.price for m, one in zip(more, earlier, strict=True))
                worth, constant = worth_of(space, goal, heavy, face, earlier)
                last = tenth(space, face, worth, constant, start, target, budget)
                views.append(by_households(heavy, last))
            no_better = partial(is_no_better, goal, value, earlier)
            grown = tree_of(space, face, last, target, no_better, budget)
            kind, tree = ("tree", grown) if grown is not None else (kind, ())
    narrow_by_places(space, face, worth_of(space, goal, first, face, earlier)[0], first, by_places - scale * kept)
    for one in {id(ten): ten, id(last): last}.values():
        narrow_by_households(face, one, one.total - scale * kept)
    passed = Earlier(goal.value, kept, ten.price / scale, ten.total / scale - kept)
    return Certificate(goal.name, value, bound, kind, tuple(views), tree), passed


def by_households(view: View, ten: Priced10) -> View:
    """Return the view of (10)."""
    return replace(view, place=np.zeros_like(view.place), households=ten.price.astype(np.int64))


def heavier(view: View, state: State, earlier: Sequence[Earlier], gain: float) -> View:
    """Weigh the levels that a row keeps so much that a branch that cannot keep them is seen at once; (14).

    What separates the bound of an earlier level from its value then costs `STRICT` times what this level may gain.
    """
    weights = list(view.weights)
    for level in state.kept:
        weights[level] = max(weights[level], round(view.scale * STRICT * gain / max(earlier[level].gap, 1.0)))
    return replace(view, weights=tuple(weights))


def adds_up(space: Space, view: View, earlier: Sequence[Earlier]) -> bool:
    """Tell whether sums with the weights of a view stay whole in floats."""
    each = sum(weight * magnitude(one.value) for weight, one in zip(view.weights, earlier, strict=True))
    return 4.0 * each * max(1, space.persons.size) < WHOLE


def in_rows(price: FloatArray, order: IntArray) -> FloatArray:
    """Return [households] in the order of the rows that were given."""
    out = np.empty_like(price)
    out[order] = price
    return out


def scale_for(space: Space, goal: Goal, state: State, earlier: Sequence[Earlier]) -> int:
    """Return the largest power of two that keeps every sum exact; 0 where none does."""
    every = [state.relaxation.duals] if state.contest is None else [state.relaxation.duals, state.contest.duals]
    return min(scale_at(space, goal, state, duals, earlier) for duals in every)


def scale_at(space: Space, goal: Goal, state: State, duals: Duals, earlier: Sequence[Earlier]) -> int:
    """Return the largest power of two that keeps every sum at some prices exact; 0 where none does."""
    persons = float(space.persons.sum())
    each = magnitude(goal.value) + float(space.persons.max(initial=1)) * float(
        np.abs(duals.per_person).max(initial=0.0)
    )
    kept = (earlier[level].value for level in state.kept)
    each += sum(float(weight) * magnitude(value) for weight, value in zip(duals.weight, kept, strict=False))
    each += (
        float(np.abs(duals.resource).max(initial=0.0)) * float(space.use.max(initial=0)) * max(1, space.use.shape[1])
    )
    sums = each * max(1.0, float(space.persons.size)) + float(np.abs(duals.per_person).max(initial=0.0)) * 2 * max(
        persons, float(space.opgave.sum())
    )
    scale = LARGEST_SCALE
    while scale >= 1 and 8 * sums * scale > EXACT:
        scale //= 2
    return scale


def weights_of(state: State, duals: Duals, earlier: Sequence[Earlier], scale: int) -> tuple[int, ...]:
    """Return a weight for each earlier level; 0 for those that the face keeps."""
    kept = dict(zip(state.kept, duals.weight.tolist(), strict=False))
    return tuple(round(scale * kept.get(level, 0.0)) for level in range(len(earlier)))


def whole_prices(space: Space, duals: Duals, face: Face, scale: int, weights: tuple[int, ...]) -> View:
    """Return the prices of (7) in whole numbers."""
    place = np.round(scale * duals.opgave).astype(np.int64)
    region = np.zeros(space.ceiling.size, dtype=np.int64)
    inside = space.region >= 0
    region[space.region[inside]] = np.round(scale * duals.region[inside]).astype(np.int64)
    resource = np.maximum(np.round(scale * duals.resource), 0).astype(np.int64)
    return View(scale, np.where(face.full, place, np.maximum(place, 0)), np.maximum(region, 0), resource, weights)


def worth_of(space: Space, goal: Goal, view: View, face: Face, earlier: Sequence[Earlier]) -> tuple[FloatArray, float]:
    """Return the worth of every pair in scaled units, -inf outside the face, and the constant of (7) without places."""
    worth = view.scale * goal.value.astype(np.float64)
    constant = float(view.region @ space.ceiling) + float((view.resource * space.capacity).sum())
    for weight, one in zip(view.weights, earlier, strict=True):
        if weight:
            worth += weight * one.value.astype(np.float64)
            constant -= float(weight * one.reached)
    of_region = np.where(space.region >= 0, np.append(view.region, 0)[space.region], 0)
    worth -= space.counted[:, None] * of_region + space.use @ view.resource.T
    worth[~face.allowed] = -np.inf
    return worth, constant


def seven(space: Space, face: Face, worth: FloatArray, constant: float, view: View) -> int:
    """Return the bound (7) in scaled units."""
    best = best_of(space, face, worth, view)
    return int(best.sum() + constant) + int(view.place @ space.opgave)


def best_of(space: Space, face: Face, worth: FloatArray, view: View) -> FloatArray:
    """[households], the best term of (7)."""
    best = (worth - space.persons[:, None] * view.place).max(axis=1, initial=-np.inf)
    chosen: FloatArray = np.where(face.must, best, np.maximum(best, 0.0))
    return chosen


def narrow_by_places(space: Space, face: Face, worth: FloatArray, view: View, slack: int) -> None:
    """Exclude what (7) proves too expensive for an answer that reaches the level."""
    best = best_of(space, face, worth, view)
    face.allowed &= best[:, None] - (worth - space.persons[:, None] * view.place) <= slack
    face.must |= best > slack
    face.full |= view.place > slack


def tenth(
    space: Space, face: Face, worth: FloatArray, constant: float, start: FloatArray, target: int, budget: Budget
) -> Priced10:
    """Lower the bound (10) from prices of the households, and round these to whole scaled units."""
    h, g = np.nonzero(face.allowed & (space.persons[:, None] <= space.opgave))
    pairs = sort_pairs(h, g, worth[h, g], space.persons, space.opgave, np.zeros_like(face.full))
    least = np.where(face.must, -np.inf, 0.0)
    every, alive = np.ones(start.size, np.bool_), np.ones(h.size, np.bool_)
    priced = Priced(np.maximum(start, least), least, every, alive)
    descent = Descent(float(target), 0.0, VIEW_STEPS, VIEW_MISSES)
    _, used = lower(pairs, priced, constant, descent, empty_filling(pairs), np.zeros(h.size))
    budget.spend_pairs(used * h.size)
    whole = rounded(priced.price, face)
    filling, lost = fill(pairs, whole), np.zeros(h.size)
    losses(pairs, whole, filling, lost)
    return Priced10(pairs, whole, lost, float(whole.sum()) + float(filling.profit.sum()) + constant, constant)


def rounded(price: FloatArray, face: Face) -> FloatArray:
    """Return prices of households in whole numbers that can be added up; what nobody competes for may run off."""
    most = EXACT / max(1, price.size)
    whole = np.clip(np.round(price), -most, most).round()
    signed: FloatArray = np.where(face.must, whole, np.maximum(whole, 0.0))
    return signed


def narrow_by_households(face: Face, ten: Priced10, slack: float) -> None:
    """Exclude what (10) proves too expensive."""
    left = np.zeros_like(face.allowed)
    keep = ten.lost <= slack
    left[ten.pairs.household[keep], ten.pairs.gemeente[keep]] = True
    face.allowed &= left
    face.must |= ten.price > slack


def tree_of(
    space: Space, face: Face, ten: Priced10, target: int, no_better: Callable[[IntArray], bool], budget: Budget
) -> tuple[Split, ...] | None:
    """Branch on the prices of (10) until nothing above ``target`` scaled units is left.

    None where that takes too long.
    """
    if int(space.opgave.max(initial=0)) > WIDE:
        return None
    pairs = some(ten.pairs, np.flatnonzero(ten.lost <= ten.total - target))
    first, place = by_household(pairs.household, space.persons.size)
    nothing = np.zeros((0, pairs.household.size))
    sides = Sides(
        own=pairs.worth,
        kept=nothing,
        floor=np.zeros(0),
        needs=needs_table(space.needs),
        above=column_above(space.needs),
        room=room_table(space.room),
        first=first,
        place=place,
    )
    least = np.where(face.must, -np.inf, 0.0)
    everybody = np.ones(space.persons.size, dtype=np.bool_)
    root = Node(
        ten.price, sides.room.copy(), np.ones(pairs.household.size, np.bool_), everybody, np.full(everybody.size, -1)
    )
    filling, share = empty_filling(pairs), np.zeros(pairs.household.size)
    waiting = [(root, ten.constant)]
    out: list[Split] = []
    while waiting:
        if len(out) >= TREE_NODES or budget.late:
            return None
        node, decided = waiting.pop()
        here = pairs._replace(opgave=node.room[0, : space.opgave.size].copy())
        price = node.price.copy()
        steps = NODE_STEPS if out else ROOT_STEPS
        descent = Descent(float(target), 0.0, steps, NODE_MISSES)
        _, used = lower(here, Priced(price, least, node.free, node.alive), decided, descent, filling, share)
        budget.spend_pairs(used * pairs.household.size)
        price = rounded(price, face)
        node = node._replace(price=price)
        bound = decided + float(price[node.free].sum()) + fill_all(here, price, node.alive, filling)
        split = split_of(here, sides, node, least, filling, share, decided, bound - target) if bound > target else None
        if split is None:
            out.append(Split(price.astype(np.int64), -1, -1))
            continue
        k, decided = split
        if k < 0:
            gemeente = np.where(node.link >= 0, pairs.gemeente[node.link], -1)
            if not no_better(gemeente):
                return None
            out.append(Split(price.astype(np.int64), -1, -1))
            continue
        out.append(Split(price.astype(np.int64), int(pairs.household[k]), int(pairs.gemeente[k])))
        off, along = copied(node), copied(node)
        off.alive[k] = False
        gained = link_along(here, sides, along, k)
        waiting += [(off, decided), (along, decided + gained)]
    return tuple(out)


def is_no_better(goal: Goal, value: int, earlier: Sequence[Earlier], gemeente: IntArray) -> bool:
    """Tell whether an answer lacks an earlier level, or is worth no more than ``value``."""
    lacks = any(total(one.value, gemeente) < one.reached for one in earlier)
    return lacks or total(goal.value, gemeente) <= value


def split_of(
    pairs: Pairs,
    sides: Sides,
    node: Node,
    least: FloatArray,
    filling: Filling,
    share: FloatArray,
    decided: float,
    slack: float,
) -> tuple[int, float] | None:
    """Drop and link what follows at a node; return the pair to split on (-1: none) and the worth decided.

    None where that closes the node.
    """
    if not drop(pairs, sides, node, filling, slack):
        return None
    decided = follow(pairs, sides, node, least, decided, slack)
    if decided == -np.inf:
        return None
    return choose(pairs, sides, node, share), decided


def copied(node: Node) -> Node:
    """Return a node of its own."""
    return Node(node.price.copy(), node.room.copy(), node.alive.copy(), node.free.copy(), node.link.copy())
