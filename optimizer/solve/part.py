"""A part of a problem: some households are free again, all others stay where they are."""

import numpy as np

from optimizer.solve.arrays import BoolArray, IntArray
from optimizer.solve.space import Kept, Space, region_load, total


def free_part(space: Space, gemeente: IntArray, free: BoolArray) -> Space:
    """Return the space of the free households, with what the others leave of every capacity."""
    fixed = np.where(free, -1, gemeente)
    load = space.load(fixed)
    used = np.zeros_like(space.capacity)
    linked = np.flatnonzero(fixed >= 0)
    np.add.at(used, fixed[linked], space.use[linked])
    rest = space.opgave - load
    return Space(
        persons=space.persons[free],
        sizes=space.sizes,
        opgave=rest,
        allowed=space.allowed[free] & (space.persons[free][:, None] <= rest),
        use=space.use[free],
        capacity=space.capacity - used,
        region=space.region,
        ceiling=space.ceiling - region_load(space, load),
        must_link=space.must_link[free],
        full=space.full,
        kept=tuple(
            Kept(kept.value[free], kept.floor - total(kept.value, fixed), kept.price[free], kept.slack)
            for kept in space.kept
        ),
    )


def put_back(gemeente: IntArray, free: BoolArray, part: IntArray) -> IntArray:
    """Return the whole answer with the free households as in ``part``."""
    whole = gemeente.copy()
    whole[free] = part
    return whole
